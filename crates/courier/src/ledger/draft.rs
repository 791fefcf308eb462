//! From a sheet to rows of the ledger (导入预览): the head row is found, columns are mapped, every bad row is listed with its reason.

use std::collections::{BTreeMap, HashMap};

use office::household::{LedgerPerson, LedgerRow, Room, Tenure, normal_phone};

use super::{Cell, Column, Sheet};
use crate::headed::{self, BadRow, Columns, headings};

/// What an import would do.
pub type Draft = headed::Draft<Column, LedgerRow>;
/// A heading of the sheet.
pub type Heading = headed::Heading<Column>;
type Fields<'a> = headed::Fields<'a, Column>;

/// Reads a sheet, its headings mapped by their words.
pub fn read(sheet: &Sheet) -> Draft {
    read_mapped(sheet, &BTreeMap::new())
}

/// Reads a sheet; `mapped` says for columns of the sheet what they are (none: not imported), instead of their words.
pub fn read_mapped(sheet: &Sheet, mapped: &BTreeMap<usize, Option<Column>>) -> Draft {
    let mut draft = Draft { sheet: sheet.name.clone(), ..Draft::default() };
    let Some(head) = head_row(sheet) else {
        draft.bad.push(BadRow {
            row: 1,
            column: String::new(),
            shown: String::new(),
            reason: "找不到表头：需要一行至少有“房号”和另外两个认识的列名（如 楼栋、业主姓名、电话）。".into(),
        });
        return draft;
    };
    draft.head_row = head + 1;
    draft.headings = headings(&sheet.rows[head], mapped);
    if !draft.headings.iter().any(|heading| heading.column == Some(Column::Room)) {
        draft.bad.push(BadRow {
            row: head + 1,
            column: Column::Room.heading().into(),
            shown: String::new(),
            reason: "没有一列是房号；请在列对应里指定。".into(),
        });
        return draft;
    }
    let mut seen: HashMap<Room, usize> = HashMap::new();
    for (n, cells) in sheet.rows.iter().enumerate().skip(head + 1) {
        row(&mut draft, &mut seen, n + 1, cells);
    }
    draft
}

/// The first row with a room heading and two more that are known.
fn head_row(sheet: &Sheet) -> Option<usize> {
    sheet.rows.iter().take(30).position(|cells| {
        let mut known: Vec<Column> = cells.iter().filter_map(|cell| Column::of(&cell.text())).collect();
        known.sort();
        known.dedup();
        known.len() >= 3 && known.contains(&Column::Room)
    })
}

/// One row: into the good rows, onto the household of the row above, or among the bad.
fn row(draft: &mut Draft, seen: &mut HashMap<Room, usize>, number: usize, cells: &[Cell]) {
    if cells.iter().all(Cell::is_blank) {
        return;
    }
    let first = cells.iter().map(Cell::text).find(|text| !text.is_empty()).unwrap_or_default();
    let first: String = first.chars().filter(|c| !c.is_whitespace()).collect();
    if ["合计", "小计", "总计", "共计", "制表", "填表"].iter().any(|word| first.starts_with(word)) {
        draft.skipped.push((number, format!("“{first}”行")));
        return;
    }
    let fields = Fields { headings: &draft.headings, cells };
    match fields.ledger_row() {
        Err(bad) => {
            let told = |(column, reason): Bad| BadRow {
                row: number,
                column: column.heading().into(),
                shown: fields.cell(column).text(),
                reason,
            };
            let told: Vec<BadRow> = bad.into_iter().map(told).collect();
            draft.bad.extend(told);
        }
        Ok(ledger) => match seen.get(&ledger.room) {
            // Several people of one household on rows one below the other.
            Some(&at) if at + 1 == draft.rows.len() => {
                let people = &mut draft.rows[at].1.people;
                for person in ledger.people {
                    if !people.contains(&person) {
                        people.push(person);
                    }
                }
            }
            Some(&at) => draft.bad.push(BadRow {
                row: number,
                column: Column::Room.heading().into(),
                shown: ledger.room.to_string(),
                reason: format!("房号重复：第 {} 行已有 {}。请只留一行。", draft.rows[at].0, ledger.room),
            }),
            None => {
                seen.insert(ledger.room.clone(), draft.rows.len());
                draft.rows.push((number, ledger));
            }
        },
    }
}

/// Why a cell was refused.
type Bad = (Column, String);

/// What was read; why not goes to the reasons, unless the column has one already.
fn kept<T>(read: Result<T, Bad>, bad: &mut Vec<Bad>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err((column, reason)) => {
            if !bad.iter().any(|(known, _)| *known == column) {
                bad.push((column, reason));
            }
            None
        }
    }
}

impl Fields<'_> {
    fn list(&self, column: Column) -> Vec<String> {
        parts(&self.text(column))
    }

    /// The row, or every reason against it, each column once.
    fn ledger_row(&self) -> Result<LedgerRow, Vec<Bad>> {
        let mut bad: Vec<Bad> = self.headings.iter().filter_map(|heading| self.damage(heading.column?)).collect();
        let room = kept(self.room(), &mut bad);
        let area = kept(self.area(), &mut bad);
        let handover = kept(self.date(Column::Handover), &mut bad);
        let move_in = kept(self.date(Column::MoveIn), &mut bad);
        let people = kept(self.people(), &mut bad);
        match (room, area, handover, move_in, people) {
            (Some(room), Some(area), Some(handover), Some(move_in), Some(people)) if bad.is_empty() => Ok(LedgerRow {
                room,
                floor: self.text(Column::Floor),
                kind: self.text(Column::Kind),
                area,
                handover,
                move_in,
                occupancy: self.text(Column::Occupancy),
                parking: self.list(Column::Parking),
                plates: self.list(Column::Plates).iter().map(|plate| plate.to_uppercase()).collect(),
                remark: self.text(Column::Remark),
                people,
                owners_stand: false,
            }),
            _ => Err(bad),
        }
    }

    /// What a spreadsheet has done to a cell of this column.
    fn damage(&self, column: Column) -> Option<Bad> {
        match self.cell(column) {
            Cell::Broken => Some((column, "单元格是错误值（如 #N/A）；请改正后再导入。".into())),
            cell if cell.damaged() => {
                let reason = "16 位以上的号码存成了数字，末几位已被表格软件改掉；请把该列设为文本，重新填写原号。";
                Some((column, reason.into()))
            }
            _ => None,
        }
    }

    fn room(&self) -> Result<Room, Bad> {
        for column in [Column::Building, Column::Stairwell, Column::Room] {
            let day = match self.cell(column) {
                Cell::Date(date) => Some((date.month(), date.day())),
                // What such a cell becomes when the workbook is saved as CSV.
                _ => day_in_words(&self.text(column)),
            };
            if let Some((month, day)) = day {
                let reason = format!(
                    "单元格被表格软件当成日期（{month}月{day}日），原来多半是 {month}-{day}；请把该列设为文本后重填。"
                );
                return Err((column, reason));
            }
        }
        let room = self.text(Column::Room);
        if room.is_empty() {
            return Err((Column::Room, "没有房号。".into()));
        }
        let (phase, building, stairwell) =
            (self.text(Column::Phase), self.text(Column::Building), self.text(Column::Stairwell));
        let whole = Room::of_parts(&phase, &building, &stairwell, &room);
        // A room column that already holds the whole: 3-2-501 beside 3 and 2.
        let prefix: Vec<&str> =
            [&whole.building, &whole.stairwell].into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        let parts: Vec<&str> = whole.number.split('-').collect();
        let known = (1..=prefix.len()).rev().find(|n| parts.len() > *n && parts[..*n] == prefix[prefix.len() - n..]);
        let number = match known {
            Some(n) => parts[n..].join("-"),
            None if prefix.is_empty()
                && parts.len() >= 2
                && parts.len() <= 3
                && parts[0].chars().all(|c| c.is_ascii_digit()) =>
            {
                let stairwell = if parts.len() == 3 { parts[1] } else { "" };
                return Ok(Room::of_parts(&phase, parts[0], stairwell, parts[parts.len() - 1]));
            }
            None => whole.number.clone(),
        };
        Ok(Room { number, ..whole })
    }

    fn area(&self) -> Result<Option<i64>, Bad> {
        let text = self.text(Column::Area);
        let plain = text.trim_end_matches(['㎡', '平', '方', '米', 'm', '²', '2']).trim();
        let plain = if plain.is_empty() { text.as_str() } else { plain };
        if text.is_empty() {
            return Ok(None);
        }
        let written = if text.chars().all(|c| c.is_ascii_digit() || c == '.') { text.as_str() } else { plain };
        match hundredths(written) {
            Some(area) if area > 0 && area < 100_000_000 => Ok(Some(area)),
            _ => Err((Column::Area, "面积应为平方米数，如 89.50。".into())),
        }
    }

    fn date(&self, column: Column) -> Result<Option<jiff::civil::Date>, Bad> {
        let cell = self.cell(column);
        if cell.is_blank() {
            return Ok(None);
        }
        match cell.date() {
            Some(date) => Ok(Some(date)),
            None => Err((column, "日期看不懂；请写成 2020-01-31 这样。".into())),
        }
    }

    fn people(&self) -> Result<Vec<LedgerPerson>, Bad> {
        let (mut names, phones) = (self.list(Column::Owner), self.phones(Column::Phone)?);
        let mut people = Vec::new();
        if names.is_empty() && !phones.is_empty() {
            names.push("业主".into());
        }
        let paired = names.len() > 1 && names.len() == phones.len();
        for (n, name) in names.iter().enumerate() {
            let own = if paired {
                vec![phones[n].clone()]
            } else if n == 0 {
                phones.clone()
            } else {
                Vec::new()
            };
            let first = n == 0;
            people.push(LedgerPerson {
                tenure: Tenure::Owner,
                name: name.clone(),
                phones: own,
                identity: if first { self.text(Column::Identity) } else { String::new() },
                bank_account: if first { self.text(Column::Bank) } else { String::new() },
            });
        }
        for (column, tenure) in [(Column::Tenant, Tenure::Tenant), (Column::Emergency, Tenure::EmergencyContact)] {
            for written in self.list(column) {
                people.push(with_phone(&written, tenure));
            }
        }
        Ok(people)
    }

    /// Phones of a cell that may hold several.
    fn phones(&self, column: Column) -> Result<Vec<String>, Bad> {
        let mut phones = Vec::new();
        for written in
            self.text(column).split(['、', '/', '，', ',', ';', '；', '\n', ' ', '|']).filter(|it| !it.is_empty())
        {
            let phone = normal_phone(written);
            if !(7..=12).contains(&phone.len()) {
                return Err((column, format!("电话“{written}”不是 7 到 12 位号码；多个号码请用顿号隔开。")));
            }
            if !phones.contains(&phone) {
                phones.push(phone);
            }
        }
        Ok(phones)
    }
}

/// A name with a phone behind it in the same cell: 演示乙 13800000002, 演示乙(13800000002).
fn with_phone(written: &str, tenure: Tenure) -> LedgerPerson {
    let name: String = written.chars().filter(|c| !c.is_ascii_digit() && !"()（）+-: ：".contains(*c)).collect();
    let phone = normal_phone(written);
    let phones = if (7..=12).contains(&phone.len()) { vec![phone] } else { Vec::new() };
    LedgerPerson { tenure, name, phones, ..LedgerPerson::default() }
}

/// Parts of a cell that may hold several.
fn parts(text: &str) -> Vec<String> {
    text.split(['、', '，', ',', ';', '；', '\n', '/'])
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// A decimal as hundredths, without floats: 89.5 → 8950.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut cents: String = fraction.chars().take(2).collect();
    while cents.len() < 2 {
        cents.push('0');
    }
    Some(whole.parse::<i64>().ok()?.checked_mul(100)? + cents.parse::<i64>().ok()?)
}

/// 3月12日 as month and day; none for anything else.
fn day_in_words(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.strip_suffix('日')?.split_once('月')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}
