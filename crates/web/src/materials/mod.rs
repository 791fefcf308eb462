//! 材料: what a repair draws from stock and brings back, by its slip; the card of each material with its movements.

mod card;
mod draw;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

pub(crate) use card::panel as card_panel;
pub(crate) use draw::{acts, fields, list, panel};

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    vec![
        route(Method::GET, "/cases/{id}/materials", Permission::CaseView, zh("领料与退料"), || get(draw::show)),
        route(Method::POST, "/cases/{id}/materials", Permission::CaseView, zh("记下领料与退料"), || {
            post(draw::enter)
        }),
    ]
}
