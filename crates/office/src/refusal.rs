//! A refusal (拒绝): an answer in three parts, never an error: what is refused, why, what to do next.

use std::fmt;

use rulebook::ClauseRef;
use serde::{Deserialize, Serialize};

/// The office says no; nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What was refused: 不能结案.
    pub what: String,
    /// Why, each with its clause when a rulebook says so.
    pub because: Vec<Reason>,
    /// What to do next.
    pub next: String,
    /// The field concerned, when one is.
    pub field: Option<String>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// In words.
    pub text: String,
    /// The clause.
    pub clause: Option<ClauseRef>,
}

impl Refusal {
    /// A refusal for one reason that no clause gives.
    pub fn new(what: impl Into<String>, why: impl Into<String>, next: impl Into<String>) -> Refusal {
        Refusal {
            what: what.into(),
            because: vec![Reason { text: why.into(), clause: None }],
            next: next.into(),
            field: None,
        }
    }

    /// The same, pointing at a field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Refusal {
        self.field = Some(field.to_owned());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：", self.what)?;
        for (n, reason) in self.because.iter().enumerate() {
            if n > 0 {
                f.write_str("；")?;
            }
            f.write_str(&reason.text)?;
            if let Some(clause) = &reason.clause {
                write!(f, "（{} {}）", clause.book, clause.id)?;
            }
        }
        write!(f, "。{}", self.next)
    }
}
