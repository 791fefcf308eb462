//! Blank slips (备用空白单): numbers of a form series that are taken ahead, printed on blank forms, written by hand while nothing
//! runs, and entered afterwards under the same number, or voided with a reason. None is ever left without a fate.
//!
//! A range is a record of its register. Its own stream tells each number when it is taken, and what became of it.

use calendar::Moment;

use crate::case::{Case, CaseKind};
use crate::event::{Body, Event};
use crate::form::{self, FormType};
use crate::refusal::Refusal;

/// The register of ranges; also their kind.
pub const REGISTER: &str = "blank_slips";
/// The act that takes a range.
pub const RESERVED: &str = "blank.reserved";
/// The act that ends a range of which every number has its fate.
pub const SETTLED: &str = "blank.settled";
/// The entry of one number taken.
pub const TAKEN: &str = "office.blank_taken";
/// The entry of a number that was entered: link `case`, link `case_number`.
pub const USED: &str = "office.blank_used";
/// The entry of a number that was voided; its reason is the note.
pub const VOIDED: &str = "office.blank_voided";
/// Numbers of a range at most: what a desk can write by hand in a long night.
pub const MOST: i64 = 100;

/// What became of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Still blank.
    Blank,
    /// Entered: stream id and number of the case, and when.
    Used(String, String, Moment),
    /// Voided: why and when.
    Void(String, Moment),
}

/// One number of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// `WX-202611-0012`.
    pub number: String,
    /// What became of it.
    pub fate: Fate,
}

/// Whether a case is a range of blank slips.
pub fn is_one(case: &Case) -> bool {
    case.kind == CaseKind::Record(REGISTER)
}

/// The form that the slips of a range are.
pub fn form_of(case: &Case) -> Option<&'static FormType> {
    case.attributes.get("blank.form").and_then(|id| form::find(id))
}

/// Every number of a range in order, with what became of it.
pub fn slips(case: &Case) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    for entry in &case.entries {
        let link = |key: &str| entry.event.body.links.get(key).cloned().unwrap_or_default();
        let number = link("blank");
        let fate = match entry.event.name.as_str() {
            TAKEN => {
                slips.push(Slip { number: link("number"), fate: Fate::Blank });
                continue;
            }
            USED => Fate::Used(link("case"), link("case_number"), entry.event.happened),
            VOIDED => Fate::Void(entry.event.body.note.clone(), entry.event.happened),
            _ => continue,
        };
        if let Some(slip) = slips.iter_mut().find(|slip| slip.number == number) {
            slip.fate = fate;
        }
    }
    slips
}

/// The entries by which a range takes its numbers. Refused: a form without a series, too few or too many.
pub(crate) fn taken(what: &str, event: &Event, mut next: impl FnMut(&str) -> String) -> Result<Vec<Event>, Refusal> {
    let said = |id: &str| event.body.attributes.get(id).map(String::as_str).unwrap_or_default();
    let Some(form) = form::find(said("blank.form")) else {
        return Err(Refusal::new(what, "没有选是哪一种单", "请选一种单据。").at("blank.form"));
    };
    let count: i64 = said("blank.count").parse().unwrap_or_default();
    if !(1..=MOST).contains(&count) {
        let next = format!("请写 1 到 {MOST} 张；不够时再领一段。");
        return Err(Refusal::new(what, "张数不对", next).at("blank.count"));
    }
    let one = |_| {
        let links = [("number".to_owned(), next(&form.letters))].into();
        Event { body: Body { links, ..Body::default() }, ..Event::plain(TAKEN, event.happened) }
    };
    Ok((0..count).map(one).collect())
}

/// The entry that a number was used for a case. Refused: a number of another range, one that has its fate already.
pub fn used(case: &Case, number: &str, (id, case_number): (&str, &str), now: Moment) -> Result<Event, Refusal> {
    blank(case, number)?;
    let links = [("blank", number), ("case", id), ("case_number", case_number)];
    let links = links.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    Ok(Event { body: Body { links, ..Body::default() }, ..Event::plain(USED, now) })
}

/// The entry that voids a number. Refused: without a reason, and as [`used`].
pub fn voided(case: &Case, number: &str, reason: &str, now: Moment) -> Result<Event, Refusal> {
    if reason.trim().is_empty() {
        let next = "请写为什么作废：写错、污损、没有用上。";
        return Err(Refusal::new("不能作废", "还没有写作废原因", next).at("reason"));
    }
    blank(case, number)?;
    let reason = reason.trim().to_owned();
    // The number tells itself once more, with its reason: the series knows it as void.
    let links = [("blank", number), ("number", number), ("void", &reason)];
    let links = links.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    Ok(Event { body: Body { links, note: reason, ..Body::default() }, ..Event::plain(VOIDED, now) })
}

fn blank(case: &Case, number: &str) -> Result<(), Refusal> {
    let what = "这张备用单不能用";
    match slips(case).into_iter().find(|slip| slip.number == number).map(|slip| slip.fate) {
        None => Err(Refusal::new(what, format!("{number} 不在这一段备用号里"), "请核对编号。").at("blank_number")),
        Some(Fate::Blank) => Ok(()),
        Some(Fate::Used(_, into, _)) => {
            Err(Refusal::new(what, format!("{number} 已经录入为 {into}"), "请打开那一件，或核对编号。")
                .at("blank_number"))
        }
        Some(Fate::Void(why, _)) => {
            Err(Refusal::new(what, format!("{number} 已经作废：{why}"), "请核对编号。").at("blank_number"))
        }
    }
}

/// A range ends only when every number has its fate.
pub(crate) fn settled(what: &str, case: &Case, act: &str) -> Result<(), Refusal> {
    if !is_one(case) || ![SETTLED, "case.closed", "case.withdrawn"].contains(&act) {
        return Ok(());
    }
    let left = slips(case).into_iter().filter(|slip| slip.fate == Fate::Blank).count();
    match left {
        0 => Ok(()),
        _ => Err(Refusal::new(what, format!("还有 {left} 张没有着落"), "请逐张补录，没有用上的写原因作废。")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Entry;

    fn range() -> Case {
        let mut first = Event::plain(RESERVED, Moment(0)).with("blank.form", "repair_slip").with("blank.count", "3");
        let links = [("kind", REGISTER), ("number", "BK-202611-0001")];
        first.body.links = links.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
        let mut n = 0;
        let next = |letters: &str| {
            n += 1;
            format!("{letters}-202611-{n:04}")
        };
        let events = taken("不能", &first, next).expect("three");
        replay(std::iter::once(first).chain(events).collect())
    }

    fn replay(events: Vec<Event>) -> Case {
        let entry = |(seq, event)| Entry { seq, at: Moment(0), actor: "a".into(), post: "front_desk".into(), event };
        let entries: Vec<Entry> = (1..).zip(events).map(entry).collect();
        crate::case::replay("r1", &entries).expect("opened")
    }

    fn with(case: &Case, event: Event) -> Case {
        replay(case.entries.iter().map(|entry| entry.event.clone()).chain([event]).collect())
    }

    #[test]
    fn every_number_has_its_fate_before_the_range_ends() {
        let case = range();
        let numbers: Vec<String> = slips(&case).into_iter().map(|it| it.number).collect();
        assert_eq!(numbers, ["WX-202611-0001", "WX-202611-0002", "WX-202611-0003"]);
        assert!(settled("不能", &case, "case.closed").expect_err("three blanks").to_string().contains("还有 3 张"));
        let case = with(&case, used(&case, &numbers[0], ("c1", &numbers[0]), Moment(5)).expect("blank"));
        let again = used(&case, &numbers[0], ("c2", "x"), Moment(6)).expect_err("used");
        assert!(again.to_string().contains("已经录入"), "{again}");
        assert_eq!(voided(&case, &numbers[1], " ", Moment(6)).expect_err("why").field.as_deref(), Some("reason"));
        let case = with(&case, voided(&case, &numbers[1], "写错", Moment(6)).expect("blank"));
        assert!(used(&case, &numbers[1], ("c2", "x"), Moment(7)).expect_err("void").to_string().contains("写错"));
        assert!(used(&case, "WX-202611-0009", ("c2", "x"), Moment(7)).is_err(), "of another range");
        let case = with(&case, voided(&case, &numbers[2], "没有用上", Moment(8)).expect("blank"));
        assert!(settled("不能", &case, SETTLED).is_ok() && settled("不能", &case, "case.note_added").is_ok());
        assert_eq!(slips(&case)[0].fate, Fate::Used("c1".into(), numbers[0].clone(), Moment(5)));
    }

    #[test]
    fn a_range_says_which_form_and_how_many() {
        let ask = |form: &str, count: &str| {
            let event = Event::plain(RESERVED, Moment(0)).with("blank.form", form).with("blank.count", count);
            taken("不能", &event, |letters| letters.to_owned()).map(|it| it.len()).map_err(|no| no.field)
        };
        assert_eq!(ask("repair_slip", "100"), Ok(100));
        assert_eq!(ask("repair_slip", "101"), Err(Some("blank.count".into())));
        assert_eq!(ask("repair_slip", "0"), Err(Some("blank.count".into())));
        assert_eq!(ask("nothing", "5"), Err(Some("blank.form".into())));
    }
}
