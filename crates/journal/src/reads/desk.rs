//! 受理: the one box that finds a household, likely duplicates, and the clocks that saving would start.

use calendar::Moment;
use office::case::CaseKind;
use office::household::{Room, phone_tail};
use rulebook::{Fact, State};

use super::row::{CASE, case};
use super::{CaseRow, HouseholdHit, Preview};
use crate::fault::Fault;
use crate::house::{House, room_query};
use crate::tx::{Sql, Tx};
use crate::value::Row;
use crate::{sql, vals};

impl House {
    /// Households that the words may mean: room in any spelling, name, pinyin, initials, phone, tail, plate, or surname
    /// plus room. Ambiguous words list; nothing is guessed.
    pub async fn desk_search(&self, site: i64, words: String) -> Result<Vec<HouseholdHit>, Fault> {
        self.read(move |tx| hits(tx, site, words.trim(), 20)).await
    }

    /// Open cases of the same household or place and kind within three days before: likely the same matter.
    pub async fn likely_duplicates(
        &self,
        site: i64,
        household: Option<String>,
        place: String,
        kind: CaseKind,
        now: Moment,
    ) -> Result<Vec<CaseRow>, Fault> {
        self.read(move |tx| {
            let since = now.plus_seconds(-72 * 3600);
            let (column, value) = match &household {
                Some(household) => ("household", household.clone()),
                None => ("place", place.clone()),
            };
            let text = format!(
                "select {CASE} from case_row c where c.site = $1 and c.{column} = $2 and c.kind = $3 and c.ended = 0
                 and c.opened >= $4 order by c.opened desc limit 5"
            );
            let rows = tx.query(Sql::built(text), &vals![site, value, kind.id(), since])?;
            rows.iter().map(|row| case(row, 0)).collect()
        })
        .await
    }

    /// Places without a household: the site's own list of common parts, each alone and in each building.
    pub async fn common_places(&self, site: i64) -> Result<Vec<String>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let listed = law.office_setting("公共部位").split(['、', '，', ',', '\n']).map(str::trim);
            let parts: Vec<&str> = listed.filter(|part| !part.is_empty()).collect();
            let text = sql!(
                "select distinct building from household_row where site = $1 and building <> '' order by building"
            );
            let rows = tx.query(text, &vals![site])?;
            let mut buildings: Vec<String> = rows.iter().map(|row| row.string(0)).collect::<Result<_, _>>()?;
            buildings.sort_by_key(|building| (building.parse::<u32>().unwrap_or(u32::MAX), building.clone()));
            let mut places: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            for building in buildings.iter().take(BUILDINGS) {
                places.extend(parts.iter().map(|part| format!("{building}栋{part}")));
            }
            Ok(places)
        })
        .await
    }

    /// Obligations that these facts would start, without writing anything: the clock preview of the desk.
    pub async fn preview(&self, site: i64, facts: Vec<Fact>, now: Moment) -> Result<Vec<Preview>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let derived = law.derive("preview", &facts, now);
            let open = derived.obligations.into_iter().filter(|it| matches!(it.state, State::Open | State::Overdue));
            Ok(open
                .map(|it| Preview {
                    must: it.must,
                    bearer: it.bearer,
                    due: it.due,
                    end_of_day: it.end_of_day,
                    soft: it.soft,
                    clause: it.clause,
                })
                .collect())
        })
        .await
    }
}

/// Buildings whose common parts are proposed; an estate with more types the number.
const BUILDINGS: usize = 60;

const HIT: &str = "h.id, h.phase, h.building, h.stairwell, h.number, h.words, p.name, p.phones";

/// The hits, best first.
pub(super) fn hits(tx: &mut dyn Tx, site: i64, words: &str, limit: usize) -> Result<Vec<HouseholdHit>, Fault> {
    let mut found: Vec<HouseholdHit> = Vec::new();
    let mut add = |hit: HouseholdHit| {
        if found.len() < limit && !found.iter().any(|known| known.id == hit.id) {
            found.push(hit);
        }
    };
    if words.is_empty() {
        return Ok(Vec::new());
    }
    for hit in by_room(tx, site, words)? {
        add(hit);
    }
    for hit in by_key(tx, site, words)? {
        add(hit);
    }
    if let Some((surname, room)) = surname_and_room(words) {
        for hit in by_room(tx, site, &room)?.into_iter().filter(|hit| hit.name.starts_with(&surname)) {
            add(HouseholdHit { matched: "姓氏加房号".into(), ..hit });
        }
    }
    Ok(found)
}

fn by_room(tx: &mut dyn Tx, site: i64, words: &str) -> Result<Vec<HouseholdHit>, Fault> {
    let Some(query) = room_query(words) else { return Ok(Vec::new()) };
    let (column, last) = match query.last() {
        Some(last) => ("room", last.to_owned()),
        None => ("building", query.building.clone().unwrap_or_default()),
    };
    let text = format!(
        "select {HIT} from household_row h
         left join person_row p on p.site = h.site and p.household = h.id and p.place = 0
         where h.site = $1 and h.{column} = $2 order by h.words limit 400"
    );
    let rows = tx.query(Sql::built(text), &vals![site, last])?;
    let mut hits = Vec::new();
    for row in &rows {
        let hit = HouseholdHit { exact: true, ..hit(row, "房号")? };
        if query.matches(&hit.room) {
            hits.push(hit);
        }
    }
    Ok(hits)
}

fn by_key(tx: &mut dyn Tx, site: i64, words: &str) -> Result<Vec<HouseholdHit>, Fault> {
    let latin = words.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '\'');
    let key = if latin { words.replace([' ', '\''], "").to_lowercase() } else { words.to_uppercase() };
    let digits = office::household::normal_phone(words);
    let phone = (digits.len() >= 4 && words.chars().all(|c| c.is_ascii_digit() || "+- ".contains(c))).then_some(digits);
    let mut exact = vec![key.clone(), key.to_uppercase()];
    exact.extend(phone);
    let (marks, list) = super::work::listed(&exact, 4);
    // A prefix of two or more letters or signs finds too: the range up to the last sign plus one.
    let prefix = if key.chars().count() >= 2 { format!("{key}\u{10ffff}") } else { key.clone() };
    let text = format!(
        "select {HIT}, k.matched, k.key from person_key k
         join household_row h on h.site = k.site and h.id = k.household
         left join person_row p on p.site = h.site and p.household = h.id
         and (p.person = k.person or (k.person = '' and p.place = 0))
         where k.site = $1 and (k.key in ({marks}) or (k.key >= $2 and k.key <= $3))
         order by k.key, h.words limit 60"
    );
    let mut vals = vals![site, &key, prefix].to_vec();
    vals.extend(list);
    let rows = tx.query(Sql::built(text), &vals)?;
    rows.iter()
        .map(|row| {
            let matched = match row.text(8)? {
                "name" => "姓名",
                "pinyin" => "拼音",
                "initials" => "拼音首字母",
                "phone" => "电话",
                "tail" => "电话后四位",
                _ => "车牌",
            };
            let whole = exact.iter().any(|key| row.text(9).is_ok_and(|found| found == key));
            Ok(HouseholdHit { exact: whole && ["电话", "车牌"].contains(&matched), ..hit(row, matched)? })
        })
        .collect()
}

/// Households of whom somebody has this very number.
pub(super) fn by_phone(tx: &mut dyn Tx, site: i64, digits: &str) -> Result<Vec<HouseholdHit>, Fault> {
    let text = format!(
        "select {HIT} from person_key k
         join household_row h on h.site = k.site and h.id = k.household
         left join person_row p on p.site = h.site and p.household = h.id and p.person = k.person
         where k.site = $1 and k.key = $2 and k.matched = 'phone' order by h.words limit 20"
    );
    tx.query(Sql::built(text), &vals![site, digits])?.iter().map(|row| hit(row, "电话")).collect()
}

fn hit(row: &Row, matched: &str) -> Result<HouseholdHit, Fault> {
    let room =
        Room { phase: row.string(1)?, building: row.string(2)?, stairwell: row.string(3)?, number: row.string(4)? };
    let name = row.maybe_text(6)?.unwrap_or_default();
    let phones = row.maybe_text(7)?.unwrap_or_default();
    Ok(HouseholdHit {
        id: row.string(0)?,
        words: row.string(5)?,
        room,
        name: masked(name),
        phone_tail: phones.split('、').next().map(phone_tail).unwrap_or_default(),
        matched: matched.to_owned(),
        exact: false,
    })
}

/// 王某 stays readable at the desk: the surname and stars.
pub(crate) fn masked(name: &str) -> String {
    office::household::masked_name(name)
}

/// 王3-2-501 or 3-2-501王: a surname beside a room.
fn surname_and_room(words: &str) -> Option<(String, String)> {
    let signs: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let begins = |c: char| chinese(c) && !"一二三四五六七八九十百零两商车".contains(c);
    let ends = |c: char| chinese(c) && !"期栋幢座楼元门室房号".contains(c);
    let (first, last) = (*signs.first()?, *signs.last()?);
    if begins(first) {
        Some((first.to_string(), signs[1..].iter().collect()))
    } else if ends(last) {
        Some((last.to_string(), signs[..signs.len() - 1].iter().collect()))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_stands_before_or_after_the_room() {
        assert_eq!(surname_and_room("王3-2-501"), Some(("王".into(), "3-2-501".into())));
        assert_eq!(surname_and_room("3栋501 李"), Some(("李".into(), "3栋501".into())));
        assert_eq!(surname_and_room("三栋501"), None);
    }

    #[test]
    fn masking_keeps_the_surname() {
        assert_eq!(masked("演示甲"), "演**");
        assert_eq!(masked("李"), "李");
        assert_eq!(masked(""), "");
    }
}
