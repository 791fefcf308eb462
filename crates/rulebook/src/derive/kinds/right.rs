//! Rights at work (可): what may be done from a moment on, until something happens.

use calendar::DueAt;

use super::escalation::fulfilled;
use crate::compile::plan::{Goal, Plan, Right, Start, Term};
use crate::derive::Run;
use crate::derive::clock::Count;
use crate::derive::lean::Lean;

/// What became of a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// From when.
    pub from: DueAt,
    /// It has arisen.
    pub arose: bool,
    /// It has arisen and not ended.
    pub available: bool,
    /// It was used.
    pub used: bool,
    /// It ended, or never arose.
    pub ended: bool,
}

/// The rights of a rule, one for each opening whose moment is known.
pub(crate) fn derive(run: &Run<'_>, plan: &Plan, right: &Right, lean: &Lean) -> Vec<Standing> {
    let scene = run.scene;
    let mut openings = Vec::new();
    run.openings(plan, &right.from, &mut openings);
    let one = |opening: usize| {
        let count = Count { opening: Some(opening), upto: scene.facts.len(), known: scene.as_of };
        let from = match &right.term {
            Term::None => DueAt::clock(scene.facts[opening].at),
            term => run.window(term, count, lean)?.due,
        };
        if !scene.holds(&right.when, scene.facts.len()) {
            return None;
        }
        Some(standing(run, right, opening, from, lean))
    };
    openings.iter().filter_map(|opening| one(*opening)).collect()
}

fn standing(run: &Run<'_>, right: &Right, opening: usize, from: DueAt, lean: &Lean) -> Standing {
    let scene = run.scene;
    let arises = scene.place_at(from.at);
    let ends = right.until.iter().filter_map(|name| scene.first_from(*name, opening + 1)).min();
    let counted_from_met = match &right.term {
        Term::Due(anchor) => match &anchor.start {
            Start::ClauseDue(keys) => fulfilled(run, keys, opening, from, lean),
            _ => false,
        },
        _ => false,
    };
    // What ends it before it arises keeps it from arising.
    let never = counted_from_met || ends.is_some_and(|end| end < arises);
    let used = match &right.may {
        Goal::Fact(name) => scene
            .first_from(*name, arises.max(opening + 1))
            .is_some_and(|use_at| !never && ends.is_none_or(|end| use_at <= end)),
        Goal::Words(_) => false,
    };
    let ended = never || (ends.is_some() && !used);
    let arose = !never && scene.as_of >= from.at;
    Standing { from, arose, available: arose && !ended, used, ended }
}
