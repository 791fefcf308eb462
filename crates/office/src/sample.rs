//! Drawn samples (抽样): an order that anybody can compute again, and who comes first in it when the draw goes round the areas and,
//! in each, round the people who did the work.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use crate::Entry;

/// The place of something in the order of a seed: blake3 of the parts, each but the first after a line break.
pub fn rank(parts: &[&str]) -> String {
    blake3::hash(parts.join("\n").as_bytes()).to_hex().to_string()
}

/// What can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Candidate {
    /// Its number: what is ranked.
    pub number: String,
    /// Area that it belongs to; may be empty.
    pub area: String,
    /// Who did the work; may be empty.
    pub worker: String,
    /// Its household was asked a short while ago: drawn after all others.
    pub held: bool,
}

/// The candidates in the order in which they are drawn: in turn from the area and, there, from the worker of whom the fewest
/// have been drawn, the lowest rank of the seed and rule first; whose household was asked lately come after all others.
pub fn order<'a>(seed: &str, rule: &str, candidates: &'a [Candidate]) -> Vec<&'a Candidate> {
    let mut left: Vec<(String, &Candidate)> =
        candidates.iter().map(|one| (rank(&[seed, rule, &one.number]), one)).collect();
    left.sort_by(|(one, a), (other, b)| (a.held, one).cmp(&(b.held, other)));
    let mut areas: BTreeMap<&str, usize> = BTreeMap::new();
    let mut workers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut drawn = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let taken = |one: &Candidate| {
            let area = areas.get(one.area.as_str()).copied().unwrap_or(0);
            let worker = workers.get(&(one.area.as_str(), one.worker.as_str())).copied().unwrap_or(0);
            (one.held, area, worker)
        };
        // Of equals the first is taken: they stand by rank.
        let next = (0..left.len()).min_by_key(|at| taken(left[*at].1)).unwrap_or(0);
        let (_, one) = left.remove(next);
        *areas.entry(&one.area).or_default() += 1;
        *workers.entry((&one.area, &one.worker)).or_default() += 1;
        drawn.push(one);
    }
    drawn
}

/// Hours of the day at which residents are called, from a setting's words: `09:00-12:00；14:00-18:00`. Empty when they cannot
/// be read.
pub fn windows(words: &str) -> Vec<(Time, Time)> {
    let time = |word: &str| word.trim().parse::<Time>().ok();
    let window = |word: &str| {
        let (from, to) = word.trim().split_once('-')?;
        Some((time(from)?, time(to)?)).filter(|(from, to)| from < to)
    };
    words.split(['；', ';']).map(window).collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// Where the planned follow-up of a case stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// It is planned, since the work was last done.
    pub planned: bool,
    /// Attempts since then that reached nobody; below nought when it was found that nobody can be reached.
    pub tried: i64,
}

impl Planned {
    /// Whether the next in order takes the place: nobody can be reached, or so many attempts reached nobody.
    pub fn given_up(&self, attempts: i64) -> bool {
        self.tried < 0 || self.tried >= attempts
    }
}

/// The planned follow-up of a case with these entries.
pub fn planned(entries: &[Entry]) -> Planned {
    entries.iter().fold(Planned::default(), |before, entry| match entry.event.name.as_str() {
        "follow_up.planned" => Planned { planned: true, tried: 0 },
        "repair.completed" => Planned::default(),
        "follow_up.unreachable" => Planned { tried: -1, ..before },
        "follow_up.attempted" => Planned { tried: before.tried.max(0) + 1, ..before },
        _ => before,
    })
}

/// Minutes from one call to the next.
const APART: i64 = 15;

/// Times for so many calls, spread over the free times within the windows of the days on which calls are made, after `from` and
/// until `until`. With fewer times than calls, times repeat; with none at all, every call is for `until`.
pub fn times(
    windows: &[(Time, Time)],
    calls_on: impl Fn(Date) -> bool,
    is_free: impl Fn(DateTime) -> bool,
    (from, until): (DateTime, DateTime),
    calls: usize,
) -> Vec<DateTime> {
    let mut slots = Vec::new();
    let mut day = from.date();
    while day <= until.date() {
        for (begin, end) in windows.iter().filter(|_| calls_on(day)) {
            let mut at = day.to_datetime(*begin);
            while at < day.to_datetime(*end) {
                slots.extend((at > from && at <= until && is_free(at)).then_some(at));
                at = at.saturating_add(jiff::Span::new().minutes(APART));
            }
        }
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    (0..calls).map(|nth| slots.get(nth * slots.len() / calls.max(1)).copied().unwrap_or(until)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn candidate(number: &str, area: &str, worker: &str) -> Candidate {
        Candidate { number: number.into(), area: area.into(), worker: worker.into(), held: false }
    }

    #[test]
    fn the_order_is_that_of_the_seed_and_of_nothing_else() {
        let all: Vec<Candidate> = (1..=30).map(|n| candidate(&format!("WX-202611-{n:04}"), "", "")).collect();
        let mut turned = all.clone();
        turned.reverse();
        let numbers = |of: &[Candidate], seed: &str, rule: &str| -> Vec<String> {
            order(seed, rule, of).into_iter().map(|it| it.number.clone()).collect()
        };
        assert_eq!(numbers(&all, "a", "r"), numbers(&turned, "a", "r"));
        assert_ne!(numbers(&all, "a", "r"), numbers(&all, "b", "r"), "another seed");
        assert_ne!(numbers(&all, "a", "r"), numbers(&all, "a", "s"), "another rule");
        let ranks: Vec<String> = numbers(&all, "a", "r").iter().map(|it| rank(&["a", "r", it])).collect();
        assert!(ranks.is_sorted());
        let known = blake3::hash("a\nr\nWX-202611-0001".as_bytes()).to_hex().to_string();
        assert_eq!(rank(&["a", "r", "WX-202611-0001"]), known);
    }

    #[test]
    fn it_goes_round_the_areas_then_round_the_workers() {
        let mut all: Vec<Candidate> = (0..8).map(|n| candidate(&format!("A{n}"), "1", ["w1", "w2"][n % 2])).collect();
        all.extend([candidate("B1", "2", "w1"), candidate("B2", "2", "w1")]);
        let drawn = order("seed", "rule", &all);
        let first: Vec<&str> = drawn.iter().take(4).map(|it| it.area.as_str()).collect();
        assert_eq!(first.iter().filter(|area| **area == "2").count(), 2, "{first:?}");
        let of_one: Vec<&str> = drawn.iter().filter(|it| it.area == "1").take(4).map(|it| it.worker.as_str()).collect();
        assert_eq!(of_one.iter().filter(|it| **it == "w1").count(), 2, "{of_one:?}");
    }

    #[test]
    fn who_was_asked_lately_comes_last() {
        let mut all: Vec<Candidate> = (1..=6).map(|n| candidate(&format!("N{n}"), "", "")).collect();
        all[2].held = true;
        assert_eq!(order("s", "r", &all).last().map(|it| it.number.as_str()), Some("N3"));
    }

    #[test]
    fn calls_are_spread_over_the_hours_of_the_days_on_which_calls_are_made() {
        let open = windows("09:00-12:00；14:00-18:00");
        assert_eq!(open.len(), 2);
        for wrong in ["9 to 5", "12:00-09:00", ""] {
            assert!(windows(wrong).is_empty(), "{wrong}");
        }
        let week = (date(2026, 11, 16).at(8, 0, 0, 0), date(2026, 11, 22).at(23, 59, 59, 0));
        let workday = |day: Date| {
            day.weekday() != jiff::civil::Weekday::Saturday && day.weekday() != jiff::civil::Weekday::Sunday
        };
        let at = times(&open, workday, |_| true, week, 5);
        assert_eq!(at[0], date(2026, 11, 16).at(9, 0, 0, 0));
        let days: Vec<i8> = at.iter().map(|it| it.day()).collect();
        assert_eq!(days, [16, 17, 18, 19, 20]);
        let taken = date(2026, 11, 16).at(9, 0, 0, 0);
        assert_eq!(times(&open, workday, |at| at != taken, week, 1)[0], date(2026, 11, 16).at(9, 15, 0, 0));
        let late = (date(2026, 11, 21).at(9, 0, 0, 0), date(2026, 11, 22).at(23, 59, 0, 0));
        assert_eq!(times(&open, workday, |_| true, late, 2), vec![late.1; 2], "no call is made on those days");
        assert!(times(&open, workday, |_| true, week, 0).is_empty());
    }
}
