//! 来访来电: the register of every contact, also of those that became no case; calls to return; what a telephone system tells.

mod act;
mod heard;
mod hook;
mod list;
mod make;
mod sample;
#[cfg(test)]
mod sample_tests;
mod show;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

pub use list::lasted;
pub use show::{attitudes, read, return_form};

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (sees, takes) = (Permission::DeskView, Permission::ContactTake);
    vec![
        route(Method::GET, "/contacts", sees, zh("来访来电登记簿"), || get(list::show)),
        route(Method::POST, "/contacts", takes, zh("登记一次已了结的来访来电"), || post(make::make)),
        route(Method::POST, "/contacts/missed", takes, zh("记一个未接来电"), || post(make::missed)),
        route(Method::GET, "/contacts/sample", Permission::ContactDraw, zh("抽听"), || get(sample::show)),
        route(Method::POST, "/contacts/sample", Permission::ContactDraw, zh("按种子抽取来访来电"), || {
            post(sample::draw)
        }),
        route(Method::GET, "/heard", Permission::ContactReport, zh("听到一件事"), || get(heard::show)),
        route(Method::POST, "/heard", Permission::ContactReport, zh("登记听到的事"), || post(heard::enter)),
        route(Method::GET, "/contacts/{id}", sees, zh("一次来访来电"), || get(show::show)),
        route(Method::POST, "/contacts/{id}/unmask", Permission::PersonUnmask, zh("显示来电号码"), || {
            post(show::unmask)
        }),
        // Which acts a post may enter is the office's own table, as for cases.
        route(Method::POST, "/contacts/{id}/acts/{act}", sees, zh("办理来访来电的一个动作"), || {
            post(act::enter)
        }),
        // A telephone system has no log-in: the token of the site in the address is its key.
        route(Method::POST, "/hook/phone/{token}", Permission::Anyone, zh("电话系统来讯"), || post(hook::tell)),
    ]
}
