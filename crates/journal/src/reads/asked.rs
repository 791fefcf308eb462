//! What is asked of one person by name (点名要办) and not done, and by when it is to be.

use calendar::{Moment, Zone};
use jiff::ToSpan;
use jiff::civil::Date;
use office::asked;

use super::CaseRow;
use super::row::{CASE, CASE_WIDTH, case};
use crate::fault::Fault;
use crate::house::House;
use crate::tx::Sql;
use crate::vals;

/// Rows shown at most.
const SHOWN: i64 = 60;

/// One thing that somebody is asked to do.
#[derive(Clone, Debug)]
pub struct AskedOf {
    /// The record.
    pub case: CaseRow,
    /// The act.
    pub act: String,
    /// Since when.
    pub since: Moment,
    /// The moment by which: the end of the day that was said, or of the last day of the office's setting.
    pub due: Moment,
    /// How often they were reminded.
    pub reminded: i64,
}

impl House {
    /// What this account is asked to do, what is due first on top.
    pub async fn asked_of(&self, site: i64, account: String) -> Result<Vec<AskedOf>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let days = laws.of_site(tx, site)?.office_setting(asked::DAYS).parse::<i64>().unwrap_or(3);
            let text = format!(
                "select {CASE}, a.act, a.since, a.by_day, a.reminded from asked_row a
                 join case_row c on c.site = a.site and c.id = a.case_id
                 where a.site = $1 and a.account = $2 and a.done = 0 order by a.since, a.case_id, a.act limit $3"
            );
            let mut rows = Vec::new();
            for row in tx.query(Sql::built(text), &vals![site, &account, SHOWN])? {
                let since = row.moment(CASE_WIDTH + 1)?;
                rows.push(AskedOf {
                    case: case(&row, 0)?,
                    act: row.string(CASE_WIDTH)?,
                    since,
                    due: due(&laws.zone, since, row.text(CASE_WIDTH + 2)?.parse().ok(), days),
                    reminded: row.int(CASE_WIDTH + 3)?,
                });
            }
            rows.sort_by_key(|it| it.due);
            Ok(rows)
        })
        .await
    }
}

/// The end of the day by which something was asked, or so many days after it was asked.
pub fn due(zone: &Zone, since: Moment, by: Option<Date>, days: i64) -> Moment {
    let last = by.unwrap_or_else(|| zone.date(since).saturating_add(days.clamp(0, 365).days()));
    zone.start_of_day(last.saturating_add(1.day()))
}
