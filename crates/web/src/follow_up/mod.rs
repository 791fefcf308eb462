//! 回访: rates, queue, and the form of one follow-up.

mod form;
mod issues;
mod list;
mod one;
mod plan;
pub mod planned;
mod step;

#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod tests;

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
        route(Method::GET, "/follow-up", Permission::FollowUpView, zh("回访"), || get(list::show)),
        route(Method::GET, "/follow-up/plan", Permission::FollowUpView, zh("回访计划"), || get(planned::show)),
        route(Method::POST, "/follow-up/plan/draw", Permission::FollowUpDraw, zh("抽取回访"), || {
            post(planned::draw)
        }),
        route(Method::POST, "/follow-up/plan/visitor", Permission::FollowUpDraw, zh("排回访的人"), || {
            post(planned::give)
        }),
        route(Method::POST, "/follow-up/plan/households", Permission::FollowUpDraw, zh("抽取住户"), || {
            post(planned::households)
        }),
        route(Method::GET, "/follow-up/{id}", Permission::FollowUpView, zh("一次回访"), || get(one::show)),
        route(Method::POST, "/follow-up/{id}/phone", Permission::PersonUnmask, zh("显示电话"), || {
            post(step::show_phone)
        }),
        route(Method::POST, "/follow-up/{id}/{step}", Permission::FollowUpWork, zh("回访登记"), || post(step::act)),
    ]
}
