//! Rates at work (比率): one row for each member and period.

use calendar::{DueAt, Moment, Period};
use jiff::civil::Date;

use crate::compile::plan::{Plan, Rate, Term, Word};
use crate::compile::value::NO;
use crate::derive::Run;
use crate::derive::clock::Count;
use crate::derive::lean::{Lean, LeanMember};
use crate::model::{Base, Opens};

/// The rows of one subject: one for each fact that makes a member and each kind of period.
pub(crate) fn derive(run: &Run<'_>, rule: usize, plan: &Plan, rate: &Rate, lean: &mut Lean) {
    let scene = run.scene;
    let mut round = 0;
    for place in members(run, rate) {
        let at = scene.facts[place].at;
        if !plan.holds_at(at) {
            continue;
        }
        round += 1;
        if !scene.holds(&rate.when, scene.facts.len()) {
            continue;
        }
        for per in &rate.per {
            let member = Member { run, plan, rate, place };
            let Some((first, window)) = member.period(*per, lean) else { continue };
            if governed(run, plan, at, first) {
                let row = member.row(rule, round, *per, first, window);
                lean.members.push(row);
            }
        }
    }
}

/// Which of the facts make a member: each, the first, or each that is not replaced by a later one before `must` happened.
fn members<'a>(run: &'a Run<'_>, rate: &'a Rate) -> impl Iterator<Item = usize> + 'a {
    let scene = run.scene;
    let replaced = move |place: usize| {
        let next = scene.all(rate.of).find(|next| *next > place);
        next.is_some_and(|next| !scene.all(rate.must).any(|act| act > place && act < next))
    };
    let most = if rate.opens == Opens::First { 1 } else { usize::MAX };
    scene.all(rate.of).take(most).filter(move |place| rate.opens != Opens::Last || !replaced(*place))
}

/// Whether a period that begins on `first` has its members under this version: it follows the law of its first
/// moment, or of the moment from which the book is adopted when that is later.
pub(crate) fn governed(run: &Run<'_>, plan: &Plan, at: Moment, first: Date) -> bool {
    let Some(stretch) = plan.stretches.iter().find(|stretch| stretch.holds(at)) else { return false };
    run.version.stretch.holds(run.version.zone.start_of_day(first).max(stretch.from))
}

struct Member<'a> {
    run: &'a Run<'a>,
    plan: &'a Plan,
    rate: &'a Rate,
    place: usize,
}

impl Member<'_> {
    /// The first day of the period and the end of the window.
    fn period(&self, per: Period, lean: &Lean) -> Option<(Date, DueAt)> {
        let zone = &self.run.version.zone;
        let scene = self.run.scene;
        let count = Count { opening: Some(self.place), upto: scene.facts.len(), known: scene.as_of };
        let window = self.run.window(&self.rate.term, count, lean).map(|window| window.due);
        let finished = zone.date(scene.facts[self.place].at);
        let day = match self.rate.base {
            Base::FinishedInPeriod | Base::Participants => finished,
            Base::FinishedLastWeek => Period::Week.next(finished),
            Base::DueInPeriod => self.run.date(window?),
        };
        let (first, last) = per.bounds(day);
        let end = match &self.rate.term {
            Term::None => DueAt::end_of(zone, last),
            // What the window counts from is not there (yet): open until the period ends.
            _ => window.unwrap_or(DueAt::end_of(zone, last)),
        };
        Some((first, end))
    }

    fn row(&self, rule: usize, round: u32, per: Period, first: Date, window: DueAt) -> LeanMember {
        let scene = self.run.scene;
        let weight = match self.rate.size {
            // Acts carry the number that they reached under the same word, so it is the number at the start that
            // weighs.
            Some(size) => scene.value_with(size, self.place).filter(|n| *n >= 0).unwrap_or(0),
            None => 1,
        };
        let (in_time, last) = self.done(weight, |at| window.met_by(at));
        let (counted, last) = if self.rate.late_counts { self.done(weight, |_| true) } else { (in_time, last) };
        let exempt = self.exempt();
        let withdrawn = scene.law.withdrawn().and_then(|name| scene.first_from(name, self.place));
        let end = if window.end_of_day { window.at } else { window.at.plus_micros(1) };
        let settled = exempt || counted == weight;
        LeanMember {
            version: self.run.number,
            rule: rule as u32,
            fact: self.place as u32,
            round,
            per,
            first,
            weight,
            in_base: counted > 0 || withdrawn.is_none(),
            exempt,
            counted,
            in_time,
            final_at: Some(if settled { last.map_or(end, |last| last.min(end)) } else { end }),
        }
    }

    /// How much of the weight was done by acts that `when` accepts, and the moment of the last act looked at.
    fn done(&self, weight: i64, accepts: impl Fn(Moment) -> bool) -> (i64, Option<Moment>) {
        let scene = self.run.scene;
        let mut last = None;
        let others = self.rate.other_musts.iter().all(|name| {
            let act = scene.all(*name).find(|act| accepts(scene.facts[*act].at) && self.shows(*act));
            last = last.max(act.map(|act| scene.facts[act].at));
            act.is_some()
        });
        if !others {
            return (0, None);
        }
        let from = scene.place_at(scene.facts[self.place].at);
        let mut done = 0;
        for act in scene.all_from(self.rate.must, from).filter(|act| *act != self.place) {
            let at = scene.facts[act].at;
            if done < weight && accepts(at) && self.shows(act) {
                done += self.amount(act);
                last = last.max(Some(at));
            }
        }
        (done.min(weight), last)
    }

    /// How many participants an act reached: the number it carries, else one.
    fn amount(&self, act: usize) -> i64 {
        let Some(size) = self.rate.size else { return 1 };
        let own = self.run.scene.facts[act].attributes.iter().find(|(name, _)| *name == size);
        own.map_or(1, |(_, value)| (*value).max(0))
    }

    /// Whether an act shows what it must to count: performers, method, record.
    fn shows(&self, act: usize) -> bool {
        let scene = self.run.scene;
        let by = &scene.facts[act].by;
        // The record may be written after the act.
        let recorded = |field: &Word| scene.value(*field, scene.facts.len()).is_some();
        scene.counts(self.plan, act)
            && self.rate.by.iter().all(|hands| hands.among(by))
            && self.rate.methods.as_ref().is_none_or(|(attribute, allowed)| {
                scene.value_with(*attribute, act).is_some_and(|method| allowed.contains(&method))
            })
            && self.rate.record.iter().all(recorded)
    }

    fn exempt(&self) -> bool {
        let scene = self.run.scene;
        let there = |attribute: Word| scene.value(attribute, scene.facts.len()).is_some_and(|value| value != NO);
        self.rate.exempt.iter().any(|(word, proof)| there(*word) && proof.is_none_or(there))
    }
}
