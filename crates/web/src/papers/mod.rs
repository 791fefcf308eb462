//! 单据: the register of forms with the place of every copy, their print, their archive copies.

mod archive;
pub mod fill;
mod list;
mod offset;
mod print;
mod setup;
pub mod sheet;
#[cfg(test)]
mod tests;

pub(crate) use archive::whole_key;
pub(crate) use print::{called, own_record, sheets_of, spoken_of, theirs};

pub use offset::{Offset, rules as offset_rules};
pub use sheet::heights;

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
            title: zh("单据登记簿"),
            handler: || get(list::show),
        },
        Route {
            method: Method::GET,
            path: "/forms/setup",
            permission: Permission::CaseWork,
            title: zh("打印设置"),
            handler: || get(setup::show),
        },
        Route {
            method: Method::POST,
            path: "/forms/setup",
            permission: Permission::CaseWork,
            title: zh("改打印设置"),
            handler: || post(setup::set),
        },
        Route {
            method: Method::GET,
            path: "/forms/test-sheet",
            permission: Permission::CaseWork,
            title: zh("打印测试页"),
            handler: || get(setup::test_sheet),
        },
        Route {
            method: Method::GET,
            path: "/forms/{number}/print",
            permission: Permission::FormPrint,
            title: zh("打印单据"),
            handler: || get(print::show),
        },
        Route {
            method: Method::POST,
            path: "/forms/{number}/printed",
            permission: Permission::FormPrint,
            title: zh("记下已打印"),
            handler: || post(print::printed),
        },
        Route {
            method: Method::GET,
            path: "/forms/{number}/archive.pdf",
            permission: Permission::CaseWork,
            title: zh("单据归档件"),
            handler: || get(archive::one),
        },
        Route {
            method: Method::GET,
            path: "/cases/{id}/archive.pdf",
            permission: Permission::CaseWork,
            title: zh("整件归档"),
            handler: || get(archive::whole),
        },
    ]
}
