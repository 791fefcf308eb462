//! 回访计划: what each clause that asks a share still needs, the calls planned and not yet made, by time, and the draws behind them.

use std::collections::BTreeMap;

use calendar::Moment;
use rulebook::{ClauseRef, Figure};

use super::follow_up::brief;
use super::row::{CASE, case};
use super::work::listed;
use super::{CaseRow, ClauseBrief};
use crate::fault::Fault;
use crate::house::{BY_DRAW, FollowUpDraw, House, Standing, drawn_periods, draws_of, standings};
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::{sql, vals};

/// Draws shown.
const DRAWS: usize = 30;

/// The plan of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowUpPlan {
    /// Clauses that ask a share, in periods that run or whose calls may still be made.
    pub rates: Vec<PlannedRate>,
    /// Calls planned and not yet made, soonest first.
    pub lines: Vec<PlanLine>,
    /// The latest draws, the latest first.
    pub draws: Vec<DrawnOnce>,
    /// Households asked how satisfied they are, this month.
    pub survey: SurveyMonth,
}

/// Households of a month that are asked how satisfied they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SurveyMonth {
    /// To be asked, by the office's setting.
    pub wanted: i64,
    /// Chosen.
    pub chosen: i64,
    /// Asked, each household once.
    pub answered: i64,
}

/// A clause in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRate {
    /// In words.
    pub brief: ClauseBrief,
    /// Base, needed, done.
    pub figure: Figure,
    /// Planned and not yet made.
    pub planned: i64,
    /// That can still be drawn.
    pub open: i64,
    /// Given up, since nobody was reached.
    pub given_up: i64,
    /// The period is over: nothing more comes into the base.
    pub ended: bool,
}

impl PlannedRate {
    /// Lacking after all that is done and planned.
    pub fn lacking(&self) -> i64 {
        (self.figure.needed.unwrap_or(0) - self.figure.done - self.planned).max(0)
    }

    /// What lacks and can still be drawn.
    pub fn to_draw(&self) -> i64 {
        self.lacking().min(self.open)
    }
}

/// A planned call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    /// The case.
    pub case: CaseRow,
    /// When.
    pub at: Moment,
    /// Who goes or calls; empty while nobody was named.
    pub visitor: String,
    /// It was drawn, not chosen.
    pub drawn: bool,
    /// Clauses that the call serves, with their periods.
    pub serves: Vec<(ClauseRef, String)>,
}

/// One draw of one clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnOnce {
    /// When.
    pub at: Moment,
    /// By whom.
    pub account: String,
    /// What.
    pub draw: FollowUpDraw,
}

impl House {
    /// The follow-up plan as it stands.
    pub async fn follow_up_plan(&self, site: i64, now: Moment) -> Result<FollowUpPlan, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let mut plan = FollowUpPlan::default();
            let mut planned: BTreeMap<String, Vec<(ClauseRef, String)>> = BTreeMap::new();
            for (period, clause) in drawn_periods(&law, &laws.zone, now) {
                let found = standings(tx, site, &law, (&clause, &period), now)?;
                let coming: Vec<&Standing> = found.iter().filter(|it| it.is_planned()).collect();
                let open = found.iter().filter(|it| it.is_open(now)).count() as i64;
                let ended = calendar::Period::of_key(&period)
                    .is_ok_and(|(per, day)| laws.zone.end_of_day(per.bounds(day).1) <= now);
                if found.is_empty() || ended && coming.is_empty() && open == 0 {
                    continue;
                }
                let figure = law.law.figure(&clause, &period, found.iter().map(|it| &it.member), now);
                plan.rates.push(PlannedRate {
                    brief: brief(&law, &clause),
                    figure,
                    planned: coming.len() as i64,
                    open,
                    ended,
                    given_up: found.iter().filter(|it| it.given_up && it.member.counted == 0).count() as i64,
                });
                for one in coming {
                    planned.entry(one.case.clone()).or_default().push((clause.clone(), period.clone()));
                }
            }
            plan.lines = lines(tx, site, planned)?;
            plan.survey = survey_month(tx, site, laws.zone.start_of_day(laws.zone.date(now).first_of_month()))?;
            plan.survey.wanted = law.office_setting(office::survey::EACH_MONTH).trim().parse().unwrap_or(0);
            for year in [laws.zone.date(now).year(), laws.zone.date(now).year() - 1] {
                let entries = stream::load(tx, site, &draws_of(year))?;
                let left = DRAWS - plan.draws.len();
                let draws = entries.iter().rev().filter_map(|entry| {
                    Some(DrawnOnce {
                        at: entry.at,
                        account: entry.actor.clone(),
                        draw: FollowUpDraw::of(&entry.event)?,
                    })
                });
                plan.draws.extend(draws.take(left));
            }
            Ok(plan)
        })
        .await
    }
}

/// Households chosen since a moment, and those of them that answered.
fn survey_month(tx: &mut dyn Tx, site: i64, since: Moment) -> Result<SurveyMonth, Fault> {
    let text = sql!(
        "select count(distinct c.household), count(distinct case when exists (select 1 from journal j
         where j.site = c.site and j.stream = 'case:' || c.id and j.name = 'survey.household_answered') then c.household end)
         from case_row c where c.site = $1 and c.kind = 'surveys' and c.opened >= $2 and c.state <> 'withdrawn'"
    );
    let row = tx.first(text, &vals![site, since])?;
    let count = |at: usize| row.as_ref().map_or(Ok(0), |row| row.int(at));
    Ok(SurveyMonth { wanted: 0, chosen: count(0)?, answered: count(1)? })
}

/// The planned calls of these cases, as the last plan of each says.
fn lines(
    tx: &mut dyn Tx,
    site: i64,
    planned: BTreeMap<String, Vec<(ClauseRef, String)>>,
) -> Result<Vec<PlanLine>, Fault> {
    let ids: Vec<String> = planned.keys().cloned().collect();
    let mut lines = Vec::new();
    for some in ids.chunks(200) {
        let (marks, list) = listed(some, 2);
        let mut vals = vals![site].to_vec();
        vals.extend(list);
        let text = format!("select {CASE} from case_row c where c.site = $1 and c.id in ({marks})");
        for row in tx.query(Sql::built(text), &vals)? {
            let told = case(&row, 0)?;
            let entries = stream::load(tx, site, &format!("case:{}", told.id))?;
            let Some(last) = entries.iter().rev().find(|entry| entry.event.name == "follow_up.planned") else {
                continue;
            };
            let said = |id: &str| last.event.body.attributes.get(id).cloned().unwrap_or_default();
            lines.push(PlanLine {
                at: said("follow_up.planned_at").parse().map_or(last.at, Moment),
                visitor: said("follow_up.visitor"),
                drawn: entries.iter().any(|entry| entry.event.body.links.contains_key(BY_DRAW)),
                serves: planned.get(&told.id).cloned().unwrap_or_default(),
                case: told,
            });
        }
    }
    lines.sort_by(|one, other| (one.at, &one.case.number).cmp(&(other.at, &other.case.number)));
    Ok(lines)
}
