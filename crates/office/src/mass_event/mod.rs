//! Mass events (批量事件): one cause that many households call about, such as water, power or a lift that stands still. Opened
//! once with its area and what to answer; each further caller joins; restoration ends it for all.
//!
//! The event is a record of its register. Who joined stands in its own stream as entries `office.mass_joined`: the contact,
//! the matter when there is one, the household. Names and phones stay with the contact.

mod area;

use calendar::Moment;

pub use area::Area;

use crate::case::{Case, CaseKind};
use crate::event::{Body, Event};
use crate::refusal::Refusal;

/// The register that holds mass events; also their kind.
pub const REGISTER: &str = "mass_event";
/// The entry of a caller who joined.
pub const JOINED: &str = "office.mass_joined";
/// The entry that a caller was told of the restoration; link `joined` is the place of the entry by which they joined.
pub const TOLD: &str = "office.mass_told";
/// The act that ends the cause.
pub const RESTORED: &str = "mass.restored";
/// The act that opens one.
pub const OPENED: &str = "mass.opened";

/// Who joined a mass event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// Place of the entry in the site's journal.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// The contact by which they called; none for a matter that was there already.
    pub contact: Option<String>,
    /// The matter of their own, when they have one.
    pub case: Option<String>,
    /// Household on file.
    pub household: Option<String>,
    /// Room or place in words.
    pub place: String,
    /// When they were told of the restoration.
    pub told: Option<Moment>,
}

/// Whether a case is a mass event.
pub fn is_one(case: &Case) -> bool {
    case.kind == CaseKind::Record(REGISTER)
}

/// Whether callers can still join: neither restored nor ended.
pub fn is_open(case: &Case) -> bool {
    is_one(case) && !case.state.ended() && !case.has(RESTORED)
}

/// Everyone who joined, in the order in which they did; a household that calls twice stands twice.
pub fn joined(case: &Case) -> Vec<Joined> {
    let of = |name: &'static str| case.entries.iter().filter(move |entry| entry.event.name == name);
    let told = |seq: i64| {
        let same = |link: Option<&String>| link.is_some_and(|link| *link == seq.to_string());
        of(TOLD).find(|entry| same(entry.event.body.links.get("joined"))).map(|entry| entry.event.happened)
    };
    let one = |entry: &crate::Entry| {
        let link = |key: &str| entry.event.body.links.get(key).filter(|it| !it.is_empty()).cloned();
        Joined {
            seq: entry.seq,
            at: entry.event.happened,
            contact: link("contact"),
            case: link("case"),
            household: link("household"),
            place: link("place").unwrap_or_default(),
            told: told(entry.seq),
        }
    };
    of(JOINED).map(one).collect()
}

/// The entry by which somebody joins.
pub fn joins(at: Moment, links: &[(&str, &str)]) -> Event {
    let links = links.iter().filter(|(_, value)| !value.is_empty());
    let links = links.map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Event { body: Body { links, ..Body::default() }, ..Event::plain(JOINED, at) }
}

/// The entry that somebody was told. Refused: who never joined, who was told already, before the restoration.
pub fn tells(case: &Case, seq: i64, now: Moment) -> Result<Event, Refusal> {
    let what = "不能记为已告知";
    if !case.has(RESTORED) {
        return Err(Refusal::new(what, "还没有恢复", "请先办“恢复”，再逐户告知。"));
    }
    match joined(case).iter().find(|it| it.seq == seq) {
        None => Err(Refusal::new(what, "名单里没有这一户", "请刷新页面后再办。")),
        Some(it) if it.told.is_some() => Err(Refusal::new(what, "这一户已经告知过", "不需要再记。")),
        Some(_) => {
            let links = [("joined".to_owned(), seq.to_string())].into();
            Ok(Event { body: Body { links, ..Body::default() }, ..Event::plain(TOLD, now) })
        }
    }
}

/// What an opened or changed event must make sense of: its area names buildings or units, its restoration lies ahead.
pub fn sensible(what: &str, event: &Event, now: Moment) -> Result<(), Refusal> {
    if !event.name.starts_with("mass.") || event.name == RESTORED {
        return Ok(());
    }
    let said = |id: &str| event.body.attributes.get(id).map(String::as_str).filter(|it| !it.trim().is_empty());
    if let Some(Err(part)) = said("mass.area").map(Area::parse) {
        let why = format!("“{part}”认不出是哪几栋哪几户");
        return Err(Refusal::new(what, why, "请写 3栋、5栋2单元、1至4栋、二期、3-2-501，或“全小区”，用顿号隔开。")
            .at("mass.area"));
    }
    let expected = said("mass.expected").and_then(|it| it.parse().ok()).map(Moment);
    if expected.is_some_and(|at| at <= now) {
        return Err(Refusal::new(what, "预计恢复的时间已经过去", "请写还没有到的时间。").at("mass.expected"));
    }
    Ok(())
}

/// Whether these words say that people are trapped in a lift (电梯困人): always an emergency, never a mass event's caller.
pub fn trapped(words: &str) -> bool {
    let lift = ["电梯", "轿厢", "升降机", "lift", "elevator"].iter().any(|it| words.contains(it));
    let inside = ["被困", "困在", "困人", "困住", "关在", "出不来", "关人", "trapped", "stuck in"];
    lift && inside.iter().any(|it| words.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trapped_people_are_told_from_a_lift_that_stands() {
        for words in ["3栋电梯困人", "我被困在电梯里了", "老人关在轿厢里", "电梯停了，人出不来"]
        {
            assert!(trapped(words), "{words}");
        }
        for words in ["电梯坏了三天没人管", "被困在家里，门打不开", "电梯停电", ""] {
            assert!(!trapped(words), "{words}");
        }
    }

    #[test]
    fn area_and_restoration_must_make_sense() {
        let now = Moment(1_000_000_000);
        let event = |area: &str, expected: Moment| {
            Event::plain(OPENED, now).with("mass.area", area).with("mass.expected", expected.0.to_string())
        };
        assert!(sensible("不能", &event("3栋、5栋2单元", Moment(2_000_000_000)), now).is_ok());
        let no = sensible("不能", &event("3栋、东区", Moment(2_000_000_000)), now).expect_err("what is 东区");
        assert!(no.field.as_deref() == Some("mass.area") && no.to_string().contains("东区"), "{no}");
        let no = sensible("不能", &event("3栋", now), now).expect_err("it is past");
        assert_eq!(no.field.as_deref(), Some("mass.expected"));
        assert!(sensible("不能", &Event::plain("case.note_added", now), now).is_ok());
    }
}
