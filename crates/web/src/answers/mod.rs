//! 常用问答与便民电话: the answer book: read by everybody, written by supervisors, each version confirmed as read.

mod edit;
mod list;
mod show;
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
    let route = Route::new;
    let (sees, writes) = (Permission::AnswerView, Permission::AnswerWork);
    vec![
        route(Method::GET, "/answers", sees, zh("常用问答与便民电话"), || get(list::show)),
        route(Method::GET, "/answers/print", sees, zh("打印问答"), || get(list::print)),
        route(Method::GET, "/answers/new", writes, zh("写一条问答"), || get(edit::blank)),
        route(Method::POST, "/answers", writes, zh("保存问答"), || post(edit::save)),
        route(Method::GET, "/answers/{id}", sees, zh("一条问答"), || get(show::show)),
        route(Method::GET, "/answers/{id}/edit", writes, zh("改一条问答"), || get(edit::show)),
        route(Method::POST, "/answers/{id}/withdraw", writes, zh("撤下一条问答"), || post(show::withdraw)),
        route(Method::POST, "/answers/{id}/read", sees, zh("确认读过问答"), || post(show::read)),
    ]
}
