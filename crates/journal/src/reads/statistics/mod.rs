//! 统计报表: a week, month or quarter in figures for a manager: the five areas of service, follow-ups and their rates by clause,
//! satisfaction, complaints, what came back, each person's follow-ups. Every number has a word of its own, by which its list is
//! asked for; both ask the same rows.

mod listed;
mod rates;
mod summary;
mod tally;

use calendar::Moment;
use office::stretch::{Length, Stretch};
use serde::{Deserialize, Serialize};

use super::Analysis;
use super::{analysis, case_page};
use crate::fault::Fault;
use crate::house::{House, Laws};
use crate::tx::Tx;

pub use listed::{StatedList, StatedRow};
pub(super) use rates::fact;
pub use rates::{CountStood, RateKind, RatePart, RateStood};
pub use summary::percent;
pub use tally::Tallied;

/// Quarters that satisfaction is laid side by side for.
const QUARTERS: usize = 6;

/// One number of a period under the word by which its list is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// Its word: `made`, `complaint:class=first`, `rate:followup-9/4.1.2(1):2026-11:base`.
    pub id: String,
    /// What it is called, in Chinese.
    pub title: String,
    /// The number.
    pub value: i64,
}

/// The follow-ups of one person: what an appraisal looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonStood {
    /// Account, or the name under which somebody was planned who has none.
    pub person: String,
    /// Name.
    pub name: String,
    /// Made.
    pub made: i64,
    /// Made in time, where a clause limits it.
    pub kept: i64,
    /// Made late.
    pub late: i64,
    /// Made by phone alone.
    pub phone: i64,
    /// Planned for this person.
    pub planned: i64,
    /// Planned and made.
    pub planned_made: i64,
    /// Planned, not made, and past a hard limit.
    pub missed: i64,
}

/// Satisfaction of a quarter, as follow-ups were answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarterStood {
    /// The quarter.
    pub quarter: Stretch,
    /// Answered.
    pub answered: i64,
    /// Satisfied.
    pub satisfied: i64,
}

/// A period in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// The tallies, in this period and in the one before.
    pub tallies: Vec<(Tallied, i64, i64)>,
    /// Rates by clause, in the order of their kinds.
    pub rates: Vec<RateStood>,
    /// Groups of counts that reached their threshold, and counts of the whole site.
    pub counts: Vec<CountStood>,
    /// Complaints.
    pub complaints: Analysis,
    /// Follow-ups by person, most first.
    pub persons: Vec<PersonStood>,
    /// The last quarters up to this period, oldest first.
    pub quarters: Vec<QuarterStood>,
}

impl Statistics {
    /// A tally in this period.
    pub fn tally(&self, tally: Tallied) -> i64 {
        self.tallies.iter().find(|(of, ..)| *of == tally).map_or(0, |(_, now, _)| *now)
    }

    /// A tally in the period before.
    pub fn tally_before(&self, tally: Tallied) -> i64 {
        self.tallies.iter().find(|(of, ..)| *of == tally).map_or(0, |(.., before)| *before)
    }

    /// Every number with its word, in the order of the page: what is frozen, exported, and held against its lists.
    pub fn stated(&self, laws: &Laws) -> Vec<Stated> {
        let one = |id: String, title: String, value: i64| Stated { id, title, value };
        let mut all: Vec<Stated> =
            self.tallies.iter().map(|(of, now, _)| one(of.id().to_owned(), of.title().to_owned(), *now)).collect();
        for rate in &self.rates {
            for part in RatePart::ALL {
                let title = format!("{} {} {}", rate.clause_words(), rate.figure.period, part.title());
                all.push(one(rate.id(part), title, rate.value(part)));
            }
        }
        let complaints = &self.complaints;
        for by in complaints.ways().into_iter().chain([super::CountedBy::Mark]) {
            for it in complaints.counts(by) {
                let title = format!("投诉 {} {}", by.title(), by.value(laws, &it.key));
                all.push(one(format!("complaint:{}={}", by.id(), it.key), title, it.now));
            }
        }
        all.extend(self.counts.iter().map(|it| one(it.id(), format!("{} {}", it.brief.summary, it.words), it.count)));
        for it in &self.persons {
            for (of, id, value) in it.parts() {
                all.push(one(id, format!("{} {}", it.name, of.title()), value));
            }
        }
        all
    }
}

impl PersonStood {
    /// Its numbers, each with its tally and its word: what was made by the account, what was planned by the name.
    pub fn parts(&self) -> [(Tallied, String, i64); 7] {
        let made = |tally: Tallied, value| (tally, format!("{}@{}", tally.id(), self.person), value);
        let planned = |tally: Tallied, value| (tally, format!("{}@{}", tally.id(), self.name), value);
        [
            made(Tallied::Made, self.made),
            made(Tallied::Kept, self.kept),
            made(Tallied::Late, self.late),
            made(Tallied::Phone, self.phone),
            planned(Tallied::Planned, self.planned),
            planned(Tallied::PlannedMade, self.planned_made),
            planned(Tallied::Missed, self.missed),
        ]
    }
}

impl House {
    /// A period in figures.
    pub async fn statistics(&self, site: i64, of: &Stretch, now: Moment) -> Result<Statistics, Fault> {
        let (laws, of) = (self.laws().clone(), of.clone());
        self.read(move |tx| statistics(tx, &laws, site, &of, now)).await
    }
}

/// A period in figures, as the views stand in this transaction.
pub(crate) fn statistics(
    tx: &mut dyn Tx,
    laws: &Laws,
    site: i64,
    of: &Stretch,
    now: Moment,
) -> Result<Statistics, Fault> {
    let law = laws.of_site(tx, site)?;
    let (span, before) = (of.moments(&laws.zone), of.before().moments(&laws.zone));
    let mut tallies = Vec::new();
    for tally in Tallied::SITE {
        let count = |tx: &mut dyn Tx, span| tally::count(tx, site, tally, span, None, now);
        tallies.push((tally, count(tx, span)?, count(tx, before)?));
    }
    let names = case_page::names(tx, site)?;
    let mut quarters = Vec::new();
    let last = Stretch::of(Length::Quarter, of.last);
    for quarter in std::iter::successors(Some(last), |it| Some(it.before())).take(QUARTERS) {
        let span = quarter.moments(&laws.zone);
        let mut of = |tally| tally::count(tx, site, tally, span, None, now);
        let (answered, satisfied) = (of(Tallied::Answered)?, of(Tallied::Satisfied)?);
        quarters.push(QuarterStood { quarter, answered, satisfied });
    }
    quarters.reverse();
    Ok(Statistics {
        tallies,
        rates: rates::rates(tx, laws, &law, (site, of), now)?,
        counts: rates::counts(tx, laws, &law, (site, of))?,
        complaints: analysis::analysis(tx, site, of, &laws.zone, now)?,
        persons: tally::persons(tx, site, span, &names, now)?,
        quarters,
    })
}
