//! Tests of derivation: one small book a test, facts in a line each.

mod acts;
mod chains;
mod deadlines;
mod figures;
mod laws;
mod properties;

use std::collections::BTreeMap;

use calendar::{Calendar, CivilMoment, Moment, Zone};

use crate::answer::{Derived, State};
use crate::charter::{Adoption, Charter};
use crate::fact::Fact;
use crate::law::Law;
use crate::model::Book;
use crate::parse::parse_book;
use crate::words::Vocabulary;

pub(crate) const BOOK: &str = "name = \"试\"\nname_en = \"trial\"\nedition = \"A/0\"\ndocument = \"试\"\n\
     governs = \"试\"\n\
    clauses = 1\nexamples = 0\n";

/// Days off for 1 to 8 October 2026, worked on 10 October.
pub(crate) fn calendar() -> Calendar {
    Calendar::of_years(&[include_str!("../../../../calendars/cn/2026.toml")]).expect("the year can be read")
}

pub(crate) fn words() -> Vocabulary {
    let (words, problems) = Vocabulary::parse(include_str!("tests/words.toml"));
    assert!(problems.is_empty(), "{problems:?}");
    words
}

/// The book `book` of one clause file with these tables, and these settings.
pub(crate) fn book(settings: &str, rules: &str) -> Book {
    let head = format!("{BOOK}{settings}");
    let clause =
        format!("clause = \"1\"\ntitle = \"试\"\nsummary = \"试\"\nplace = \"1\"\nin_force = 2020-01-01\n{rules}");
    let (book, problems) = parse_book(&words(), &[("book/book.toml", &head), ("book/1.toml", &clause)]);
    assert!(problems.is_empty(), "{problems:#?}");
    book
}

/// A charter that adopts `book` for ever.
pub(crate) fn charter() -> Charter {
    let adoption = Adoption::whole("book", "", Moment(i64::MIN));
    Charter { adoptions: vec![adoption], ..Charter::default() }
}

/// The law of one clause file with these tables.
pub(crate) fn law(rules: &str) -> Law {
    law_of(&book("", rules), &charter())
}

pub(crate) fn law_of(book: &Book, charter: &Charter) -> Law {
    let (law, problems) = Law::compile(std::slice::from_ref(book), &words(), charter, &calendar(), &Zone::shanghai());
    assert!(problems.is_empty(), "{problems:#?}");
    law
}

/// `2026-11-20 16:30`, also with seconds or as 24:00.
pub(crate) fn at(written: &str) -> Moment {
    CivilMoment::parse(written).expect("a moment").moment(&Zone::shanghai())
}

/// Facts, one a line: `2026-11-20 16:30 受理 clerk,head complaint.class=first`; posts are `-` when nobody is named; a
/// person is `@name`, a moment of entry `录入=2026-11-20T18:00`.
pub(crate) fn facts(lines: &[&str]) -> Vec<Fact> {
    let words = words();
    let fact = |(seq, line): (usize, &&str)| {
        let mut tokens = line.split_whitespace();
        let (date, time) = (tokens.next().expect("a date"), tokens.next().expect("a time"));
        let happened = at(&format!("{date} {time}"));
        let word = tokens.next().expect("a fact");
        let name = words.facts[words.fact(word).expect("a known fact")].id.clone();
        let by = tokens.next().filter(|by| *by != "-").map(|by| by.split(',').map(str::to_owned).collect());
        let mut fact = Fact {
            seq: seq as i64,
            name,
            at: happened,
            entered: happened,
            by: by.unwrap_or_default(),
            person: String::new(),
            attributes: BTreeMap::new(),
        };
        for token in tokens {
            match token.split_once('=') {
                Some(("录入", moment)) => fact.entered = at(&moment.replace('T', " ")),
                Some((key, value)) => {
                    fact.attributes.insert(key.to_owned(), value.to_owned());
                }
                None => fact.person = token.trim_start_matches('@').to_owned(),
            }
        }
        fact
    };
    lines.iter().enumerate().map(fact).collect()
}

/// Everything for subject `甲`.
pub(crate) fn derive(law: &Law, lines: &[&str], as_of: &str) -> Derived {
    law.derive("甲", &facts(lines), at(as_of))
}

/// Rule, due moment as written and state of each obligation.
pub(crate) fn owed(derived: &Derived) -> Vec<(String, String, State)> {
    let due = |one: &crate::answer::Obligation| match one.due {
        Some(due) => CivilMoment::of_due(&Zone::shanghai(), due, one.end_of_day).to_string(),
        None => String::new(),
    };
    derived.obligations.iter().map(|one| (one.clause.id.clone(), due(one), one.state)).collect()
}

/// The same written short.
pub(crate) fn line(rule: &str, due: &str, state: State) -> (String, String, State) {
    (rule.to_owned(), due.to_owned(), state)
}

/// What refuses an act done now: rules and what each misses.
pub(crate) fn refused(law: &Law, lines: &[&str], act: &str) -> Vec<(String, Vec<String>)> {
    let act = &facts(&[act])[0];
    let refusals = law.refusals(&facts(lines), act);
    refusals.into_iter().map(|block| (block.clause.id, block.missing)).collect()
}
