//! 投诉看板: open complaints by what presses, and what comes back in the same place, household or matter.

use calendar::Moment;
use office::case::CaseKind;
use serde::{Deserialize, Serialize};

use super::CaseRow;
use super::row::{CASE, case};
use crate::fault::{Fault, FaultKind};
use crate::house::House;
use crate::tx::{Sql, Tx};
use crate::{sql, vals};

/// Cards on the board.
const SHOWN: i64 = 500;

/// 投诉看板: what is open, by due moment, and what comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintBoard {
    /// Open complaints, the one that presses most first. At most 500.
    pub open: Vec<CaseRow>,
    /// All that are open, beyond the 500 too.
    pub open_total: i64,
    /// What came back often enough.
    pub recurring: Vec<Recurring>,
    /// Days looked back for that (setting 重复问题的期间).
    pub days: i64,
    /// How often is often enough (setting 重复问题的件数).
    pub least: i64,
}

/// The same thing again and again (重复问题).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurring {
    /// What is the same.
    pub by: SameBy,
    /// Kind of the cases.
    pub kind: CaseKind,
    /// The place, household or topic id that is the same.
    pub key: String,
    /// Place of the last one.
    pub place: String,
    /// Words of the last one.
    pub title: String,
    /// How many.
    pub count: i64,
    /// The last one.
    pub last: Moment,
}

/// What recurring cases have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SameBy {
    /// Place and kind.
    Place,
    /// Household and kind.
    Household,
    /// What it is about.
    Topic,
}

impl House {
    /// The board of complaints.
    pub async fn complaints(&self, site: i64, now: Moment) -> Result<ComplaintBoard, Fault> {
        let law = self.law(site).await?;
        let least = law.office_setting("重复问题的件数").parse().unwrap_or(3).max(2);
        let seconds = law.office_seconds("重复问题的期间");
        self.read(move |tx| {
            let text = format!(
                "select {CASE} from case_row c where c.site = $1 and c.kind = 'complaint' and c.ended = 0
                 order by case when c.next_due is null then 1 else 0 end, c.next_due, c.opened limit $2"
            );
            let rows = tx.query(Sql::built(text), &vals![site, SHOWN])?;
            let open = rows.iter().map(|row| case(row, 0)).collect::<Result<Vec<_>, Fault>>()?;
            let text = sql!("select count(*) from case_row where site = $1 and kind = 'complaint' and ended = 0");
            let open_total = tx.first(text, &vals![site])?.map_or(Ok(0), |row| row.int(0))?;
            let recurring = recurring(tx, site, now.plus_seconds(-seconds), least)?;
            Ok(ComplaintBoard { open, open_total, recurring, days: seconds / 86_400, least })
        })
        .await
    }
}

/// What happened at least so often since a moment, most often first; withdrawn cases and those that join another count
/// once, with the one they join.
fn recurring(tx: &mut dyn Tx, site: i64, from: Moment, least: i64) -> Result<Vec<Recurring>, Fault> {
    let mut found = Vec::new();
    for (by, column, kinds) in [
        (SameBy::Place, "place", "'complaint', 'repair'"),
        (SameBy::Household, "household", "'complaint'"),
        (SameBy::Topic, "topic", "'complaint'"),
    ] {
        let text = format!(
            "select c.kind, c.{column}, count(*), max(c.opened) from case_row c
             where c.site = $1 and c.opened >= $2 and c.kind in ({kinds}) and c.{column} <> '' and c.joined = ''
             and c.state <> 'withdrawn'
             group by c.kind, c.{column} having count(*) >= $3 order by count(*) desc, max(c.opened) desc limit 50"
        );
        for row in tx.query(Sql::built(text), &vals![site, from, least])? {
            let kind = CaseKind::of(row.text(0)?).ok_or_else(|| Fault::new(FaultKind::Corrupt, "an unknown kind"))?;
            let (key, count, last) = (row.string(1)?, row.int(2)?, row.moment(3)?);
            let text = format!(
                "select c.place, c.title from case_row c
                 where c.site = $1 and c.kind = $2 and c.{column} = $3 and c.opened = $4 order by c.id limit 1"
            );
            let one = tx.first(Sql::built(text), &vals![site, kind.id(), &key, last])?;
            let (place, title) = match one {
                Some(row) => (row.string(0)?, row.string(1)?),
                None => Default::default(),
            };
            found.push(Recurring { by, kind, key, place, title, count, last });
        }
    }
    Ok(found)
}
