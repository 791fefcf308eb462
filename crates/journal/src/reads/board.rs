//! 调度: what waits for a worker, who has what, and which new orders still ring. 我的任务: the worker's own list.

use calendar::Moment;

use super::row::{CASE, case};
use super::{Board, CaseRow, Lane};
use crate::fault::Fault;
use crate::house::House;
use crate::tx::{Sql, Tx};
use crate::{sql, vals};

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

    /// New orders that nobody has acknowledged.
    pub async fn ringing(&self, site: i64) -> Result<Vec<(String, String, Moment)>, Fault> {
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

fn ringing(tx: &mut dyn Tx, site: i64) -> Result<Vec<(String, String, Moment)>, Fault> {
    let text = sql!(
        "select case_id, number, since from ring_row where site = $1 and acknowledged is null order by since limit 20"
    );
    let rows = tx.query(text, &vals![site])?;
    rows.iter().map(|row| Ok((row.string(0)?, row.string(1)?, row.moment(2)?))).collect()
}
