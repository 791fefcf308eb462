//! 报价与收费: the lines of a slip, chosen from the price list with quantities; on the repairer's phone and at the desk.

mod pick;
mod quote;
mod show;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

pub(crate) use pick::{acts, fields, list};
pub(crate) use show::{on_paper, panel, table};

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    vec![
        route(Method::GET, "/cases/{id}/quote", Permission::CaseView, zh("报价"), || get(quote::show)),
        route(Method::POST, "/cases/{id}/quote", Permission::CaseView, zh("写上收费"), || post(quote::enter)),
    ]
}
