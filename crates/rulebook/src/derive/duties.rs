//! Periodic duties at work (周期性职责): what the site owes in each period.

use calendar::{DueAt, Instance, Moment};
use jiff::civil::Date;

use super::Run;
use super::full::id_of;
use super::scene::Scene;
use crate::answer::{Obligation, State};
use crate::compile::plan::{Duty, Plan, Work};
use crate::compile::value;
use crate::fact::Fact;
use crate::law::{Interned, Law};

/// The subject of what a site owes as such.
pub const SITE: &str = "site";

impl Law {
    /// The periodic duties of every period that has a day from `from` to `to` (both included), in order of due
    /// moment. The facts are those of the whole site that duties name, of any subject. A period follows the law of
    /// its first moment, and is owed when its book is adopted then. `round` is 1; the id is made from the period's
    /// key.
    pub fn duties(&self, from: Date, to: Date, site_facts: &[Fact], as_of: Moment) -> Vec<Obligation> {
        let mut sorted: Vec<&Fact> = site_facts.iter().collect();
        sorted.sort_by_key(|fact| (fact.at, fact.seq));
        let interned: Vec<Interned> = sorted.iter().map(|fact| self.intern(fact)).collect();
        let scene = Scene::new(self, &interned, as_of);
        let mut owed = Vec::new();
        for (number, version) in self.versions.iter().enumerate() {
            let run = Run { scene: &scene, version, number: number as u32 };
            for place in &version.duties {
                let plan = &version.plans[*place];
                if let Work::Duty(duty) = &plan.work {
                    let calendar = version.calendar.as_known_at(as_of);
                    for instance in duty.every.instances(&calendar, &version.zone, from, to, duty.on_rest_day) {
                        owed.extend(obligation(&run, plan, duty, &instance));
                    }
                }
            }
        }
        owed.sort_by(|a, b| (a.due, &a.clause, &a.id).cmp(&(b.due, &b.clause, &b.id)));
        owed
    }
}

/// The obligation of one period; none when nothing is owed in it.
fn obligation(run: &Run<'_>, plan: &Plan, duty: &Duty, instance: &Instance) -> Option<Obligation> {
    let scene = run.scene;
    let opens = instance.opens;
    if !run.version.stretch.holds(opens) || !plan.holds_at(opens) {
        return None;
    }
    let zone = &run.version.zone;
    let in_period = |at: Moment| (instance.first..=instance.last).contains(&zone.date(at)) && at >= opens;
    if let Some(of) = duty.of
        && !scene.all(of).any(|place| in_period(scene.facts[place].at))
    {
        return None;
    }
    let needed = usize::try_from(duty.at_least.max(1)).unwrap_or(usize::MAX);
    let mut acts = scene.all(duty.must).filter(|act| scene.counts(plan, *act) && pairs(run, duty, instance, *act));
    let done = acts.nth(needed - 1);
    // Whether it is owed at all is read when it is done, else at its due moment, else now.
    let due = instance.due_at();
    let upto = done.unwrap_or_else(|| scene.place_at(due.at));
    if !scene.holds(&duty.when, upto) {
        return None;
    }
    let (state, ended) = match done {
        Some(act) if due.met_by(scene.facts[act].at) => (State::Met, Some(scene.facts[act].at)),
        Some(act) => (State::MetLate, Some(scene.facts[act].at)),
        None if due.passed(scene.as_of) => (State::Overdue, None),
        None => (State::Open, None),
    };
    let law = scene.law;
    Some(Obligation {
        id: id_of(plan, SITE, &instance.period_key, "duty"),
        clause: plan.clause.clone(),
        subject: SITE.to_owned(),
        round: 1,
        must: vec![law.fact_id(duty.must)],
        must_all: false,
        bearer: plan.who.map(|who| law.post_id(who)).unwrap_or_default(),
        opened: opens,
        not_before: None,
        due: Some(due.at),
        end_of_day: due.end_of_day,
        soft: duty.soft,
        state,
        ended,
    })
}

/// Whether an act belongs to a period: by the date that it names, else by its moment, which must lie in the same period
/// of the calendar as the due moment (a report due at the end of the next month is made in that month).
fn pairs(run: &Run<'_>, duty: &Duty, instance: &Instance, act: usize) -> bool {
    let scene = run.scene;
    let zone = &run.version.zone;
    if let Some(attribute) = duty.period_attribute {
        let own = scene.facts[act].attributes.iter().find(|(name, _)| *name == attribute);
        if let Some(date) = own.and_then(|(_, read)| value::date(*read)) {
            return (instance.first..=instance.last).contains(&date);
        }
    }
    let at = scene.facts[act].at;
    if let calendar::DueIn::Hours(_) = duty.every.due {
        return instance.opens <= at && DueAt { at: instance.due, end_of_day: true }.met_by(at);
    }
    let (first, last) = duty.every.period.bounds(duty.every.due_day(instance.first));
    (first..=last).contains(&zone.date(at))
}
