//! What each kind of rule does (规则的工作), slot by slot.

use calendar::{Every, On, OnRestDay, Period, Span};

use super::{Anchor, Cond, Named, Pause, Term, Word};
use crate::compile::value::Value;
use crate::model::{Base, Comparison, Opens};

/// A deadline.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// Opening facts.
    pub from: Vec<Word>,
    /// Which of them.
    pub opens: Opens,
    /// Attributes that pair opening and act.
    pub same: Vec<Word>,
    /// Condition.
    pub when: Vec<Cond>,
    /// Days or hours of the opening.
    pub on: Option<On>,
    /// Acts.
    pub must: Vec<Word>,
    /// All of them.
    pub must_all: bool,
    /// Limit.
    pub term: Term,
    /// First moment of an act that fulfils it.
    pub not_before: Option<Anchor>,
    /// Alarm only.
    pub soft: bool,
    /// Facts that end it.
    pub ends_with: Vec<Word>,
    /// Facts that waive it.
    pub waived_by: Vec<Word>,
    /// Pause.
    pub pause: Option<Pause>,
    /// Fact and attribute that move the due moment.
    pub moved_by: Option<(Word, Word)>,
    /// Fact at which it must be done.
    pub closing: Option<Word>,
    /// Judged by entry.
    pub by_entry: bool,
    /// Post told of a breach.
    pub alert: Option<Word>,
    /// Withdrawing the case ends it.
    pub withdrawn_ends: bool,
}

/// A periodic duty.
#[derive(Clone, Debug)]
pub struct Duty {
    /// When.
    pub every: Every,
    /// The act.
    pub must: Word,
    /// Facts without which nothing is owed.
    pub of: Option<Word>,
    /// What a rest day does.
    pub on_rest_day: OnRestDay,
    /// Acts a period.
    pub at_least: i64,
    /// Attribute that pairs act and period.
    pub period_attribute: Option<Word>,
    /// Alarm only.
    pub soft: bool,
    /// Condition on attributes of the site.
    pub when: Vec<Cond>,
    /// Owed only in periods that begin on such a day.
    pub on: Option<On>,
    /// The stretches that the acts tell and that must leave nothing out.
    pub covering: Option<Covering>,
}

/// Stretches of time that acts tell.
#[derive(Clone, Copy, Debug)]
pub struct Covering {
    /// Moment attribute that begins one.
    pub from: Word,
    /// Moment attribute that ends it.
    pub to: Word,
    /// Only the hours of service count.
    pub service_hours: bool,
    /// Instead of no gap: parts per hundred thousand of a working day's hours of service.
    pub at_least: Option<i64>,
}

/// A rate.
#[derive(Clone, Debug)]
pub struct Rate {
    /// Fact that makes a member.
    pub of: Word,
    /// Which occurrences of it.
    pub opens: Opens,
    /// Condition.
    pub when: Vec<Cond>,
    /// Act that counts, with `other_musts` all needed.
    pub must: Word,
    /// Acts needed beside `must`, at any time up to the end of the window.
    pub other_musts: Vec<Word>,
    /// Window; none runs to the end of the period.
    pub term: Term,
    /// Parts per hundred thousand; none is not set.
    pub at_least: Option<i64>,
    /// Periods.
    pub per: Vec<Period>,
    /// Base.
    pub base: Base,
    /// Later acts count too.
    pub late_counts: bool,
    /// Posts that must all have taken part, each with those that stand for it.
    pub by: Vec<Hands>,
    /// Attribute of the method and its allowed values.
    pub methods: Option<(Word, Vec<Value>)>,
    /// What must be on record.
    pub record: Vec<Word>,
    /// Attribute that exempts, with the attachment attribute that proves it (when the vocabulary knows one).
    pub exempt: Vec<(Word, Option<Word>)>,
    /// Attribute with the number of participants.
    pub size: Option<Word>,
}

/// A post and those whose act is its act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hands {
    /// The post.
    pub post: Word,
    /// Itself, those bound to it, and where allowed those above it.
    pub accepted: Vec<Word>,
}

impl Hands {
    /// Whether one of `by` is accepted.
    pub fn among(&self, by: &[Word]) -> bool {
        by.iter().any(|post| self.accepted.contains(post))
    }
}

/// A count.
#[derive(Clone, Debug)]
pub struct Count {
    /// Fact counted.
    pub of: Word,
    /// Condition.
    pub when: Vec<Cond>,
    /// Counted once per value.
    pub distinct: Option<Word>,
    /// Groups.
    pub group_by: Vec<Word>,
    /// Period.
    pub per: Period,
    /// Or a sliding span.
    pub within: Option<Span>,
    /// Closer to the last counted one than this is not counted.
    pub apart: Option<Span>,
    /// Threshold.
    pub threshold: (Comparison, i64),
    /// What it raises.
    pub raises: String,
}

/// Where a route goes: a fact, or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A fact of the vocabulary.
    Fact(Word),
    /// Words as written.
    Words(String),
}

/// A route.
#[derive(Clone, Debug)]
pub struct Route {
    /// Opening facts.
    pub from: Vec<Word>,
    /// Condition.
    pub when: Vec<Cond>,
    /// Days or hours.
    pub on: Option<On>,
    /// Where to.
    pub go: Goal,
    /// Another way when asked.
    pub unless: Option<(Word, Goal)>,
}

/// An escalation.
#[derive(Clone, Debug)]
pub struct Escalation {
    /// Opening facts.
    pub from: Vec<Word>,
    /// Condition.
    pub when: Vec<Cond>,
    /// Facts that prevent it.
    pub unless: Vec<Word>,
    /// When; none is at once.
    pub term: Term,
    /// Who is told.
    pub to: Word,
    /// The act that answers it.
    pub must: Option<Word>,
    /// Alarm only.
    pub soft: bool,
}

/// A classification.
#[derive(Clone, Debug)]
pub struct Classify {
    /// Attribute read.
    pub ground: Word,
    /// Attribute given.
    pub gives: Word,
    /// Rows: grounds and class, most severe first.
    pub rows: Vec<(Vec<Value>, Value)>,
}

/// A right.
#[derive(Clone, Debug)]
pub struct Right {
    /// Opening facts.
    pub from: Vec<Word>,
    /// Condition.
    pub when: Vec<Cond>,
    /// What may be done.
    pub may: Goal,
    /// From when; none is at once.
    pub term: Term,
    /// Facts that end it.
    pub until: Vec<Word>,
}

/// A block.
#[derive(Clone, Debug)]
pub struct Block {
    /// The act.
    pub act: Word,
    /// Condition.
    pub when: Vec<Cond>,
    /// Facts that lift it.
    pub until: Vec<Word>,
    /// Attributes that must be filled.
    pub until_fields: Vec<Word>,
    /// Attributes that must hold these.
    pub until_values: Vec<Cond>,
    /// `until` must come after the last of this.
    pub after: Option<Word>,
    /// Only `who` may.
    pub only_by_who: bool,
    /// Not before.
    pub not_before: Option<Anchor>,
    /// An attribute may not lie after.
    pub not_after: Option<(Word, Anchor)>,
    /// States no condition for lifting: the act is forbidden as such.
    pub absolute: bool,
}

/// Signatures.
#[derive(Clone, Debug)]
pub struct Sign {
    /// The act signed; none for a form as such.
    pub act: Option<Word>,
    /// The signature fact.
    pub with: Word,
    /// Condition.
    pub when: Vec<Cond>,
    /// Signers.
    pub by: Vec<Hands>,
    /// Any one.
    pub any: bool,
    /// In order.
    pub in_order: bool,
    /// Different persons.
    pub distinct: bool,
    /// One for each entry.
    pub each_entry: bool,
    /// The act refused without.
    pub blocks: Option<Word>,
}

/// A form or record: fields that must be there.
#[derive(Clone, Debug)]
pub struct Fields {
    /// The act that leaves them, or issues the form.
    pub act: Option<Word>,
    /// Condition.
    pub when: Vec<Cond>,
    /// The fields.
    pub fields: Vec<Named>,
    /// Who approves.
    pub approved_by: Option<Hands>,
    /// The act refused without.
    pub blocks: Option<Word>,
}

/// Who performs.
#[derive(Clone, Debug)]
pub struct Roster {
    /// The act.
    pub act: Word,
    /// Condition.
    pub when: Vec<Cond>,
    /// All of these.
    pub all_of: Vec<Hands>,
    /// Or any of these.
    pub any_of: Vec<Hands>,
    /// Stand-ins.
    pub cover: Vec<Word>,
    /// Nobody who holds this post, or did this fact.
    pub not_same_as: Option<Other>,
}

/// Somebody who may not be the same.
#[derive(Clone, Debug)]
pub enum Other {
    /// Who did this fact.
    Doer(Word),
    /// Who holds this post.
    Holder(Hands),
}

/// How long to keep.
#[derive(Clone, Debug)]
pub struct Retention {
    /// Record or form: id when the vocabulary knows it, else words.
    pub of: String,
    /// How long; none: a person decides.
    pub keep: Option<Span>,
    /// From this fact.
    pub from: Word,
    /// The act refused before.
    pub blocks: Option<Word>,
    /// Who approves disposal.
    pub approved_by: Option<Word>,
}

/// An amount.
#[derive(Clone, Debug)]
pub struct Formula {
    /// Its name.
    pub gives: String,
    /// Condition.
    pub when: Vec<Cond>,
    /// How.
    pub way: Way,
    /// Keys of the rules of which an obligation has to be broken; empty: nothing has to be.
    pub breach_of: Vec<u64>,
    /// Once for each broken obligation instead of once.
    pub each_breach: bool,
}

/// How an amount is made; fen, parts per hundred thousand.
#[derive(Clone, Debug)]
pub enum Way {
    /// Sum of an attribute over facts, each times a number of its fact.
    Sum(Word, Option<Word>),
    /// Attribute times factor.
    Multiply(Word, i64),
    /// Number attributes by their shares, in hundredths; it is no money.
    Weigh(Vec<(Word, i64)>),
    /// So much for each one of a number attribute.
    Each(Word, i64),
    /// Simple interest a day on a balance.
    Accrue(Word, i64),
    /// Fixed.
    Fixed(i64),
}
