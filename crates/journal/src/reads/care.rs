//! 按期跟进: what of the records that stay open for long has to be done by now; and the suppliers that can be chosen.

use calendar::Moment;
use office::care;
use office::case::{Case, replay};

use super::row::{CASE, CASE_WIDTH, case as case_row};
use super::{CaseRow, SupplierRow};
use crate::fault::Fault;
use crate::house::{House, Laws, SiteLaw};
use crate::stream;
use crate::tx::Sql;
use crate::{sql, vals};

/// Rows read at most: an office with more has other worries.
const MOST: i64 = 500;

impl House {
    /// What is due by a moment, with the act and when it was due, the earliest first.
    pub async fn care_due(&self, site: i64, by: Moment) -> Result<Vec<(CaseRow, String, Moment)>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let text = format!(
                "select {CASE}, w.act, w.since from care_row w join case_row c on c.site = w.site and c.id = w.case_id
                 where w.site = $1 and c.ended = 0 order by w.since, w.case_id, w.act limit $2"
            );
            let mut due = Vec::new();
            for row in tx.query(Sql::built(text), &vals![site, MOST])? {
                let act = row.string(CASE_WIDTH)?;
                let at = due_at(&law, &act, row.moment(CASE_WIDTH + 1)?);
                if at <= by {
                    due.push((case_row(&row, 0)?, act, at));
                }
            }
            due.sort_by_key(|(_, _, at)| *at);
            Ok(due)
        })
        .await
    }

    /// What this account told residents a time for that has passed by now, with the act that is offered, when it was, and
    /// whether its bell was answered; the earliest first.
    pub async fn promises_passed(
        &self,
        site: i64,
        account: String,
        now: Moment,
    ) -> Result<Vec<(CaseRow, String, Moment, bool)>, Fault> {
        self.read(move |tx| {
            let text = format!(
                "select {CASE}, p.act, p.due, p.heard from promise_row p
                 join case_row c on c.site = p.site and c.id = p.case_id
                 where p.site = $1 and p.account = $2 and p.due <= $3 order by p.due, p.case_id, p.act limit 50"
            );
            let rows = tx.query(Sql::built(text), &vals![site, &account, now])?;
            let passed = |row: &crate::value::Row| {
                let (act, due) = (row.string(CASE_WIDTH)?, row.moment(CASE_WIDTH + 1)?);
                Ok((case_row(row, 0)?, act, due, row.flag(CASE_WIDTH + 2)?))
            };
            rows.iter().map(passed).collect()
        })
        .await
    }

    /// The suppliers on file that are not struck off, and why one cannot be chosen on a day.
    pub async fn suppliers(&self, site: i64, on: jiff::civil::Date) -> Result<Vec<SupplierRow>, Fault> {
        self.read(move |tx| {
            let text =
                sql!("select id from case_row where site = $1 and kind = $2 and ended = 0 order by number limit $3");
            let mut rows = Vec::new();
            for row in tx.query(text, &vals![site, office::supplier::REGISTER, MOST])? {
                let id = row.string(0)?;
                let Some(found) = replay(&id, &stream::load(tx, site, &format!("case:{id}"))?) else { continue };
                let said = |attribute: &str| found.attributes.get(attribute).cloned().unwrap_or_default();
                rows.push(SupplierRow {
                    name: said(office::supplier::NAME),
                    trade: said("supplier.trade"),
                    unfit: office::supplier::unfit(&found, on).map(str::to_owned),
                    number: found.number,
                });
            }
            Ok(rows)
        })
        .await
    }
}

/// When an act of a record is due under the settings in force.
pub(super) fn of_record(laws: &Laws, law: &SiteLaw, record: &Case) -> Vec<(String, Moment)> {
    let one = |it: care::Care| (it.act.to_owned(), due_at(law, it.act, it.from));
    care::of(record, &laws.zone).into_iter().map(one).collect()
}

fn due_at(law: &SiteLaw, act: &str, from: Moment) -> Moment {
    care::due(act, from, care::setting(act).map_or(0, |name| law.office_seconds(name)))
}
