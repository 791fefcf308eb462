//! The price list of paid repairs (有偿维修收费标准). Stream `price:<id>` an item; each change is a version with the days from
//! and until which it holds, so that what was quoted keeps the price of its day. Money is integer fen.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use calendar::Moment;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::event::{Entry, Event};
use crate::refusal::Refusal;

/// Posts that may write the list; everybody else reads it.
pub const EDITORS: &[&str] = &[
    "office_manager",
    "service_supervisor",
    "service_centre_head",
    "engineering_supervisor",
    "deputy_engineering_supervisor",
    "finance",
];

/// Trades that are offered; a site may write its own.
pub const TRADES: &[&str] = &["水电", "给排水", "门窗五金", "泥瓦", "木作", "电器", "家政", "其他"];

/// Words of the kinds of charge, by their id of the vocabulary (`repair.charge_kind`).
pub const KINDS: [(&str, &str); 3] = [("labour", "人工"), ("material", "材料"), ("other", "其他收费")];

/// What an item costs, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Trade: 水电.
    pub trade: String,
    /// What is done or supplied: 更换水龙头.
    pub name: String,
    /// `labour`, `material` or `other`, a value of `repair.charge_kind`.
    pub kind: String,
    /// Of what one is counted: 只、米、次.
    pub unit: String,
    /// Fen for one; 0 for what is free.
    pub fen: i64,
    /// First day on which it holds.
    pub from: Date,
    /// Last day on which it holds; none until another takes its place.
    pub until: Option<Date>,
    /// Free of charge.
    pub free: bool,
    /// Free within the developer's warranty.
    pub warranty: bool,
    /// Words for the resident.
    pub remark: String,
}

/// One version as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// 1 for the first.
    pub number: i64,
    /// Account that wrote it.
    pub by: String,
    /// When it was written.
    pub at: Moment,
    /// What it says.
    pub price: Price,
}

/// An item with its versions, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Stream key without the prefix.
    pub id: String,
    /// Every version; never empty.
    pub versions: Vec<Version>,
    /// Number of entries of the stream.
    pub version: i64,
}

impl Item {
    /// What it costs on a day; none when no version holds then.
    pub fn on(&self, day: Date) -> Option<&Version> {
        on(self.versions.iter(), day)
    }

    /// The version written last.
    pub fn last(&self) -> Option<&Version> {
        self.versions.last()
    }
}

/// The version that holds on a day: of those that have begun, the one that began last; of one day, the one written last. None
/// when that one has ended: an end is not undone by what stood before it.
pub fn on<'a>(versions: impl Iterator<Item = &'a Version>, day: Date) -> Option<&'a Version> {
    let begun = versions.filter(|it| it.price.from <= day).max_by_key(|it| (it.price.from, it.number));
    begun.filter(|it| it.price.until.is_none_or(|until| day <= until))
}

/// A change of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PriceChange {
    /// Writes an item, new or changed; `seen` is the number of the version that the writer saw, none for an import, which
    /// has seen the file.
    Write {
        /// What it costs now.
        price: Price,
        /// The version changed, 0 for a new item.
        seen: Option<i64>,
    },
    /// Ends it: the last day on which it holds.
    End {
        /// The day.
        until: Date,
        /// Why.
        reason: String,
    },
}

/// Whether this person may write the list: who answers for it, and the administrator, who imports it from the command line.
/// Refused with who may.
pub fn may_write(actor: &Actor) -> Result<(), Refusal> {
    match actor.holds(EDITORS) || actor.holds(&[crate::site::ADMINISTRATOR]) {
        true => Ok(()),
        false => Err(Refusal::new("没有改收费标准", "收费标准由主管、财务和经理编写", "请把要改的告诉主管。")),
    }
}

/// The event of a change on `today`. None: it is so already.
pub fn decide(
    known: Option<&Item>,
    change: &PriceChange,
    (now, today): (Moment, Date),
) -> Result<Option<Event>, Refusal> {
    match change {
        PriceChange::Write { price, seen } => write(known, price, *seen, now, today),
        PriceChange::End { until, reason } => end(known, *until, reason, now, today).map(Some),
    }
}

fn write(
    known: Option<&Item>,
    price: &Price,
    seen: Option<i64>,
    now: Moment,
    today: Date,
) -> Result<Option<Event>, Refusal> {
    let what = format!("没有保存“{}”", price.name.trim());
    let price = price.trimmed();
    sound(&what, &price)?;
    let last = known.and_then(Item::last);
    let number = last.map_or(0, |it| it.number);
    if seen.is_some_and(|seen| seen != number) {
        let next = "请看过最新的价再改；您填写的内容还在。";
        return Err(Refusal::new(what, "您打开之后，这一项又改过了", next));
    }
    let Some(last) = last else { return Ok(Some(event(&price, 1, now))) };
    let goes_on = Price { from: last.price.from, ..price.clone() } == last.price && price.from >= last.price.from;
    let still = last.price.until.is_none_or(|until| price.from <= until);
    if goes_on && still || known.and_then(|it| it.on(price.from)).is_some_and(|it| it.price == price) {
        return Ok(None);
    }
    // What residents were shown on a past day stands; only what has not begun is written over.
    if price.from < last.price.from || (price.from == last.price.from && last.price.from < today) {
        let why = format!("{} 起的价已经用过，不能改写", last.price.from);
        return Err(Refusal::new(what, why, "新的价请写以后的生效日；报过的价仍是当天的价。").at("from"));
    }
    if price.from > last.price.from && price.from < today {
        let why = format!("新价从 {} 起，早于今天", price.from);
        return Err(Refusal::new(what, why, "那几天已经按原价报过；请写今天或以后的生效日。").at("from"));
    }
    Ok(Some(event(&price, number + 1, now)))
}

/// Whether a price says what it must.
fn sound(what: &str, price: &Price) -> Result<(), Refusal> {
    let empty = [
        (&price.name, "name", "项目", "请写修什么，例如：更换水龙头。"),
        (&price.trade, "trade", "工种", "请写工种，例如：水电。"),
        (&price.unit, "unit", "单位", "请写按什么计，例如：只、米、次。"),
    ];
    if let Some((_, field, word, next)) = empty.into_iter().find(|(value, ..)| value.is_empty()) {
        return Err(Refusal::new(what, format!("{word}还没有写"), next).at(field));
    }
    if price.fen < 0 || price.fen > 100_000_000 {
        return Err(Refusal::new(what, "单价不在 0 到 100 万元之间", "请核对单价。").at("fen"));
    }
    if price.free != (price.fen == 0) {
        let next = "免费的单价写 0 并勾上免费；收费的写单价。";
        return Err(Refusal::new(what, "单价和免费标记不一致", next).at("fen"));
    }
    if price.until.is_some_and(|until| until < price.from) {
        return Err(Refusal::new(what, "失效日早于生效日", "请核对两个日期。").at("until"));
    }
    if !KINDS.iter().any(|(id, _)| *id == price.kind) {
        return Err(Refusal::new(what, "收费种类没有选", "请选人工、材料或其他收费。").at("kind"));
    }
    Ok(())
}

fn end(known: Option<&Item>, until: Date, reason: &str, now: Moment, today: Date) -> Result<Event, Refusal> {
    let what = "没有停用";
    let Some(last) = known.and_then(Item::last) else {
        return Err(Refusal::new(what, "标准里没有这一项", "请从收费标准打开。"));
    };
    if reason.trim().is_empty() {
        return Err(Refusal::new(what, "还没有写原因", "请写为什么停用，例如：不再提供。").at("reason"));
    }
    if until < today {
        let why = format!("{until} 已经过去");
        return Err(Refusal::new(what, why, "那几天已经按这个价报过；请写今天或以后的日子。").at("until"));
    }
    if until < last.price.from {
        return Err(Refusal::new(what, "停用日早于生效日", "请核对日期。").at("until"));
    }
    let mut event = event(&Price { until: Some(until), ..last.price.clone() }, last.number + 1, now);
    event.name = "price.ended".to_owned();
    event.body.note = reason.trim().to_owned();
    Ok(event)
}

fn event(price: &Price, number: i64, now: Moment) -> Event {
    let mut event = Event::plain("price.written", now);
    let flag = |on: bool| if on { "yes".to_owned() } else { String::new() };
    event.body.links = [
        ("trade", price.trade.clone()),
        ("name", price.name.clone()),
        ("kind", price.kind.clone()),
        ("unit", price.unit.clone()),
        ("fen", price.fen.to_string()),
        ("from", price.from.to_string()),
        ("until", price.until.map(|it| it.to_string()).unwrap_or_default()),
        ("free", flag(price.free)),
        ("warranty", flag(price.warranty)),
        ("remark", price.remark.clone()),
        ("version", number.to_string()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| (key.to_owned(), value))
    .collect();
    event
}

impl Price {
    /// Without spaces around each part.
    fn trimmed(&self) -> Price {
        let trim = |text: &str| text.trim().to_owned();
        Price {
            trade: trim(&self.trade),
            name: trim(&self.name),
            unit: trim(&self.unit),
            remark: trim(&self.remark),
            ..self.clone()
        }
    }

    /// What a version's links say; none when a date or an amount cannot be read.
    fn of(links: &BTreeMap<String, String>) -> Option<Price> {
        let text = |key: &str| links.get(key).cloned().unwrap_or_default();
        let until = links.get("until").map(|it| it.parse()).transpose().ok()?;
        Some(Price {
            trade: text("trade"),
            name: text("name"),
            kind: text("kind"),
            unit: text("unit"),
            fen: text("fen").parse().ok()?,
            from: text("from").parse().ok()?,
            until,
            free: links.contains_key("free"),
            warranty: links.contains_key("warranty"),
            remark: text("remark"),
        })
    }
}

/// The item that its stream makes; none without a version.
pub fn replay(id: &str, entries: &[Entry]) -> Option<Item> {
    let written = entries.iter().filter(|entry| matches!(entry.event.name.as_str(), "price.written" | "price.ended"));
    let versions: Vec<Version> = (1i64..)
        .zip(written)
        .filter_map(|(number, entry)| {
            let price = Price::of(&entry.event.body.links)?;
            Some(Version { number, by: entry.actor.clone(), at: entry.event.happened, price })
        })
        .collect();
    (!versions.is_empty()).then(|| Item { id: id.to_owned(), versions, version: entries.len() as i64 })
}
