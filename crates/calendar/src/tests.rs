//! Tests over the whole crate (总测试).

mod days;
mod examples;
mod hours;
mod laws;
mod limits;
mod spoken;

use crate::{Calendar, CivilMoment, DueAt, Moment, Span, Zone, parse_date};
use jiff::civil::Date;

pub(crate) const YEARS: [&str; 7] = [
    include_str!("../../../calendars/cn/2020.toml"),
    include_str!("../../../calendars/cn/2021.toml"),
    include_str!("../../../calendars/cn/2022.toml"),
    include_str!("../../../calendars/cn/2023.toml"),
    include_str!("../../../calendars/cn/2024.toml"),
    include_str!("../../../calendars/cn/2025.toml"),
    include_str!("../../../calendars/cn/2026.toml"),
];

/// The calendar of China, 2020 to 2026.
pub(crate) fn china() -> Calendar {
    Calendar::of_years(&YEARS).expect("the year texts are sound")
}

pub(crate) fn day(written: &str) -> Date {
    parse_date(written).expect("a date")
}

pub(crate) fn at(written: &str) -> Moment {
    CivilMoment::parse(written).expect("a moment").moment(&Zone::shanghai())
}

/// The due moment of a phrase, written out.
pub(crate) fn due(calendar: &Calendar, from: &str, span: &str) -> String {
    let zone = Zone::shanghai();
    let span = Span::parse(span).expect("a span");
    let due: DueAt = calendar.due_at(&zone, at(from), span, false);
    due.civil(&zone).to_string()
}
