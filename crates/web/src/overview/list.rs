//! The rows behind the numbers of the page (总览的清单): read by the same reads, with their conditions in the address.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::words;
use journal::reads::{CaseRow, ObligationRow};
use maud::{Markup, html};

use super::show::{due, musts, register, told_row, unhappy_row};
use super::{People, who};
use crate::components::Timing;
use crate::components::register::{Column, Row};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place, sheet, wrong};
use crate::rulebooks::subject_link;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /manager/list?what=late&post=technician&person=…`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let read = here.house().overview(here.site, here.now).await.map_err(|fault| Fault::new("读取总览", fault))?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let people = People::of(&here).await?;
    let (title, rows) = match filled.get("what") {
        "late" => (t("现在超时"), &read.owing.late),
        "today" => (t("午夜前到期"), &read.owing.today),
        "told" => {
            let columns = ["编号", "事由", "告知了", "何时"].map(|it| Column::new(t(it)));
            let rows: Vec<Row> = read.told.iter().map(|row| told_row(&here, row, timing)).collect();
            let body = register("list", t("升级告知的都有人接了。"), &columns, &rows);
            return page(&here, t("没有人接的升级"), rows.len(), body).await;
        }
        "unhappy" => {
            let columns = ["编号", "事由", "轮次"].map(|it| Column::new(t(it)));
            let rows: Vec<Row> = read.unhappy.iter().map(unhappy_row).collect();
            let body = register("list", t("不满意的都有人在处理，或者没有不满意。"), &columns, &rows);
            return page(&here, t("没有处理的不满意"), rows.len(), body).await;
        }
        _ => return Ok(wrong::not_found()),
    };
    let (post, person) = (filled.get("post"), filled.get("person"));
    let theirs = |row: &&ObligationRow| post.is_empty() || who(row) == (post.to_owned(), person.to_owned());
    let rows: Vec<&ObligationRow> = rows.iter().filter(theirs).collect();
    let title = match post {
        "" => title.to_owned(),
        post => format!("{title} · {}", people.words(&(post.to_owned(), person.to_owned())).0),
    };
    if !filled.get("as").is_empty() && here.viewer.grants.allow(Permission::ReportExport) {
        let (head, lines) = sheet_of(&here, &rows, &people, timing);
        return sheet::answer(filled.get("as"), &title, "late", &head, &lines);
    }
    let body = html! {
        (table(&here, &rows, &people, timing))
        @if here.viewer.grants.allow(Permission::ReportExport) && !rows.is_empty() {
            p.foot { a href={ "/manager/list?" (filled.query(&["what", "post", "person"])) "&as=xlsx" } { "Excel" } }
        }
    };
    page(&here, &title, rows.len(), body).await
}

/// Rows of what is owed.
pub fn table(here: &Here, rows: &[&ObligationRow], people: &People, timing: Timing) -> Markup {
    let columns = [
        Column::new(t("编号")),
        Column::new(t("要做的事")),
        Column::new(t("由谁")),
        Column::new(t("时限")),
        Column { minor: true, ..Column::new(t("事由")) },
        Column { minor: true, ..Column::new(t("条款")) },
    ];
    let lines: Vec<Row> = rows
        .iter()
        .map(|row| {
            let (name, beside) = people.words(&who(row));
            let cells = vec![
                subject_link(row, timing),
                html! { (musts(here, row)) },
                html! { (name) " " span.dim { (beside) } },
                html! { @if let Some(due) = due(row) { (timing.light(row.opened, due)) } },
                html! { span.place { (row.place) } " " (row.title) },
                crate::components::clause(&row.clause, None),
            ];
            Row { cells, late: row.state == rulebook::State::Overdue, void: false }
        })
        .collect();
    register("list", t("没有这样的事。"), &columns, &lines)
}

fn sheet_of(
    here: &Here,
    rows: &[&ObligationRow],
    people: &People,
    timing: Timing,
) -> ([&'static str; 6], Vec<Vec<String>>) {
    let head = [t("编号"), t("要做的事"), t("由谁"), t("时限"), t("事由"), t("条款")];
    let lines = rows.iter().map(|row| {
        let (name, beside) = people.words(&who(row));
        vec![
            row.number.clone(),
            musts(here, row),
            format!("{name} {beside}"),
            due(row).map(|due| words::exact(timing.zone, due)).unwrap_or_default(),
            format!("{} {}", row.place, row.title),
            format!("{} {}", row.clause.book, row.clause.id),
        ]
    });
    (head, lines.collect())
}

/// `GET /manager/week?key=2026-W47&broken=yes`: the matters of a week.
pub async fn week(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let (key, broken) = (filled.get("key").to_owned(), filled.get("broken") == "yes");
    let read = here.house().week_list(here.site, key.clone(), broken).await;
    let Some(rows) = read.map_err(|fault| Fault::new("读取总览", fault))? else { return Ok(wrong::not_found()) };
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let columns = ["编号", "地点", "事由", "来人时间", "状态"].map(|it| Column::new(t(it)));
    let lines: Vec<Row> = rows.iter().map(|row| case_row(row, timing)).collect();
    let title = if broken { crate::t!("{} 出过超时的", key) } else { crate::t!("{} 收到的", key) };
    page(&here, &title, rows.len(), register("list", t("没有这样的事。"), &columns, &lines)).await
}

fn case_row(row: &CaseRow, timing: Timing) -> Row {
    let cells = vec![
        html! { a.nowrap href={ "/cases/" (row.id) } { (row.number) } },
        html! { span.place { (row.place) } },
        html! { (row.title) },
        html! { (timing.time(row.opened)) },
        html! { (said(row.state.title(), None)) },
    ];
    Row { cells, late: row.breaches > 0, void: row.state == office::case::CaseState::Withdrawn }
}

/// A list under the page.
pub async fn page(here: &Here, title: &str, count: usize, body: Markup) -> Result<Response, Fault> {
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("总览").to_owned(), path: "/manager".to_owned() }];
    let beside = html! { span.dim { (crate::t!("{} 项", count)) } };
    let page = Page { crumbs: &crumbs, beside, ..Page::new(title, Frame::Desk(Place::Manager, &around), body) };
    Ok(page.into_response())
}
