//! Share of late entries (补录) per post and month: two counters, moved by every entry of a case.

use calendar::Zone;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Counts the entries of one append.
pub(super) fn project(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    let Some(first) = entries.first().filter(|entry| entry.stream.starts_with("case:")) else { return Ok(()) };
    let month = Zone::shanghai().date(first.written.at).strftime("%Y-%m").to_string();
    let late = entries.iter().filter(|entry| entry.written.event.body.late.is_some()).count() as i64;
    let text = sql!(
        "insert into lateness_row(site, post, month, entries, late) values ($1, $2, $3, $4, $5)
         on conflict (site, post, month) do update set entries = lateness_row.entries + excluded.entries,
         late = lateness_row.late + excluded.late"
    );
    tx.exec(text, &vals![first.site, &first.written.post, month, entries.len() as i64, late])
}
