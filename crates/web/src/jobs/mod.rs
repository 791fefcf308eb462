//! 我的任务: the repairer's phone.

mod forms;
mod job;
mod list;
mod photo;
mod plan;
pub mod posted;
mod side;
mod step;
mod way;

#[cfg(test)]
mod service_tests;
#[cfg(test)]
mod tests;

pub(crate) use forms::call;
pub(crate) use way::is_shared;

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = |method, path, permission, title, handler| Route { method, path, permission, title, handler };
    vec![
        route(Method::GET, "/jobs", Permission::JobView, zh("我的任务"), || get(list::show)),
        route(Method::GET, "/jobs/{id}", Permission::JobView, zh("一项任务"), || get(job::show)),
        route(Method::GET, "/jobs/{id}/photos/{hash}", Permission::JobView, zh("任务照片"), || get(photo::show)),
        route(Method::POST, "/jobs/{id}/steps/{step}", Permission::JobWork, zh("做一步"), || {
            post(step::act).layer(DefaultBodyLimit::max(posted::BYTES_MAX))
        }),
    ]
}
