//! Populations made in bulk (总体): so many members, so many done on each day after.

use std::collections::BTreeMap;

use calendar::Moment;
use jiff::civil::date;

use super::Scenario;
use super::happens::Reader;
use crate::compile::plan::{Rate, Work};
use crate::fact::Fact;
use crate::law::Law;
use crate::model::{Base, Example, Tally};

/// Clock hours of the facts that make members and of the acts.
const MADE_AT: i8 = 9;
const DONE_AT: i8 = 10;

/// Adds the population. Answers a moment long after every window, the moment of looking unless the example says
/// another. Participants of one event are one subject with their number; else each member is a subject of its own.
pub(super) fn add(
    reader: &Reader<'_>,
    law: &Law,
    example: &Example,
    tally: &Tally,
    scenario: &mut Scenario,
) -> Result<Moment, String> {
    let of = reader.fact_id(&tally.of).ok_or(format!("`{}` 不是词汇表里的事实", tally.of))?.to_owned();
    let done: i64 = tally.on_day.values().sum();
    if tally.total < done || tally.on_day.values().any(|number| *number < 0) {
        return Err(format!("总数 {} 比做了的 {done} 还少", tally.total));
    }
    let asked = law.versions.iter().flat_map(|version| &version.plans).filter_map(|plan| match &plan.work {
        Work::Rate(rate) if covered(example, &plan.clause.id) && law.fact_id(rate.of) == of => Some(rate),
        _ => None,
    });
    let rates: Vec<&Rate> = asked.collect();
    let day = tally.date.unwrap_or(date(2026, 11, 2));
    let zone = reader.examiner.zone;
    let bulk = Bulk {
        of,
        made: zone.moment(day.at(MADE_AT, 0, 0, 0)),
        given: reader.given(&tally.given)?,
        done: reader.given(&tally.done)?,
        by: reader.posts(&tally.by.join("、"))?,
        acts: acts(law, &rates),
    };
    let moment = |after: i64| {
        let then = day.saturating_add(jiff::Span::new().try_days(after).unwrap_or_default());
        zone.moment(then.at(DONE_AT, 0, 0, 0))
    };
    let days: Vec<(Moment, i64)> = tally.on_day.iter().map(|(after, number)| (moment(*after), *number)).collect();
    let size = rates.first().filter(|rate| rate.base == Base::Participants).and_then(|rate| rate.size);
    match size {
        Some(size) => bulk.one_event(scenario, &law.attribute_id(size), tally.total, &days),
        None => bulk.members(scenario, tally.total, &days),
    }
    Ok(zone.start_of_day(date(day.year() + 2, 1, 1)).max(zone.start_of_day(date(day.year(), 12, 31))))
}

fn covered(example: &Example, id: &str) -> bool {
    example.covers.iter().any(|covered| covered.value == id)
}

/// The acts that one member needs, each once, for whichever of the rates it is in.
fn acts(law: &Law, rates: &[&Rate]) -> Vec<String> {
    let mut acts: Vec<String> = Vec::new();
    for name in rates.iter().flat_map(|rate| rate.other_musts.iter().chain(std::iter::once(&rate.must))) {
        let id = law.fact_id(*name);
        if !acts.contains(&id) {
            acts.push(id);
        }
    }
    acts
}

struct Bulk {
    of: String,
    made: Moment,
    given: BTreeMap<String, String>,
    done: BTreeMap<String, String>,
    by: Vec<String>,
    acts: Vec<String>,
}

impl Bulk {
    fn made(&self) -> Fact {
        let (at, attributes) = (self.made, self.given.clone());
        Fact { seq: 0, name: self.of.clone(), at, entered: at, by: Vec::new(), person: String::new(), attributes }
    }

    fn act(&self, name: &str, at: Moment, seq: i64) -> Fact {
        let (by, attributes) = (self.by.clone(), self.done.clone());
        Fact { seq, name: name.to_owned(), at, entered: at, by, person: String::new(), attributes }
    }

    fn members(&self, scenario: &mut Scenario, total: i64, days: &[(Moment, i64)]) {
        let mut moments = days.iter().flat_map(|(at, number)| (0..*number).map(move |_| *at));
        for member in 0..total {
            let mut facts = vec![self.made()];
            if let Some(at) = moments.next() {
                let act = |(seq, name): (usize, &String)| self.act(name, at, seq as i64 + 1);
                facts.extend(self.acts.iter().enumerate().map(act));
            }
            scenario.subjects.insert(format!("\u{1f}{member}"), facts);
        }
    }

    fn one_event(&self, scenario: &mut Scenario, size: &str, total: i64, days: &[(Moment, i64)]) {
        let mut made = self.made();
        made.attributes.insert(size.to_owned(), total.to_string());
        let mut facts = vec![made];
        for (seq, (at, number)) in days.iter().enumerate() {
            for name in &self.acts {
                let mut act = self.act(name, *at, seq as i64 + 1);
                act.attributes.insert(size.to_owned(), number.to_string());
                facts.push(act);
            }
        }
        scenario.subjects.insert("\u{1f}".to_owned(), facts);
    }
}
