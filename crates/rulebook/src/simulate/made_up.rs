//! A made-up year (编一年) as a replay asks for it: what is lived through, and how busy every post was. Who lives it stands above.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::Outcomes;
use crate::compile::plan::Work;
use crate::derive::lean::LeanObligation;
use crate::law::Law;
use crate::read_back::Lang;

/// What is lived through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadeUp {
    /// The year.
    pub year: i16,
    /// Chance.
    pub seed: u64,
    /// Sites.
    pub sites: u64,
    /// Households of each.
    pub units: u32,
    /// Matters a household brings in a year, on average.
    pub matters: u32,
    /// Cases that are kept of those that come out otherwise.
    pub keep: usize,
    /// Language of their derivations.
    pub lang: Lang,
    /// Threads at most.
    pub threads: usize,
}

/// A year under one law or two: what came of it, and the load of each post under each.
#[derive(Clone, Debug, Default)]
pub struct Lived {
    /// What was kept.
    pub outcomes: Outcomes,
    /// Post → load, under the law as it is and under the trial.
    pub loads: [BTreeMap<&'static str, PostLoad>; 2],
}

/// Lives a year under the law as it is and, when given, under the trial.
pub type Made = Arc<dyn Fn(MadeUp, &Law, Option<&Law>) -> Lived + Send + Sync>;

/// How busy a post was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PostLoad {
    /// People by day.
    pub day: u32,
    /// People by night.
    pub night: u32,
    /// Acts done.
    pub acts: u64,
    /// Minutes worked, by hour of the day.
    pub minutes: [u64; 24],
    /// Minutes there, by hour of the day, over the year.
    pub there: [u64; 24],
    /// Minutes that work waited for a free hand.
    pub waited: u64,
}

impl PostLoad {
    /// Takes another site's load in.
    pub fn add(&mut self, other: &PostLoad) {
        self.day += other.day;
        self.night += other.night;
        self.acts += other.acts;
        self.waited += other.waited;
        for hour in 0..24 {
            self.minutes[hour] += other.minutes[hour];
            self.there[hour] += other.there[hour];
        }
    }

    /// Whole per cent of their time.
    pub fn busy(&self) -> u64 {
        self.minutes.iter().sum::<u64>() * 100 / self.there.iter().sum::<u64>().max(1)
    }

    /// The hour of the day with the largest share of time worked, and that share in per cent; none when nobody worked.
    pub fn busiest(&self) -> Option<(usize, u64)> {
        let share = |hour: usize| self.minutes[hour] * 100 / self.there[hour].max(1);
        (0..24)
            .filter(|hour| self.there[*hour] > 0 && self.minutes[*hour] > 0)
            .map(|hour| (hour, share(hour)))
            .max_by_key(|(hour, share)| (*share, std::cmp::Reverse(*hour)))
    }
}

/// What an obligation asks, for those who live under the law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asks<'a> {
    /// Facts that fulfil it.
    pub must: Vec<&'a str>,
    /// All of them are needed.
    pub must_all: bool,
    /// Post that bears it; empty when the clause names none.
    pub bearer: &'a str,
}

impl Law {
    /// What an obligation of a lean derivation asks.
    pub fn asks(&self, one: &LeanObligation) -> Asks<'_> {
        let plan = &self.versions[one.version as usize].plans[one.rule as usize];
        let (must, must_all) = match &plan.work {
            Work::Deadline(deadline) => (deadline.must.as_slice(), deadline.must_all),
            Work::Escalation(escalation) => (escalation.must.as_slice(), false),
            _ => (&[][..], false),
        };
        let words = self.vocabulary();
        let fact = |place: &u32| words.facts.get(*place as usize).map(|word| word.id.as_str());
        let bearer = plan.who.and_then(|place| words.posts.get(place as usize));
        Asks { must: must.iter().filter_map(fact).collect(), must_all, bearer: bearer.map_or("", |post| &post.id) }
    }
}
