//! 受理: a caller is on the line. Who, what, what follows; one page, by keyboard, never in the way of the call.

pub mod answers;
mod contact;
mod counter;
mod follows;
mod household;
mod mass;
mod matter;
pub mod phrases;
mod save;
mod show;
mod suggest;
#[cfg(test)]
mod tests;

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::security::upload::BYTES_MAX;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    vec![
        Route {
            method: Method::GET,
            path: "/desk",
            permission: Permission::DeskView,
            title: zh("受理台"),
            handler: || get(show::show),
        },
        Route {
            method: Method::GET,
            path: "/desk/search",
            permission: Permission::DeskView,
            title: zh("受理台找住户"),
            handler: || get(show::show),
        },
        Route {
            method: Method::POST,
            path: "/desk/preview",
            permission: Permission::DeskView,
            title: zh("时限预览"),
            handler: || post(show::preview),
        },
        Route {
            method: Method::POST,
            path: "/desk/contact",
            permission: Permission::ContactTake,
            title: zh("开始一次来访来电"),
            handler: || post(contact::open),
        },
        Route {
            method: Method::POST,
            path: "/desk/contact/end",
            permission: Permission::ContactTake,
            title: zh("结束一次不立事项的来访来电"),
            handler: || post(contact::end).layer(DefaultBodyLimit::max(4 * BYTES_MAX)),
        },
        Route {
            method: Method::POST,
            path: "/desk/contact/supervisor",
            permission: Permission::ContactTake,
            title: zh("请主管到场"),
            handler: || post(contact::supervisor).layer(DefaultBodyLimit::max(4 * BYTES_MAX)),
        },
        Route {
            method: Method::POST,
            path: "/desk/mass-events/{id}",
            permission: Permission::ContactTake,
            title: zh("并入一件批量事件"),
            handler: || post(mass::join).layer(DefaultBodyLimit::max(4 * BYTES_MAX)),
        },
        Route {
            method: Method::POST,
            path: "/desk",
            permission: Permission::ContactTake,
            title: zh("登记事项"),
            handler: || post(save::save).layer(DefaultBodyLimit::max(4 * BYTES_MAX)),
        },
    ]
}
