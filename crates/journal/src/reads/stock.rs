//! 库存: the cards with what there is.

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::house::House;
use crate::{sql, vals};

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockRow {
    /// Stream id.
    pub case: String,
    /// Number: `KC-202611-0001`.
    pub number: String,
    /// Material.
    pub name: String,
    /// Specification.
    pub spec: String,
    /// Unit.
    pub unit: String,
    /// Pieces there.
    pub balance: i64,
    /// Number from which on it is low; below nought when nobody set one.
    pub low: i64,
}

impl StockRow {
    /// Whether there is no more than the low level.
    pub fn is_low(&self) -> bool {
        self.balance <= self.low
    }
}

impl House {
    /// The cards of a site that are in use, by name.
    pub async fn stock(&self, site: i64) -> Result<Vec<StockRow>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select case_id, number, name, spec, unit, balance, low from stock_row
                 where site = $1 and ended = 0 order by name, spec, case_id"
            );
            let found = tx.query(text, &vals![site])?;
            let row = |row: &crate::value::Row| {
                Ok(StockRow {
                    case: row.string(0)?,
                    number: row.string(1)?,
                    name: row.string(2)?,
                    spec: row.string(3)?,
                    unit: row.string(4)?,
                    balance: row.int(5)?,
                    low: row.int(6)?,
                })
            };
            found.iter().map(row).collect()
        })
        .await
    }
}
