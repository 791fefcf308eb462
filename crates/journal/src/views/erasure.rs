//! Erasures (抹除) as rows: one a person, however many streams it touched.

use office::event::PERSON_ERASED;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Rows of the persons whom these entries erase.
pub(super) fn project(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries.iter().filter(|entry| entry.written.event.name == PERSON_ERASED) {
        let event = &entry.written.event;
        let person = event.body.links.get("person").map_or("", String::as_str);
        let text = sql!(
            "insert into erasure_row(site, person, at, account, reason) values ($1, $2, $3, $4, $5)
             on conflict (site, person) do nothing"
        );
        tx.exec(text, &vals![entry.site, person, entry.written.at, &entry.written.actor, &event.body.note])?;
    }
    Ok(())
}
