//! Periodic duties at work (周期性职责): what the site owes in each period.

use calendar::{DueAt, Instance, Moment, OnRestDay};
use jiff::Span;
use jiff::civil::Date;

use super::Run;
use super::full::id_of;
use super::scene::Scene;
use crate::answer::{ClauseRef, Obligation, State};
use crate::compile::plan::{Covering, Duty, Plan, Word, Work};
use crate::compile::value;
use crate::fact::Fact;
use crate::law::{Interned, Law};

/// One whole in parts per hundred thousand.
const WHOLE: i128 = 100_000;

/// The subject of what a site owes as such.
pub const SITE: &str = "site";

/// A period of a duty, and what is owed in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyPeriod {
    /// What is owed.
    pub obligation: Obligation,
    /// Key of the period: `2026-11`, `2026-Q4`, `2026-11-22`.
    pub key: String,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The attribute in which an act names its period, when it has to; else the moment decides.
    pub named_by: Option<String>,
    /// The attributes from when until when somebody is there, for a duty to cover a period.
    pub covered_by: Option<(String, String)>,
    /// How many acts fulfil it.
    pub at_least: u32,
}

impl Law {
    /// Whether any duty recurs under this law.
    pub fn has_duties(&self) -> bool {
        self.versions.iter().any(|version| !version.duties.is_empty())
    }

    /// The periodic duties of every period that has a day from `from` to `to` (both included), in order of due
    /// moment. The facts are those of the whole site that duties name, of any subject. A period follows the law of
    /// its first moment, and is owed when its book is adopted then. `round` is 1; the id is made from the period's
    /// key.
    pub fn duties(&self, from: Date, to: Date, site_facts: &[Fact], as_of: Moment) -> Vec<Obligation> {
        self.duty_periods(from, to, site_facts, as_of).into_iter().map(|it| it.obligation).collect()
    }

    /// The same, each with its period and what an act has to say to fulfil it.
    pub fn duty_periods(&self, from: Date, to: Date, site_facts: &[Fact], as_of: Moment) -> Vec<DutyPeriod> {
        let mut owed = Vec::new();
        self.each_period(from, to, site_facts, as_of, |run, plan, duty, instance| {
            let Some(obligation) = obligation(run, plan, duty, instance) else { return };
            let attribute = |place: Word| self.attribute_id(place);
            owed.push(DutyPeriod {
                obligation,
                key: instance.period_key.clone(),
                first: instance.first,
                last: instance.last,
                named_by: duty.period_attribute.map(attribute),
                covered_by: duty.covering.map(|covering| (attribute(covering.from), attribute(covering.to))),
                at_least: u32::try_from(duty.at_least.max(1)).unwrap_or(u32::MAX),
            });
        });
        let order = |it: &DutyPeriod| (it.obligation.due, it.obligation.clause.clone(), it.obligation.id.clone());
        owed.sort_by_cached_key(order);
        owed
    }

    /// Every period of every duty from `from` to `to`.
    fn each_period(
        &self,
        from: Date,
        to: Date,
        site_facts: &[Fact],
        as_of: Moment,
        mut give: impl FnMut(&Run<'_>, &Plan, &Duty, &Instance),
    ) {
        let mut sorted: Vec<&Fact> = site_facts.iter().collect();
        sorted.sort_by_key(|fact| (fact.at, fact.seq));
        let interned: Vec<Interned> = sorted.iter().map(|fact| self.intern(fact)).collect();
        let scene = Scene::new(self, &interned, as_of);
        for (number, version) in self.versions.iter().enumerate() {
            let run = Run { scene: &scene, version, number: number as u32 };
            for place in &version.duties {
                let plan = &version.plans[*place];
                if let Work::Duty(duty) = &plan.work {
                    let calendar = version.calendar.as_known_at(as_of);
                    for instance in duty.every.instances(&calendar, &version.zone, from, to, duty.on_rest_day) {
                        give(&run, plan, duty, &instance);
                    }
                }
            }
        }
    }
}

/// A stretch of a period that a covering duty leaves without anybody (空岗).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncovered {
    /// The clause.
    pub clause: ClauseRef,
    /// From.
    pub from: Moment,
    /// Until.
    pub to: Moment,
}

impl Law {
    /// The stretches from `from` to `to` (both included) that duties with `covering` leave without anybody, in order.
    /// The facts are those that `duties` takes.
    pub fn uncovered(&self, from: Date, to: Date, site_facts: &[Fact], as_of: Moment) -> Vec<Uncovered> {
        let mut found = Vec::new();
        self.each_period(from, to, site_facts, as_of, |run, plan, duty, instance| {
            let Some(covering) = duty.covering.filter(|covering| covering.at_least.is_none()) else { return };
            if obligation(run, plan, duty, instance).is_none() {
                return;
            }
            let mut open = asked(run, covering, instance);
            for act in run.scene.all(duty.must).filter(|act| run.scene.counts(plan, *act)) {
                take_away(&mut open, stretch(run.scene, covering, act));
            }
            found.extend(open.into_iter().map(|(from, to)| Uncovered { clause: plan.clause.clone(), from, to }));
        });
        found.sort_by(|a, b| (a.from, &a.clause).cmp(&(b.from, &b.clause)));
        found
    }
}

/// The obligation of one period; none when nothing is owed in it.
fn obligation(run: &Run<'_>, plan: &Plan, duty: &Duty, instance: &Instance) -> Option<Obligation> {
    let scene = run.scene;
    let opens = instance.opens;
    if !run.version.stretch.holds(opens) || !plan.holds_at(opens) {
        return None;
    }
    if !run.version.on(duty.on, opens, scene.as_of) {
        return None;
    }
    let zone = &run.version.zone;
    let in_period = |at: Moment| (instance.first..=instance.last).contains(&zone.date(at)) && at >= opens;
    if let Some(of) = duty.of
        && !scene.all(of).any(|place| in_period(scene.facts[place].at))
    {
        return None;
    }
    let done = match duty.covering {
        Some(covering) => closed_by(run, plan, duty, covering, instance)?,
        None => {
            let needed = usize::try_from(duty.at_least.max(1)).unwrap_or(usize::MAX);
            let counted = |act: &usize| scene.counts(plan, *act) && pairs(run, duty, instance, *act);
            scene.all(duty.must).filter(counted).nth(needed - 1)
        }
    };
    // Whether it is owed at all is read when it is done, else at its due moment, else now.
    let due = instance.due_at();
    let upto = done.unwrap_or_else(|| scene.place_at(due.at));
    if !scene.holds(&duty.when, upto) {
        return None;
    }
    Some(told(run, plan, duty, instance, done))
}

/// The obligation as it stands when `done` fulfilled it, or when nothing has.
fn told(run: &Run<'_>, plan: &Plan, duty: &Duty, instance: &Instance, done: Option<usize>) -> Obligation {
    let scene = run.scene;
    let due = instance.due_at();
    let (state, ended) = match done {
        Some(act) if due.met_by(scene.facts[act].at) => (State::Met, Some(scene.facts[act].at)),
        Some(act) => (State::MetLate, Some(scene.facts[act].at)),
        None if waived(run, duty, due) => (State::Waived, None),
        None if due.passed(scene.as_of) => (State::Overdue, None),
        None => (State::Open, None),
    };
    let law = scene.law;
    Obligation {
        id: id_of(plan, SITE, &instance.period_key, "duty"),
        clause: plan.clause.clone(),
        subject: SITE.to_owned(),
        round: 1,
        must: vec![law.fact_id(duty.must)],
        must_all: false,
        bearer: plan.who.map(|who| law.post_id(who)).unwrap_or_default(),
        opened: instance.opens,
        not_before: None,
        due: Some(due.at),
        end_of_day: due.end_of_day,
        soft: duty.soft,
        state,
        ended,
        yields_to: preferred(run, plan, duty),
    }
}

/// The act that closes the last gap of a period that must be covered, if one does; the outer none is a period in which
/// nobody is needed.
fn closed_by(
    run: &Run<'_>,
    plan: &Plan,
    duty: &Duty,
    covering: Covering,
    instance: &Instance,
) -> Option<Option<usize>> {
    let scene = run.scene;
    let mut acts = scene.all(duty.must).filter(|act| scene.counts(plan, *act));
    if let Some(share) = covering.at_least {
        let whole = working_day(run, instance)?;
        let mut open = asked(run, covering, instance);
        let all = length(&open);
        return Some(acts.find(|act| {
            take_away(&mut open, stretch(scene, covering, *act));
            i128::from(all - length(&open)) * WHOLE >= i128::from(whole) * i128::from(share)
        }));
    }
    let mut open = asked(run, covering, instance);
    if open.is_empty() {
        return None;
    }
    Some(acts.find(|act| {
        take_away(&mut open, stretch(scene, covering, *act));
        open.is_empty()
    }))
}

/// The length of the hours of service of the first working day from the beginning of a period, in microseconds; none
/// when it has none, or no working day comes within a month.
fn working_day(run: &Run<'_>, instance: &Instance) -> Option<i64> {
    let calendar = run.calendar(run.scene.as_of);
    let dates = instance.first.series(Span::new().days(1)).take(31);
    let day = dates.into_iter().find(|date| calendar.is_workday(*date))?;
    let whole = length(&run.version.hours.stretches(&calendar, &run.version.zone, day));
    (whole > 0).then_some(whole)
}

/// The length of stretches, in microseconds.
fn length(stretches: &[(Moment, Moment)]) -> i64 {
    stretches.iter().map(|(from, to)| to.0 - from.0).sum()
}

/// The stretches of a period in which somebody is needed.
fn asked(run: &Run<'_>, covering: Covering, instance: &Instance) -> Vec<(Moment, Moment)> {
    let zone = &run.version.zone;
    if !covering.service_hours {
        return vec![(zone.start_of_day(instance.first), zone.end_of_day(instance.last))];
    }
    let calendar = run.calendar(run.scene.as_of);
    let dates = instance.first.series(Span::new().days(1)).take_while(|date| *date <= instance.last);
    dates.flat_map(|date| run.version.hours.stretches(&calendar, zone, date)).collect()
}

/// The stretch that an act tells; empty when it does not tell both ends.
fn stretch(scene: &Scene<'_>, covering: Covering, act: usize) -> (Moment, Moment) {
    let own = |attribute: Word| {
        let held = scene.facts[act].attributes.iter().find(|(name, _)| *name == attribute);
        held.map(|(_, read)| *read).filter(|read| *read != value::UNREADABLE).map(Moment)
    };
    match (own(covering.from), own(covering.to)) {
        (Some(from), Some(to)) => (from, to),
        _ => (Moment(0), Moment(0)),
    }
}

/// Takes a stretch out of others.
fn take_away(open: &mut Vec<(Moment, Moment)>, (from, to): (Moment, Moment)) {
    let parts = |(start, end): (Moment, Moment)| [(start, end.min(from)), (start.max(to), end)];
    if from < to {
        *open = open.iter().flat_map(|one| parts(*one)).filter(|(start, end)| start < end).collect();
    }
}

/// Whether the due day is a rest day on which nothing is owed.
fn waived(run: &Run<'_>, duty: &Duty, due: DueAt) -> bool {
    duty.on_rest_day == OnRestDay::Waived && !run.calendar(run.scene.as_of).is_workday(run.date(due))
}

/// The preferred clause whose duty is the same act, when it is owed at this time.
fn preferred(run: &Run<'_>, plan: &Plan, duty: &Duty) -> Option<ClauseRef> {
    let charter = &run.version.source.charter;
    let mut over = charter.preferences.iter().filter(|it| it.over == plan.clause).map(|it| &it.prefer);
    let same = |other: &Plan| matches!(&other.work, Work::Duty(other) if other.must == duty.must);
    let stands = |prefer: &&ClauseRef| {
        run.version.plans.iter().any(|other| other.clause == **prefer && other.holds_at(run.scene.as_of) && same(other))
    };
    over.find(stands).cloned()
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
