//! Changes of the price list (收费标准改动): an item, or a whole imported list at once.

use office::price::{self, Price, PriceChange};
use office::{Actor, Refusal};
use serde::{Deserialize, Serialize};

use super::House;
use super::acts::{Answer, append};
use crate::fault::Fault;
use crate::{CommandId, Sent, SiteTx};

/// What an import of the list answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricesImported {
    /// Items that are new.
    pub added: i64,
    /// Items that have another version.
    pub changed: i64,
    /// Items that were on the list just so.
    pub unchanged: i64,
}

/// The id of an item: the same trade and name are the same item, whoever writes it down.
pub fn price_id(trade: &str, name: &str) -> String {
    CommandId::of(&["price", trade.trim(), name.trim()]).as_str().to_owned()
}

impl House {
    /// Writes an item or ends it; what is so already changes nothing. Refused: who may not, what was in force already, what
    /// does not say what it must.
    pub fn change_price(&self, sent: Sent, actor: Actor, id: String, change: PriceChange) -> Answer<()> {
        let zone = self.laws().zone.clone();
        self.store().act(sent, move |tx| {
            if let Err(refusal) = price::may_write(&actor) {
                return Ok(Err(refusal));
            }
            let today = zone.date(tx.now());
            Ok(one(tx, &id, &change, today)?.map(drop))
        })
    }

    /// Writes every item of a list; items that are on it just so change nothing. All or nothing: the first that is refused
    /// stops the whole.
    pub fn import_prices(&self, sent: Sent, actor: Actor, prices: Vec<Price>) -> Answer<PricesImported> {
        let zone = self.laws().zone.clone();
        self.store().act(sent, move |tx| {
            if let Err(refusal) = price::may_write(&actor) {
                return Ok(Err(refusal));
            }
            let today = zone.date(tx.now());
            let mut told = PricesImported::default();
            for price in &prices {
                let id = price_id(&price.trade, &price.name);
                let change = PriceChange::Write { price: price.clone(), seen: None };
                match one(tx, &id, &change, today)? {
                    Err(refusal) => return Ok(Err(refusal)),
                    Ok(Wrote::Nothing) => told.unchanged += 1,
                    Ok(Wrote::First) => told.added += 1,
                    Ok(Wrote::Another) => told.changed += 1,
                }
            }
            Ok(Ok(told))
        })
    }
}

/// What a change wrote.
enum Wrote {
    Nothing,
    First,
    Another,
}

fn one(
    tx: &mut SiteTx<'_>,
    id: &str,
    change: &PriceChange,
    today: jiff::civil::Date,
) -> Result<Result<Wrote, Refusal>, Fault> {
    let stream = format!("price:{id}");
    let entries = tx.load(&stream)?;
    let known = price::replay(id, &entries);
    match price::decide(known.as_ref(), change, (tx.now(), today)) {
        Ok(None) => Ok(Ok(Wrote::Nothing)),
        Ok(Some(event)) => {
            let wrote = if known.is_some() { Wrote::Another } else { Wrote::First };
            Ok(append(tx, &stream, entries.len() as i64, vec![event])?.map(|_| wrote))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}
