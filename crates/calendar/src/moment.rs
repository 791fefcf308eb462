//! A moment (时刻) on the time line and the civil time of a zone.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// A moment: microseconds since 1970-01-01T00:00:00Z. Stored as it is; shown in the zone of a site.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The moment `micros` microseconds after this one (before it when negative).
    pub fn plus_micros(self, micros: i64) -> Moment {
        Moment(self.0.saturating_add(micros))
    }

    /// The moment `seconds` seconds after this one.
    pub fn plus_seconds(self, seconds: i64) -> Moment {
        self.plus_micros(seconds.saturating_mul(1_000_000))
    }

    /// Whole seconds from `earlier` to this moment, towards zero.
    pub fn seconds_since(self, earlier: Moment) -> i64 {
        (self.0 - earlier.0) / 1_000_000
    }
}

/// The time zone of a site, by its IANA name; the names are bundled, no system file is read.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

/// A zone name that the bundled data does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone(pub String);

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "不认识的时区 {}；请写 IANA 名称，如 Asia/Shanghai",
            self.0
        )
    }
}

impl std::error::Error for UnknownZone {}

impl Zone {
    /// The zone of this IANA name.
    pub fn named(name: &str) -> Result<Zone, UnknownZone> {
        TimeZone::get(name)
            .map(Zone)
            .map_err(|_| UnknownZone(name.to_owned()))
    }

    /// Asia/Shanghai, the default of every site.
    pub fn shanghai() -> Zone {
        Zone::named("Asia/Shanghai").expect("the bundled zone data holds Asia/Shanghai")
    }

    /// The wall clock of this zone at `moment`.
    pub fn civil(&self, moment: Moment) -> DateTime {
        let stamp = Timestamp::from_microsecond(moment.0).unwrap_or(Timestamp::MAX);
        self.0.to_datetime(stamp)
    }

    /// The date of this zone at `moment`.
    pub fn date(&self, moment: Moment) -> Date {
        self.civil(moment).date()
    }

    /// The moment of a wall-clock reading. A reading that a clock change skips is moved past the gap;
    /// one that it repeats is the earlier of the two.
    pub fn moment(&self, civil: DateTime) -> Moment {
        let stamp = self.0.to_ambiguous_timestamp(civil).compatible();
        Moment(stamp.unwrap_or(Timestamp::MAX).as_microsecond())
    }

    /// 24:00 of `date`: the first moment of the next day. An act is on `date` when it is before this moment.
    pub fn end_of_day(&self, date: Date) -> Moment {
        let next = date.checked_add(1.day()).unwrap_or(Date::MAX);
        self.moment(next.to_datetime(jiff::civil::Time::midnight()))
    }
}
