//! Periods: their bounds and their keys (期间).

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::scan::even_out;
use super::{BadPhrase, Period};

const FORMS: &str = "每天\n每周\n每月\n每季度\n每年\n每个工作日\n日\n周\n月\n季\n年";
const KEY_FORMS: &str = "2026-11-22\n2026-W47\n2026-11\n2026-Q4\n2026";

impl Period {
    /// Reads `每月` or, as rates write it, `月`.
    pub fn parse(written: &str) -> Result<Period, BadPhrase> {
        match even_out(written).as_str() {
            "每天" | "日" | "天" => Ok(Period::Day),
            "每个工作日" | "工作日" => Ok(Period::Workday),
            "每周" | "周" => Ok(Period::Week),
            "每月" | "月" => Ok(Period::Month),
            "每季度" | "季" | "季度" => Ok(Period::Quarter),
            "每年" | "年" => Ok(Period::Year),
            _ => Err(BadPhrase::new(written, FORMS)),
        }
    }

    /// In Chinese: `每月`.
    pub fn read_zh(self) -> &'static str {
        match self {
            Period::Day => "每天",
            Period::Workday => "每个工作日",
            Period::Week => "每周",
            Period::Month => "每月",
            Period::Quarter => "每季度",
            Period::Year => "每年",
        }
    }

    /// In English: `each month`.
    pub fn read_en(self) -> &'static str {
        match self {
            Period::Day => "each day",
            Period::Workday => "each working day",
            Period::Week => "each week",
            Period::Month => "each month",
            Period::Quarter => "each quarter",
            Period::Year => "each year",
        }
    }

    /// The key of the period that holds `date`: `2026-11-22`, `2026-W47` (ISO week), `2026-11`, `2026-Q4`, `2026`.
    /// A working day has the key of its day.
    pub fn key(self, date: Date) -> String {
        match self {
            Period::Day | Period::Workday => date.to_string(),
            Period::Week => {
                let week = date.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Period::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Period::Quarter => format!("{:04}-Q{}", date.year(), quarter(date)),
            Period::Year => format!("{:04}", date.year()),
        }
    }

    /// The period and its first day from a key; refuses weeks and quarters that do not exist.
    pub fn of_key(written: &str) -> Result<(Period, Date), BadPhrase> {
        read_key(written.trim()).ok_or_else(|| BadPhrase::new(written, KEY_FORMS))
    }

    /// First and last day of the period that holds `date`, both included.
    pub fn bounds(self, date: Date) -> (Date, Date) {
        let first = match self {
            Period::Day | Period::Workday => return (date, date),
            Period::Week => {
                let back = i32::from(date.weekday().to_monday_zero_offset());
                let first = date.saturating_sub(back.days());
                return (first, first.saturating_add(6.days()));
            }
            Period::Month => date.first_of_month(),
            Period::Quarter => month(date.year(), (quarter(date) - 1) * 3 + 1),
            Period::Year => month(date.year(), 1),
        };
        let last_month = first.saturating_add((self.months() - 1).months());
        (first, last_month.last_of_month())
    }

    /// First day of the next period; the last day of the calendar (9999-12-31) has no next and answers itself.
    pub fn next(self, date: Date) -> Date {
        self.bounds(date).1.saturating_add(1.days())
    }

    /// First day of the period before.
    pub fn previous(self, date: Date) -> Date {
        let (first, _) = self.bounds(date);
        self.bounds(first.saturating_sub(1.days())).0
    }

    fn months(self) -> i32 {
        match self {
            Period::Quarter => 3,
            Period::Year => 12,
            _ => 1,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.read_zh())
    }
}

fn quarter(date: Date) -> i8 {
    (date.month() - 1) / 3 + 1
}

fn month(year: i16, month: i8) -> Date {
    jiff::civil::date(year, month, 1)
}

fn read_key(key: &str) -> Option<(Period, Date)> {
    if !key.is_ascii() || key.len() < 4 {
        return None;
    }
    let (year, rest) = key.split_at(4);
    if !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let number = |text: &str, figures: usize| -> Option<i8> {
        let plain = text.len() == figures && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    if rest.is_empty() {
        return Some((Period::Year, month(year, 1)));
    }
    let rest = rest.strip_prefix('-')?;
    if let Some(week) = rest.strip_prefix('W') {
        let week = ISOWeekDate::new(year, number(week, 2)?, Weekday::Monday).ok()?;
        return Some((Period::Week, week.date()));
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        let quarter = number(quarter, 1).filter(|q| (1..=4).contains(q))?;
        return Some((Period::Quarter, month(year, (quarter - 1) * 3 + 1)));
    }
    if rest.len() == 2 {
        let number = number(rest, 2)?;
        return Some((Period::Month, Date::new(year, number, 1).ok()?));
    }
    let (month, day) = rest.split_once('-')?;
    Some((Period::Day, Date::new(year, number(month, 2)?, number(day, 2)?).ok()?))
}
