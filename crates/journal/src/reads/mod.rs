//! What pages read (读取): one file a page, plain values out, SQL inside.

mod answer;
mod board;
mod case_page;
mod cases;
mod charter;
mod clause;
mod complaints;
mod contact;
mod desk;
mod follow_up;
pub(crate) mod household;
mod paper;
mod period;
mod person;
mod read_out;
mod row;
mod setting;
mod shift;
mod staff;
mod types;
mod work;

pub use answer::{AnswerPage, AnswerRow};
pub use board::Ringing;
pub use case_page::value_in_words;
pub use cases::{CaseFilter, CaseList};
pub use complaints::{ComplaintBoard, Recurring, SameBy};
pub use contact::{CallHere, ContactFilter, ContactList, ContactPage, ContactRow};
pub use period::{PeriodPage, PeriodRow};
pub(crate) use period::{duty_facts, find as find_period, required as period_requires, stream_of as period_stream};
pub use person::{Erasable, ErasureRow};
pub use read_out::ReadOut;
pub use setting::SettingRow;
pub use shift::{LogLine, ShiftRow};
pub use staff::Access;
pub use types::*;
