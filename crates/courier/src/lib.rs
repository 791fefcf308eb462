//! What enters and leaves besides pages: workbooks, robots, PDF, attachments.

pub mod attachment;
pub mod ledger;
pub mod robot;
