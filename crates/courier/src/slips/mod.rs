//! What a bank sends back (银行回盘、回单清单): a workbook or CSV becomes slips with their sums and days, or reasons why not. Nothing is
//! written here.

mod draft;
#[cfg(test)]
mod tests;

pub use draft::{Column, Draft, HEADINGS, Slip, read, read_mapped, sample};
