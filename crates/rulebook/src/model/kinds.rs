//! The slots of each kind of rule (规则种类的槽).

use calendar::{Every, On, OnRestDay, Period, Span};

use super::{Anchor, At, Comparison, Limit, Slot, When};

/// `opens`: which occurrences of `from` start the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Opens {
    /// Each opens a round of its own (`每次`, the default).
    #[default]
    Each,
    /// Only the first (`首次`).
    First,
    /// The last replaces the earlier (`末次`).
    Last,
}

/// A deadline (时限).
#[derive(Clone, Debug)]
pub struct Deadline {
    /// Any of these facts opens it.
    pub from: Vec<At<String>>,
    /// Which occurrences open.
    pub opens: Opens,
    /// Attributes by which `from` and `must` are paired (`同 = ["联系单号"]`).
    pub same: Vec<String>,
    /// Holds while these hold; read at the latest value before the obligation ends.
    pub when: When,
    /// Days or hours of the opening on which it holds.
    pub on: Option<On>,
    /// Any of these facts fulfils it.
    pub must: Vec<At<String>>,
    /// All of `must` are needed instead of any; fulfilled by the last of them.
    pub must_all: bool,
    /// How long.
    pub limit: Limit,
    /// An act before this moment does not fulfil it (`下班时间 前 10 分钟`).
    pub not_before: Option<Anchor>,
    /// The register's row is an alarm (T6), never a breach.
    pub soft: bool,
    /// Facts that end it as not applicable.
    pub ends_with: Vec<String>,
    /// Facts that waive it with approval.
    pub waived_by: Vec<String>,
    /// Intervals that do not count.
    pub pause: Option<Pause>,
    /// A fact whose date attribute replaces the due moment (24:00 of a date).
    pub moved_by: Option<MovedBy>,
    /// When this fact happens with the step missing, the obligation is missed.
    pub closing: Option<String>,
    /// Judged by the moment of entry instead of the moment it happened.
    pub by_entry: bool,
    /// Who is told of a breach.
    pub alert: Option<String>,
    /// The rows leave out some classes on purpose.
    pub partial: bool,
}

/// A pause: its interval is not counted (`续计`) or the clock starts again after it (`重计`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Fact that starts it.
    pub from: String,
    /// Fact that ends it.
    pub to: String,
    /// Start again instead of going on.
    pub restart: bool,
}

/// A fact that moves the due moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedBy {
    /// The approved fact.
    pub fact: String,
    /// Its attribute with the new date or moment.
    pub to: String,
}

/// A periodic duty (周期性职责), owed by the site.
#[derive(Clone, Debug)]
pub struct Duty {
    /// When each instance falls due.
    pub every: Slot<Every>,
    /// The act.
    pub must: At<String>,
    /// Facts of the period that it covers; without any there is nothing owed. None: always owed.
    pub of: Option<String>,
    /// What happens when the due day is a rest day: `不动` (default), `提前`, `顺延`, `免办`.
    pub on_rest_day: OnRestDay,
    /// At least so many acts a period.
    pub at_least: Slot<i64>,
    /// Pairs an act with its period: an attribute of `must` that holds a date in the period (`所属期间`), else its moment.
    pub period_attribute: Option<String>,
    /// The limit is a default, lateness is soft.
    pub soft: bool,
    /// Condition on site attributes.
    pub when: When,
    /// Owed only in periods that begin on such a day.
    pub on: Option<On>,
    /// The acts together must leave no moment of the period without somebody; then no number of acts is asked.
    pub covering: Option<Covering>,
}

/// Stretches of time that acts tell (`covering`): from one attribute of the act to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covering {
    /// Moment attribute: on duty from.
    pub from: String,
    /// Moment attribute: on duty until.
    pub to: String,
    /// Only the site's hours of service need somebody, else the whole day.
    pub service_hours: bool,
    /// Instead of leaving no moment out: together at least this share of a working day's hours of service.
    pub at_least: Option<Slot<i64>>,
}

/// Which members make the base of a rate in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Base {
    /// Those whose `of` fact happened in the period (`完成于期内`, the default).
    #[default]
    FinishedInPeriod,
    /// Those whose follow-up limit fell in the period (`到期于期内`).
    DueInPeriod,
    /// Those finished in the week before (`上一周完成`).
    FinishedLastWeek,
    /// The participants or recipients told by an attribute of the fact (`本次参加者`).
    Participants,
}

/// A rate (比率).
#[derive(Clone, Debug)]
pub struct Rate {
    /// The fact that makes a member.
    pub of: At<String>,
    /// Which occurrences make one; the last replaces an earlier after which `must` has not happened.
    pub opens: Opens,
    /// Condition on the member.
    pub when: When,
    /// The fact that counts.
    pub must: At<String>,
    /// Window from `of`; a later act counts only if `late_counts`.
    pub within: Option<Slot<Span>>,
    /// Instead of `within`: an anchor (`后首个 周日`).
    pub due: Option<Anchor>,
    /// Parts per hundred thousand: 60 % is 60 000. None when the manager has not set one: the rate is undefined.
    pub at_least: Slot<i64>,
    /// Period.
    pub per: Vec<Period>,
    /// Base.
    pub base: Base,
    /// Acts after the window count for the rate (not for on-time).
    pub late_counts: bool,
    /// What an act must show to count.
    pub counted: Counted,
    /// A member needs all these acts (special contracts: midterm and end).
    pub must_all: Vec<String>,
    /// Exempt members: attribute words and the attachment each needs.
    pub exempt: Vec<(String, String)>,
    /// Attribute of `of` with the number of participants, for `Base::Participants`.
    pub size: Option<String>,
}

/// What an act must show to count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Posts that must all have taken part.
    pub by: Vec<String>,
    /// Allowed methods (attribute 回访方式); empty is any.
    pub methods: Vec<String>,
    /// Fields that must be on record.
    pub record: Vec<String>,
}

/// A count (计数).
#[derive(Clone, Debug)]
pub struct Count {
    /// The fact counted.
    pub of: At<String>,
    /// Condition on it.
    pub when: When,
    /// Counted once per value of this attribute.
    pub distinct: Option<String>,
    /// Groups by these attributes.
    pub group_by: Vec<String>,
    /// Within this period.
    pub per: Period,
    /// Or within a sliding span before each fact.
    pub within: Option<Slot<Span>>,
    /// A fact of the same subject less than this after the last counted one is the same once more, not counted.
    pub apart: Option<Slot<Span>>,
    /// The threshold.
    pub threshold: (Comparison, Slot<i64>),
    /// What reaching it raises: a word shown in `列入 …`.
    pub raises: String,
}

/// A route (去向).
#[derive(Clone, Debug)]
pub struct Route {
    /// Opening facts.
    pub from: Vec<At<String>>,
    /// Condition.
    pub when: When,
    /// Days or hours.
    pub on: Option<On>,
    /// The step it goes to (a fact word or a place word).
    pub go: At<String>,
    /// Another way when asked.
    pub unless: Option<(String, String)>,
}

/// An escalation (上报).
#[derive(Clone, Debug)]
pub struct Escalation {
    /// Opening facts.
    pub from: Vec<At<String>>,
    /// Condition.
    pub when: When,
    /// Facts that prevent it.
    pub unless: Vec<String>,
    /// When it fires, counted from the opening: a span or an anchor (`条款 4.2.3f 到期`).
    pub at: Limit,
    /// The post it goes to; `who` of the rule does it.
    pub to: At<String>,
    /// The act that answers it, when a person has to do it.
    pub must: Option<String>,
    /// An alarm only.
    pub soft: bool,
}

/// A classification (归类).
#[derive(Clone, Debug)]
pub struct Classify {
    /// Attribute it reads.
    pub ground: At<String>,
    /// Attribute it gives.
    pub gives: At<String>,
    /// Ground value → class, in the order of severity: the first that is among the grounds wins.
    pub values: Vec<(Vec<String>, String)>,
}

/// A right (可).
#[derive(Clone, Debug)]
pub struct Right {
    /// Opening facts.
    pub from: Vec<At<String>>,
    /// Condition.
    pub when: When,
    /// What may be done.
    pub may: At<String>,
    /// From when: none is at once.
    pub opens: Limit,
    /// Facts that end it.
    pub until: Vec<String>,
}

/// A block (不得).
#[derive(Clone, Debug)]
pub struct Block {
    /// The act refused: a fact word.
    pub act: At<String>,
    /// Condition on the subject.
    pub when: When,
    /// Refused until all of these facts are there, the last of each after `after`.
    pub until: Vec<At<String>>,
    /// Refused until these attributes are filled.
    pub until_fields: Vec<String>,
    /// Refused until the attributes hold these values.
    pub until_values: When,
    /// Facts in `until` must come after the last of this fact (rework after refusal).
    pub after: Option<String>,
    /// Refused for everyone but `who` (`只许 who`).
    pub only_by_who: bool,
    /// Refused before this moment.
    pub not_before: Option<Anchor>,
    /// Refused when a date or moment attribute lies after this anchor (`planned_at` ≤ due).
    pub not_after: Option<(String, Anchor)>,
}

/// A signature rule (签字).
#[derive(Clone, Debug)]
pub struct Sign {
    /// The act or record signed.
    pub act: At<String>,
    /// The signature fact.
    pub with: String,
    /// Condition.
    pub when: When,
    /// The posts that sign.
    pub by: Vec<String>,
    /// Any one is enough.
    pub any: bool,
    /// In the order given.
    pub in_order: bool,
    /// Two signatures of one person do not count.
    pub distinct: bool,
    /// Each entry of the record carries its own.
    pub each_entry: bool,
    /// An act refused while one is missing.
    pub blocks: Option<String>,
}

/// A form type (单据) that a clause requires.
#[derive(Clone, Debug)]
pub struct Form {
    /// Chinese word of the vocabulary's `[[form]]` list.
    pub form: At<String>,
    /// Fields that the clause names.
    pub fields: Vec<String>,
    /// Copies and holders: number, holder (post), label.
    pub copies: Vec<(u8, String, String)>,
    /// Where it comes into being: a fact.
    pub issued_by: Option<String>,
    /// Refused when a field is missing: an act.
    pub blocks: Option<String>,
}

/// What an act must leave on record (记录).
#[derive(Clone, Debug)]
pub struct Record {
    /// The act.
    pub act: At<String>,
    /// Condition.
    pub when: When,
    /// Attribute words that must be there.
    pub fields: Vec<At<String>>,
    /// Form it stands on.
    pub form: Option<String>,
    /// Approving post, when approval is needed.
    pub approved_by: Option<String>,
    /// An act refused until it is there.
    pub blocks: Option<String>,
}

/// Who performs (值守、人选).
#[derive(Clone, Debug)]
pub struct Roster {
    /// The act performed.
    pub act: At<String>,
    /// Condition.
    pub when: When,
    /// All these posts take part.
    pub all_of: Vec<String>,
    /// Or any of these.
    pub any_of: Vec<String>,
    /// Stand-in posts.
    pub cover: Vec<String>,
    /// Nobody who also holds this part.
    pub not_same_as: Option<String>,
}

/// How long to keep (保存).
#[derive(Clone, Debug)]
pub struct Retention {
    /// The record or form.
    pub of: At<String>,
    /// How long; none: no period stated, a person decides.
    pub keep: Option<Slot<Span>>,
    /// From this fact.
    pub from: At<String>,
    /// The keeper's post or place.
    pub keeper: String,
    /// The act refused before the end.
    pub blocks: Option<String>,
    /// Who approves disposal (T11).
    pub approved_by: Option<String>,
}

/// An amount (金额).
#[derive(Clone, Debug)]
pub struct Formula {
    /// Name of the amount.
    pub gives: At<String>,
    /// Condition.
    pub when: When,
    /// Mechanism and its slots; interpreted by `kinds::formula`.
    pub mechanism: Mechanism,
    /// Clauses of the same book: the amount stands only when an obligation of one of them is broken.
    pub breach_of: Vec<String>,
    /// The amount stands once for each broken obligation instead of once.
    pub each_breach: bool,
    /// It is a proposal that this post approves (T11).
    pub approved_by: Option<String>,
}

/// Ways to make an amount; all in fen, rates in parts per hundred thousand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// Sum of an attribute over facts.
    Sum {
        /// Attribute in fen.
        of: String,
        /// Number attribute that each fact's amount is multiplied with; one where the fact has none.
        times: Option<String>,
    },
    /// Attribute × number.
    Multiply {
        /// Attribute in fen or a plain number.
        of: String,
        /// Factor, parts per hundred thousand.
        by: Slot<i64>,
    },
    /// Number attributes, each by its share, added up; none while one of them is missing. It is no money: hundredths.
    Weigh {
        /// A plain number and its share, parts per hundred thousand.
        parts: Vec<(String, Slot<i64>)>,
    },
    /// So much for each one that a number attribute counts.
    Each {
        /// A plain number.
        of: String,
        /// Fen for each.
        amount: Slot<i64>,
    },
    /// Simple interest each day on an open balance.
    Accrue {
        /// Attribute with the balance.
        on: String,
        /// Parts per hundred thousand a day.
        rate: Slot<i64>,
    },
    /// A fixed amount.
    Fixed {
        /// Fen.
        amount: Slot<i64>,
    },
}

/// A clause that a part of the product carries (承载).
#[derive(Clone, Debug)]
pub struct Carried {
    /// `screen` `checklist` `script` `survey` `form_field` `review_question` `figure` `register` `setting` `notice`.
    pub by: At<String>,
    /// Name of the thing in the product: `desk`, `case`, `repair-slip`, `follow-up-script/3`.
    pub where_: At<String>,
    /// Facts or attributes that show how well it is kept, when the product stamps them.
    pub shown_by: Vec<String>,
    /// Issue-level capability that will bring it, when it does not exist yet: counted as pending.
    pub pending: Option<String>,
}
