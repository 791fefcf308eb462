//! 年历: which open limits an entry in the calendar moved, or would move, from when to when.

use calendar::Moment;
use rulebook::{ClauseRef, DutyPeriod, Obligation};

use crate::fault::Fault;
use crate::tx::Tx;
use crate::views::musts;
use crate::{sql, vals};

/// A due moment: the moment, and whether it is 24:00 of a date; none has no clock.
pub type WasDue = (Option<Moment>, bool);

/// An open limit that moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarMove {
    /// Obligation id.
    pub id: String,
    /// Its subject: stream id of a case, `contact:…`, `period:…`; empty for a duty of the site.
    pub subject: String,
    /// Number of the case, or key of the period; empty when it has none.
    pub number: String,
    /// Title of the case.
    pub title: String,
    /// Clause.
    pub clause: ClauseRef,
    /// Acts that fulfil it, vocabulary ids.
    pub must: Vec<String>,
    /// Post that bears it.
    pub bearer: String,
    /// Opened.
    pub opened: Moment,
    /// An alarm only.
    pub soft: bool,
    /// When it was due.
    pub was: WasDue,
    /// When it is due now.
    pub due: WasDue,
}

/// An obligation of a subject that was due otherwise.
pub(crate) fn move_of(
    tx: &mut dyn Tx,
    site: i64,
    subject: &str,
    it: &Obligation,
    was: WasDue,
) -> Result<CalendarMove, Fault> {
    let mut number = subject.split_once(':').map_or(String::new(), |(_, key)| key.to_owned());
    let mut title = String::new();
    if !subject.contains(':')
        && let Some(row) =
            tx.first(sql!("select number, title from case_row where site = $1 and id = $2"), &vals![site, subject])?
    {
        (number, title) = (row.string(0)?, row.string(1)?);
    }
    Ok(CalendarMove {
        id: it.id.clone(),
        subject: subject.to_owned(),
        number,
        title,
        clause: it.clause.clone(),
        must: musts(it).split(['|', '&']).map(str::to_owned).collect(),
        bearer: it.bearer.clone(),
        opened: it.opened,
        soft: it.soft,
        was,
        due: (it.due, it.end_of_day),
    })
}

/// A period of a duty that was due otherwise.
pub(crate) fn calendar_move(period: DutyPeriod, was: WasDue) -> CalendarMove {
    let it = period.obligation;
    CalendarMove {
        id: it.id,
        subject: String::new(),
        number: period.key,
        title: String::new(),
        clause: it.clause,
        must: it.must,
        bearer: it.bearer,
        opened: it.opened,
        soft: it.soft,
        was,
        due: (it.due, it.end_of_day),
    }
}

/// What an entry in the calendar moved, by the new due moment.
pub(crate) fn moved_by(tx: &mut dyn Tx, site: i64, seq: i64) -> Result<Vec<CalendarMove>, Fault> {
    let text = sql!(
        "select m.id, m.case_id, c.number, c.title, m.book, m.clause, m.must, m.bearer, m.opened, m.was, m.was_day,
         m.due, m.due_day, m.soft from calendar_move_row m
         left join case_row c on c.site = m.site and c.id = m.case_id
         where m.site = $1 and m.seq = $2 order by m.due, m.id"
    );
    let rows = tx.query(text, &vals![site, seq])?;
    rows.iter()
        .map(|row| {
            let subject = row.string(1)?;
            let key = subject.split_once(':').map_or(String::new(), |(_, key)| key.to_owned());
            Ok(CalendarMove {
                id: row.string(0)?,
                number: row.maybe_text(2)?.map_or(key, str::to_owned),
                title: row.maybe_text(3)?.unwrap_or_default().to_owned(),
                clause: ClauseRef { book: row.string(4)?, id: row.string(5)? },
                must: row.text(6)?.split(['|', '&']).map(str::to_owned).collect(),
                bearer: row.string(7)?,
                opened: row.moment(8)?,
                was: (row.maybe_moment(9)?, row.flag(10)?),
                due: (row.maybe_moment(11)?, row.flag(12)?),
                soft: row.flag(13)?,
                subject,
            })
        })
        .collect()
}
