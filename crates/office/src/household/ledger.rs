//! A row of the household ledger (业主台账) becoming events. Repeating an import changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Moment;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Household, Person, Room, Tenure};
use crate::event::{Body, Event, Sealed};

/// A valid row, read from a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// The unit.
    pub room: Room,
    /// Floor.
    pub floor: String,
    /// 房屋类型.
    pub kind: String,
    /// Hundredths of a square metre.
    pub area: Option<i64>,
    /// 交付日期.
    pub handover: Option<Date>,
    /// 入住日期.
    pub move_in: Option<Date>,
    /// 使用状态.
    pub occupancy: String,
    /// 车位号.
    pub parking: Vec<String>,
    /// 车牌号.
    pub plates: Vec<String>,
    /// 备注.
    pub remark: String,
    /// People of the row.
    pub people: Vec<LedgerPerson>,
    /// The owners are those of the row even where the household was sold since: somebody has decided so.
    #[serde(default)]
    pub owners_stand: bool,
}

impl LedgerRow {
    /// The key of its household.
    pub fn household(&self) -> String {
        self.room.to_string().replace(' ', "_")
    }

    /// The row with the owners that the household has.
    fn with_owners_of(&self, known: &Household) -> LedgerRow {
        let owners = known.people.iter().filter(|it| it.tenure == Tenure::Owner).map(|it| LedgerPerson {
            tenure: it.tenure,
            name: it.name.clone(),
            phones: it.phones.clone(),
            identity: it.identity.clone(),
            bank_account: it.bank_account.clone(),
        });
        let others = self.people.iter().filter(|it| it.tenure != Tenure::Owner).cloned();
        LedgerRow { people: owners.chain(others).collect(), ..self.clone() }
    }
}

/// Whether a row knows nothing of a sale (过户): the household was sold on a day that is on file, and the row names other owners.
pub fn owners_differ(known: &Household, row: &LedgerRow) -> bool {
    let sold = known.former.iter().any(|it| it.person.tenure == Tenure::Owner && it.until.is_some());
    let now = known.people.iter().filter(|it| it.tenure == Tenure::Owner);
    let dated = now.clone().any(|it| it.since.is_some());
    let now: BTreeSet<&str> = now.map(|it| it.name.as_str()).collect();
    let named = row.people.iter().filter(|it| it.tenure == Tenure::Owner).map(|it| it.name.as_str());
    sold && dated && now != named.collect()
}

/// A person of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerPerson {
    /// Part in the household.
    pub tenure: Tenure,
    /// Name.
    pub name: String,
    /// Phones in normal form.
    pub phones: Vec<String>,
    /// Identity number.
    pub identity: String,
    /// Bank account.
    pub bank_account: String,
}

impl LedgerPerson {
    /// The same with the account and the identity number on file where the row has none: they are taken at the desk too, and an
    /// empty cell says nothing of them.
    fn filled_from(&self, known: &Person) -> LedgerPerson {
        let told = |own: &String, known: &String| if own.is_empty() { known.clone() } else { own.clone() };
        LedgerPerson {
            identity: told(&self.identity, &known.identity),
            bank_account: told(&self.bank_account, &known.bank_account),
            ..self.clone()
        }
    }
}

/// The events that bring a household to what the row says; none when it says nothing new. A person is known by tenure and
/// name; somebody whom the row no longer names has left. Who bought the unit stays its owner until somebody decides that the
/// owners of the row stand. New person keys are `<household>-<n>`.
pub fn import(known: Option<&Household>, id: &str, row: &LedgerRow, at: Moment) -> Vec<Event> {
    let kept =
        known.filter(|known| !row.owners_stand && owners_differ(known, row)).map(|known| row.with_owners_of(known));
    let row = kept.as_ref().unwrap_or(row);
    let mut events = Vec::new();
    let links = unit_links(row);
    if known.is_none_or(|known| unit_links(&as_row(known)) != links) {
        let body = Body { links, ..Body::default() };
        events.push(Event { name: "household.set".into(), happened: at, body, sealed: None });
    }
    let people = known.map(|known| known.people.as_slice()).unwrap_or_default();
    let mut next = people.iter().filter_map(|it| it.id.rsplit('-').next()?.parse::<u32>().ok()).max().unwrap_or(0);
    for named in &row.people {
        let same = people.iter().find(|it| it.tenure == named.tenure && it.name == named.name);
        let named = &same.map_or_else(|| named.clone(), |known| named.filled_from(known));
        let person = match same {
            Some(known) if unchanged(known, named) => continue,
            Some(known) => known.id.clone(),
            None => {
                next += 1;
                format!("person:{id}-{next}")
            }
        };
        events.push(person_event(person, named, at));
    }
    let told = |tenure: Tenure| tenure.is_of_the_ledger() || row.people.iter().any(|named| named.tenure == tenure);
    let named = |it: &Person| row.people.iter().any(|named| named.tenure == it.tenure && named.name == it.name);
    for left in people.iter().filter(|it| told(it.tenure) && !named(it)) {
        let links = BTreeMap::from([("person".to_owned(), left.id.clone())]);
        let body = Body { links, ..Body::default() };
        events.push(Event { name: "household.person_left".into(), happened: at, body, sealed: None });
    }
    events
}

fn unchanged(known: &Person, named: &LedgerPerson) -> bool {
    known.phones == named.phones && known.identity == named.identity && known.bank_account == named.bank_account
}

fn person_event(person: String, named: &LedgerPerson, at: Moment) -> Event {
    let links =
        BTreeMap::from([("person".to_owned(), person.clone()), ("tenure".to_owned(), named.tenure.id().to_owned())]);
    let fields = [
        ("name", named.name.clone()),
        ("phones", named.phones.join("、")),
        ("identity", named.identity.clone()),
        ("bank_account", named.bank_account.clone()),
    ];
    let fields =
        fields.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key.to_owned(), value)).collect();
    Event {
        name: "household.person_set".into(),
        happened: at,
        body: Body { links, ..Body::default() },
        sealed: Some(Sealed { person, fields }),
    }
}

fn unit_links(row: &LedgerRow) -> BTreeMap<String, String> {
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    [
        ("phase", row.room.phase.clone()),
        ("building", row.room.building.clone()),
        ("stairwell", row.room.stairwell.clone()),
        ("room", row.room.number.clone()),
        ("unit_kind", row.kind.clone()),
        ("area", row.area.map(|area| area.to_string()).unwrap_or_default()),
        ("floor", row.floor.clone()),
        ("handover", date(row.handover)),
        ("move_in", date(row.move_in)),
        ("occupancy", row.occupancy.clone()),
        ("parking", row.parking.join("、")),
        ("plates", row.plates.join("、")),
        ("remark", row.remark.clone()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

fn as_row(known: &Household) -> LedgerRow {
    LedgerRow {
        room: known.room.clone(),
        floor: known.floor.clone(),
        kind: known.kind.clone(),
        area: known.area,
        handover: known.handover,
        move_in: known.move_in,
        occupancy: known.occupancy.clone(),
        parking: known.parking.clone(),
        plates: known.plates.clone(),
        remark: known.remark.clone(),
        people: Vec::new(),
        owners_stand: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Entry;
    use crate::household::replay;

    fn entries(events: Vec<Event>) -> Vec<Entry> {
        let numbered = events.into_iter().zip(1..);
        numbered
            .map(|(event, seq)| Entry { seq, at: Moment(0), actor: "a".into(), post: "front_desk".into(), event })
            .collect()
    }

    #[test]
    fn who_bought_stays_the_owner_until_somebody_decides() {
        let named = |name: &str| LedgerPerson { name: name.into(), ..LedgerPerson::default() };
        let row = LedgerRow {
            room: Room::of_parts("", "3", "2", "501"),
            people: vec![named("演示甲")],
            ..LedgerRow::default()
        };
        let mut log = entries(import(None, "3-2-501", &row, Moment(0)));
        let known = replay("3-2-501", &log).expect("it was set");
        let day = "2026-11-16".parse().expect("a day");
        let sold = crate::household::Change::Sold(named("演示乙"), day);
        log.extend(entries(crate::household::changed(&known, &sold, Moment(1)).expect("sold")));
        let known = replay("3-2-501", &log).expect("it is there");
        assert!(owners_differ(&known, &row), "the old ledger knows nothing of the sale");
        assert_eq!(import(Some(&known), "3-2-501", &row, Moment(2)), [], "so it changes no owner");
        let filled = LedgerRow { floor: "5".into(), ..row.clone() };
        let events = import(Some(&known), "3-2-501", &filled, Moment(2));
        assert_eq!(
            events.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
            ["household.set"],
            "the rest comes in"
        );
        let new = LedgerRow { people: vec![named("演示乙")], ..row.clone() };
        assert!(!owners_differ(&known, &new), "the new ledger agrees");
        let decided = LedgerRow { owners_stand: true, ..row };
        assert_eq!(import(Some(&known), "3-2-501", &decided, Moment(2)).len(), 2, "one comes and one leaves");
    }

    #[test]
    fn an_account_taken_at_the_desk_is_not_lost_to_an_empty_cell() {
        let named = |account: &str| LedgerPerson {
            name: "演示甲".into(),
            bank_account: account.into(),
            ..LedgerPerson::default()
        };
        let row = |account: &str| LedgerRow {
            room: Room::of_parts("", "3", "2", "501"),
            people: vec![named(account)],
            ..LedgerRow::default()
        };
        let mut log = entries(import(None, "3-2-501", &row(""), Moment(0)));
        let known = replay("3-2-501", &log).expect("it was set");
        let taken = crate::household::Change::Account("6222000000000417".into());
        log.extend(entries(crate::household::changed(&known, &taken, Moment(1)).expect("taken")));
        let known = replay("3-2-501", &log).expect("it is there");
        assert_eq!(known.people[0].bank_account, "6222000000000417");
        assert_eq!(import(Some(&known), "3-2-501", &row(""), Moment(2)), [], "an empty cell changes nothing");
        let other = import(Some(&known), "3-2-501", &row("6222000000000999"), Moment(2));
        assert_eq!(other.len(), 1, "another account comes in");
    }

    #[test]
    fn the_same_row_twice_changes_nothing() {
        let person =
            LedgerPerson { name: "演示甲".into(), phones: vec!["13800000001".into()], ..LedgerPerson::default() };
        let mut row = LedgerRow {
            room: Room::of_parts("", "3栋", "2单元", "501"),
            area: Some(8950),
            people: vec![person],
            ..LedgerRow::default()
        };
        let mut log = entries(import(None, "3-2-501", &row, Moment(0)));
        let known = replay("3-2-501", &log).expect("it was set");
        assert_eq!(import(Some(&known), "3-2-501", &row, Moment(1)), []);

        row.people[0].phones.push("02000000002".into());
        let change = import(Some(&known), "3-2-501", &row, Moment(1));
        assert_eq!(change.len(), 1, "one person changed");
        log.extend(entries(change));
        let known = replay("3-2-501", &log).expect("it was set");
        assert_eq!(known.people[0].phones.len(), 2);
        assert_eq!(known.people[0].id, "person:3-2-501-1");

        let helper =
            LedgerPerson { tenure: Tenure::EmergencyContact, name: "演示姐".into(), ..LedgerPerson::default() };
        let by_hand = crate::household::Change::Came(helper.clone(), None);
        log.extend(entries(crate::household::changed(&known, &by_hand, Moment(2)).expect("entered by hand")));
        let known = replay("3-2-501", &log).expect("it was set");
        assert_eq!(import(Some(&known), "3-2-501", &row, Moment(2)), [], "the ledger says nothing of who helps");
        row.people.push(LedgerPerson { name: "演示弟".into(), ..helper });
        let other = import(Some(&known), "3-2-501", &row, Moment(2));
        assert_eq!(other.iter().filter(|it| it.name == "household.person_left").count(), 1, "somebody else helps");

        row.people.clear();
        assert_eq!(import(Some(&known), "3-2-501", &row, Moment(2))[0].name, "household.person_left");
    }
}
