//! Attachments (附件) and the streams in which they stand.

use office::event::PERSON_ERASED;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Rows of the attachments that these entries bring; `person` is the key of whom the stream's matter came from. With an
/// erased person all that stood before go.
pub(super) fn project(tx: &mut dyn Tx, entries: &[Entry], person: &str) -> Result<(), Fault> {
    for entry in entries {
        let event = &entry.written.event;
        if event.name == PERSON_ERASED {
            let text = sql!("delete from attachment_row where site = $1 and stream = $2");
            tx.exec(text, &vals![entry.site, &entry.stream])?;
        }
        for one in &event.body.attachments {
            let text = sql!(
                "insert into attachment_row(site, hash, stream, person) values ($1, $2, $3, $4)
                 on conflict (site, hash, stream) do nothing"
            );
            tx.exec(text, &vals![entry.site, &one.hash, &entry.stream, person])?;
        }
    }
    Ok(())
}
