//! 客户档案: the estate as a tree with its files, one household's file, who comes and goes, emergency contacts, needs of customers
//! and the archive.

mod archive;
mod change;
mod emergency;
mod list;
mod needs;
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
    let (asks, acts) = (Method::GET, Method::POST);
    let (sees, writes, shows) = (Permission::DossierView, Permission::DossierWork, Permission::PersonUnmask);
    vec![
        route(asks.clone(), "/dossiers", sees, zh("客户档案"), || get(list::show)),
        route(asks.clone(), "/dossiers/emergency", sees, zh("紧急联络人"), || get(emergency::show)),
        route(acts.clone(), "/dossiers/emergency", shows, zh("显示紧急联络电话"), || post(emergency::unmask)),
        route(asks.clone(), "/dossiers/{id}", sees, zh("一户档案"), || get(show::show)),
        route(acts.clone(), "/dossiers/{id}/unmask", shows, zh("显示完整档案"), || post(show::unmask)),
        route(acts.clone(), "/dossiers/{id}/copy", shows, zh("导出本人资料"), || post(change::copy)),
        route(acts.clone(), "/dossiers/{id}/people", writes, zh("登记人员"), || post(change::came)),
        route(acts.clone(), "/dossiers/{id}/left", writes, zh("记下离开"), || post(change::left)),
        route(acts.clone(), "/dossiers/{id}/merge", writes, zh("合并重复的档案"), || post(change::merge)),
        route(acts.clone(), "/dossiers/{id}/part", writes, zh("撤销合并"), || post(change::part)),
        route(asks.clone(), "/archive", sees, zh("档案室"), || get(archive::show)),
        route(asks, "/needs", Permission::CaseView, zh("客户需求分析"), || get(needs::show)),
    ]
}
