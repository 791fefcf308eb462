//! Patterns of shifts (班次) as the site's setting writes them: 白班 08:00-20:00；夜班 20:00-08:00.

use jiff::civil::{Date, DateTime, Time};

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftPattern {
    /// Name.
    pub name: String,
    /// Begins.
    pub from: Time,
    /// Ends; not after `from` means on the next day.
    pub to: Time,
}

impl ShiftPattern {
    /// When the shift of a day begins and ends, civil time.
    pub fn on(&self, day: Date) -> Option<(DateTime, DateTime)> {
        let last = if self.to <= self.from { day.tomorrow().ok()? } else { day };
        Some((day.to_datetime(self.from), last.to_datetime(self.to)))
    }
}

/// The patterns of a setting; parts that say no times are left out.
pub fn shift_patterns(setting: &str) -> Vec<ShiftPattern> {
    setting.split(['；', ';', '\n']).filter_map(pattern).collect()
}

fn pattern(words: &str) -> Option<ShiftPattern> {
    let (name, times) = words.trim().rsplit_once(char::is_whitespace)?;
    let (from, to) = times.split_once(['-', '–', '～', '~'])?;
    let time = |words: &str| -> Option<Time> {
        let (hour, minute) = words.trim().split_once([':', '：'])?;
        let hour = if hour == "24" { 0 } else { hour.parse().ok()? };
        Time::new(hour, minute.parse().ok()?, 0, 0).ok()
    };
    Some(ShiftPattern { name: name.trim().to_owned(), from: time(from)?, to: time(to)? })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime, time};

    use super::*;

    #[test]
    fn patterns_are_read_and_nights_end_on_the_next_day() {
        let read = shift_patterns("白班 08:00-20:00；夜班 20:00-08:00; 坏的；中班 16：00～24:00");
        let names: Vec<&str> = read.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["白班", "夜班", "中班"]);
        assert_eq!(read[0].from, time(8, 0, 0, 0));
        let night = read[1].on(date(2026, 12, 31)).expect("a day");
        assert_eq!(night, (datetime(2026, 12, 31, 20, 0, 0, 0), datetime(2027, 1, 1, 8, 0, 0, 0)));
        assert_eq!(read[2].on(date(2026, 2, 28)).expect("a day").1, datetime(2026, 3, 1, 0, 0, 0, 0));
    }
}
