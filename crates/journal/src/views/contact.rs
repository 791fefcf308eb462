//! Contacts (来访来电) as rows, also those that become no case.

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Rows of contacts: opened, then registered, answered or voided.
pub(super) fn project(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries {
        let id = entry.stream.trim_start_matches("contact:");
        let (event, site) = (&entry.written.event, entry.site);
        let link = |key: &str| event.body.links.get(key).map_or("", String::as_str);
        let note = event.body.note.as_str();
        match event.name.as_str() {
            "contact.opened" => {
                let text = sql!(
                    "insert into contact_row(site, id, opened, channel, station, account, case_id, state, note)
                     values ($1, $2, $3, $4, $5, $6, '', 'open', '') on conflict (site, id) do nothing"
                );
                let row = vals![site, id, event.happened, link("channel"), link("station"), &entry.written.actor];
                tx.exec(text, &row)?;
            }
            "contact.registered" => {
                let text =
                    sql!("update contact_row set state = 'registered', case_id = $3 where site = $1 and id = $2");
                tx.exec(text, &vals![site, id, link("case")])?;
            }
            "contact.answered" | "contact.voided" => {
                let state = event.name.trim_start_matches("contact.");
                let text = sql!("update contact_row set state = $3, note = $4 where site = $1 and id = $2");
                tx.exec(text, &vals![site, id, state, note])?;
            }
            _ => {}
        }
    }
    Ok(())
}
