//! Who joined (并入的来人): on the page of the event masked; as a call-back list with numbers, whose look is on record.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::reads::{CasePage, JoinedCaller, value_in_words};
use maud::{Markup, html};
use office::Refusal;
use office::case::Case;
use office::mass_event::{self, RESTORED};

use crate::cases::{crumbs, read};
use crate::components::field::command;
use crate::components::{Timing, Tone, facts, panel, refusal, refused, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The panel on the page of a mass event.
pub async fn joined_panel(here: &Here, page: &CasePage, command_id: &str) -> Result<Markup, Fault> {
    let callers = joined(here, &page.case.id, false).await?;
    let laws = here.house().laws();
    let said = |id: &str| {
        let value = page.case.attributes.get(id).map_or("", String::as_str);
        html! { (value_in_words(laws, id, value)) }
    };
    let told = facts(&[
        (t("影响范围"), said("mass.area")),
        (t("原因|批量事件"), said("mass.cause")),
        (t("预计恢复"), said("mass.expected")),
        (t("答复口径"), said("mass.answer")),
    ]);
    Ok(html! {
        (panel(&said("mass.kind").into_string(), html! {}, told))
        (list(here, &page.case, &callers, command_id, false))
    })
}

async fn joined(here: &Here, id: &str, unmask: bool) -> Result<Vec<JoinedCaller>, Fault> {
    let callers = here.house().joined_callers(here.site, id.to_owned(), unmask).await;
    callers.map_err(|fault| Fault::new("读取并入名单", fault))
}

/// `POST /mass-events/{id}/callers`: the list with numbers; the purpose follows from the event and goes on record.
pub async fn show(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(page) = event(&here, &id).await? else { return Ok(wrong::not_found()) };
    match numbers(&here, &page, filled.command()).await? {
        Ok(list) => Ok(whole(&here, &page, list, None).await?.into_response()),
        Err(no) => Ok(refused(whole(&here, &page, html! {}, Some(&no)).await?, &no)),
    }
}

/// `POST /mass-events/{id}/told`: one caller was told.
pub async fn told(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(page) = event(&here, &id).await? else { return Ok(wrong::not_found()) };
    let mut sent = here.sent(filled.command())?;
    sent.post = here.actor.post_for(office::contact::MAY_TAKE);
    let joined = filled.get("joined").parse().unwrap_or_default();
    let done = here.house().told_of_restoration(sent, page.case.id.clone(), joined).await;
    let done = done.map_err(|fault| Fault::new("记下已告知", fault))?;
    // Whoever works through the numbers goes on working through the numbers.
    let with_numbers = filled.get("numbers") == "yes" && here.viewer.grants.allow(Permission::PersonUnmask);
    match (done, with_numbers) {
        (Ok(_), false) => {
            let to = format!("/cases/{}", page.case.id);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        (Ok(_), true) => match numbers(&here, &page, None).await? {
            Ok(list) => Ok(whole(&here, &page, list, None).await?.into_response()),
            Err(no) => Ok(refused(whole(&here, &page, html! {}, Some(&no)).await?, &no)),
        },
        (Err(no), _) => Ok(refused(whole(&here, &page, html! {}, Some(&no)).await?, &no)),
    }
}

async fn event(here: &Here, id: &str) -> Result<Option<CasePage>, Fault> {
    Ok(read(here, id, false).await?.filter(|page| mass_event::is_one(&page.case)))
}

/// The list with numbers, after the look is on record.
async fn numbers(here: &Here, page: &CasePage, command_id: Option<&str>) -> Result<Result<Markup, Refusal>, Fault> {
    let purpose = format!("批量事件 {} 恢复后逐户回电", page.case.number);
    let done = here.house().unmasked(here.sent(command_id)?, format!("case:{}", page.case.id), purpose).await;
    match done.map_err(|fault| Fault::new("登记查看用途", fault))? {
        Err(refusal) => Ok(Err(refusal)),
        Ok(_) => {
            let callers = joined(here, &page.case.id, true).await?;
            let fresh = here.sent(None)?;
            Ok(Ok(list(here, &page.case, &callers, fresh.command.as_str(), true)))
        }
    }
}

async fn whole(here: &Here, page: &CasePage, list: Markup, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let (mut crumbs, _) = crumbs(page.case.kind);
    crumbs.push(Crumb { words: page.case.number.clone(), path: format!("/cases/{}", page.case.id) });
    let title = crate::t!("{} 回电名单", page.case.number);
    let does = html! { button data-print data-key="F9" { (t("打印")) " " kbd { "F9" } } };
    let body = html! {
        @if let Some(no) = no { (refusal(no)) p { a href={ "/cases/" (page.case.id) } { (t("回批量事件")) } } }
        (list)
    };
    let page = Page { crumbs: &crumbs, does, ..Page::new(&title, Frame::Desk(Place::Desk, &around), body) };
    Ok(Fragment(page.render()))
}

fn list(here: &Here, case: &Case, callers: &[JoinedCaller], command_id: &str, numbers: bool) -> Markup {
    let over = case.has(RESTORED);
    let waiting = callers.iter().filter(|it| it.joined.told.is_none()).count();
    let unmasks = here.viewer.grants.allow(Permission::PersonUnmask);
    let beside = html! {
        @if !numbers && unmasks && callers.iter().any(|it| !it.phone.is_empty()) {
            form.inline method="post" action={ "/mass-events/" (case.id) "/callers" } {
                (command(&format!("{command_id}-callers")))
                button.main[over && waiting > 0] { (t("显示号码，逐户回电")) }
            }
        }
    };
    let title = match over {
        true => crate::t!("并入的来人 {0}，还没有告知 {1}", callers.len(), waiting),
        false => crate::t!("并入的来人 {}", callers.len()),
    };
    panel(
        &title,
        beside,
        html! {
            @if over { (notice(here, case)) }
            @if callers.is_empty() {
                p.dim { (t("还没有人并入。受理台选到范围内的住户，就有一键并入。")) }
            } @else {
                ol.rows.callers {
                    @for it in callers { (row(here, case, it, command_id, over, numbers)) }
                }
            }
        },
    )
}

/// What to send to the group of residents, or to read out.
fn notice(here: &Here, case: &Case) -> Markup {
    let laws = here.house().laws();
    let said = |id: &str| journal::reads::value_in_words(laws, id, case.attributes.get(id).map_or("", String::as_str));
    let note = case.last(RESTORED).map(|entry| entry.event.body.note.clone()).unwrap_or_default();
    let words =
        crate::t!("您好，{0}{1}已恢复：{2}。给您带来不便，请您谅解。", said("mass.area"), said("mass.kind"), note);
    html! {
        p.read-back { (words) " " button.small data-copy=(words) { (t("复制")) } }
    }
}

fn row(here: &Here, case: &Case, it: &JoinedCaller, command_id: &str, over: bool, numbers: bool) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let joined = &it.joined;
    html! {
        li {
            span.dim.nowrap { (timing.time(joined.at)) } " " b.place { (joined.place) } " " (it.name) " "
            @if it.phone.is_empty() { span.dim { (t("没有留电话")) } }
            @else if numbers { a href={ "tel:" (it.phone) } { (it.phone) } }
            @else { (it.phone) }
            " "
            @if let Some((number, state)) = &it.case {
                a.nowrap href={ "/cases/" (number) } { (number) } " "
                (tag(&said(state.title(), None), if over && !state.ended() { Tone::Mind } else { Tone::Plain })) " "
            }
            @match joined.told {
                Some(at) => span.dim { (t("已告知")) " " (timing.time(at)) },
                None if over => form.inline method="post" action={ "/mass-events/" (case.id) "/told" } {
                    (command(&format!("{command_id}-told-{}", joined.seq)))
                    input type="hidden" name="joined" value=(joined.seq);
                    @if numbers { input type="hidden" name="numbers" value="yes"; }
                    button.small { (t("已告知")) }
                },
                None => {},
            }
        }
    }
}
