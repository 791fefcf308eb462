//! What an entry in the calendar moves (年历): every subject with something open at or after the first day that changes is derived
//! anew at that moment, and each limit that moved is kept beside the entry. What had ended keeps the calendar of then.

use calendar::{Calendar, Moment};
use jiff::Span;
use jiff::civil::{Date, date};
use office::site::{CalendarTold, changes_calendar};

use super::obligation::Moved;
use super::{case, mail, obligation};
use crate::entry::Entry;
use crate::fault::Fault;
use crate::house::{Laws, SiteLaw};
use crate::stream;
use crate::tx::Tx;
use crate::{sql, vals};

/// Days before the first changed day within which a limit may have been moved forward from it.
const MARGIN: i64 = 31;

/// Derives anew what these entries of the charter move.
pub(super) fn project(tx: &mut dyn Tx, laws: &Laws, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries.iter().filter(|entry| changes_calendar(&entry.written.event.name)) {
        let law = laws.of_site(tx, entry.site)?;
        let (seq, at) = (entry.written.seq, entry.written.at);
        let Some(told) = law.log.calendar.iter().find(|it| it.seq == seq) else { continue };
        let before = law.calendar.as_known_at(at.plus_micros(-1));
        let Some(first) = first_change(&before, &law.calendar.as_known_at(at), &told.told) else { continue };
        for subject in open_from(tx, laws, entry.site, first)? {
            for moved in derive(tx, &law, entry.site, &subject, seq, at)? {
                keep(tx, entry.site, seq, &subject, &moved)?;
            }
        }
    }
    Ok(())
}

/// The first day that two calendars settle differently, among those that an entry speaks of.
pub(crate) fn first_change(before: &Calendar, after: &Calendar, told: &CalendarTold) -> Option<Date> {
    let (from, to) = match told {
        // An order may change the hours of a day alone.
        CalendarTold::Day(order) => return Some(order.date),
        CalendarTold::Notice(notice) => (date(notice.year - 1, 12, 1), date(notice.year + 1, 1, 31)),
    };
    let differs = |day: &Date| {
        let (one, other) = (before.day(*day), after.day(*day));
        (one.workday, one.holiday) != (other.workday, other.holiday)
    };
    from.series(Span::new().days(1)).take_while(|day| *day <= to).find(differs)
}

/// Subjects with something open that falls due on a day or later, a month sooner to be sure, or without a clock.
pub(crate) fn open_from(tx: &mut dyn Tx, laws: &Laws, site: i64, first: Date) -> Result<Vec<String>, Fault> {
    let from = laws.zone.start_of_day(first.saturating_sub(Span::new().days(MARGIN)));
    let text = sql!(
        "select case_id from obligation_row where site = $1 and state = 'open' and (due is null or due >= $2)
         union select case_id from escalation_row where site = $1 and told = 0 and at >= $2 order by 1"
    );
    tx.query(text, &vals![site, from])?.iter().map(|row| row.string(0)).collect()
}

/// The facts of a subject that were told before an entry.
pub(crate) fn facts_before(
    tx: &mut dyn Tx,
    site: i64,
    subject: &str,
    seq: i64,
) -> Result<(Vec<rulebook::Fact>, Option<office::case::Case>), Fault> {
    let stream = if subject.contains(':') { subject.to_owned() } else { format!("case:{subject}") };
    let mut entries = stream::load(tx, site, &stream)?;
    entries.retain(|entry| entry.seq < seq);
    Ok(match subject.split_once(':') {
        None => {
            let case = office::case::replay(subject, &entries);
            (case.as_ref().map(office::case::Case::facts).unwrap_or_default(), case)
        }
        Some(("contact", id)) => {
            let contact = office::contact::replay(id, &entries);
            (contact.map(|it| it.facts()).unwrap_or_default(), None)
        }
        Some(_) => (entries.iter().map(office::Entry::fact).collect(), None),
    })
}

fn derive(tx: &mut dyn Tx, law: &SiteLaw, site: i64, subject: &str, seq: i64, at: Moment) -> Result<Vec<Moved>, Fault> {
    let (facts, case) = facts_before(tx, site, subject, seq)?;
    let derived = law.derive(subject, &facts, at);
    let moved = obligation::write(tx, site, subject, &derived, false)?;
    if let Some(case) = case {
        case::row(tx, site, &case, &derived)?;
        mail::write(tx, site, &case, &derived)?;
    }
    Ok(moved)
}

fn keep(tx: &mut dyn Tx, site: i64, seq: i64, subject: &str, moved: &Moved) -> Result<(), Fault> {
    let it = &moved.now;
    let text = sql!(
        "insert into calendar_move_row(site, seq, id, case_id, book, clause, must, bearer, opened, was, was_day, due,
         due_day, soft) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    );
    let row = vals![
        site,
        seq,
        &it.id,
        subject,
        &it.clause.book,
        &it.clause.id,
        obligation::musts(it),
        &it.bearer,
        it.opened,
        moved.was,
        moved.was_day,
        it.due,
        it.end_of_day,
        it.soft,
    ];
    tx.exec(text, &row)
}
