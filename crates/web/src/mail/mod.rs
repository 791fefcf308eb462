//! 收发室: the scan line, items in hand, the two rounds of a day with their sign-for sheets, subscriptions, the log, the hand-over.

mod act;
mod day;
mod handover;
mod item;
mod log;
mod round;
mod round_act;
mod scan;
mod sheet;
mod subscriptions;
#[cfg(test)]
mod tests;
mod words;

use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

/// The registry of these routes. Every record has its register and its page among the cases beside.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (view, work) = (Permission::MailView, Permission::MailWork);
    vec![
        route(Method::GET, "/mail", view, zh("收发室"), || get(day::show)),
        route(Method::POST, "/mail/scan", work, zh("扫描收件"), || post(scan::enter)),
        route(Method::POST, "/mail/sort", work, zh("分拣并登记签收表"), || post(act::sort)),
        route(Method::GET, "/mail/items/{id}", view, zh("一件邮件"), || get(item::show)),
        route(Method::POST, "/mail/items/{id}/{step}", work, zh("办理邮件"), || post(act::enter)),
        route(Method::GET, "/mail/rounds/{day}/{slot}", view, zh("派发班次"), || get(round::show)),
        route(Method::POST, "/mail/rounds/{day}/{slot}/{step}", work, zh("办理派发班次"), || {
            post(round_act::enter)
        }),
        route(Method::GET, "/mail/sheets/{day}/{slot}", view, zh("报刊签收表"), || get(sheet::show)),
        route(Method::GET, "/mail/subscriptions", view, zh("订阅报刊情况一览表"), || get(subscriptions::show)),
        route(Method::GET, "/mail/log", view, zh("邮件代收记录表"), || get(log::show)),
        route(Method::GET, "/mail/handover", view, zh("周末存放交接"), || get(handover::show)),
        route(Method::POST, "/mail/handover", Permission::MailHandOver, zh("开交接单"), || post(handover::enter)),
        route(Method::POST, "/mail/runs", work, zh("结转派发批次"), || post(round_act::close_run)),
    ]
}
