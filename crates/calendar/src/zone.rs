//! The civil time of a zone (时区).

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::day_number;
use crate::moment::Moment;

pub(crate) const MICROS_A_DAY: i64 = 86_400_000_000;
/// 2100-01-01: clock changes after it are looked up one by one.
const KNOWN_UNTIL: i64 = 4_102_444_800_000_000;

/// The time zone of a site, by its IANA name; the names are bundled, no system file is read.
#[derive(Clone)]
pub struct Zone {
    zone: TimeZone,
    stretches: Arc<[Stretch]>,
}

/// From `from` on, until the next stretch, the wall clock is `offset` microseconds ahead of UTC.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: i64,
    offset: i64,
}

/// A zone name that the bundled data does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone(pub String);

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "不认识的时区 {}；请写 IANA 名称，如 Asia/Shanghai", self.0)
    }
}

impl std::error::Error for UnknownZone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name())
    }
}

impl Zone {
    /// The zone of this IANA name. Makes a list of the clock changes up to 2100: make it once, clone it after.
    pub fn named(name: &str) -> Result<Zone, UnknownZone> {
        let zone = TimeZone::get(name).map_err(|_| UnknownZone(name.to_owned()))?;
        let stretches = stretches(&zone);
        Ok(Zone { zone, stretches })
    }

    /// Asia/Shanghai, the default of every site.
    pub fn shanghai() -> Zone {
        Zone::named("Asia/Shanghai").expect("the bundled zone data holds Asia/Shanghai")
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The wall clock of this zone at `moment`.
    pub fn civil(&self, moment: Moment) -> DateTime {
        let (day, micros) = self.local(moment);
        let micros = micros.max(0);
        let seconds = (micros / 1_000_000) as i32;
        let clock = Time::new(
            (seconds / 3600) as i8,
            (seconds / 60 % 60) as i8,
            (seconds % 60) as i8,
            (micros % 1_000_000) as i32 * 1000,
        );
        day_number::date(day).to_datetime(clock.expect("within a day"))
    }

    /// The date of this zone at `moment`.
    pub fn date(&self, moment: Moment) -> Date {
        day_number::date(self.day(moment))
    }

    /// The moment of a wall-clock reading. A reading that a clock change skips is moved past the gap;
    /// one that it repeats is the earlier of the two.
    pub fn moment(&self, civil: DateTime) -> Moment {
        let clock = civil.time();
        let seconds = i64::from(clock.hour()) * 3600 + i64::from(clock.minute()) * 60 + i64::from(clock.second());
        let micros = seconds * 1_000_000 + i64::from(clock.subsec_nanosecond()) / 1000;
        self.at(day_number::of(civil.date()), micros)
    }

    /// 24:00 of `date`: the first moment of the next day. An act is on `date` when it is before this moment.
    pub fn end_of_day(&self, date: Date) -> Moment {
        self.start_of(day_number::of(date) + 1)
    }

    /// The first moment of `date`.
    pub fn start_of_day(&self, date: Date) -> Moment {
        self.start_of(day_number::of(date))
    }

    /// The day number at `moment`.
    pub(crate) fn day(&self, moment: Moment) -> i32 {
        self.local(moment).0
    }

    /// The first moment of a day number.
    pub(crate) fn start_of(&self, day: i32) -> Moment {
        self.at(day, 0)
    }

    /// The moment at `micros` after midnight by the wall clock of a day; a whole day is the next midnight.
    pub(crate) fn at(&self, day: i32, micros: i64) -> Moment {
        let wall = i64::from(day) * MICROS_A_DAY + micros;
        let last = self.stretches[self.stretches.len() - 1];
        if wall - MICROS_A_DAY >= last.from && last.from < KNOWN_UNTIL && self.ends_fixed() {
            return Moment(wall - last.offset);
        }
        // No offset is more than a day: when the days before and after agree, so does every reading between.
        match (self.stretch(wall - MICROS_A_DAY), self.stretch(wall + MICROS_A_DAY)) {
            (Some(before), Some(after)) if before.from == after.from => Moment(wall - before.offset),
            _ => self.looked_up(day, micros),
        }
    }

    fn local(&self, moment: Moment) -> (i32, i64) {
        let offset = match self.stretch(moment.0) {
            Some(stretch) => stretch.offset,
            None => i64::from(self.zone.to_offset(stamp(moment)).seconds()) * 1_000_000,
        };
        let wall = moment.0.saturating_add(offset);
        let day = wall.div_euclid(MICROS_A_DAY);
        let whole = day.clamp(i64::from(day_number::FIRST), i64::from(day_number::LAST)) as i32;
        (whole, if i64::from(whole) == day { wall.rem_euclid(MICROS_A_DAY) } else { 0 })
    }

    fn stretch(&self, micros: i64) -> Option<Stretch> {
        let last = self.stretches[self.stretches.len() - 1];
        if micros >= last.from {
            return (self.ends_fixed() || micros < KNOWN_UNTIL).then_some(last);
        }
        let after = self.stretches.partition_point(|stretch| stretch.from <= micros);
        after.checked_sub(1).map(|place| self.stretches[place])
    }

    /// Whether the clock is never changed again after the last stretch began.
    fn ends_fixed(&self) -> bool {
        // Zones with yearly changes have one within the last year of the list.
        self.stretches[self.stretches.len() - 1].from < KNOWN_UNTIL - 400 * MICROS_A_DAY
    }

    fn looked_up(&self, day: i32, micros: i64) -> Moment {
        let (day, micros) = (day + micros.div_euclid(MICROS_A_DAY) as i32, micros.rem_euclid(MICROS_A_DAY));
        let seconds = (micros / 1_000_000) as i32;
        let clock = Time::new(
            (seconds / 3600) as i8,
            (seconds / 60 % 60) as i8,
            (seconds % 60) as i8,
            (micros % 1_000_000) as i32 * 1000,
        );
        let civil = day_number::date(day).to_datetime(clock.expect("within a day"));
        let stamp = self.zone.to_ambiguous_timestamp(civil).compatible();
        Moment(stamp.unwrap_or(Timestamp::MAX).as_microsecond())
    }
}

fn stamp(moment: Moment) -> Timestamp {
    let end = if moment.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(moment.0).unwrap_or(end)
}

fn stretches(zone: &TimeZone) -> Arc<[Stretch]> {
    let offset = |stamp: Timestamp| i64::from(zone.to_offset(stamp).seconds()) * 1_000_000;
    let until = stamp(Moment(KNOWN_UNTIL));
    let mut list = vec![Stretch { from: stamp(Moment(0)).as_microsecond(), offset: offset(Timestamp::UNIX_EPOCH) }];
    for change in zone.following(Timestamp::UNIX_EPOCH) {
        if change.timestamp() >= until {
            break;
        }
        list.push(Stretch {
            from: change.timestamp().as_microsecond(),
            offset: i64::from(change.offset().seconds()) * 1_000_000,
        });
    }
    list.into()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const ZONES: [&str; 5] = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Apia", "UTC"];

    fn library(zone: &TimeZone, moment: Moment) -> DateTime {
        zone.to_datetime(stamp(moment))
    }

    #[test]
    fn unknown_names_are_refused() {
        let refused = Zone::named("Asia/Nowhere").expect_err("no such zone");
        assert!(refused.to_string().contains("Asia/Nowhere"));
        assert_eq!(Zone::shanghai().name(), "Asia/Shanghai");
    }

    #[test]
    fn a_skipped_reading_moves_past_the_gap_and_a_repeated_one_is_the_earlier() {
        let berlin = Zone::named("Europe/Berlin").expect("bundled");
        let skipped = berlin.moment(date(2026, 3, 29).at(2, 30, 0, 0));
        assert_eq!(berlin.civil(skipped), date(2026, 3, 29).at(3, 30, 0, 0));
        let repeated = berlin.moment(date(2026, 10, 25).at(2, 30, 0, 0));
        assert_eq!(berlin.civil(repeated.plus_seconds(3600)), date(2026, 10, 25).at(2, 30, 0, 0));
        let length = |day| berlin.end_of_day(day).seconds_since(berlin.start_of_day(day));
        assert_eq!(length(date(2026, 3, 29)), 23 * 3600);
        assert_eq!(length(date(2026, 10, 25)), 25 * 3600);
    }

    #[test]
    fn china_changed_its_clocks_until_1991() {
        let zone = Zone::shanghai();
        let length = |day| zone.end_of_day(day).seconds_since(zone.start_of_day(day));
        assert_eq!(length(date(1991, 9, 15)), 25 * 3600);
        assert_eq!(length(date(2026, 9, 15)), 24 * 3600);
    }

    #[test]
    fn the_ends_of_time_stay_in_the_calendar() {
        let zone = Zone::shanghai();
        for moment in [Moment(i64::MIN), Moment(i64::MAX)] {
            let civil = zone.civil(moment);
            assert!(civil.date() == date(9999, 12, 30) || civil.date() == Date::MIN);
        }
        assert!(zone.end_of_day(Date::MAX) >= zone.start_of_day(Date::MAX));
    }

    proptest! {
        #[test]
        fn agrees_with_the_library_in_zones_with_and_without_clock_changes(
            seconds in -3_000_000_000i64..9_000_000_000,
            name in prop::sample::select(ZONES.to_vec()),
        ) {
            let zone = Zone::named(name).expect("bundled");
            let moment = Moment(seconds * 1_000_000);
            let civil = zone.civil(moment);
            prop_assert_eq!(civil, library(&zone.zone, moment));
            let back = zone.zone.to_ambiguous_timestamp(civil).compatible().expect("in range");
            prop_assert_eq!(zone.moment(civil), Moment(back.as_microsecond()));
            prop_assert!(zone.start_of_day(civil.date()) <= moment && moment < zone.end_of_day(civil.date()));
        }
    }
}
