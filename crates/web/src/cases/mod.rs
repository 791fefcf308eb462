//! 事项: the register of cases, the page of one case, the acts on it.

pub mod act;
mod attachment;
pub mod chase;
mod departments;
mod export;
pub mod field;
pub mod help;
mod ladder;
pub mod late;
#[cfg(test)]
mod letter_tests;
mod list;
mod phone;
mod show;
pub mod sign;
mod sums;
#[cfg(test)]
mod tests;
mod timeline;

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{get, post};

pub(crate) use show::{crumbs, read, render};
pub(crate) use timeline::{files as attached, sentence};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::security::upload::BYTES_MAX;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let sees = Permission::CaseView;
    vec![
        route(Method::GET, "/cases", sees, zh("事项登记簿"), || get(list::show)),
        route(Method::GET, "/search", sees, zh("查找事项"), || get(list::find)),
        route(Method::GET, "/cases/{id}", sees, zh("一件事项"), || get(show::show)),
        route(Method::POST, "/cases/{id}/unmask", Permission::PersonUnmask, zh("显示完整的姓名电话"), || {
            post(show::unmask)
        }),
        // Which acts a post may enter is the office's own table; the page only shows what it would refuse.
        route(Method::GET, "/cases/{id}/acts/{act}", sees, zh("填写一个动作"), || get(act::show)),
        route(Method::POST, "/cases/{id}/acts/{act}", sees, zh("办理一个动作"), || {
            post(act::enter).layer(DefaultBodyLimit::max(4 * BYTES_MAX))
        }),
        route(Method::POST, "/cases/{id}/phone", sees, zh("拨打来人电话"), || post(phone::dial)),
        route(Method::POST, "/cases/{id}/chase", sees, zh("催办"), || post(chase::enter)),
        route(Method::GET, "/cases/{id}/read-out", sees, zh("念进度"), || get(chase::show)),
        route(Method::GET, "/attachments/{hash}", sees, zh("看附件"), || get(attachment::show)),
    ]
}
