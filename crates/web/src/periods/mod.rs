//! 定期事务: what the office owes by the period, when it was done, and the form that enters it.

mod list;
mod one;
#[cfg(test)]
mod tests;
mod then;

use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::routing::{get, post};
use calendar::DueAt;
use jiff::civil::Date;
use maud::Markup;
use rulebook::{DutyPeriod, Obligation, State};

use crate::components::{Lamp, Light, Timing};
use crate::language::{t, zh};
use crate::page::escaped;
use crate::routes::Route;
use crate::security::Permission;
use crate::security::upload::BYTES_MAX;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    vec![
        route(Method::GET, "/periods", Permission::PeriodView, zh("定期事务"), || get(list::show)),
        route(Method::GET, "/periods/{first}/{duty}", Permission::PeriodView, zh("一期定期事务"), || {
            get(one::show)
        }),
        // Who may enter what is the adopted clauses' own: whoever stands for the post that owes it.
        route(Method::POST, "/periods/{first}/{duty}", Permission::PeriodWork, zh("登记定期事务"), || {
            post(one::enter).layer(DefaultBodyLimit::max(4 * BYTES_MAX))
        }),
        route(Method::GET, "/periods/then/{key}/{act}", Permission::PeriodView, zh("定期事务的后续"), || {
            get(then::show)
        }),
        route(
            Method::POST,
            "/periods/then/{key}/{act}",
            Permission::PeriodWork,
            zh("登记定期事务的后续"),
            || post(then::enter),
        ),
    ]
}

/// The page of what comes after an act for the period with this key.
pub fn then_path(key: &str, act: &str) -> String {
    format!("/periods/then/{}/{act}", escaped(key))
}

/// The page of a period of a duty.
pub fn path(first: Date, duty: &str) -> String {
    format!("/periods/{first}/{duty}")
}

/// The period in words: its key, which says day, week, month, quarter or year.
fn words(period: &DutyPeriod) -> String {
    let (first, last, said) = (period.first, period.last, crate::components::timing::period);
    match first == last {
        true => period.key.replace('T', " "),
        false if period.key.len() == 7 && !period.key.contains(['W', 'Q']) => said(&period.key),
        false => crate::t!("{0}（{1} 至 {2}）", said(&period.key), first.strftime("%m-%d"), last.strftime("%m-%d")),
    }
}

/// The light of a duty: when it ended and how, or how long there is.
fn light(timing: Timing<'_>, it: &Obligation) -> Markup {
    let due = it.due.map(|at| DueAt { at, end_of_day: it.end_of_day });
    match (it.state, it.ended, due) {
        (State::Met, Some(at), _) => timing.ended(Lamp::Met, at),
        (State::MetLate, Some(at), _) if it.soft => timing.ended(Lamp::Soft, at),
        (State::MetLate, Some(at), _) => timing.ended(Lamp::MetLate, at),
        (State::Overdue, _, Some(due)) if it.soft => {
            let (words, exact) = (timing.remaining(due), timing.exact(due.at));
            Light { lamp: Lamp::Soft, words: &words, exact: &exact, runs: Some((due, due.at)) }.render()
        }
        (State::Open | State::Overdue, _, Some(due)) => timing.light(it.opened, due),
        (state, _, due) => {
            let lamp = Lamp::of(state, timing.now, it.opened, due);
            Light { lamp, words: lamp.word(), exact: "", runs: None }.render()
        }
    }
}

/// How a period was kept, for the filter and the export.
fn kept(it: &Obligation) -> (&'static str, &'static str) {
    match it.state {
        State::Met => ("kept", t("按时")),
        State::MetLate => ("late", t("迟办")),
        State::Overdue | State::Missed => ("missed", t("未办")),
        State::Waived | State::NotApplicable => ("waived", t("免办")),
        State::Open => ("open", t("未到期")),
    }
}
