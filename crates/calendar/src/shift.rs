//! Shifts (班次): named spans of the clock on some days, over midnight too.

use std::fmt;

use jiff::civil::Time;

use crate::calendar::Calendar;
use crate::day_number;
use crate::hours::{ClockSpan, read_days};
use crate::moment::Moment;
use crate::phrase::scan::{Scan, even_out};
use crate::phrase::{BadPhrase, On, clock};
use crate::zone::Zone;

const FORMS: &str = "白班 08:00-20:00；夜班 20:00-08:00\n正常班 工作日 08:30-17:30\n周末班 周末 09:00-17:00";
/// After so many days without a shift there is none: the Gregorian calendar repeats.
const FOUR_HUNDRED_YEARS: i32 = 146_097;

/// A shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Its name: 夜班.
    pub name: String,
    /// When it begins.
    pub start: Time,
    /// When it ends, on the next day when not after the start; none is 24:00.
    pub end: Option<Time>,
    /// Days on which it begins; none is each day. Never `服务时间`, `服务时间外` or `班次内`.
    pub days: Option<On>,
}

/// The shifts of a post or of a site. Where two overlap, the one that began later is on; of two that began together the
/// first written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shifts {
    /// The shifts as written.
    pub list: Vec<Shift>,
}

/// A shift on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftTurn<'a> {
    /// The shift.
    pub shift: &'a Shift,
    /// Its first moment.
    pub begins: Moment,
    /// The moment at which it is over.
    pub ends: Moment,
}

impl Shifts {
    /// Reads shifts parted by `；`: `白班 08:00-20:00；夜班 20:00-08:00`, `正常班 工作日 08:30-17:30`.
    pub fn parse(written: &str) -> Result<Shifts, BadPhrase> {
        // The name ends at the first blank, so it is cut off before blanks are evened out.
        let list: Option<Vec<Shift>> =
            written.split(['；', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(read_shift).collect();
        match list {
            Some(list) if !list.is_empty() => Ok(Shifts { list }),
            _ => Err(BadPhrase::new(written, FORMS)),
        }
    }

    /// The shift that is on at `moment`: its first moment belongs to it, its last does not.
    pub fn shift_at(&self, calendar: &Calendar, zone: &Zone, moment: Moment) -> Option<ShiftTurn<'_>> {
        let day = zone.day(moment);
        let mut on: Option<ShiftTurn<'_>> = None;
        for turn in self.turns(calendar, zone, day - 1, day) {
            let holds = turn.begins <= moment && moment < turn.ends;
            if holds && on.is_none_or(|other| turn.begins > other.begins) {
                on = Some(turn);
            }
        }
        on
    }

    /// The end of the shift that is on at `moment`.
    pub fn shift_end(&self, calendar: &Calendar, zone: &Zone, moment: Moment) -> Option<Moment> {
        self.shift_at(calendar, zone, moment).map(|turn| turn.ends)
    }

    /// The first shift that begins strictly after `moment`; none when there never is one.
    pub fn next_shift(&self, calendar: &Calendar, zone: &Zone, moment: Moment) -> Option<ShiftTurn<'_>> {
        let from = zone.day(moment);
        let last = from.saturating_add(FOUR_HUNDRED_YEARS).min(day_number::LAST);
        (from..=last).find_map(|day| {
            let later = self.turns(calendar, zone, day, day).filter(|turn| turn.begins > moment);
            later.min_by_key(|turn| turn.begins)
        })
    }

    /// The shifts that begin on the days from `first` to `last`, by day and as written.
    fn turns<'s, 'c>(
        &'s self,
        calendar: &'c Calendar,
        zone: &'c Zone,
        first: i32,
        last: i32,
    ) -> impl Iterator<Item = ShiftTurn<'s>> + use<'s, 'c> {
        (first..=last).flat_map(move |day| {
            let date = day_number::date(day);
            let held = move |shift: &&Shift| shift.days.is_none_or(|on| calendar.holds_on(on, date) == Some(true));
            self.list.iter().filter(held).map(move |shift| {
                let (begin, end) = ClockSpan { start: shift.start, end: shift.end }.seconds();
                let at = |seconds: i64| zone.at(day, seconds * 1_000_000);
                ShiftTurn { shift, begins: at(begin), ends: at(end) }
            })
        })
    }
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.days.map_or("每天".to_owned(), On::read_zh);
        write!(f, "{} {days} {}-{}", self.name, clock(Some(self.start)), clock(self.end))
    }
}

impl fmt::Display for Shifts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list: Vec<String> = self.list.iter().map(Shift::to_string).collect();
        f.write_str(&list.join("；"))
    }
}

fn read_shift(part: &str) -> Option<Shift> {
    let (name, rest) = part.split_once(char::is_whitespace)?;
    let text = even_out(rest);
    let mut scan = Scan(&text);
    let days = read_days(&mut scan)?;
    let span = ClockSpan::scan(&mut scan)?;
    scan.done().then(|| Shift { name: name.to_owned(), start: span.start, end: span.end, days })
}
