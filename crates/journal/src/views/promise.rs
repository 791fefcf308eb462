//! Times that were told to a resident and are not kept yet (答应的时间) as rows of whoever told them.

use office::case::Case;
use office::promise;

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes the rows of a case in which a time was ever told; others have none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    if !promise::ever(case) {
        return Ok(());
    }
    tx.exec(sql!("delete from promise_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    for told in promise::of(case) {
        let text =
            sql!("insert into promise_row(site, case_id, act, account, due, heard) values ($1, $2, $3, $4, $5, $6)");
        tx.exec(text, &vals![site, &case.id, told.act, &told.by, told.due, told.heard])?;
    }
    Ok(())
}
