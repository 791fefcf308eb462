//! Civil time of an office (历法): spans, working days, shifts, due moments.
//!
//! Pure: no clock, no IO. A moment comes in as a value. The conventions T1 to T12 of the requirement base hold:
//! a limit is half-open at 24:00 and closed at N minutes.

pub mod anchor;
pub mod calendar;
mod day_number;
pub mod due;
pub mod hours;
pub mod instances;
pub mod moment;
pub mod notice;
pub mod office_time;
pub mod open_hours;
pub mod phrase;
pub mod published;
pub mod shift;
mod steps;
#[cfg(test)]
mod tests;
pub mod week;
pub mod words;
mod working_days;
pub mod zone;

pub use anchor::{middle_third, month_end, next_month_day, next_quarter_day, next_time_after, next_weekday};
pub use calendar::{Calendar, DayOrder, Orderer, Sources};
pub use due::{Due, DueAt, Step};
pub use hours::{ClockSpan, HoursRule, ServiceHours};
pub use instances::Instance;
pub use moment::Moment;
pub use notice::{BadNotice, Holiday, Notice};
pub use office_time::OfficeTime;
pub use open_hours::OpenHours;
pub use phrase::{
    BadPhrase, CivilMoment, Day, DueIn, Every, On, OnRestDay, Period, Span, parse_date, parse_time, parse_time_or_end,
    parse_weekday, weekday_en, weekday_within, weekday_zh,
};
pub use published::Draft;
pub use shift::{Shift, ShiftTurn, Shifts};
pub use week::{Season, Week, YearPart};
pub use zone::{UnknownZone, Zone};
