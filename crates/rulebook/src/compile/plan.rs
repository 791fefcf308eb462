//! A rule as the engine runs it (编译后的规则): words are places in the vocabulary, settings are values.

mod works;

use calendar::{Moment, On, Span};
use jiff::civil::{Time, Weekday};

use crate::answer::ClauseRef;
use crate::compile::value::Value;
use crate::model::{ByOther, Comparison};

pub use works::*;

/// Place of a fact, attribute, post or form in its list of the vocabulary.
pub type Word = u32;
/// A word that the vocabulary does not know.
pub const UNKNOWN: Word = u32::MAX;

/// A stretch of time, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First moment.
    pub from: Moment,
    /// First moment after it.
    pub until: Moment,
}

impl Stretch {
    /// Every moment.
    pub const ALWAYS: Stretch = Stretch { from: Moment(i64::MIN), until: Moment(i64::MAX) };

    /// Whether `at` lies in it.
    pub fn holds(self, at: Moment) -> bool {
        self.from <= at && at < self.until
    }

    /// What lies in both; none when nothing does.
    pub fn common(self, other: Stretch) -> Option<Stretch> {
        let both = Stretch { from: self.from.max(other.from), until: self.until.min(other.until) };
        (both.from < both.until).then_some(both)
    }
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The clause.
    pub clause: ClauseRef,
    /// Own words.
    pub summary: String,
    /// 0 for the first rule of its book with this id, 1 for the second.
    pub ordinal: u32,
    /// Same for every rule with this book and id.
    pub key: u64,
    /// Same for every rule of the book.
    pub book_key: u64,
    /// Book, clause and rule in the source.
    pub place: (usize, usize, usize),
    /// When facts open obligations under it.
    pub stretches: Vec<Stretch>,
    /// Who bears it, the site's binding applied.
    pub who: Option<Word>,
    /// Posts whose act is an act of `who`.
    pub hands: Vec<Word>,
    /// What an act by another is worth.
    pub by_other: ByOther,
    /// Kinds of subject that it is about, one bit each; none set: every kind.
    pub domain: u64,
    /// Keys of rules that take its place when both hold for one opening.
    pub overridden_by: Vec<u64>,
    /// What it does.
    pub work: Work,
}

impl Plan {
    /// Whether a fact at this moment falls under it.
    pub fn holds_at(&self, at: Moment) -> bool {
        self.stretches.iter().any(|stretch| stretch.holds(at))
    }
}

/// What a rule does.
#[derive(Clone, Debug)]
pub enum Work {
    /// Carried by the product, or switched off by a setting.
    Nothing,
    /// Deadline.
    Deadline(Deadline),
    /// Periodic duty.
    Duty(Duty),
    /// Rate.
    Rate(Rate),
    /// Count.
    Count(Count),
    /// Route.
    Route(Route),
    /// Escalation.
    Escalation(Escalation),
    /// Classification.
    Classify(Classify),
    /// Right.
    Right(Right),
    /// Block.
    Block(Block),
    /// Signatures.
    Sign(Sign),
    /// Form or record: fields that an act needs.
    Fields(Fields),
    /// Roster.
    Roster(Roster),
    /// Retention.
    Retention(Retention),
    /// Formula.
    Formula(Formula),
}

/// One test of one attribute.
#[derive(Clone, Debug)]
pub struct Cond {
    /// The attribute.
    pub attribute: Word,
    /// The test.
    pub test: Test,
}

/// A test.
#[derive(Clone, Debug)]
pub enum Test {
    /// Has one of these values.
    OneOf(Vec<Value>),
    /// Has none of these values, or no value.
    NotOneOf(Vec<Value>),
    /// Has a value.
    Present,
    /// Has none.
    Absent,
    /// Compares so with a number.
    Compare(Comparison, i64),
}

/// Fact or attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A fact.
    Fact(Word),
    /// An attribute.
    Attribute(Word),
}

/// Where an anchor starts.
#[derive(Clone, Debug)]
pub enum Start {
    /// The opening fact.
    Opening,
    /// A fact of the subject.
    Fact(Word),
    /// An attribute with a date or moment.
    Attribute(Word),
    /// Due moments of rules, by key, tried in order.
    ClauseDue(Vec<u64>),
    /// The latest of these.
    Later(Vec<Named>),
    /// The middle third between two dates.
    MiddleThird(Word, Word),
}

/// How an anchor is moved.
#[derive(Clone, Debug)]
pub enum Shift {
    /// Not.
    None,
    /// Later.
    After(Span),
    /// Later by the minutes of a number attribute.
    AfterMinutes(Word),
    /// Later by the working days of a number attribute.
    AfterWorkdays(Word),
    /// Earlier.
    Before(Span),
    /// First of these clock times strictly after, on such a day.
    NextTime(Option<On>, Vec<Time>),
    /// First such day of a month, that date or later.
    NextMonthDay(i8),
    /// First such weekday strictly after.
    NextWeekday(Weekday, Option<Time>),
    /// 24:00 of the date.
    SameDay,
    /// End of the month or the next.
    MonthEnd {
        /// The next.
        next: bool,
    },
    /// Day of the first month of the next quarter.
    NextQuarterDay(i8),
    /// The next time the site opens.
    NextOpening,
}

/// An anchor.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// Base.
    pub start: Start,
    /// Shift.
    pub shift: Shift,
}

/// How long.
#[derive(Clone, Debug)]
pub enum Term {
    /// A span from the opening.
    Within(Span),
    /// An anchor.
    Due(Anchor),
    /// No clock.
    None,
}

/// A pause.
#[derive(Clone, Copy, Debug)]
pub struct Pause {
    /// Fact that starts it.
    pub from: Word,
    /// Fact that ends it.
    pub to: Word,
    /// The clock starts again after it.
    pub restart: bool,
}
