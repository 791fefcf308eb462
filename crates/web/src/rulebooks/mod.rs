//! 规程: the library, a book's outline with how it is kept, and the page of a clause.

mod adopt;
mod book;
mod charter;
mod clause;
mod conflicts;
mod kept;
mod library;
mod map;
pub mod outcome;
pub mod own;
mod parts;
pub mod replay;
pub mod side;
#[cfg(test)]
mod tests;
mod try_date;

pub use kept::verdict;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{get, post};
use calendar::Moment;
use journal::SiteLaw;
use rulebook::model::{Book, Clause};
use serde::Deserialize;

use crate::language::zh;
use crate::routes::Route;
use crate::security::{Fault, Permission};
use crate::state::{Here, Web};

/// Bytes of uploaded clause files together at most.
const UPLOAD_BYTES_MAX: usize = 4 << 20;

pub(crate) use charter::people;
pub(crate) use kept::{link as subject_link, word as kept_word};

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (sees, adopts) = (Permission::RulebookView, Permission::RulebookAdopt);
    vec![
        route(Method::GET, "/rulebooks", sees, zh("规程库"), || get(library::show)),
        route(Method::GET, "/rulebooks/map", sees, zh("守规图"), || get(map::show)),
        route(Method::GET, "/rulebooks/sites", sees, zh("站点比较"), || get(map::sites)),
        route(Method::GET, "/rulebooks/charter", sees, zh("章程"), || get(charter::show)),
        route(Method::GET, "/rulebooks/conflicts", sees, zh("冲突"), || get(conflicts::show)),
        route(Method::POST, "/rulebooks/conflicts", adopts, zh("处理冲突"), || post(conflicts::settle)),
        route(Method::GET, "/rulebooks/own", sees, zh("自编规程"), || get(own::show)),
        route(Method::POST, "/rulebooks/own", adopts, zh("新写规程"), || post(own::create)),
        route(Method::GET, "/rulebooks/own/{book}", adopts, zh("改自编规程"), || get(own::editor)),
        route(Method::POST, "/rulebooks/own/{book}/save", adopts, zh("保存自编规程"), || post(own::save)),
        route(Method::POST, "/rulebooks/own/{book}/upload", adopts, zh("上传规程文件"), || {
            post(own::upload).layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
        }),
        route(Method::POST, "/rulebooks/own/{book}/remove", adopts, zh("删去规程文件"), || post(own::remove)),
        route(Method::GET, "/rulebooks/{book}/adopt", adopts, zh("采用规程"), || get(adopt::show)),
        route(Method::GET, "/rulebooks/{book}", sees, zh("一部规程"), || get(book::show)),
        route(Method::GET, "/rulebooks/{book}/{clause}", sees, zh("一条规程"), || get(clause::show)),
        route(Method::GET, "/rulebooks/{book}/{clause}/kept", sees, zh("一条规程的清单"), || get(kept::list)),
        route(Method::GET, "/rulebooks/{book}/{clause}/members", sees, zh("比率的清单"), || get(kept::members)),
        route(Method::POST, "/rulebooks/{book}/adopt", adopts, zh("采用规程"), || post(adopt::adopt)),
        route(Method::POST, "/rulebooks/{book}/leave", adopts, zh("停用规程"), || post(adopt::leave)),
        route(Method::POST, "/rulebooks/{book}/{clause}/confirm", adopts, zh("确认读法"), || post(adopt::confirm)),
    ]
}

/// The query of book and clause pages.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Month of the figures, `2026-11`; another text is this month.
    month: String,
    /// An opening moment to try, as the browser's field writes it.
    at: String,
}

/// The law of the site.
pub async fn law(here: &Here) -> Result<Arc<SiteLaw>, Fault> {
    here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))
}

/// The edition of a book that the site keeps to, else the one that comes with the program; and since when it is adopted.
fn edition(here: &Here, law: &SiteLaw, id: &str) -> Option<(Arc<Book>, Option<Moment>)> {
    match law.adopted(id, here.now) {
        Some((adoption, book)) => Some((book.clone(), Some(adoption.from))),
        None => here.house().laws().shipped.get(id).map(|shipped| (shipped.book.clone(), None)),
    }
}

/// The clause of a number: of its file, or of one of its rules (`4.2.3f`).
fn find<'a>(book: &'a Book, id: &str) -> Option<&'a Clause> {
    let exact = book.clauses.iter().find(|clause| clause.number == id);
    exact.or_else(|| book.clauses.iter().find(|clause| clause.rules.iter().any(|rule| rule.id.value == id)))
}

/// The month asked for, and the ones before and after it.
fn month(here: &Here, asked: &str) -> [String; 3] {
    let today = here.house().laws().zone.date(here.now);
    let parsed = format!("{asked}-01").parse::<jiff::civil::Date>();
    let first = parsed.unwrap_or(today).first_of_month();
    let said = |date: jiff::civil::Date| date.strftime("%Y-%m").to_string();
    let before = first.yesterday().unwrap_or(first);
    let after = first.last_of_month().tomorrow().unwrap_or(first);
    [said(before), said(first), said(after)]
}
