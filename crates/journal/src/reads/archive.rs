//! 档案与客户需求: what the archive holds by department and class, how it is used, how long finding takes; needs by topic and outcome.

use std::collections::BTreeMap;

use calendar::Moment;
use jiff::civil::Date;

use crate::fault::Fault;
use crate::house::House;
use crate::tx::Tx;
use crate::{sql, vals};

/// Uses that a figure counts at most.
const COUNTED: i64 = 5_000;

/// What stands in the archive of a department, by class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveDepartment {
    /// Department.
    pub name: String,
    /// Items that stand there.
    pub stands: i64,
    /// Received and not filed.
    pub unfiled: i64,
    /// Lent.
    pub lent: i64,
    /// Lent beyond the day of return.
    pub overdue: i64,
    /// Damaged.
    pub damaged: i64,
    /// Destroyed.
    pub gone: i64,
    /// Class → items.
    pub classes: BTreeMap<String, i64>,
}

/// The archive at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveBook {
    /// By department.
    pub departments: Vec<ArchiveDepartment>,
    /// Received, filed in the month.
    pub month: (i64, i64),
    /// Class and purpose → uses in the year.
    pub uses: Vec<(String, String, i64)>,
    /// Searches in the year: how many, the middle number of minutes, how many found nothing.
    pub searches: (usize, Option<i64>, usize),
}

/// A topic of needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedTopic {
    /// Field id; empty while nobody has classed it.
    pub field: String,
    /// Topic id.
    pub topic: String,
    /// Needs.
    pub count: i64,
    /// Identified.
    pub identified: i64,
    /// Outcome id → needs.
    pub outcomes: BTreeMap<String, i64>,
    /// Improved after the day that was set.
    pub overdue: i64,
    /// Days from identification to improvement, in order.
    pub days: Vec<i64>,
    /// Points of surveys, in order.
    pub scores: Vec<i64>,
}

/// Needs of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedBook {
    /// By field and topic.
    pub topics: Vec<NeedTopic>,
}

impl House {
    /// The archive: what stands there today, what came in from this moment on, how it was used since.
    pub async fn archive_book(
        &self,
        site: i64,
        today: Date,
        month: Moment,
        year: Moment,
    ) -> Result<ArchiveBook, Fault> {
        self.read(move |tx| archive(tx, site, today, month, year)).await
    }

    /// Needs voiced from one moment to another.
    pub async fn need_book(&self, site: i64, from: Moment, until: Moment) -> Result<NeedBook, Fault> {
        let zone = self.laws().zone.clone();
        self.read(move |tx| needs(tx, site, &zone, from, until)).await
    }
}

fn archive(tx: &mut dyn Tx, site: i64, today: Date, month: Moment, year: Moment) -> Result<ArchiveBook, Fault> {
    let text = sql!(
        "select department, class, count(*), count(case when filed is null then 1 end), coalesce(sum(lent), 0),
         count(case when lent = 1 and back <> '' and back < $2 then 1 end), coalesce(sum(damaged), 0),
         coalesce(sum(gone), 0), count(case when received >= $3 then 1 end), count(case when filed >= $3 then 1 end)
         from archive_row where site = $1 group by department, class order by department, class"
    );
    let mut book = ArchiveBook::default();
    for row in tx.query(text, &vals![site, today.to_string(), month])? {
        let name = row.string(0)?;
        if book.departments.last().is_none_or(|it| it.name != name) {
            book.departments.push(ArchiveDepartment { name, ..ArchiveDepartment::default() });
        }
        let Some(it) = book.departments.last_mut() else { continue };
        let (all, gone) = (row.int(2)?, row.int(7)?);
        it.stands += all - gone;
        it.unfiled += row.int(3)?;
        it.lent += row.int(4)?;
        it.overdue += row.int(5)?;
        it.damaged += row.int(6)?;
        it.gone += gone;
        if all > gone {
            *it.classes.entry(row.string(1)?).or_default() += all - gone;
        }
        book.month.0 += row.int(8)?;
        book.month.1 += row.int(9)?;
    }
    let text = sql!(
        "select act, class, purpose, minutes, found from archive_use_row where site = $1 and at >= $2
         order by at desc limit $3"
    );
    let mut uses: BTreeMap<(String, String), i64> = BTreeMap::new();
    let (mut minutes, mut nothing) = (Vec::new(), 0);
    for row in tx.query(text, &vals![site, year, COUNTED])? {
        if row.text(0)? == "archive_item.sought" {
            minutes.extend(row.maybe_int(3)?);
            nothing += usize::from(!row.flag(4)?);
        } else {
            *uses.entry((row.string(1)?, row.string(2)?)).or_default() += 1;
        }
    }
    minutes.sort_unstable();
    book.searches = (minutes.len(), middle(&minutes), nothing);
    book.uses = uses.into_iter().map(|((class, purpose), count)| (class, purpose, count)).collect();
    book.uses.sort_by_key(|(_, _, count)| -count);
    Ok(book)
}

/// The middle of what stands in order; of two, the lower.
pub(crate) fn middle(sorted: &[i64]) -> Option<i64> {
    sorted.get(sorted.len().saturating_sub(1) / 2).copied()
}

fn needs(tx: &mut dyn Tx, site: i64, zone: &calendar::Zone, from: Moment, until: Moment) -> Result<NeedBook, Fault> {
    let text = sql!(
        "select field, topic, outcome, identified, target, improved, score from need_row
         where site = $1 and voiced >= $2 and voiced < $3 order by voiced limit $4"
    );
    let mut topics: BTreeMap<(String, String), NeedTopic> = BTreeMap::new();
    for row in tx.query(text, &vals![site, from, until, COUNTED])? {
        let (field, topic) = (row.string(0)?, row.string(1)?);
        let it = topics.entry((field.clone(), topic.clone())).or_default();
        (it.field, it.topic) = (field, topic);
        it.count += 1;
        let (identified, improved) = (row.maybe_moment(3)?, row.maybe_moment(5)?);
        it.identified += i64::from(identified.is_some());
        let outcome = row.string(2)?;
        if !outcome.is_empty() {
            *it.outcomes.entry(outcome).or_default() += 1;
        }
        let target = row.text(4)?.parse::<Date>().ok();
        if improved.zip(target).is_some_and(|(improved, target)| zone.date(improved) > target) {
            it.overdue += 1;
        }
        if let (Some(identified), Some(improved)) = (identified, improved) {
            let days = zone.date(identified).until(zone.date(improved)).map_or(0, |span| i64::from(span.get_days()));
            it.days.push(days);
        }
        it.scores.extend(row.maybe_int(6)?);
    }
    let mut book = NeedBook { topics: topics.into_values().collect() };
    for it in &mut book.topics {
        it.days.sort_unstable();
        it.scores.sort_unstable();
    }
    Ok(book)
}

impl NeedTopic {
    /// The middle number of days from identification to improvement.
    pub fn middle_days(&self) -> Option<i64> {
        middle(&self.days)
    }

    /// The middle of the points.
    pub fn middle_score(&self) -> Option<i64> {
        middle(&self.scores)
    }
}

#[cfg(test)]
mod tests {
    use super::middle;

    #[test]
    fn the_middle_of_two_is_the_lower() {
        assert_eq!(middle(&[]), None);
        assert_eq!(middle(&[4]), Some(4));
        assert_eq!(middle(&[2, 9]), Some(2));
        assert_eq!(middle(&[1, 2, 30]), Some(2));
    }
}
