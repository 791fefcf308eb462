//! The page of the desk (受理台), and its parts while one writes.

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::counter::Counter;
use super::{answers, follows, household, mass, matter};
use crate::cases::chase;
use crate::components::{icon, lucide};
use crate::language::t;
use crate::page::{Filled, Fragment, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// `GET /desk`, `GET /desk/search`: the desk, with a household chosen or looked for.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let saved = match filled.get("saved") {
        "" => None,
        id => {
            let page = here.house().case_page(here.site, id.to_owned(), here.actor.clone(), here.now, false).await;
            page.map_err(|fault| Fault::new("读取事项", fault))?.map(|page| (page.case.number, page.case.id))
        }
    };
    let told = match filled.get("told") {
        "answered" => Some(t("这次来访来电已记为当场答复。")),
        "joined" => Some(t("已照答复口径答复，并入批量事件。")),
        "voided" => Some(t("这次来访来电已作废，原因已记下。")),
        _ => None,
    };
    let mut counter = Counter::of(&here, filled).await?;
    counter.saved = saved;
    counter.told = told;
    page(&here, &counter).await.map(|page| page.into_response())
}

/// `POST /desk/preview`: the parts that follow from what is written so far; writes nothing. A post, because names and
/// phones do not belong into addresses.
pub async fn preview(here: Here, headers: HeaderMap, filled: crate::page::Posted) -> Result<Response, Fault> {
    let counter = Counter::of(&here, filled.filled).await?;
    if !headers.contains_key("x-swap") {
        return page(&here, &counter).await.map(|page| page.into_response());
    }
    let shown = counter.filled.get("shown_kind");
    let same = shown == counter.kind.map_or("", office::case::CaseKind::id);
    let parts = html! {
        (follows::column(&here, &counter))
        (mass::bars(&here, &counter))
        (matter::mood(&here, &counter))
        (matter::kind_hint(&counter))
        (matter::clears(&here, &counter))
        (matter::said_back(&here, &counter))
        @if !same { (matter::kind_fields(&here, &counter)) }
    };
    Ok(Fragment(parts).into_response())
}

/// The whole page.
pub async fn page(here: &Here, counter: &Counter) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let places = match counter.card {
        Some(_) => Vec::new(),
        None => here.house().common_places(here.site).await.map_err(|fault| Fault::new("读取公共部位", fault))?,
    };
    let body = html! {
        @if let Some((number, id)) = &counter.saved {
            p.saved role="status" {
                (t("已登记，请告诉来人编号")) " " b.big.nowrap { (number) } " "
                a.button href={ "/cases/" (id) } { (t("打开")) } " "
                a.button href={ "/forms/" (number) "/print" } { (icon(lucide::LuPrinter)) (t("打印单据")) }
            }
        }
        @if let Some(told) = counter.told { p.saved role="status" { (told) } }
        (chase::place())
        div.desk data-first-key="/desk/contact" {
            div { (household::column(counter, &places)) }
            div { (mass::bars(here, counter)) (matter::column(here, counter)) (end(counter)) }
            div { (answers::panel(counter)) (follows::column(here, counter)) }
        }
    };
    let does = html! { a.button href="/registers/mass_event" target="_blank" { (t("批量事件")) } };
    Ok(Fragment(Page { does, ..Page::new(t("受理"), Frame::Desk(Place::Desk, &around), body) }.render()))
}

/// A contact that becomes no case: answered on the spot, or void with a reason. Its fields belong to the form of the matter,
/// so that whatever was filled in stands in the register of contacts.
fn end(counter: &Counter) -> Markup {
    html! {
        details.panel open[!counter.filled.get("note").is_empty()] {
            summary { (t("不立事项：当场答复，或作废")) }
            div.field {
                label for="note" { (t("说明")) }
                textarea #note name="note" rows="2" maxlength="1000" form="intake" aria-describedby="note-says" {
                    (maud::PreEscaped("\n")) (counter.filled.get("note"))
                }
                @if let Some(phrases) = &counter.phrases { p.small.dim { (phrases.say("refusal")) } }
                p.says #note-says { (t("答复了什么，或为什么作废：打错、断线、重复")) }
            }
            p.ways {
                button form="intake" formaction="/desk/contact/end" formnovalidate name="as" value="answered" { (t("当场答复了")) }
                " " button form="intake" formaction="/desk/contact/end" formnovalidate name="as" value="voided" { (t("作废")) }
            }
        }
    }
}
