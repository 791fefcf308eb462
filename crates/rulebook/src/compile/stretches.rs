//! When a book's rules open obligations (适用时段): adoption, edition of the clause, books adopted beside it.

use calendar::{Moment, Zone};

use crate::charter::{Adoption, Charter};
use crate::compile::plan::Stretch;
use crate::model::{Book, Clause};

/// Whether this adoption is of this book, in this edition. An adoption without a digest is of any edition.
pub fn adopts(adoption: &Adoption, book: &Book) -> bool {
    adoption.book == book.id && (adoption.digest.is_empty() || adoption.digest == book.digest)
}

/// When the site has adopted this edition of the book.
pub fn of_book(charter: &Charter, book: &Book) -> Vec<Stretch> {
    charter.adoptions.iter().filter(|adoption| adopts(adoption, book)).filter_map(stretch).collect()
}

/// When the site has adopted this clause, by its register number, in this edition of the book.
pub fn of_rule(charter: &Charter, book: &Book, id: &str) -> Vec<Stretch> {
    let own = |adoption: &&Adoption| adopts(adoption, book) && !adoption.except.contains(id);
    charter.adoptions.iter().filter(own).filter_map(stretch).collect()
}

/// When the site has adopted any edition of a book.
pub fn of_id(charter: &Charter, book: &str) -> Vec<Stretch> {
    charter.adoptions.iter().filter(|adoption| adoption.book == book).filter_map(stretch).collect()
}

fn stretch(adoption: &Adoption) -> Option<Stretch> {
    let until = adoption.until.unwrap_or(Moment(i64::MAX));
    (adoption.from < until).then_some(Stretch { from: adoption.from, until })
}

/// When this edition of the clause is in force, its last day included.
pub fn in_force(clause: &Clause, zone: &Zone) -> Stretch {
    let midnight = jiff::civil::Time::midnight();
    let from = zone.moment(clause.in_force.to_datetime(midnight));
    let until = clause.until.map_or(Moment(i64::MAX), |until| zone.end_of_day(until));
    Stretch { from, until }
}

/// What lies in one of `a` and one of `b`.
pub fn common(a: &[Stretch], b: &[Stretch]) -> Vec<Stretch> {
    a.iter().flat_map(|one| b.iter().filter_map(|other| one.common(*other))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(from: i64, until: i64) -> Stretch {
        Stretch { from: Moment(from), until: Moment(until) }
    }

    #[test]
    fn common_parts_are_half_open() {
        let both = common(&[stretch(0, 10), stretch(20, 30)], &[stretch(5, 25)]);
        assert_eq!(both, [stretch(5, 10), stretch(20, 25)]);
        assert_eq!(common(&[stretch(0, 5)], &[stretch(5, 9)]), []);
        assert!(stretch(0, 5).holds(Moment(0)) && !stretch(0, 5).holds(Moment(5)));
    }
}
