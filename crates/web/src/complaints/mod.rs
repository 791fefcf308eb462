//! 投诉: the board of open complaints by stage, and the problems that come back.

mod board;
mod recurring;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::routing::get;

use crate::components::panel::{Tab, tabs};
use crate::language::{t, zh};
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route =
        |path, title, handler| Route { method: Method::GET, path, permission: Permission::CaseView, title, handler };
    vec![
        route("/complaints", zh("投诉看板"), || get(board::show)),
        route("/complaints/recurring", zh("重复问题"), || get(recurring::show)),
    ]
}

/// The tabs of complaints, of which one is `here`.
fn sections(here: usize, recurring: usize) -> maud::Markup {
    let tab = |words, path, count| Tab { words, path, count };
    tabs(
        t("投诉"),
        &[
            tab(t("投诉看板"), "/complaints", None),
            tab(t("重复问题"), "/complaints/recurring", u64::try_from(recurring).ok()),
            tab(t("投诉清单"), "/cases?kind=complaint", None),
        ],
        here,
    )
}
