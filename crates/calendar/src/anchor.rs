//! Moments and days found from another (锚点): the next 17:00, the next 25th, the end of a month, a middle third.

use jiff::civil::{Date, Time, Weekday};

use crate::day_number;
use crate::moment::Moment;
use crate::phrase::Period;
use crate::zone::Zone;

/// Days looked at for a clock time: no calendar has so many days in a row on which nobody works.
const DAYS_AHEAD: i32 = 400;

/// The first of these clock times strictly after `moment` on a day that `falls_on` accepts (`后首个 17:00`,
/// `后首个 工作日 09:30、17:00`); `moment` itself when no day of more than a year is accepted.
pub fn next_time_after(zone: &Zone, moment: Moment, times: &[Time], falls_on: impl Fn(Date) -> bool) -> Moment {
    let today = day_number::of(zone.date(moment));
    (0..DAYS_AHEAD)
        .map(|days| day_number::date(today + days))
        .filter(|date| falls_on(*date))
        .find_map(|date| {
            let times = times.iter().map(|time| zone.moment(date.to_datetime(*time)));
            times.filter(|at| *at > moment).min()
        })
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
