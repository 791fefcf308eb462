//! 设置: values with their provenance, accounts, who stands for which post, households, and how the house stands.

mod about;
mod account;
mod accounts;
mod bindings;
mod erasure;
mod households;
mod import;
mod late;
#[cfg(test)]
mod tests;
mod values;
mod what_if;

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{get, post};
use maud::Markup;

use crate::components::panel::{Tab, tabs};
use crate::entry::fresh_command as fresh;
use crate::language::{t, zh};
use crate::page::{Fragment, Frame, Page, Place};
use crate::routes::Route;
use crate::security::{Fault, Permission};
use crate::state::{Here, Web};
use crate::waiting;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (sees, works, erases) = (Permission::SettingView, Permission::SettingWork, Permission::PersonErase);
    let (asks, acts) = (Method::GET, Method::POST);
    vec![
        route(asks.clone(), "/settings", sees, zh("设置"), || get(values::show)),
        route(acts.clone(), "/settings", works, zh("改设置"), || post(values::set)),
        route(asks.clone(), "/settings/accounts", sees, zh("账号"), || get(accounts::show)),
        route(acts.clone(), "/settings/accounts", works, zh("保存账号"), || post(account::save)),
        route(asks.clone(), "/settings/accounts/{id}", works, zh("账号"), || get(account::show)),
        route(acts.clone(), "/settings/accounts/{id}/password", works, zh("重设口令"), || {
            post(account::set_password)
        }),
        route(asks.clone(), "/settings/bindings", sees, zh("岗位对应"), || get(bindings::show)),
        route(acts.clone(), "/settings/bindings", works, zh("改岗位对应"), || post(bindings::bind)),
        route(asks.clone(), "/settings/households", sees, zh("住户台账"), || get(households::show)),
        route(asks.clone(), "/settings/households/sample.xlsx", sees, zh("台账样表"), || get(households::sample)),
        route(acts.clone(), "/settings/households/upload", works, zh("上传台账"), || {
            post(waiting::upload::<import::Ledger>).layer(DefaultBodyLimit::max(waiting::BYTES_MAX))
        }),
        route(asks.clone(), "/settings/households/preview", works, zh("台账预览"), || {
            get(waiting::show::<import::Ledger>)
        }),
        route(acts.clone(), "/settings/households/preview", works, zh("对应列"), || {
            post(waiting::map::<import::Ledger>)
        }),
        route(acts.clone(), "/settings/households/import", works, zh("导入台账"), || post(import::import)),
        route(acts.clone(), "/settings/households/give-up", works, zh("放弃导入"), || {
            post(waiting::give_up::<import::Ledger>)
        }),
        route(asks.clone(), "/settings/late", sees, zh("补录比例"), || get(late::show)),
        route(asks.clone(), "/settings/erasure", erases, zh("抹除个人信息"), || get(erasure::show)),
        route(acts, "/settings/erasure", erases, zh("抹除一个人的信息"), || post(erasure::erase)),
        route(asks.clone(), "/settings/about", sees, zh("自检"), || get(about::show)),
        route(asks, "/settings/what-if", Permission::RulebookAdopt, zh("推演"), || get(what_if::show)),
    ]
}

/// The tabs of the settings.
const TABS: [(&str, &str); 8] = [
    (zh("取值"), "/settings"),
    (zh("账号"), "/settings/accounts"),
    (zh("岗位对应"), "/settings/bindings"),
    (zh("住户台账"), "/settings/households"),
    (zh("补录比例"), "/settings/late"),
    (zh("自检"), "/settings/about"),
    (zh("高级：推演"), "/settings/what-if"),
    (zh("抹除"), "/settings/erasure"),
];

/// A page of the settings under its tab.
async fn page(here: &Here, tab: usize, body: Markup) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let may = |path: &str| match path {
        "/settings/what-if" => here.viewer.grants.allow(Permission::RulebookAdopt),
        "/settings/erasure" => here.viewer.grants.allow(Permission::PersonErase),
        _ => true,
    };
    let open: Vec<&(&str, &str)> = TABS.iter().filter(|(_, path)| may(path)).collect();
    let tab = open.iter().position(|it| it.1 == TABS[tab].1).unwrap_or_default();
    let shown: Vec<Tab> = open.iter().map(|(words, path)| Tab { words: t(words), path, count: None }).collect();
    let body = maud::html! { (tabs(t("设置"), &shown, tab)) (body) };
    Ok(Fragment(Page::new(t("设置"), Frame::Desk(Place::Settings, &around), body).render()))
}

/// Whether the viewer may change what is shown.
fn works(here: &Here) -> bool {
    here.viewer.grants.allow(Permission::SettingWork)
}
