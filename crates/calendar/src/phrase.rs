//! The closed phrases of time that a regulation may use, parsed: spans (3 天), clock times (17:00), days on which a
//! rule holds (周一至周五), and periods (每月 25 日). `parse` accepts exactly the forms listed at each type.

mod civil;
mod every;
mod on;
mod period;
mod read;
pub(crate) mod scan;
mod span;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

pub use civil::{CivilMoment, parse_date, parse_time, parse_time_or_end, parse_weekday};
pub use on::weekday_within;
pub(crate) use read::clock;
pub use read::{weekday_en, weekday_zh};

/// A length of time. Forms: `N 分钟` `N 小时` `N 天` `N 个工作日` `N 周` `N 个月` `N 年` `当日` `次日` `N 秒`
/// (a blank between number and unit is optional).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// Runs on the wall clock, day and night (T1).
    Seconds(i64),
    /// Ends with the date of the event plus N days (T3); `Days(0)` is 当日 (T2), `Days(1)` is 次日.
    Days(i64),
    /// Ends with the Nth working day after the date of the event (T4).
    Workdays(i64),
    /// Ends with the same day number N months later, or that month's last day (T3).
    Months(i64),
}

/// A period that repeats. Forms: `每天` `每周` `每月` `每季度` `每年` `每个工作日`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// A calendar day.
    Day,
    /// A working day.
    Workday,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// January to March and so on.
    Quarter,
    /// A calendar year.
    Year,
}

/// A recurring moment. Forms: `每天 [HH:MM]` `每周X [HH:MM]` `每周一至周五 [HH:MM]` `每个工作日 [HH:MM]` `每月 N 日 [HH:MM]`
/// `每月底` `次月底` `次月 N 日` `每季度末` `下季首月 N 日` (or `季首月 N 日`; of the next quarter) `每年 M 月 N 日` `每年底` `每周`
/// (ends Sunday 24:00) `次周日` (the Sunday after the period's week) `每两小时`-like `每 N 小时`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Every {
    /// The period that each instance stands for.
    pub period: Period,
    /// Where in (or after) the period the instance falls due.
    pub due: DueIn,
    /// The clock time; none is 24:00 of that day.
    pub time: Option<Time>,
}

/// The day of an `Every`, counted from its period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DueIn {
    /// The period's last day.
    Last,
    /// A weekday of the week.
    Weekday(Weekday),
    /// Each weekday from the first to the last, both included (the period is a day).
    Weekdays(Weekday, Weekday),
    /// A day of the month, or the month's last when it has no such day.
    MonthDay(i8),
    /// A month and day of the year.
    YearDay(i8, i8),
    /// The last day of the next period.
    NextLast,
    /// A day of the first month of the next period.
    NextMonthDay(i8),
    /// Every N hours from midnight (the period is a day).
    Hours(i64),
}

/// Days on which a rule holds. Forms: `周一至周五` `周末` `周X` `工作日` `休息日` `节假日` `服务时间` `服务时间外` `班次内`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum On {
    /// By weekday, holidays or not, both ends included.
    Weekdays(Weekday, Weekday),
    /// Working days: Monday to Friday less public holidays plus make-up days.
    Workday,
    /// The other days.
    RestDay,
    /// Public holidays.
    Holiday,
    /// Within the hours of service of the site.
    ServiceHours,
    /// Outside the hours of service of the site.
    OutsideServiceHours,
    /// Within a shift of the site.
    Shift,
}

/// What a rest day does to a periodic due day (T7: nothing unless the clause says so). Forms: `不动` `提前` `顺延` `免办`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OnRestDay {
    /// Not moved.
    #[default]
    Stays,
    /// To the working day before.
    Earlier,
    /// To the next working day.
    Later,
    /// Nothing is owed in that period.
    Waived,
}

/// A phrase that no form fits: what was written and the forms that would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPhrase {
    /// The words as written.
    pub written: String,
    /// The accepted forms, one a line.
    pub forms: &'static str,
}

impl BadPhrase {
    pub(crate) fn new(written: &str, forms: &'static str) -> BadPhrase {
        BadPhrase { written: written.to_owned(), forms }
    }
}

impl fmt::Display for BadPhrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "看不懂“{}”；可以写：\n{}", self.written, self.forms)
    }
}

impl std::error::Error for BadPhrase {}

/// One day as the calendar knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// Whether work is done on it.
    pub workday: bool,
    /// Whether the State Council notice makes it a public holiday.
    pub holiday: bool,
    /// What decided it: the layer's name in words, such as 国务院办公厅通知 or 周末.
    pub layer: String,
    /// False when no notice for the year is on file: weekends are off, but that is not confirmed.
    pub confirmed: bool,
}
