//! The books of fees (账簿): debit and credit by account in a month, and its vouchers as a sheet for the accounting program.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use journal::reads::PostingRow;
use maud::html;
use office::fee_notice::Account;
use office::money::yuan;

use super::{month_in_words, sections};
use crate::components::{empty, icon, lucide, panel};
use crate::language::{said, t};
use crate::page::{Filled, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Months that one can look back on.
const MONTHS: i32 = 24;

/// `GET /fees/books?month=2026-10-31`: by the day of each step, whatever month its notice is for.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let query = Filled(query);
    let today = here.house().laws().zone.date(here.now);
    let last = query.get("month").parse::<Date>().unwrap_or(today).last_of_month();
    let first = last.first_of_month();
    let read = |fault| Fault::new("读取账簿", fault);
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && !query.get("as").is_empty() {
        let postings = here.house().postings(here.site, first, last).await.map_err(read)?;
        let head = [t("凭证号"), t("日期"), t("摘要"), t("科目编码"), t("科目"), t("借方（元）"), t("贷方（元）")];
        let heading = crate::t!("凭证 {}", month_in_words(&last.to_string()));
        let stem = format!("vouchers-{}", last.strftime("%Y-%m"));
        return sheet::answer(query.get("as"), &heading, &stem, &head, &vouchers(&here, &postings));
    }
    let ledger = here.house().ledger(here.site, first, last).await.map_err(read)?;
    let (debit, credit) = ledger.iter().fold((0, 0), |sum, it| (sum.0 + it.1, sum.1 + it.2));
    let months = (0..MONTHS).filter_map(|back| {
        let day = first.checked_sub(jiff::Span::new().months(back)).ok()?;
        Some(day.last_of_month().to_string())
    });
    let now = today.last_of_month();
    let chosen = last.to_string();
    let body = html! {
        (sections(2))
        form.filters method="get" action="/fees/books" {
            label.vh for="month" { (t("月份")) }
            select id="month" name="month" {
                @if last < now { option value=(now) { (month_in_words(&now.to_string())) } }
                @for month in months { option value=(month) selected[month == chosen] { (month_in_words(&month)) } }
            }
            button { (t("看")) }
        }
        @if ledger.is_empty() { (empty(t("这个月没有记账。"), html! {})) } @else {
            (panel(t("科目发生额"), html! {}, html! {
                table.plain-table {
                    thead { tr {
                        th scope="col" { (t("科目")) } th.num scope="col" { (t("借方（元）")) } th.num scope="col" { (t("贷方（元）")) }
                    } }
                    tbody {
                        @for (code, debit, credit) in &ledger {
                            tr { td { (code) " " (title(code)) } td.num { (yuan(*debit)) } td.num { (yuan(*credit)) } }
                        }
                        tr { td { b { (t("合计")) } } td.num { b { (yuan(debit)) } } td.num { b { (yuan(credit)) } } }
                    }
                }
            }))
            @if may_export {
                p.ways {
                    (icon(lucide::LuDownload)) " " (t("凭证")) " "
                    a href={ "/fees/books?month=" (chosen) "&as=xlsx" } { "Excel" } " "
                    a href={ "/fees/books?month=" (chosen) "&as=csv" } { "CSV" }
                }
            }
        }
    };
    let around = here.around().await?;
    let does = html! { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } };
    let heading = crate::t!("账簿 {}", month_in_words(&chosen));
    Ok(Page { does, ..Page::new(&heading, Frame::Desk(Place::Fees, &around), body) }.into_response())
}

fn title(code: &str) -> String {
    Account::of_code(code).map(|it| said(it.title(), None).into_owned()).unwrap_or_default()
}

/// Each side of each step as a line; the sides of one step share the voucher's number, counted from one in the month.
fn vouchers(here: &Here, postings: &[PostingRow]) -> Vec<Vec<String>> {
    let laws = here.house().laws();
    let word = |id: &str| {
        let kind = journal::reads::value_in_words(laws, "fee.kind", id);
        if kind == id { journal::reads::value_in_words(laws, "fee.method", id) } else { kind }
    };
    let (mut number, mut last) = (0, None);
    let mut lines = Vec::with_capacity(postings.len());
    for it in postings {
        if last.replace(it.seq) != Some(it.seq) {
            number += 1;
        }
        let about = [it.place.as_str(), &word(&it.detail), &it.number].join(" ");
        let amount = |fen: i64| if fen == 0 { String::new() } else { yuan(fen) };
        lines.push(vec![
            number.to_string(),
            it.day.clone(),
            about.replace("  ", " "),
            it.account.clone(),
            title(&it.account),
            amount(it.debit),
            amount(it.credit),
        ]);
    }
    lines
}
