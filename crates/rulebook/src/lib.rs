//! Regulations as data (规程): parse, check, read back, derive obligations, explain, simulate.
//!
//! Pure: no files, no clock. Texts, facts and moments come in as values. Knows no office.

pub mod answer;
pub mod charter;
pub mod check;
mod compile;
pub mod conflict;
pub mod coverage;
mod derive;
pub mod diff;
pub mod example;
mod explain;
pub mod fact;
mod figure;
mod law;
pub mod model;
pub mod mutate;
pub mod nearest;
pub mod parse;
pub mod problem;
pub mod read_back;
#[cfg(test)]
mod sample;
pub mod simulate;
pub mod words;

pub use answer::*;
pub use charter::{Adoption, Charter, Preference};
pub use check::check_all;
pub use conflict::{Aspect, Conflict};
pub use coverage::{Coverage, Standing, coverage};
pub use derive::lean::Lean;
pub use derive::{DutyPeriod, LeanEscalation, LeanMember, LeanObligation, Uncovered};
pub use diff::{Difference, diff};
pub use example::{Examiner, Scenario, check_examples};
pub use fact::Fact;
pub use figure::{Raised, Sums};
pub use law::{Interned, Law, ROLL, SERVICE_HOURS, SHIFTS, WITHDRAWN};
pub use parse::{parse_book, setting_fits};
pub use problem::{Problem, Severity};
pub use read_back::{Lang, ReadBack, read_clause};
pub use words::Vocabulary;
