//! Where each rate stands now (比率现状): what is needed and done in the periods that run, how much still lacks, and the day
//! after which the target is out of reach. Sums are taken by the store, so that a month of a large site costs one look a rate.

use calendar::{Moment, Period};
use rulebook::model::Kind;
use rulebook::{ClauseRef, Figure, Sums};

use super::ClauseBrief;
use super::follow_up::brief;
use crate::fault::Fault;
use crate::house::{House, Laws, SiteLaw};
use crate::tx::Tx;
use crate::{sql, vals};

/// Members that are looked at for the day by which something must be done.
const LOOKED_AT: i64 = 2_000;

/// A rate of an adopted clause in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateNow {
    /// In words.
    pub brief: ClauseBrief,
    /// Base, needed, done, verdict.
    pub figure: Figure,
    /// Still to be done for the target; 0 where nobody has set one.
    pub lacking: i64,
    /// Members not yet counted that can still be.
    pub open: i64,
    /// While something lacks and can still be done: after this moment the target cannot be reached unless more was done by then.
    pub by: Option<Moment>,
}

impl RateNow {
    /// More lacks than can still be done.
    pub fn out_of_reach(&self) -> bool {
        self.lacking > self.open
    }
}

impl House {
    /// Every rate of the adopted clauses in the periods of today, and in the periods before them while something lacks there and
    /// can still be done. Those that lack come first, what is due soonest on top; a rate without a base is left out.
    pub async fn rates_now(&self, site: i64, now: Moment) -> Result<Vec<RateNow>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| rates_now(tx, &laws, site, now)).await
    }

    /// One rate in one period, from the same sums.
    pub async fn rate_in(&self, site: i64, clause: ClauseRef, period: String, now: Moment) -> Result<RateNow, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            rate(tx, site, &law, &clause, &period, now)
        })
        .await
    }
}

pub(super) fn rates_now(tx: &mut dyn Tx, laws: &Laws, site: i64, now: Moment) -> Result<Vec<RateNow>, Fault> {
    let law = laws.of_site(tx, site)?;
    let today = laws.zone.date(now);
    let mut found: Vec<RateNow> = Vec::new();
    for (clause, pers) in adopted(&law, now) {
        for per in pers {
            let this = rate(tx, site, &law, &clause, &per.key(today), now)?;
            let before = rate(tx, site, &law, &clause, &per.key(per.previous(today)), now)?;
            let still = before.lacking > 0 && before.open > 0;
            found.extend([Some(before).filter(|_| still), Some(this)].into_iter().flatten());
        }
    }
    found.retain(|it| it.figure.base > 0 && it.figure.needed.is_some());
    found.sort_by_key(|it| (it.lacking == 0, it.by.is_none(), it.by, it.figure.clause.clone()));
    Ok(found)
}

/// Rates of the books adopted at this moment that yield to no other clause, with the periods they are counted by.
fn adopted(law: &SiteLaw, now: Moment) -> Vec<(ClauseRef, Vec<Period>)> {
    let mut found = Vec::new();
    for adoption in law.charter.adoptions.iter().filter(|it| it.holds_at(now)) {
        let Some(book) = law.books.get(&adoption.digest) else { continue };
        for rule in book.clauses.iter().flat_map(|clause| &clause.rules) {
            let Kind::Rate(rate) = &rule.kind else { continue };
            let clause = ClauseRef { book: book.id.clone(), id: rule.id.value.clone() };
            let yields = law.charter.preferred_over(&clause, now).next().is_some();
            if !yields && !adoption.except.contains(&clause.id) {
                found.push((clause, rate.per.clone()));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn rate(
    tx: &mut dyn Tx,
    site: i64,
    law: &SiteLaw,
    clause: &ClauseRef,
    period: &str,
    now: Moment,
) -> Result<RateNow, Fault> {
    let text = sql!(
        "select cast(coalesce(sum(case when exempt = 0 then weight else 0 end), 0) as {int}),
         cast(coalesce(sum(case when exempt = 0 then counted else 0 end), 0) as {int}),
         cast(coalesce(sum(case when exempt = 0 then in_time else 0 end), 0) as {int}),
         cast(coalesce(sum(case when exempt = 1 then weight else 0 end), 0) as {int}),
         max(final_at), count(*) - count(final_at)
         from member_row where site = $1 and book = $2 and clause = $3 and period = $4 and in_base = 1"
    );
    let row = tx.first(text, &vals![site, &clause.book, &clause.id, period])?;
    let mut sums = Sums::default();
    if let Some(row) = row {
        (sums.base, sums.done, sums.in_time, sums.exempt) = (row.int(0)?, row.int(1)?, row.int(2)?, row.int(3)?);
        (sums.final_at, sums.unsettled) = (row.maybe_moment(4)?, row.int(5)? > 0);
    }
    let figure = law.law.figure_of(clause, period, &sums, now);
    let lacking = figure.needed.map_or(0, |needed| (needed - figure.done).max(0));
    let (open, by) = if lacking > 0 { windows(tx, site, clause, period, lacking, now)? } else { (0, None) };
    Ok(RateNow { brief: brief(law, clause), figure, lacking, open, by })
}

/// How much of what is not counted can still be, and when the last window closes with which the lacking number can be reached.
fn windows(
    tx: &mut dyn Tx,
    site: i64,
    clause: &ClauseRef,
    period: &str,
    lacking: i64,
    now: Moment,
) -> Result<(i64, Option<Moment>), Fault> {
    let text = sql!(
        "select weight - counted, final_at from member_row
         where site = $1 and book = $2 and clause = $3 and period = $4 and in_base = 1 and exempt = 0
         and counted < weight and (final_at is null or final_at > $5)
         order by case when final_at is null then 0 else 1 end, final_at desc, member limit $6"
    );
    let rows = tx.query(text, &vals![site, &clause.book, &clause.id, period, now, LOOKED_AT])?;
    let (mut open, mut by) = (0, None);
    for row in &rows {
        if open < lacking {
            by = row.maybe_moment(1)?;
        }
        open += row.int(0)?;
    }
    Ok((open, by.filter(|_| open >= lacking)))
}
