//! Chasing (催办): one key on any open matter notes that the caller asks again, rings whoever has it, and shows what to read
//! out: who has it, the last step, what was promised. The form that is being filled beside it stays as it is.

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use journal::reads::ReadOut;
use maud::{Markup, html};
use office::Refusal;
use office::case::ActOnCase;

use crate::components::{Timing, Tone, facts, refusal, refused, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::Fault;
use crate::state::Here;

/// The act.
pub const ACT: &str = "case.chased";

/// Where the panel comes up on a page that has buttons for it.
pub fn place() -> Markup {
    html! { div #read-out {} }
}

/// The button on an open matter. Without script the answer opens beside the page, so that nothing filled in is lost.
pub fn button(case: &str, command: &str, key: bool) -> Markup {
    html! {
        form.chase method="post" action={ "/cases/" (case) "/chase" } data-swap="read-out" target="_blank" {
            (crate::components::field::command(command))
            button data-key=[key.then_some("F6")] { (t("催办|按钮")) @if key { " " kbd { "F6" } } }
        }
    }
}

/// `POST /cases/{id}/chase`: noted once a press.
pub async fn enter(here: Here, Path(id): Path<String>, headers: HeaderMap, filled: Filled) -> Result<Response, Fault> {
    let Some(told) = read(&here, &id).await? else { return Ok(wrong::not_found()) };
    let sent = here.sent_for(filled.command(), ACT)?;
    let command = ActOnCase { act: ACT.to_owned(), ..ActOnCase::default() };
    let done = here.house().act_on_case(sent, here.actor.clone(), told.case.id.clone(), command).await;
    match done.map_err(|fault| Fault::new("催办", fault))? {
        Ok(_) => {
            let to = format!("/cases/{}/read-out?chased=yes", told.case.id);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(no) => Ok(refused(page(&here, &headers, &told, false, Some(&no)).await?, &no)),
    }
}

/// `GET /cases/{id}/read-out`: the same words without noting a chaser.
pub async fn show(
    here: Here,
    Path(id): Path<String>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(told) = read(&here, &id).await? else { return Ok(wrong::not_found()) };
    let chased = Filled(query).get("chased") == "yes";
    Ok(page(&here, &headers, &told, chased, None).await?.into_response())
}

async fn read(here: &Here, id: &str) -> Result<Option<ReadOut>, Fault> {
    let told = here.house().read_out(here.site, id.to_owned(), here.actor.clone(), here.now).await;
    let told = told.map_err(|fault| Fault::new("读取进度", fault))?;
    Ok(told.filter(|it| crate::appraisal::may_list(here, it.case.kind)))
}

/// The panel alone for the page's script, else as a page of its own.
async fn page(
    here: &Here,
    headers: &HeaderMap,
    told: &ReadOut,
    chased: bool,
    no: Option<&Refusal>,
) -> Result<Fragment, Fault> {
    let panel = panel(here, told, chased, no);
    if headers.contains_key("x-swap") {
        return Ok(Fragment(panel));
    }
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("事项").to_owned(), path: "/cases".to_owned() }];
    let page = Page { crumbs: &crumbs, ..Page::new(&told.case.number, Frame::Desk(Place::Cases, &around), panel) };
    Ok(Fragment(page.render()))
}

fn panel(here: &Here, told: &ReadOut, chased: bool, no: Option<&Refusal>) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let case = &told.case;
    let who = match (&told.worker, told.bearer.as_str()) {
        (Some(name), _) => html! { (name) },
        (None, "") => html! { span.dim { (t("还没有人在办")) } },
        (None, post) => html! { (here.word(post)) },
    };
    let last = told.last.as_ref();
    let last = last.map(|(fact, at)| html! { (here.word(fact)) " " span.dim { (timing.time(*at)) } });
    let limit = told.next.as_ref().map(|(must, at, end_of_day)| {
        let due = DueAt { at: *at, end_of_day: *end_of_day };
        html! { (timing.light(case.opened, due)) " " (acts(here, must)) }
    });
    html! {
        section.panel #read-out role="status" {
            div.title {
                h2 { (t("念给来人听")) }
                span { a href={ "/cases/" (case.id) } { (case.number) } " "
                    @if chased { (tag(&crate::t!("已记催办，第 {} 次", case.chased), Tone::Mind)) } }
            }
            @if let Some(no) = no { (refusal(no)) }
            p.read-back { @for sentence in sentences(here, told, chased, timing) { (sentence) } }
            (facts(&[
                (t("谁在办"), who),
                (t("最近一步"), last.unwrap_or_default()),
                (t("约定时间"), html! { @if let Some(at) = told.promised { (timing.time(at)) } }),
                (t("下一个时限"), limit.unwrap_or_default()),
                (t("催办次数"), html! { (case.chased) }),
            ]))
        }
    }
}

/// What to say, sentence by sentence.
fn sentences(here: &Here, told: &ReadOut, chased: bool, timing: Timing) -> Vec<String> {
    let case = &told.case;
    let mut out = vec![crate::t!("您反映的“{0}”，编号 {1}。", case.title, case.number)];
    if case.state.ended() {
        out.push(crate::t!("这件事{}。", said(case.state.title(), None)));
    } else {
        match (&told.worker, told.bearer.as_str()) {
            (Some(name), _) => out.push(crate::t!("现在由{}在办。", name)),
            (None, "") => {}
            (None, post) => out.push(crate::t!("现在由{}办理。", here.word(post))),
        }
    }
    if let Some((fact, at)) = &told.last {
        out.push(crate::t!("最近一步是“{0}”，{1}。", here.word(fact), timing.said(*at)));
    }
    if let Some(order) = &told.order {
        out.push(crate::t!(
            "已交{0}返修，单号 {1}，最近一步是“{2}”。",
            order.party,
            order.number,
            here.word(&order.last)
        ));
        if !order.promised.is_empty() {
            out.push(crate::t!("对方答应 {} 以前修完。", order.promised));
        }
    }
    if let Some(at) = told.promised {
        out.push(crate::t!("跟您约定的时间是{}。", timing.said(at)));
    }
    if let Some((must, at, end_of_day)) = told.next.as_ref().filter(|(_, at, _)| *at >= here.now) {
        let due = DueAt { at: *at, end_of_day: *end_of_day };
        out.push(crate::t!("下一步“{0}”最迟{1}。", acts(here, must), timing.due(due)));
    }
    if chased {
        out.push(t("我已经再通知经办人，有结果马上告诉您。").to_owned());
    }
    out
}

fn acts(here: &Here, must: &[String]) -> String {
    must.iter().map(|id| here.word(id)).collect::<Vec<_>>().join("、")
}
