//! Subscriptions (订阅报刊情况一览表): what each household takes, what ought to come on a day; on paper and as a workbook.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::html;
use office::mail::round::{self, Subscribed};

use super::words;
use crate::components::register::{Column, Register, Row};
use crate::components::{empty, panel};
use crate::language::t;
use crate::page::{Crumb, Filled, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /mail/subscriptions?day=2026-11-16&as=xlsx`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let day = words::asked_day(&here, filled.get("day"));
    let all = here.house().subscribed(here.site).await.map_err(|fault| Fault::new("读取订阅", fault))?;
    let heads = heads();
    let lines: Vec<Vec<String>> = all.iter().map(|one| line(&here, one, day)).collect();
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && ["xlsx", "csv"].contains(&filled.get("as")) {
        return sheet::answer(filled.get("as"), t("订阅报刊情况一览表"), "subscriptions", &heads, &lines);
    }
    let columns: Vec<Column> = heads
        .iter()
        .enumerate()
        .map(|(n, head)| Column { right: n == 2 || n == 7, minor: (4..=6).contains(&n), ..Column::new(head) })
        .collect();
    let rows: Vec<Row> = lines
        .iter()
        .map(|line| Row { cells: line.iter().map(|cell| html! { (cell) }).collect(), late: false, void: false })
        .collect();
    let new = html! { a.button.main href="/registers/mail_subscriptions/new" { (t("新登记")) } };
    let register = Register {
        id: "subscriptions",
        caption: t("订阅报刊情况一览表"),
        path: "/mail/subscriptions",
        query: &filled.query(&["day"]),
        columns: &columns,
        sorted: None,
        rows: &rows,
        total: &crate::t!("{} 份订阅", rows.len()),
        next: None,
        further: false,
        empty: empty(t("还没有订阅。登记以后，每天应到的份数自己算出来。"), new.clone()),
        export: may_export,
    };
    let due = round::due_on(day, &all);
    let body = html! {
        form.inline method="get" action="/mail/subscriptions" {
            label { (t("哪一天")) " " input type="date" name="day" value=(day); } " " button { (t("看这一天")) }
        }
        (panel(&crate::t!("{} 应到", day.to_string()), html! {}, html! {
            @if due.is_empty() { p.dim { (t("这一天没有应到的报刊。")) } }
            @else { ul.rows { @for title in &due { li { (title.name) " " b { (title.due) } " " (t("份")) } } } }
        }))
        (register.render())
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("收发室").to_owned(), path: "/mail".to_owned() }];
    let does = html! {
        button data-print data-key="F9" { (t("打印")) " " kbd { "F9" } }
        a.button href="/registers/mail_subscriptions" { (t("变更、停订")) }
        (new)
    };
    let page =
        Page {
            crumbs: &crumbs, does, ..Page::new(t("订阅报刊情况一览表"), Frame::Desk(Place::Mail, &around), body)
        };
    Ok(page.into_response())
}

fn heads() -> [&'static str; 8] {
    [t("订户"), t("报刊名称"), t("份数"), t("刊期"), t("出刊日"), t("休刊日"), t("起止"), t("当日应到")]
}

/// A line: what a household takes, and what of it is due on the day.
fn line(here: &Here, one: &Subscribed, day: Date) -> Vec<String> {
    let own = &one.subscription;
    let [every, issue, off, from, to] = own.in_words();
    let due = own.expected_on(day);
    vec![
        one.place.clone(),
        own.title.clone(),
        own.copies.to_string(),
        words::value(here, "subscription.every", every),
        issue.to_owned(),
        off.to_owned(),
        format!("{from} – {to}"),
        if due == 0 { String::new() } else { due.to_string() },
    ]
}
