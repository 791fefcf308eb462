//! 报修统计: a period's repairs in figures beside the period before, by repairer, what came back, and the list behind each
//! figure. Both ask the same rows by the same condition, so that a figure and its list agree.

use std::collections::BTreeMap;

use calendar::Moment;
use office::case::ThirdCopy;
use office::stretch::Stretch;
use serde::{Deserialize, Serialize};

use super::row::{CASE, CASE_WIDTH, case};
use super::{CaseRow, case_page};
use crate::fault::Fault;
use crate::house::House;
use crate::tx::{Sql, Tx};
use crate::vals;
use crate::value::{Row, Val};

/// Repairs on a page of the list behind a figure.
const ROWS: i64 = 200;
/// Third copies shown at once; a month of a large office has some hundred.
const COPIES: i64 = 500;
/// Of a second.
const MICROSECONDS: i64 = 1_000_000;
/// Places that came back, of a period.
const CAME_BACK: i64 = 50;

/// What is counted (口径).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RepairMark {
    /// Reported within the period.
    Reported,
    /// Reported within the period and not done yet.
    Open,
    /// Completed within the period.
    Completed,
    /// Completed, the sum due is nought.
    Free,
    /// Completed, a sum is due.
    Paid,
    /// Completed, no sum entered: shared parts, or forgotten.
    Unpriced,
    /// Completed at the first visit, and that was the end of it.
    FirstTime,
    /// Completed, after a second trip for tools or material.
    SecondTrip,
    /// Completed, and somebody else had a work order for it too.
    OtherHands,
    /// Completed, after it was found wanting.
    Rework,
    /// Completed and opened again.
    Reopened,
    /// Completed and followed up: satisfied.
    Satisfied,
    /// Completed and followed up: not satisfied.
    Dissatisfied,
    /// Completed, free, not listed among the free repairs yet.
    Unlisted,
}

use RepairMark::*;

impl RepairMark {
    /// Every mark, in the order of the page.
    pub const ALL: [RepairMark; 14] = [
        Reported,
        Open,
        Completed,
        Free,
        Paid,
        Unpriced,
        FirstTime,
        SecondTrip,
        OtherHands,
        Rework,
        Reopened,
        Satisfied,
        Dissatisfied,
        Unlisted,
    ];

    /// The word in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Reported => "reported",
            Open => "open",
            Completed => "completed",
            Free => "free",
            Paid => "paid",
            Unpriced => "unpriced",
            FirstTime => "first_time",
            SecondTrip => "second_trip",
            OtherHands => "other_hands",
            Rework => "rework",
            Reopened => "reopened",
            Satisfied => "satisfied",
            Dissatisfied => "dissatisfied",
            Unlisted => "unlisted",
        }
    }

    /// The mark of this word.
    pub fn of(id: &str) -> Option<RepairMark> {
        RepairMark::ALL.into_iter().find(|mark| mark.id() == id)
    }

    /// Which moment lies within the period.
    fn moment(self) -> &'static str {
        match self {
            Reported | Open => "r.opened",
            _ => "r.completed",
        }
    }

    /// What else has to hold.
    fn condition(self) -> &'static str {
        match self {
            Reported | Completed => "r.withdrawn = 0",
            Open => "r.withdrawn = 0 and r.completed is null",
            Free => "r.withdrawn = 0 and r.amount = 0",
            Paid => "r.withdrawn = 0 and r.amount > 0",
            Unpriced => "r.withdrawn = 0 and r.amount is null",
            FirstTime => "r.withdrawn = 0 and r.second_trip = 0 and r.rework = 0 and r.reopened = 0",
            SecondTrip => "r.withdrawn = 0 and r.second_trip = 1",
            OtherHands => {
                "r.withdrawn = 0 and exists (select 1 from case_row o where o.site = r.site and o.joined = r.number
                 and o.joined <> '' and o.kind = 'work_order' and o.state <> 'withdrawn')"
            }
            Rework => "r.withdrawn = 0 and r.rework > 0",
            Reopened => "r.withdrawn = 0 and r.reopened > 0",
            Satisfied => "r.withdrawn = 0 and r.satisfaction <> '' and r.satisfaction <> 'dissatisfied'",
            Dissatisfied => "r.withdrawn = 0 and r.satisfaction = 'dissatisfied'",
            Unlisted => "r.withdrawn = 0 and r.amount = 0 and r.listed = 0",
        }
    }
}

/// The figures of one period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairSpan {
    /// How many of each mark.
    pub counts: BTreeMap<RepairMark, i64>,
    /// Due for what was completed, fen.
    pub fen: i64,
    /// Seconds from the report to the completion that half of them did not exceed.
    pub median: Option<i64>,
    /// Seconds that nine in ten did not exceed.
    pub ninetieth: Option<i64>,
}

impl RepairSpan {
    /// How many have this mark.
    pub fn count(&self, mark: RepairMark) -> i64 {
        self.counts.get(&mark).copied().unwrap_or(0)
    }
}

/// What one repairer completed within a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairsBy {
    /// Account.
    pub worker: String,
    /// Name.
    pub name: String,
    /// Completed.
    pub completed: i64,
    /// Of these at the first visit.
    pub first_time: i64,
    /// Found wanting before they were done.
    pub rework: i64,
    /// Not satisfied at the follow-up.
    pub dissatisfied: i64,
    /// Seconds on average from the report to the completion.
    pub seconds: i64,
    /// Due, fen.
    pub fen: i64,
}

/// A household or place that reported more than once within a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairsAgain {
    /// Household id; empty for a place without one.
    pub household: String,
    /// The place in words.
    pub place: String,
    /// How often.
    pub count: i64,
}

/// The repairs of a period in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairFigures {
    /// Of the period.
    pub now: RepairSpan,
    /// Of the one before.
    pub before: RepairSpan,
    /// By repairer, most first.
    pub workers: Vec<RepairsBy>,
    /// What came back, most first.
    pub again: Vec<RepairsAgain>,
}

/// A repair of the list behind a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairRow {
    /// The matter.
    pub case: CaseRow,
    /// When it was completed.
    pub completed: Option<Moment>,
    /// By whom.
    pub worker: String,
    /// Sum due, fen; none when nobody entered one.
    pub amount: Option<i64>,
}

/// A page of the list behind a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairList {
    /// The rows, newest first.
    pub rows: Vec<RepairRow>,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl House {
    /// The repairs whose third copy is at this stage, by number.
    pub async fn third_copies(&self, site: i64, stage: ThirdCopy) -> Result<Vec<RepairRow>, Fault> {
        self.read(move |tx| {
            let names = case_page::names(tx, site)?;
            let text = format!(
                "select {CASE}, r.completed, r.worker, r.amount from repair_row r
                 join case_row c on c.site = r.site and c.id = r.id
                 where r.site = $1 and r.third = $2 order by r.number limit {COPIES}"
            );
            let rows = tx.query(Sql::built(text), &vals![site, stage.id()])?;
            rows.iter().map(|row| repair(row, &names)).collect()
        })
        .await
    }

    /// The figures of a period.
    pub async fn repair_figures(&self, site: i64, of: &Stretch) -> Result<RepairFigures, Fault> {
        let zone = &self.laws().zone;
        let (now, before) = (of.moments(zone), of.before().moments(zone));
        self.read(move |tx| {
            Ok(RepairFigures {
                now: span(tx, site, now)?,
                before: span(tx, site, before)?,
                workers: workers(tx, site, now)?,
                again: again(tx, site, now)?,
            })
        })
        .await
    }

    /// The repairs behind a figure, of one repairer or of all (`worker` empty), newest first.
    pub async fn repairs_counted(
        &self,
        site: i64,
        of: (Moment, Moment),
        (mark, worker): (RepairMark, String),
        after: Option<String>,
    ) -> Result<RepairList, Fault> {
        self.read(move |tx| list(tx, site, of, (mark, &worker), after.as_deref(), ROWS)).await
    }

    /// How many completed repairs of a period were free: what the statistics of free repairs have to tell.
    pub async fn free_repairs(&self, site: i64, (from, until): (Moment, Moment)) -> Result<i64, Fault> {
        self.read(move |tx| count(tx, site, (from, until), Free)).await
    }
}

/// How many have a mark within a stretch.
pub(crate) fn count(
    tx: &mut dyn Tx,
    site: i64,
    (from, until): (Moment, Moment),
    mark: RepairMark,
) -> Result<i64, Fault> {
    let (moment, condition) = (mark.moment(), mark.condition());
    let text = format!(
        "select count(*) from repair_row r where r.site = $1 and {moment} >= $2 and {moment} < $3 and {condition}"
    );
    tx.first(Sql::built(text), &vals![site, from, until])?.map_or(Ok(0), |row| row.int(0))
}

/// The ids of the free repairs of a stretch that are not listed yet, oldest first.
pub(crate) fn unlisted(tx: &mut dyn Tx, site: i64, (from, until): (Moment, Moment)) -> Result<Vec<String>, Fault> {
    let (moment, condition) = (Unlisted.moment(), Unlisted.condition());
    let text = format!(
        "select r.id from repair_row r where r.site = $1 and {moment} >= $2 and {moment} < $3 and {condition}
         order by {moment}, r.id"
    );
    tx.query(Sql::built(text), &vals![site, from, until])?.iter().map(|row| row.string(0)).collect()
}

fn span(tx: &mut dyn Tx, site: i64, (from, until): (Moment, Moment)) -> Result<RepairSpan, Fault> {
    let mut found = RepairSpan::default();
    for (moment, marks) in [("r.opened", &RepairMark::ALL[..2]), ("r.completed", &RepairMark::ALL[2..])] {
        let each: Vec<String> =
            marks.iter().map(|mark| format!("count(case when {} then 1 end)", mark.condition())).collect();
        let text = format!(
            "select {}, cast(coalesce(sum(case when r.withdrawn = 0 then r.amount end), 0) as bigint) from repair_row r
             where r.site = $1 and {moment} >= $2 and {moment} < $3",
            each.join(", ")
        );
        let Some(row) = tx.first(Sql::built(text), &vals![site, from, until])? else { continue };
        for (n, mark) in marks.iter().enumerate() {
            found.counts.insert(*mark, row.int(n)?);
        }
        if marks.contains(&Completed) {
            found.fen = row.int(marks.len())?;
        }
    }
    let done = found.count(Completed);
    let mut slower_than = |tenths: i64| -> Result<Option<i64>, Fault> {
        let text = "select r.completed - r.opened from repair_row r
             where r.site = $1 and r.completed >= $2 and r.completed < $3 and r.withdrawn = 0
             order by r.completed - r.opened limit 1 offset $4";
        let place = (done * tenths + 9) / 10 - 1;
        let row = match done {
            0 => None,
            _ => tx.first(Sql::built(text.to_owned()), &vals![site, from, until, place])?,
        };
        row.map(|row| Ok(row.int(0)? / MICROSECONDS)).transpose()
    };
    (found.median, found.ninetieth) = (slower_than(5)?, slower_than(9)?);
    Ok(found)
}

fn workers(tx: &mut dyn Tx, site: i64, (from, until): (Moment, Moment)) -> Result<Vec<RepairsBy>, Fault> {
    let of = |mark: RepairMark| format!("count(case when {} then 1 end)", mark.condition());
    let text = format!(
        "select r.worker, count(*), {}, {}, {},
         cast(sum(r.completed - r.opened) / count(*) as bigint), cast(coalesce(sum(r.amount), 0) as bigint)
         from repair_row r where r.site = $1 and r.completed >= $2 and r.completed < $3 and r.withdrawn = 0
         group by r.worker order by count(*) desc, r.worker",
        of(FirstTime),
        of(Rework),
        of(Dissatisfied)
    );
    let names = case_page::names(tx, site)?;
    let read = |row: &crate::value::Row| {
        let worker = row.string(0)?;
        Ok(RepairsBy {
            name: names.get(&worker).unwrap_or(&worker).clone(),
            worker,
            completed: row.int(1)?,
            first_time: row.int(2)?,
            rework: row.int(3)?,
            dissatisfied: row.int(4)?,
            seconds: row.int(5)? / MICROSECONDS,
            fen: row.int(6)?,
        })
    };
    tx.query(Sql::built(text), &vals![site, from, until])?.iter().map(read).collect()
}

/// Households, and places that are nobody's, with more than one repair of the period.
fn again(tx: &mut dyn Tx, site: i64, (from, until): (Moment, Moment)) -> Result<Vec<RepairsAgain>, Fault> {
    let text = "select r.household, r.place, count(*) from repair_row r
         where r.site = $1 and r.opened >= $2 and r.opened < $3 and r.withdrawn = 0
         group by r.household, r.place having count(*) > 1 order by count(*) desc, r.place, r.household limit $4";
    let rows = tx.query(Sql::built(text.to_owned()), &vals![site, from, until, CAME_BACK])?;
    rows.iter()
        .map(|row| Ok(RepairsAgain { household: row.string(0)?, place: row.string(1)?, count: row.int(2)? }))
        .collect()
}

fn list(
    tx: &mut dyn Tx,
    site: i64,
    (from, until): (Moment, Moment),
    (mark, worker): (RepairMark, &str),
    after: Option<&str>,
    most: i64,
) -> Result<RepairList, Fault> {
    let (moment, condition) = (mark.moment(), mark.condition());
    let mut values: Vec<Val> = vals![site, from, until].to_vec();
    let mut text = format!(
        "select {CASE}, r.completed, r.worker, r.amount, {moment} from repair_row r
         join case_row c on c.site = r.site and c.id = r.id
         where r.site = $1 and {moment} >= $2 and {moment} < $3 and {condition}"
    );
    if !worker.is_empty() {
        values.push(worker.into());
        text.push_str(" and r.worker = $4");
    }
    if let Some((at, id)) = after.and_then(|key| key.split_once('~')) {
        values.push(at.parse::<i64>().unwrap_or(i64::MAX).into());
        values.push(id.into());
        let n = values.len();
        text.push_str(&format!(" and ({moment}, r.id) < (${}, ${n})", n - 1));
    }
    values.push((most + 1).into());
    text.push_str(&format!(" order by {moment} desc, r.id desc limit ${}", values.len()));
    let names = case_page::names(tx, site)?;
    let (mut rows, mut next, mut last) = (Vec::new(), None, None);
    for row in &tx.query(Sql::built(text), &values)? {
        if rows.len() as i64 == most {
            next = last;
            break;
        }
        let it = repair(row, &names)?;
        last = Some(format!("{}~{}", row.int(CASE_WIDTH + 3)?, it.case.id));
        rows.push(it);
    }
    Ok(RepairList { rows, next })
}

/// A row of `{CASE}, completed, worker, amount`, the worker by name.
fn repair(row: &Row, names: &BTreeMap<String, String>) -> Result<RepairRow, Fault> {
    let worker = row.string(CASE_WIDTH + 1)?;
    Ok(RepairRow {
        case: case(row, 0)?,
        completed: row.maybe_moment(CASE_WIDTH)?,
        worker: names.get(&worker).unwrap_or(&worker).clone(),
        amount: row.maybe_int(CASE_WIDTH + 2)?,
    })
}
