//! Appointments of whoever was ever to go there (预约) as rows, so that a calendar can also say which of them are off.

use office::case::Case;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Attributes by which an appointment is made or moved.
const TOUCH: [&str; 3] = ["repair.appointment", "repair.appointment_end", "repair.moved_to"];

/// Writes a row for each worker that the case has had.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case, entries: &[Entry]) -> Result<(), Fault> {
    let touches = |entry: &Entry| {
        let body = &entry.written.event.body;
        body.links.contains_key("assignee") || TOUCH.iter().any(|id| body.attributes.contains_key(*id))
    };
    let begins: Option<i64> = case.attributes.get("repair.appointment").and_then(|value| value.parse().ok());
    let Some(begins) = begins.filter(|_| entries.iter().any(touches)) else { return Ok(()) };
    for account in &case.workers {
        let text = sql!(
            "insert into visit_row(site, account, case_id, begins) values ($1, $2, $3, $4)
             on conflict (site, account, case_id) do update set begins = excluded.begins"
        );
        tx.exec(text, &vals![site, account, &case.id, begins])?;
    }
    Ok(())
}
