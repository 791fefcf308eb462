//! Blank slips (备用空白单): a range taken ahead before a night without power; two were written on and entered, one was spoilt, the
//! others still lie in the drawer.

use calendar::{Moment, Zone};
use office::case::CaseKind;

use crate::chance::Chance;
use crate::estate::Home;
use crate::tale::{Intake, Tale, What};

/// The range.
const RANGE: &str = "blank-slips";

/// The tales: the range, and the matters that were written on its slips.
pub fn tales(homes: &[Home], zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let began = now.plus_seconds(-5 * 86_400);
    let mut range = Tale::begin(RANGE, began, zone, Chance::of(seed, RANGE));
    range.office();
    let from = range.at;
    let slips = [("blank.form", "repair_slip"), ("blank.count", "8")];
    range.open("desk1", office::blank_slip::REGISTER, "放前台抽屉，停电时用", &slips);
    let mut tales = Vec::new();
    for (nth, words) in ["停电后卫生间水管漏水", "门口感应灯坏了，摸黑"].into_iter().enumerate() {
        let id = format!("{RANGE}-{nth}");
        let at = from.plus_seconds((nth as i64 * 40 + 90) * 60);
        let mut tale = Tale::begin(&id, at, zone, Chance::of(seed, &id));
        tale.register(&Intake {
            kind: CaseKind::Repair,
            channel: "visit",
            who: "desk1",
            home: homes.get(nth * 7),
            place: "",
            words,
            attributes: &[("repair.object", "own"), ("repair.on_price_list", "yes")],
            minutes: 180,
            notify: true,
        });
        tale.on_blank(RANGE, nth);
        tale.wait(5, 9).acknowledge("desk1");
        tale.assign("engineer", "repair1");
        tales.push(tale);
    }
    range.wait(320, 360).push("desk1", What::VoidBlank { nth: 2, reason: "写错房号，重写了一张" });
    tales.insert(0, range);
    tales
}
