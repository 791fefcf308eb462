//! 会议与文件: papers of the company and who has not signed them, internal rules from the draft to the day in force, circulars,
//! meetings. Each is a record of its register; here stands what they have to do with each other and with the reader.

mod catalogue;
mod meeting;
#[cfg(test)]
mod meeting_tests;
mod mine;
mod panel;
mod rules;
mod show;
#[cfg(test)]
mod tests;

pub use meeting::begun as minutes_begun;
pub use mine::{cards, waiting};
pub use panel::{asks, panel};

use axum::http::Method;
use axum::routing::{get, post};
use calendar::Moment;
use journal::reads::{CaseFilter, CaseRow, Filling};
use office::asked::{self, Asked};
use office::case::{Case, CaseKind};

use crate::language::zh;
use crate::routes::Route;
use crate::security::{Fault, Permission};
use crate::state::{Here, Web};

/// Rows of one list at most.
const ROWS: i64 = 200;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let sees = Permission::PaperView;
    vec![
        route(Method::GET, "/papers", sees, zh("会议与文件"), || get(show::show)),
        route(Method::GET, "/papers/rules", sees, zh("现行制度"), || get(rules::show)),
        route(Method::GET, "/papers/catalogue", sees, zh("档案目录"), || get(catalogue::show)),
        route(Method::POST, "/papers/meetings/{id}/came", sees, zh("记下到会"), || post(meeting::came)),
    ]
}

/// Records of a register, the newest first: those that are ended or not, when it is said.
async fn records(here: &Here, register: &str, ended: Option<bool>) -> Result<Vec<(CaseRow, Filling)>, Fault> {
    let filter = CaseFilter { kind: CaseKind::of(register), ended, limit: ROWS, ..CaseFilter::default() };
    let read = here.house().register_rows(here.site, filter, here.now).await;
    Ok(read.map_err(|fault| Fault::new("读取文件", fault))?.rows)
}

/// An attribute of a case; empty for one that it has not.
fn said_of<'a>(case: &'a Case, id: &str) -> &'a str {
    case.attributes.get(id).map_or("", String::as_str)
}

/// How many of those asked to do this have done it, and how many were asked.
fn done_of(asked: &[Asked], act: &str) -> (usize, usize) {
    let of: Vec<&Asked> = asked.iter().filter(|it| it.act == act).collect();
    (of.iter().filter(|it| it.done.is_some()).count(), of.len())
}

/// Names of those who are on granted leave at this moment.
async fn on_leave(here: &Here) -> Result<Vec<String>, Fault> {
    let (now, then) = (here.now, here.now.plus_micros(1));
    let leaves = here.house().leaves(here.site, now, then).await.map_err(|fault| Fault::new("读取请假", fault))?;
    let away = leaves.into_iter().filter(|it| it.granted && it.begins <= now && it.ends > now);
    Ok(away.map(|it| it.person).collect())
}

/// The moment after which what was asked at `since` counts as late.
async fn late_after(here: &Here, one: &Asked) -> Result<Moment, Fault> {
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let days = law.office_setting(asked::DAYS).parse().unwrap_or(3);
    Ok(journal::reads::asked_due(&here.house().laws().zone, one.since, one.by, days))
}
