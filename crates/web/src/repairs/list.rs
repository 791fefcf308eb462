//! The list behind a figure of repairs (维修统计名单): the same condition as the figure's. The one of free repairs, and its sister
//! of paid ones, is the form that goes to file: printed with its total and who made it, or as a workbook.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use journal::reads::{RepairMark, RepairRow, value_in_words};
use maud::html;

use super::marks::title;
use crate::complaints::period::{asked, words};
use crate::components::register::{Column, Register, Row, nothing_found};
use crate::components::{Timing, icon, lucide};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place, sheet, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The form that the list of free repairs is made on.
const FORM: &str = "tower_free_repairs";
/// Pages of an export at most, of two hundred rows each.
const EXPORT_PAGES: usize = 25;

/// `GET /repairs/counted?period=2026-11&by=free`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let (Some(period), Some(mark)) = (asked(&here, &filled), RepairMark::of(filled.get("by"))) else {
        return Ok(wrong::not_found());
    };
    let laws = here.house().laws();
    let of = period.moments(&laws.zone);
    let worker = filled.get("worker").to_owned();
    let form = laws.vocabulary.forms.iter().find(|it| it.id == FORM && mark == RepairMark::Free);
    let heading = match form {
        Some(form) => format!("{} {}", said(&form.zh, Some(&form.en)), words(&period)),
        None => crate::t!("维修统计：{0} {1}", title(mark), words(&period)),
    };
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && !filled.get("as").is_empty() {
        let rows = all(&here, of, (mark, worker)).await?;
        let lines: Vec<Vec<String>> = rows.iter().map(|row| told(&here, row).to_vec()).collect();
        let stem = format!("repairs-{}-{}", mark.id(), period.key());
        return sheet::answer(filled.get("as"), &heading, &stem, &COLUMNS.map(t), &lines);
    }
    let after = Some(filled.get("after").to_owned()).filter(|it| !it.is_empty());
    let list = here.house().repairs_counted(here.site, of, (mark, worker), after).await;
    let list = list.map_err(|fault| Fault::new("读取维修统计", fault))?;
    let columns = [0, 1, 2, 3, 4, 5, 6].map(|n| Column {
        right: n == 6,
        minor: [1, 4].contains(&n),
        ..Column::new(t(COLUMNS[n]))
    });
    let rows: Vec<Row> = list.rows.iter().map(|row| shown(&here, row)).collect();
    let fen: i64 = list.rows.iter().filter_map(|row| row.amount).sum();
    let address = filled.query(&["period", "by", "worker"]);
    let register = Register {
        query: &address,
        total: &crate::t!("本页 {0} 件，应收 {1} 元", rows.len(), value_in_words(laws, AMOUNT, &fen.to_string())),
        next: list.next.as_deref(),
        further: !filled.get("after").is_empty(),
        export: may_export,
        ..Register::of(("counted", &heading, "/repairs/counted"), &columns, &rows, nothing_found("/repairs/statistics"))
    };
    let body = html! {
        (register.render())
        @if let Some(form) = form {
            p.on-paper { (form.code) "　" (t("编制：　　　　　　　审核：　　　　　　　日期：　　　　　　　")) }
        }
    };
    let crumbs = [Crumb {
        words: crate::t!("维修统计 {}", words(&period)),
        path: format!("/repairs/statistics?period={}", period.key()),
    }];
    let around = here.around().await?;
    let does = html! { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } };
    let page = Page { crumbs: &crumbs, does, ..Page::new(&heading, Frame::Desk(Place::Dispatch, &around), body) };
    Ok(page.into_response())
}

const AMOUNT: &str = "repair.amount_due";
const COLUMNS: [&str; 7] = [
    crate::language::zh("编号"),
    crate::language::zh("报修时间"),
    crate::language::zh("地址"),
    crate::language::zh("报修内容"),
    crate::language::zh("维修员"),
    crate::language::zh("完工时间"),
    crate::language::zh("应收（元）"),
];

async fn all(here: &Here, of: (Moment, Moment), by: (RepairMark, String)) -> Result<Vec<RepairRow>, Fault> {
    let (mut rows, mut after) = (Vec::new(), None);
    for _ in 0..EXPORT_PAGES {
        let page = here.house().repairs_counted(here.site, of, by.clone(), after).await;
        let page = page.map_err(|fault| Fault::new("读取维修统计", fault))?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    Ok(rows)
}

/// The cells as text.
fn told(here: &Here, row: &RepairRow) -> [String; 7] {
    let laws = here.house().laws();
    let timing = Timing { now: here.now, zone: &laws.zone };
    [
        row.case.number.clone(),
        timing.exact(row.case.opened),
        row.case.place.clone(),
        row.case.title.clone(),
        row.worker.clone(),
        row.completed.map(|at| timing.exact(at)).unwrap_or_default(),
        row.amount.map(|fen| value_in_words(laws, AMOUNT, &fen.to_string())).unwrap_or_default(),
    ]
}

fn shown(here: &Here, row: &RepairRow) -> Row {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let text = told(here, row);
    let cells = vec![
        html! { a.nowrap href={ "/cases/" (row.case.id) } { (row.case.number) } },
        html! { (timing.time(row.case.opened)) },
        html! { span.place { (row.case.place) } },
        html! { (row.case.title) },
        html! { (row.worker) },
        html! { @if let Some(at) = row.completed { (timing.time(at)) } },
        html! { (text[6]) },
    ];
    Row { cells, late: false, void: false }
}
