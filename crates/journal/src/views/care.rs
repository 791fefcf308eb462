//! What is to be seen to again and again (按期跟进) as rows: a record, an act and the moment that it is counted from. When it is
//! due depends on a setting and is computed when read.

use calendar::Zone;
use office::case::Case;

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes the rows of a record that is seen to; other cases have none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case, zone: &Zone) -> Result<(), Fault> {
    if !office::care::sees_to(case) {
        return Ok(());
    }
    tx.exec(sql!("delete from care_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    for care in office::care::of(case, zone) {
        let text = sql!("insert into care_row(site, case_id, act, since) values ($1, $2, $3, $4)");
        tx.exec(text, &vals![site, &case.id, care.act, care.from])?;
    }
    Ok(())
}
