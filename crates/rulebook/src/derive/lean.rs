//! What a derivation finds, in numbers (精简结果): for replays of millions of facts, and what full answers are made from.

use calendar::{DueAt, Moment, Period};
use jiff::civil::Date;

use crate::answer::State;

/// Obligations, escalations and members of one subject. Reused from subject to subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lean {
    /// What is and was owed.
    pub obligations: Vec<LeanObligation>,
    /// Who is told when.
    pub escalations: Vec<LeanEscalation>,
    /// Rows of populations.
    pub members: Vec<LeanMember>,
}

impl Lean {
    /// Forgets everything and keeps the space.
    pub fn clear(&mut self) {
        self.obligations.clear();
        self.escalations.clear();
        self.members.clear();
    }
}

/// An obligation. `version` and `rule` are places in the law, `fact` the place of the opening fact in the ordered
/// facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeanObligation {
    /// Version of the law.
    pub version: u32,
    /// Rule within it.
    pub rule: u32,
    /// Opening fact.
    pub fact: u32,
    /// 1 for the first opening of the rule.
    pub round: u32,
    /// When it opened.
    pub opened: Moment,
    /// First moment at which it may be done.
    pub not_before: Option<Moment>,
    /// Due moment.
    pub due: Option<Moment>,
    /// Due is 24:00 of a date.
    pub end_of_day: bool,
    /// Alarm only.
    pub soft: bool,
    /// State at the moment of looking.
    pub state: State,
    /// When it was fulfilled or ended.
    pub ended: Option<Moment>,
    /// The fact that fulfilled or ended it.
    pub ended_by: Option<u32>,
}

impl LeanObligation {
    /// The due moment.
    pub fn due_at(&self) -> Option<DueAt> {
        self.due.map(|at| DueAt { at, end_of_day: self.end_of_day })
    }
}

/// An escalation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeanEscalation {
    /// Version of the law.
    pub version: u32,
    /// Rule within it.
    pub rule: u32,
    /// Opening fact.
    pub fact: u32,
    /// Place of the post told.
    pub to: u32,
    /// When.
    pub at: Moment,
    /// `at` is 24:00 of a date, or the moment of a fact: it fires at it, not after it.
    pub fires_at_once: bool,
    /// It has fired.
    pub fired: bool,
    /// Alarm only.
    pub soft: bool,
    /// Told of a breach of the rule's own obligation (`alert`).
    pub alert: bool,
}

/// A row of a population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeanMember {
    /// Version of the law.
    pub version: u32,
    /// Rule within it.
    pub rule: u32,
    /// The fact that makes it a member.
    pub fact: u32,
    /// 1 for the first such fact of the subject.
    pub round: u32,
    /// Kind of period.
    pub per: Period,
    /// First day of the period.
    pub first: Date,
    /// Weight.
    pub weight: i64,
    /// In the base.
    pub in_base: bool,
    /// Exempt.
    pub exempt: bool,
    /// Counted, in units of weight.
    pub counted: i64,
    /// Counted in time.
    pub in_time: i64,
    /// From when the row is final.
    pub final_at: Option<Moment>,
}
