//! A case (事项): anything with a life and a number, from first contact to filing.

mod decide;
mod evolve;
mod kind;
mod narrate;
mod open;
mod register;
mod reminder;
mod shows;
mod standing;
#[cfg(test)]
mod tests;
mod third_copy;

pub(crate) use decide::lateness;
pub use decide::{ActOnCase, Latitude, act, offer};
pub use evolve::{Case, CaseState, FormState, evolve, facts, replay};
pub use kind::CaseKind;
pub use narrate::{Names, narrate};
pub use open::{OpenRecord, open};
pub use register::{AT_THE_SCENE, Caller, MAY_REGISTER, Place, Register, Registered, nothing_said, register};
pub use standing::is_paid;
pub use third_copy::ThirdCopy;
