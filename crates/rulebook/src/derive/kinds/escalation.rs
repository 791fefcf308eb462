//! Escalations at work (上报): somebody is told at a moment unless something happened.

use calendar::DueAt;

use crate::answer::State;
use crate::compile::plan::{Escalation, Plan, Start, Term};
use crate::derive::Run;
use crate::derive::clock::Count;
use crate::derive::lean::{Lean, LeanEscalation, LeanObligation};

/// The escalations of a rule, one for each opening, and the obligations of those who have to answer them.
pub(crate) fn derive(
    run: &Run<'_>,
    rule: usize,
    plan: &Plan,
    escalation: &Escalation,
    openings: &[usize],
    lean: &mut Lean,
) {
    for (index, opening) in openings.iter().enumerate() {
        let Some((at, fires_at_once)) = moment(run, escalation, *opening, lean) else { continue };
        if prevented(run, escalation, *opening, at, lean) {
            continue;
        }
        let as_of = run.scene.as_of;
        let fired = if fires_at_once { at.at <= as_of } else { at.at < as_of };
        let told = LeanEscalation {
            version: run.number,
            rule: rule as u32,
            fact: *opening as u32,
            to: escalation.to,
            at: at.at,
            fires_at_once,
            fired,
            soft: escalation.soft,
            alert: false,
        };
        lean.escalations.push(told);
        if fired {
            answer(run, plan, escalation, &told, index as u32 + 1, lean);
        }
    }
}

/// When it fires; at once is when its condition first holds.
fn moment(run: &Run<'_>, escalation: &Escalation, opening: usize, lean: &Lean) -> Option<(DueAt, bool)> {
    let scene = run.scene;
    let when = &escalation.when;
    if let Term::None = escalation.term {
        let place = if scene.holds(when, opening + 1) {
            opening
        } else {
            let changes = scene.changes(when, opening, scene.facts.len());
            changes.into_iter().find(|place| scene.holds(when, place + 1))?
        };
        return Some((DueAt::clock(scene.facts[place].at), true));
    }
    let count = Count { opening: Some(opening), upto: scene.facts.len(), known: scene.as_of };
    let at = run.window(&escalation.term, count, lean)?.due;
    scene.holds(when, scene.place_after(at.at).max(opening + 1)).then_some((at, at.end_of_day))
}

/// Whether something happened in time that makes it needless.
fn prevented(run: &Run<'_>, escalation: &Escalation, opening: usize, at: DueAt, lean: &Lean) -> bool {
    let scene = run.scene;
    let from = scene.place_at(scene.facts[opening].at);
    let happened = |name: u32| {
        let found = scene.all(name).filter(|place| *place >= from && *place != opening);
        let mut moments = found.map(|place| scene.facts[place].at);
        moments.any(|moment| at.met_by(moment))
    };
    let at_once = matches!(escalation.term, Term::None);
    if escalation.unless.iter().any(|name| happened(*name)) {
        return true;
    }
    if !at_once && escalation.must.is_some_and(happened) {
        return true;
    }
    if !at_once && scene.law.withdrawn().is_some_and(happened) {
        return true;
    }
    match &escalation.term {
        Term::Due(anchor) => match &anchor.start {
            Start::ClauseDue(keys) => fulfilled(run, keys, opening, at, lean),
            _ => false,
        },
        _ => false,
    }
}

/// Whether the obligation that a moment is counted from was fulfilled or ended before that moment. Also for rights.
pub(crate) fn fulfilled(run: &Run<'_>, keys: &[u64], opening: usize, at: DueAt, lean: &Lean) -> bool {
    let count = Count { opening: Some(opening), upto: run.scene.facts.len(), known: run.scene.as_of };
    let found = run.obligation_among(keys, count, lean);
    found.is_some_and(|one| {
        let over = matches!(one.state, State::Met | State::MetLate | State::Waived | State::NotApplicable);
        over && one.ended.is_some_and(|ended| at.met_by(ended))
    })
}

/// The obligation of the one who has to report.
fn answer(run: &Run<'_>, plan: &Plan, escalation: &Escalation, told: &LeanEscalation, round: u32, lean: &mut Lean) {
    let Some(must) = escalation.must else { return };
    let scene = run.scene;
    let from = scene.place_at(told.at);
    let done = scene.all_from(must, from).find(|place| scene.counts(plan, *place));
    let withdrawn = scene.law.withdrawn().and_then(|name| scene.first_from(name, from));
    let (state, by) = match (done, withdrawn) {
        (Some(done), Some(withdrawn)) if withdrawn < done => (State::NotApplicable, Some(withdrawn)),
        (Some(done), _) => (State::Met, Some(done)),
        (None, Some(withdrawn)) => (State::NotApplicable, Some(withdrawn)),
        (None, None) => (State::Open, None),
    };
    lean.obligations.push(LeanObligation {
        version: told.version,
        rule: told.rule,
        fact: told.fact,
        round,
        opened: told.at,
        not_before: None,
        due: None,
        end_of_day: false,
        soft: escalation.soft,
        state,
        ended: by.map(|place| scene.facts[place].at),
        ended_by: by.map(|place| place as u32),
    });
}
