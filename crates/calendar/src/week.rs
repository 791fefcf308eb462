//! The weekly pattern of working days and its seasons (周历、季节).

use std::fmt;

use jiff::civil::{Date, Weekday};

use crate::phrase::scan::{Scan, even_out};
use crate::phrase::{BadPhrase, weekday_within, weekday_zh};

const FORMS: &str = "周一至周五\n周一至周六\n周一、周三、周五";
const SEASON_FORMS: &str = "6 月 1 日至 9 月 30 日";

/// Which weekdays are worked when nothing else is said. At least one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week([bool; 7]);

impl Default for Week {
    /// Monday to Friday (T4).
    fn default() -> Week {
        Week([true, true, true, true, true, false, false])
    }
}

impl Week {
    /// Reads `周一至周六` or `周一、周三`.
    pub fn parse(written: &str) -> Result<Week, BadPhrase> {
        let text = even_out(written);
        let mut days = [false; 7];
        for part in text.split('、') {
            let (first, last) = read_range(part).ok_or_else(|| BadPhrase::new(written, FORMS))?;
            for (place, worked) in days.iter_mut().enumerate() {
                let day = Weekday::from_monday_zero_offset(place as i8).expect("seven days");
                *worked |= weekday_within(first, last, day);
            }
        }
        Ok(Week(days))
    }

    /// Whether this weekday is worked.
    pub fn works(&self, day: Weekday) -> bool {
        self.0[day.to_monday_zero_offset() as usize]
    }

    pub(crate) fn works_on(&self, monday_offset: usize) -> bool {
        self.0[monday_offset]
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<Weekday> = (0..7)
            .filter_map(|place| Weekday::from_monday_zero_offset(place).ok())
            .filter(|day| self.works(*day))
            .collect();
        let first = days[0].to_monday_zero_offset();
        let last = days[days.len() - 1].to_monday_zero_offset();
        if days.len() > 2 && usize::from((last - first) as u8) == days.len() - 1 {
            return write!(f, "{}至{}", weekday_zh(days[0]), weekday_zh(days[days.len() - 1]));
        }
        let words: Vec<&str> = days.into_iter().map(weekday_zh).collect();
        f.write_str(&words.join("、"))
    }
}

/// Part of each year, both ends included; it may go over New Year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearPart {
    /// Month and day of the first day.
    pub from: (i8, i8),
    /// Month and day of the last day.
    pub to: (i8, i8),
}

impl YearPart {
    /// Reads `6 月 1 日至 9 月 30 日`; refuses days that no year has.
    pub fn parse(written: &str) -> Result<YearPart, BadPhrase> {
        let text = even_out(written);
        let mut scan = Scan(&text);
        YearPart::scan(&mut scan).filter(|_| scan.done()).ok_or_else(|| BadPhrase::new(written, SEASON_FORMS))
    }

    pub(crate) fn scan(scan: &mut Scan<'_>) -> Option<YearPart> {
        let from = scan_day(scan)?;
        if !scan.eat("至") {
            return None;
        }
        Some(YearPart { from, to: scan_day(scan)? })
    }

    /// Whether `date` lies in it.
    pub fn holds(&self, date: Date) -> bool {
        let day = (date.month(), date.day());
        if self.from <= self.to { self.from <= day && day <= self.to } else { day >= self.from || day <= self.to }
    }
}

impl fmt::Display for YearPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((m1, d1), (m2, d2)) = (self.from, self.to);
        write!(f, "{m1} 月 {d1} 日至 {m2} 月 {d2} 日")
    }
}

/// A season with a weekly pattern of its own: over the plain week, under the public holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Season {
    /// Its name: 夏季作息.
    pub name: String,
    /// When it holds, each year.
    pub part: YearPart,
    /// Its week.
    pub week: Week,
}

fn scan_day(scan: &mut Scan<'_>) -> Option<(i8, i8)> {
    let month = scan.number_in(1, 12)? as i8;
    if !scan.eat("月") {
        return None;
    }
    let day = scan.number_in(1, 31)? as i8;
    // 2024 is a leap year.
    let real = scan.eat("日") && Date::new(2024, month, day).is_ok();
    real.then_some((month, day))
}

fn read_range(part: &str) -> Option<(Weekday, Weekday)> {
    let mut scan = Scan(part);
    if !scan.eat("周") {
        return None;
    }
    let first = scan.weekday_sign()?;
    let last = if scan.eat("至周") { scan.weekday_sign()? } else { first };
    scan.done().then_some((first, last))
}
