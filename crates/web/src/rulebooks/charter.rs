//! The charter as it came about (章程): every decision of the site about its law, by whom and when, newest first.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use calendar::Moment;
use journal::SiteLaw;
use maud::{Markup, html};
use office::Entry;
use office::site::{ADOPTED, CalendarTold, PERSON_MARK, changes_calendar};

use super::{law, side};
use crate::calendars;
use crate::components::Timing;
use crate::entry::posts;
use crate::language::{said, t};
use crate::page::{Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// `GET /rulebooks/charter`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let law = law(&here).await?;
    let around = here.around().await?;
    let names = here.names().await?;
    let entries = here.house().charter_entries(here.site).await.map_err(|fault| Fault::new("读取章程", fault))?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let body = html! {
        (side::of_rulebooks(&law, here.now, 1))
        p.dim { (t("本站点采用什么、怎样设定、谁在什么时候定的。以前的事按当时的章程，不受后来改动影响。")) }
        div.scroll { table.plain-table {
            thead { tr { th { (t("什么时候")) } th { (t("定了什么")) } th { (t("谁定的")) } } }
            tbody { @for entry in entries.iter().rev() { tr {
                td.nowrap { (timing.time(entry.event.happened)) }
                td.wrap { (sentence(&here, &law, &names, entry)) }
                td {
                    (names.get(&entry.actor).unwrap_or(&entry.actor)) " "
                    span.small.dim { (posts::word(here.house().laws(), &entry.post)) }
                }
            } } }
        } }
    };
    Ok(Page::new(t("章程"), Frame::Desk(Place::Rulebooks, &around), body).into_response())
}

fn sentence(here: &Here, law: &SiteLaw, names: &BTreeMap<String, String>, entry: &Entry) -> Markup {
    let links = &entry.event.body.links;
    let text = |key: &str| links.get(key).map(String::as_str).unwrap_or_default();
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let moment = |key: &str| links.get(key).and_then(|it| it.parse().ok()).map(Moment);
    let book = |digest: &str| {
        let known = law.books.get(digest).or_else(|| law.books.values().find(|it| it.id == text("book")));
        known.map_or_else(|| text("book").to_owned(), |it| said(&it.name, Some(&it.name_en)).into_owned())
    };
    let edition = law.books.get(text("digest")).map(|it| it.edition.clone()).unwrap_or_default();
    html! {
        @match entry.event.name.as_str() {
            ADOPTED | "charter.adopted" => {
                b { (t("采用")) } " " a href={ "/rulebooks/" (text("book")) } { (book(text("digest"))) } " " (edition)
                @if let Some(from) = moment("from") { " " (t("自")) " " (timing.time(from)) }
                @if let Some(until) = moment("until") { " " (t("到")) " " (timing.time(until)) }
                @if !text("except").is_empty() { " " (crate::t!("不含 {}", text("except"))) }
                @if let Some(by) = entry.event.body.attributes.get("rulebook.approver") { " " span.dim { (crate::t!("审批人 {}", by)) } }
            },
            "charter.left" => {
                b { (t("停用")) } " " a href={ "/rulebooks/" (text("book")) } { (book("")) }
                @if let Some(from) = moment("from") { " " (t("自")) " " (timing.time(from)) }
            },
            "charter.set" => {
                b { (t("设置")) } " " (said(text("setting"), None)) "："
                @if text("value").is_empty() { (t("用默认值")) } @else { (said(text("value"), None)) }
            },
            "charter.bound" => {
                b { (t("岗位对应")) } " " (posts::word(here.house().laws(), text("post"))) "："
                @if text("to").is_empty() { (t("按通常的办法")) } @else { (people(here, names, text("to"))) }
            },
            "charter.confirmed" => {
                b { (t("确认读法")) } " " a href={ "/rulebooks/" (text("clause")) } { (text("clause")) } " “" (said(text("words"), None)) "”"
            },
            "charter.settled" => {
                b { (t("冲突")) } " " (text("one").replace('/', " ")) "、" (text("other").replace('/', " ")) "："
                @if text("prefer").is_empty() { (t("两款都留，先到期的亮灯")) } @else { (crate::t!("以 {} 为准", text("prefer").replace('/', " "))) }
                "。" (entry.event.body.note)
            },
            name if changes_calendar(name) => {
                b { a href={ "/duty/calendar/entries/" (entry.seq) } { (t("年历")) } } " "
                @match law.log.calendar.iter().find(|it| it.seq == entry.seq).map(|it| &it.told) {
                    Some(CalendarTold::Notice(notice)) => { (crate::t!("录入 {0} 年放假通知：{1}", notice.year, notice.cited())) },
                    Some(CalendarTold::Day(order)) => { (order.date) " " (calendars::settled(order)) "。" (order.why) },
                    None => {},
                }
            },
            other => { (other) },
        }
    }
}

/// Posts and persons in words.
pub fn people(here: &Here, names: &BTreeMap<String, String>, to: &str) -> String {
    let one = |it: &str| match it.strip_prefix(PERSON_MARK) {
        Some(account) => names.get(account).cloned().unwrap_or_else(|| account.to_owned()),
        None => posts::word(here.house().laws(), it),
    };
    to.split('、').filter(|it| !it.is_empty()).map(one).collect::<Vec<_>>().join("、")
}
