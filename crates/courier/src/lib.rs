//! What enters and leaves besides pages (收发): workbooks, robots, PDF, attachments.

pub mod attachment;
pub mod ledger;
pub mod own_books;
pub mod robot;
pub mod table;
