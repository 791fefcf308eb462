//! 调度: what waits for a worker, who has what, and which new orders still ring. 我的任务: the worker's own list.

use std::collections::BTreeMap;

use calendar::Moment;
use office::case::Case;
use office::suggest::Worker;
use serde::{Deserialize, Serialize};

use super::row::{CASE, case};
use super::{Board, CaseRow, Lane, shift};
use crate::fault::Fault;
use crate::house::House;
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::value::Row;
use crate::{sql, vals};

/// A bell that nobody has stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ringing {
    /// Stream id of the case.
    pub case: String,
    /// Its number.
    pub number: String,
    /// Since when.
    pub since: Moment,
    /// Why.
    pub why: Why,
    /// The account at which it rings; empty is wherever work is dispatched.
    pub account: String,
    /// Who made it ring by chasing or calling; it does not ring at them.
    pub chaser: String,
}

/// Why a bell rings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// A new order waits for a worker.
    Order,
    /// The case was chased, so often by now.
    Chased(i64),
    /// The resident says by the link that it is not solved.
    Unsolved,
    /// A work order (工作单) waits for its receiver's signature.
    WorkOrder,
    /// A deduction (扣款建议) is proposed that concerns whom it rings at.
    Deduction,
    /// A visitor is agitated, and a supervisor is called to them.
    Visitor {
        /// Desk id.
        station: String,
        /// Where the visitor was taken, an id; empty is the desk.
        taken_to: String,
        /// Where the visitor lives, in words.
        place: String,
    },
}

impl Ringing {
    /// Whether it rings at this account, which dispatches work or not, and is on duty as a supervisor or not.
    pub fn rings_at(&self, account: &str, dispatches: bool, supervises: bool) -> bool {
        match self.why {
            Why::Visitor { .. } => supervises && self.chaser != account,
            _ if self.account.is_empty() => dispatches && self.chaser != account,
            _ => self.account == account,
        }
    }
}

/// Kinds of case that are dispatched.
const DISPATCHED: &str = "('repair', 'service', 'help', 'alarm', 'first_aid')";

impl House {
    /// The board.
    pub async fn board(&self, site: i64) -> Result<Board, Fault> {
        let workers = self.staff(site).await?;
        self.read(move |tx| {
            let (unassigned, ringing, alarms) = (waiting(tx, site)?, ringing(tx, site)?, alarms(tx, site)?);
            let mut board = Board { unassigned, lanes: Vec::new(), ringing, alarms };
            let working = workers.iter().filter(|it| it.active && it.posts.iter().any(|post| post == "technician"));
            for account in working {
                // A work order is another's to give, and is not dragged about on the board.
                let mut cases = work_of(tx, site, &account.id)?;
                cases.retain(|row| !row.kind.is_record());
                board.lanes.push(Lane { account: account.clone(), cases });
            }
            Ok(board)
        })
        .await
    }

    /// The repairers as they can be sent at a moment: on the roster, on leave, with what is in hand; in the order of the lanes.
    pub async fn workers(&self, site: i64, lanes: Vec<Lane>, now: Moment) -> Result<Vec<Worker>, Fault> {
        self.read(move |tx| {
            let next = now.plus_micros(1);
            let planned = shift::shifts(tx, site, now, next)?;
            let away = shift::leaves(tx, site, now, next)?;
            let worker = |lane: &Lane| Worker {
                on_duty: planned.iter().any(|it| it.account == lane.account.id),
                on_leave: away.iter().any(|(account, leave)| leave.granted && *account == lane.account.id),
                places: lane.cases.iter().map(|row| row.place.clone()).collect(),
                id: lane.account.id.clone(),
                name: lane.account.name.clone(),
                does: lane.account.trade.clone(),
            };
            Ok(lanes.iter().map(worker).collect())
        })
        .await
    }

    /// Open cases of a worker, soonest first.
    pub async fn jobs(&self, site: i64, account: String) -> Result<Vec<CaseRow>, Fault> {
        self.read(move |tx| work_of(tx, site, &account)).await
    }

    /// Matters with an appointment from a moment on that this account has or had, by their time.
    pub async fn visits(&self, site: i64, account: String, from: Moment) -> Result<Vec<Case>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select case_id from visit_row where site = $1 and account = $2 and begins >= $3
                 order by begins, case_id limit 500"
            );
            let mut visits = Vec::new();
            for row in tx.query(text, &vals![site, &account, from])? {
                let id = row.text(0)?;
                visits.extend(office::case::replay(id, &stream::load(tx, site, &format!("case:{id}"))?));
            }
            Ok(visits)
        })
        .await
    }

    /// Open matters whose booked time has come and which nobody has finished, the oldest appointment first.
    pub async fn booked_visits(&self, site: i64, now: Moment) -> Result<Vec<CaseRow>, Fault> {
        self.read(move |tx| {
            let text = format!(
                "select {CASE} from case_row c where c.site = $1 and c.ended = 0 and c.appointment <= $2
                 and c.state in ('registered', 'working') order by c.appointment, c.id limit 50"
            );
            tx.query(Sql::built(text), &vals![site, now])?.iter().map(|row| case(row, 0)).collect()
        })
        .await
    }

    /// New orders and chased matters that nobody has acknowledged.
    pub async fn ringing(&self, site: i64) -> Result<Vec<Ringing>, Fault> {
        self.read(move |tx| ringing(tx, site)).await
    }
}

fn waiting(tx: &mut dyn Tx, site: i64) -> Result<Vec<CaseRow>, Fault> {
    let text = format!(
        "select {CASE} from case_row c where c.site = $1 and c.ended = 0 and c.assignee = ''
         and c.state in ('registered', 'working') and c.kind in {DISPATCHED}
         order by case when c.next_due is null then 1 else 0 end, c.next_due, c.opened limit 200"
    );
    let rows = tx.query(Sql::built(text), &vals![site])?;
    rows.iter().map(|row| case(row, 0)).collect()
}

/// The soonest alarm of each order that waits without a limit.
fn alarms(tx: &mut dyn Tx, site: i64) -> Result<BTreeMap<String, (Moment, Moment, bool)>, Fault> {
    let text = format!(
        "select o.case_id, o.opened, o.due, o.due_day from case_row c
         join obligation_row o on o.site = c.site and o.case_id = c.id
         where c.site = $1 and c.ended = 0 and c.assignee = '' and c.next_due is null
         and c.state in ('registered', 'working') and c.kind in {DISPATCHED}
         and o.state = 'open' and o.soft = 1 and o.yields = '' and o.due is not null
         order by o.due desc limit 400"
    );
    let rows = tx.query(Sql::built(text), &vals![site])?;
    // The later ones come first and give way.
    rows.iter().map(|row| Ok((row.string(0)?, (row.moment(1)?, row.moment(2)?, row.flag(3)?)))).collect()
}

fn work_of(tx: &mut dyn Tx, site: i64, account: &str) -> Result<Vec<CaseRow>, Fault> {
    let text = format!(
        "select {CASE} from case_row c where c.site = $1 and c.ended = 0 and c.assignee = $2
         order by case when c.next_due is null then 1 else 0 end, c.next_due, c.opened limit 200"
    );
    let rows = tx.query(Sql::built(text), &vals![site, account])?;
    rows.iter().map(|row| case(row, 0)).collect()
}

fn ringing(tx: &mut dyn Tx, site: i64) -> Result<Vec<Ringing>, Fault> {
    let text = sql!(
        "select r.case_id, r.number, r.since, r.what, r.account, r.chaser, c.chased from ring_row r
         left join case_row c on c.site = r.site and c.id = r.case_id
         where r.site = $1 and r.acknowledged is null order by r.since limit 20"
    );
    let rows = tx.query(text, &vals![site])?;
    let mut ringing = |row: &Row| -> Result<Ringing, Fault> {
        let why = match row.text(3)? {
            "supervisor" => visitor(tx, site, row.text(0)?)?,
            "chased" => Why::Chased(row.maybe_int(6)?.unwrap_or_default()),
            "unsolved" => Why::Unsolved,
            "work_order" => Why::WorkOrder,
            "deduction" => Why::Deduction,
            _ => Why::Order,
        };
        Ok(Ringing {
            case: row.string(0)?,
            number: row.string(1)?,
            since: row.moment(2)?,
            why,
            account: row.string(4)?,
            chaser: row.string(5)?,
        })
    };
    rows.iter().map(&mut ringing).collect()
}

/// Where the agitated visitor of a contact is.
fn visitor(tx: &mut dyn Tx, site: i64, contact: &str) -> Result<Why, Fault> {
    let entries = stream::load(tx, site, &format!("contact:{contact}"))?;
    let known = office::contact::replay(contact, &entries);
    let (station, place) = known.as_ref().map(|it| (it.station.clone(), it.place.clone())).unwrap_or_default();
    let taken_to = known.and_then(|mut it| it.attributes.remove("contact.moved_to")).unwrap_or_default();
    Ok(Why::Visitor { station, taken_to, place })
}
