//! A rulebook (规程) as the machine holds it after parsing: books, clauses, rules, readings, examples.
//!
//! Words stay strings here: the vocabulary's Chinese word, an alias of the book being replaced already; `compile` interns
//! them. Every slot that can be wrong keeps the byte span of its text, so that each problem points at its place.

use std::collections::BTreeMap;
use std::ops::Range;

pub use calendar::OnRestDay;
use calendar::{Every, On, Period, Span};
use jiff::civil::{Date, Time, Weekday};

/// A value with the byte range of its text in the clause file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// A number that the rule states, or the name of a setting (设置) that the site fixes: `{ setting = "…" }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot<T> {
    /// Stated in the regulation.
    Stated(T),
    /// Left to the site; the declared default applies until it is set, and is shown as a default.
    Setting(String),
}

/// A regulation adopted by offices.
#[derive(Clone, Debug)]
pub struct Book {
    /// Folder name, for ever: `complaint-instruction`.
    pub id: String,
    /// Title in Chinese and English.
    pub name: String,
    /// Title in English.
    pub name_en: String,
    /// Edition as printed on the document (A/0).
    pub edition: String,
    /// What it governs, in one own sentence.
    pub governs: String,
    /// Name or number of the source document.
    pub document: String,
    /// Declared number of clauses in the register; `check` refuses another count.
    pub clauses_declared: usize,
    /// Declared number of worked examples in the register.
    pub examples_declared: usize,
    /// Site settings that this book introduces.
    pub settings: Vec<SettingDeclaration>,
    /// Readings that hold for the whole book: how 天, 及时 and the like are counted.
    pub readings: Vec<Reading>,
    /// Book wording → vocabulary word (`"处理完毕" = "投诉处理完毕"`).
    pub aliases: BTreeMap<String, String>,
    /// The clause files in the order of their numbers.
    pub clauses: Vec<Clause>,
    /// Register numbers of rules that could not be read; they stand in the problems and in no other list.
    pub refused: Vec<String>,
    /// `book.toml` as it was named to the parser, for messages.
    pub path: String,
    /// Bytes of `clauses` and `examples` in `book.toml`.
    pub declared_at: Range<usize>,
    /// blake3 over every file of the book in order of path, hex.
    pub digest: String,
}

/// A figure that a site fixes, with the default that the register names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingDeclaration {
    /// Name in words, unique over all books: `立即的软提醒`.
    pub name: String,
    /// The default as written: `10 分钟`, `17:00`, `是`, `60%`, `25`.
    pub default: String,
    /// What the value must be: `span` `time` `share` `number` `day` `every` `flag` `choice` `money` `post`.
    pub unit: String,
    /// For `choice`, the allowed words.
    pub choices: Vec<String>,
    /// Where the default comes from: ambiguity, convention.
    pub basis: String,
    /// Bytes of its name in `book.toml`.
    pub span: Range<usize>,
}

/// What a rule takes from elsewhere, and where it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A fact of the vocabulary.
    Fact,
    /// An attribute of the vocabulary.
    Attribute,
    /// A post of the vocabulary.
    Post,
    /// A form of the vocabulary.
    Form,
    /// A setting, whose value must be of this unit.
    Setting(&'static str),
    /// A clause of the same book, by its register number.
    Clause,
}

/// A word, setting or clause that a clause file uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// What it is.
    pub sort: Sort,
    /// Its name: for words the vocabulary's, also where the file wrote an alias.
    pub word: String,
    /// Where the file names it.
    pub span: Range<usize>,
}

/// One numbered clause of the regulation, one file.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Path below the rulebook folder, for messages.
    pub path: String,
    /// The file's text, for spans and for keeping by digest.
    pub text: String,
    /// Number of the clause: `4.2.3`.
    pub number: String,
    /// Heading in own words.
    pub title: String,
    /// Own words, Arabic digits.
    pub summary: At<String>,
    /// Place in the source document.
    pub place: String,
    /// First day of this edition of the clause.
    pub in_force: Date,
    /// Last day, when a later edition exists.
    pub until: Option<Date>,
    /// Clauses that this one overrides.
    pub overrides: Vec<String>,
    /// Related clauses, also of other books.
    pub see: Vec<String>,
    /// Choices made where the wording is open.
    pub readings: Vec<Reading>,
    /// The atomic rules, in order.
    pub rules: Vec<Rule>,
    /// Worked examples.
    pub examples: Vec<Example>,
    /// Register examples that cannot be executed, each with the reason.
    pub not_executed: Vec<(String, String)>,
    /// Words, settings and clauses that this file names.
    pub uses: Vec<Use>,
    /// Bytes of `clause` in the file.
    pub span: Range<usize>,
}

/// A reading (读法): what an open wording is taken to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The open words.
    pub words: String,
    /// What they are taken to mean.
    pub means: String,
    /// Why.
    pub basis: Option<String>,
    /// The other meaning.
    pub rival: Option<String>,
    /// The setting that switches to the rival, when there is one.
    pub setting: Option<String>,
    /// Who confirmed it for the publisher; none is 待确认.
    pub confirmed: Option<String>,
}

/// One atomic clause of the register and what carries or enforces it.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The register's number within its book: `4.2.3f`. A rule of several limits has one `Rule` per limit row.
    pub id: At<String>,
    /// Own words.
    pub summary: String,
    /// Bytes of the summary in the file.
    pub summary_at: Range<usize>,
    /// Every phrase with a number as the rule writes it (`3 天`, `>= 500 元`), for the comparison with the summary.
    pub written: Vec<Slot<At<String>>>,
    /// Who bears it, a post of the vocabulary.
    pub who: Option<At<String>>,
    /// What an act by another post is worth.
    pub by_other: ByOther,
    /// A superior of `who` may do it too.
    pub higher_rank_may: bool,
    /// Holds only while these books are adopted too.
    pub adopted_with: Vec<String>,
    /// The register row's `type` (deadline, duty, conduct …), for coverage.
    pub kind: Kind,
}

/// What an act by a post other than `who` is worth to the clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ByOther {
    /// Counts all the same (the default: `算`).
    #[default]
    Counts,
    /// `拒绝`: the act is refused.
    Refused,
    /// `不算`: the act stands but does not fulfil the clause.
    Ignored,
    /// `违规`: the act fulfils the clause and is itself a breach.
    Breach,
}

/// A condition on attributes of the subject: all must hold.
pub type When = Vec<Condition>;

/// `"投诉类别" = "一类"`, `"损失" = ">= 500 元"`, `"渠道" = ["电话", "信函"]`, `"有效" = "非 否"`, `"预约时间" = "有"`/`"无"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Attribute word, or `设置:` and the name of a setting.
    pub attribute: At<String>,
    /// The test.
    pub test: Test,
    /// Bytes of the test.
    pub span: Range<usize>,
}

/// A test of one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// One of these words or numbers.
    OneOf(Vec<String>),
    /// None of these; an absent attribute passes.
    NotOneOf(Vec<String>),
    /// Present (`有`).
    Present,
    /// Absent (`无`).
    Absent,
    /// Compared with a number in the attribute's unit (fen for money, plain otherwise).
    Compare(Comparison, Slot<i64>),
}

/// An order relation; 以上, 达到 is `AtLeast`, 超过 is `MoreThan`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `>=`
    AtLeast,
    /// `>`
    MoreThan,
    /// `<=`
    AtMost,
    /// `<`
    LessThan,
}

/// A due moment told from an anchor instead of by a span: `预约时间 前 5 分钟`, `维修完工 后首个 17:00`, `登记返单 后首个 25 日`,
/// `条款 4.2.3f 到期 后 2 天`, `合同开始、合同结束 期间中段`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// What it starts from.
    pub base: AnchorBase,
    /// Moved by.
    pub shift: AnchorShift,
}

/// Where an anchor starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnchorBase {
    /// The opening fact itself (the anchor names no base, or names `from`).
    Opening,
    /// A fact of the same subject: its first occurrence at or after the opening, else the last before it.
    Fact(String),
    /// An attribute that holds a date or a moment.
    Attribute(String),
    /// The due moment of another clause of the same book, same subject and round: `条款 4.2.3f 到期`;
    /// several are tried in order: `条款 4.2.3f、4.2.3g、4.2.3h 到期`.
    ClauseDue(Vec<String>),
    /// The later of several attributes or facts: `A、B 较晚者`.
    Later(Vec<String>),
    /// The middle third of the days between two date attributes: opens at its first day, due at the end of its last.
    MiddleThird(String, String),
}

/// How an anchor is moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnchorShift {
    /// Not at all; a date stands for its 24:00.
    None,
    /// Later by a span.
    After(Slot<Span>),
    /// Earlier by a span.
    Before(Slot<Span>),
    /// The first such clock time strictly after the base (`后首个 17:00`).
    NextTime(Slot<Time>),
    /// The first such day of a month on or after the base's date, at 24:00 (`后首个 25 日`).
    NextMonthDay(Slot<i8>),
    /// The first such weekday strictly after the base's date, at the time or 24:00 (`后首个 周日`).
    NextWeekday(Weekday, Option<Time>),
    /// The same date's 24:00 (`当日`).
    SameDay,
    /// The end of the month of the base, or of the month after (`当月底`, `次月底`).
    MonthEnd {
        /// 次月底.
        next: bool,
    },
    /// Day N of the first month of the quarter after the base's (`下季首月 10 日`).
    NextQuarterDay(Slot<i8>),
}

/// How long a deadline runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// `within = "4 小时"`.
    Within(Slot<Span>),
    /// `due = <anchor>`.
    Due(Anchor),
    /// No number: the step must exist when `closing` happens; no clock.
    None,
}

/// The kinds of rule. The names are the table names of the file.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `[[deadline]]`: after `from`, `must` follows by a due moment.
    Deadline(Deadline),
    /// `[[duty]]`: once every period.
    Duty(Duty),
    /// `[[rate]]`: a share of a population.
    Rate(Rate),
    /// `[[count]]`: so many of a kind, by group and period.
    Count(Count),
    /// `[[route]]`: what comes next and who owns it.
    Route(Route),
    /// `[[escalation]]`: who is told at a moment unless something happened.
    Escalation(Escalation),
    /// `[[classify]]`: grounds give a class.
    Classify(Classify),
    /// `[[right]]`: what someone may do from a moment on.
    Right(Right),
    /// `[[block]]`: an act that is refused until or unless.
    Block(Block),
    /// `[[sign]]`: who must sign an act.
    Sign(Sign),
    /// `[[form]]`: a form with fields, copies, holders.
    Form(Form),
    /// `[[record]]`: fields that an act must leave on record.
    Record(Record),
    /// `[[roster]]`: who does it, and with whom.
    Roster(Roster),
    /// `[[retention]]`: how long to keep.
    Retention(Retention),
    /// `[[formula]]`: an amount.
    Formula(Formula),
    /// `[[carried]]`: carried by a screen, checklist, script, survey, form field or review question.
    Carried(Carried),
}

/// What a condition on a setting of the site starts with: `"设置:回访天数" = "工作日"`.
pub const SETTING_MARK: &str = "设置:";

impl Condition {
    /// The setting that it is about; none when it is about an attribute of the subject.
    pub fn setting(&self) -> Option<&str> {
        self.attribute.value.strip_prefix(SETTING_MARK)
    }
}

impl Kind {
    /// The condition under which the rule holds.
    pub fn when(&self) -> &[Condition] {
        match self {
            Kind::Deadline(kind) => &kind.when,
            Kind::Duty(kind) => &kind.when,
            Kind::Rate(kind) => &kind.when,
            Kind::Count(kind) => &kind.when,
            Kind::Route(kind) => &kind.when,
            Kind::Escalation(kind) => &kind.when,
            Kind::Right(kind) => &kind.when,
            Kind::Block(kind) => &kind.when,
            Kind::Sign(kind) => &kind.when,
            Kind::Record(kind) => &kind.when,
            Kind::Roster(kind) => &kind.when,
            Kind::Formula(kind) => &kind.when,
            Kind::Classify(_) | Kind::Form(_) | Kind::Retention(_) | Kind::Carried(_) => &[],
        }
    }

    /// The table name of the kind in a clause file: `deadline`.
    pub fn table(&self) -> &'static str {
        match self {
            Kind::Deadline(_) => "deadline",
            Kind::Duty(_) => "duty",
            Kind::Rate(_) => "rate",
            Kind::Count(_) => "count",
            Kind::Route(_) => "route",
            Kind::Escalation(_) => "escalation",
            Kind::Classify(_) => "classify",
            Kind::Right(_) => "right",
            Kind::Block(_) => "block",
            Kind::Sign(_) => "sign",
            Kind::Form(_) => "form",
            Kind::Record(_) => "record",
            Kind::Roster(_) => "roster",
            Kind::Retention(_) => "retention",
            Kind::Formula(_) => "formula",
            Kind::Carried(_) => "carried",
        }
    }
}

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
    /// What happens when the due day is a rest day: `不动` (default), `提前`, `顺延`.
    pub on_rest_day: OnRestDay,
    /// At least so many acts a period.
    pub at_least: Slot<i64>,
    /// Pairs an act with its period: an attribute of `must` that holds a date in the period (`所属期间`), else its moment.
    pub period_attribute: Option<String>,
    /// The limit is a default, lateness is soft.
    pub soft: bool,
    /// Condition on site attributes.
    pub when: When,
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
    },
    /// Attribute × number.
    Multiply {
        /// Attribute in fen or a plain number.
        of: String,
        /// Factor, parts per hundred thousand.
        by: Slot<i64>,
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

/// A worked example (示例).
#[derive(Clone, Debug)]
pub struct Example {
    /// One line of daily life.
    pub name: At<String>,
    /// Rules of this book that it exercises; `expect` is the complete answer for these.
    pub covers: Vec<At<String>>,
    /// The register's worked examples that it executes.
    pub example: Vec<String>,
    /// Attribute values known from the start.
    pub given: BTreeMap<String, String>,
    /// Site settings for this example.
    pub settings: BTreeMap<String, String>,
    /// What happens: `2026-11-16 10:00[:00] [甲] 事件 [由 岗位、岗位] [属性=值 …] [录入 2026-11-16 11:00]`.
    pub happens: Vec<At<String>>,
    /// The moment of looking; none is the moment of the last fact.
    pub as_of: Option<String>,
    /// A population made in bulk for rates.
    pub tally: Option<Tally>,
    /// The period whose figure is asked, for rates and counts (`2026-11`, `2026-Q3`, `2026-W46`).
    pub period: Option<String>,
    /// The complete answer.
    pub expect: Vec<At<String>>,
}

/// A population in bulk: `total` members, of which so many were done on each day after (day 0 is the same day).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The fact that makes a member.
    pub of: String,
    /// How many members (or participants).
    pub total: i64,
    /// Attributes of every member.
    pub given: BTreeMap<String, String>,
    /// Day → number done on it.
    pub on_day: BTreeMap<i64, i64>,
    /// Attributes of each act (method, posts).
    pub done: BTreeMap<String, String>,
    /// Posts that did the acts.
    pub by: Vec<String>,
    /// Date of the `of` facts (all on the same day).
    pub date: Option<Date>,
}
