//! 收费标准: the list of a day, and an item with its versions.

use std::collections::BTreeMap;

use jiff::civil::Date;
use office::answer::spelled;
use office::price::{self, Item, Price, Version, replay};
use serde::{Deserialize, Serialize};

use crate::fault::{Fault, FaultKind};
use crate::house::House;
use crate::stream;
use crate::tx::Tx;
use crate::value::Row;
use crate::{sql, vals};

/// An item of the list as a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceRow {
    /// Stream id.
    pub id: String,
    /// The version that holds on the day asked for.
    pub version: Version,
    /// The next price, when another begins later.
    pub next: Option<(Date, i64)>,
}

/// Versions read at once: far more than a list has, so that a page is bounded.
const READ: i64 = 20_000;

impl House {
    /// The list as it holds on a day, by trade and name; with what begins later beside it.
    pub async fn prices(&self, site: i64, day: Date) -> Result<Vec<PriceRow>, Fault> {
        self.read(move |tx| prices_on(tx, site, day)).await
    }

    /// An item with its versions; none when there is no such one.
    pub async fn price(&self, site: i64, id: String) -> Result<Option<Item>, Fault> {
        self.read(move |tx| Ok(replay(&id, &stream::load(tx, site, &format!("price:{id}"))?))).await
    }
}

/// The list of a day.
pub(crate) fn prices_on(tx: &mut dyn Tx, site: i64, day: Date) -> Result<Vec<PriceRow>, Fault> {
    let text = sql!(
        "select id, number, trade, name, kind, unit, fen, from_day, until_day, free, warranty, remark, at, account
         from price_row where site = $1 order by id, number limit $2"
    );
    let mut items: BTreeMap<String, Vec<Version>> = BTreeMap::new();
    for row in tx.query(text, &vals![site, READ])? {
        items.entry(row.string(0)?).or_default().push(version(&row)?);
    }
    let of_day = |(id, versions): (String, Vec<Version>)| {
        let version = price::on(versions.iter(), day)?.clone();
        let later = versions.iter().filter(|it| it.price.from > day).min_by_key(|it| (it.price.from, -it.number));
        let next = later.map(|it| (it.price.from, it.price.fen));
        Some(PriceRow { id, version, next })
    };
    let mut rows: Vec<PriceRow> = items.into_iter().filter_map(of_day).collect();
    rows.sort_by(|a, b| {
        let key = |row: &PriceRow| (row.version.price.trade.clone(), row.version.price.name.clone(), row.id.clone());
        key(a).cmp(&key(b))
    });
    Ok(rows)
}

impl PriceRow {
    /// Whether every word typed stands in it, by sign, by pinyin or by initials.
    pub fn is_meant_by(&self, typed: &str) -> bool {
        let price = &self.version.price;
        let (full, initials) = spelled(&format!("{} {}", price.trade, price.name));
        let whole = [price.trade.as_str(), &price.name, &price.remark, &full, &initials].join(" ").to_lowercase();
        typed.split_whitespace().all(|word| whole.contains(&word.to_lowercase()))
    }
}

fn version(row: &Row) -> Result<Version, Fault> {
    let day = |at: usize| {
        let text = row.text(at)?;
        text.parse::<Date>().map_err(|error| Fault::from_source(FaultKind::Corrupt, "a day of the price list", error))
    };
    let until = if row.text(8)?.is_empty() { None } else { Some(day(8)?) };
    let price = Price {
        trade: row.string(2)?,
        name: row.string(3)?,
        kind: row.string(4)?,
        unit: row.string(5)?,
        fen: row.int(6)?,
        from: day(7)?,
        until,
        free: row.flag(9)?,
        warranty: row.flag(10)?,
        remark: row.string(11)?,
    };
    Ok(Version { number: row.int(1)?, at: row.moment(12)?, by: row.string(13)?, price })
}
