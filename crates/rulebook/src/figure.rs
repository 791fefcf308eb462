//! Figures of populations (指标): rates with what is needed and done, counts that reached their threshold.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Moment, Period};

use crate::answer::{ClauseRef, Figure, Member};
use crate::compile::plan::{Count, Plan, Work};
use crate::derive::scene::compares;
use crate::law::{Law, Version};

/// One whole in parts per hundred thousand.
const WHOLE: i128 = 100_000;

/// What a count found in one group (列入、未列入).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// The clause.
    pub clause: ClauseRef,
    /// What reaching the threshold raises.
    pub word: String,
    /// The group: the values of its attributes, joined by U+001F.
    pub group: String,
    /// The largest number counted, each distinct value once.
    pub count: i64,
    /// The threshold was reached.
    pub reached: bool,
}

/// Rows of one rule and period added up: only rows of the base, weights apart for those that are exempt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Weight of the rows that are not exempt.
    pub base: i64,
    /// Counted of them.
    pub done: i64,
    /// Counted in time.
    pub in_time: i64,
    /// Weight of the exempt rows.
    pub exempt: i64,
    /// When the last row becomes final.
    pub final_at: Option<Moment>,
    /// Some row does not say when.
    pub unsettled: bool,
}

impl Sums {
    /// Adds a row.
    pub fn add(
        &mut self,
        in_base: bool,
        exempt: bool,
        weight: i64,
        counted: i64,
        in_time: i64,
        final_at: Option<Moment>,
    ) {
        if !in_base {
            return;
        }
        self.final_at = self.final_at.max(final_at);
        self.unsettled |= final_at.is_none();
        if exempt {
            self.exempt += weight;
            return;
        }
        self.base += weight;
        self.done += counted;
        self.in_time += in_time;
    }

    /// Adds the rows of other sums of the same rule and period.
    pub fn take_in(&mut self, other: &Sums) {
        self.base += other.base;
        self.done += other.done;
        self.in_time += other.in_time;
        self.exempt += other.exempt;
        self.final_at = self.final_at.max(other.final_at);
        self.unsettled |= other.unsettled;
    }
}

impl Law {
    /// The figure of a rate in a period, from its members; rows of other rules and periods are not looked at. The
    /// rate is that of the law at the period's first moment. Needed is rounded up; the verdict compares unrounded. It
    /// is provisional while the period runs or a member's window is open. Without a rate of this id, or with one that
    /// nobody has set, `needed` and `on_target` are none; with an empty base too.
    pub fn figure<'a>(
        &self,
        clause: &ClauseRef,
        period: &str,
        members: impl Iterator<Item = &'a Member>,
        as_of: Moment,
    ) -> Figure {
        let mut sums = Sums::default();
        for row in members.filter(|row| row.clause == *clause && row.period == period) {
            sums.add(row.in_base, row.exempt, row.weight, row.counted, row.in_time, row.final_at);
        }
        self.figure_of(clause, period, &sums, as_of)
    }

    /// The rates that hold on the first day of this period and ask for the fact of a share of their members, one member each: by
    /// clause, the share in parts per hundred thousand, the greatest first. Rates of all members, and rates whose members
    /// weigh more than one, draw no sample.
    pub fn sampled(&self, fact: &str, period: &str) -> Vec<(ClauseRef, i64)> {
        let Ok((per, first)) = Period::of_key(period) else { return Vec::new() };
        let Some(word) = self.words.fact_of_id(fact) else { return Vec::new() };
        let mut clauses = BTreeSet::new();
        for plan in self.versions.iter().flat_map(|version| &version.plans) {
            if matches!(&plan.work, Work::Rate(rate) if rate.must as usize == word) {
                clauses.insert(plan.clause.clone());
            }
        }
        let mut sampled: Vec<(ClauseRef, i64)> = clauses
            .into_iter()
            .filter_map(|clause| {
                let (_, plan) = self.governing(&clause, first)?;
                let Work::Rate(rate) = &plan.work else { return None };
                let share = rate.at_least.filter(|share| *share > 0 && i128::from(*share) < WHOLE)?;
                (rate.per.contains(&per) && rate.size.is_none()).then_some((clause, share))
            })
            .collect();
        sampled.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
        sampled
    }

    /// The share that a rate asks of the members of a period, in parts per hundred thousand; none while nobody has set one.
    pub fn share(&self, clause: &ClauseRef, period: &str) -> Option<i64> {
        let (_, first) = Period::of_key(period).ok()?;
        match &self.governing(clause, first)?.1.work {
            Work::Rate(rate) => rate.at_least,
            _ => None,
        }
    }

    /// The figure of sums over the members of a period: what [`Law::figure`] answers of the members themselves.
    pub fn figure_of(&self, clause: &ClauseRef, period: &str, sums: &Sums, as_of: Moment) -> Figure {
        let mut figure = Figure {
            clause: clause.clone(),
            period: period.to_owned(),
            base: sums.base,
            needed: None,
            done: sums.done,
            in_time: sums.in_time,
            exempt: sums.exempt,
            on_target: None,
            provisional: sums.unsettled || sums.final_at.is_some_and(|final_at| final_at > as_of),
        };
        let Ok((per, first)) = Period::of_key(period) else { return figure };
        let Some((version, plan)) = self.governing(clause, first) else { return figure };
        let end = version.zone.end_of_day(per.bounds(first).1);
        figure.provisional |= as_of < end;
        if let Work::Rate(rate) = &plan.work
            && let Some(at_least) = rate.at_least
        {
            let wanted = i128::from(at_least) * i128::from(figure.base);
            figure.needed = i64::try_from((wanted + WHOLE - 1).div_euclid(WHOLE)).ok();
            figure.on_target = (figure.base > 0).then_some(i128::from(figure.done) * WHOLE >= wanted);
        }
        figure
    }

    /// The groups of a count, in order, from its members: those of a period, or for a count over a sliding span all
    /// that are given (with a period: those counted on its days). Each group has at least one member.
    pub fn raised<'a>(
        &self,
        clause: &ClauseRef,
        period: Option<&str>,
        members: impl Iterator<Item = &'a Member>,
    ) -> Vec<Raised> {
        let mut groups: BTreeMap<&str, Vec<&Member>> = BTreeMap::new();
        let asked = period.and_then(|key| Period::of_key(key).ok());
        let members: Vec<&Member> = members.filter(|row| row.clause == *clause && row.in_base).collect();
        let Some(day) = asked.map(|(_, first)| first).or_else(|| {
            members.iter().filter_map(|row| Period::of_key(&row.period).ok()).map(|(_, first)| first).max()
        }) else {
            return Vec::new();
        };
        let Some((version, plan)) = self.governing(clause, day) else { return Vec::new() };
        let Work::Count(count) = &plan.work else { return Vec::new() };
        for row in members {
            let within = match (asked, count.within) {
                (None, _) => true,
                (Some(_), None) => period == Some(row.period.as_str()),
                (Some((per, first)), Some(_)) => {
                    Period::of_key(&row.period).is_ok_and(|(_, day)| per.bounds(day).0 == per.bounds(first).0)
                }
            };
            if within {
                groups.entry(&row.group).or_default().push(row);
            }
        }
        let raised = |(group, rows): (&str, Vec<&Member>)| {
            let number = largest(version, count, rows);
            Raised {
                clause: clause.clone(),
                word: count.raises.clone(),
                group: group.to_owned(),
                count: number,
                reached: compares(number, count.threshold.0, count.threshold.1),
            }
        };
        groups.into_iter().map(raised).collect()
    }

    /// The version and rule that govern a period beginning on `first`: those of its first moment, or of the moment
    /// from which the book is adopted when that is later.
    fn governing(&self, clause: &ClauseRef, first: jiff::civil::Date) -> Option<(&Version, &Plan)> {
        let mut later: Option<(&Version, &Plan)> = None;
        for version in &self.versions {
            let begin = version.zone.start_of_day(first);
            for plan in version.plans.iter().filter(|plan| plan.clause == *clause) {
                if !matches!(plan.work, Work::Rate(_) | Work::Count(_)) {
                    continue;
                }
                if version.stretch.holds(begin) && plan.holds_at(begin) {
                    return Some((version, plan));
                }
                let begins_later = plan.stretches.iter().any(|stretch| version.stretch.holds(begin.max(stretch.from)));
                if later.is_none() && begins_later {
                    later = Some((version, plan));
                }
            }
        }
        later
    }
}

/// The largest number of distinct members of a group, in the period or in one sliding span.
fn largest(version: &Version, count: &Count, mut rows: Vec<&Member>) -> i64 {
    let distinct = |rows: &[&Member]| {
        let members: BTreeSet<&str> = rows.iter().map(|row| row.member.as_str()).collect();
        members.len() as i64
    };
    let Some(span) = count.within else { return distinct(&rows) };
    rows.sort_by_key(|row| row.final_at);
    let mut start = 0;
    let mut largest = 0;
    for end in 0..rows.len() {
        let Some(at) = rows[end].final_at else { continue };
        while start < end {
            let over = rows[start]
                .final_at
                .is_none_or(|from| version.calendar.due_at(&version.zone, from, span, false).passed(at));
            if !over {
                break;
            }
            start += 1;
        }
        largest = largest.max(distinct(&rows[start..=end]));
    }
    largest
}
