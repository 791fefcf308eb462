//! The household ledger (业主台账) as offices keep it: a workbook or CSV becomes rows, or reasons why not. Nothing is written here.

mod cell;
mod column;
mod draft;
mod sample;
mod sheet;
#[cfg(test)]
mod tests;

pub use cell::Cell;
pub use column::Column;
pub use draft::{Draft, Heading, read, read_mapped};
pub use sample::sample;
pub use sheet::{NotReadable, Sheet, sheets};
