//! Periodic duties at work (周期性职责): what the site owes in each period.

use std::collections::BTreeSet;

use calendar::{DueAt, Instance, Moment, OnRestDay, Period};
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

    /// What the periods of the duties of these clauses rest on: the facts that they name, and how many days a period can lie
    /// before its due day. None when no duty of these recurs under this law.
    pub fn duties_rest_on(&self, clauses: &dyn Fn(&ClauseRef) -> bool) -> Option<(BTreeSet<String>, i64)> {
        let (mut facts, mut days) = (BTreeSet::new(), 0);
        for version in &self.versions {
            for plan in version.duties.iter().map(|place| &version.plans[*place]) {
                let Work::Duty(duty) = &plan.work else { continue };
                if clauses(&plan.clause) {
                    facts.extend(duty.of.into_iter().chain([duty.must]).map(|fact| self.fact_id(fact)));
                    days = days.max(longest(duty.every.period));
                }
            }
        }
        (!facts.is_empty()).then_some((facts, days))
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
        self.owed_in(|_, _| Some((from, to)), site_facts, as_of)
    }

    /// The periods of the duties of some clauses that fall due from `from` to `to` (both included; 24:00 of a day is
    /// that day's).
    pub fn duty_periods_due(
        &self,
        clauses: &dyn Fn(&ClauseRef) -> bool,
        (from, to): (Date, Date),
        site_facts: &[Fact],
        as_of: Moment,
    ) -> Vec<DutyPeriod> {
        let days = |plan: &Plan, duty: &Duty| {
            let back = Span::new().days(longest(duty.every.period));
            clauses(&plan.clause).then(|| (from.saturating_sub(back), to))
        };
        let Some(zone) = self.versions.first().map(|version| &version.zone) else { return Vec::new() };
        let mut owed = self.owed_in(days, site_facts, as_of);
        owed.retain(|it| {
            let it = &it.obligation;
            it.due.is_some_and(|at| (from..=to).contains(&DueAt { at, end_of_day: it.end_of_day }.civil(zone).date))
        });
        owed
    }

    /// The periods with a day between those that `days` gives for a duty.
    fn owed_in(
        &self,
        days: impl Fn(&Plan, &Duty) -> Option<(Date, Date)>,
        site_facts: &[Fact],
        as_of: Moment,
    ) -> Vec<DutyPeriod> {
        let mut owed = Vec::new();
        self.each_period(days, site_facts, as_of, |run, plan, duty, acts, instance| {
            let Some((obligation, instance)) = settled(run, plan, duty, acts, instance) else { return };
            let attribute = |place: Word| self.attribute_id(place);
            owed.push(DutyPeriod {
                obligation,
                key: instance.period_key,
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

    /// Every period of every duty with a day between those that `days` gives for it.
    fn each_period(
        &self,
        days: impl Fn(&Plan, &Duty) -> Option<(Date, Date)>,
        site_facts: &[Fact],
        as_of: Moment,
        mut give: impl FnMut(&Run<'_>, &Plan, &Duty, &[Act], Instance),
    ) {
        let mut sorted: Vec<&Fact> = site_facts.iter().collect();
        sorted.sort_by_key(|fact| (fact.at, fact.seq));
        let interned: Vec<Interned> = sorted.iter().map(|fact| self.intern(fact)).collect();
        let scene = Scene::new(self, &interned, as_of);
        for (number, version) in self.versions.iter().enumerate() {
            let run = Run { scene: &scene, version, number: number as u32 };
            for place in &version.duties {
                let plan = &version.plans[*place];
                let Work::Duty(duty) = &plan.work else { continue };
                let Some((from, to)) = days(plan, duty) else { continue };
                let acts = acts(&run, plan, duty);
                let calendar = version.calendar.as_known_at(as_of);
                for instance in duty.every.instances(&calendar, &version.zone, from, to, duty.on_rest_day) {
                    give(&run, plan, duty, &acts, instance);
                }
            }
        }
    }
}

/// An act that counts for a duty: its place, and from when until when somebody is there by it.
type Act = (usize, (Moment, Moment));

/// The acts that count for a duty, in order.
fn acts(run: &Run<'_>, plan: &Plan, duty: &Duty) -> Vec<Act> {
    let scene = run.scene;
    let told = |act: usize| duty.covering.map_or((Moment(0), Moment(0)), |covering| stretch(scene, covering, act));
    scene.all(duty.must).filter(|act| scene.counts(plan, *act)).map(|act| (act, told(act))).collect()
}

/// Days from the first of a period to the last on which it may fall due, with room for rest days.
fn longest(period: Period) -> i64 {
    match period {
        Period::Day | Period::Workday => 40,
        Period::Week => 45,
        Period::Month => 100,
        Period::Quarter => 220,
        Period::Year => 770,
    }
}

/// What is owed in a period. One in which the duty was done keeps the calendar that was known then: a notice that comes
/// later moves neither its limit nor the verdict.
fn settled(
    run: &Run<'_>,
    plan: &Plan,
    duty: &Duty,
    acts: &[Act],
    instance: Instance,
) -> Option<(Obligation, Instance)> {
    let owed = obligation(run, plan, duty, acts, &instance)?;
    let Some(ended) = owed.ended else { return Some((owed, instance)) };
    let calendar = run.calendar(ended);
    let then = duty.every.instances(&calendar, &run.version.zone, instance.first, instance.last, duty.on_rest_day);
    match then.into_iter().find(|then| then.period_key == instance.period_key && *then != instance) {
        Some(then) => Some((obligation(run, plan, duty, acts, &then)?, then)),
        None => Some((owed, instance)),
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
        self.each_period(
            |_, _| Some((from, to)),
            site_facts,
            as_of,
            |run, plan, duty, acts, instance| {
                let Some(covering) = duty.covering.filter(|covering| covering.at_least.is_none()) else { return };
                if obligation(run, plan, duty, acts, &instance).is_none() {
                    return;
                }
                let mut open = asked(run, covering, &instance);
                for (_, there) in acts {
                    take_away(&mut open, *there);
                }
                found.extend(open.into_iter().map(|(from, to)| Uncovered { clause: plan.clause.clone(), from, to }));
            },
        );
        found.sort_by(|a, b| (a.from, &a.clause).cmp(&(b.from, &b.clause)));
        found
    }
}

/// The obligation of one period; none when nothing is owed in it.
fn obligation(run: &Run<'_>, plan: &Plan, duty: &Duty, acts: &[Act], instance: &Instance) -> Option<Obligation> {
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
        Some(covering) => closed_by(run, covering, acts, instance)?,
        None => {
            let needed = usize::try_from(duty.at_least.max(1)).unwrap_or(usize::MAX);
            acts.iter().map(|(act, _)| *act).filter(|act| pairs(run, duty, instance, *act)).nth(needed - 1)
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
fn closed_by(run: &Run<'_>, covering: Covering, acts: &[Act], instance: &Instance) -> Option<Option<usize>> {
    let zone = &run.version.zone;
    let (begins, ends) = (zone.start_of_day(instance.first), zone.end_of_day(instance.last));
    let mut there = acts.iter().filter(|(_, (from, to))| *from < ends && *to > begins);
    if let Some(share) = covering.at_least {
        let whole = working_day(run, instance)?;
        let mut open = asked(run, covering, instance);
        let all = length(&open);
        let closes = |(_, told): &&Act| {
            take_away(&mut open, *told);
            i128::from(all - length(&open)) * WHOLE >= i128::from(whole) * i128::from(share)
        };
        return Some(there.find(closes).map(|(act, _)| *act));
    }
    let mut open = asked(run, covering, instance);
    if open.is_empty() {
        return None;
    }
    let closes = |(_, told): &&Act| {
        take_away(&mut open, *told);
        open.is_empty()
    };
    Some(there.find(closes).map(|(act, _)| *act))
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
