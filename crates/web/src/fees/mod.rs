//! 收费: the months with what was billed and came in, the run that opens a month's notices, their print, what is owed by its age,
//! the books.

mod arrears;
mod books;
mod month;
mod print;
mod run;
mod slips;
#[cfg(test)]
mod tests;
mod unit;

pub(crate) use unit::of_unit;

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::Markup;

use crate::components::panel::{Tab, tabs};
use crate::components::timing::period;
use crate::language::{t, zh};
use crate::routes::Route;
use crate::security::Permission;
use crate::state::{Here, Web};
use crate::waiting;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (sees, works) = (Permission::FeeView, Permission::FeeWork);
    vec![
        route(Method::GET, "/fees", sees, zh("收费"), || get(month::show)),
        route(Method::GET, "/fees/run", works, zh("出单预览"), || get(run::show)),
        route(Method::POST, "/fees/run", works, zh("出单"), || post(run::bill)),
        route(Method::POST, "/fees/print", works, zh("打印本月通知单"), || post(run::print)),
        route(Method::POST, "/fees/accounts", works, zh("按台账建账户"), || post(run::accounts)),
        route(Method::POST, "/fees/deliver", Permission::CaseWork, zh("记下整月送达"), || post(run::deliver)),
        route(Method::GET, "/fees/print", Permission::FormPrint, zh("整月通知单"), || get(print::show)),
        route(Method::GET, "/fees/slips/import", works, zh("导入银行回单"), || get(slips::start)),
        route(Method::GET, "/fees/slips/sample.xlsx", works, zh("银行回单样表"), || get(slips::sample)),
        route(Method::POST, "/fees/slips/upload", works, zh("上传银行回单"), || {
            post(waiting::upload::<slips::Slips>).layer(DefaultBodyLimit::max(waiting::BYTES_MAX))
        }),
        route(Method::GET, "/fees/slips/preview", works, zh("银行回单预览"), || {
            get(waiting::show::<slips::Slips>)
        }),
        route(Method::POST, "/fees/slips/preview", works, zh("对应回单的列"), || {
            post(waiting::map::<slips::Slips>)
        }),
        route(Method::POST, "/fees/slips/import", works, zh("记下银行回单"), || post(slips::import)),
        route(Method::POST, "/fees/slips/give-up", works, zh("放弃导入回单"), || {
            post(waiting::give_up::<slips::Slips>)
        }),
        route(Method::GET, "/fees/arrears", sees, zh("欠费"), || get(arrears::show)),
        route(Method::POST, "/fees/urge", sees, zh("一起催缴"), || post(arrears::urge)),
        route(Method::GET, "/fees/books", works, zh("账簿"), || get(books::show)),
    ]
}

/// The tabs of fees, of which one is `here`.
fn sections(here: usize) -> Markup {
    let tab = |words, path| Tab { words, path, count: None };
    let parts = [
        tab(t("通知单"), "/fees"),
        tab(t("欠费"), "/fees/arrears"),
        tab(t("账簿"), "/fees/books"),
        tab(t("收费账户"), "/registers/fee_accounts"),
        tab(t("管理费标准"), "/registers/tariffs"),
        tab(t("管理费支出"), "/registers/expenses"),
    ];
    tabs(t("收费"), &parts, here)
}

/// A month by its last day in words: 2026 年 10 月.
fn month_in_words(month: &str) -> String {
    month.get(..7).map_or_else(|| month.to_owned(), period)
}

/// The month that is asked for by any of its days, as its last one; else the month that is to be billed next: the last one that
/// has ended.
fn month_asked(here: &Here, asked: &str) -> Date {
    let today = here.house().laws().zone.date(here.now);
    let last = |day: Date| office::fee_notice::month_end(day);
    match asked.parse::<Date>() {
        Ok(day) => last(day),
        Err(_) if last(today) == today => today,
        Err(_) => today.first_of_month().yesterday().unwrap_or(today),
    }
}
