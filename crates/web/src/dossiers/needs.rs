//! Needs of customers (客户需求分析) of a quarter: by field and topic how many, how they ended, how long improving took, what surveys
//! gave.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use journal::reads::{NeedBook, NeedTopic, value_in_words};
use maud::{Markup, html};
use office::register;

use super::list::share;
use crate::components::figure::{Figure, figures};
use crate::components::{Tone, empty, panel, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// Outcomes in the order of a row; the last is a need that was taken up again.
const OUTCOMES: [&str; 5] = ["met", "exceeded", "not_met", "declined", "reopened"];

/// The first day of the quarter of a day.
fn quarter(of: Date) -> Date {
    of.with().month((of.month() - 1) / 3 * 3 + 1).day(1).build().unwrap_or(of)
}

/// `GET /needs?from=2026-10-01`: the quarter of that day.
pub async fn show(here: Here, Query(asked): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let zone = &here.house().laws().zone;
    let day = Filled(asked).get("from").parse::<Date>().unwrap_or_else(|_| zone.date(here.now));
    let from = quarter(day);
    let until = from.saturating_add(3.months());
    let book = here.house().need_book(here.site, zone.start_of_day(from), zone.start_of_day(until)).await;
    let book = book.map_err(|fault| Fault::new("读取客户需求", fault))?;
    let before = quarter(from.yesterday().unwrap_or(from));
    let body = html! {
        p.small {
            a href={ "/needs?from=" (before) } { (t("上一季")) } " "
            b { (crate::t!("{0} 年第 {1} 季度", from.year(), (from.month() - 1) / 3 + 1)) } " "
            a href={ "/needs?from=" (until) } { (t("下一季")) }
        }
        (glance(&book))
        (panel(t("按方面和主题"), html! {}, topics(&here, &book)))
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("登记簿").to_owned(), path: "/registers/needs".to_owned() }];
    let beside = html! {
        a.button href="/registers/needs" { (t("客户需求登记簿")) } " "
        @if register::find("needs").is_some_and(|it| crate::registers::may_begin(&here, it)) {
            a.button.main href="/registers/needs/new" { (t("提出需求")) }
        }
    };
    let page =
        Page {
            crumbs: &crumbs, beside, ..Page::new(t("客户需求分析"), Frame::Desk(Place::Cases, &around), body)
        };
    Ok(page.into_response())
}

fn glance(book: &NeedBook) -> Markup {
    let all: i64 = book.topics.iter().map(|it| it.count).sum();
    let ended = |it: &NeedTopic| it.outcomes.values().sum::<i64>();
    let good = |it: &NeedTopic| ["met", "exceeded"].iter().filter_map(|id| it.outcomes.get(*id)).sum::<i64>();
    let (ended, good): (i64, i64) = (book.topics.iter().map(ended).sum(), book.topics.iter().map(good).sum());
    let late: i64 = book.topics.iter().map(|it| it.overdue).sum();
    let (all, met, late) = (all.to_string(), share(good, ended), late.to_string());
    figures(&[
        Figure::count(t("需求"), &all, t("件"), "/registers/needs"),
        Figure::count(t("达到或超过预期"), &met, "", "/registers/needs?state=ended"),
        Figure::count(t("过了目标日期"), &late, t("件"), "/registers/needs"),
    ])
}

fn topics(here: &Here, book: &NeedBook) -> Markup {
    let laws = here.house().laws();
    let word = |attribute: &str, value: &str| said(&value_in_words(laws, attribute, value), None).into_owned();
    html! {
        @if book.topics.is_empty() {
            (empty(t("这一季还没有客户需求。走访、投诉、调查里听到的，都从“提出需求”登记。"), html! {}))
        } @else {
            div.scroll { table.plain-table {
                thead { tr {
                    th { (t("方面")) } th { (t("主题")) } th.num { (t("件数")) } th.num { (t("已识别")) }
                    @for id in &OUTCOMES[..4] { th.num { (word("need.outcome", id)) } }
                    th.num { (t("重开")) } th.num { (t("改进天数中位")) } th.num { (t("调查得分中位")) }
                } }
                tbody { @for it in &book.topics { tr {
                    td { @if it.field.is_empty() { (tag(t("未归类"), Tone::Mind)) } @else { (word("need.field", &it.field)) } }
                    td { @if it.topic.is_empty() { "—" } @else { (word("need.topic", &it.topic)) } }
                    td.num { (it.count) } td.num { (it.identified) }
                    @for id in &OUTCOMES { td.num { (it.outcomes.get(*id).copied().unwrap_or(0)) } }
                    td.num { @match it.middle_days() { Some(days) => (days), None => "—" } }
                    td.num { @match it.middle_score() { Some(score) => (score), None => "—" } }
                } } }
            } }
        }
    }
}
