//! Changes of a household by hand (改档): who comes and goes with the days, a change of owner, an account; two files of one household
//! joined, and parted again.

use std::collections::BTreeMap;

use calendar::Moment;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Household, LedgerPerson, Tenure};
use crate::event::{Body, Event, Sealed};
use crate::refusal::Refusal;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Somebody comes.
    Came(LedgerPerson, Option<Date>),
    /// Somebody leaves.
    Left(String, Option<Date>),
    /// The owners leave, somebody else owns.
    Sold(LedgerPerson, Date),
    /// Everybody but the owners leaves.
    MovedOut(Date),
    /// The account from which the first of the household pays.
    Account(String),
}

fn event(name: &str, links: &[(&str, String)], at: Moment) -> Event {
    let links: BTreeMap<String, String> = links
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| ((*key).to_owned(), value.clone()))
        .collect();
    Event { name: name.to_owned(), happened: at, body: Body { links, ..Body::default() }, sealed: None }
}

fn day(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// Somebody as an entry of the household, under a key that is theirs.
fn person(key: String, who: &LedgerPerson, since: Option<Date>, at: Moment) -> Event {
    let links = [("person", key.clone()), ("tenure", who.tenure.id().to_owned()), ("since", day(since))];
    let fields = [
        ("name", who.name.trim().to_owned()),
        ("phones", who.phones.join("、")),
        ("identity", who.identity.trim().to_owned()),
        ("bank_account", who.bank_account.trim().to_owned()),
    ];
    let fields: BTreeMap<String, String> =
        fields.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key.to_owned(), value)).collect();
    Event { sealed: Some(Sealed { person: key, fields }), ..event("household.person_set", &links, at) }
}

fn left(key: &str, until: Option<Date>, at: Moment) -> Event {
    event("household.person_left", &[("person", key.to_owned()), ("until", day(until))], at)
}

/// A key that nobody of the household has or had.
fn next_key(known: &Household) -> String {
    let own = format!("person:{}-", known.id);
    let all = known.people.iter().chain(known.former.iter().map(|it| &it.person));
    let last = all.filter_map(|it| it.id.strip_prefix(&own)?.parse::<u32>().ok()).max().unwrap_or(0);
    format!("{own}{}", last + 1)
}

/// The events of a change, or why it is refused.
pub fn changed(known: &Household, change: &Change, at: Moment) -> Result<Vec<Event>, Refusal> {
    let what = "不能改档";
    if let Some(into) = &known.merged_into {
        let why = format!("这一户已经并入 {into}");
        return Err(Refusal::new(what, why, "请在并入的那一户改，或先撤销合并。"));
    }
    let named = |who: &LedgerPerson| match who.name.trim() {
        "" => Err(Refusal::new(what, "还没有写姓名", "请写姓名或单位名称。").at("name")),
        _ => Ok(()),
    };
    let leave = |keep: &dyn Fn(Tenure) -> bool, until: Date| -> Vec<Event> {
        let gone = known.people.iter().filter(|it| !keep(it.tenure));
        gone.map(|it| left(&it.id, Some(until), at)).collect()
    };
    match change {
        Change::Came(who, since) => {
            named(who)?;
            if known.people.iter().any(|it| it.tenure == who.tenure && it.name == who.name.trim()) {
                let why = format!("{}里已经有这个人", who.tenure.title());
                return Err(Refusal::new(what, why, "同一个人不用再登；资料变了，请先记离开再登。").at("name"));
            }
            Ok(vec![person(next_key(known), who, *since, at)])
        }
        Change::Left(key, until) => match known.people.iter().find(|it| it.id == *key) {
            Some(it) if it.since.zip(*until).is_some_and(|(since, until)| until < since) => {
                Err(Refusal::new(what, "离开的日子早于来的日子", "请核对日期。").at("until"))
            }
            Some(_) => Ok(vec![left(key, *until, at)]),
            None => Err(Refusal::new(what, "这个人已经不在这一户", "请刷新页面后再办。")),
        },
        Change::Sold(who, since) => {
            named(who)?;
            let until = since.yesterday().unwrap_or(*since);
            let mut events = leave(&|tenure| tenure != Tenure::Owner, until);
            events.push(person(
                next_key(known),
                &LedgerPerson { tenure: Tenure::Owner, ..who.clone() },
                Some(*since),
                at,
            ));
            Ok(events)
        }
        Change::MovedOut(until) => Ok(leave(&|tenure| tenure == Tenure::Owner, *until)),
        Change::Account(account) => {
            let Some(first) = known.people.iter().find(|it| it.tenure != Tenure::EmergencyContact) else {
                return Err(Refusal::new(what, "这一户还没有人", "请先登记住户，再登记账号。"));
            };
            let who = LedgerPerson {
                tenure: first.tenure,
                name: first.name.clone(),
                phones: first.phones.clone(),
                identity: first.identity.clone(),
                bank_account: account.clone(),
            };
            Ok(vec![person(first.id.clone(), &who, first.since, at)])
        }
    }
}

/// The events in both streams that join the file `from` to the file `into`: first those of `into`. People keep their keys.
pub fn merged(from: &Household, into: &Household, at: Moment) -> Result<(Vec<Event>, Vec<Event>), Refusal> {
    let what = "不能合并";
    let no = |why: String, next: &str| Err(Refusal::new(what, why, next).at("from"));
    if from.id == into.id {
        return no("两份是同一份".into(), "请写另一份的房号。");
    }
    for it in [from, into] {
        if let Some(other) = &it.merged_into {
            return no(format!("{} 已经并入 {other}", it.room), "请选没有并过的那一份。");
        }
    }
    if !from.merged.is_empty() {
        return no(format!("{} 自己并入过别的档", from.room), "请把它作为保留的一份，或先撤销那次合并。");
    }
    let links = [("from", from.id.clone()), ("into", into.id.clone())];
    let mark = event("household.merged", &links, at);
    let mut here = vec![mark.clone()];
    for it in &from.people {
        let same = into.people.iter().any(|known| known.tenure == it.tenure && known.name == it.name);
        if same || it.name == crate::event::ERASED {
            continue;
        }
        let who = LedgerPerson {
            tenure: it.tenure,
            name: it.name.clone(),
            phones: it.phones.clone(),
            identity: it.identity.clone(),
            bank_account: it.bank_account.clone(),
        };
        here.push(person(it.id.clone(), &who, it.since, at));
    }
    Ok((here, vec![mark]))
}

/// The events in both streams that part what was joined: whoever came with the file goes with it.
pub fn parted(from: &Household, into: &Household, at: Moment) -> Result<(Vec<Event>, Vec<Event>), Refusal> {
    if from.merged_into.as_deref() != Some(into.id.as_str()) {
        return Err(Refusal::new("不能撤销合并", "这两份没有合并", "请刷新页面后再办。"));
    }
    let links = [("from", from.id.clone()), ("into", into.id.clone())];
    let mark = event("household.merge_undone", &links, at);
    let own = format!("person:{}-", from.id);
    let mut here = vec![mark.clone()];
    here.extend(into.people.iter().filter(|it| it.id.starts_with(&own)).map(|it| left(&it.id, None, at)));
    Ok((here, vec![mark]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Entry;
    use crate::household::{LedgerRow, Room, import, replay};

    fn entries(log: &mut Vec<Entry>, events: Vec<Event>) {
        for event in events {
            let seq = log.len() as i64 + 1;
            log.push(Entry { seq, at: Moment(0), actor: "a".into(), post: "front_desk".into(), event });
        }
    }

    fn who(tenure: Tenure, name: &str) -> LedgerPerson {
        LedgerPerson { tenure, name: name.into(), ..LedgerPerson::default() }
    }

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn begun(id: &str, people: Vec<LedgerPerson>) -> Vec<Entry> {
        let row = LedgerRow { room: Room::of_parts("", "3", "2", id), people, ..LedgerRow::default() };
        let mut log = Vec::new();
        entries(&mut log, import(None, id, &row, Moment(0)));
        log
    }

    #[test]
    fn a_sale_keeps_who_owned_before_and_until_when() {
        let mut log = begun("501", vec![who(Tenure::Owner, "演示甲"), who(Tenure::Tenant, "演示乙")]);
        let known = replay("501", &log).expect("there");
        let sold = Change::Sold(who(Tenure::Owner, "演示丙"), date("2026-11-16"));
        entries(&mut log, changed(&known, &sold, Moment(1)).expect("sold"));
        let known = replay("501", &log).expect("there");
        let owners: Vec<&str> =
            known.people.iter().filter(|it| it.tenure == Tenure::Owner).map(|it| it.name.as_str()).collect();
        assert_eq!(owners, ["演示丙"]);
        assert_eq!(known.former[0].person.name, "演示甲");
        assert_eq!(known.former[0].until, Some(date("2026-11-15")), "the day before the new one owns");
        assert_eq!(known.people.last().and_then(|it| it.since), Some(date("2026-11-16")));
        assert_ne!(known.people.last().map(|it| it.id.as_str()), Some("person:501-1"), "a key of their own");

        let gone = changed(&known, &Change::MovedOut(date("2026-12-01")), Moment(2)).expect("out");
        entries(&mut log, gone);
        let known = replay("501", &log).expect("there");
        assert_eq!(known.people.len(), 1, "the owner stays owner");
        let twice = Change::Came(who(Tenure::Owner, "演示丙"), None);
        assert_eq!(changed(&known, &twice, Moment(3)).expect_err("there already").field.as_deref(), Some("name"));
        assert!(changed(&known, &Change::Came(who(Tenure::Member, " "), None), Moment(3)).is_err());
        let early = Change::Left(known.people[0].id.clone(), Some(date("2026-11-15")));
        assert!(changed(&known, &early, Moment(3)).is_err(), "nobody leaves before they came");
    }

    #[test]
    fn joined_files_are_one_until_they_are_parted_again() {
        let mut one = begun("501", vec![who(Tenure::Owner, "演示甲")]);
        let mut two = begun("0501", vec![who(Tenure::Owner, "演示甲"), who(Tenure::Tenant, "演示丁")]);
        let both =
            |one: &[Entry], two: &[Entry]| (replay("501", one).expect("there"), replay("0501", two).expect("there"));
        let (into, from) = both(&one, &two);
        assert!(merged(&into, &into, Moment(1)).is_err());
        let (here, there) = merged(&from, &into, Moment(1)).expect("joined");
        entries(&mut one, here);
        entries(&mut two, there);
        let (into, from) = both(&one, &two);
        assert_eq!(into.merged, ["0501"]);
        assert_eq!(from.merged_into.as_deref(), Some("501"));
        let names: Vec<&str> = into.people.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["演示甲", "演示丁"], "who stands in both stands once");
        assert!(changed(&from, &Change::Account("6222".into()), Moment(2)).is_err(), "it is closed");
        assert!(merged(&from, &into, Moment(2)).is_err(), "once");

        let (here, there) = parted(&from, &into, Moment(3)).expect("parted");
        entries(&mut one, here);
        entries(&mut two, there);
        let (into, from) = both(&one, &two);
        assert_eq!((into.people.len(), from.people.len()), (1, 2));
        assert!(into.merged.is_empty() && from.merged_into.is_none());
        assert!(parted(&from, &into, Moment(4)).is_err());
    }
}
