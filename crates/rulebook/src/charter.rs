//! The charter of a site (章程): which books it adopted from when, its settings and role bindings.

use std::collections::BTreeMap;

use calendar::Moment;
use serde::{Deserialize, Serialize};

/// An adopted book.
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
}
