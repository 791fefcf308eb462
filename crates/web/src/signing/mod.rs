//! What waits for my signature (待我签字): a card each with what was said last and one wide button; made for a thumb, as good
//! at a desk.

use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use journal::reads::{ToSign, value_in_words};
use maud::{Markup, html};
use office::act::Field;

use crate::components::field::command;
use crate::components::{Timing, empty, refusal};
use crate::language::{said, t, zh};
use crate::page::{Frame, Page, Place};
use crate::routes::Route;
use crate::security::{Fault, Permission};
use crate::state::{Here, Web};

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    vec![Route::new(Method::GET, "/signing", Permission::CaseApprove, zh("待我签字"), || get(show))]
}

/// `GET /signing`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let read = here.house().to_sign(here.site, here.actor.clone(), here.now).await;
    let (waiting, beyond) = read.map_err(|fault| Fault::new("读取待签", fault))?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let fresh = here.sent(None)?;
    let (asked, cards) = crate::documents::cards(&here, timing).await?;
    let (ready, blocked): (Vec<&ToSign>, Vec<&ToSign>) = waiting.iter().partition(|it| it.refused.is_none());
    let body = html! {
        div #signing data-live="complaints" {
            @if waiting.is_empty() && asked == 0 { (empty(t("没有等您签字的。要您签字的一出现就列在这里。"), html! {})) }
            ol.signing {
                (cards)
                @for (n, it) in ready.iter().enumerate() { (card(&here, it, timing, &format!("{}-{n}", fresh.command.as_str()))) }
            }
            @if !blocked.is_empty() {
                details {
                    summary { (crate::t!("还差别的手续，暂时不能签的 {} 件", blocked.len())) }
                    ol.signing { @for it in &blocked { (waits_more(&here, it, timing)) } }
                }
            }
            @if beyond > 0 { p.dim { (crate::t!("还有 {} 件没有列出，签掉一些再看。", beyond)) } }
        }
    };
    let words = crate::t!("{} 件", ready.len() + asked);
    let beside = html! { span.dim { (words) } };
    let around = here.around().await?;
    Ok(Page { beside, ..Page::new(t("待我签字"), Frame::Desk(Place::Signing, &around), body) }.into_response())
}

fn head(here: &Here, it: &ToSign, timing: Timing) -> Markup {
    let case = &it.case;
    let class = value_in_words(here.house().laws(), "complaint.class", &case.class);
    html! {
        div.line {
            b { (said(it.act.title, None)) }
            @if let Some(due) = it.due { (timing.light(case.opened, calendar::DueAt::clock(due))) }
        }
        a.what href={ "/cases/" (case.id) } { span.place { (case.place) } " " (case.title) }
        div.small.dim { (said(case.kind.title(), None)) " " (case.number) " " (said(&class, None)) }
        ul.small.said {
            @for line in &it.said { li { (timing.time(line.happened)) " " (said(&line.said, None)) } }
        }
    }
}

fn card(here: &Here, it: &ToSign, timing: Timing, command_id: &str) -> Markup {
    let path = format!("/cases/{}/acts/{}", it.case.id, it.act.id);
    // More than words have to be filled in on the act's own form; so does what a clause may still ask for.
    let plain = |field: &&Field| field.attribute == "note";
    let whole = it.act.fields.iter().all(|field| plain(&field));
    let note = it.act.fields.iter().find(plain);
    html! {
        li.card {
            (head(here, it, timing))
            @if whole {
                form method="post" action=(path) {
                    (command(command_id))
                    input type="hidden" name="seen_version" value=(it.version);
                    input type="hidden" name="back" value="/signing";
                    @if let Some(note) = note {
                        textarea name="note" rows="2" maxlength="2000" required[note.required] aria-label=(t("意见"))
                            placeholder=(t("意见")) {}
                    }
                    button.main.wide { (said(it.act.title, None)) }
                }
            } @else {
                a.button.main.wide href={ (path) "?back=/signing" } { (said(it.act.title, None)) " …" }
            }
        }
    }
}

fn waits_more(here: &Here, it: &ToSign, timing: Timing) -> Markup {
    html! {
        li.card {
            (head(here, it, timing))
            @if let Some(no) = &it.refused { (refusal(no)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use office::case::CaseKind;

    use crate::testing::Demo;

    #[tokio::test]
    async fn what_waits_is_signed_where_it_is_listed_and_then_gone() {
        let demo = Demo::founded_under(&["complaint-6"]).await;
        let (case, number) = demo.register(CaseKind::Complaint, "维修没有按时到", &[]).await;
        let empty = demo.get("office_manager", "/signing").await;
        assert!(empty.body.contains("没有等您签字的"), "{}", empty.body);
        demo.acts(
            &case,
            &[
                ("department_head", "complaint.verified", &[("complaint.verification", "true")]),
                ("department_head", "complaint.sheet_content_written", &[("complaint.nonconformity", "晚到两小时")]),
                (
                    "department_head",
                    "complaint.sheet_measure_written",
                    &[
                        ("complaint.measure", "派单后十分钟联系"),
                        ("complaint.analysis", "派单漏了"),
                        ("case.person", "赵大成"),
                        ("complaint.meeting_needed", "no"),
                    ],
                ),
            ],
        )
        .await;
        let page = demo.get("office_manager", "/signing").await;
        for part in [number.as_str(), "审批处理单", "派单后十分钟联系", "complaint.sheet_approved?back=/signing"]
        {
            assert!(page.body.contains(part), "{part}: {}", page.body);
        }
        let head = demo.get("department_head", "/signing").await;
        assert!(!head.body.contains(&number), "who wrote it does not approve it");
        demo.pass(60);
        let limit = [("complaint.sheet_limit", "2026-11-18T18:00"), ("back", "/signing")];
        let done = demo.post("office_manager", &format!("/cases/{case}/acts/complaint.sheet_approved"), &limit).await;
        assert_eq!(done.leads(), "/signing", "{}", done.body);
        assert!(!demo.get("office_manager", "/signing").await.body.contains("审批处理单"));
        assert_eq!(demo.get("front_desk", "/signing").await.status, axum::http::StatusCode::FORBIDDEN);
    }
}
