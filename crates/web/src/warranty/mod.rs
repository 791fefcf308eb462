//! 保修: whether a part of a dwelling is under the developer's warranty and until when, told at the desk, on a repair and on the
//! repairer's phone; what is to be seen to of developer's orders, suppliers and contracts.

mod care;
mod renewal;
#[cfg(test)]
mod tests;
mod told;

pub use care::due;
pub use renewal::renewal;
pub use told::{Told, at_desk, is_told_of, line, panel};
