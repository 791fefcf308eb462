//! The book as a list (问答列表): searched, by category, with who has not read what; leaves as a workbook or on paper.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::AnswerRow;
use maud::{Markup, html};
use office::answer::CATEGORIES;

use crate::components::register::{Column, Register, Row, filter_select, filters, nothing_found};
use crate::components::{Timing, Tone, empty, tag};
use crate::desk::answers::phones;
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission, permission};
use crate::state::Here;

/// The accounts that are to read the book: whoever takes contacts. Account → name.
pub async fn readers(here: &Here) -> Result<Vec<(String, String)>, Fault> {
    let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
    let takes = |posts: &[String]| posts.iter().any(|post| permission::usual(post).allow(Permission::ContactTake));
    let readers = staff.into_iter().filter(|it| it.active && takes(&it.posts));
    Ok(readers.map(|it| (it.id, it.name)).collect())
}

/// Entries that this viewer is to read and has not.
pub fn is_unread(here: &Here, row: &AnswerRow) -> bool {
    here.viewer.grants.allow(Permission::ContactTake) && !row.read_by.contains(&here.actor.account)
}

async fn rows(here: &Here, filled: &Filled) -> Result<Vec<AnswerRow>, Fault> {
    let (words, category) = (filled.get("q").to_owned(), filled.get("category").to_owned());
    let rows = here.house().answers(here.site, words, category).await;
    let mut rows = rows.map_err(|fault| Fault::new("查问答", fault))?;
    rows.retain(|row| filled.get("read") != "no" || is_unread(here, row));
    Ok(rows)
}

/// `GET /answers`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let rows = rows(&here, &filled).await?;
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && !filled.get("as").is_empty() {
        return export(&here, filled.get("as"), &rows);
    }
    let readers = readers(&here).await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let columns = [
        Column::new(t("问题")),
        Column::new(t("类别")),
        Column::new(t("答复")),
        Column { right: true, named: true, ..Column::new(t("用过")) },
        Column { minor: true, ..Column::new(t("更新")) },
        Column::new(t("阅读")),
    ];
    let shown: Vec<Row> = rows.iter().map(|row| line(&here, row, &readers, timing)).collect();
    let query = filled.query(&["q", "category", "read"]);
    let writes = here.viewer.grants.allow(Permission::AnswerWork);
    let first = html! { @if writes { a.button.main href="/answers/new" { (t("写第一条")) } } };
    let register = Register {
        query: &query,
        total: &crate::t!("{} 条", rows.len()),
        export: may_export,
        ..Register::of(
            ("answers", t("常用问答与便民电话"), "/answers"),
            &columns,
            &shown,
            if query.is_empty() {
                empty(t("书里还没有问答。来人常问的事、便民电话，写在这里，受理时边听边查。"), first)
            } else {
                nothing_found("/answers")
            },
        )
    };
    let body = html! { (filter_form(&filled, &rows)) (register.render()) };
    let around = here.around().await?;
    let does = html! {
        a.button href="/answers/print" { (t("打印")) }
        @if writes { a.button.main href="/answers/new" { (t("写一条")) } }
    };
    let page = Page { does, ..Page::new(t("常用问答"), Frame::Desk(Place::Answers, &around), body) };
    Ok(page.into_response())
}

fn filter_form(filled: &Filled, rows: &[AnswerRow]) -> Markup {
    let mut categories: Vec<&str> = CATEGORIES.to_vec();
    categories.extend(rows.iter().map(|row| row.said.category.as_str()).filter(|it| !it.is_empty()));
    categories.sort_unstable();
    categories.dedup();
    let spoken: Vec<(&str, String)> = categories.iter().map(|it| (*it, said(it, None).into_owned())).collect();
    let spoken: Vec<(&str, &str)> = spoken.iter().map(|(id, words)| (*id, words.as_str())).collect();
    let fields = html! {
        (filter_select("category", t("类别"), &spoken, filled.get("category")))
        (filter_select("read", t("阅读"), &[("no", t("我还没读的"))], filled.get("read")))
    };
    filters("/answers", "answers", Some(filled.get("q")), fields)
}

fn line(here: &Here, row: &AnswerRow, readers: &[(String, String)], timing: Timing) -> Row {
    let unread = readers.iter().filter(|(account, _)| !row.read_by.contains(account)).count();
    let cells = vec![
        html! { a href={ "/answers/" (row.id) } { (row.said.question) } },
        html! { (said(&row.said.category, None)) },
        html! {
            span.dim { (short(&row.said.answer)) }
            @if !row.said.phones.is_empty() { " " b { (row.said.phones.lines().next().unwrap_or_default()) } }
        },
        html! { a href={ "/contacts?answer=" (row.id) } { (row.used) } },
        html! { (timing.time(row.at)) " " span.dim.small { (crate::t!("第 {} 版", row.number)) } },
        html! {
            @if is_unread(here, row) { (tag(t("您还没读"), Tone::Mind)) " " }
            @if unread == 0 { span.dim { (t("都读过")) } } @else { (crate::t!("{} 人未读", unread)) }
        },
    ];
    Row { cells, late: false, void: false }
}

fn short(answer: &str) -> String {
    let line: String = answer.lines().next().unwrap_or_default().chars().take(40).collect();
    if line.len() < answer.trim().len() { format!("{line}…") } else { line }
}

fn export(here: &Here, kind: &str, rows: &[AnswerRow]) -> Result<Response, Fault> {
    let head = [t("问题"), t("类别"), t("答复"), t("电话"), t("别的问法"), t("用过"), t("版本"), t("更新")];
    let zone = &here.house().laws().zone;
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.said.question.clone(),
                said(&row.said.category, None).into_owned(),
                row.said.answer.clone(),
                row.said.phones.replace('\n', "；"),
                row.said.keywords.clone(),
                row.used.to_string(),
                row.number.to_string(),
                zone.civil(row.at).strftime("%Y-%m-%d %H:%M").to_string(),
            ]
        })
        .collect();
    sheet::answer(kind, t("常用问答与便民电话"), "answers", &head, &lines)
}

/// `GET /answers/print`: the whole book on paper, by category.
pub async fn print(here: Here) -> Result<Response, Fault> {
    let rows = rows(&here, &Filled::default()).await?;
    let today = here.house().laws().zone.date(here.now).strftime("%Y-%m-%d").to_string();
    let mut category = None;
    let mut parts = Vec::new();
    for row in &rows {
        if category != Some(row.said.category.as_str()) {
            category = Some(row.said.category.as_str());
            let heading = if row.said.category.is_empty() { t("其他") } else { &row.said.category };
            parts.push(html! { h2 { (said(heading, None)) } });
        }
        parts.push(html! {
            section.panel {
                h3 { (row.said.question) }
                @if !row.said.answer.is_empty() { p.pre { (row.said.answer) } }
                (phones(&row.said.phones))
            }
        });
    }
    let body = html! {
        p.print-bar { a.button href="/answers" { (t("返回")) } " "
            button.main data-print data-key="F9" { (t("打印")) " " kbd { "F9" } } }
        p.dim { (today) }
        @for part in parts { (part) }
    };
    let page = Page::new(t("常用问答与便民电话"), Frame::Bare, body);
    Ok(Fragment(page.render()).into_response())
}
