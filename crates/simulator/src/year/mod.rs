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
use rulebook::simulate::{Lived, MadeUp, PostLoad, Replay};
use rulebook::{Fact, Interned, Law, Lean, LeanObligation, State};

use crate::chance::Chance;
use course::{Doer, Step, of};
pub use staff::{CREWS, Crew, Loads};

/// What one site lives through.
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
/// Days after the year at which everything is looked at: what was begun in December has had its time.
const AFTER: i64 = 120;
/// Shares of a day's matters by hour, in thousandths: quiet nights, a busy morning, a second wave after work.
const HOURS: [u32; 24] = [4, 3, 2, 2, 2, 4, 12, 40, 95, 105, 90, 70, 45, 55, 70, 75, 70, 60, 62, 58, 40, 22, 10, 4];
/// Shares by weekday from Monday, in hundredths: at weekends people are at home.
const WEEKDAYS: [u32; 7] = [105, 98, 96, 96, 100, 108, 97];

/// Lives a year under the law as it is and under the trial, site by site on several threads. The answer does not depend on
/// their number, and the memory not on that of the sites.
pub fn made(asked: MadeUp, before: &Law, after: Option<&Law>) -> Lived {
    let zone = Zone::shanghai();
    let threads = u64::try_from(asked.threads).unwrap_or(1).clamp(1, asked.sites.max(1));
    let share = |first: u64| {
        let sites = (first..asked.sites).step_by(usize::try_from(threads).unwrap_or(1));
        some_sites(asked, before, after, &zone, sites)
    };
    let shares: Vec<Share<'_>> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|first| scope.spawn(move || share(first))).collect();
        let mut shares = vec![share(0)];
        shares.extend(others.into_iter().map(|other| other.join().expect("a year is lived without a panic")));
        shares
    });
    let mut shares = shares.into_iter();
    let Some((mut replay, mut loads)) = shares.next() else { return Lived::default() };
    for (more, of_more) in shares {
        replay.take_in(more);
        for (loads, more) in loads.iter_mut().zip(&of_more) {
            more.iter().for_each(|(post, load)| loads.entry(post).or_default().add(load));
        }
    }
    Lived { outcomes: replay.outcomes(), loads }
}

/// What some of the sites brought.
type Share<'a> = (Replay<'a>, [BTreeMap<&'static str, PostLoad>; 2]);

fn some_sites<'a>(
    asked: MadeUp,
    before: &'a Law,
    after: Option<&'a Law>,
    zone: &Zone,
    sites: impl Iterator<Item = u64>,
) -> Share<'a> {
    let mut replay =
        Replay::new(before, after.unwrap_or(before), look(asked.year, zone), asked.keep).speaking(asked.lang);
    let mut loads: [BTreeMap<&'static str, PostLoad>; 2] = Default::default();
    for site in sites {
        let seed = asked.seed.wrapping_add(site.wrapping_mul(0x9E37_79B9));
        let plan = Plan { year: asked.year, seed, units: asked.units, matters: asked.matters };
        let named = |subject: &str| match asked.sites {
            1 => subject.to_owned(),
            _ => format!("{}-{subject}", site + 1),
        };
        replay.site_begins(site);
        let mut was = Life::of(plan, before, zone);
        let mut is = after.map(|law| Life::of(plan, law, zone));
        for (subject, facts) in was.by_ref() {
            match is.as_mut().and_then(Life::next) {
                Some((_, tried)) => replay.lived(&named(&subject), &facts, &tried),
                None => replay.subject(&named(&subject), &facts),
            }
        }
        replay.site_ends(date(asked.year, 1, 1), date(asked.year, 12, 31), false);
        for (loads, life) in loads.iter_mut().zip([Some(was), is]) {
            for (post, load) in life.iter().flat_map(|life| life.loads.posts()) {
                loads.entry(post).or_default().add(load);
            }
        }
    }
    (replay, loads)
}

/// The moment at which a year is looked at.
fn look(year: i16, zone: &Zone) -> Moment {
    zone.start_of_day(date(year, 12, 31)).plus_seconds(AFTER * 86_400)
}

/// One site's year under a law, matter by matter.
pub struct Life<'a> {
    plan: Plan,
    law: &'a Law,
    look: Moment,
    loads: Loads,
    arrivals: std::iter::Enumerate<std::vec::IntoIter<Moment>>,
    derived: (Vec<Interned>, Lean),
}

impl<'a> Life<'a> {
    /// The year before anything has happened.
    pub fn of(plan: Plan, law: &'a Law, zone: &Zone) -> Life<'a> {
        let mut chance = Chance::of(plan.seed, "year");
        let loads = Loads::of(plan.units, zone.start_of_day(date(plan.year, 1, 1)));
        let arrivals = arrivals(plan, zone, &mut chance).into_iter().enumerate();
        Life { plan, law, look: look(plan.year, zone), loads, arrivals, derived: Default::default() }
    }

    /// The load of the staff so far.
    pub fn loads(&self) -> &Loads {
        &self.loads
    }
}

impl Iterator for Life<'_> {
    type Item = (String, Vec<Fact>);

    /// The next matter with its facts.
    fn next(&mut self) -> Option<(String, Vec<Fact>)> {
        let (number, at) = self.arrivals.next()?;
        let mut own = Chance::of(self.plan.seed ^ (number as u64).wrapping_mul(0x9E37_79B9), "matter");
        let mut matter = Matter { facts: Vec::new(), loads: &mut self.loads, chance: &mut own };
        matter.ordinary(at);
        matter.asked_for(self.law, self.look, &mut self.derived);
        let mut facts = matter.facts;
        facts.sort_by_key(|fact| (fact.at, fact.seq));
        Some((format!("{}-{number:06}", self.plan.year), facts))
    }
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
    fn asked_for(&mut self, law: &Law, look: Moment, (interned, lean): &mut (Vec<Interned>, Lean)) {
        let mut tried: BTreeSet<(u32, u32, Moment)> = BTreeSet::new();
        interned.clear();
        let mut known = 0;
        for _ in 0..ROUNDS {
            interned.extend(self.facts[known..].iter().map(|fact| law.intern(fact)));
            known = self.facts.len();
            law.derive_lean(interned, look, lean);
            let undone = |one: &LeanObligation| matches!(one.state, State::Open | State::Overdue | State::Missed);
            let new = |one: &&LeanObligation| undone(one) && tried.insert((one.version, one.rule, one.opened));
            let mut owed: Vec<LeanObligation> = lean.obligations.iter().filter(new).copied().collect();
            owed.sort_by_key(|one| (one.opened, one.due));
            if owed.is_empty() || self.facts.len() >= MOST {
                return;
            }
            for one in owed {
                let asks = law.asks(&one);
                let wanted = if asks.must_all { asks.must.len() } else { 1 };
                for act in asks.must.iter().take(wanted) {
                    let since = one.not_before.map_or(one.opened, |from| from.max(one.opened));
                    if self.facts.iter().any(|fact| fact.name == *act && fact.at >= since) {
                        continue;
                    }
                    let post = staff::crew_of(asks.bearer);
                    let lag = self.chance.between(1, 20) * 60 + self.chance.between(0, 59);
                    let at = self.loads.work(post, since.plus_seconds(lag), self.chance.between(2, 8));
                    let by = if asks.bearer.is_empty() { post } else { asks.bearer };
                    self.add(act, by, at, course::attributes_of(act));
                }
            }
        }
    }
}
