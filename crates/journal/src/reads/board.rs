//! 调度: what waits for a worker, who has what, and which new orders still ring. 我的任务: the worker's own list.

use calendar::Moment;
use serde::{Deserialize, Serialize};

use super::row::{CASE, case};
use super::{Board, CaseRow, Lane};
use crate::fault::Fault;
use crate::house::House;
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
    /// How often the case was chased; none for a new order.
    pub chased: Option<i64>,
    /// The account at which it rings; empty is wherever work is dispatched.
    pub account: String,
    /// Who made it ring by chasing; it does not ring at them.
    pub chaser: String,
}

impl Ringing {
    /// Whether it rings at this account, which dispatches work or not.
    pub fn rings_at(&self, account: &str, dispatches: bool) -> bool {
        if self.account.is_empty() { dispatches && self.chaser != account } else { self.account == account }
    }
}

/// Kinds of case that are dispatched.
const DISPATCHED: &str = "('repair', 'service', 'help', 'alarm', 'first_aid')";

impl House {
    /// The board.
    pub async fn board(&self, site: i64) -> Result<Board, Fault> {
        let workers = self.staff(site).await?;
        self.read(move |tx| {
            let mut board = Board { unassigned: waiting(tx, site)?, lanes: Vec::new(), ringing: ringing(tx, site)? };
            let working = workers.iter().filter(|it| it.active && it.posts.iter().any(|post| post == "technician"));
            for account in working {
                let cases = work_of(tx, site, &account.id)?;
                board.lanes.push(Lane { account: account.clone(), cases });
            }
            Ok(board)
        })
        .await
    }

    /// Open cases of a worker, soonest first.
    pub async fn jobs(&self, site: i64, account: String) -> Result<Vec<CaseRow>, Fault> {
        self.read(move |tx| work_of(tx, site, &account)).await
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
         join case_row c on c.site = r.site and c.id = r.case_id
         where r.site = $1 and r.acknowledged is null order by r.since limit 20"
    );
    let rows = tx.query(text, &vals![site])?;
    let ringing = |row: &Row| -> Result<Ringing, Fault> {
        let chased = row.text(3)? == "chased";
        Ok(Ringing {
            case: row.string(0)?,
            number: row.string(1)?,
            since: row.moment(2)?,
            chased: if chased { Some(row.int(6)?) } else { None },
            account: row.string(4)?,
            chaser: row.string(5)?,
        })
    };
    rows.iter().map(ringing).collect()
}
