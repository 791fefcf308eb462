//! What must hold in a rulebook beyond its grammar (检查): one file for each check.

mod counts;
mod references;
mod settings;

use crate::model::{Book, Clause};
use crate::problem::Problem;
use crate::words::Vocabulary;

/// Everything that is wrong or open in `books`, in order of file and place. Examples are executed elsewhere.
pub fn check_all(_words: &Vocabulary, books: &[Book]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for book in books {
        counts::check(book, &mut problems);
        references::check(book, books, &mut problems);
    }
    settings::check(books, &mut problems);
    problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    problems
}

/// Whether two editions of a clause are in force on a common day; clauses of different numbers always are.
fn at_one_time(a: &Clause, b: &Clause) -> bool {
    a.until.is_none_or(|until| b.in_force <= until)
        && b.until.is_none_or(|until| a.in_force <= until)
}
