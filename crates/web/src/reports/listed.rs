//! The list behind a number (数字背后的名单), page by page, and as a file.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::{StatedList, StatedRow};
use maud::html;
use office::stretch::Stretch;

use super::words::list_of;
use crate::complaints::period::{asked, words};
use crate::components::Timing;
use crate::components::register::{Column, Register, Row, nothing_found};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place, sheet, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Rows of an export at most.
const EXPORT_MAX: usize = 20_000;

async fn read(here: &Here, of: &Stretch, id: &str, after: Option<String>) -> Result<Option<StatedList>, Fault> {
    let list = here.house().stated_list(here.site, of, id.to_owned(), after, here.now).await;
    list.map_err(|fault| Fault::new("读取统计名单", fault))
}

/// `GET /reports/list?period=2026-Q3&figure=made`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let Some(period) = asked(&here, &filled) else { return Ok(wrong::not_found()) };
    let id = filled.get("figure");
    let after = Some(filled.get("after").to_owned()).filter(|it| !it.is_empty());
    let Some(mut list) = read(&here, &period, id, after).await? else { return Ok(wrong::not_found()) };
    let names = here.names().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    let title = said(&list.title, None).into_owned();
    if may_export && !filled.get("as").is_empty() {
        while let Some(after) = list.next.take().filter(|_| list.rows.len() < EXPORT_MAX) {
            let Some(more) = read(&here, &period, id, Some(after)).await? else { break };
            list.rows.extend(more.rows);
            list.next = more.next;
        }
        return export(filled.get("as"), &title, &period, &list.rows, &names, timing);
    }
    let columns = columns();
    let rows: Vec<Row> = list.rows.iter().map(|row| line(row, &names, timing)).collect();
    let address = list_of(&period, id);
    let register = Register {
        query: address.split_once('?').map_or("", |(_, query)| query),
        total: &crate::t!("本页 {} 件", rows.len()),
        next: list.next.as_deref(),
        further: !filled.get("after").is_empty(),
        export: may_export,
        ..Register::of(("list", &title, "/reports/list"), &columns, &rows, nothing_found(super::show::PATH))
    };
    let clause = list.clause.as_ref().map(|(book, id)| rulebook::ClauseRef { book: book.clone(), id: id.clone() });
    let body = html! {
        @if !list.definition.is_empty() {
            p.dim {
                (said(&list.definition, None)) " "
                @if let Some(clause) = &clause { (crate::components::clause(clause, None)) }
            }
        }
        (register.render())
    };
    let path = format!("{}?period={}", super::show::PATH, period.key());
    let crumbs = [Crumb { words: crate::t!("统计报表 {}", words(&period)), path }];
    let around = here.around().await?;
    let page = Page { crumbs: &crumbs, ..Page::new(&title, Frame::Desk(Place::Reports, &around), body) };
    Ok(page.into_response())
}

fn columns() -> [Column<'static>; 6] {
    [
        Column::new(t("编号")),
        Column::new(t("事由")),
        Column { minor: true, ..Column::new(t("地点")) },
        Column::new(t("时间")),
        Column { minor: true, ..Column::new(t("由谁")) },
        Column { right: true, minor: true, ..Column::new(t("算几个")) },
    ]
}

fn line(row: &StatedRow, names: &BTreeMap<String, String>, timing: Timing) -> Row {
    let words = if row.number.is_empty() { t("来访来电") } else { row.number.as_str() };
    let cells = vec![
        html! { @if row.path.is_empty() { (row.number) } @else { a.nowrap href=(row.path) { (words) } } },
        html! { (row.title) },
        html! { span.place { (row.place) } },
        html! { @if let Some(at) = row.at { (timing.time(at)) } @else { span.dim { "—" } } },
        html! { (names.get(&row.person).unwrap_or(&row.person)) },
        html! { (row.counts) },
    ];
    Row { cells, late: false, void: false }
}

fn export(
    kind: &str,
    title: &str,
    period: &Stretch,
    rows: &[StatedRow],
    names: &BTreeMap<String, String>,
    timing: Timing,
) -> Result<Response, Fault> {
    let head = [t("编号"), t("事由"), t("地点"), t("时间"), t("由谁"), t("算几个")];
    let line = |row: &StatedRow| {
        let at = row.at.map(|at| timing.zone.civil(at).strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
        let person = names.get(&row.person).unwrap_or(&row.person).clone();
        vec![row.number.clone(), row.title.clone(), row.place.clone(), at, person, row.counts.to_string()]
    };
    let lines: Vec<Vec<String>> = rows.iter().map(line).collect();
    sheet::answer(kind, title, &format!("figure-{}", period.key()), &head, &lines)
}
