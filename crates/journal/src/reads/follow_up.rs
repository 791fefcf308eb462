//! 回访: rates of the period and the queue of those still to be asked.

use std::collections::BTreeMap;

use calendar::Moment;
use office::case::CaseState;
use rulebook::model::{Kind, Rule};
use rulebook::{ClauseRef, Figure, Member};

use super::row::{CASE, CASE_WIDTH, case};
use super::statistics::fact;
use super::{ClauseBrief, FollowUpRow, FollowUpStage, FollowUps};
use crate::fault::Fault;
use crate::house::{House, Laws, SiteLaw};
use crate::tx::{Sql, Tx};
use crate::vals;

impl House {
    /// Rates of following up, and the queue. `periods` are the keys shown (`2026-11`, `2026-W47`).
    pub async fn follow_ups(&self, site: i64, periods: Vec<String>, now: Moment) -> Result<FollowUps, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            Ok(FollowUps { rates: figures(tx, &laws, site, &periods, None, now)?, queue: queue(tx, site)? })
        })
        .await
    }
}

/// Whether what a rate counts is a step of following up, as against training given or papers filed.
fn is_of_following_up(laws: &Laws, rule: &Rule) -> bool {
    let Kind::Rate(rate) = &rule.kind else { return false };
    rate.must_all.iter().chain([&rate.must.value]).any(|must| fact(laws, must).starts_with("follow_up."))
}

/// Figures of every rate of following up that has rows in these periods, or of some clauses of a book.
pub(super) fn figures(
    tx: &mut dyn Tx,
    laws: &Laws,
    site: i64,
    periods: &[String],
    only: Option<(&str, &[String])>,
    now: Moment,
) -> Result<Vec<(ClauseBrief, Figure)>, Fault> {
    let law = laws.of_site(tx, site)?;
    let (marks, list) = super::work::listed(periods, 2);
    let mut vals = vals![site].to_vec();
    vals.extend(list);
    let mut of_clauses = String::new();
    if let Some((book, clauses)) = only {
        let (marks, list) = super::work::listed(clauses, vals.len() + 2);
        of_clauses = format!(" and book = ${} and clause in ({marks})", vals.len() + 1);
        vals.extend(vals![book]);
        vals.extend(list);
    }
    let text = format!(
        "select book, clause, period, member, grp, weight, in_base, exempt, counted, in_time, final_at from member_row
         where site = $1 and period in ({marks}){of_clauses} order by book, clause, period, member"
    );
    let mut groups: BTreeMap<(ClauseRef, String), Vec<Member>> = BTreeMap::new();
    for row in tx.query(Sql::built(text), &vals)? {
        let clause = ClauseRef { book: row.string(0)?, id: row.string(1)? };
        let period = row.string(2)?;
        let member = Member {
            clause: clause.clone(),
            period: period.clone(),
            member: row.string(3)?,
            group: row.string(4)?,
            weight: row.int(5)?,
            in_base: row.flag(6)?,
            exempt: row.flag(7)?,
            counted: row.int(8)?,
            in_time: row.int(9)?,
            final_at: row.maybe_moment(10)?,
        };
        groups.entry((clause, period)).or_default().push(member);
    }
    let mut figures = Vec::new();
    for ((clause, period), members) in groups {
        let found = law
            .books
            .values()
            .filter(|book| book.id == clause.book)
            .flat_map(|book| book.clauses.iter().flat_map(|it| &it.rules).map(move |rule| (book, rule)))
            .find(|(_, rule)| rule.id.value == clause.id);
        // Counts keep rows too; they are no rates to be reached.
        if found.is_some_and(|(_, rule)| !matches!(rule.kind, Kind::Rate(_))) {
            continue;
        }
        if only.is_none() && !found.is_some_and(|(_, rule)| is_of_following_up(laws, rule)) {
            continue;
        }
        let brief = found.map(|(book, rule)| ClauseBrief { book: book.name.clone(), summary: rule.summary.clone() });
        let figure = law.law.figure(&clause, &period, members.iter(), now);
        figures.push((brief.unwrap_or_default(), figure));
    }
    Ok(figures)
}

/// A rule in words: its book's name and its summary.
pub(super) fn brief(law: &SiteLaw, clause: &ClauseRef) -> ClauseBrief {
    let found = law.books.values().filter(|book| book.id == clause.book).find_map(|book| {
        let rule = book.clauses.iter().flat_map(|it| &it.rules).find(|rule| rule.id.value == clause.id)?;
        Some(ClauseBrief { book: book.name.clone(), summary: rule.summary.clone() })
    });
    found.unwrap_or_default()
}

/// Cases with an open obligation to follow up, soonest due first, and those whose work waits for a follow-up anyway.
pub(super) fn queue(tx: &mut dyn Tx, site: i64) -> Result<Vec<FollowUpRow>, Fault> {
    let text = format!(
        "select {CASE}, o.book, o.clause, o.due, c.round from case_row c
         left join obligation_row o on o.site = c.site and o.case_id = c.id and o.state = 'open'
         and o.must in ('follow_up.done', 'follow_up.satisfied')
         where c.site = $1 and (c.state = 'awaiting_follow_up' or c.state = 'working' and c.round > 1
         or (c.state = 'closed' or c.record = 1) and o.id is not null)
         order by case when o.due is null then 1 else 0 end, o.due, c.opened limit 400"
    );
    let mut queue: Vec<FollowUpRow> = Vec::new();
    for row in tx.query(Sql::built(text), &vals![site])? {
        let told = case(&row, 0)?;
        let clause = match row.maybe_text(CASE_WIDTH)? {
            Some(book) => {
                let clause = ClauseRef { book: book.to_owned(), id: row.string(CASE_WIDTH + 1)? };
                Some((clause, row.maybe_moment(CASE_WIDTH + 2)?))
            }
            None => None,
        };
        match queue.iter_mut().find(|known| known.case.id == told.id) {
            Some(known) => known.clauses.extend(clause),
            None => queue.push(FollowUpRow {
                case: told,
                clauses: clause.into_iter().collect(),
                round: u32::try_from(row.int(CASE_WIDTH + 3)?).unwrap_or(1),
                attempts: 0,
                planned: None,
                stage: FollowUpStage::default(),
            }),
        }
    }
    told(tx, site, &mut queue)?;
    // Work that began anew for another reason than an unhappy answer is not followed up yet.
    queue.retain(|row| {
        row.case.kind.is_record() || row.case.state != CaseState::Working || row.stage == FollowUpStage::Rework
    });
    queue.sort_by_key(|row| row.stage);
    Ok(queue)
}

/// Attempts, plans and answers stand in the journal; read for the shown cases only.
fn told(tx: &mut dyn Tx, site: i64, queue: &mut [FollowUpRow]) -> Result<(), Fault> {
    let streams: Vec<String> = queue.iter().map(|row| format!("case:{}", row.case.id)).collect();
    if streams.is_empty() {
        return Ok(());
    }
    let (marks, list) = super::work::listed(&streams, 2);
    let text = format!(
        "select stream, name, body from journal where site = $1 and stream in ({marks})
         and name in ('follow_up.attempted', 'follow_up.planned', 'follow_up.satisfied', 'follow_up.dissatisfied',
         'follow_up.rework_done', 'follow_up.reviewed', 'case.reopened', 'repair.completed') order by seq"
    );
    let mut vals = vals![site].to_vec();
    vals.extend(list);
    for row in tx.query(Sql::built(text), &vals)? {
        let stream = row.text(0)?.trim_start_matches("case:").to_owned();
        let Some(shown) = queue.iter_mut().find(|it| it.case.id == stream) else { continue };
        match row.text(1)? {
            "follow_up.attempted" => shown.attempts += 1,
            "follow_up.planned" => {
                let body: serde_json::Value = serde_json::from_str(row.text(2)?).unwrap_or_default();
                let planned = body.pointer("/attributes/follow_up.planned_at").and_then(serde_json::Value::as_str);
                shown.planned = planned.and_then(|micros| micros.parse().ok()).map(Moment);
            }
            "follow_up.satisfied" => shown.stage = FollowUpStage::ToReview,
            "follow_up.dissatisfied" => shown.stage = FollowUpStage::Rework,
            "follow_up.reviewed" if shown.stage == FollowUpStage::ToReview => shown.stage = FollowUpStage::Reviewed,
            "follow_up.reviewed" => {}
            // Handled again, reopened or repaired anew: it is asked again.
            _ => shown.stage = FollowUpStage::ToAsk,
        }
    }
    Ok(())
}
