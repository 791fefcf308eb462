//! Problems that come back (重复问题): the same place, household or matter often enough within the time that the office set,
//! each with the list behind it.

use axum::response::{IntoResponse, Response};
use journal::Laws;
use journal::reads::{Recurring, SameBy};
use maud::{Markup, html};

use super::sections;
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, empty};
use crate::language::{said, t};
use crate::page::wrong::escaped;
use crate::page::{Frame, Page, Place};
use crate::security::Fault;
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
        Column::new(t("最近一件")),
        Column { minor: true, ..Column::new(t("最近时间")) },
    ];
    let rows: Vec<Row> = board.recurring.iter().map(|it| row(it, laws, timing)).collect();
    let nothing = crate::t!("{0} 天之内没有哪一样达到 {1} 件。", board.days, board.least);
    let register = Register {
        id: "recurring",
        caption: t("重复问题"),
        path: "/complaints/recurring",
        query: "",
        columns: &columns,
        sorted: None,
        rows: &rows,
        total: &crate::t!("{0} 天之内达到 {1} 件的有 {2} 样", board.days, board.least, rows.len()),
        next: None,
        further: false,
        empty: empty(&nothing, html! {}),
        export: false,
    };
    let body = html! {
        (sections(1, board.recurring.len()))
        p.dim { (t("期间和件数在设置里改（重复问题的期间、重复问题的件数）。点开看是哪几件，再决定要不要一次解决。")) }
        (register.render())
    };
    let around = here.around().await?;
    Ok(Page::new(t("重复问题"), Frame::Desk(Place::Cases, &around), body).into_response())
}

fn row(it: &Recurring, laws: &Laws, timing: Timing) -> Row {
    let kind = said(it.kind.title(), None);
    let (by, what, filter) = match it.by {
        SameBy::Place => (t("同一地点"), it.key.clone(), "place"),
        SameBy::Household => (t("同一户"), it.place.clone(), "household"),
        SameBy::Topic => (t("同一类事"), topic(laws, &it.key), "topic"),
    };
    let path = format!("/cases?kind={}&{filter}={}", it.kind.id(), escaped(&it.key));
    let link: Markup = html! { a href=(path) { (said(&what, None)) " " (kind) } };
    let cells = vec![
        html! { (by) },
        link,
        html! { b { (it.count) } },
        html! { span.place { (it.place) } " " (it.title) },
        html! { (timing.time(it.last)) },
    ];
    Row { cells, late: false, void: false }
}

/// The word of what complaints are about: a value of whichever choice it was taken from.
fn topic(laws: &Laws, key: &str) -> String {
    let choices = ["complaint.instance", "complaint.topic", "complaint.cause"];
    let mut words = choices.iter().map(|id| journal::reads::value_in_words(laws, id, key));
    words.find(|word| word != key).unwrap_or_else(|| key.to_owned())
}
