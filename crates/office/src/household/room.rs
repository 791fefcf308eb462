//! Rooms in any spelling (房号): 3-2-501, 三栋二单元501, 3.2.501, 3号楼501室, A座1203, 商铺S-12. Ambiguous input lists; it never guesses.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A unit by its parts, each in normal form (Arabic digits, capital letters); an empty part does not exist there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Room {
    /// 期.
    pub phase: String,
    /// 楼栋.
    pub building: String,
    /// 单元.
    pub stairwell: String,
    /// 房号.
    pub number: String,
}

impl Room {
    /// A unit from ledger columns: any spelling of a part becomes its normal form.
    pub fn of_parts(phase: &str, building: &str, stairwell: &str, number: &str) -> Room {
        let part = |text: &str| segments(text).join("-");
        Room { phase: part(phase), building: part(building), stairwell: part(stairwell), number: part(number) }
    }
}

impl fmt::Display for Room {
    /// `3-2-501`; with the phase before it where there is one: `二期 3-2-501`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.phase.is_empty() {
            write!(f, "{}期 ", self.phase)?;
        }
        let parts: Vec<&str> = [&self.building, &self.stairwell, &self.number]
            .into_iter()
            .map(String::as_str)
            .filter(|it| !it.is_empty())
            .collect();
        f.write_str(&parts.join("-"))
    }
}

/// What rooms are sorted by, as people count them: 1-1-101 stands before 1-1-1001.
pub fn in_order(words: &str) -> Vec<(String, u64)> {
    let mut parts = vec![(String::new(), 0_u64)];
    let mut in_digits = false;
    for letter in words.chars() {
        let digit = letter.to_digit(10);
        if digit.is_none() && in_digits {
            parts.push((String::new(), 0));
        }
        in_digits = digit.is_some();
        if let Some((text, number)) = parts.last_mut() {
            match digit {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(u64::from(digit)),
                None => text.push(letter),
            }
        }
    }
    parts
}

/// The same as one text for a database: every number with noughts before it, so that texts stand in the order of counting.
pub fn walking_key(words: &str) -> String {
    in_order(words).into_iter().map(|(text, number)| format!("{text}{number:08}")).collect()
}

/// The building that a place names (楼栋), a unit's normal form or words for a common part; empty when it names none.
pub fn building_of(place: &str) -> String {
    let place = place.rsplit_once("期 ").map_or(place, |(_, rest)| rest).trim();
    let normal = |part: &str| {
        let fits = !part.is_empty() && part.chars().count() <= 4;
        fits.then(|| RoomQuery::parse(&format!("{part}栋")).and_then(|it| it.building)).flatten().unwrap_or_default()
    };
    if let Some(end) = ["号楼", "栋", "幢", "座"].iter().filter_map(|mark| place.find(mark)).min() {
        return normal(&place[..end]);
    }
    match place.split_once('-') {
        Some((building, _)) if building.chars().all(|letter| letter.is_ascii_alphanumeric()) => normal(building),
        _ => String::new(),
    }
}

/// What somebody typed, cut into parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomQuery {
    /// A phase, when one was named.
    pub phase: Option<String>,
    /// A building, when named as one (栋, 幢, 座, 号楼).
    pub building: Option<String>,
    /// A stairwell, when named as one (单元, 门).
    pub stairwell: Option<String>,
    /// Parts whose name was not said, in order; the last is the room.
    pub loose: Vec<String>,
}

impl RoomQuery {
    /// The parts of what was typed; none when it cannot be a room.
    pub fn parse(typed: &str) -> Option<RoomQuery> {
        let mut query = RoomQuery::default();
        let text = plain(typed);
        let text = text.strip_prefix("商铺").or_else(|| text.strip_prefix("车位")).unwrap_or(&text);
        let mut part = String::new();
        let characters: Vec<char> = text.chars().collect();
        let mut at = 0;
        while at < characters.len() {
            let here: String = characters[at..].iter().take(2).collect();
            let (kind, width) = match characters[at] {
                _ if here == "号楼" => (Some('栋'), 2),
                _ if here == "单元" => (Some('元'), 2),
                '栋' | '幢' | '座' | '楼' => (Some('栋'), 1),
                '门' => (Some('元'), 1),
                '期' => (Some('期'), 1),
                '室' | '房' | '号' | '-' | '.' | '/' | '、' | ' ' | ',' | '#' | '_' => (None, 1),
                other => {
                    part.push(other);
                    at += 1;
                    continue;
                }
            };
            let cut = std::mem::take(&mut part);
            if !cut.is_empty() {
                let cut = normal_part(&cut)?;
                match kind {
                    Some('期') => query.phase = Some(cut),
                    Some('栋') => query.building = Some(cut),
                    Some('元') => query.stairwell = Some(cut),
                    _ => query.loose.push(cut),
                }
            }
            at += width;
        }
        if !part.is_empty() {
            query.loose.push(normal_part(&part)?);
        }
        let parts = query.loose.len() + [&query.building, &query.stairwell].iter().filter(|it| it.is_some()).count();
        (1..=4).contains(&parts).then_some(query)
    }

    /// Whether a unit is what was typed. Loose parts are read from the right: room, stairwell or building, building.
    pub fn matches(&self, room: &Room) -> bool {
        let same = |asked: &Option<String>, part: &str| asked.as_ref().is_none_or(|asked| asked == part);
        if !same(&self.phase, &room.phase)
            || !same(&self.building, &room.building)
            || !same(&self.stairwell, &room.stairwell)
        {
            return false;
        }
        let mut parts: Vec<&str> = Vec::new();
        for (part, named) in [
            (&room.phase, self.phase.is_some()),
            (&room.building, self.building.is_some()),
            (&room.stairwell, self.stairwell.is_some()),
        ] {
            if !named && !part.is_empty() {
                parts.push(part);
            }
        }
        let number: Vec<&str> = room.number.split('-').collect();
        let Some(rest) = self.ends_with(&number) else { return self.loose.is_empty() };
        match rest {
            [] => true,
            // One part before the room is the building, or the stairwell when the building was named.
            [one] if self.building.is_none() => *one == room.building,
            [one] => *one == room.stairwell,
            [building, stairwell] if self.building.is_none() => {
                *building == room.building && *stairwell == room.stairwell
            }
            more => parts == *more,
        }
    }

    fn ends_with<'a>(&'a self, number: &[&str]) -> Option<&'a [String]> {
        let cut = self.loose.len().checked_sub(number.len())?;
        (self.loose[cut..].iter().map(String::as_str).eq(number.iter().copied())).then(|| &self.loose[..cut])
    }

    /// The room's last part, for looking candidates up by index; none when only building or stairwell were said.
    pub fn last(&self) -> Option<&str> {
        self.loose.last().map(String::as_str)
    }
}

/// Half-width, capitals, no blanks around.
fn plain(typed: &str) -> String {
    typed
        .trim()
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '—' | '–' | '~' | '・' | '。' => '-',
            other => other,
        })
        .flat_map(char::to_uppercase)
        .collect()
}

/// The parts of a ledger cell, in normal form.
fn segments(text: &str) -> Vec<String> {
    let text = plain(text);
    let text = text.replace("号楼", "").replace("单元", "");
    let text = text.trim_end_matches(['栋', '幢', '座', '楼', '期', '室', '房', '号', '门']);
    let text = text.strip_prefix("商铺").or_else(|| text.strip_prefix("车位")).unwrap_or(text);
    text.split(['-', '.', '/', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| normal_part(part).unwrap_or_else(|| part.to_owned()))
        .collect()
}

/// One part in normal form: letters and digits as they are (leading zeros off a plain number of a building), Chinese
/// numerals as digits. None when it holds anything else.
fn normal_part(part: &str) -> Option<String> {
    if part.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Some(part.to_owned());
    }
    let mut out = String::new();
    let mut run = String::new();
    for c in part.chars() {
        if digit(c).is_some() || matches!(c, '十' | '百') {
            run.push(c);
        } else if c.is_ascii_alphanumeric() {
            out.push_str(&numeral(&std::mem::take(&mut run)));
            out.push(c);
        } else {
            return None;
        }
    }
    out.push_str(&numeral(&run));
    Some(out)
}

fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|it| it == c).map(|n| n as u32).or(match c {
        '零' => Some(0),
        '两' => Some(2),
        _ => None,
    })
}

/// 十二 → 12, 五〇一 → 501, 一百零八 → 108.
fn numeral(run: &str) -> String {
    if run.is_empty() {
        return String::new();
    }
    if !run.contains(['十', '百']) {
        return run.chars().filter_map(digit).map(|n| n.to_string()).collect();
    }
    let (mut total, mut now) = (0, 0);
    for c in run.chars() {
        match c {
            '百' => {
                total += now.max(1) * 100;
                now = 0;
            }
            '十' => {
                total += now.max(1) * 10;
                now = 0;
            }
            other => now = digit(other).unwrap_or(0),
        }
    }
    (total + now).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_sorted_as_people_count_them() {
        let mut rooms = ["1-1-1001", "二期 1-1-101", "1-1-101", "10-1-101", "2-1-101", "1-1-99A", "1-1-99", "A1-1-5"];
        rooms.sort_by_key(|room| in_order(room));
        assert_eq!(
            rooms,
            ["1-1-99", "1-1-99A", "1-1-101", "1-1-1001", "2-1-101", "10-1-101", "A1-1-5", "二期 1-1-101"]
        );
    }

    fn hits(typed: &str) -> Vec<String> {
        let rooms = [
            Room::of_parts("", "3栋", "2单元", "501"),
            Room::of_parts("", "3栋", "1单元", "501"),
            Room::of_parts("", "12号楼", "", "501"),
            Room::of_parts("", "A座", "", "1203"),
            Room::of_parts("", "商铺", "", "S-12"),
            Room::of_parts("二期", "3", "2", "501"),
        ];
        let query = RoomQuery::parse(typed).expect("it is a room");
        rooms.iter().filter(|room| query.matches(room)).map(Room::to_string).collect()
    }

    #[test]
    fn a_place_names_its_building_or_none() {
        for (place, building) in [
            ("3-2-501", "3"),
            ("二期 3-2-501", "3"),
            ("3栋1单元电梯", "3"),
            ("十二号楼大堂", "12"),
            ("A座大堂", "A"),
            ("小区道路", ""),
            ("地下车库", ""),
        ] {
            assert_eq!(building_of(place), building, "{place}");
        }
    }

    #[test]
    fn any_spelling_finds_the_room() {
        for typed in [
            "一期3-2-501",
            "3-2-501",
            "三栋二单元501",
            "3.2.501",
            "３－２－５０１",
            "三栋二单元五〇一",
            "3号楼2单元501室",
            "3/2/501",
        ] {
            if typed.starts_with('一') {
                assert!(hits(typed).is_empty(), "{typed}");
            } else {
                assert_eq!(hits(typed), ["3-2-501", "2期 3-2-501"], "{typed}");
            }
        }
        assert_eq!(hits("二期3-2-501"), ["2期 3-2-501"]);
        assert_eq!(hits("a座1203"), ["A-1203"]);
        assert_eq!(hits("A1203"), Vec::<String>::new(), "no guess across parts");
        assert_eq!(hits("商铺S-12"), ["S-12"]);
        assert_eq!(hits("s-12"), ["S-12"]);
        assert_eq!(hits("十二栋501"), ["12-501"]);
    }

    #[test]
    fn ambiguous_input_lists_every_candidate() {
        assert_eq!(hits("3号楼501室"), ["3-2-501", "3-1-501", "2期 3-2-501"]);
        assert_eq!(hits("501").len(), 5 - 1);
    }

    #[test]
    fn words_are_no_room() {
        assert_eq!(RoomQuery::parse("王小明"), None);
        assert_eq!(RoomQuery::parse("电梯厅"), None);
        assert_eq!(RoomQuery::parse(""), None);
    }
}
