//! The same facts under two laws (推演): what was kept, late and open by clause, the figures, and which cases come out otherwise,
//! each with both derivations.
//!
//! Streams: one subject after the other goes through; only sums and the first of the cases that differ are kept.

mod made_up;
mod replay;

use std::collections::BTreeMap;

use calendar::Moment;
use jiff::civil::Date;
use serde::Serialize;

use crate::answer::{ClauseRef, Figure, State, Step};
use crate::derive::lean::LeanObligation;
use crate::fact::Fact;
use crate::law::Law;

pub use made_up::{Asks, Lived, Made, MadeUp, PostLoad};
pub use replay::Replay;

/// What became of the obligations of a clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
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
    /// Asked by this law only and therefore not judged: under the second law new work, under the first what it would no
    /// longer ask for.
    pub alone: u64,
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

    fn take_in(&mut self, other: &Kept) {
        self.met += other.met;
        self.late += other.late;
        self.reminded += other.reminded;
        self.open += other.open;
        self.overdue += other.overdue;
        self.missed += other.missed;
        self.fell_away += other.fell_away;
        self.told += other.told;
        self.alone += other.alone;
    }

    /// All obligations.
    pub fn all(&self) -> u64 {
        self.met + self.late + self.reminded + self.open + self.overdue + self.missed + self.fell_away + self.alone
    }

    /// Done late or not at all, soft reminders apart.
    pub fn broken(&self) -> u64 {
        self.late + self.overdue + self.missed
    }
}

/// An obligation under one law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

impl Owed {
    fn of(one: &LeanObligation) -> Owed {
        Owed { due: one.due, end_of_day: one.end_of_day, state: one.state, soft: one.soft }
    }
}

/// An obligation that came out otherwise, with the derivation under each law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Differs {
    /// The clause.
    pub clause: ClauseRef,
    /// When it opened, under the first law that knows it.
    pub opened: Moment,
    /// Under the first law; none: nothing was owed.
    pub before: Option<Owed>,
    /// Under the second law.
    pub after: Option<Owed>,
    /// How the first law comes to it, step by step; also why it asks nothing.
    pub why_before: Vec<Step>,
    /// The same of the second.
    pub why_after: Vec<Step>,
}

impl Differs {
    /// Both laws ask for it and it comes out otherwise; else one of them does not ask.
    pub fn judged(&self) -> bool {
        self.before.is_some() && self.after.is_some()
    }
}

/// A case that came out otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Subject.
    pub subject: String,
    /// What differs, obligations of both laws first.
    pub differs: Vec<Differs>,
    /// How many more of its obligations differ.
    pub more: u64,
}

/// New work of one post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewWork {
    /// Post; empty when the clause names none.
    pub post: String,
    /// Obligations.
    pub all: u64,
    /// By the hour of the day at which they begin.
    pub hours: [u64; 24],
}

impl NewWork {
    /// The hour with the most of it.
    pub fn busiest(&self) -> (usize, u64) {
        let most = self.hours.iter().enumerate().max_by_key(|(hour, count)| (**count, std::cmp::Reverse(*hour)));
        most.map_or((0, 0), |(hour, count)| (hour, *count))
    }
}

/// In how many periods a rate reached its target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Attained {
    /// Periods in which it did.
    pub reached: u64,
    /// Periods with a verdict.
    pub periods: u64,
}

/// What a replay found. Of each pair the first is the first law's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Subjects that went through.
    pub subjects: u64,
    /// Facts that were looked at under the first law.
    pub facts: u64,
    /// Facts of the life under the second law, when each law had its own.
    pub facts_after: u64,
    /// By clause.
    pub kept: BTreeMap<ClauseRef, (Kept, Kept)>,
    /// By clause and period: the rates.
    pub figures: BTreeMap<(ClauseRef, String), (Option<Figure>, Option<Figure>)>,
    /// Obligations that only the second law knows, by post and hour of the day.
    pub new_work: BTreeMap<(String, u8), u64>,
    /// Obligations that differ.
    pub differing: u64,
    /// Cases with such an obligation.
    pub differing_cases: u64,
    /// The first of these cases; those in which something comes out otherwise under both laws before those in which only
    /// one of them asks.
    pub cases: Vec<Case>,
}

impl Outcomes {
    /// New work by post: who is asked for more, and when.
    pub fn work_of_posts(&self) -> Vec<NewWork> {
        let mut posts: BTreeMap<&str, NewWork> = BTreeMap::new();
        for ((post, hour), count) in &self.new_work {
            let empty = || NewWork { post: post.clone(), all: 0, hours: [0; 24] };
            let of_post = posts.entry(post).or_insert_with(empty);
            of_post.all += count;
            of_post.hours[usize::from(*hour).min(23)] += count;
        }
        posts.into_values().collect()
    }

    /// Rates: in how many periods each reached its target, under each law. Rates without a verdict are left out.
    pub fn attained(&self) -> BTreeMap<&ClauseRef, [Attained; 2]> {
        let mut rates: BTreeMap<&ClauseRef, [Attained; 2]> = BTreeMap::new();
        for ((clause, _), (was, is)) in &self.figures {
            for (slot, figure) in rates.entry(clause).or_default().iter_mut().zip([was, is]) {
                if let Some(reached) = figure.as_ref().and_then(|figure| figure.on_target) {
                    slot.reached += u64::from(reached);
                    slot.periods += 1;
                }
            }
        }
        rates.retain(|_, both| both.iter().any(|it| it.periods > 0));
        rates
    }
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
