//! The estate 演示花园 (小区): six buildings, shops and a second phase, with households that plainly do not exist.

use jiff::civil::{Date, date};
use office::household::{LedgerPerson, LedgerRow, Room, Tenure};

use crate::chance::Chance;

/// Surnames, some with a reading of their own as a surname: 单 (Shàn), 曾 (Zēng), 区 (Ōu), 解 (Xiè), 仇 (Qiú), 查 (Zhā).
const SURNAMES: &[&str] = &[
    "单", "曾", "区", "解", "仇", "查", "任", "华", "盖", "葛", "陈", "李", "黄", "梁", "何", "罗", "邓", "冯", "彭",
    "吕", "赖", "温", "莫", "谭", "龙", "覃", "欧阳", "司徒",
];

/// What follows 演, 示 or 例: nobody is called so.
const GIVEN: &[&str] = &[
    "一", "禾", "木", "山", "水", "云", "石", "竹", "兰", "梅", "松", "柏", "青", "白", "朱", "东", "南", "西", "北",
    "中", "春", "夏", "秋", "冬", "晨", "暮", "星", "月", "江", "河", "湖", "海", "田", "园", "林", "泉", "岭", "川",
    "舟", "桥",
];

/// A household with what the history needs of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Its id in the journal.
    pub id: String,
    /// Room as written: `3-2-501`.
    pub room: String,
    /// Who calls from there.
    pub name: String,
    /// That person's phone.
    pub phone: String,
    /// That person's key.
    pub person: String,
}

/// The ledger of the estate: the same seed gives the same rows.
pub fn ledger(seed: u64) -> Vec<LedgerRow> {
    ledger_of(seed, 0)
}

/// The same with as many high houses of a third phase as it takes to have so many units.
pub fn ledger_of(seed: u64, units: usize) -> Vec<LedgerRow> {
    let mut chance = Chance::of(seed, "estate");
    let mut rows = Vec::new();
    for building in 1..=6 {
        let stairwells = if building % 2 == 0 { 3 } else { 2 };
        for stairwell in 1..=stairwells {
            for floor in 1..=12 {
                for side in 1..=2 {
                    dwelling(&mut chance, &mut rows, "", building, stairwell, floor, side);
                }
            }
        }
    }
    for floor in 1..=18 {
        for side in 1..=4 {
            dwelling(&mut chance, &mut rows, "二期", 1, 0, floor, side);
        }
    }
    for shop in 1..=24 {
        rows.push(shop_row(&mut chance, shop));
    }
    for (building, floor, side) in
        (1..).flat_map(|it| (1..=26).flat_map(move |floor| (1..=4).map(move |side| (it, floor, side))))
    {
        if rows.len() >= units {
            break;
        }
        dwelling(&mut chance, &mut rows, "三期", building, 0, floor, side);
    }
    for (place, row) in rows.iter_mut().enumerate() {
        number(row, place);
    }
    rows
}

/// The households from which matters come.
pub fn homes(rows: &[LedgerRow]) -> Vec<Home> {
    let lived_in = rows.iter().filter(|row| row.occupancy != "空置");
    lived_in
        .filter_map(|row| {
            let room = row.room.to_string();
            let id = room.replace(' ', "_");
            let at = row.people.iter().rposition(|person| person.tenure != Tenure::EmergencyContact)?;
            let person = &row.people[at];
            Some(Home {
                person: format!("person:{id}-{}", at + 1),
                name: person.name.clone(),
                phone: person.phones.first().cloned().unwrap_or_default(),
                id,
                room,
            })
        })
        .collect()
}

fn name(chance: &mut Chance) -> String {
    let middle = ["演", "示", "例"];
    format!("{}{}{}", chance.pick(SURNAMES), chance.pick(&middle), chance.pick(GIVEN))
}

fn person(chance: &mut Chance, tenure: Tenure) -> LedgerPerson {
    LedgerPerson { tenure, name: name(chance), ..LedgerPerson::default() }
}

fn dwelling(
    chance: &mut Chance,
    rows: &mut Vec<LedgerRow>,
    phase: &str,
    building: i64,
    stairwell: i64,
    floor: i64,
    side: i64,
) {
    let (building, stairwell) = match stairwell {
        0 => (format!("{building}栋"), String::new()),
        _ => (format!("{building}栋"), format!("{stairwell}单元")),
    };
    let let_out = chance.percent(18);
    let empty = !let_out && chance.percent(7);
    let mut people = vec![person(chance, Tenure::Owner)];
    if chance.percent(25) {
        people.push(person(chance, Tenure::Owner));
    }
    if let_out {
        people.push(person(chance, Tenure::Tenant));
    }
    let first = if phase.is_empty() { date(2021, 6, 18) } else { date(2024, 9, 28) };
    let handover = days_after(first, chance.between(0, 60));
    rows.push(LedgerRow {
        room: Room::of_parts(phase, &building, &stairwell, &format!("{floor}{side:02}")),
        floor: floor.to_string(),
        kind: "住宅".into(),
        area: Some(*chance.pick(&[7_650, 8_950, 10_420, 12_880, 14_300])),
        handover: Some(handover),
        move_in: (!empty).then(|| days_after(handover, chance.between(20, 400))),
        occupancy: if let_out {
            "出租"
        } else if empty {
            "空置"
        } else {
            "自住"
        }
        .into(),
        parking: if chance.percent(45) { vec![format!("B1-{:03}", rows.len() + 1)] } else { Vec::new() },
        remark: if phase.is_empty() { "" } else { "保修期内" }.into(),
        people,
        owners_stand: false,
        plates: Vec::new(),
    });
}

fn shop_row(chance: &mut Chance, shop: i64) -> LedgerRow {
    let trade = ["便利店", "面馆", "药店", "理发店", "水果店", "茶铺", "洗衣店", "文具店"];
    let mut owner = person(chance, Tenure::Owner);
    owner.name = format!("演示{}{shop}号", chance.pick(&trade));
    LedgerRow {
        room: Room::of_parts("", "商铺", "", &format!("S-{shop:02}")),
        floor: "1".into(),
        kind: "商铺".into(),
        area: Some(chance.between(25, 120) * 100),
        handover: Some(date(2021, 6, 18)),
        occupancy: "自用".into(),
        people: vec![owner],
        ..LedgerRow::default()
    }
}

/// Phones 13800000000 and up, plates 粤A00000 and up: series that nobody has.
fn number(row: &mut LedgerRow, place: usize) {
    for (nth, person) in row.people.iter_mut().enumerate() {
        person.phones = vec![format!("1380000{:04}", (place * 3 + nth) % 10_000)];
    }
    if !row.parking.is_empty() {
        row.plates = vec![format!("粤A{:05}", place + 1)];
    }
}

fn days_after(from: Date, days: i64) -> Date {
    from.checked_add(jiff::Span::new().days(days)).unwrap_or(from)
}
