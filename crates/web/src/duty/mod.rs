//! 值班: the roster by weeks with its gaps, who is on duty now, and the log of a day as it wrote itself.

pub mod handover;
mod log;
mod plan;
mod roster;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::routing::{get, post};
use calendar::{Moment, Zone};
use journal::reads::ShiftRow;

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    vec![
        route(Method::GET, "/duty", Permission::DutyView, zh("值班表"), || get(roster::show)),
        route(Method::POST, "/duty/plan", Permission::DutyRoster, zh("排班"), || post(plan::enter)),
        route(Method::POST, "/duty/copy", Permission::DutyRoster, zh("照上周排班"), || post(plan::copy)),
        route(Method::POST, "/duty/handover/{id}", Permission::DutyWork, zh("列入交接"), || {
            post(handover::list_all)
        }),
        route(Method::GET, "/duty/log", Permission::DutyView, zh("值班日志"), || get(log::show)),
    ]
}

/// Who is on duty now, for the frame: 陈立 · 至 19:30, the others counted.
pub fn now_in_words(shifts: &[ShiftRow], now: Moment, zone: &Zone) -> Option<String> {
    let first = shifts.first()?;
    let cover = first.covers.iter().find(|cover| (cover.begins..cover.ends).contains(&now));
    let until = zone.civil(cover.map_or(first.ends, |cover| cover.ends)).strftime("%H:%M");
    let others = shifts.len() - 1;
    Some(match others {
        0 => crate::t!("{0} · 至 {1}", first.present(now), until),
        _ => crate::t!("{0} · 至 {1}，另 {2} 人", first.present(now), until, others),
    })
}
