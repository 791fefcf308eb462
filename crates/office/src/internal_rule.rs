//! An internal rule (内部制度): how it stands on a day, its drafts, and what makes no sense whatever the clauses say.

use calendar::Moment;
use jiff::civil::Date;

use crate::asked::{self, ACCEPTED, RULES};
use crate::case::{Case, CaseState};
use crate::event::Event;
use crate::refusal::Refusal;

/// It is drafted.
pub const DRAFTED: &str = "internal_rule.drafted";
/// It was discussed in a meeting.
pub const DISCUSSED: &str = "internal_rule.discussed";
/// It is handed out.
pub const ISSUED: &str = "internal_rule.issued";
/// It is carried out.
pub const CARRIED_OUT: &str = "internal_rule.carried_out";
/// It ends on a day.
pub const REPEALED: &str = "internal_rule.repealed";
/// Attribute: its text.
pub const TEXT: &str = "internal_rule.text";
/// Attribute: number of the rule whose place it takes.
pub const REPLACES: &str = "internal_rule.replaces";
/// Attribute: number of the meeting in which it was discussed.
pub const MEETING: &str = "internal_rule.meeting";
/// Attribute: the day from which it is in force.
pub const FROM: &str = "internal_rule.effective_on";
/// Attribute: the first day on which it is no longer.
pub const UNTIL: &str = "internal_rule.ends_on";

/// How a rule stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not yet discussed in a meeting.
    ToDiscuss,
    /// Discussed; somebody has not accepted it.
    ToAccept,
    /// Nothing lacks; nobody has handed it out.
    ToIssue,
    /// Handed out, not carried out.
    ToCarryOut,
    /// In force from a day to come.
    Coming,
    /// In force.
    InForce,
    /// No longer in force.
    Ended,
    /// Withdrawn.
    Withdrawn,
}

/// How it stands on this day.
pub fn standing(case: &Case, today: Date) -> Standing {
    let day = |id: &str| case.attributes.get(id).and_then(|day| day.parse::<Date>().ok());
    let lacks = asked::of(case).iter().any(|it| it.act == ACCEPTED && it.done.is_none());
    match () {
        () if case.state == CaseState::Withdrawn => Standing::Withdrawn,
        () if case.has(CARRIED_OUT) => match (day(FROM), day(UNTIL)) {
            (_, Some(until)) if until <= today => Standing::Ended,
            (Some(from), _) if from > today => Standing::Coming,
            _ => Standing::InForce,
        },
        () if case.has(ISSUED) => Standing::ToCarryOut,
        () if !case.has(DISCUSSED) => Standing::ToDiscuss,
        () if lacks => Standing::ToAccept,
        () => Standing::ToIssue,
    }
}

/// Its drafts, the oldest first: when each was written, and by which entry.
pub fn drafts(case: &Case) -> impl Iterator<Item = (Moment, &crate::Entry)> {
    let written = case.entries.iter().filter(|entry| entry.event.body.attributes.contains_key(TEXT));
    written.map(|entry| (entry.event.happened, entry))
}

/// A rule is in force from a day that has not passed when it is handed out, and does not end before it began.
pub(crate) fn sensible(what: &str, case: &Case, event: &Event, on: Date) -> Result<(), Refusal> {
    if case.kind.id() != RULES {
        return Ok(());
    }
    let day = |id: &str| {
        let said = event.body.attributes.get(id).or_else(|| case.attributes.get(id));
        said.and_then(|day| day.parse::<Date>().ok())
    };
    match event.name.as_str() {
        ISSUED if day(FROM).is_some_and(|from| from < on) => {
            let why = "执行日期早于下发的日子";
            Err(Refusal::new(what, why, "制度不往前执行；请写今天或以后的日期。").at(FROM))
        }
        REPEALED if day(FROM).zip(day(UNTIL)).is_some_and(|(from, until)| until < from) => {
            Err(Refusal::new(what, "废止日期早于执行日期", "请核对日期。").at(UNTIL))
        }
        _ => Ok(()),
    }
}
