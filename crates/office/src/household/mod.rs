//! A household (户): a dwelling or shop on file, with the people who own, live in or use it.

mod change;
mod ledger;
mod person;
mod room;

pub use change::{Change, changed, merged, parted};
pub use ledger::{LedgerPerson, LedgerRow, import, owners_differ};
pub use person::{NameKeys, masked_name, masked_phone, name_keys, normal_phone, phone_tail, surname};
pub use room::{Room, RoomQuery, building_of, in_order, walking_key};

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::event::Entry;

/// A household as its entries make it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    /// Stream key without the prefix `household:`.
    pub id: String,
    /// The unit.
    pub room: Room,
    /// 住宅, 商铺, 车位 … as the ledger says.
    pub kind: String,
    /// Floor area in hundredths of a square metre.
    pub area: Option<i64>,
    /// Floor, as written.
    pub floor: String,
    /// Handed over by the developer.
    pub handover: Option<Date>,
    /// Moved in.
    pub move_in: Option<Date>,
    /// 自住, 出租, 空置 … as the ledger says.
    pub occupancy: String,
    /// Parking spaces.
    pub parking: Vec<String>,
    /// Number plates.
    pub plates: Vec<String>,
    /// Remarks.
    pub remark: String,
    /// People, in the order of the ledger.
    pub people: Vec<Person>,
    /// Who was there before, with the day of leaving; the last to leave stands last.
    pub former: Vec<Former>,
    /// Files of the same household that were joined to this one.
    pub merged: Vec<String>,
    /// The file that this one was joined to.
    pub merged_into: Option<String>,
    /// Version of the stream.
    pub version: i64,
}

/// A person of a household. Name, phones and numbers come out of the sealed fields; erased ones read 〔已抹除〕.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Person key `person:<id>`.
    pub id: String,
    /// Part in the household.
    pub tenure: Tenure,
    /// Name.
    pub name: String,
    /// Phones in normal form.
    pub phones: Vec<String>,
    /// Number of the identity document.
    pub identity: String,
    /// Bank account for collection.
    pub bank_account: String,
    /// From which day on, when it was told.
    pub since: Option<Date>,
}

/// Somebody who is no longer there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// Who.
    pub person: Person,
    /// Until which day; none when nobody told.
    pub until: Option<Date>,
}

/// Part of a person in a household.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tenure {
    /// 业主.
    #[default]
    Owner,
    /// 租户.
    Tenant,
    /// 紧急联系人.
    EmergencyContact,
    /// 住户, who lives there and is neither owner nor tenant.
    Resident,
    /// 公司, that has the unit.
    Company,
    /// 家庭成员.
    Member,
    /// 员工 of the company.
    Employee,
}

impl Tenure {
    /// Every part, in the order of a card.
    pub const ALL: [Tenure; 7] = [
        Tenure::Owner,
        Tenure::Tenant,
        Tenure::EmergencyContact,
        Tenure::Resident,
        Tenure::Company,
        Tenure::Member,
        Tenure::Employee,
    ];

    /// The word shown.
    pub fn title(self) -> &'static str {
        match self {
            Tenure::Owner => "业主",
            Tenure::Tenant => "租户",
            Tenure::EmergencyContact => "紧急联系人",
            Tenure::Resident => "住户",
            Tenure::Company => "公司",
            Tenure::Member => "家庭成员",
            Tenure::Employee => "员工",
        }
    }

    /// The word in rows.
    pub fn id(self) -> &'static str {
        match self {
            Tenure::Owner => "owner",
            Tenure::Tenant => "tenant",
            Tenure::EmergencyContact => "emergency_contact",
            Tenure::Resident => "resident",
            Tenure::Company => "company",
            Tenure::Member => "member",
            Tenure::Employee => "employee",
        }
    }

    /// The tenure of this id.
    pub fn of(id: &str) -> Option<Tenure> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }

    /// Whether every ledger speaks of such people: who stands there no more has left. Others come in by hand too, and leave only
    /// when the row names somebody else in their place.
    pub(crate) fn is_of_the_ledger(self) -> bool {
        matches!(self, Tenure::Owner | Tenure::Tenant)
    }
}

/// The household that its entries make; none before the first.
pub fn replay(id: &str, entries: &[Entry]) -> Option<Household> {
    let mut household: Option<Household> = None;
    for entry in entries {
        let mut it = household.take().unwrap_or_else(|| Household { id: id.to_owned(), ..Household::default() });
        it.version += 1;
        match entry.event.name.as_str() {
            "household.set" => set_unit(&mut it, &entry.event.body.links),
            "household.person_set" => set_person(&mut it, entry),
            "household.person_left" => {
                let links = &entry.event.body.links;
                let until = links.get("until").and_then(|date| date.parse().ok());
                let gone = |known: &mut Person| Some(&known.id) == links.get("person");
                it.former.extend(it.people.extract_if(.., gone).map(|person| Former { person, until }));
            }
            "household.merged" | "household.merge_undone" => set_merged(&mut it, entry),
            _ => {}
        }
        household = Some(it);
    }
    household
}

/// Two files of one household become one, or are two again; the entry stands in both streams.
fn set_merged(it: &mut Household, entry: &Entry) {
    let link = |key: &str| entry.event.body.links.get(key).cloned();
    let joined = entry.event.name == "household.merged";
    match (link("from"), link("into")) {
        (Some(from), _) if from != it.id => {
            it.merged.retain(|known| *known != from);
            it.merged.extend(joined.then_some(from));
        }
        (_, into) => it.merged_into = into.filter(|_| joined),
    }
}

fn set_unit(it: &mut Household, links: &BTreeMap<String, String>) {
    let text = |key: &str| links.get(key).cloned().unwrap_or_default();
    let list = |key: &str| -> Vec<String> {
        links
            .get(key)
            .map(|all| all.split('、').filter(|one| !one.is_empty()).map(str::to_owned).collect())
            .unwrap_or_default()
    };
    it.room =
        Room { phase: text("phase"), building: text("building"), stairwell: text("stairwell"), number: text("room") };
    it.kind = text("unit_kind");
    it.area = links.get("area").and_then(|area| area.parse().ok());
    it.floor = text("floor");
    it.handover = links.get("handover").and_then(|date| date.parse().ok());
    it.move_in = links.get("move_in").and_then(|date| date.parse().ok());
    it.occupancy = text("occupancy");
    it.parking = list("parking");
    it.plates = list("plates");
    it.remark = text("remark");
}

fn set_person(it: &mut Household, entry: &Entry) {
    let links = &entry.event.body.links;
    let Some(id) = links.get("person") else { return };
    let empty = BTreeMap::new();
    let fields = entry.event.sealed.as_ref().map_or(&empty, |sealed| &sealed.fields);
    let text = |key: &str| fields.get(key).cloned().unwrap_or_default();
    let person = Person {
        id: id.clone(),
        tenure: links.get("tenure").and_then(|tenure| Tenure::of(tenure)).unwrap_or_default(),
        name: text("name"),
        phones: text("phones").split('、').filter(|one| !one.is_empty()).map(str::to_owned).collect(),
        identity: text("identity"),
        bank_account: text("bank_account"),
        since: links.get("since").and_then(|date| date.parse().ok()),
    };
    match it.people.iter_mut().find(|known| known.id == *id) {
        Some(known) => *known = person,
        None => it.people.push(person),
    }
}
