//! Visits whose booked time has come (到约定时间): how far is it; chased and told to the customer until it is done.

use journal::reads::CaseRow;
use maud::{Markup, html};
use office::act;

use super::coming::{Coming, coming};
use crate::cases::chase;
use crate::components::Timing;
use crate::language::{said, t};
use crate::security::Fault;
use crate::state::Here;

/// The act that asks how far it is.
const CHECKED: &str = "repair.progress_checked";

/// The group with a row a visit. What a clause owes stands among the obligations; this is what any desk looks after.
pub fn visits(here: &Here, timing: Timing, rows: &[CaseRow]) -> Result<Markup, Fault> {
    let words = said(&here.house().laws().word(CHECKED), None).into_owned();
    let base = crate::entry::fresh_command()?;
    let rows: Vec<Coming> = rows
        .iter()
        .map(|row| {
            let checks = act::find(CHECKED).is_some_and(|act| act.fits(row.kind));
            let does = html! {
                @if checks { a.button href={ "/cases/" (row.id) "/acts/" (CHECKED) } { (t("查询")) } }
                (chase::button(&row.id, &format!("{base}-{}", row.id), false))
            };
            Coming { row, at: row.appointment.unwrap_or(row.opened), act: words.clone(), does }
        })
        .collect();
    Ok(coming(t("到约定时间"), timing, &rows))
}
