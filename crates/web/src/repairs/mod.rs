//! 维修统计: a period's repairs in figures, by repairer, what came back, and the list behind each figure; the list of free
//! repairs is the form that the statistics are made with.

mod copies;
mod list;
mod marks;
mod statistics;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::routing::{get, post};
use office::stretch::Stretch;

use crate::language::zh;
use crate::routes::Route;
use crate::security::{Fault, Permission};
use crate::state::{Here, Web};

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let sees = Permission::CaseView;
    vec![
        route(Method::GET, "/repairs/statistics", sees, zh("维修统计"), || get(statistics::show)),
        route(Method::GET, "/repairs/copies", sees, zh("第三联移交财务"), || get(copies::show)),
        route(Method::POST, "/repairs/copies", sees, zh("移交第三联"), || post(copies::bring_on)),
        route(Method::GET, "/repairs/counted", sees, zh("维修统计名单"), || get(list::show)),
    ]
}

/// The act for a period that is done with the list of free repairs, and the attribute that tells how many.
const MADE: &str = "statistics.free_repairs_done";
const HOW_MANY: &str = "statistics.free_repairs";

/// The address of the list that an act for this period is done with, if it is.
pub fn list_for(act: &str, key: &str) -> Option<String> {
    let period = Stretch::parse(key).filter(|_| act == MADE)?;
    Some(marks::list_of(&period, journal::reads::RepairMark::Free, ""))
}

/// What the form of an act for this period begins with: the number on the list.
pub async fn count_for(here: &Here, act: &str, key: &str) -> Result<Option<(String, String)>, Fault> {
    let Some(period) = Stretch::parse(key).filter(|_| act == MADE) else { return Ok(None) };
    let of = period.moments(&here.house().laws().zone);
    let count = here.house().free_repairs(here.site, of).await.map_err(|fault| Fault::new("读取维修统计", fault))?;
    Ok(Some((HOW_MANY.to_owned(), count.to_string())))
}
