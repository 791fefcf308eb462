//! Deadlines at work (时限): from an opening fact to an act by a due moment.

use calendar::{DueAt, Moment};

use crate::answer::State;
use crate::compile::plan::{Anchor, Deadline, Plan, Start, Term, Word};
use crate::derive::Run;
use crate::derive::clock::{Count, Window};
use crate::derive::lean::{Lean, LeanEscalation, LeanObligation};
use crate::model::Opens;

/// What ends an obligation.
#[derive(Clone, Copy, Debug)]
struct End {
    place: usize,
    at: Moment,
    how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// Done; judged by the due moment.
    Done,
    /// Ended in this state.
    As(State),
}

/// The obligations of a deadline, one for each opening.
pub(crate) fn derive(
    run: &Run<'_>,
    rule: usize,
    plan: &Plan,
    deadline: &Deadline,
    openings: &[usize],
    lean: &mut Lean,
) {
    let one = One { run, rule, plan, deadline };
    for (index, opening) in openings.iter().enumerate() {
        let next = openings.get(index + 1).copied();
        if index > 0 && deadline.opens == Opens::First {
            break;
        }
        let replaced = next.filter(|_| deadline.opens == Opens::Last);
        one.open(*opening, index as u32 + 1, replaced, lean);
    }
}

struct One<'a> {
    run: &'a Run<'a>,
    rule: usize,
    plan: &'a Plan,
    deadline: &'a Deadline,
}

impl One<'_> {
    fn open(&self, opening: usize, round: u32, replaced: Option<usize>, lean: &mut Lean) {
        let scene = self.run.scene;
        let end = self.end(opening, lean);
        if replaced.is_some_and(|next| end.is_none_or(|end| next < end.place)) {
            return;
        }
        let mut upto = end.map_or(scene.facts.len(), |end| end.place).max(opening + 1);
        let mut fell_away = None;
        // The act itself may tell what was not known before; what was known it cannot change.
        let told_by_act = |end: End| {
            end.how == How::Done
                && self.deadline.when.iter().all(|cond| {
                    let unknown = scene.value(cond.attribute, upto).is_none();
                    scene.passes(cond, if unknown { end.place + 1 } else { upto })
                })
        };
        if !scene.holds(&self.deadline.when, upto) && !end.is_some_and(told_by_act) {
            let Some(place) = self.fell_away(opening, upto) else { return };
            fell_away = Some(place);
            upto = place;
        }
        if self.overridden(opening, lean) {
            return;
        }
        let known = end.map_or(scene.as_of, |end| end.at);
        let window = self.window(opening, upto, known, lean);
        let (state, ended, ended_by) = match (fell_away, end) {
            (Some(place), _) => (State::NotApplicable, Some(scene.facts[place].at), Some(place)),
            (None, Some(End { place, at, how: How::As(state) })) => (state, Some(at), Some(place)),
            (None, Some(End { place, at, how: How::Done })) => {
                let in_time = window.is_none_or(|window| window.due.met_by(at));
                (if in_time { State::Met } else { State::MetLate }, Some(at), Some(place))
            }
            (None, None) => {
                let passed = window.is_some_and(|window| window.due.passed(scene.as_of));
                (if passed { State::Overdue } else { State::Open }, None, None)
            }
        };
        let obligation = LeanObligation {
            version: self.run.number,
            rule: self.rule as u32,
            fact: opening as u32,
            round,
            opened: scene.facts[opening].at,
            not_before: window.and_then(|window| window.opens),
            due: window.map(|window| window.due.at),
            end_of_day: window.is_some_and(|window| window.due.end_of_day),
            soft: self.deadline.soft,
            state,
            ended,
            ended_by: ended_by.map(|place| place as u32),
        };
        self.alert(&obligation, lean);
        lean.obligations.push(obligation);
    }

    /// Who is told of a breach, and when: at the due moment, without one when it was missed.
    fn alert(&self, obligation: &LeanObligation, lean: &mut Lean) {
        let Some(to) = self.deadline.alert else { return };
        let at = match (obligation.state, obligation.due_at(), obligation.ended) {
            (State::Overdue | State::MetLate, Some(due), _) => due,
            (State::Missed, Some(due), Some(ended)) if due.passed(ended) => due,
            (State::Missed, _, Some(ended)) => DueAt::clock(ended),
            _ => return,
        };
        lean.escalations.push(LeanEscalation {
            version: self.run.number,
            rule: self.rule as u32,
            fact: obligation.fact,
            to,
            at: at.at,
            fires_at_once: at.end_of_day,
            fired: true,
            soft: self.deadline.soft,
            alert: true,
        });
    }

    /// Whether a rule that overrides this one holds for the same opening.
    fn overridden(&self, opening: usize, lean: &Lean) -> bool {
        let plans = &self.run.version.plans;
        !self.plan.overridden_by.is_empty()
            && lean.obligations.iter().any(|other| {
                other.fact as usize == opening
                    && other.version == self.run.number
                    && other.state != State::NotApplicable
                    && self.plan.overridden_by.contains(&plans[other.rule as usize].key)
            })
    }

    /// The place at which the condition, having held, stopped for good before `upto`; none when it never held.
    fn fell_away(&self, opening: usize, upto: usize) -> Option<usize> {
        let scene = self.run.scene;
        let when = &self.deadline.when;
        let mut held = scene.holds(when, opening + 1);
        let mut stopped = None;
        for place in scene.changes(when, opening, upto) {
            let holds = scene.holds(when, place + 1);
            if held && !holds {
                stopped = Some(place);
            }
            held = holds;
        }
        stopped
    }

    /// The window at the end, or now.
    fn window(&self, opening: usize, upto: usize, known: Moment, lean: &Lean) -> Option<Window> {
        let count = Count { opening: Some(opening), upto, known };
        let mut window = self.run.window(&self.deadline.term, count, lean)?;
        if self.deadline.pause.is_some() || self.deadline.moved_by.is_some() {
            window.due = moved(self.run, self.deadline, opening, count, window.due, &mut |_| {})?;
        }
        if let Some(anchor) = &self.deadline.not_before {
            window.opens = self.run.anchor(anchor, count, lean).map(|first| first.due.at);
        }
        Some(window)
    }

    fn end(&self, opening: usize, lean: &Lean) -> Option<End> {
        let done = self.done(opening, lean);
        let stop = self.stop(opening);
        let facts = self.run.scene.facts;
        match (done, stop) {
            // An act of the same moment as what would end it was still made.
            (Some(done), Some(stop)) if facts[done.place].at > facts[stop.place].at => Some(stop),
            (Some(done), _) => Some(done),
            (None, stop) => stop,
        }
    }

    /// The first fact after the opening that ends it otherwise.
    fn stop(&self, opening: usize) -> Option<End> {
        let scene = self.run.scene;
        let deadline = self.deadline;
        let mut first: Option<(usize, State)> = None;
        let mut look = |name: Word, state: State| {
            if let Some(place) = scene.first_from(name, opening + 1)
                && first.is_none_or(|(known, _)| place < known)
            {
                first = Some((place, state));
            }
        };
        for name in &deadline.ends_with {
            look(*name, State::NotApplicable);
        }
        for name in &deadline.waived_by {
            look(*name, State::Waived);
        }
        if let Some(name) = deadline.closing {
            look(name, State::Missed);
        }
        if deadline.withdrawn_ends
            && let Some(name) = scene.law.withdrawn()
        {
            look(name, State::NotApplicable);
        }
        first.map(|(place, state)| End { place, at: scene.facts[place].at, how: How::As(state) })
    }

    /// The act that fulfils it: the first, or the last of the first of each when all are needed.
    fn done(&self, opening: usize, lean: &Lean) -> Option<End> {
        let deadline = self.deadline;
        let mut found: Option<usize> = None;
        for name in &deadline.must {
            let place = self.first_act(*name, opening, lean);
            found = match (found, place, deadline.must_all) {
                (_, None, true) => return None,
                (None, place, _) => place,
                (Some(known), Some(place), true) => Some(known.max(place)),
                (Some(known), Some(place), false) => Some(known.min(place)),
                (known, None, false) => known,
            };
        }
        found.map(|place| End { place, at: self.judged(place), how: How::Done })
    }

    /// The moment by which an act is judged.
    fn judged(&self, place: usize) -> Moment {
        let fact = &self.run.scene.facts[place];
        if self.deadline.by_entry { fact.entered } else { fact.at }
    }

    fn first_act(&self, name: Word, opening: usize, lean: &Lean) -> Option<usize> {
        let scene = self.run.scene;
        let opened = &scene.facts[opening];
        let from = if opened.name == name { opening + 1 } else { scene.place_at(opened.at) };
        let mut acts = scene.all_from(name, from).filter(|place| *place != opening);
        acts.find(|place| self.accepts(opening, *place, lean))
    }

    /// Whether an act fulfils the obligation of an opening.
    fn accepts(&self, opening: usize, place: usize, lean: &Lean) -> bool {
        let scene = self.run.scene;
        if self.deadline.by_entry && scene.facts[place].entered > scene.as_of {
            return false;
        }
        let paired = self
            .deadline
            .same
            .iter()
            .all(|attribute| scene.value_with(*attribute, opening) == scene.value_with(*attribute, place));
        if !paired || !scene.counts(self.plan, place) {
            return false;
        }
        let middle_third = matches!(self.deadline.term, Term::Due(Anchor { start: Start::MiddleThird(..), .. }));
        if middle_third || self.deadline.not_before.is_some() {
            let at = scene.facts[place].at;
            let window = self.window(opening, place.max(opening + 1), at, lean);
            return window.and_then(|window| window.opens).is_none_or(|opens| opens <= at);
        }
        true
    }
}

/// Something that moved a due moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    /// When it happened.
    pub at: Moment,
    /// The pause, with its end when it has come; none is a move with approval.
    pub pause: Option<(Moment, Option<Moment>)>,
    /// The due moment after it; none while paused.
    pub due: Option<DueAt>,
}

/// What moved the due moment of an opening, in order.
pub(crate) fn changes(run: &Run<'_>, deadline: &Deadline, count: Count, lean: &Lean) -> Vec<Change> {
    let mut list = Vec::new();
    if let (Some(opening), Some(window)) = (count.opening, run.window(&deadline.term, count, lean)) {
        moved(run, deadline, opening, count, window.due, &mut |change| list.push(change));
    }
    list
}

/// The due moment after pauses and moves; none while a pause is open.
fn moved(
    run: &Run<'_>,
    deadline: &Deadline,
    opening: usize,
    count: Count,
    due: DueAt,
    see: &mut dyn FnMut(Change),
) -> Option<DueAt> {
    let facts = run.scene.facts;
    let mut due = due;
    if let (Some(pause), Term::Within(span)) = (deadline.pause, &deadline.term) {
        for (from, to) in run.pauses(pause, opening, count.upto) {
            if due.passed(from) {
                break;
            }
            let Some(end) = to else {
                see(Change { at: from, pause: Some((from, None)), due: None });
                return None;
            };
            due = match pause.restart {
                true => run.after(end, *span, count.known),
                false => run.later(due, *span, from.max(facts[opening].at), end, count.known),
            };
            see(Change { at: from, pause: Some((from, to)), due: Some(due) });
        }
    }
    if let Some((fact, attribute)) = deadline.moved_by {
        for place in run.scene.all(fact).filter(|place| *place > opening && *place < count.upto) {
            // A move approved after the due moment does not undo the breach.
            if due.passed(facts[place].at) {
                break;
            }
            if let Some(moved) = run.moment_of(attribute, place + 1) {
                due = moved;
                see(Change { at: facts[place].at, pause: None, due: Some(due) });
            }
        }
    }
    Some(due)
}
