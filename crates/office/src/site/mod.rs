//! A site (站点) and its law: adopted rulebooks, settings with provenance, role bindings, accounts with posts.

mod account;
mod address;
mod binding;
mod calendar;
mod charter;
pub mod checklist;
mod pattern;
mod phrase;
mod settings;

pub use account::{ADMINISTRATOR, Account, PostChange, account, accounts};
pub use address::{AS_WRITTEN, Address, CUSTOMERS, OFFICES};
pub use binding::{FIRST_BOOKS, USUAL, bound};
pub use calendar::{CalendarChange, CalendarEntry, CalendarTold, calendar_told, changes_calendar, settle_calendar};
pub use charter::{
    ADOPTED, Adopting, CharterChange, CharterLog, PERSON_MARK, Settlement, adopting_fact, charter_log, decide,
    stands_for,
};
pub use pattern::{ShiftPattern, shift_patterns};
pub use phrase::{PHRASES, Phrase, office_settings, phrase_of};
pub use settings::{OfficeSetting, Provenance};
