//! A moment (时刻) on the time line.

use serde::{Deserialize, Serialize};

/// A moment: microseconds since 1970-01-01T00:00:00Z. Stored as it is; shown in the zone of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
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
        self.0.saturating_sub(earlier.0) / 1_000_000
    }
}
