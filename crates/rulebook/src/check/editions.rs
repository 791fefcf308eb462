//! Dated editions of a clause (版次) follow each other without overlap and without a gap.

use crate::model::Book;
use crate::problem::Problem;

/// Checks clauses of one number against each other; they come in the order of their dates.
pub fn check(book: &Book, problems: &mut Vec<Problem>) {
    for pair in book.clauses.windows(2) {
        let [earlier, later] = pair else { continue };
        if earlier.number != later.number {
            continue;
        }
        let number = &later.number;
        let sentence = match earlier.until {
            Some(until) if until >= later.in_force => {
                format!("`{number}` 的两个版次重叠：前一版到 {until}，这一版从 {} 起", later.in_force)
            }
            Some(until) if until.tomorrow().ok() != Some(later.in_force) => {
                format!("`{number}` 的两个版次之间有空档：前一版到 {until}，这一版从 {} 起", later.in_force)
            }
            None => format!("`{number}` 的前一版（{}）没有写 `until`", earlier.path),
            Some(_) => continue,
        };
        problems.push(Problem::error(&later.path, later.span.clone(), sentence));
    }
}
