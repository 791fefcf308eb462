//! Rows of cases and obligations as they come out of the views (行).

use calendar::Moment;
use office::case::{CaseKind, CaseState};
use rulebook::{ClauseRef, State};

use super::{CaseRow, ObligationRow};
use crate::fault::{Fault, FaultKind};
use crate::value::Row;

/// Columns of a case row, in the order that [`case`] reads.
pub(super) const CASE: &str =
    "c.id, c.number, c.kind, c.title, c.place, c.household, c.channel, c.class, c.state, c.opened,
    c.closed, c.assignee, c.appointment, c.next_due, c.next_due_day, c.chased, c.gaps, c.breaches,
    c.severity, c.stage, c.owner, c.urgent";

/// Number of columns of [`CASE`].
pub(super) const CASE_WIDTH: usize = 22;

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn state(word: &str) -> Option<CaseState> {
    use CaseState::*;
    [Registered, Working, AwaitingFollowUp, Closed, Filed, Withdrawn].into_iter().find(|it| it.id() == word)
}

/// A case from the columns of [`CASE`], which begin at `from`.
pub(super) fn case(row: &Row, from: usize) -> Result<CaseRow, Fault> {
    let odd = |what: &str| Fault::new(FaultKind::Corrupt, format!("a case row has an unknown {what}"));
    Ok(CaseRow {
        id: row.string(from)?,
        number: row.string(from + 1)?,
        kind: CaseKind::of(row.text(from + 2)?).ok_or_else(|| odd("kind"))?,
        title: row.string(from + 3)?,
        place: row.string(from + 4)?,
        household: some(row.text(from + 5)?),
        channel: row.string(from + 6)?,
        class: row.string(from + 7)?,
        state: state(row.text(from + 8)?).ok_or_else(|| odd("state"))?,
        opened: row.moment(from + 9)?,
        closed: row.maybe_moment(from + 10)?,
        assignee: some(row.text(from + 11)?),
        appointment: row.maybe_moment(from + 12)?,
        next_due: row.maybe_moment(from + 13)?,
        next_due_end_of_day: row.flag(from + 14)?,
        chased: row.int(from + 15)?,
        gaps: row.int(from + 16)?,
        breaches: row.int(from + 17)?,
        severity: row.string(from + 18)?,
        stage: row.string(from + 19)?,
        owner: row.string(from + 20)?,
        urgent: row.flag(from + 21)?,
    })
}

/// Columns of an obligation row, in the order that [`obligation`] reads.
pub(super) const OBLIGATION: &str =
    "o.id, o.case_id, o.book, o.clause, o.must, o.bearer, o.round, o.opened, o.due, o.due_day,
    o.soft, o.state, o.done, c.number, c.kind, c.title, c.place, c.assignee";

/// The state of a row at `now`: what is open and past its due moment is overdue.
pub(crate) fn obligation_state(word: &str, due: Option<Moment>, end_of_day: bool, now: Moment) -> State {
    match word {
        "met" => State::Met,
        "met_late" => State::MetLate,
        "missed" => State::Missed,
        "waived" => State::Waived,
        "not_applicable" => State::NotApplicable,
        _ => match due {
            Some(due) if now > due || (end_of_day && now == due) => State::Overdue,
            _ => State::Open,
        },
    }
}

/// An obligation from the columns of [`OBLIGATION`].
pub(super) fn obligation(row: &Row, now: Moment) -> Result<ObligationRow, Fault> {
    let (due, end_of_day) = (row.maybe_moment(8)?, row.flag(9)?);
    let must = row.text(4)?;
    Ok(ObligationRow {
        id: row.string(0)?,
        case: row.string(1)?,
        clause: ClauseRef { book: row.string(2)?, id: row.string(3)? },
        must: must.split(['|', '&']).map(str::to_owned).collect(),
        bearer: row.string(5)?,
        round: u32::try_from(row.int(6)?).unwrap_or(1),
        opened: row.moment(7)?,
        due,
        end_of_day,
        soft: row.flag(10)?,
        state: obligation_state(row.text(11)?, due, end_of_day, now),
        ended: row.maybe_moment(12)?,
        number: row.maybe_text(13)?.unwrap_or_default().to_owned(),
        kind: row.maybe_text(14)?.and_then(CaseKind::of),
        title: row.maybe_text(15)?.unwrap_or_default().to_owned(),
        place: row.maybe_text(16)?.unwrap_or_default().to_owned(),
        assignee: row.maybe_text(17)?.and_then(some),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_limit_is_kept_at_its_moment_and_a_day_only_before_its_end() {
        let due = Some(Moment(100));
        assert_eq!(obligation_state("open", due, false, Moment(100)), State::Open);
        assert_eq!(obligation_state("open", due, false, Moment(101)), State::Overdue);
        assert_eq!(obligation_state("open", due, true, Moment(99)), State::Open);
        assert_eq!(obligation_state("open", due, true, Moment(100)), State::Overdue);
        assert_eq!(obligation_state("open", None, false, Moment(i64::MAX)), State::Open);
    }
}
