//! 登记簿: every register of the office as list, print and file, and the form that begins a record.

mod import;
mod list;
mod open;
#[cfg(test)]
mod tests;

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{MethodRouter, get, post};
use office::register::RegisterType;

pub use list::frame;

use crate::language::zh;
use crate::page::Place;
use crate::routes::Route;
use crate::security::Permission;
use crate::security::upload::BYTES_MAX;
use crate::state::{Here, Web};

/// The registry of these routes. A register opens with the permission of its place in the rail, which the handlers ask.
pub fn routes() -> Vec<Route<Web>> {
    let route = |method, path, title, handler: fn() -> MethodRouter<Web>| Route {
        method,
        path,
        permission: Permission::SignedIn,
        title,
        handler,
    };
    vec![
        route(Method::GET, "/registers", zh("登记簿"), || get(list::index)),
        route(Method::GET, "/registers/{id}", zh("一本登记簿"), || get(list::show)),
        route(Method::GET, "/registers/{id}/import", zh("从表格导入"), || get(import::show)),
        route(Method::GET, "/registers/{id}/sample.xlsx", zh("登记簿样表"), || get(import::sample)),
        route(Method::POST, "/registers/{id}/upload", zh("上传登记簿"), || {
            post(import::upload).layer(DefaultBodyLimit::max(crate::waiting::BYTES_MAX))
        }),
        route(Method::POST, "/registers/{id}/import", zh("导入登记簿"), || post(import::import)),
        route(Method::POST, "/registers/{id}/give-up", zh("放弃导入"), || post(import::give_up)),
        route(Method::GET, "/registers/{id}/new", zh("新登记一件"), || get(open::show)),
        route(Method::POST, "/registers/{id}/new", zh("登记一件"), || {
            post(open::enter).layer(DefaultBodyLimit::max(4 * BYTES_MAX))
        }),
    ]
}

/// Where a register belongs.
fn place(register: &RegisterType) -> Place {
    Place::of_word(&register.place).unwrap_or(Place::Cases)
}

/// Whether the visitor may see it.
fn sees(here: &Here, register: &RegisterType) -> bool {
    let guarded = register.guarded && !here.viewer.grants.allow(Permission::PersonUnmask);
    here.viewer.grants.allow(place(register).permission()) && !guarded
}

/// Whether the visitor may see a record of this kind: those of a guarded register are not for everybody.
pub fn sees_record(here: &Here, kind: office::case::CaseKind) -> bool {
    let guarded = office::register::find(kind.id()).is_some_and(|it| it.guarded);
    !guarded || here.viewer.grants.allow(Permission::PersonUnmask)
}

/// Whether the visitor may see it and begin a record of it.
pub fn may_begin(here: &Here, register: &RegisterType) -> bool {
    sees(here, register) && may_open(here, register)
}

/// Whether one of the visitor's posts may begin a record of it.
fn may_open(here: &Here, register: &RegisterType) -> bool {
    office::act::find(&register.opens).is_some_and(|act| act.allowed(&here.actor.posts))
}
