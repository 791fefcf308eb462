//! Calls that nobody answered (未接回拨): owed until somebody is reached, whatever clause asks for it.

use journal::reads::{ContactRow, MissedCalls, ObligationRow};
use maud::{Markup, html};
use office::contact::RETURNED;
use rulebook::ClauseRef;

use crate::components::work::{Owed, owed};
use crate::components::{Lamp, Light, Timing};
use crate::language::t;
use crate::security::Permission;
use crate::state::Here;

/// Whether an obligation is about a missed call, which has a row here.
pub fn is_shown(row: &ObligationRow) -> bool {
    row.case.starts_with("contact:") && row.must.iter().any(|must| must == RETURNED)
}

/// The group with a row a number; the clauses that ask for it stand beside it.
pub fn calls(here: &Here, timing: Timing, missed: &[MissedCalls], due: &[ObligationRow]) -> Markup {
    let shows_clauses = here.viewer.grants.allow(Permission::CaseApprove);
    let words = here.word(RETURNED);
    let missed: Vec<(&MissedCalls, &ContactRow)> =
        missed.iter().filter_map(|it| Some((it, it.calls.first()?))).collect();
    let clauses: Vec<Vec<ClauseRef>> = missed
        .iter()
        .map(|(alike, _)| {
            let of_call = |row: &&ObligationRow| {
                is_shown(row) && alike.calls.iter().any(|call| row.case.strip_prefix("contact:") == Some(&call.id))
            };
            let mut clauses: Vec<ClauseRef> = Vec::new();
            for row in due.iter().filter(|_| shows_clauses).filter(of_call) {
                if !clauses.contains(&row.clause) {
                    clauses.push(row.clause.clone());
                }
            }
            clauses
        })
        .collect();
    let paths: Vec<String> = missed.iter().map(|(_, call)| format!("/contacts/{}", call.id)).collect();
    let titles: Vec<String> = missed.iter().map(|(alike, _)| title(alike)).collect();
    let rows: Vec<Owed> = missed
        .iter()
        .enumerate()
        .map(|(n, (_, call))| {
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

fn title(alike: &MissedCalls) -> String {
    let mut said = vec![if alike.phone.is_empty() { t("未显示号码").to_owned() } else { alike.phone.clone() }];
    if alike.calls.len() > 1 {
        said.push(crate::t!("来电 {} 次", alike.calls.len()));
    }
    match alike.calls.iter().map(|call| call.tried).max() {
        None | Some(0) => {}
        Some(tried) => said.push(crate::t!("回拨未通 {} 次", tried)),
    }
    said.join(" · ")
}
