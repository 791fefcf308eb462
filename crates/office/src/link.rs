//! The resident's link (住户链接): a page of one matter for who brought it, without a log-in. The code in the address cannot be
//! guessed; the journal holds its hash, and the code itself under the person's key, so that it goes with an erasure.

use calendar::Moment;

use crate::case::Case;
use crate::event::{Body, ERASED, Event, PERSON_ERASED, Sealed};

/// The entry that gives a link; a later one takes the place of it.
pub const GIVEN: &str = "office.link_given";
/// The entry that takes it back.
pub const REVOKED: &str = "office.link_revoked";
/// The account and post under which a resident's act stands.
pub const RESIDENT: &str = crate::event::RESIDENT;

/// A link that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Hash of the code.
    pub hash: String,
    /// The code; empty when the person's key is not at hand.
    pub code: String,
    /// When it was given.
    pub given: Moment,
    /// When it ends.
    pub ends: Moment,
}

/// The link of a case; none when none was given, when it was taken back, or when the person was erased. Whether it has ended is
/// the reader's question.
pub fn of(case: &Case) -> Option<Link> {
    let last =
        case.entries.iter().rev().find(|it| [GIVEN, REVOKED, PERSON_ERASED].contains(&it.event.name.as_str()))?;
    let body = &last.event.body;
    let hash = body.links.get("hash").filter(|_| last.event.name == GIVEN)?.clone();
    let ends = Moment(body.links.get("ends")?.parse().ok()?);
    let code = last.event.sealed.as_ref().and_then(|it| it.fields.get("link_code"));
    let code = code.filter(|it| *it != ERASED).cloned().unwrap_or_default();
    Some(Link { hash, code, given: last.event.happened, ends })
}

/// The event that gives a link with this code until a moment.
pub fn gives(case: &Case, (code, hash): (&str, &str), ends: Moment, now: Moment) -> Event {
    let links = [("hash", hash.to_owned()), ("ends", ends.0.to_string())];
    let body = Body { links: links.map(|(key, value)| (key.to_owned(), value)).into(), ..Body::default() };
    let fields = [("link_code".to_owned(), code.to_owned())].into();
    let sealed = Some(Sealed { person: case.caller_key(), fields });
    Event { name: GIVEN.to_owned(), happened: now, body, sealed }
}
