//! A rulebook (规程) as the machine holds it after parsing: books, clauses, rules, readings, examples.
//!
//! Words stay strings here: the vocabulary's Chinese word, an alias of the book being replaced already; `compile` interns
//! them. Every slot that can be wrong keeps the byte span of its text, so that each problem points at its place.

mod example;
mod kinds;
mod terms;

use std::collections::BTreeMap;
use std::ops::Range;

pub use calendar::OnRestDay;
use jiff::civil::Date;

pub use example::*;
pub use kinds::*;
pub use terms::*;

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
    /// The default is the regulation's own figure; the setting is there for another reading of it.
    pub stated: bool,
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

impl Clause {
    /// Whether a setting decides something of it: a figure, a condition or a reading.
    pub fn uses_setting(&self, name: &str) -> bool {
        let named = |one: &Use| matches!(one.sort, Sort::Setting(_)) && one.word == name;
        let asked = |rule: &Rule| rule.kind.when().iter().any(|it| it.setting() == Some(name));
        let read = |reading: &Reading| reading.setting.as_deref() == Some(name);
        self.uses.iter().any(named) || self.rules.iter().any(asked) || self.readings.iter().any(read)
    }
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
