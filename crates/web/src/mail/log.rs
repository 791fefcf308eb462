//! The mail log of a month (邮件代收记录表): letters, express items, and whatever the duty post took in; on paper and as a workbook.
//! Papers of weekdays stand on the sign-for sheets.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use jiff::civil::Date;
use journal::reads::MailRow;
use maud::html;

use super::words;
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, empty};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Rows of a page, of a print or an export.
const PAGE: i64 = 60;
const ALL: usize = 5_000;

/// `GET /mail/log?month=2026-11&after=&as=xlsx`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let zone = &here.house().laws().zone;
    let first = format!("{}-01", filled.get("month")).parse::<Date>().unwrap_or(zone.date(here.now)).first_of_month();
    let month = first.strftime("%Y-%m").to_string();
    let stretch = (zone.start_of_day(first), zone.start_of_day(first.last_of_month().tomorrow().unwrap_or(first)));
    let whole = ["xlsx", "csv", "print"].contains(&filled.get("as"));
    let (rows, next) = read(&here, stretch, filled.get("after"), whole).await?;
    let timing = Timing { now: here.now, zone };
    let heads = heads();
    let lines: Vec<Vec<String>> = rows.iter().map(|row| line(&here, row, timing)).collect();
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && ["xlsx", "csv"].contains(&filled.get("as")) {
        return sheet::answer(filled.get("as"), t("邮件代收记录表"), &format!("mail-log-{month}"), &heads, &lines);
    }
    let columns: Vec<Column> = heads
        .iter()
        .enumerate()
        .map(|(n, head)| Column { minor: [2, 5, 6, 7, 9].contains(&n), ..Column::new(head) })
        .collect();
    let shown: Vec<Row> = rows
        .iter()
        .zip(&lines)
        .map(|(row, line)| {
            let cells = line.iter().enumerate().map(|(n, cell)| {
                html! { @if n == 0 { a.nowrap href={ "/mail/items/" (row.case) } { (cell) } } @else { (cell) } }
            });
            Row { cells: cells.collect(), late: row.is_late(here.now), void: false }
        })
        .collect();
    let register = Register {
        id: "log",
        caption: t("邮件代收记录表"),
        path: "/mail/log",
        query: &format!("month={month}"),
        columns: &columns,
        sorted: None,
        rows: &shown,
        total: &crate::t!("本页 {} 件", shown.len()),
        next: next.as_deref(),
        further: !filled.get("after").is_empty(),
        empty: empty(t("这个月还没有代收的件。"), html! {}),
        export: may_export,
    };
    let body = html! {
        form.inline method="get" action="/mail/log" {
            label { (t("哪个月")) " " input type="month" name="month" value=(month); } " " button { (t("看这个月")) }
        }
        (register.render())
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("收发室").to_owned(), path: "/mail".to_owned() }];
    let does = html! {
        a.button href={ "/mail/log?month=" (month) "&as=print" } { (t("整月一页")) }
        button data-print data-key="F9" { (t("打印")) " " kbd { "F9" } }
        a.button href="/periods" { (t("每月入档")) }
    };
    let title = format!("{} {month}", t("邮件代收记录表"));
    Ok(Page { crumbs: &crumbs, does, ..Page::new(&title, Frame::Desk(Place::Mail, &around), body) }.into_response())
}

/// Rows of the log from a key on: a page, or everything.
async fn read(
    here: &Here,
    stretch: (Moment, Moment),
    after: &str,
    whole: bool,
) -> Result<(Vec<MailRow>, Option<String>), Fault> {
    let most = if whole { ALL } else { PAGE as usize };
    let mut after = after.to_owned();
    let mut rows: Vec<MailRow> = Vec::new();
    loop {
        let page = here.house().mail_log(here.site, stretch, after, PAGE + 1).await;
        let mut page = page.map_err(|fault| Fault::new("读取代收记录", fault))?;
        let more = page.len() as i64 > PAGE;
        page.truncate(PAGE as usize);
        let next = page.last().map(|row| format!("{}~{}", row.received.0, row.case)).filter(|_| more);
        rows.extend(page.into_iter().filter(|row| row.logged || !row.duty.is_empty()));
        match next {
            Some(key) if rows.len() < most => after = key,
            next => return Ok((rows, next)),
        }
    }
}

fn heads() -> [&'static str; 11] {
    [
        t("收件|时间"),
        t("种类"),
        t("承运单位"),
        t("邮件编号"),
        t("收件人"),
        t("代签人"),
        t("存放位置"),
        t("交接"),
        t("签收人"),
        t("签收|时间"),
        t("状态"),
    ]
}

/// A line of the log.
fn line(here: &Here, row: &MailRow, timing: Timing<'_>) -> Vec<String> {
    let at = |moment| timing.zone.civil(moment).strftime("%m-%d %H:%M").to_string();
    vec![
        at(row.received),
        words::value(here, "mail.kind", &row.kind),
        row.carrier.clone(),
        if row.item.is_empty() { row.titles.clone() } else { row.item.clone() },
        words::to(row).to_owned(),
        row.duty.clone(),
        row.storage.clone(),
        if row.handed { t("已交接").to_owned() } else { String::new() },
        row.signer.clone(),
        row.signed.map(at).unwrap_or_default(),
        said(office::mail::stage_word(&row.stage), None).into_owned(),
    ]
}
