//! What is asked of people by name (点名要办) as rows, so that everybody's own list is one index away.

use office::asked;
use office::case::Case;

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes the rows of a case that asks; others have none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    if !asked::asks(case) {
        return Ok(());
    }
    tx.exec(sql!("delete from asked_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    for one in asked::of(case).into_iter().filter(|_| asked::stands(case)) {
        let text = sql!(
            "insert into asked_row(site, case_id, act, account, since, by_day, reminded, done)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        );
        let by = one.by.map(|day| day.to_string()).unwrap_or_default();
        let row = vals![site, &case.id, one.act, &one.account, one.since, by, one.reminded, one.done.is_some()];
        tx.exec(text, &row)?;
    }
    Ok(())
}
