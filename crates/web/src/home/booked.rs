//! Visits whose booked time has come (到约定时间): how far is it; chased and told to the customer until it is done.

use calendar::DueAt;
use journal::reads::CaseRow;
use maud::{Markup, html};
use office::act;

use crate::cases::chase;
use crate::components::work::{Owed, owed};
use crate::components::{Lamp, Light, Timing};
use crate::language::{said, t};
use crate::security::Fault;
use crate::state::Here;

/// The act that asks how far it is.
const CHECKED: &str = "repair.progress_checked";

/// The group with a row a visit. What a clause owes stands among the obligations; this is what any desk looks after.
pub fn visits(here: &Here, timing: Timing, rows: &[CaseRow]) -> Result<Markup, Fault> {
    let words = said(&here.house().laws().word(CHECKED), None).into_owned();
    let base = crate::entry::fresh_command()?;
    let paths: Vec<String> = rows.iter().map(|row| format!("/cases/{}", row.id)).collect();
    let shown: Vec<Owed> = rows
        .iter()
        .zip(&paths)
        .map(|(row, path)| {
            let at = row.appointment.unwrap_or(row.opened);
            let (left, exact) = (timing.remaining(DueAt::clock(at)), timing.exact(at));
            let checks = act::find(CHECKED).is_some_and(|act| act.fits(row.kind));
            Owed {
                light: Light { lamp: Lamp::Soft, words: &left, exact: &exact, runs: None }.render(),
                act: &words,
                place: &row.place,
                title: &row.title,
                path,
                number: &row.number,
                clauses: &[],
                does: html! {
                    span.row-does {
                        @if checks { a.button href={ (path) "/acts/" (CHECKED) } { (t("查询")) } }
                        (chase::button(&row.id, &format!("{base}-{}", row.id), false))
                    }
                },
            }
        })
        .collect();
    Ok(owed(t("到约定时间"), &shown))
}
