//! What enters and leaves besides pages: workbooks, robots, PDF, attachments.

pub mod ledger;
