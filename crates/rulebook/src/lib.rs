//! Regulations as data (规程): parse, check, read back, derive obligations, explain, simulate.
//!
//! Pure: no files, no clock. Texts, facts and moments come in as values. Knows no office.

pub mod answer;
pub mod charter;
pub mod fact;
pub mod model;

pub use answer::*;
pub use charter::{Adoption, Charter};
pub use fact::Fact;
