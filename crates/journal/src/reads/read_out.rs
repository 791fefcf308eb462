//! 念进度: what there is to tell a caller about a matter, short enough to be read out.

use calendar::Moment;
use office::Actor;
use office::Refusal;
use office::act::find;
use office::case::{Case, Latitude, offer, replay};
use rulebook::{Fact, State};
use serde::{Deserialize, Serialize};

use super::CaseRow;
use super::case_page::{names, stream_id};
use super::row::{CASE, case as case_row};
use crate::fault::Fault;
use crate::house::House;
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::{sql, vals};

/// What there is to read out to a caller about a matter (念进度): who has it, the last step, what was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOut {
    /// The case.
    pub case: CaseRow,
    /// Name of who has the work; none when nobody has.
    pub worker: Option<String>,
    /// Post that owes the next step; empty when none does.
    pub bearer: String,
    /// The last step that moved it: fact id and when.
    pub last: Option<(String, Moment)>,
    /// What was promised or agreed with the caller.
    pub promised: Option<Moment>,
    /// The next hard limit: acts that keep it, due moment, whether that is 24:00 of a date.
    pub next: Option<(Vec<String>, Moment, bool)>,
    /// Why it cannot be chased any more; none when it can.
    pub refused: Option<Refusal>,
    /// The developer's order that is under way for it; none when there is none.
    pub order: Option<OrderTold>,
}

/// How far a developer's order is (返修进度).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderTold {
    /// Number of the order.
    pub number: String,
    /// Developer or contractor.
    pub party: String,
    /// Fact id of the last step.
    pub last: String,
    /// The day by which the developer promised to be done, as written; empty when nobody promised.
    pub promised: String,
}

/// Attributes that hold what was promised to the customer, the strongest first.
const PROMISES: [&str; 4] =
    ["case.promised_time", "follow_up.answer_by", "repair.appointment_end", "repair.appointment"];

/// Facts that do not move a matter: what is said about it.
const TALK: [&str; 4] = ["case.chased", "case.note_added", "case.contacted", "case.customer_contacted"];

impl House {
    /// What to read out, and whether this reader may chase it now; none when there is no such case.
    pub async fn read_out(&self, site: i64, id: String, actor: Actor, now: Moment) -> Result<Option<ReadOut>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let Some(id) = stream_id(tx, site, &id)? else { return Ok(None) };
            let entries = stream::load(tx, site, &format!("case:{id}"))?;
            let Some(case) = replay(&id, &entries) else { return Ok(None) };
            let text = format!("select {CASE} from case_row c where c.site = $1 and c.id = $2");
            let Some(row) = tx.first(Sql::built(text), &vals![site, &id])? else { return Ok(None) };
            let law = laws.of_site(tx, site)?;
            let facts = case.facts();
            let derived = law.derive(&id, &facts, now);
            let open = derived.obligations.iter().filter(|it| matches!(it.state, State::Open | State::Overdue));
            let mut open: Vec<_> = open.filter(|it| !it.soft && it.yields_to.is_none()).collect();
            open.sort_by_key(|it| (it.due.is_none(), it.due));
            let names = names(tx, site)?;
            let refuses = |fact: &Fact| law.refuses(&facts, fact);
            let word = |id: &str| laws.word(id);
            let mut next_number = |_: &str, _: &str| 0;
            let mut latitude = Latitude {
                now,
                zone: &laws.zone,
                actor: &actor,
                stands_for: &[],
                late_needs_reason: 0,
                late_needs_approval: 0,
                speaks_of: &|fact| law.speaks_of(fact, now),
                reminders_apart: 0,
                refuses: &refuses,
                word: &word,
                next_number: &mut next_number,
            };
            Ok(Some(ReadOut {
                case: case_row(&row, 0)?,
                worker: case.assignee.as_ref().map(|id| names.get(id).unwrap_or(id).clone()),
                bearer: open.first().map(|it| it.bearer.clone()).unwrap_or_default(),
                last: last_step(&case),
                promised: promised(&case),
                next: open.first().and_then(|it| Some((it.must.clone(), it.due?, it.end_of_day))),
                refused: find("case.chased").and_then(|act| offer(&mut latitude, &case, act).err()),
                order: order(tx, site, &case.number)?,
            }))
        })
        .await
    }
}

/// The open developer's order of a matter.
fn order(tx: &mut dyn Tx, site: i64, number: &str) -> Result<Option<OrderTold>, Fault> {
    let text = sql!(
        "select id from case_row where site = $1 and joined = $2 and joined <> '' and kind = $3 and ended = 0 order by opened"
    );
    let Some(row) = tx.first(text, &vals![site, number, office::warranty::ORDERS])? else { return Ok(None) };
    let id = row.string(0)?;
    let Some(order) = replay(&id, &stream::load(tx, site, &format!("case:{id}"))?) else { return Ok(None) };
    let said = |id: &str| order.attributes.get(id).cloned().unwrap_or_default();
    let last = last_step(&order).map(|(fact, _)| fact).unwrap_or_default();
    Ok(Some(OrderTold { party: said("defect.party"), promised: said("defect.promised"), last, number: order.number }))
}

/// The last entry that moved the matter.
fn last_step(case: &Case) -> Option<(String, Moment)> {
    let told = |name: &str| !office::form::internal_step(name) && !TALK.contains(&name);
    let last =
        case.entries.iter().filter(|entry| told(&entry.event.name)).max_by_key(|it| (it.event.happened, it.seq))?;
    Some((last.event.name.clone(), last.event.happened))
}

fn promised(case: &Case) -> Option<Moment> {
    let moment = |id: &str| case.attributes.get(id).and_then(|value| value.parse().ok()).map(Moment);
    PROMISES.iter().find_map(|id| moment(id))
}
