//! 有偿维修收费标准: the price list, read by everybody, written by who answers for it, imported, exported, and printed for the
//! notice board.

mod edit;
mod import;
mod list;
#[cfg(test)]
mod tests;

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;
use crate::waiting;

pub(crate) use list::{cost, table};

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (asks, acts) = (Method::GET, Method::POST);
    let (sees, writes) = (Permission::PriceView, Permission::PriceWork);
    vec![
        route(asks.clone(), "/prices", sees, zh("有偿维修收费标准"), || get(list::show)),
        route(asks.clone(), "/prices/print", sees, zh("打印收费标准"), || get(list::print)),
        route(asks.clone(), "/prices/sample.xlsx", sees, zh("收费标准样表"), || get(import::sample)),
        route(asks.clone(), "/prices/new", writes, zh("写一项收费"), || get(edit::blank)),
        route(acts.clone(), "/prices", writes, zh("保存一项收费"), || post(edit::save)),
        route(asks.clone(), "/prices/import", writes, zh("导入收费标准"), || get(import::start)),
        route(acts.clone(), "/prices/upload", writes, zh("上传收费标准"), || {
            post(waiting::upload::<import::Prices>).layer(DefaultBodyLimit::max(waiting::BYTES_MAX))
        }),
        route(asks.clone(), "/prices/preview", writes, zh("收费标准预览"), || {
            get(waiting::show::<import::Prices>)
        }),
        route(acts.clone(), "/prices/preview", writes, zh("对应列"), || post(waiting::map::<import::Prices>)),
        route(acts.clone(), "/prices/import", writes, zh("导入收费标准"), || post(import::import)),
        route(acts.clone(), "/prices/give-up", writes, zh("放弃导入"), || post(waiting::give_up::<import::Prices>)),
        route(asks, "/prices/{id}", sees, zh("一项收费"), || get(edit::show)),
        route(acts, "/prices/{id}/end", writes, zh("停用一项收费"), || post(edit::end)),
    ]
}
