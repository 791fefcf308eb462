//! 规程: how each clause is kept in a month, its rates, and the very cases behind a figure. Periodic duties (定期事务) count
//! like what is owed in a case; they are no rows, so they are derived here and stand among the rows.

use calendar::{Moment, Period};
use jiff::Span;
use jiff::civil::Date;
use rulebook::{Figure, State};

use super::follow_up::figures;
use super::period::{as_row, facts_named};
use super::row::{OBLIGATION, obligation};
use super::work::listed;
use super::{ClauseKept, KeptAs, KeptList, MemberRow, ObligationRow};
use crate::fault::Fault;
use crate::house::{House, Laws};
use crate::tx::{Sql, Tx};
use crate::vals;
use crate::value::Val;
use crate::views::month_of;

/// Past its due moment at the value of `$place`: a day is over at its 24:00, a clock limit only after its moment.
pub(super) fn past(place: usize) -> String {
    format!("(o.due < ${place} or (o.due = ${place} and o.due_day = 1))")
}

impl KeptAs {
    /// The rows that count so, when now is the value of `$place`; and whether it is asked for.
    pub(super) fn condition(self, place: usize) -> (String, bool) {
        let past = past(place);
        match self {
            KeptAs::Met => ("o.state = 'met'".to_owned(), false),
            KeptAs::Late => ("o.state = 'met_late' and o.soft = 0".to_owned(), false),
            KeptAs::Missed => ("o.state = 'missed'".to_owned(), false),
            KeptAs::Open => (format!("o.state = 'open' and (o.due is null or not {past})"), true),
            KeptAs::Overdue => (format!("o.state = 'open' and o.soft = 0 and {past}"), true),
            KeptAs::Reminded => (format!("o.soft = 1 and (o.state = 'met_late' or o.state = 'open' and {past})"), true),
        }
    }

    /// How a state counts; none does not count.
    pub(super) fn of_state(state: State, soft: bool) -> Option<KeptAs> {
        match (state, soft) {
            (State::Met, _) => Some(KeptAs::Met),
            (State::MetLate | State::Overdue, true) => Some(KeptAs::Reminded),
            (State::MetLate, false) => Some(KeptAs::Late),
            (State::Overdue, false) => Some(KeptAs::Overdue),
            (State::Missed, _) => Some(KeptAs::Missed),
            (State::Open, _) => Some(KeptAs::Open),
            (State::Waived | State::NotApplicable, _) => None,
        }
    }
}

impl ClauseKept {
    /// Takes in rows of one state, `past` of them beyond their moment now.
    pub(super) fn take(&mut self, state: &str, soft: bool, count: i64, past: i64) {
        match (state, soft) {
            ("met", _) => self.met += count,
            ("met_late", true) => self.soft_late += count,
            ("met_late", false) => self.late += count,
            ("missed", _) => self.missed += count,
            ("open", true) => {
                self.soft_late += past;
                self.open += count - past;
            }
            ("open", false) => {
                self.overdue += past;
                self.open += count - past;
            }
            _ => {}
        }
    }
}

impl House {
    /// Kept, late, open per clause of a book in a month (`2026-11`): the month of the due moment, or of the opening where
    /// there is none.
    pub async fn clauses_kept(
        &self,
        site: i64,
        book: String,
        month: String,
        now: Moment,
    ) -> Result<Vec<ClauseKept>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| kept(tx, &laws, site, &book, &[], std::slice::from_ref(&month), now)).await
    }

    /// The same of some clauses in each of several months, by clause and month; what has no row has no entry.
    pub async fn clauses_in_months(
        &self,
        site: i64,
        book: String,
        clauses: Vec<String>,
        months: Vec<String>,
        now: Moment,
    ) -> Result<Vec<ClauseKept>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| kept(tx, &laws, site, &book, &clauses, &months, now)).await
    }

    /// Obligations of clauses in a month, latest first, one page: the list behind a count. `after` is the `next` of the
    /// page before.
    pub async fn clause_list(
        &self,
        site: i64,
        asked: KeptList,
        now: Moment,
    ) -> Result<(Vec<ObligationRow>, Option<String>), Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let mut vals = vals![site, &asked.book, &asked.month].to_vec();
            let (marks, list) = listed(&asked.clauses, vals.len() + 1);
            vals.extend(list);
            let mut only = String::new();
            if let Some(kept_as) = asked.kept_as {
                let (condition, asks_now) = kept_as.condition(vals.len() + 1);
                only = format!(" and {condition}");
                if asks_now {
                    vals.extend(vals![now]);
                }
            }
            let mut further = String::new();
            let after = asked.after.as_deref().and_then(|after| after.split_once('-'));
            let after = after.and_then(|(opened, id)| Some((opened.parse::<i64>().ok()?, id)));
            if let Some((opened, id)) = after {
                let place = vals.len() + 1;
                further = format!(" and (o.opened < ${place} or o.opened = ${place} and o.id > ${})", place + 1);
                vals.extend(vals![opened, id]);
            }
            let limit = asked.limit.clamp(1, 1000);
            let text = format!(
                "select {OBLIGATION} from obligation_row o left join case_row c on c.site = o.site and c.id = o.case_id
                 where o.site = $1 and o.book = $2 and o.month = $3 and o.clause in ({marks}){only}{further}
                 order by o.opened desc, o.id limit {}",
                limit + 1
            );
            let rows = tx.query(Sql::built(text), &vals)?;
            let mut rows: Vec<ObligationRow> = rows.iter().map(|row| obligation(row, now)).collect::<Result<_, _>>()?;
            let wanted = |row: &ObligationRow| {
                asked.kept_as.is_none_or(|as_asked| KeptAs::of_state(row.state, row.soft) == Some(as_asked))
                    && after.is_none_or(|(opened, id)| (-row.opened.0, row.id.as_str()) > (-opened, id))
            };
            let months = std::slice::from_ref(&asked.month);
            rows.extend(
                by_period(tx, &laws, site, &asked.book, &asked.clauses, months, now)?.into_iter().filter(wanted),
            );
            rows.sort_by(|a, b| (-a.opened.0, &a.id).cmp(&(-b.opened.0, &b.id)));
            let more = rows.len() as i64 > limit;
            rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            let next = rows.last().filter(|_| more).map(|last| format!("{}-{}", last.opened.0, last.id));
            Ok((rows, next))
        })
        .await
    }

    /// The figures of these clauses in these periods (`2026-11`, `2026-W47`, `2026-Q4`), as far as anything was counted.
    pub async fn clause_figures(
        &self,
        site: i64,
        book: String,
        clauses: Vec<String>,
        periods: Vec<String>,
        now: Moment,
    ) -> Result<Vec<Figure>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let found = figures(tx, &laws, site, &periods, Some((&book, &clauses)), now)?;
            Ok(found.into_iter().map(|(_, figure)| figure).collect())
        })
        .await
    }

    /// The members of a rate or count in a period: in the base, exempt, counted, with their cases.
    pub async fn clause_members(
        &self,
        site: i64,
        book: String,
        clause: String,
        period: String,
    ) -> Result<Vec<MemberRow>, Fault> {
        self.read(move |tx| {
            let text = Sql::built(
                "select m.case_id, c.number, c.title, c.place, m.member, m.weight, m.in_base, m.exempt, m.counted,
                 m.in_time, m.final_at from member_row m
                 left join case_row c on c.site = m.site and c.id = m.case_id
                 where m.site = $1 and m.book = $2 and m.clause = $3 and m.period = $4
                 order by m.exempt, m.counted, m.member limit 2000"
                    .to_owned(),
            );
            let rows = tx.query(text, &vals![site, &book, &clause, &period])?;
            rows.iter()
                .map(|row| {
                    Ok(MemberRow {
                        case: row.string(0)?,
                        number: row.maybe_text(1)?.unwrap_or_default().to_owned(),
                        title: row.maybe_text(2)?.unwrap_or_default().to_owned(),
                        place: row.maybe_text(3)?.unwrap_or_default().to_owned(),
                        member: row.string(4)?,
                        weight: row.int(5)?,
                        in_base: row.flag(6)?,
                        exempt: row.flag(7)?,
                        counted: row.int(8)?,
                        in_time: row.int(9)?,
                        final_at: row.maybe_moment(10)?,
                    })
                })
                .collect()
        })
        .await
    }
}

/// Periods of the duties of these clauses (none: of the whole book) that count in these months and have begun.
pub(super) fn by_period(
    tx: &mut dyn Tx,
    laws: &Laws,
    site: i64,
    book: &str,
    clauses: &[String],
    months: &[String],
    now: Moment,
) -> Result<Vec<ObligationRow>, Fault> {
    let law = laws.of_site(tx, site)?;
    let asked =
        |clause: &rulebook::ClauseRef| clause.book == book && (clauses.is_empty() || clauses.contains(&clause.id));
    let first_of = |month: &String| format!("{month}-01").parse::<Date>().ok();
    let (Some(first), Some(last)) =
        (months.iter().filter_map(first_of).min(), months.iter().filter_map(first_of).max())
    else {
        return Ok(Vec::new());
    };
    let Some((named, back)) = law.law.duties_rest_on(&asked) else { return Ok(Vec::new()) };
    let facts = facts_named(tx, site, &named, first.saturating_sub(Span::new().days(back)))?;
    let days = (first, Period::Month.bounds(last).1);
    let periods = law.law.duty_periods_due(&asked, days, &facts, now);
    let begun = periods.into_iter().filter(|it| it.obligation.opened <= now).map(as_row);
    Ok(begun.filter(|row| months.contains(&month_of(row.due, row.end_of_day, row.opened))).collect())
}

/// Counts by clause and month; no clauses: all of the book.
fn kept(
    tx: &mut dyn Tx,
    laws: &Laws,
    site: i64,
    book: &str,
    clauses: &[String],
    months: &[String],
    now: Moment,
) -> Result<Vec<ClauseKept>, Fault> {
    let mut vals: Vec<Val> = vals![site, now, book].to_vec();
    let (in_months, list) = listed(months, vals.len() + 1);
    vals.extend(list);
    let mut only = String::new();
    if !clauses.is_empty() {
        let (in_clauses, list) = listed(clauses, vals.len() + 1);
        vals.extend(list);
        only = format!(" and o.clause in ({in_clauses})");
    }
    let past = past(2);
    let text = format!(
        "select o.clause, o.month, o.state, o.soft, count(*), cast(sum(case when {past} then 1 else 0 end) as {{int}})
         from obligation_row o where o.site = $1 and o.book = $3 and o.month in ({in_months}){only}
         group by o.clause, o.month, o.state, o.soft order by o.clause, o.month"
    );
    let rows = tx.query(Sql::built(text), &vals)?;
    let mut kept: Vec<ClauseKept> = Vec::new();
    for row in &rows {
        let (clause, month) = (row.string(0)?, row.string(1)?);
        if kept.last().is_none_or(|last| last.clause != clause || last.month != month) {
            kept.push(ClauseKept { clause, month, ..ClauseKept::default() });
        }
        let (soft, count, past) = (row.flag(3)?, row.int(4)?, row.int(5)?);
        let Some(last) = kept.last_mut() else { continue };
        last.take(row.text(2)?, soft, count, past);
    }
    for row in by_period(tx, laws, site, book, clauses, months, now)? {
        let Some(kept_as) = KeptAs::of_state(row.state, row.soft) else { continue };
        let month = month_of(row.due, row.end_of_day, row.opened);
        let place = kept.iter().position(|it| it.clause == row.clause.id && it.month == month);
        let place = place.unwrap_or_else(|| {
            kept.push(ClauseKept { clause: row.clause.id.clone(), month, ..ClauseKept::default() });
            kept.len() - 1
        });
        *kept[place].count_mut(kept_as) += 1;
    }
    Ok(kept)
}
