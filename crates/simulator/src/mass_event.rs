//! Mass events (批量事件): a burst pipe nine days ago, over and everybody told; a power cut of this hour, whose callers join.

use calendar::{Moment, Zone};
use journal::house::MadeContact;
use office::case::{Caller, Place};
use office::contact::{EndContact, TakeContact};

use crate::chance::Chance;
use crate::estate::Home;
use crate::tale::{Tale, What};

/// An event and who calls about it.
struct Told<'a> {
    id: &'a str,
    kind: &'a str,
    cause: &'a str,
    answer: &'a str,
    /// Minutes before now at which it begins.
    ago: i64,
    /// Minutes that it is expected to last.
    lasts: i64,
    words: &'a [&'a str],
}

/// The tales of both.
pub fn tales(homes: &[Home], zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let past = Told {
        id: "mass-water",
        kind: "water",
        cause: "地下水泵房进水管爆裂，正在抢修",
        answer: "水泵房水管爆了，师傅正在抢修；要紧用水请到前台领桶装水，请您谅解",
        ago: 9 * 24 * 60,
        lasts: 180,
        words: &["家里没水了", "停水要停多久", "水龙头一滴水都没有", "没水，做不了饭"],
    };
    let present = Told {
        id: "mass-power",
        kind: "power",
        cause: "供电线路检修，物业发电机只供电梯和消防",
        answer: "供电局在抢修线路，电梯照常运行；请您先关掉空调和电热器，来电以后再开",
        ago: 35,
        lasts: 150,
        words: &["家里停电了", "是不是整栋停电", "没电，冰箱里的东西要坏了"],
    };
    let mut chance = Chance::of(seed, "mass events");
    let mut tales = Vec::new();
    for told in [past, present] {
        let building = chance.pick(homes).room.split('-').next().unwrap_or_default().to_owned();
        let there: Vec<&Home> = homes.iter().filter(|home| home.room.starts_with(&format!("{building}-"))).collect();
        tales.extend(one(&told, &building, &there, zone, now, seed));
    }
    tales
}

fn one(told: &Told, building: &str, homes: &[&Home], zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let began = now.plus_seconds(-told.ago * 60);
    let expected = began.plus_seconds(told.lasts * 60).0.to_string();
    let area = format!("{building}栋");
    let mut event = Tale::begin(told.id, began, zone, Chance::of(seed, told.id));
    let attributes = [
        ("mass.kind", told.kind),
        ("mass.area", area.as_str()),
        ("mass.cause", told.cause),
        ("mass.expected", expected.as_str()),
        ("mass.answer", told.answer),
    ];
    event.open("desk1", office::mass_event::REGISTER, "", &attributes);
    let mut tales = Vec::new();
    for (n, words) in told.words.iter().enumerate() {
        let id = format!("{}-{n}", told.id);
        let mut caller = Tale::begin(&id, began.plus_seconds((n as i64 * 6 + 2) * 60), zone, Chance::of(seed, &id));
        let Some(home) = homes.get(n * 3 % homes.len().max(1)) else { break };
        let end = EndContact {
            words: (*words).to_owned(),
            place: Place { household: Some(home.id.clone()), words: home.room.clone() },
            caller: Caller { person: home.person.clone(), name: home.name.clone(), phone: home.phone.clone() },
            ..EndContact::default()
        };
        let take = TakeContact { channel: "phone".into(), station: "office_desk".into(), ..TakeContact::default() };
        caller.push("desk1", What::Opened(take));
        let made = Box::new(MadeContact { end, ..MadeContact::default() });
        caller.wait(1, 2).push("desk1", What::Join { event: told.id.to_owned(), made });
        tales.push(caller);
    }
    if told.ago > told.lasts {
        event.wait(told.lasts - 25, told.lasts - 10);
        event.tell("engineer", office::mass_event::RESTORED, "水管已换好，水压正常", &[]);
        for nth in 0..told.words.len() {
            event.wait(2, 5).push("desk1", What::Tell { nth });
        }
        event.wait(5, 20).tell("desk1", "case.closed", "并入的住户都已告知", &[]);
    }
    tales.insert(0, event);
    tales
}
