//! A year of an estate as facts (一年): matters arrive by chance, people of the staff model do what the ordinary course and the
//! rulebooks under trial ask of them, each when somebody of the post has time. No store, no commands: for what-if.
//!
//! The same seed, law and plan give the same facts. Matters come one after the other, so that a hundred sites need no more
//! memory than one.

mod course;
mod staff;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Moment, Zone};
use jiff::civil::date;
use rulebook::{Fact, Law, Obligation, State};

use crate::chance::Chance;
use course::{Doer, Step, of};
pub use staff::{CREWS, Crew, Loads, PostLoad};

/// What is lived through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The year.
    pub year: i16,
    /// Chance.
    pub seed: u64,
    /// Households of the estate.
    pub units: u32,
    /// Matters a household brings in a year, on average.
    pub matters: u32,
}

/// Rounds in which the rulebooks may ask for more because of what they asked for before.
const ROUNDS: usize = 3;
/// Facts of one matter at most.
const MOST: usize = 80;
/// Shares of a day's matters by hour, in thousandths: quiet nights, a busy morning, a second wave after work.
const HOURS: [u32; 24] = [4, 3, 2, 2, 2, 4, 12, 40, 95, 105, 90, 70, 45, 55, 70, 75, 70, 60, 62, 58, 40, 22, 10, 4];
/// Shares by weekday from Monday, in hundredths: at weekends people are at home.
const WEEKDAYS: [u32; 7] = [105, 98, 96, 96, 100, 108, 97];

/// Lives one site's year under a law and hands over each matter with its facts. Answers the load of the staff.
pub fn live(plan: Plan, law: &Law, zone: &Zone, mut each: impl FnMut(&str, &[Fact])) -> Loads {
    let mut chance = Chance::of(plan.seed, "year");
    let first = zone.start_of_day(date(plan.year, 1, 1));
    let look = zone.start_of_day(date(plan.year, 12, 31)).plus_seconds(120 * 86_400);
    let mut loads = Loads::of(plan.units, first);
    for (number, at) in arrivals(plan, zone, &mut chance).into_iter().enumerate() {
        let mut own = Chance::of(plan.seed ^ (number as u64).wrapping_mul(0x9E37_79B9), "matter");
        let mut matter = Matter { facts: Vec::new(), loads: &mut loads, chance: &mut own };
        matter.ordinary(at);
        matter.asked_for(law, look);
        let mut facts = matter.facts;
        facts.sort_by_key(|fact| (fact.at, fact.seq));
        each(&format!("{}-{number:06}", plan.year), &facts);
    }
    loads
}

/// When matters arrive, in order.
fn arrivals(plan: Plan, zone: &Zone, chance: &mut Chance) -> Vec<Moment> {
    let first = date(plan.year, 1, 1);
    let days: Vec<_> = first.series(jiff::ToSpan::days(1)).take_while(|day| day.year() == plan.year).collect();
    let weight = |day: &jiff::civil::Date| WEEKDAYS[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
    let total: u64 = days.iter().map(|day| u64::from(weight(day))).sum();
    let all = u64::from(plan.units) * u64::from(plan.matters);
    let (mut moments, mut owed) = (Vec::new(), 0);
    for day in &days {
        // What is left over from one day goes on to the next, so that the year's number is exact.
        owed += all * u64::from(weight(day));
        let start = zone.start_of_day(*day);
        for _ in 0..owed / total {
            let mut left = chance.between(0, i64::from(HOURS.iter().sum::<u32>()) - 1);
            let hour = HOURS.iter().position(|share| {
                left -= i64::from(*share);
                left < 0
            });
            let second = chance.between(0, 3599);
            moments.push(start.plus_seconds(hour.unwrap_or(9) as i64 * 3600 + second));
        }
        owed %= total;
    }
    moments.sort();
    moments
}

/// One matter while it is lived.
struct Matter<'a> {
    facts: Vec<Fact>,
    loads: &'a mut Loads,
    chance: &'a mut Chance,
}

impl Matter<'_> {
    /// The ordinary course of a matter that begins at a moment.
    fn ordinary(&mut self, at: Moment) {
        let mut ready = at;
        for step in of(self.chance) {
            if !self.chance.percent(step.percent) {
                break;
            }
            ready = self.does(&step, ready);
        }
    }

    /// A step: somebody turns to it after a while, works, and the fact stands at the end. Answers when.
    fn does(&mut self, step: &Step, ready: Moment) -> Moment {
        let lag = match step.lag {
            (0, 0) => 0,
            (least, most) => self.chance.between(least, most) * 60 + self.chance.between(0, 59),
        };
        let from = ready.plus_seconds(lag);
        let at = match step.by {
            Doer::Resident => from,
            Doer::Post(_) if step.minutes.1 == 0 => from,
            Doer::Post(post) => self.loads.work(post, from, self.chance.between(step.minutes.0, step.minutes.1)),
        };
        let post = match step.by {
            Doer::Resident => "resident",
            Doer::Post(post) => post,
        };
        let attributes = step.attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.add(step.act, post, at, attributes.collect());
        at
    }

    fn add(&mut self, act: &str, post: &str, at: Moment, attributes: BTreeMap<String, String>) {
        self.facts.push(Fact {
            seq: self.facts.len() as i64,
            name: act.to_owned(),
            at,
            entered: at,
            by: vec![post.to_owned()],
            person: post.to_owned(),
            attributes,
        });
    }

    /// What the law asks for beyond the ordinary course: the post that bears it does it as soon as somebody can.
    fn asked_for(&mut self, law: &Law, look: Moment) {
        let mut tried: BTreeSet<String> = BTreeSet::new();
        for _ in 0..ROUNDS {
            let undone = |one: &Obligation| matches!(one.state, State::Open | State::Overdue | State::Missed);
            let mut owed = law.derive("", &self.facts, look).obligations;
            owed.retain(|one| undone(one) && tried.insert(one.id.clone()));
            owed.sort_by_key(|one| (one.opened, one.due));
            if owed.is_empty() || self.facts.len() >= MOST {
                return;
            }
            for one in owed {
                let wanted = if one.must_all { one.must.len() } else { 1 };
                for act in one.must.iter().take(wanted) {
                    let since = one.not_before.map_or(one.opened, |from| from.max(one.opened));
                    if self.facts.iter().any(|fact| fact.name == *act && fact.at >= since) {
                        continue;
                    }
                    let post = staff::crew_of(&one.bearer);
                    let lag = self.chance.between(1, 20) * 60 + self.chance.between(0, 59);
                    let at = self.loads.work(post, since.plus_seconds(lag), self.chance.between(2, 8));
                    let by = if one.bearer.is_empty() { post } else { &one.bearer };
                    self.add(act, by, at, course::attributes_of(act));
                }
            }
        }
    }
}
