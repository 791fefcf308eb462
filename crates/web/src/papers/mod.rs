//! 单据: the register of forms with their copies and holders, and the print of each.

mod content;
mod list;
mod print;

use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    vec![
        Route {
            method: Method::GET,
            path: "/forms",
            permission: Permission::CaseView,
            title: zh("单据登记"),
            handler: || get(list::show),
        },
        Route {
            method: Method::GET,
            path: "/forms/{number}/print",
            permission: Permission::CaseView,
            title: zh("打印单据"),
            handler: || get(print::show),
        },
        Route {
            method: Method::POST,
            path: "/forms/{number}/printed",
            permission: Permission::CaseView,
            title: zh("登记打印"),
            handler: || post(print::printed),
        },
    ]
}
