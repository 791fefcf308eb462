//! The list of periodic duties (定期事务登记簿): every period with what became of it; leaves as Excel, CSV and on paper.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use jiff::Span;
use journal::reads::PeriodRow;
use maud::{Markup, html};

use super::{kept, light, path, words};
use crate::components::register::{Column, Register, Row, filter_select, filters, nothing_found};
use crate::components::{Timing, clause, empty, icon, lucide};
use crate::entry::posts;
use crate::language::{said, t};
use crate::page::{Filled, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Months shown unless another number is asked for, and at most.
const MONTHS: i64 = 3;
const MONTHS_MAX: i64 = 24;
/// Rows of the page; an export has all.
const ROWS: usize = 400;

/// `GET /periods?months=12&state=missed`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let months = filled.get("months").parse().unwrap_or(MONTHS).clamp(1, MONTHS_MAX);
    let today = here.house().laws().zone.date(here.now);
    let from = today.saturating_sub(Span::new().months(months));
    let rows = here.house().periods(here.site, from, today, here.now).await;
    let mut rows = rows.map_err(|fault| Fault::new("读取定期事务", fault))?;
    let state = filled.get("state");
    rows.retain(|row| state.is_empty() || kept(&row.period.obligation).0 == state);
    rows.reverse();
    let names = here.names().await?;
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && !filled.get("as").is_empty() {
        return export(&here, filled.get("as"), &rows, &names);
    }
    let around = here.around().await?;
    let columns = [
        Column::new(t("期间")),
        Column::new(t("事务")),
        Column::new(t("由谁")),
        Column::new(t("时限")),
        Column { minor: true, ..Column::new(t("经办")) },
        Column { minor: true, ..Column::new(t("条款")) },
    ];
    let shown: Vec<Row> = rows.iter().take(ROWS).map(|row| line(&here, row, &names)).collect();
    let blank = match state.is_empty() {
        true => empty(t("还没有定期事务。采用的规程里有按日、周、月、季做的事，到期前会自动列在这里。"), html! {}),
        false => nothing_found("/periods"),
    };
    let address = [("months", filled.get("months")), ("state", state)];
    let address: Vec<String> =
        address.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}")).collect();
    let register = Register {
        query: &address.join("&"),
        total: &crate::t!("{} 期", rows.len()),
        export: may_export,
        ..Register::of(("periods", t("定期事务登记簿"), "/periods"), &columns, &shown, blank)
    };
    let body = html! { (filter_form(&filled, months)) (register.render()) };
    let does = html! { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } };
    let page = Page { does, ..Page::new(t("定期事务"), Frame::Desk(Place::Periods, &around), body) };
    Ok(page.into_response())
}

fn filter_form(filled: &Filled, months: i64) -> Markup {
    let states =
        [("open", t("未到期")), ("kept", t("按时")), ("late", t("迟办")), ("missed", t("未办")), ("waived", t("免办"))];
    let spans = [("1", t("一个月")), ("3", t("三个月")), ("12", t("一年")), ("24", t("两年"))];
    let chosen = months.to_string();
    filters(
        "/periods",
        "periods",
        None,
        html! {
            (filter_select("state", t("状态"), &states, filled.get("state")))
            label.filter {
                span.vh { (t("往回看")) }
                select name="months" data-debounce="10" {
                    @for (value, words) in spans { option value=(value) selected[value == chosen] { (words) } }
                }
            }
        },
    )
}

fn line(here: &Here, row: &PeriodRow, names: &BTreeMap<String, String>) -> Row {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let it = &row.period.obligation;
    let musts: Vec<String> = it.must.iter().map(|id| here.word(id)).collect();
    let cells = vec![
        html! { a.nowrap href=(path(row.period.first, &it.id)) { (words(&row.period)) } },
        html! { (musts.join("、")) },
        html! { (posts::word(here.house().laws(), &it.bearer)) },
        html! {
            (light(timing, it))
            @for (from, to) in &row.uncovered {
                div.small.late-words { (crate::t!("空岗 {0} 至 {1}", timing.said(*from), timing.clock(*to))) }
            }
        },
        html! { (names.get(&row.done_by).unwrap_or(&row.done_by)) },
        html! { (clause(&it.clause, None)) },
    ];
    let late = kept(it).0 == "missed" && !it.soft;
    Row { cells, late, void: false }
}

fn export(here: &Here, kind: &str, rows: &[PeriodRow], names: &BTreeMap<String, String>) -> Result<Response, Fault> {
    let laws = here.house().laws();
    let head = [
        t("期间"),
        t("第一天"),
        t("最后一天"),
        t("事务"),
        t("由谁"),
        t("时限"),
        t("状态"),
        t("办结时间"),
        t("经办"),
        t("规程"),
        t("条款"),
    ];
    let at = |moment: calendar::Moment| laws.zone.civil(moment).strftime("%Y-%m-%d %H:%M").to_string();
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let it = &row.period.obligation;
            let due = it.due.map(|due| calendar::DueAt { at: due, end_of_day: it.end_of_day });
            vec![
                row.period.key.clone(),
                row.period.first.to_string(),
                row.period.last.to_string(),
                it.must.iter().map(|id| here.word(id)).collect::<Vec<_>>().join("、"),
                posts::word(laws, &it.bearer),
                due.map(|due| calendar::words::exact(&laws.zone, due)).unwrap_or_default(),
                kept(it).1.to_owned(),
                it.ended.map(at).unwrap_or_default(),
                names.get(&row.done_by).unwrap_or(&row.done_by).clone(),
                laws.shipped.get(&it.clause.book).map_or(it.clause.book.clone(), |book| {
                    said(&book.book.name, Some(&book.book.name_en)).into_owned()
                }),
                it.clause.id.clone(),
            ]
        })
        .collect();
    sheet::answer(kind, t("定期事务登记簿"), "periods", &head, &lines)
}
