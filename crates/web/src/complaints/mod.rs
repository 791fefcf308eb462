//! 投诉: the board of open complaints by stage, and the problems that come back.

pub(crate) mod analysis;
mod board;
mod counted;
mod counting;
#[cfg(test)]
mod learning_tests;
mod lessons;
mod listed;
mod measures;
pub(crate) mod period;
mod recurring;
mod report;
pub(crate) mod tables;
#[cfg(test)]
mod tests;
pub(crate) mod topics;

use axum::http::Method;
use axum::routing::{get, post};

use crate::components::panel::{Tab, tabs};
use crate::language::{t, zh};
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (sees, works) = (Permission::CaseView, Permission::CaseWork);
    vec![
        route(Method::GET, "/complaints", sees, zh("投诉看板"), || get(board::show)),
        route(Method::GET, "/complaints/recurring", sees, zh("重复问题"), || get(recurring::show)),
        route(Method::GET, "/complaints/analysis", sees, zh("投诉分析"), || get(analysis::show)),
        route(Method::POST, "/complaints/analysis", works, zh("汇总投诉"), || post(analysis::compile)),
        route(Method::GET, "/complaints/measures", sees, zh("纠正和预防措施"), || get(measures::show)),
        route(Method::GET, "/complaints/lessons", sees, zh("案例分析与培训"), || get(lessons::show)),
        route(Method::GET, "/complaints/counted", sees, zh("数字背后的名单"), || get(counted::show)),
        route(Method::GET, "/complaints/topics/new", works, zh("列共性问题"), || get(topics::show)),
        route(Method::POST, "/complaints/topics/new", works, zh("登记共性问题"), || post(topics::enter)),
    ]
}

/// The tabs of complaints, of which one is `here`.
fn sections(here: usize, recurring: Option<usize>) -> maud::Markup {
    let tab = |words, path, count| Tab { words, path, count };
    tabs(
        t("投诉"),
        &[
            tab(t("投诉看板"), "/complaints", None),
            tab(t("重复问题"), "/complaints/recurring", recurring.and_then(|count| u64::try_from(count).ok())),
            tab(t("投诉清单"), "/cases?kind=complaint", None),
            tab(t("投诉分析"), "/complaints/analysis", None),
            tab(t("纠正预防"), "/complaints/measures", None),
            tab(t("案例培训"), "/complaints/lessons", None),
        ],
        here,
    )
}
