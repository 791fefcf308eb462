//! The list behind a figure (数字背后的名单): the same condition as the figure's, page by page.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::Laws;
use journal::reads::{CaseRow, CountedBy, value_in_words};
use maud::html;

use super::counting::{title, value};
use super::listed::{Listed, after};
use super::period::{asked, words};
use crate::components::Timing;
use crate::components::register::{Column, Row, nothing_found};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place, wrong};
use crate::security::Fault;
use crate::state::Here;

/// `GET /complaints/counted?period=2026-Q4&by=class&key=first`: the list behind a figure.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let (Some(period), Some(by)) = (asked(&here, &filled), CountedBy::of(filled.get("by"))) else {
        return Ok(wrong::not_found());
    };
    let laws = here.house().laws();
    let of = period.moments(&laws.zone);
    let key = filled.get("key").to_owned();
    let list = here.house().complaints_counted(here.site, of, (by, key.clone()), after(&filled), here.now).await;
    let list = list.map_err(|fault| Fault::new("读取投诉分析", fault))?;
    let timing = Timing { now: here.now, zone: &laws.zone };
    let columns = [
        Column::new(t("编号")),
        Column::new(t("地点")),
        Column::new(t("事由")),
        Column::new(t("类别")),
        Column { minor: true, ..Column::new(t("来人时间")) },
        Column::new(t("状态")),
    ];
    let rows: Vec<Row> = list.rows.iter().map(|row| counted_row(laws, row, timing)).collect();
    let list = Listed {
        id: "counted",
        title: t("数字背后的名单"),
        filled: &filled,
        chosen_by: &["period", "by", "key"],
        columns: &columns,
        rows: &rows,
        next: list.next.as_deref(),
        empty: nothing_found("/complaints/analysis"),
        export: false,
    };
    let heading = match by {
        CountedBy::All => title(by),
        _ => format!("{}：{}", title(by), value(laws, by, &key)),
    };
    let analysis = format!("/complaints/analysis?period={}", period.key());
    let crumbs = [Crumb { words: crate::t!("投诉分析 {}", words(&period)), path: analysis }];
    let around = here.around().await?;
    let page = Page { crumbs: &crumbs, ..Page::new(&heading, Frame::Desk(Place::Cases, &around), list.render()) };
    Ok(page.into_response())
}

fn counted_row(laws: &Laws, row: &CaseRow, timing: Timing) -> Row {
    let class = value_in_words(laws, "complaint.class", &row.class);
    let cells = vec![
        html! { a.nowrap href={ "/cases/" (row.id) } { (row.number) } },
        html! { span.place { (row.place) } },
        html! { (row.title) },
        html! { (said(&class, None)) },
        html! { (timing.time(row.opened)) },
        html! { (said(row.state.title(), None)) },
    ];
    Row { cells, late: false, void: row.state == office::case::CaseState::Withdrawn }
}
