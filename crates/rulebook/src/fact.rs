//! A fact (事实): something that happened to a subject, by name, with attributes. The engine's only input about the world.

use std::collections::BTreeMap;

use calendar::Moment;
use serde::{Deserialize, Serialize};

/// One fact. Names are vocabulary ids (`complaint.received`, `case.channel`), never Chinese words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Place in the site's journal; breaks ties between equal moments.
    pub seq: i64,
    /// Vocabulary id of the fact.
    pub name: String,
    /// When it happened.
    pub at: Moment,
    /// When it was entered; later than `at` for a late entry (补录).
    pub entered: Moment,
    /// Posts of those who did it, vocabulary ids.
    #[serde(default)]
    pub by: Vec<String>,
    /// Who did it, an account or person key; distinguishes two signers.
    #[serde(default)]
    pub person: String,
    /// Attribute id → value: choices by id, flags `yes`/`no`, money in fen, moments in microseconds, dates ISO.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
}
