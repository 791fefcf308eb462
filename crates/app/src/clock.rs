//! The present moment (时钟): the machine's clock, or one that is moved by hand over data of a demonstration.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use calendar::{Moment, Zone};
use jiff::civil::Date;

/// Tells the present moment; clones share it.
#[derive(Clone, Default)]
pub struct Clock {
    /// How far it stands from the machine's clock, in microseconds; none when it cannot be moved.
    moved: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub fn of_machine() -> Clock {
        Clock::default()
    }

    /// A clock that goes on from the machine's and can be set.
    pub fn by_hand() -> Clock {
        Clock { moved: Some(Arc::default()) }
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        let moved = self.moved.as_ref().map_or(0, |moved| moved.load(Ordering::SeqCst));
        machine_now().plus_micros(moved)
    }

    /// Whether it can be set.
    pub fn settable(&self) -> bool {
        self.moved.is_some()
    }

    /// Moves it by so many seconds, from where it goes on. The machine's clock stays as it is; a clock that cannot be
    /// moved does not move.
    pub fn forward(&self, seconds: i64) {
        if let Some(moved) = &self.moved {
            moved.fetch_add(seconds.saturating_mul(1_000_000), Ordering::SeqCst);
        }
    }
}

/// The machine's clock. Leases are about machines and ask it also when the office's time is moved by hand.
pub fn machine_now() -> Moment {
    let micros = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
        // A machine that believes to be before 1970 has lost its clock; the first moment is as good as any.
        Err(_) => 0,
    };
    Moment(micros)
}

/// Today in the zone of the sites.
pub fn today() -> Date {
    Zone::shanghai().date(machine_now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_by_hand_goes_on_from_where_it_was_moved() {
        let clock = Clock::by_hand();
        let copy = clock.clone();
        let before = machine_now();
        clock.forward(3_600);
        assert!(copy.now().seconds_since(before) >= 3_600);
        copy.forward(-7_200);
        assert!(clock.now() < before);
        let machine = Clock::of_machine();
        machine.forward(-1_000_000_000);
        assert!(machine.now() >= before);
        assert!(!machine.settable());
    }
}
