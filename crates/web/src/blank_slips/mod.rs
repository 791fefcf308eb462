//! 备用空白单: what became of each number of a range, blank slips on paper, voiding with a reason.

mod panel;
mod print;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

pub use panel::numbers;

/// The registry of these routes. A range itself is a record of its register, with its page among the cases.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let works = Permission::CaseWork;
    vec![
        route(Method::GET, "/blank-slips/{id}/print", works, zh("打印备用空白单"), || get(print::show)),
        route(Method::POST, "/blank-slips/{id}/void", works, zh("作废备用号"), || post(panel::void)),
    ]
}
