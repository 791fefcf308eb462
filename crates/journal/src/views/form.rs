//! Forms and where their copies are (单据与联次).

use office::case::Case;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes the rows of forms that these entries touched.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case, entries: &[Entry]) -> Result<(), Fault> {
    if entries.iter().all(|entry| entry.written.event.body.form.is_none()) {
        return Ok(());
    }
    for form in &case.forms {
        let text = sql!(
            "insert into form_row(site, number, form, case_id, issued, void, printed)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (site, number) do update set void = excluded.void, printed = excluded.printed"
        );
        let printed = i64::from(form.printed);
        let row = vals![site, &form.number, &form.form, &case.id, form.issued, form.void, printed];
        tx.exec(text, &row)?;
        for (n, (holder, since)) in &form.copies {
            let text = sql!(
                "insert into copy_row(site, number, n, holder, since) values ($1, $2, $3, $4, $5)
                 on conflict (site, number, n) do update set holder = excluded.holder, since = excluded.since"
            );
            tx.exec(text, &vals![site, &form.number, i64::from(*n), holder, *since])?;
        }
    }
    Ok(())
}
