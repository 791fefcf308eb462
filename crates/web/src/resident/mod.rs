//! 住户页面: what a resident sees of their own repair through a link, without a log-in: progress with promised times, price
//! list, quote, slip; agreeing, refusing, saying that it is not solved.

mod act;
mod given;
mod page;
mod story;
#[cfg(test)]
mod tests;
mod visit;

use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

pub(crate) use given::{address, panel};

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (anyone, works) = (Permission::Anyone, Permission::CaseWork);
    vec![
        route(Method::GET, "/r/{code}", anyone, zh("我的报修"), || get(page::show)),
        route(Method::GET, "/r/{code}/slip", anyone, zh("打印维修单"), || get(page::print)),
        route(Method::POST, "/r/{code}/{act}", anyone, zh("住户答复"), || post(act::enter)),
        route(Method::POST, "/cases/{id}/link", works, zh("生成住户链接"), || post(given::give)),
        route(Method::POST, "/cases/{id}/link/revoke", works, zh("收回住户链接"), || post(given::revoke)),
        route(Method::GET, "/cases/{id}/link/print", works, zh("打印住户链接"), || get(given::print)),
    ]
}
