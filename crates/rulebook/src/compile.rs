//! Books, charter and settings to plans (编译): words become places, settings become values, adoptions become stretches.

mod kinds;
mod order;
pub(crate) mod plan;
mod slots;
mod stretches;
pub(crate) mod value;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use calendar::Zone;

use crate::answer::ClauseRef;
use crate::charter::Charter;
use crate::model::{Book, Clause, Kind, Rule, SettingDeclaration};
use crate::problem::Problem;
use crate::words::Vocabulary;
use plan::{Plan, Stretch, Work};

/// Subjects that every matter passes through: a rule about them is about every subject that has its facts.
const EVERYWHERE: [&str; 3] = ["contact", "case", "follow_up"];

/// What a condition on a setting of the site starts with: `"设置:回访天数" = "工作日"`.
pub const SETTING_MARKS: [&str; 2] = ["设置:", "设置："];

/// Reads rules into plans and keeps what is wrong with them.
pub(crate) struct Compiler<'a> {
    words: &'a Vocabulary,
    charter: &'a Charter,
    zone: &'a Zone,
    settings: Settings<'a>,
    problems: Vec<Problem>,
    /// File of the rule at hand, for problems.
    file: String,
}

/// The values of settings: what the site chose, else the declared default.
pub(crate) struct Settings<'a> {
    declared: BTreeMap<&'a str, &'a SettingDeclaration>,
    chosen: &'a BTreeMap<String, String>,
}

impl<'a> Settings<'a> {
    /// The settings of these books under this charter.
    pub fn new(books: &'a [Arc<Book>], charter: &'a Charter) -> Settings<'a> {
        let all = books.iter().flat_map(|book| &book.settings);
        let declared = all.map(|setting| (setting.name.as_str(), setting)).collect();
        Settings { declared, chosen: &charter.settings }
    }

    /// What the site chose, or else what a book declares; also for settings of the office that no book declares.
    pub fn stated(&self, name: &str) -> Option<&'a str> {
        let declared = self.declared.get(name).map(|setting| setting.default.as_str());
        self.chosen.get(name).map(String::as_str).or(declared).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Where the default comes from.
    pub fn basis(&self, name: &str) -> Option<&'a str> {
        self.declared.get(name).map(|setting| setting.basis.as_str())
    }

    /// The value as written, and whether it is the default; none when nobody declared it.
    pub fn value(&self, name: &str) -> Option<(&'a str, bool)> {
        let declared = self.declared.get(name)?;
        match self.chosen.get(name) {
            Some(chosen) if !chosen.trim().is_empty() => Some((chosen.trim(), false)),
            _ => Some((declared.default.trim(), true)),
        }
    }
}

impl<'a> Compiler<'a> {
    /// A compiler for these books under this charter.
    pub fn new(books: &'a [Arc<Book>], words: &'a Vocabulary, charter: &'a Charter, zone: &'a Zone) -> Compiler<'a> {
        let settings = Settings::new(books, charter);
        Compiler { words, charter, zone, settings, problems: Vec::new(), file: String::new() }
    }

    /// The plans of every rule, those that hold later than others after them (an anchor may name another rule's due
    /// moment), and the problems met.
    pub fn compile(mut self, books: &'a [Arc<Book>]) -> (Vec<Plan>, Vec<usize>, Vec<Problem>) {
        let mut plans = Vec::new();
        for adoption in &self.charter.adoptions {
            if !books.iter().any(|book| stretches::adopts(adoption, book)) {
                let sentence = format!("采用了规程 `{}`（{}），但没有它的文本", adoption.book, adoption.digest);
                self.problems.push(Problem::error(&adoption.book, 0..0, sentence));
            }
        }
        for (place, book) in books.iter().enumerate() {
            if stretches::of_book(self.charter, book).is_empty() {
                continue;
            }
            for (clause_place, clause) in book.clauses.iter().enumerate() {
                self.file = clause.path.clone();
                let in_force = stretches::in_force(clause, self.zone);
                for (rule_place, rule) in clause.rules.iter().enumerate() {
                    let adopted = stretches::of_rule(self.charter, book, &rule.id.value);
                    let stretches = stretches::common(&adopted, &[in_force]);
                    let place = (place, clause_place, rule_place);
                    plans.push(self.plan(books, place, clause, rule, &stretches));
                }
            }
        }
        number_rules_of_one_id(&mut plans);
        let order = order::by_reference(&plans, books, &mut self.problems);
        (plans, order, self.problems)
    }

    fn plan(
        &mut self,
        books: &[Arc<Book>],
        place: (usize, usize, usize),
        clause: &Clause,
        rule: &Rule,
        stretches: &[Stretch],
    ) -> Plan {
        let book = &books[place.0];
        let mut stretches = stretches.to_vec();
        for other in &rule.adopted_with {
            let adopted: Vec<Stretch> = stretches::of_id(self.charter, other);
            stretches = stretches::common(&stretches, &adopted);
        }
        let who = rule.who.as_ref().and_then(|who| self.post(&who.value, &who.span));
        let hands = who.map(|who| self.hands(who, rule.higher_rank_may).accepted).unwrap_or_default();
        let work = self.work(book, rule).unwrap_or(Work::Nothing);
        let overridden_by = book
            .clauses
            .iter()
            .filter(|other| other.overrides.iter().any(|number| *number == clause.number || *number == rule.id.value))
            .flat_map(|other| other.rules.iter().map(|rule| key_of(&book.id, &rule.id.value)))
            .collect();
        Plan {
            clause: ClauseRef { book: book.id.clone(), id: rule.id.value.clone() },
            summary: if rule.summary.is_empty() { clause.summary.value.clone() } else { rule.summary.clone() },
            ordinal: 0,
            key: key_of(&book.id, &rule.id.value),
            book_key: key_of(&book.id, ""),
            place,
            stretches,
            who: who.map(|who| self.bound(who)),
            hands,
            by_other: rule.by_other,
            domain: self.domain(rule),
            overridden_by,
            work,
        }
    }

    /// The kinds of subject that the rule's facts and attributes name, those that are everywhere left out.
    fn domain(&self, rule: &Rule) -> u64 {
        let mut domain = 0;
        let bit = |subject: usize| match self.words.subjects.get(subject) {
            Some(word) if !EVERYWHERE.contains(&word.id.as_str()) => 1u64 << (subject % 64),
            _ => 0,
        };
        let named = kinds::words_of(&rule.kind);
        for word in &named {
            if let Some(place) = self.words.fact(word) {
                domain |= bit(self.words.facts[place].subject);
            }
        }
        if domain == 0 {
            // Attribute ids begin with the subject they are about.
            for word in &named {
                let Some(place) = self.words.attribute(word) else { continue };
                let owner = self.words.attributes[place].id.split('.').next().unwrap_or("");
                domain |= self.words.subject_of_id(owner).map_or(0, bit);
            }
        }
        domain
    }

    /// Which kinds of subject, one bit each, each fact of the vocabulary belongs to.
    pub fn kinds_of_facts(words: &Vocabulary) -> Vec<u64> {
        let of = |fact: &crate::words::FactWord| match words.subjects.get(fact.subject) {
            Some(word) if !EVERYWHERE.contains(&word.id.as_str()) => 1u64 << (fact.subject % 64),
            _ => 0,
        };
        words.facts.iter().map(of).collect()
    }

    fn problem(&mut self, span: &Range<usize>, sentence: String) {
        self.problems.push(Problem::error(&self.file, span.clone(), sentence));
    }

    /// Whether a rule is there at all: a kind that the engine runs, and no setting that switches it off.
    fn work(&mut self, book: &Book, rule: &Rule) -> Option<Work> {
        if let Kind::Carried(_) = rule.kind {
            return Some(Work::Nothing);
        }
        kinds::work(self, book, rule)
    }
}

/// Same for equal book and id.
pub(crate) fn key_of(book: &str, id: &str) -> u64 {
    value::of_text(&format!("{book}\u{0}{id}")) as u64
}

fn number_rules_of_one_id(plans: &mut [Plan]) {
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    for plan in plans {
        let count = seen.entry(plan.key).or_default();
        plan.ordinal = *count;
        *count += 1;
    }
}
