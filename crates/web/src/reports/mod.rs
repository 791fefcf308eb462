//! 报表: a week, month or quarter in figures, each with its definition and its list; reports begun, approved and archived; what was
//! sent.

pub(crate) mod export;
mod listed;
mod records;
mod sections;
mod sent;
mod show;
#[cfg(test)]
mod tests;
mod words;

use axum::http::Method;
use axum::routing::{get, post};

pub use records::{begun, beside};

use crate::components::panel::{Tab, tabs};
use crate::language::{t, zh};
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let sees = Permission::ReportView;
    vec![
        route(Method::GET, "/reports", sees, zh("统计报表"), || get(show::show)),
        route(Method::GET, "/reports/list", sees, zh("数字背后的名单"), || get(listed::show)),
        route(Method::GET, "/reports/records", sees, zh("统计报告"), || get(records::show)),
        route(Method::POST, "/reports/records", Permission::CaseWork, zh("起草统计报告"), || {
            post(records::begin)
        }),
        route(Method::GET, "/reports/sent", sees, zh("发出的消息"), || get(sent::show)),
    ]
}

/// The tabs, of which one is `here`.
fn parts(here: usize) -> maud::Markup {
    let tab = |words, path| Tab { words, path, count: None };
    tabs(
        t("报表"),
        &[
            tab(t("统计"), "/reports"),
            tab(t("报告"), "/reports/records"),
            tab(t("投诉分析"), "/complaints/analysis"),
            tab(t("发出的消息"), "/reports/sent"),
        ],
        here,
    )
}
