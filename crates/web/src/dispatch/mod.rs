//! 调度: what nobody has yet, who has what, and the bell.

mod acknowledge;
mod assign;
mod board;
mod suggest;

#[cfg(test)]
mod tests;

pub(crate) use suggest::panel as suggestion;

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
        route(Method::GET, "/dispatch", Permission::DispatchView, zh("调度"), || get(board::show)),
        route(Method::POST, "/dispatch/assign", Permission::DispatchAssign, zh("派单"), || post(assign::assign)),
        // Whoever hears the bell may stop it: the handler asks for one of two permissions.
        route(Method::POST, "/dispatch/{id}/acknowledge", Permission::SignedIn, zh("响铃确认"), || {
            post(acknowledge::acknowledge)
        }),
    ]
}
