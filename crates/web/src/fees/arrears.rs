//! What is owed past its day (欠费): by the age of the month, the oldest first, with what urging it has had.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use journal::reads::FeeRow;
use maud::{Markup, html};
use office::Refusal;
use office::fee_notice as notice;
use office::money::yuan;

use super::run::rooms;
use super::{month_in_words, sections};
use crate::components::field::{Chip, Field, chips, command};
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, Tone, empty, icon, lucide, panel, refusal, refused, tag};
use crate::entry::see;
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, Place, sheet, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Ages in months at most; what is older is near the three years after which nothing can be claimed.
const AGES: [i32; 5] = [1, 3, 12, 33, i32::MAX];

/// The age of a month, a place in `AGES`.
fn age(month: &str, today: Date) -> usize {
    let months = month.parse::<Date>().map_or(0, |day| {
        (i32::from(today.year()) - i32::from(day.year())) * 12 + i32::from(today.month()) - i32::from(day.month())
    });
    AGES.iter().position(|most| months <= *most).unwrap_or(AGES.len() - 1)
}

/// `GET /fees/arrears`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let query = Filled(query);
    let (rows, all) = here.house().fee_arrears(here.site).await.map_err(|fault| Fault::new("读取欠费", fault))?;
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && !query.get("as").is_empty() {
        let head = [t("房号"), t("缴费人"), t("月份"), t("编号"), t("还欠（元）")];
        let line =
            |it: &FeeRow| vec![it.place.clone(), it.payer.clone(), it.month.clone(), it.number.clone(), yuan(it.owed)];
        let lines: Vec<Vec<String>> = rows.iter().map(line).collect();
        return sheet::answer(query.get("as"), t("欠费"), "arrears", &head, &lines);
    }
    Ok(page(&here, &query, (&rows, all), None).await?.into_response())
}

/// `POST /fees/urge`: a step of urging on all that is late at one stroke, but for some rooms.
pub async fn urge(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(step) = notice::URGES.into_iter().find(|it| *it == filled.get("step")) else {
        return Ok(wrong::not_found());
    };
    let sent = here.sent_for(filled.command(), step)?;
    let done = here.house().urge_arrears(sent, here.actor.clone(), step, rooms(&filled)).await;
    match done.map_err(|fault| Fault::new("记下催缴", fault))? {
        Ok(count) => Ok(see(&format!("/fees/arrears?urged={count}"))),
        Err(no) => {
            let late = here.house().fee_arrears(here.site).await.map_err(|fault| Fault::new("读取欠费", fault))?;
            Ok(refused(page(&here, &filled, (&late.0, late.1), Some(&no)).await?, &no))
        }
    }
}

async fn page(
    here: &Here,
    filled: &Filled,
    (rows, all): (&[FeeRow], i64),
    no: Option<&Refusal>,
) -> Result<Fragment, Fault> {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let today = timing.zone.date(here.now);
    let may = |step: &&str| office::act::find(step).is_some_and(|it| it.allowed(&here.actor.posts));
    let steps: Vec<&str> = notice::URGES.into_iter().filter(|step| may(step)).collect();
    let body = html! {
        (sections(1))
        @if !filled.get("urged").is_empty() { p.told role="status" { (crate::t!("记下 {} 张催缴", filled.get("urged"))) } }
        @if let Some(no) = no { (refusal(no)) }
        @if !rows.is_empty() { (by_age(rows, today)) }
        @if !rows.is_empty() && !steps.is_empty() { (urges(here, filled, &steps, no.is_some())?) }
        (list(rows, all, timing, here.viewer.grants.allow(Permission::ReportExport)))
    };
    let around = here.around().await?;
    let does = html! { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } };
    let page = Page { does, ..Page::new(t("欠费"), Frame::Desk(Place::Fees, &around), body) };
    Ok(Fragment(page.render()))
}

/// Notes that all of them were urged at one stroke, but for the rooms that are named.
fn urges(here: &Here, filled: &Filled, steps: &[&str], open: bool) -> Result<Markup, Fault> {
    let fresh = here.sent(None)?;
    let words: Vec<(&str, String)> = steps.iter().map(|step| (*step, title(step))).collect();
    let shown: Vec<Chip> = words
        .iter()
        .enumerate()
        .map(|(n, (value, words))| {
            let asked = filled.get("step");
            Chip { value, words, key: None, on: asked == *value || asked.is_empty() && n == 0 }
        })
        .collect();
    Ok(html! {
        details.panel open[open] {
            summary { (t("一起催缴：有异议的、已经这样催过的不算")) }
            form.narrow method="post" action="/fees/urge" {
                (command(fresh.command.as_str()))
                (chips("step", t("怎样催的"), false, &shown))
                (Field {
                    hint: t("几户之间空一格，例如 3-2-501 3-2-502"),
                    ..Field::line("without", t("这次不催的房号"), filled.get("without"))
                }.render())
                p.ways { button.main { (t("记下催缴")) } }
            }
        }
    })
}

/// What a step of urging is called.
fn title(step: &str) -> String {
    office::act::find(step).map_or_else(String::new, |act| said(act.title, None).into_owned())
}

fn by_age(rows: &[FeeRow], today: Date) -> Markup {
    let mut sums: BTreeMap<usize, (usize, i64)> = BTreeMap::new();
    for row in rows {
        let sum = sums.entry(age(&row.month, today)).or_default();
        *sum = (sum.0 + 1, sum.1 + row.owed);
    }
    panel(
        t("按账龄"),
        html! {},
        html! {
            table.plain-table {
                thead { tr { th scope="col" { (t("账龄")) } th.num scope="col" { (t("张")) } th.num scope="col" { (t("还欠（元）")) } } }
                tbody {
                    @for (n, (count, fen)) in &sums {
                        tr { td { (word(*n)) } td.num { (count) } td.num { (yuan(*fen)) } }
                    }
                    tr {
                        td { b { (t("合计")) } } td.num { (rows.len()) }
                        td.num { b { (yuan(rows.iter().map(|it| it.owed).sum())) } }
                    }
                }
            }
        },
    )
}

fn word(age: usize) -> &'static str {
    match age {
        0 => t("一个月内"),
        1 => t("三个月内"),
        2 => t("一年内"),
        3 => t("近三年"),
        _ => t("快满三年"),
    }
}

fn list(rows: &[FeeRow], all: i64, timing: Timing, export: bool) -> Markup {
    let today = timing.zone.date(timing.now);
    let columns = [
        Column::new(t("房号")),
        Column::new(t("缴费人")),
        Column::new(t("月份")),
        Column { right: true, ..Column::new(t("还欠（元）")) },
        Column { minor: true, ..Column::new(t("账龄")) },
        Column::new(t("催缴")),
    ];
    let row = |it: &FeeRow| {
        let old = age(&it.month, today);
        let cells = vec![
            html! { a href={ "/cases/" (it.case) } { (it.place) } },
            html! { (it.payer) @if it.objected.is_some() { " " (tag(t("有异议"), Tone::Mind)) } },
            html! { (month_in_words(&it.month)) },
            html! { (yuan(it.owed)) },
            html! { (tag(word(old), if old + 1 == AGES.len() { Tone::Grave } else { Tone::Plain })) },
            html! { @if let Some(at) = it.urged_at { (title(&it.urged)) " " span.dim { (timing.time(at)) } } },
        ];
        Row { cells, late: false, void: false }
    };
    let shown: Vec<Row> = rows.iter().map(row).collect();
    let total = match usize::try_from(all).is_ok_and(|all| all > rows.len()) {
        true => crate::t!("前 {0} 张，共 {1} 张", rows.len(), all),
        false => crate::t!("{} 张", rows.len()),
    };
    let nothing = empty(t("没有逾期的欠费。"), html! {});
    let total = if rows.is_empty() { "" } else { &total };
    Register { total, export, ..Register::of(("arrears", t("欠费"), "/fees/arrears"), &columns, &shown, nothing) }
        .render()
}
