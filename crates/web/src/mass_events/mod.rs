//! 批量事件: who joined one, and the call-back list when it is over.

mod callers;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::routing::post;

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

pub use callers::joined_panel;

/// The registry of these routes. The event itself is a record of its register, with its page among the cases.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    vec![
        route(
            Method::POST,
            "/mass-events/{id}/callers",
            Permission::PersonUnmask,
            zh("批量事件回电名单"),
            || post(callers::show),
        ),
        route(Method::POST, "/mass-events/{id}/told", Permission::ContactTake, zh("记下已告知恢复"), || {
            post(callers::told)
        }),
    ]
}
