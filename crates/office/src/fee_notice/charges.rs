//! What a unit is charged for a month (本月应收): every tariff in force that applies to it, by area, unit or piece, by the days on
//! which it applied. Exact in whole numbers; rounded once a line, half a fen up.

use jiff::civil::Date;

use super::Charge;
use crate::case::Case;
use crate::household::{Household, Room};
use crate::tariff;

/// A tariff that somebody has put in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// What is charged, a value id of the vocabulary: `management`.
    pub item: String,
    /// Kinds of unit as the ledger calls them, buildings, or everything: 住宅、3栋、二期1栋、全部.
    pub applies_to: String,
    /// Ten-thousandths of a yuan.
    pub rate: i64,
    /// By what, a value id: `square_metre_month`.
    pub per: String,
    /// From this day on, until another of the same item and units begins.
    pub from: Date,
    /// The number of its record.
    pub number: String,
}

impl InForce {
    /// The tariff that this record is; none before it is in force, or when its rate or day cannot be read.
    pub fn of(case: &Case) -> Option<InForce> {
        let told = |id: &str| case.attributes.get(id).cloned().unwrap_or_default();
        let (rate, from) = (tariff::rate(&told("tariff.rate"))?, told("tariff.effective_on").parse().ok()?);
        case.has("tariff.activated").then(|| InForce {
            item: told("tariff.item"),
            applies_to: told("tariff.applies_to").trim().to_owned(),
            rate,
            per: told("tariff.per"),
            from,
            number: case.number.clone(),
        })
    }

    /// Whether it applies to a unit: one of its words is everything, the unit's kind, or its building.
    pub fn applies(&self, unit: &Household) -> bool {
        let mut words = self.applies_to.split(['、', '，', ',', '；', ' ']).map(str::trim).filter(|it| !it.is_empty());
        let building = |word: &str| {
            let (phase, rest) = word.split_once('期').unwrap_or(("", word));
            let named = Room::of_parts(phase, rest, "", "");
            rest.ends_with('栋') && (&named.phase, &named.building) == (&unit.room.phase, &unit.room.building)
        };
        words.any(|word| EVERYTHING.contains(&word) || word == unit.kind || building(word))
            || self.per == PIECE && !unit.parking.is_empty()
    }
}

/// Words of a tariff for every unit.
const EVERYTHING: [&str; 4] = ["全部", "所有单元", "各户", "全小区"];
/// Charged by piece: parking spaces.
const PIECE: &str = "piece_month";
/// Charged by area.
const AREA: &str = "square_metre_month";

/// Why a unit cannot be charged by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hitch {
    /// No tariff in force applies to it.
    NoTariff,
    /// It is charged by area and the ledger has none.
    NoArea,
}

/// The charges of a unit from the first to the last day of a month; what is metered is listed from its readings, not here.
pub fn charges(unit: &Household, tariffs: &[InForce], first: Date, last: Date) -> Result<Vec<Charge>, Hitch> {
    let since = unit.handover.unwrap_or(first).max(first);
    let mut charged = Vec::new();
    let mut any = false;
    for tariff in tariffs.iter().filter(|it| it.applies(unit) && it.from <= last) {
        let same = |other: &&InForce| {
            (&other.item, &other.applies_to) == (&tariff.item, &tariff.applies_to) && other.from > tariff.from
        };
        let next = tariffs.iter().filter(same).map(|it| it.from).min();
        let until = next.and_then(|day| day.yesterday().ok()).unwrap_or(last).min(last);
        let (from, whole) = (tariff.from.max(since), i64::from(last.day()));
        let days = i64::from((until - from).get_days()) + 1;
        if days <= 0 {
            // It applies, though not in this month: the unit is not handed over yet, or another tariff has taken its place.
            any = true;
            continue;
        }
        let Some((count, words)) = count(unit, tariff)? else { continue };
        any = true;
        let fen = half_up(i128::from(count) * i128::from(tariff.rate) * i128::from(days), 10_000 * i128::from(whole));
        let part = if days < whole { format!(" × {days}/{whole} 天") } else { String::new() };
        if fen > 0 {
            let basis = format!("{words} × {} 元{part}", rate_in_words(tariff.rate));
            charged.push(Charge { kind: kind(&tariff.item).to_owned(), fen, basis });
        }
    }
    if any { Ok(charged) } else { Err(Hitch::NoTariff) }
}

/// How many hundredths of what it is charged by a unit has, in words too; none of what is metered.
fn count(unit: &Household, tariff: &InForce) -> Result<Option<(i64, String)>, Hitch> {
    Ok(match tariff.per.as_str() {
        AREA => {
            let area = unit.area.filter(|it| *it > 0).ok_or(Hitch::NoArea)?;
            Some((area, format!("{}.{:02} 平方米", area / 100, area % 100)))
        }
        "unit_month" => Some((100, "1 户".to_owned())),
        PIECE => {
            let pieces = unit.parking.len() as i64;
            (pieces > 0).then(|| (pieces * 100, format!("{pieces} 个")))
        }
        _ => None,
    })
}

/// The kind of a line for what a tariff charges.
fn kind(item: &str) -> &str {
    match item {
        "management" | "water" | "electricity" => item,
        _ => "other",
    }
}

fn half_up(over: i128, under: i128) -> i64 {
    i64::try_from((2 * over + under) / (2 * under)).unwrap_or(i64::MAX)
}

/// A rate without needless noughts: 2.8, 0.5283.
fn rate_in_words(rate: i64) -> String {
    let text = format!("{}.{:04}", rate / 10_000, rate % 10_000);
    let text = text.trim_end_matches('0');
    text.strip_suffix('.').unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn unit() -> Household {
        Household {
            kind: "住宅".into(),
            area: Some(8_950),
            room: Room::of_parts("", "3栋", "2单元", "501"),
            ..Household::default()
        }
    }

    fn tariff(applies_to: &str, rate: i64, per: &str, from: Date) -> InForce {
        InForce {
            item: "management".into(),
            applies_to: applies_to.into(),
            rate,
            per: per.into(),
            from,
            number: "BZ-1".into(),
        }
    }

    fn of(unit: &Household, tariffs: &[InForce]) -> Result<Vec<(i64, String)>, Hitch> {
        let all = charges(unit, tariffs, date(2026, 10, 1), date(2026, 10, 31))?;
        Ok(all.into_iter().map(|it| (it.fen, it.basis)).collect())
    }

    #[test]
    fn a_month_is_area_times_rate_rounded_once() {
        let whole = tariff("住宅", 28_000, AREA, date(2026, 1, 1));
        assert_eq!(of(&unit(), std::slice::from_ref(&whole)), Ok(vec![(25_060, "89.50 平方米 × 2.8 元".into())]));
        // 89.50 × 2.8005 = 250.64475 yuan: half a fen goes up once, at the end.
        let fine = tariff("商铺、住宅", 28_005, AREA, date(2026, 1, 1));
        assert_eq!(of(&unit(), &[fine]), Ok(vec![(25_064, "89.50 平方米 × 2.8005 元".into())]));
        let odd = tariff("3栋", 10_050, "unit_month", date(2026, 1, 1));
        assert_eq!(of(&unit(), &[odd]).map(|it| it[0].0), Ok(101), "1.005 yuan");
    }

    #[test]
    fn days_count_from_the_handover_and_from_a_new_tariff() {
        let (old, new) = (date(2026, 1, 1), date(2026, 10, 17));
        let both = [tariff("住宅", 20_000, AREA, old), tariff("住宅", 30_000, AREA, new)];
        // 16 days of the old, 15 of the new.
        let split = of(&unit(), &both).expect("both apply");
        assert_eq!(split.iter().map(|it| it.0).collect::<Vec<_>>(), [9_239, 12_992]);
        assert_eq!(split[0].1, "89.50 平方米 × 2 元 × 16/31 天");
        let late = Household { handover: Some(date(2026, 10, 31)), ..unit() };
        assert_eq!(of(&late, &both).map(|it| it.len()), Ok(1), "only its last day, under the new one");
        let later = Household { handover: Some(date(2026, 11, 1)), ..unit() };
        assert_eq!(of(&later, &both), Ok(vec![]), "not handed over yet: nothing, and no hitch");
    }

    #[test]
    fn what_cannot_be_charged_says_why() {
        let homes = tariff("住宅", 28_000, AREA, date(2026, 1, 1));
        let shop = Household { kind: "商铺".into(), ..unit() };
        assert_eq!(of(&shop, std::slice::from_ref(&homes)), Err(Hitch::NoTariff));
        let unmeasured = Household { area: None, ..unit() };
        assert_eq!(of(&unmeasured, std::slice::from_ref(&homes)), Err(Hitch::NoArea));
        let parks = Household { parking: vec!["B1-017".into(), "B1-018".into()], ..unit() };
        let spaces = tariff("地下车位", 800_000, PIECE, date(2026, 1, 1));
        let charged = of(&parks, &[homes, spaces]).expect("both apply");
        assert_eq!(charged[1], (16_000, "2 个 × 80 元".into()));
        let second = Household { room: Room::of_parts("二期", "3栋", "", "501"), ..unit() };
        let named = |words: &str| tariff(words, 28_000, AREA, date(2026, 1, 1));
        assert!(
            !named("3栋").applies(&second) && named("二期3栋").applies(&second) && !named("二期3栋").applies(&unit())
        );
        assert_eq!(tariff("", 5_283, "", date(2026, 1, 1)).applies(&unit()), false);
    }
}
