//! Follow-ups as statistics count them (回访统计行): each that was made, by whom and how, in time or late, with what answer; and who
//! was to make it, as the last plan before it says.

use office::Entry;
use office::case::Case;
use rulebook::{Derived, State};

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Acts that are a follow-up made.
pub(crate) const MADE: [&str; 3] = ["follow_up.done", "follow_up.midterm_done", "follow_up.end_done"];
/// The act that names who goes.
const PLANNED: &str = "follow_up.planned";
/// The verdict that the last one does not count.
const UNQUALIFIED: &str = "follow_up.found_nonconforming";

/// A row without its site and case.
struct FollowUp<'a> {
    entry: &'a Entry,
    made: bool,
    at: i64,
    person: String,
    timing: &'static str,
    unqualified: bool,
    done: bool,
}

/// Writes the rows of a case; a case that nobody planned or made a follow-up of has none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case, derived: &Derived) -> Result<(), Fault> {
    let concerns = |entry: &Entry| entry.event.name == PLANNED || MADE.contains(&entry.event.name.as_str());
    if !case.entries.iter().any(concerns) {
        return Ok(());
    }
    tx.exec(sql!("delete from follow_up_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    for row in rows(case, derived) {
        let said = |id: &str| row.entry.event.body.attributes.get(id).cloned().unwrap_or_default();
        let text = sql!(
            "insert into follow_up_row(site, case_id, seq, made, at, person, method, satisfaction, timing, unqualified, done)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        );
        let (method, satisfaction) = (said("follow_up.method"), said("follow_up.satisfaction"));
        let values = vals![
            site,
            &case.id,
            row.entry.seq,
            row.made,
            row.at,
            row.person,
            method,
            satisfaction,
            row.timing,
            row.unqualified,
            row.done
        ];
        tx.exec(text, &values)?;
    }
    Ok(())
}

fn rows<'a>(case: &'a Case, derived: &Derived) -> Vec<FollowUp<'a>> {
    let (mut rows, mut plan): (Vec<FollowUp<'a>>, Option<FollowUp<'a>>) = (Vec::new(), None);
    for entry in &case.entries {
        let name = entry.event.name.as_str();
        if name == PLANNED {
            plan = planned(entry);
        } else if MADE.contains(&name) {
            rows.extend(plan.take().map(|plan| FollowUp { done: true, ..plan }));
            let (at, person, timing) = (entry.event.happened.0, entry.actor.clone(), timing(entry, derived));
            rows.push(FollowUp { entry, made: true, at, person, timing, unqualified: false, done: true });
        } else if name == UNQUALIFIED
            && let Some(last) = rows.iter_mut().rev().find(|row| row.made)
        {
            last.unqualified = true;
        }
    }
    rows.extend(plan);
    rows
}

/// A plan that names who goes; one that names nobody is nobody's.
fn planned(entry: &Entry) -> Option<FollowUp<'_>> {
    let said = |id: &str| entry.event.body.attributes.get(id).filter(|value| !value.is_empty());
    let person = said("follow_up.visitor")?.clone();
    let at = said("follow_up.planned_at").and_then(|at| at.parse().ok()).unwrap_or(entry.event.happened.0);
    Some(FollowUp { entry, made: false, at, person, timing: "", unqualified: false, done: false })
}

/// Whether a hard limit that it ended was kept; late counts before kept.
fn timing(entry: &Entry, derived: &Derived) -> &'static str {
    let ended = derived.obligations.iter().filter(|it| {
        !it.soft
            && it.due.is_some()
            && it.ended == Some(entry.event.happened)
            && it.must.iter().any(|must| *must == entry.event.name)
    });
    let states: Vec<State> = ended.map(|it| it.state).collect();
    match (states.contains(&State::MetLate), states.contains(&State::Met)) {
        (true, _) => "late",
        (false, true) => "kept",
        _ => "",
    }
}
