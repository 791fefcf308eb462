//! Rosters at work (人选): who has to take part in an act.

use crate::compile::plan::{Plan, Roster};
use crate::derive::Run;
use crate::derive::refusals::{Attempt, Missing, Wanting};

/// The posts missing in an attempt; none when the roster does not hold or the right ones are there.
pub(crate) fn wanting(run: &Run<'_>, roster: &Roster, attempt: Attempt<'_>) -> Option<Wanting> {
    let scene = run.scene;
    if !scene.holds(&roster.when, scene.facts.len()) {
        return None;
    }
    let missing = scene.missing_among(roster, attempt.by, attempt.person, scene.facts.len());
    Wanting::of(missing.into_iter().map(Missing::Post).collect())
}

/// Places of acts that the wrong hands did, with the posts missing.
pub(crate) fn breaches(run: &Run<'_>, plan: &Plan, roster: &Roster) -> Vec<(usize, Vec<Missing>)> {
    let scene = run.scene;
    let mut list = Vec::new();
    for act in scene.all(roster.act) {
        let at = scene.facts[act].at;
        if run.version.stretch.holds(at) && plan.holds_at(at) && scene.holds(&roster.when, act + 1) {
            let missing = scene.missing_hands(roster, act);
            if !missing.is_empty() {
                list.push((act, missing.into_iter().map(Missing::Post).collect()));
            }
        }
    }
    list
}
