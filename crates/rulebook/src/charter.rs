//! The charter of a site (章程): which books it adopted from when, its settings, role bindings and settled conflicts.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Moment;
use serde::{Deserialize, Serialize};

use crate::answer::ClauseRef;

/// An adopted book, whole or without some of its clauses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// Book id.
    pub book: String,
    /// Digest of the edition adopted; its whole text is kept with the journal.
    pub digest: String,
    /// Facts at or after this moment open obligations under it.
    pub from: Moment,
    /// Facts at or after this moment no longer do; open obligations go on.
    pub until: Option<Moment>,
    /// Register numbers of the clauses that the site does not adopt; empty: the book is adopted whole.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub except: BTreeSet<String>,
}

impl Adoption {
    /// The whole book from this moment on.
    pub fn whole(book: &str, digest: &str, from: Moment) -> Adoption {
        let (book, digest) = (book.to_owned(), digest.to_owned());
        Adoption { book, digest, from, until: None, except: BTreeSet::new() }
    }

    /// Whether facts of this moment fall under it.
    pub fn holds_at(&self, at: Moment) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// A conflict settled by preferring one clause: where both ask for the same act after the same fact, the preferred one
/// is lit; the other is measured all the same. Where the two contradict each other, the preferred one speaks alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// The clause that is lit.
    pub prefer: ClauseRef,
    /// The clause that yields to it.
    pub over: ClauseRef,
}

/// What a site has decided: the law of its cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charter {
    /// Adopted books.
    pub adoptions: Vec<Adoption>,
    /// Setting name → value as written; the declared default holds for the rest.
    pub settings: BTreeMap<String, String>,
    /// Rulebook post → post of the office that stands for it, where a site binds it differently.
    pub bindings: BTreeMap<String, Vec<String>>,
    /// Settled conflicts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preferences: Vec<Preference>,
}

impl Charter {
    /// The adoption of a book that holds at a moment.
    pub fn adoption(&self, book: &str, at: Moment) -> Option<&Adoption> {
        self.adoptions.iter().find(|it| it.book == book && it.holds_at(at))
    }

    /// The adoptions that hold at a moment.
    pub fn adopted(&self, at: Moment) -> impl Iterator<Item = &Adoption> {
        self.adoptions.iter().filter(move |it| it.holds_at(at))
    }

    /// Whether a clause is adopted at a moment.
    pub fn adopts(&self, clause: &ClauseRef, at: Moment) -> bool {
        self.adopted(at).any(|it| it.book == clause.book && !it.except.contains(&clause.id))
    }

    /// The adopted clauses that this one yields to.
    pub fn preferred_over(&self, clause: &ClauseRef, at: Moment) -> impl Iterator<Item = &ClauseRef> {
        let of = move |it: &&Preference| it.over == *clause && self.adopts(&it.prefer, at);
        self.preferences.iter().filter(of).map(|it| &it.prefer)
    }
}
