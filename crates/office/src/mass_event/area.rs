//! The area of a mass event (影响范围): buildings, stairwells, phases, units, a run of buildings, or the whole estate.

use crate::household::{Room, RoomQuery};

/// Which units are concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Area {
    whole: bool,
    parts: Vec<RoomQuery>,
}

/// Buildings that a run may name at most.
const RUN_MAX: u32 = 200;

impl Area {
    /// The area that these words name, parts apart by 、 or a comma; else the part that cannot be read.
    pub fn parse(words: &str) -> Result<Area, String> {
        let mut area = Area::default();
        let parts =
            words.split(['、', '，', ',', '；', ';', '\n', '和', '及']).map(str::trim).filter(|it| !it.is_empty());
        for part in parts {
            if ["全小区", "整个小区", "全部", "全园", "全苑", "所有"].contains(&part) {
                area.whole = true;
            } else if let Some(run) = run(part) {
                area.parts.extend(run);
            } else {
                area.parts.push(one(part).ok_or_else(|| part.to_owned())?);
            }
        }
        match area.whole || !area.parts.is_empty() {
            true => Ok(area),
            false => Err(words.trim().to_owned()),
        }
    }

    /// Whether a unit lies in it.
    pub fn covers(&self, room: &Room) -> bool {
        self.whole || self.parts.iter().any(|part| part.matches(room))
    }

    /// Whether a place in words lies in it: a common part that names one of its buildings, `3栋电梯厅`.
    pub fn names(&self, place: &str) -> bool {
        let place = place.trim();
        if place.is_empty() {
            return false;
        }
        let buildings = self.parts.iter().filter_map(|part| part.building.as_ref());
        let at = |building: &String| {
            ["栋", "幢", "座", "号楼"]
                .iter()
                .any(|word| place.find(&format!("{building}{word}")).is_some_and(|at| !ends_in_digit(&place[..at])))
        };
        self.whole || buildings.into_iter().any(at)
    }
}

fn ends_in_digit(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| c.is_ascii_digit())
}

/// A phase, a building, a stairwell or a unit. A lone number is a building.
fn one(part: &str) -> Option<RoomQuery> {
    if let Some(phase) = part.strip_suffix('期') {
        let phase = Room::of_parts(phase, "", "", "").phase;
        return (!phase.is_empty()).then(|| RoomQuery { phase: Some(phase), ..RoomQuery::default() });
    }
    let mut query = RoomQuery::parse(part)?;
    if query.building.is_none() && query.stairwell.is_none() && query.loose.len() == 1 {
        query.building = query.loose.pop();
    }
    Some(query)
}

/// 1至4栋, 1-4栋, 1到4号楼: each of the buildings.
fn run(part: &str) -> Option<Vec<RoomQuery>> {
    let numbers = ["号楼", "栋", "幢", "座"].iter().find_map(|word| part.strip_suffix(word))?;
    let (from, to) = numbers.split_once(['至', '到', '-', '~', '—', '–'])?;
    let from = from.trim_end_matches(['栋', '幢', '座']).trim();
    let (from, to): (u32, u32) = (from.parse().ok()?, to.trim().parse().ok()?);
    let building = |n: u32| RoomQuery { building: Some(n.to_string()), ..RoomQuery::default() };
    (from <= to && to - from < RUN_MAX).then(|| (from..=to).map(building).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(building: &str, stairwell: &str, number: &str) -> Room {
        Room::of_parts("", building, stairwell, number)
    }

    #[test]
    fn buildings_stairwells_runs_and_units() {
        let area = Area::parse("3栋、5栋2单元，7至9号楼, 1-1-1203").expect("readable");
        for (unit, inside) in [
            (room("3", "2", "501"), true),
            (room("5", "2", "501"), true),
            (room("5", "1", "501"), false),
            (room("8", "1", "101"), true),
            (room("10", "1", "101"), false),
            (room("1", "1", "1203"), true),
            (room("1", "1", "1204"), false),
        ] {
            assert_eq!(area.covers(&unit), inside, "{unit}");
        }
    }

    #[test]
    fn a_lone_number_is_a_building_a_phase_is_all_of_it_and_the_whole_is_everybody() {
        assert!(Area::parse("3").expect("a building").covers(&room("3", "1", "101")));
        let second = Area::parse("二期").expect("a phase");
        assert!(second.covers(&Room::of_parts("二期", "6", "1", "101")) && !second.covers(&room("6", "1", "101")));
        assert!(Area::parse("全小区").expect("all").covers(&room("", "", "S-12")));
        assert_eq!(Area::parse("东区"), Err("东区".to_owned()));
        assert!(Area::parse(" 、").is_err());
    }

    #[test]
    fn common_parts_lie_where_their_building_is_named() {
        let area = Area::parse("3栋").expect("readable");
        assert!(area.names("3栋电梯厅") && area.names("大门旁3号楼"));
        assert!(!area.names("13栋电梯厅") && !area.names("地下车库") && !area.names(""));
        assert!(Area::parse("全小区").expect("all").names("地下车库"));
    }
}
