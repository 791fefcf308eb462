//! Meetings (会议): the weekly one and others, and what a step of one brings.

use crate::case::Case;
use crate::event::Event;

/// Its register.
pub const REGISTER: &str = "meetings";
/// It is called.
pub const CALLED: &str = "meeting.called";
/// It begins.
pub const BEGAN: &str = "meeting.began";
/// It is called off.
pub const CALLED_OFF: &str = "meeting.called_off";
/// Attribute: what it is called.
pub const SERIES: &str = "meeting.series";
/// Attribute: when it is set for.
pub const STARTS: &str = "meeting.starts";
/// Attribute: whether it is the weekly one.
pub const REGULAR: &str = "meeting.regular";
/// The fact that the weekly meeting was held.
const HELD: &str = "meeting.held";

/// The weekly meeting is held when it begins; others are none of its kind.
pub(crate) fn brings(case: &Case, event: &Event) -> Vec<Event> {
    let regular = case.attributes.get(REGULAR).is_some_and(|it| it == "yes");
    match event.name.as_str() {
        BEGAN if regular => vec![Event::plain(HELD, event.happened)],
        _ => Vec::new(),
    }
}
