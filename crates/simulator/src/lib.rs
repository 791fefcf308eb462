//! A seeded estate that lives (仿真): demo data, load, what-if. Plainly fictional; the same seed gives the same weeks.

mod appraisal;
mod blank_slip;
pub mod chance;
mod complaint;
pub mod contact;
pub mod demo;
mod dossier;
mod draw;
mod duties;
pub mod estate;
mod fee;
mod follow_up;
mod holdings;
pub mod load;
mod mail;
mod mass_event;
mod matter;
mod order;
mod paid_service;
mod paper;
pub mod play;
mod price;
#[cfg(test)]
mod quarter_tests;
mod repair;
mod report;
mod shift;
pub mod staff;
mod stock;
mod survey;
pub mod tale;
#[cfg(test)]
mod tests;
mod topic;
mod visit;
mod warranty;
pub mod weeks;
pub mod workbook;
pub mod year;

pub use paid_service::LINKED;

pub use demo::{Demonstration, Opened, demo, opened};
