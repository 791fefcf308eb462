//! The present moment (时钟): the machine's clock, or one that is moved by hand over data of a demonstration.

use std::time::{SystemTime, UNIX_EPOCH};

use calendar::{Moment, Zone};
use jiff::civil::Date;
use tokio::sync::watch;

/// How far the hands stand from where they would be, in microseconds. Nought on a clock that cannot be moved.
#[derive(Clone, Copy, Debug, Default)]
struct Hands {
    /// The office's time against the time this node believes in.
    office: i64,
    /// The time this node believes in against its machine's.
    node: i64,
    /// How often they were moved.
    turns: u64,
}

/// Tells the present moment; clones share it.
#[derive(Clone)]
pub struct Clock {
    hands: watch::Sender<Hands>,
    settable: bool,
}

impl Clock {
    /// The machine's clock.
    pub fn of_machine() -> Clock {
        Clock { hands: watch::Sender::new(Hands::default()), settable: false }
    }

    /// A clock that goes on from the machine's and can be set.
    pub fn by_hand() -> Clock {
        Clock { settable: true, ..Clock::of_machine() }
    }

    /// The present moment of the office.
    pub fn now(&self) -> Moment {
        let office = self.hands.borrow().office;
        self.node().plus_micros(office)
    }

    /// The moment this node believes it to be. Leases are about nodes and ask it also when the office's time is moved.
    pub fn node(&self) -> Moment {
        machine_now().plus_micros(self.hands.borrow().node)
    }

    /// Whether it can be set.
    pub fn settable(&self) -> bool {
        self.settable
    }

    /// Moves the office's time by so many seconds, from where it goes on; answers how often the clock was moved. A clock
    /// that cannot be moved does not move.
    pub fn forward(&self, seconds: i64) -> u64 {
        self.turn(|hands| hands.office = hands.office.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Puts this node's own clock wrong by so many seconds, and the office's with it: what a machine does whose clock is
    /// off. Answers how often the clock was moved. A clock that cannot be moved does not move.
    pub fn mislead(&self, seconds: i64) -> u64 {
        self.turn(|hands| hands.node = hands.node.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// How often it was moved.
    pub fn turns(&self) -> u64 {
        self.hands.borrow().turns
    }

    /// Waits until it has been moved more often than so; for ever when it cannot be moved.
    pub async fn moved(&self, turns: u64) {
        // The sender is this clock's own and outlives the wait.
        let _ = self.hands.subscribe().wait_for(|hands| hands.turns > turns).await;
    }

    fn turn(&self, turn: impl FnOnce(&mut Hands)) -> u64 {
        if self.settable {
            self.hands.send_modify(|hands| {
                turn(hands);
                hands.turns += 1;
            });
        }
        self.turns()
    }
}

/// The machine's clock.
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
        copy.mislead(7_200);
        assert!(clock.now() >= before && clock.node() > clock.now());
        let machine = Clock::of_machine();
        machine.forward(-1_000_000_000);
        assert!(machine.now() >= before);
        assert!(!machine.settable());
    }
}
