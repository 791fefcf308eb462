//! Worked examples executed (示例): what happens becomes facts, the law derives, the complete answer is compared.

mod answers;
mod compare;
mod happens;
mod population;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use calendar::{Calendar, CivilMoment, Moment, Zone};

use crate::charter::{Adoption, Charter};
use crate::fact::Fact;
use crate::law::{self, Law};
use crate::model::{Book, Clause, Example};
use crate::problem::Problem;
use crate::words::Vocabulary;

pub use answers::{Line, answers};
pub use compare::Outcome;

/// Adoption in examples: long before anything happens.
const ADOPTED: (i16, i8, i8) = (2000, 1, 1);

/// Runs examples of books under one calendar. Books are prepared once.
pub struct Examiner<'a> {
    words: &'a Vocabulary,
    books: &'a [Book],
    prepared: Vec<Arc<Book>>,
    calendar: &'a Calendar,
    zone: &'a Zone,
    blank: Law,
}

/// The facts of each subject of an example, by label, and when it is looked at.
#[derive(Clone, Debug, Default)]
pub struct Scenario {
    /// Facts by label; a single unnamed subject has the empty label.
    pub subjects: BTreeMap<String, Vec<Fact>>,
    /// The moment of looking.
    pub as_of: Moment,
    /// The labels that were written; a single unnamed subject has none.
    pub labelled: bool,
}

/// What the examples of these books say against them: those that answer otherwise, and every number that could be
/// another without an example noticing. Beside `check_all`, which needs no calendar.
pub fn check_examples(words: &Vocabulary, books: &[Book], calendar: &Calendar, zone: &Zone) -> Vec<Problem> {
    let examiner = Examiner::new(words, books, calendar, zone);
    let mut problems = examiner.examine();
    problems.extend(examiner.mutate().survivors);
    problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    problems
}

impl<'a> Examiner<'a> {
    /// An examiner for these books.
    pub fn new(words: &'a Vocabulary, books: &'a [Book], calendar: &'a Calendar, zone: &'a Zone) -> Examiner<'a> {
        let prepared = books.iter().map(|book| Arc::new(law::lean(book))).collect();
        Examiner { words, books, prepared, calendar, zone, blank: Law::none(words) }
    }

    /// The vocabulary.
    pub fn words(&self) -> &Vocabulary {
        self.words
    }

    /// The books.
    pub fn books(&self) -> &[Book] {
        self.books
    }

    /// The law and the facts of an example of the book at `place`, for whoever tells more of it than its answer. Problems
    /// when it cannot be read.
    pub fn scenario(&self, place: usize, clause: &Clause, example: &Example) -> Result<(Law, Scenario), Vec<Problem>> {
        let book = &self.prepared[place];
        let law = self.law(place, book, example);
        let scenario = happens::scenario(self, &law, book, clause, example)?;
        Ok((law, scenario))
    }

    /// Runs every example of every book: one problem for each that answers otherwise or cannot be read.
    pub fn examine(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for place in 0..self.books.len() {
            for clause in &self.books[place].clauses {
                for example in &clause.examples {
                    problems.extend(self.examine_one(place, clause, example));
                }
            }
        }
        problems
    }

    fn examine_one(&self, place: usize, clause: &Clause, example: &Example) -> Vec<Problem> {
        match self.run(place, Arc::clone(&self.prepared[place]), clause, example) {
            Ok(outcome) if outcome.agrees() => Vec::new(),
            Ok(outcome) => {
                let sentence = format!("示例“{}”{}", example.name.value, outcome.difference_zh());
                let all: Vec<&str> = outcome.actual.iter().map(|line| line.text.as_str()).collect();
                let hint = match all.as_slice() {
                    [] => "实际的完整回答是空的".to_owned(),
                    all => format!("实际的完整回答：{}", all.join("；")),
                };
                vec![Problem::error(&clause.path, self.place_of(example, &outcome), sentence).with_hint(hint)]
            }
            Err(problems) => problems,
        }
    }

    /// The first expected line that is not answered, else the example's name.
    fn place_of(&self, example: &Example, outcome: &Outcome) -> Range<usize> {
        match outcome.missing.first() {
            Some(place) => example.expect[*place].span.clone(),
            None => example.name.span.clone(),
        }
    }

    /// Runs one example of the book at `place` with `book` in its stead, adopted alone, with the books that its
    /// covered rules ask to be adopted too. Problems when the example cannot be read.
    pub(crate) fn run(
        &self,
        place: usize,
        book: Arc<Book>,
        clause: &Clause,
        example: &Example,
    ) -> Result<Outcome, Vec<Problem>> {
        let law = self.law(place, &book, example);
        let scenario = happens::scenario(self, &law, &book, clause, example)?;
        let asked = answers::Asked {
            book: &book,
            covers: example.covers.iter().map(|id| id.value.as_str()).collect(),
            period: example.period.as_deref(),
        };
        let lines = answers::of_scenario(&law, &asked, &scenario, self.zone);
        Ok(compare::compare(lines, &example.expect, self.zone))
    }

    /// The law of an example.
    fn law(&self, place: usize, book: &Arc<Book>, example: &Example) -> Law {
        let mut adopted = vec![book.id.clone()];
        for rule in book.clauses.iter().flat_map(|clause| &clause.rules) {
            if example.covers.iter().any(|id| id.value == rule.id.value) {
                adopted.extend(rule.adopted_with.iter().cloned());
            }
        }
        let (year, month, day) = ADOPTED;
        let from = self.zone.start_of_day(jiff::civil::date(year, month, day));
        let adoption = |book: &String| Adoption::whole(book, "", from);
        let charter = Charter {
            adoptions: adopted.iter().map(adoption).collect(),
            settings: example.settings.clone(),
            ..Charter::default()
        };
        let mut books = self.prepared.clone();
        books[place] = Arc::clone(book);
        self.blank.with(books, &charter, self.calendar, self.zone).0
    }

    /// A moment as examples write it.
    fn moment(&self, written: &str) -> Option<Moment> {
        CivilMoment::parse(written).ok().map(|civil| civil.moment(self.zone))
    }
}
