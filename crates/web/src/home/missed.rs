//! Calls that nobody answered (未接回拨): owed until somebody is reached, whatever clause asks for it.

use journal::reads::{ContactRow, ObligationRow};
use maud::{Markup, html};
use rulebook::ClauseRef;

use crate::components::work::{Owed, owed};
use crate::components::{Lamp, Light, Timing};
use crate::language::t;
use crate::security::Permission;
use crate::state::Here;

/// The act that ends it.
pub const RETURNED: &str = "call.returned";

/// Whether an obligation is about a missed call, which has a row here.
pub fn is_shown(row: &ObligationRow) -> bool {
    row.case.starts_with("contact:") && row.must.iter().any(|must| must == RETURNED)
}

/// The group with a row a call; the clauses that ask for it stand beside it.
pub fn calls(here: &Here, timing: Timing, missed: &[ContactRow], due: &[ObligationRow]) -> Markup {
    let shows_clauses = here.viewer.grants.allow(Permission::CaseApprove);
    let words = here.word(RETURNED);
    let clauses: Vec<Vec<ClauseRef>> = missed
        .iter()
        .map(|call| {
            let of_call = |row: &&ObligationRow| row.case.strip_prefix("contact:") == Some(&call.id) && is_shown(row);
            due.iter().filter(|_| shows_clauses).filter(of_call).map(|row| row.clause.clone()).collect()
        })
        .collect();
    let paths: Vec<String> = missed.iter().map(|call| format!("/contacts/{}", call.id)).collect();
    let titles: Vec<String> = missed.iter().map(title).collect();
    let rows: Vec<Owed> = missed
        .iter()
        .enumerate()
        .map(|(n, call)| {
            let (said, exact) = (timing.said(call.began), timing.exact(call.began));
            Owed {
                light: Light { lamp: Lamp::Open, words: &said, exact: &exact, runs: None }.render(),
                act: &words,
                place: &call.place,
                title: &titles[n],
                path: &paths[n],
                number: "",
                clauses: &clauses[n],
                does: html! { span.row-does { a.button href=(paths[n]) { (t("回拨")) } } },
            }
        })
        .collect();
    owed(t("未接回拨"), &rows)
}

fn title(call: &ContactRow) -> String {
    let number = if call.tail.is_empty() { t("未显示号码").to_owned() } else { crate::t!("尾号 {}", call.tail) };
    match call.tried {
        0 => number,
        tried => format!("{number} · {}", crate::t!("回拨未通 {} 次", tried)),
    }
}
