//! A law to try (试行): the site's charter as it is, changed in some points, as if it had always been so. Nothing is written.

use std::collections::BTreeSet;
use std::sync::Arc;

use calendar::{Calendar, DayOrder, Moment};
use rulebook::model::Book;
use rulebook::{Adoption, Charter, Law};

use super::{Laws, SiteLaw};

/// A charter with its books and calendar, from the beginning of time.
#[derive(Clone)]
pub struct Trial {
    /// The charter.
    pub charter: Charter,
    /// Books of the charter.
    pub books: Vec<Arc<Book>>,
    /// The calendar of the site.
    pub calendar: Calendar,
    /// Days settled otherwise than in it.
    pub orders: Vec<DayOrder>,
}

impl SiteLaw {
    /// Today's charter as if it had always been so, so that only what is changed in it makes a difference.
    pub fn today(&self, now: Moment) -> Trial {
        let ever = |it: &Adoption| Adoption { from: Moment(i64::MIN), until: None, ..it.clone() };
        Trial {
            charter: Charter { adoptions: self.charter.adopted(now).map(ever).collect(), ..self.charter.clone() },
            books: self.charter.adopted(now).filter_map(|it| self.books.get(&it.digest).cloned()).collect(),
            calendar: self.calendar.clone(),
            orders: Vec::new(),
        }
    }
}

impl Trial {
    /// Adopts an edition without these clauses, in place of another edition of the book.
    pub fn adopt(&mut self, book: &Arc<Book>, except: BTreeSet<String>) {
        self.leave(&book.id);
        let ever = Moment(i64::MIN);
        self.charter.adoptions.push(Adoption { except, ..Adoption::whole(&book.id, &book.digest, ever) });
        self.books.push(book.clone());
    }

    /// Leaves a book.
    pub fn leave(&mut self, book: &str) {
        self.charter.adoptions.retain(|it| it.book != book);
        self.books.retain(|it| it.id != book);
    }

    /// Sets a setting; empty goes back to the default.
    pub fn set(&mut self, name: &str, value: &str) {
        match value {
            "" => self.charter.settings.remove(name),
            value => self.charter.settings.insert(name.to_owned(), value.to_owned()),
        };
    }

    /// The law that it makes. Clauses that wait for a capability are left out, as they are of the law in force.
    pub fn law(&self, laws: &Laws) -> Law {
        let books: Vec<Book> = self.books.iter().map(|book| (**book).clone()).collect();
        let charter = laws.in_force(&self.charter, &books);
        let calendar = match self.orders.is_empty() {
            true => self.calendar.clone(),
            false => self.calendar.with_orders(self.orders.iter().cloned()),
        };
        Law::compile(&books, &laws.vocabulary, &charter, &calendar, &laws.zone).0
    }
}
