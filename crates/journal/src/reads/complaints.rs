//! 投诉看板: open complaints by what presses, and what comes back in the same place, household or matter.

use calendar::{Moment, Zone};
use office::case::CaseKind;
use serde::{Deserialize, Serialize};

use super::CaseRow;
use super::row::{CASE, case};
use crate::fault::{Fault, FaultKind};
use crate::house::{House, SiteLaw};
use crate::tx::{Sql, Tx};
use crate::{sql, vals};

/// The rulebooks' setting beyond which share of households a problem is a common one.
const THRESHOLD: &str = "共性问题的门槛";
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
    /// Households followed up this month, of which a common problem needs its share.
    pub asked: AskedHouseholds,
    /// Share of them, in ten thousand, beyond which a problem is a common one; none when no adopted rulebook says.
    pub threshold: Option<i64>,
}

/// How many households were followed up in a month (回访户数). A matter of nobody's rooms counts for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedHouseholds {
    /// First moment of the month.
    pub since: i64,
    /// How many.
    pub count: i64,
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
    /// Households that raised it; a matter of nobody's rooms counts for one.
    pub households: i64,
    /// Of those followed up this month, how many had raised it.
    pub named: i64,
    /// Number of the common problem that gathers it, of the newest when several do; empty when none does.
    pub common: String,
    /// How many cases are in no common problem yet.
    pub apart: i64,
}

impl Recurring {
    /// Whether more than the threshold of the households asked name it, in ten thousand.
    pub fn is_common(&self, asked: AskedHouseholds, threshold: i64) -> bool {
        office::topic::share(self.named, asked.count).is_some_and(|share| share > threshold)
    }
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

impl SameBy {
    /// Every way in which cases can be the same.
    pub const ALL: [SameBy; 3] = [SameBy::Place, SameBy::Household, SameBy::Topic];

    /// The word in addresses, and the column.
    pub fn column(self) -> &'static str {
        match self {
            SameBy::Place => "place",
            SameBy::Household => "household",
            SameBy::Topic => "topic",
        }
    }
}

impl House {
    /// The board of complaints.
    pub async fn complaints(&self, site: i64, now: Moment) -> Result<ComplaintBoard, Fault> {
        let law = self.law(site).await?;
        let least = law.office_setting("重复问题的件数").parse().unwrap_or(3).max(2);
        let threshold = law.book_setting(THRESHOLD).and_then(|it| it.parse().ok());
        let days = law.office_seconds("重复问题的期间") / 86_400;
        let (from, month) = since(&law, &self.laws().zone, now);
        self.read(move |tx| {
            let text = format!(
                "select {CASE} from case_row c where c.site = $1 and c.kind = 'complaint' and c.ended = 0
                 order by case when c.next_due is null then 1 else 0 end, c.next_due, c.opened limit $2"
            );
            let rows = tx.query(Sql::built(text), &vals![site, SHOWN])?;
            let open = rows.iter().map(|row| case(row, 0)).collect::<Result<Vec<_>, Fault>>()?;
            let text = sql!("select count(*) from case_row where site = $1 and kind = 'complaint' and ended = 0");
            let open_total = tx.first(text, &vals![site])?.map_or(Ok(0), |row| row.int(0))?;
            let asked = asked(tx, site, month)?;
            let recurring = recurring(tx, site, (from, month), least)?;
            Ok(ComplaintBoard { open, open_total, recurring, days, least, asked, threshold })
        })
        .await
    }
}

/// What counts as a household: its unit, or the matter itself when it is of nobody's rooms.
pub(super) const UNIT: &str = "case when c.household = '' then c.id else c.household end";

/// From when on what comes back is looked for, and the first moment of this month.
pub(super) fn since(law: &SiteLaw, zone: &Zone, now: Moment) -> (Moment, Moment) {
    let from = now.plus_seconds(-law.office_seconds("重复问题的期间"));
    (from, zone.start_of_day(zone.date(now).first_of_month()))
}

/// The households followed up since the first moment of a month.
pub(super) fn asked(tx: &mut dyn Tx, site: i64, month: Moment) -> Result<AskedHouseholds, Fault> {
    let text = format!("select count(distinct {UNIT}) from case_row c where c.site = $1 and c.followed >= $2");
    let count = tx.first(Sql::built(text), &vals![site, month])?.map_or(Ok(0), |row| row.int(0))?;
    Ok(AskedHouseholds { since: month.0, count })
}

/// What happened at least so often since a moment, most often first; withdrawn cases and those that join another count
/// once, with the one they join.
fn recurring(tx: &mut dyn Tx, site: i64, (from, month): (Moment, Moment), least: i64) -> Result<Vec<Recurring>, Fault> {
    let mut found = Vec::new();
    for by in SameBy::ALL {
        let (column, kinds) = (by.column(), if by == SameBy::Place { "'complaint', 'repair'" } else { "'complaint'" });
        let text = format!(
            "select c.kind, c.{column}, count(case when c.joined = '' then 1 end), max(c.opened), count(distinct {UNIT}),
             count(distinct case when c.followed >= $4 then {UNIT} end), max(c.common),
             count(case when c.common = '' then 1 end) from case_row c
             where c.site = $1 and c.opened >= $2 and c.kind in ({kinds}) and c.{column} <> ''
             and c.state <> 'withdrawn'
             group by c.kind, c.{column} having count(case when c.joined = '' then 1 end) >= $3
             order by 3 desc, max(c.opened) desc limit 50"
        );
        for row in tx.query(Sql::built(text), &vals![site, from, least, month])? {
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
            let (households, named) = (row.int(4)?, row.int(5)?);
            let (common, apart) = (row.string(6)?, row.int(7)?);
            found.push(Recurring { by, kind, key, place, title, count, last, households, named, common, apart });
        }
    }
    Ok(found)
}
