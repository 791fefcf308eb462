//! Weeks, months and quarters (期间) by their words: `2026-W47`, `2026-11`, `2026-Q4`.

use calendar::{Moment, Zone};
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
}

/// A week, month or quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its length.
    pub length: Length,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

impl Stretch {
    /// The period of this length that has this day.
    pub fn of(length: Length, day: Date) -> Stretch {
        let first = match length {
            Length::Week => day.saturating_sub(Span::new().days(i64::from(day.weekday().to_monday_zero_offset()))),
            Length::Month => day.first_of_month(),
            Length::Quarter => {
                let back = (day.month() - 1) % 3;
                day.first_of_month().saturating_sub(Span::new().months(i64::from(back)))
            }
        };
        Stretch { length, first, last: first.saturating_add(length.span()).saturating_sub(1.day()) }
    }

    /// The period that an address names.
    pub fn parse(key: &str) -> Option<Stretch> {
        let (year, part) = key.split_once('-')?;
        let year: i16 = year.parse().ok()?;
        if let Some(week) = part.strip_prefix('W') {
            let monday = ISOWeekDate::new(year, week.parse().ok()?, Weekday::Monday).ok()?;
            return Some(Stretch::of(Length::Week, monday.date()));
        }
        if let Some(quarter) = part.strip_prefix('Q') {
            let quarter: i8 = quarter.parse().ok().filter(|it| (1..=4).contains(it))?;
            return Some(Stretch::of(Length::Quarter, Date::new(year, quarter * 3, 1).ok()?));
        }
        Some(Stretch::of(Length::Month, Date::new(year, part.parse().ok()?, 1).ok()?))
    }

    /// The word in addresses, the same as a periodic duty's.
    pub fn key(&self) -> String {
        match self.length {
            Length::Week => {
                let week = self.first.iso_week_date();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Length::Month => self.first.strftime("%Y-%m").to_string(),
            Length::Quarter => format!("{}-Q{}", self.first.year(), self.quarter()),
        }
    }

    /// In words: what a report is headed by.
    pub fn words(&self) -> String {
        match self.length {
            Length::Week => format!("{} 至 {} 一周", self.first.strftime("%m-%d"), self.last.strftime("%m-%d")),
            Length::Month => format!("{} 年 {} 月", self.first.year(), self.first.month()),
            Length::Quarter => format!("{} 年第 {} 季度", self.first.year(), self.quarter()),
        }
    }

    /// Which quarter of the year its first day lies in.
    pub fn quarter(&self) -> i8 {
        (self.first.month() - 1) / 3 + 1
    }

    /// The one before, of the same length.
    pub fn before(&self) -> Stretch {
        Stretch::of(self.length, self.first.saturating_sub(1.day()))
    }

    /// Its first moment, and the first one after it.
    pub fn moments(&self, zone: &Zone) -> (Moment, Moment) {
        (zone.start_of_day(self.first), zone.start_of_day(self.last.saturating_add(1.day())))
    }
}

impl Length {
    fn span(self) -> Span {
        match self {
            Length::Week => Span::new().weeks(1),
            Length::Month => Span::new().months(1),
            Length::Quarter => Span::new().months(3),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_come_back_from_their_words() {
        for (key, first, last, before) in [
            ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026-Q3"),
            ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "2026-01"),
            ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2025-Q4"),
            ("2026-W47", date(2026, 11, 16), date(2026, 11, 22), "2026-W46"),
            ("2026-W01", date(2025, 12, 29), date(2026, 1, 4), "2025-W52"),
        ] {
            let period = Stretch::parse(key).expect(key);
            assert_eq!((period.first, period.last, period.before().key()), (first, last, before.to_owned()), "{key}");
            assert_eq!(period.key(), key);
        }
        for odd in ["", "2026", "2026-Q5", "2026-13", "2026-W60", "x-Q1"] {
            assert_eq!(Stretch::parse(odd), None, "{odd}");
        }
    }
}
