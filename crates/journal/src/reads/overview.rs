//! 总览: what is late now and by whom, what is due until midnight, what nobody answered, and how the weeks went. Whatever is
//! counted here is counted from rows that the page lists.

use std::collections::BTreeSet;

use calendar::{Moment, Period};
use rulebook::{ClauseRef, State};

use super::follow_up::queue;
use super::row::{CASE, CASE_WIDTH, OBLIGATION, case, obligation};
use super::work::name_contacts;
use super::{CaseRow, FollowUpRow, FollowUpStage, ObligationRow, RateNow};
use crate::fault::Fault;
use crate::house::{House, Laws};
use crate::tx::{Sql, Tx};
use crate::value::Row;
use crate::{sql, vals};

/// Rows that are looked at; a site that is later than that has another trouble.
const LOOKED_AT: i64 = 3_000;
/// Weeks of the trend.
const WEEKS: usize = 8;

/// The manager's page of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// What is owed: late, and due until midnight.
    pub owing: Owing,
    /// Rates of the running periods.
    pub rates: Vec<RateNow>,
    /// Escalations told and not answered, the oldest first.
    pub told: Vec<Told>,
    /// Unhappy answers about which nothing was done yet.
    pub unhappy: Vec<FollowUpRow>,
    /// Weeks, the oldest first; the last one runs.
    pub weeks: Vec<WeekCount>,
}

/// What a site owes now and until midnight: one row for an act of a matter, be it asked by several clauses. Soft alarms and clauses
/// that yield are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owing {
    /// Past its moment, the longest first.
    pub late: Vec<ObligationRow>,
    /// Due until midnight, the soonest first.
    pub today: Vec<ObligationRow>,
    /// There is more than was looked at.
    pub beyond: bool,
}

/// An escalation that the clock told somebody, who has done nothing about it since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The matter.
    pub case: CaseRow,
    /// The clause.
    pub clause: ClauseRef,
    /// Post told.
    pub to: String,
    /// When.
    pub at: Moment,
}

/// The conditions of what is owed until `$2`, and of what was told about matters that are late at `$2`.
pub(crate) const OWED: &str = "obligation_row o left join case_row c on c.site = o.site and c.id = o.case_id
    where o.site = $1 and o.state = 'open' and o.yields = '' and o.soft = 0 and o.due <= $2
    and (c.id is null or c.state <> 'withdrawn')";
pub(crate) const TOLD: &str = "case_row c
    join escalation_row e on e.site = c.site and e.case_id = c.id and e.told = 1 and e.soft = 0
    where c.site = $1 and c.ended = 0 and c.next_due < $2";

/// Matters taken in during a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekCount {
    /// `2026-W47`.
    pub key: String,
    /// Taken in.
    pub taken: i64,
    /// Of them: with a limit that was broken.
    pub broken: i64,
}

impl House {
    /// The manager's page.
    pub async fn overview(&self, site: i64, now: Moment) -> Result<Overview, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let mut unhappy = queue(tx, site)?;
            unhappy.retain(|row| row.stage == FollowUpStage::Rework);
            Ok(Overview {
                owing: owing(tx, &laws, site, now)?,
                rates: super::rates::rates_now(tx, &laws, site, now)?,
                told: told(tx, &laws, site, now)?,
                unhappy,
                weeks: weeks(tx, &laws, site, now)?,
            })
        })
        .await
    }

    /// Matters taken in during a week (`2026-W47`), the newest first; only those with a broken limit when `broken`. None when that
    /// is no week.
    pub async fn week_list(&self, site: i64, week: String, broken: bool) -> Result<Option<Vec<CaseRow>>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let Ok((Period::Week, first)) = Period::of_key(&week) else { return Ok(None) };
            let (from, until) = moments(&laws, first);
            let text = format!(
                "select {CASE} from case_row c where c.site = $1 and c.record = 0 and c.opened >= $2 and c.opened < $3
                 and c.breaches >= $4 order by c.opened desc, c.id limit {LOOKED_AT}"
            );
            let rows = tx.query(Sql::built(text), &vals![site, from, until, i64::from(broken)])?;
            Ok(Some(rows.iter().map(|row| case(row, 0)).collect::<Result<_, _>>()?))
        })
        .await
    }
}

/// What is open and due until midnight, of matters and by the period.
fn owing(tx: &mut dyn Tx, laws: &Laws, site: i64, now: Moment) -> Result<Owing, Fault> {
    let midnight = laws.zone.end_of_day(laws.zone.date(now));
    let text = format!("select {OBLIGATION} from {OWED} order by o.due, o.id limit {}", LOOKED_AT + 1);
    let rows = tx.query(Sql::built(text), &vals![site, midnight])?;
    let mut rows: Vec<ObligationRow> = rows.iter().map(|row| obligation(row, now)).collect::<Result<_, _>>()?;
    let beyond = rows.len() as i64 > LOOKED_AT;
    let by_period = super::period::owed(tx, laws, site, None, now)?;
    rows.extend(by_period.into_iter().filter(|row| !row.soft && row.due.is_some_and(|due| due <= midnight)));
    rows.sort_by(|one, other| (one.due, &one.id).cmp(&(other.due, &other.id)));
    let mut seen = BTreeSet::new();
    rows.retain(|row| row.case.is_empty() || seen.insert((row.case.clone(), row.must.clone())));
    name_contacts(tx, site, &mut rows)?;
    let (late, today) = rows.into_iter().partition(|row| row.state == State::Overdue);
    Ok(Owing { late, today, beyond })
}

/// Escalations of matters that are late still; whoever stands for the told post and did something since has answered.
fn told(tx: &mut dyn Tx, laws: &Laws, site: i64, now: Moment) -> Result<Vec<Told>, Fault> {
    let text = format!("select {CASE}, e.book, e.clause, e.target, e.at from {TOLD} order by e.at, e.id limit 500");
    let rows = tx.query(Sql::built(text), &vals![site, now])?;
    let one = |row: &Row| {
        Ok(Told {
            case: case(row, 0)?,
            clause: ClauseRef { book: row.string(CASE_WIDTH)?, id: row.string(CASE_WIDTH + 1)? },
            to: row.string(CASE_WIDTH + 2)?,
            at: row.moment(CASE_WIDTH + 3)?,
        })
    };
    let all: Vec<Told> = rows.iter().map(one).collect::<Result<_, Fault>>()?;
    let asks = all.iter().map(|it| {
        let text = sql!("select distinct post from journal where site = $1 and stream = $2 and at > $3");
        (text, vals![site, format!("case:{}", it.case.id), it.at].to_vec())
    });
    let since = tx.queries(asks.collect())?;
    let bound = office::site::bound(&laws.of_site(tx, site)?.charter).bindings;
    let mut open = Vec::new();
    for (one, posts) in all.into_iter().zip(since) {
        let stands = |post: &str| post == one.to || bound.get(&one.to).is_some_and(|to| to.iter().any(|it| it == post));
        let mut answered = false;
        for post in &posts {
            answered |= stands(post.text(0)?);
        }
        if !answered {
            open.push(one);
        }
    }
    Ok(open)
}

/// The first moment of a week and that of the next.
fn moments(laws: &Laws, first: jiff::civil::Date) -> (Moment, Moment) {
    let (from, last) = Period::Week.bounds(first);
    (laws.zone.start_of_day(from), laws.zone.end_of_day(last))
}

fn weeks(tx: &mut dyn Tx, laws: &Laws, site: i64, now: Moment) -> Result<Vec<WeekCount>, Fault> {
    let mut day = laws.zone.date(now);
    let mut days = Vec::new();
    for _ in 0..WEEKS {
        days.push(day);
        day = Period::Week.previous(day);
    }
    days.reverse();
    let asks = days.iter().map(|day| {
        let (from, until) = moments(laws, *day);
        let text = sql!(
            "select count(*), count(case when breaches > 0 then 1 end) from case_row
             where site = $1 and record = 0 and opened >= $2 and opened < $3"
        );
        (text, vals![site, from, until].to_vec())
    });
    let answers = tx.queries(asks.collect())?;
    days.iter()
        .zip(&answers)
        .map(|(day, rows)| {
            let count = |at: usize| rows.first().map_or(Ok(0), |row| row.int(at));
            Ok(WeekCount { key: Period::Week.key(*day), taken: count(0)?, broken: count(1)? })
        })
        .collect()
}
