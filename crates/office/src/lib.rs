//! What happens in a property office (办公室): one folder per noun, decide and evolve.
//!
//! Pure: no clock, no IO. Knows no clause number and no limit; what the adopted clauses refuse comes in as a value.

pub mod act;
pub mod actor;
pub mod answer;
pub mod archive;
pub mod asked;
pub mod blank_slip;
pub mod care;
pub mod case;
pub mod charge;
pub mod contact;
pub mod dossier;
pub mod event;
pub mod fee;
pub mod fee_notice;
pub mod form;
pub mod household;
pub mod internal_rule;
pub mod link;
pub mod mail;
pub mod mass_event;
pub mod meeting;
pub mod money;
pub mod period;
pub mod price;
pub mod promise;
pub mod refusal;
pub mod register;
pub mod report;
pub mod sample;
pub mod service_contract;
pub mod site;
pub mod statistics_report;
pub mod stock;
pub mod stretch;
pub mod suggest;
pub mod supplier;
pub mod survey;
pub mod tariff;
pub mod topic;
pub mod warranty;

pub use actor::Actor;
pub use event::{Body, Entry, Event};
pub use refusal::{Reason, Refusal};
