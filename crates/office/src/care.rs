//! What has to be seen to again and again (按期跟进) of records that stay open for long: the weekly word with the developer and to
//! the resident, the recheck and the end of the repair that it was for, the end of a contract and who is not satisfied with
//! one, the assessment of a supplier, a report that is to be archived; and what a repairer has told upwards and nobody has
//! answered: a material that is short, an item outside the price list. How often is a setting of the office; a duty that a clause
//! states is the rulebooks', not this.

use calendar::{Moment, Zone};
use jiff::civil::Date;

use crate::case::Case;
use crate::stock;

/// Registers whose records are seen to.
pub const REGISTERS: [&str; 5] = [
    crate::warranty::ORDERS,
    crate::supplier::REGISTER,
    crate::service_contract::REGISTER,
    crate::statistics_report::REGISTER,
    stock::REGISTER,
];

/// What a repairer tells upwards of a repair, the act that it asks for, and the acts after which it asks no more.
const ASKED: [(&str, &str, &[&str]); 2] = [
    ("repair.out_of_stock", "repair.requisitioned", &["repair.requisitioned", "repair.completed"]),
    (
        "repair.off_list_found",
        "repair.supervisor_took_on",
        &["repair.supervisor_took_on", "repair.assessed", "repair.refused", "repair.completed"],
    ),
];

/// An act that is to be done, counted from a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Care {
    /// The act.
    pub act: &'static str,
    /// What it is counted from.
    pub from: Moment,
}

/// How an act is counted: the setting, and whether it tells how long before the moment instead of how long after.
const EVERY: [(&str, &str, bool); 6] = [
    ("defect.chased", "返修单催办间隔", false),
    ("defect.resident_told", "返修单告知住户间隔", false),
    ("defect.recheck_passed", "返修后复验期限", false),
    ("supplier.assessed", "供方评价间隔", false),
    ("supplier.licence_renewed", "供方证照提前提醒", true),
    (crate::statistics_report::ARCHIVED, crate::statistics_report::ARCHIVE_BY, false),
];

/// The setting that an act is counted by; none for what falls due at its moment.
pub fn setting(act: &str) -> Option<&'static str> {
    EVERY.iter().find(|(known, ..)| *known == act).map(|(_, setting, _)| *setting)
}

/// When it is due, its setting being so many seconds.
pub fn due(act: &str, from: Moment, seconds: i64) -> Moment {
    let before = EVERY.iter().any(|(known, _, before)| *known == act && *before);
    from.plus_seconds(if before { -seconds } else { seconds })
}

/// Whether a case is one that is or was seen to.
pub fn sees_to(case: &Case) -> bool {
    let told = || ASKED.iter().any(|(said, ..)| case.has(said));
    REGISTERS.contains(&case.kind.id()) || case.has(crate::warranty::ORDER_PASSED) || told()
}

/// What a repair asks for by what was told of it, from the moment of telling.
fn asked(case: &Case) -> impl Iterator<Item = Care> {
    ASKED.iter().filter_map(|(said, act, answers)| {
        let told = case.last(said)?;
        let open = answers.iter().all(|answer| case.last(answer).is_none_or(|it| it.seq < told.seq));
        open.then_some(Care { act, from: told.event.happened })
    })
}

/// A card with no more than its low level asks for a purchase from the movement on that brought it there, until one is asked for.
fn restock(card: &Case) -> Option<Care> {
    let low = stock::low_level(card)?;
    let moved = stock::movements(card);
    let first = moved.iter().rposition(|it| it.balance > low).map_or(0, |above| above + 1);
    let (seq, from) = match first {
        0 => (0, card.opened),
        fell => moved.get(fell).map(|it| (it.seq, it.at))?,
    };
    let asked = card.last("stock.requisitioned").is_some_and(|it| it.seq > seq);
    (!asked).then_some(Care { act: "stock.requisitioned", from })
}

/// What is to be seen to of a record, or of a repair whose order has passed; nothing once it has ended.
pub fn of(case: &Case, zone: &Zone) -> Vec<Care> {
    if case.state.ended() || !sees_to(case) {
        return Vec::new();
    }
    if !case.kind.is_record() {
        let ends = crate::warranty::waits_for_its_end(case).map(|from| Care { act: "case.closed", from });
        return ends.into_iter().chain(asked(case)).collect();
    }
    let last = |acts: &[&str]| acts.iter().filter_map(|act| case.last(act)).map(|it| it.event.happened).max();
    let day = |attribute: &str| case.attributes.get(attribute).and_then(|value| value.parse::<Date>().ok());
    // A day is over when the next one begins.
    let after = |date: Date| date.tomorrow().ok().map(|next| zone.start_of_day(next));
    let care = |act, from: Option<Moment>| from.map(|from| Care { act, from });
    let found = match case.kind.id() {
        crate::warranty::ORDERS if case.has_this_round("defect.recheck_passed") => Vec::new(),
        crate::warranty::ORDERS => {
            let told = care("defect.resident_told", last(&["defect.opened", "defect.resident_told"]));
            let work =
                case.entries.iter().rev().find(|it| it.seq >= case.round_from && it.event.name == "defect.work_done");
            let next = match work {
                Some(done) => care("defect.recheck_passed", Some(done.event.happened)),
                None => care("defect.chased", last(&["defect.opened", "defect.chased", "defect.recheck_failed"])),
            };
            vec![next, told]
        }
        crate::supplier::REGISTER => vec![
            care("supplier.assessed", last(&["supplier.registered", "supplier.assessed"])),
            care("supplier.licence_renewed", day("supplier.licence_until").and_then(after)),
        ],
        stock::REGISTER => vec![restock(case)],
        crate::statistics_report::REGISTER => {
            let ended = crate::statistics_report::period(case).and_then(|of| after(of.last));
            vec![care(crate::statistics_report::ARCHIVED, ended)]
        }
        _ => {
            let amends = crate::service_contract::amends(case).and_then(|(act, from)| care(act, Some(from)));
            let running = !case.has("service.contract_ended");
            let ends = day("service.ends_on").and_then(after).filter(|_| running);
            vec![amends, care("service.contract_ended", ends)]
        }
    };
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_told_of_before_it_ends_and_the_rest_after() {
        let at = Moment(1_000_000_000);
        assert_eq!(due("supplier.licence_renewed", at, 60), Moment(940_000_000));
        assert_eq!(due("defect.chased", at, 60), Moment(1_060_000_000));
        assert_eq!(due("service.contract_ended", at, 0), at);
        let known: Vec<&str> = crate::site::office_settings().iter().map(|it| it.name).collect();
        for (act, name, _) in EVERY {
            assert!(known.contains(&name) && crate::act::find(act).is_some(), "{act} {name}");
            assert_eq!(setting(act), Some(name));
        }
    }
}
