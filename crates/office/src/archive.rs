//! The archive (档案): what may be destroyed and when, and whose reading and borrowing takes a signed undertaking.

use jiff::civil::Date;

use crate::case::Case;
use crate::event::Event;
use crate::refusal::Refusal;

/// The register of items; also their kind.
pub const REGISTER: &str = "archive_items";
/// The register of undertakings.
pub const UNDERTAKINGS: &str = "secrecy_undertakings";
/// The day until which an item is kept.
const KEEP_UNTIL: &str = "archive.keep_until";
/// Acts that destroy.
const DESTROYS: [&str; 3] =
    ["archive_item.destruction_approved", "archive_item.destruction_witnessed", "archive.disposed"];
/// Acts of who reads an item or lets others read it.
const READS: [&str; 3] = ["archive_item.consulted", "archive_item.lent", "archive_item.disclosed"];

/// Whether the act takes the signed undertaking of who does it.
pub fn needs_undertaking(act: &str) -> bool {
    READS.contains(&act)
}

/// Natural order: what is to be destroyed was put away, an item of the archive was declared void; what is lent is there.
pub(crate) fn in_order(what: &str, case: &Case, act: &str) -> Result<(), Refusal> {
    if DESTROYS.contains(&act) {
        let item = case.kind.id() == REGISTER;
        let (fact, next) = if item {
            ("archive_item.voided", "请先办“档案作废”。")
        } else {
            ("case.filed", "请先办“归档”。")
        };
        if !case.has(fact) {
            let why = if item { "还没有作废" } else { "还没有归档" };
            return Err(Refusal::new(what, why, next));
        }
    }
    let out = is_lent(case);
    match act {
        "archive_item.lent" if out => Err(Refusal::new(what, "已经借出，还没有归还", "请先办“归还档案”。")),
        "archive_item.returned" if !out => Err(Refusal::new(what, "没有借出", "不用归还。")),
        _ => Ok(()),
    }
}

/// Whether an item is out of the store.
pub fn is_lent(case: &Case) -> bool {
    let last = |name: &str| case.last(name).map_or(0, |entry| entry.seq);
    last("archive_item.lent") > last("archive_item.returned")
}

/// Nothing is approved for destruction before it was kept as long as it has to be.
pub(crate) fn sensible(what: &str, case: &Case, event: &Event, on: Date) -> Result<(), Refusal> {
    let until = case.attributes.get(KEEP_UNTIL).and_then(|date| date.parse::<Date>().ok());
    match until.filter(|until| *until >= on && DESTROYS.contains(&event.name.as_str())) {
        Some(until) => {
            let why = format!("保管到 {until}，还没有到期");
            Err(Refusal::new(what, why, "到期以后再办；保管期写错的，请重新归档更正。"))
        }
        None => Ok(()),
    }
}
