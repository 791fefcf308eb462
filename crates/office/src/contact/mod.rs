//! A contact (来访来电): every call, visit, letter, e-mail and web message, also those that become no case. A call is a
//! contact that rang: how often, who answered, who called back. Stream `contact:<id>`.

mod act;
mod decide;
mod evolve;
mod number;
mod phone;
#[cfg(test)]
mod tests;

pub use act::{
    ACTS, ActOnContact, ContactAct, RETURNED, SUPERVISOR_CALLED, SUPERVISOR_CAME, SUPERVISORS, TEN_CHARACTERS, act,
    find,
};
pub use decide::{EndContact, Outcome, TakeContact, end, of_intake, registered, take};
pub use evolve::{Contact, ContactState, narrate, replay};
pub use number::{Number, look_up, normal};
pub use phone::{PhoneEvent, PhoneNews, missed, phone};

/// Posts that may take contacts and owe the call-backs.
pub const MAY_TAKE: &[&str] = crate::case::MAY_REGISTER;
