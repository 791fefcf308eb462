//! Civil time of an office (历法): spans, working days, shifts, due moments.
//!
//! Pure: no clock, no IO. A moment comes in as a value. The conventions T1 to T12 of the requirement base hold:
//! a limit is half-open at 24:00 and closed at N minutes.

pub mod moment;
pub mod phrase;

pub use moment::{Moment, UnknownZone, Zone};
pub use phrase::{
    BadPhrase, CivilMoment, Day, DueIn, Every, On, OnRestDay, Period, Span, parse_date, parse_time,
    parse_time_or_end, parse_weekday, weekday_en, weekday_within, weekday_zh,
};
