//! Stock of materials (库存物料): a card per material as a record of the register `stock_cards`; what comes in, goes out by a
//! slip, comes back, is counted. The balance is the sum of the movements and stands nowhere by itself.

use calendar::Moment;

use crate::case::{Case, CaseKind};
use crate::event::{Entry, Event};
use crate::refusal::Refusal;

/// The register of the cards.
pub const REGISTER: &str = "stock_cards";
/// A card.
pub const CARDS: CaseKind = CaseKind::Record(REGISTER);
/// Link of an act of drawing: the stream id of the card.
pub const CARD: &str = "stock_card";
/// Acts of a repair that move stock, and what the card gets to hear.
pub const MOVES: [(&str, &str); 2] =
    [("repair.materials_drawn", "stock.issued"), ("repair.materials_returned", "stock.returned")];
/// Pieces moved at once at most.
const PIECES_MAX: i64 = 99_999;

/// One movement of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Place in the journal.
    pub seq: i64,
    /// When it happened.
    pub at: Moment,
    /// The entry's name: `stock.received`, `stock.issued`, `stock.returned`, `stock.counted`.
    pub what: String,
    /// Pieces more, or fewer when negative. Of a count: what it corrected.
    pub pieces: i64,
    /// Balance after it.
    pub balance: i64,
    /// Account.
    pub by: String,
    /// Slip or words that go with it.
    pub note: String,
}

/// The movements of a card, in the order of the journal.
pub fn movements(card: &Case) -> Vec<Movement> {
    let mut balance = 0;
    let mut moved = Vec::new();
    for entry in &card.entries {
        let number = |id: &str| attribute(entry, id).parse::<i64>().unwrap_or_default();
        let pieces = match entry.event.name.as_str() {
            "stock.card_opened" | "stock.received" | "stock.returned" => number("material.quantity"),
            "stock.issued" => -number("material.quantity"),
            "stock.counted" => number("material.counted") - balance,
            _ => continue,
        };
        if pieces == 0 && entry.event.name == "stock.card_opened" {
            continue;
        }
        balance += pieces;
        let slip = entry.event.body.links.get("slip").filter(|it| !it.is_empty());
        moved.push(Movement {
            seq: entry.seq,
            at: entry.event.happened,
            what: entry.event.name.clone(),
            pieces,
            balance,
            by: entry.actor.clone(),
            note: slip.cloned().unwrap_or_else(|| entry.event.body.note.clone()),
        });
    }
    moved
}

/// Pieces there now.
pub fn balance(card: &Case) -> i64 {
    movements(card).last().map_or(0, |it| it.balance)
}

/// The number from which on the material is low; none when nobody set one.
pub fn low_level(card: &Case) -> Option<i64> {
    card.attributes.get("material.low").and_then(|it| it.parse().ok())
}

/// Whether there is no more than the low level.
pub fn is_low(card: &Case) -> bool {
    low_level(card).is_some_and(|low| balance(card) <= low)
}

fn attribute<'a>(entry: &'a Entry, id: &str) -> &'a str {
    entry.event.body.attributes.get(id).map_or("", String::as_str)
}

/// What a repair has drawn of a card and not brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// Stream id of the card.
    pub card: String,
    /// Name and specification.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Pieces.
    pub pieces: i64,
}

/// The materials of a repair, in the order in which they were first drawn.
pub fn used(case: &Case) -> Vec<Used> {
    let mut used: Vec<Used> = Vec::new();
    for entry in &case.entries {
        let sign = match entry.event.name.as_str() {
            "repair.materials_drawn" => 1,
            "repair.materials_returned" => -1,
            _ => continue,
        };
        let card = entry.event.body.links.get(CARD).cloned().unwrap_or_default();
        let pieces = sign * attribute(entry, "material.quantity").parse::<i64>().unwrap_or_default();
        match used.iter_mut().find(|it| it.card == card && it.name == attribute(entry, "material.name")) {
            Some(known) => known.pieces += pieces,
            None => used.push(Used {
                card,
                name: attribute(entry, "material.name").to_owned(),
                unit: attribute(entry, "material.unit").to_owned(),
                pieces,
            }),
        }
    }
    used.retain(|it| it.pieces != 0);
    used
}

/// The materials of a repair in words: 水龙头 1 只、角阀 2 只. Empty when none were drawn.
pub fn used_in_words(case: &Case) -> String {
    let one = |it: &Used| format!("{} {} {}", it.name, it.pieces, it.unit);
    used(case).iter().map(one).collect::<Vec<_>>().join("、")
}

/// A finished repair says what it used, as it was drawn.
pub(crate) fn shows(case: &Case, event: &mut Event) {
    let used = used_in_words(case);
    if event.name == "repair.completed" && !used.is_empty() {
        event.body.attributes.entry("repair.materials_used".to_owned()).or_insert(used);
    }
}

/// What the card writes when a repair draws from it or brings back. Refused: a quantity that is none, more than is there, more
/// brought back than was drawn.
pub fn moves(card: &Case, repair: &Case, act: &str, pieces: i64, now: Moment) -> Result<Event, Refusal> {
    let Some((_, name)) = MOVES.iter().find(|(moves, _)| *moves == act).filter(|_| card.kind == CARDS) else {
        return Err(Refusal::new("不能领料", "没有这张库存卡", "请从库存卡里选材料。").at(CARD));
    };
    let what = if *name == "stock.issued" { "不能领料" } else { "不能退料" };
    let said = |id: &str| card.attributes.get(id).map_or("", String::as_str);
    let (material, unit) = (said("material.name"), said("material.unit"));
    if !(1..=PIECES_MAX).contains(&pieces) {
        return Err(Refusal::new(what, "数量不是大于 0 的整数", "请填整数。").at("material.quantity"));
    }
    let stands = balance(card);
    if *name == "stock.issued" && stands < pieces {
        let why = format!("{material}库存只有 {stands} {unit}，要领 {pieces} {unit}");
        return Err(Refusal::new(what, why, "请少领，或记“缺料”，由采购员申购。").at("material.quantity"));
    }
    let drawn = used(repair).iter().filter(|it| it.card == card.id).map(|it| it.pieces).sum::<i64>();
    if *name == "stock.returned" && drawn < pieces {
        let why = format!("这一单只领了{material} {drawn} {unit}");
        return Err(Refusal::new(what, why, "请核对数量。").at("material.quantity"));
    }
    let mut event = Event::plain(name, now).with("material.quantity", pieces.to_string());
    let slip = repair.form("repair_slip").map_or(&repair.number, |form| &form.number);
    event.body.links =
        [("linked_case", &repair.id), ("slip", slip)].map(|(key, it)| (key.to_owned(), it.clone())).into();
    Ok(event)
}

/// Whether an act of a card itself makes sense. Refused: numbers that are none.
pub(crate) fn sensible(what: &str, event: &Event) -> Result<(), Refusal> {
    for (id, least) in [("material.quantity", 1), ("material.counted", 0), ("material.low", 0)] {
        let typed = event.body.attributes.get(id).filter(|_| event.name.starts_with("stock."));
        // A card may be opened with nothing on the shelf.
        let least = if event.name == "stock.card_opened" { 0 } else { least };
        if typed.is_some_and(|it| !it.parse::<i64>().is_ok_and(|it| (least..=PIECES_MAX).contains(&it))) {
            let why = format!("“{}”不是 {least} 到 {PIECES_MAX} 的整数", typed.map_or("", String::as_str));
            return Err(Refusal::new(what, why, "请填整数；不足一件的，换小一点的单位。").at(id));
        }
    }
    Ok(())
}
