//! The price list (收费标准) as offices keep it: a workbook or CSV becomes items with their prices, or reasons why not. Nothing
//! is written here.

mod column;
mod draft;
mod sample;
#[cfg(test)]
mod tests;

pub use column::Column;
pub use draft::{Draft, Heading, read, read_mapped};
pub use sample::{HEADINGS, line, sample};
