//! What must hold in a rulebook beyond its grammar (检查): one file for each check.

mod circles;
mod counts;
mod doubtful;
mod editions;
mod figures;
mod heads;
mod numbers;
pub(crate) mod overlap;
mod references;
mod settings;
mod tables;
#[cfg(test)]
mod tests;
mod vocabulary;

use crate::model::{Book, Clause};
use crate::problem::Problem;
use crate::words::Vocabulary;

/// Everything that is wrong or open in `books` taken together, in order of file and place. Examples are executed, and
/// numbers mutated, elsewhere.
pub fn check_all(words: &Vocabulary, books: &[Book]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for book in books {
        heads::check(book, &mut problems);
        counts::check(book, &mut problems);
        references::check(book, books, &mut problems);
        editions::check(book, &mut problems);
        tables::check(words, book, &mut problems);
        circles::check(words, book, &mut problems);
        numbers::check(book, books, &mut problems);
        doubtful::check(book, &mut problems);
        vocabulary::yearly(book, &mut problems);
    }
    settings::check(books, &mut problems);
    vocabulary::check(words, books, &mut problems);
    problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    problems
}

/// Whether two clauses are in force on a common day.
fn at_one_time(a: &Clause, b: &Clause) -> bool {
    a.until.is_none_or(|until| b.in_force <= until) && b.until.is_none_or(|until| a.in_force <= until)
}
