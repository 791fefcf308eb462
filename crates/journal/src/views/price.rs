//! The price list (收费标准) as rows, one a version: pages ask for the list of a day.

use office::price::replay;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::stream;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes an item's rows anew from its stream.
pub(super) fn project(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
    let id = first.stream.trim_start_matches("price:");
    let whole = stream::load(tx, first.site, &first.stream)?;
    let upto: Vec<office::Entry> = whole.into_iter().filter(|entry| entry.seq <= last.written.seq).collect();
    let Some(item) = replay(id, &upto) else { return Ok(()) };
    tx.exec(sql!("delete from price_row where site = $1 and id = $2"), &vals![first.site, id])?;
    for version in &item.versions {
        let price = &version.price;
        let text = sql!(
            "insert into price_row(site, id, number, trade, name, kind, unit, fen, from_day, until_day, free, warranty,
             remark, at, account) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
        );
        let row = vals![
            first.site,
            id,
            version.number,
            &price.trade,
            &price.name,
            &price.kind,
            &price.unit,
            price.fen,
            price.from.to_string(),
            price.until.map(|it| it.to_string()).unwrap_or_default(),
            price.free,
            price.warranty,
            &price.remark,
            version.at,
            &version.by,
        ];
        tx.exec(text, &row)?;
    }
    Ok(())
}
