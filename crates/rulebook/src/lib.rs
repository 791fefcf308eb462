//! Regulations as data (规程): parse, check, read back, derive obligations, explain, simulate.
//!
//! Pure: no files, no clock. Texts, facts and moments come in as values. Knows no office.

pub mod answer;
pub mod charter;
pub mod check;
pub mod coverage;
pub mod diff;
pub mod fact;
pub mod model;
pub mod nearest;
pub mod parse;
pub mod problem;
pub mod read_back;
#[cfg(test)]
mod sample;
pub mod words;

pub use answer::*;
pub use charter::{Adoption, Charter};
pub use check::check_all;
pub use coverage::{Coverage, Standing, coverage};
pub use diff::{Difference, diff};
pub use fact::Fact;
pub use parse::parse_book;
pub use problem::{Problem, Severity};
pub use read_back::{Lang, ReadBack, read_clause};
pub use words::Vocabulary;
