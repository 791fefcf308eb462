//! The store (库存) of the demonstration: cards of a few materials, filled up, counted, one of them low.

use calendar::{Moment, Zone};

use crate::chance::Chance;
use crate::tale::Tale;
use crate::weeks::DAYS;

/// Stream id of the card that repairs draw from.
pub const VALVE: &str = "stock-valve";
/// Stream id, name, specification, unit, pieces, low level.
const CARDS: &[(&str, &str, &str, &str, &str, &str)] = &[
    (VALVE, "陶瓷阀芯", "35 毫米", "只", "60", "20"),
    ("stock-angle", "角阀", "铜质 4 分", "只", "24", "10"),
    ("stock-socket", "五孔插座", "10 安", "只", "6", "8"),
    ("stock-tape", "生料带", "20 米", "卷", "35", "10"),
];

/// The tales of the cards.
pub fn tales(zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let opened = now.plus_seconds(-(DAYS + 1) * 86_400);
    let card = |(id, name, spec, unit, pieces, low): &(&str, &str, &str, &str, &str, &str)| {
        let mut tale = Tale::begin(id, opened, zone, Chance::of(seed, id));
        let said = [
            ("material.name", *name),
            ("material.spec", spec),
            ("material.unit", unit),
            ("material.quantity", pieces),
            ("material.low", low),
        ];
        tale.open("engineer", "stock_cards", "", &said);
        if *id == "stock-socket" {
            let wanted = [("material.quantity", "30")];
            tale.days(3, 5).tell("engineer", "stock.requisitioned", "低于库存线", &wanted);
        } else {
            tale.days(4, 8).tell("engineer", "stock.received", "供应商送到", &[("material.quantity", "20")]);
        }
        tale
    };
    CARDS.iter().map(card).collect()
}
