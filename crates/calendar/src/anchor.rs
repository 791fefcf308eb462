//! Moments and days found from another (锚点): the next 17:00, the next 25th, the end of a month, a middle third.

use jiff::civil::{Date, Time, Weekday};

use crate::day_number;
use crate::moment::Moment;
use crate::phrase::Period;
use crate::zone::Zone;

/// The first such clock time strictly after `moment` (`后首个 17:00`).
pub fn next_time_after(zone: &Zone, moment: Moment, time: Time) -> Moment {
    let date = zone.date(moment);
    // A clock change can put the reading of one day after the next look at it, so three days are tried.
    (0..3)
        .map(|days| zone.moment(day_number::date(day_number::of(date) + days).to_datetime(time)))
        .find(|at| *at > moment)
        .unwrap_or(moment)
}

/// The first day with this number on or after `date` (`后首个 25 日`); a month without it gives its last day.
pub fn next_month_day(date: Date, number: i8) -> Date {
    let this_month = in_month(date, number);
    if this_month >= date { this_month } else { in_month(Period::Month.next(date), number) }
}

/// The first such weekday strictly after `date` (`后首个 周日`).
pub fn next_weekday(date: Date, weekday: Weekday) -> Date {
    let steps = weekday.to_monday_zero_offset() - date.weekday().to_monday_zero_offset();
    let days = i64::from(steps.rem_euclid(7));
    day_number::date(day_number::add(day_number::of(date), if days == 0 { 7 } else { days }))
}

/// The last day of the month of `date` (`当月底`), or of the next month (`次月底`).
pub fn month_end(date: Date, next: bool) -> Date {
    let date = if next { Period::Month.next(date) } else { date };
    date.last_of_month()
}

/// Day `number` of the first month of the next quarter (`下季首月 10 日`), or that month's last day.
pub fn next_quarter_day(date: Date, number: i8) -> Date {
    in_month(Period::Quarter.next(date), number)
}

/// First and last day of the middle third of the days from `start` to `end`, both included: as many whole days before
/// it as after it. None when `end` is before `start`.
pub fn middle_third(start: Date, end: Date) -> Option<(Date, Date)> {
    let (first, last) = (day_number::of(start), day_number::of(end));
    let days = last.checked_sub(first)? + 1;
    if days < 1 {
        return None;
    }
    let outer = days / 3;
    Some((day_number::date(first + outer), day_number::date(last - outer)))
}

/// Day `number` of the month of `date`, or that month's last day.
pub(crate) fn in_month(date: Date, number: i8) -> Date {
    let last = date.last_of_month();
    if number < last.day() { jiff::civil::date(date.year(), date.month(), number.max(1)) } else { last }
}
