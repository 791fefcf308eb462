//! Clock times, dates and weekdays as written (钟点、日期、星期).

use std::fmt;

use jiff::civil::{Date, Time, Weekday};

use super::scan::{Scan, even_out};
use super::{BadPhrase, weekday_zh};
use crate::moment::Moment;
use crate::zone::Zone;

const TIME_FORMS: &str = "HH:MM\nHH:MM:SS";
const TIME_OR_END_FORMS: &str = "HH:MM\nHH:MM:SS\n24:00";
const DATE_FORMS: &str = "YYYY-MM-DD";
const MOMENT_FORMS: &str = "YYYY-MM-DD HH:MM\nYYYY-MM-DD HH:MM:SS\nYYYY-MM-DD 24:00";
const WEEKDAY_FORMS: &str = "周一\n周二\n周三\n周四\n周五\n周六\n周日";

/// A clock time before 24:00: `17:00`, `17:00:30`.
pub fn parse_time(written: &str) -> Result<Time, BadPhrase> {
    match parse_time_or_end(written) {
        Ok(Some(time)) => Ok(time),
        _ => Err(BadPhrase::new(written, TIME_FORMS)),
    }
}

/// A clock time; none is `24:00`, the end of the day.
pub fn parse_time_or_end(written: &str) -> Result<Option<Time>, BadPhrase> {
    let text = even_out(written);
    let mut scan = Scan(&text);
    match scan.clock() {
        Some(time) if scan.done() => Ok(time),
        _ => Err(BadPhrase::new(written, TIME_OR_END_FORMS)),
    }
}

/// A date: `2026-11-16`.
pub fn parse_date(written: &str) -> Result<Date, BadPhrase> {
    let text = even_out(written);
    let refused = || BadPhrase::new(written, DATE_FORMS);
    // jiff would also take a date and time here; only the ten signs are a date of ours.
    if text.len() != 10 {
        return Err(refused());
    }
    text.parse().map_err(|_| refused())
}

/// A weekday word: `周一` … `周日`, `周天`.
pub fn parse_weekday(written: &str) -> Result<Weekday, BadPhrase> {
    let text = even_out(written);
    let mut scan = Scan(&text);
    let weekday = if scan.eat("周") { scan.weekday_sign() } else { None };
    weekday.filter(|_| scan.done()).ok_or_else(|| BadPhrase::new(written, WEEKDAY_FORMS))
}

/// A wall-clock moment as people write it (民用时刻): `2026-11-16 17:00`, `2026-11-16 24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CivilMoment {
    /// The date as written.
    pub date: Date,
    /// The clock time; none is 24:00 of the date.
    pub time: Option<Time>,
}

impl CivilMoment {
    /// Reads `YYYY-MM-DD HH:MM[:SS]`; a `T` may stand for the blank; `24:00` is the end of the date.
    pub fn parse(written: &str) -> Result<CivilMoment, BadPhrase> {
        let refused = || BadPhrase::new(written, MOMENT_FORMS);
        let text = written.trim();
        let (date, time) = text.split_once(|c: char| c.is_whitespace() || c == 'T').ok_or_else(refused)?;
        let date = parse_date(date).map_err(|_| refused())?;
        let time = parse_time_or_end(time).map_err(|_| refused())?;
        Ok(CivilMoment { date, time })
    }

    /// The moment on the time line; 24:00 is the first moment of the next day.
    pub fn moment(self, zone: &Zone) -> Moment {
        match self.time {
            Some(time) => zone.moment(self.date.to_datetime(time)),
            None => zone.end_of_day(self.date),
        }
    }

    /// How a due moment is written: with `end_of_day` as 24:00 of the day before, else by its clock.
    pub fn of_due(zone: &Zone, at: Moment, end_of_day: bool) -> CivilMoment {
        if end_of_day {
            return CivilMoment { date: zone.date(at.plus_micros(-1)), time: None };
        }
        let civil = zone.civil(at);
        CivilMoment { date: civil.date(), time: Some(civil.time()) }
    }

    /// The weekday of the date in Chinese: `周一`.
    pub fn weekday_zh(self) -> &'static str {
        weekday_zh(self.date.weekday())
    }
}

impl fmt::Display for CivilMoment {
    /// `2026-11-16 17:00`, with seconds only when there are any; the end of the day as `24:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date, super::clock(self.time))
    }
}
