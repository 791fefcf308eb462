//! The same facts under two laws (推演): what was kept, late and open by rule, the figures, and which cases differ.
//!
//! Streams: one subject after the other goes through; only sums and a sample of the differences are kept.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Moment;
use jiff::civil::Date;

use crate::answer::{ClauseRef, Figure, State};
use crate::compile::plan::{Word, Work};
use crate::derive::lean::{Lean, LeanObligation};
use crate::fact::Fact;
use crate::figure::Sums;
use crate::law::{Interned, Law};

/// What became of the obligations of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// 按时.
    pub met: u64,
    /// 逾期, soft reminders apart.
    pub late: u64,
    /// 软提醒: a soft limit passed.
    pub reminded: u64,
    /// 未到期.
    pub open: u64,
    /// 超时.
    pub overdue: u64,
    /// 未办.
    pub missed: u64,
    /// 免办 and 不适用.
    pub fell_away: u64,
    /// Escalations that fired.
    pub told: u64,
    /// Asked only by the second law.
    pub new_work: u64,
}

impl Kept {
    fn add(&mut self, state: State, soft: bool) {
        *match state {
            State::Met => &mut self.met,
            State::MetLate | State::Overdue if soft => &mut self.reminded,
            State::MetLate => &mut self.late,
            State::Open => &mut self.open,
            State::Overdue => &mut self.overdue,
            State::Missed => &mut self.missed,
            State::Waived | State::NotApplicable => &mut self.fell_away,
        } += 1;
    }

    /// All obligations.
    pub fn all(&self) -> u64 {
        self.met + self.late + self.reminded + self.open + self.overdue + self.missed + self.fell_away + self.new_work
    }
}

/// An obligation under one law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Due moment.
    pub due: Option<Moment>,
    /// Due is 24:00 of a date.
    pub end_of_day: bool,
    /// State.
    pub state: State,
    /// An alarm only.
    pub soft: bool,
}

/// A case that came out otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// Subject.
    pub subject: String,
    /// The clause.
    pub clause: ClauseRef,
    /// The opening fact.
    pub opened: Moment,
    /// Under the first law; none: nothing was owed.
    pub before: Option<Owed>,
    /// Under the second law.
    pub after: Option<Owed>,
}

/// What a replay found. Of each pair the first is the first law's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Subjects and facts that went through.
    pub subjects: u64,
    /// Facts.
    pub facts: u64,
    /// By clause.
    pub kept: BTreeMap<ClauseRef, (Kept, Kept)>,
    /// By clause and period: the rates.
    pub figures: BTreeMap<(ClauseRef, String), (Option<Figure>, Option<Figure>)>,
    /// Obligations that only the second law knows: work that nobody was asked to do, by post and hour of the day. They are
    /// counted here and never as kept or broken.
    pub new_work: BTreeMap<(String, u8), u64>,
    /// Obligations that differ.
    pub differing: u64,
    /// The first of them.
    pub samples: Vec<Differs>,
}

/// Replays these subjects under two laws: `Replay` in one call. Duties are those of the periods from `from` to `to`.
pub fn replay<'f>(
    before: &Law,
    after: &Law,
    subjects: impl IntoIterator<Item = (&'f str, &'f [Fact])>,
    (from, to): (Date, Date),
    as_of: Moment,
    keep: usize,
) -> Outcomes {
    let mut replay = Replay::new(before, after, as_of, keep);
    for (subject, facts) in subjects {
        replay.subject(subject, facts);
    }
    replay.finish(from, to)
}

/// Two laws at work on the same facts. For one law give it twice.
#[derive(Debug)]
pub struct Replay<'a> {
    before: Side<'a>,
    after: Side<'a>,
    as_of: Moment,
    keep: usize,
    found: Outcomes,
}

/// One law with what it has found.
#[derive(Debug)]
struct Side<'a> {
    law: &'a Law,
    /// The post of each clause that names one.
    bearers: BTreeMap<ClauseRef, String>,
    /// Facts that duties name, kept for the end.
    of_duties: BTreeSet<Word>,
    site_facts: Vec<Fact>,
    sums: BTreeMap<(ClauseRef, String), Sums>,
    interned: Vec<Interned>,
    lean: Lean,
}

/// An obligation's clause, opening fact and place among rules of one id.
type Key = (ClauseRef, i64, u32);

impl<'a> Replay<'a> {
    /// A replay that looks at `as_of` and keeps the first `keep` differences.
    pub fn new(before: &'a Law, after: &'a Law, as_of: Moment, keep: usize) -> Replay<'a> {
        let (before, after) = (Side::new(before), Side::new(after));
        Replay { before, after, as_of, keep, found: Outcomes::default() }
    }

    /// One subject with all its facts.
    pub fn subject(&mut self, subject: &str, facts: &[Fact]) {
        self.found.subjects += 1;
        self.found.facts += facts.len() as u64;
        let before = self
            .before
            .look(facts, self.as_of, &mut |clause, told| self.found.kept.entry(clause).or_default().0.told += told);
        let after = self
            .after
            .look(facts, self.as_of, &mut |clause, told| self.found.kept.entry(clause).or_default().1.told += told);
        let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
        for key in keys {
            let (was, is) = (before.get(key), after.get(key));
            let kept = self.found.kept.entry(key.0.clone()).or_default();
            if let Some((owed, _)) = was {
                kept.0.add(owed.state, owed.soft);
            }
            match (was, is) {
                (Some(_), Some((owed, _))) => kept.1.add(owed.state, owed.soft),
                // What was never asked for could not be done: it is new work.
                (None, Some((_, opened))) => {
                    let (post, hour) = self.after.asks(&key.0, *opened);
                    *self.found.new_work.entry((post, hour)).or_default() += 1;
                    kept.1.new_work += 1;
                }
                _ => {}
            }
            if was.map(|(owed, _)| owed) == is.map(|(owed, _)| owed) {
                continue;
            }
            self.found.differing += 1;
            if self.found.samples.len() < self.keep {
                let opened = was.or(is).map_or(Moment(0), |(_, opened)| *opened);
                let (clause, _, _) = key.clone();
                let (before, after) = (was.map(|(owed, _)| *owed), is.map(|(owed, _)| *owed));
                self.found.samples.push(Differs { subject: subject.to_owned(), clause, opened, before, after });
            }
        }
    }

    /// Everything, with the duties of the periods from `from` to `to` (both included).
    pub fn finish(mut self, from: Date, to: Date) -> Outcomes {
        let duties = |side: &Side<'_>| side.law.duties(from, to, &side.site_facts, self.as_of);
        let (owed, asked) = (duties(&self.before), duties(&self.after));
        let known: BTreeSet<(&ClauseRef, &str)> = owed.iter().map(|duty| (&duty.clause, duty.id.as_str())).collect();
        for duty in &owed {
            self.found.kept.entry(duty.clause.clone()).or_default().0.add(duty.state, duty.soft);
        }
        for duty in &asked {
            let kept = self.found.kept.entry(duty.clause.clone()).or_default();
            if known.contains(&(&duty.clause, duty.id.as_str())) {
                kept.1.add(duty.state, duty.soft);
            } else {
                let hour = self.after.hour(duty.due.unwrap_or(duty.opened));
                *self.found.new_work.entry((duty.bearer.clone(), hour)).or_default() += 1;
                kept.1.new_work += 1;
            }
        }
        for (second, side) in [(false, &self.before), (true, &self.after)] {
            for ((clause, period), sums) in &side.sums {
                let figure = side.law.figure_of(clause, period, sums, self.as_of);
                let pair = self.found.figures.entry((clause.clone(), period.clone())).or_default();
                *(if second { &mut pair.1 } else { &mut pair.0 }) = Some(figure);
            }
        }
        self.found
    }
}

/// Adds to the escalations of a clause.
type Count<'c> = dyn FnMut(ClauseRef, u64) + 'c;

impl<'a> Side<'a> {
    fn new(law: &'a Law) -> Side<'a> {
        let works = law.versions.iter().flat_map(|version| version.plans.iter().map(|plan| &plan.work));
        let named = works.filter_map(|work| match work {
            Work::Duty(duty) => Some(duty.of.into_iter().chain(std::iter::once(duty.must))),
            _ => None,
        });
        let of_duties = named.flatten().collect();
        let plans = law.versions.iter().flat_map(|version| &version.plans);
        let bearer = |plan: &crate::compile::plan::Plan| Some((plan.clause.clone(), law.post_id(plan.who?)));
        let bearers = plans.filter_map(bearer).collect();
        let (site_facts, interned, lean) = (Vec::new(), Vec::new(), Lean::default());
        Side { law, bearers, of_duties, site_facts, sums: BTreeMap::new(), interned, lean }
    }

    /// The hour of the day of a moment.
    fn hour(&self, at: Moment) -> u8 {
        let zone = self.law.versions.last().map(|version| &version.zone);
        zone.map_or(0, |zone| u8::try_from(zone.civil(at).hour()).unwrap_or(0))
    }

    /// The post that a clause asks, and the hour at which it begins to.
    fn asks(&self, clause: &ClauseRef, opened: Moment) -> (String, u8) {
        (self.bearers.get(clause).cloned().unwrap_or_default(), self.hour(opened))
    }

    fn look(&mut self, facts: &[Fact], as_of: Moment, count: &mut Count<'_>) -> BTreeMap<Key, (Owed, Moment)> {
        self.interned.clear();
        for fact in facts {
            let interned = self.law.intern(fact);
            if self.of_duties.contains(&interned.name) {
                self.site_facts.push(fact.clone());
            }
            self.interned.push(interned);
        }
        self.law.derive_lean(&mut self.interned, as_of, &mut self.lean);
        let mut owed = BTreeMap::new();
        let plan = |version: u32, rule: u32| &self.law.versions[version as usize].plans[rule as usize];
        for one in &self.lean.obligations {
            let plan = plan(one.version, one.rule);
            let key = (plan.clause.clone(), self.interned[one.fact as usize].seq, plan.ordinal);
            owed.insert(key, (Owed::of(one), one.opened));
        }
        for one in self.lean.escalations.iter().filter(|one| one.fired) {
            count(plan(one.version, one.rule).clause.clone(), 1);
        }
        for row in &self.lean.members {
            let plan = plan(row.version, row.rule);
            if matches!(plan.work, Work::Rate(_)) {
                let sums = self.sums.entry((plan.clause.clone(), row.per.key(row.first))).or_default();
                sums.add(row.in_base, row.exempt, row.weight, row.counted, row.in_time, row.final_at);
            }
        }
        owed
    }
}

impl Owed {
    fn of(one: &LeanObligation) -> Owed {
        Owed { due: one.due, end_of_day: one.end_of_day, state: one.state, soft: one.soft }
    }
}
