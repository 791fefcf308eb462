//! Reminders (催办): how often the office was reminded by now. What comes too soon after one that counts is the same reminder
//! once more.

use calendar::Moment;

use super::Case;
use crate::event::Event;

/// The act.
const CHASED: &str = "case.chased";

/// A reminder tells which one it is; `apart` seconds lie between two that count.
pub(super) fn shows(case: &Case, event: &mut Event, apart: i64) {
    if event.name != CHASED {
        return;
    }
    let before = case.entries.iter().filter(|entry| entry.event.name == CHASED);
    let mut moments: Vec<Moment> = before.map(|entry| entry.event.happened).chain([event.happened]).collect();
    moments.sort_unstable();
    let mut last: Option<Moment> = None;
    let mut times = 0;
    for at in moments {
        if last.is_none_or(|last| at.seconds_since(last) >= apart) {
            times += 1;
            last = Some(at);
        }
    }
    event.body.attributes.insert("case.reminders".into(), times.to_string());
}
