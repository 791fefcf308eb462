//! A site (站点) and its law: adopted rulebooks, settings with provenance, role bindings, accounts with posts.

mod account;
mod binding;
mod charter;
mod settings;

pub use account::{ADMINISTRATOR, Account, PostChange, account, accounts};
pub use binding::{USUAL, bound};
pub use charter::{CharterChange, CharterLog, charter_log, decide};
pub use settings::{OFFICE_SETTINGS, OfficeSetting, Provenance};
