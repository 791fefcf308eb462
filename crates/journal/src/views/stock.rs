//! Stock cards (库存卡) as rows: what there is of each material, and whether it is low.

use office::case::Case;
use office::stock;

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes the row of a card; any other case has none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    if case.kind != stock::CARDS {
        return Ok(());
    }
    let said = |id: &str| case.attributes.get(id).cloned().unwrap_or_default();
    let text = sql!(
        "insert into stock_row(site, case_id, number, name, spec, unit, balance, low, ended)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (site, case_id) do update set balance = excluded.balance, low = excluded.low, ended = excluded.ended"
    );
    let row = vals![
        site,
        &case.id,
        &case.number,
        said("material.name"),
        said("material.spec"),
        said("material.unit"),
        stock::balance(case),
        stock::low_level(case).unwrap_or(-1),
        case.state.ended(),
    ];
    tx.exec(text, &row)
}
