//! What enters and leaves besides pages (收发): workbooks, event logs, robots, mail, attachments.

pub mod attachment;
pub mod event_log;
pub mod headed;
pub mod ledger;
pub mod mail;
pub mod own_books;
pub mod pdf;
pub mod prices;
pub mod report;
pub mod robot;
pub mod slips;
pub mod table;
mod text;
pub mod visits_feed;
