//! Problems that come back (重复问题): the same place, household or matter often enough within the time that the office set,
//! each with the list behind it.

use axum::response::{IntoResponse, Response};
use journal::Laws;
use journal::reads::{AskedHouseholds, ComplaintBoard, Recurring, SameBy, topic_in_words};
use maud::{Markup, html};

use super::sections;
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, Tone, empty, tag};
use crate::language::{said, t};
use crate::page::wrong::escaped;
use crate::page::{Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /complaints/recurring`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let board = here.house().complaints(here.site, here.now).await.map_err(|fault| Fault::new("读取投诉", fault))?;
    let laws = here.house().laws();
    let timing = Timing { now: here.now, zone: &laws.zone };
    let columns = [
        Column::new(t("同一样")),
        Column::new(t("什么")),
        Column { right: true, ..Column::new(t("件数")) },
        Column { right: true, ..Column::new(t("户数")) },
        Column::new(t("占本月回访户")),
        Column::new(t("共性问题")),
        Column { minor: true, ..Column::new(t("最近一件")) },
        Column { minor: true, ..Column::new(t("最近时间")) },
    ];
    let may = here.viewer.grants.allow(Permission::CaseWork)
        && office::act::find("topic.tallied").is_some_and(|act| act.allowed(&here.actor.posts));
    let rows: Vec<Row> = board.recurring.iter().map(|it| row(&board, it, laws, timing, may)).collect();
    let nothing = crate::t!("{0} 天之内没有哪一样达到 {1} 件。", board.days, board.least);
    let register = Register {
        total: &crate::t!("{0} 天之内达到 {1} 件的有 {2} 样", board.days, board.least, rows.len()),
        ..Register::of(
            ("recurring", t("重复问题"), "/complaints/recurring"),
            &columns,
            &rows,
            empty(&nothing, html! {}),
        )
    };
    let body = html! {
        (sections(1, Some(board.recurring.len())))
        p.dim { (t("期间和件数在设置里改（重复问题的期间、重复问题的件数）。点开看是哪几件，再决定要不要一次解决。")) }
        (register.render())
        p.ways { a href="/registers/topic" { (t("共性问题登记簿")) } }
    };
    let around = here.around().await?;
    Ok(Page::new(t("重复问题"), Frame::Desk(Place::Cases, &around), body).into_response())
}

/// What is the same, in words: the place, the household's room, the matter.
pub fn what(laws: &Laws, it: &Recurring) -> String {
    match it.by {
        SameBy::Place => it.key.clone(),
        SameBy::Household => it.place.clone(),
        SameBy::Topic => topic_in_words(laws, &it.key),
    }
}

/// Of how many households followed up this month how many name it.
pub fn share_words(it: &Recurring, asked: AskedHouseholds) -> String {
    match office::topic::share(it.named, asked.count) {
        Some(share) => {
            let percent = format!("{}.{}", share / 100, share % 100 / 10);
            crate::t!("本月回访 {0} 户，{1} 户提到，占 {2}%", asked.count, it.named, percent)
        }
        None => t("本月还没有回访").to_owned(),
    }
}

fn row(board: &ComplaintBoard, it: &Recurring, laws: &Laws, timing: Timing, may: bool) -> Row {
    let kind = said(it.kind.title(), None);
    let (by, filter) = match it.by {
        SameBy::Place => (t("同一地点"), "place"),
        SameBy::Household => (t("同一户"), "household"),
        SameBy::Topic => (t("同一类事"), "topic"),
    };
    let key = escaped(&it.key);
    let path = format!("/cases?kind={}&{filter}={key}", it.kind.id());
    let link: Markup = html! { a href=(path) { (said(&what(laws, it), None)) " " (kind) } };
    let common = board.threshold.is_some_and(|threshold| it.is_common(board.asked, threshold));
    let raise = format!("/complaints/topics/new?by={filter}&kind={}&key={key}", it.kind.id());
    let cells = vec![
        html! { span.nowrap { (by) } },
        link,
        html! { b.nowrap { (crate::t!("{} 件", it.count)) } },
        html! { span.nowrap { (crate::t!("{} 户", it.households)) } },
        html! {
            span.small { (share_words(it, board.asked)) } " "
            @if common { (tag(t("超过门槛"), Tone::Grave)) }
        },
        html! {
            @if !it.common.is_empty() { a.nowrap href={ "/cases/" (it.common) } { (it.common) } " " }
            @if may && it.apart > 0 {
                a.button.small href=(raise) {
                    @if it.common.is_empty() { (t("列共性问题")) } @else { (crate::t!("还有 {} 件没归入", it.apart)) }
                }
            }
        },
        html! { span.place { (it.place) } " " (it.title) },
        html! { (timing.time(it.last)) },
    ];
    Row { cells, late: false, void: false }
}
