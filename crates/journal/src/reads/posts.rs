//! Posts beside each other (岗位比较): what each post kept, was late with and has open in a month, and the rows behind a number.

use std::collections::BTreeMap;

use calendar::Moment;

use super::clause::{by_period, past};
use super::row::{OBLIGATION, obligation};
use super::work::{listed, name_contacts};
use super::{ClauseKept, KeptAs, ObligationRow};
use crate::fault::Fault;
use crate::house::{House, SiteLaw};
use crate::tx::{Sql, Tx};
use crate::vals;
use crate::views::month_of;

/// Rows of a list at most.
const SHOWN: usize = 1_000;

impl House {
    /// Kept, late, open by post in each of these months (`2026-11`): by post, then month. What has no row has no entry.
    pub async fn posts_kept(
        &self,
        site: i64,
        months: Vec<String>,
        now: Moment,
    ) -> Result<BTreeMap<(String, String), ClauseKept>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let mut kept = BTreeMap::new();
            for book in books(&*laws.of_site(tx, site)?) {
                count(tx, (site, &book, &months), now, &mut kept)?;
                for row in by_period(tx, &laws, site, &book, &[], &months, now)? {
                    let Some(kept_as) = KeptAs::of_state(row.state, row.soft) else { continue };
                    let month = month_of(row.due, row.end_of_day, row.opened);
                    *kept.entry((row.bearer, month)).or_default().count_mut(kept_as) += 1;
                }
            }
            Ok(kept)
        })
        .await
    }

    /// The rows behind such a number, the latest first, and whether there are more.
    pub async fn post_list(
        &self,
        site: i64,
        (post, month): (String, String),
        kept_as: KeptAs,
        now: Moment,
    ) -> Result<(Vec<ObligationRow>, bool), Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let mut rows = Vec::new();
            for book in books(&*laws.of_site(tx, site)?) {
                rows.extend(list(tx, (site, &book, &month), &post, kept_as, now)?);
                let months = std::slice::from_ref(&month);
                let own = by_period(tx, &laws, site, &book, &[], months, now)?;
                let wanted =
                    |row: &ObligationRow| row.bearer == post && KeptAs::of_state(row.state, row.soft) == Some(kept_as);
                rows.extend(own.into_iter().filter(wanted));
            }
            rows.sort_by(|a, b| (-a.opened.0, &a.id).cmp(&(-b.opened.0, &b.id)));
            let more = rows.len() > SHOWN;
            rows.truncate(SHOWN);
            name_contacts(tx, site, &mut rows)?;
            Ok((rows, more))
        })
        .await
    }
}

/// Ids of every book that was ever adopted: what it opened counts on after it was left.
fn books(law: &SiteLaw) -> Vec<String> {
    let mut ids: Vec<String> = law.books.values().map(|book| book.id.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn count(
    tx: &mut dyn Tx,
    (site, book, months): (i64, &str, &[String]),
    now: Moment,
    kept: &mut BTreeMap<(String, String), ClauseKept>,
) -> Result<(), Fault> {
    let mut vals = vals![site, now, book].to_vec();
    let (marks, list) = listed(months, vals.len() + 1);
    vals.extend(list);
    let past = past(2);
    let text = format!(
        "select o.bearer, o.month, o.state, o.soft, count(*), cast(sum(case when {past} then 1 else 0 end) as {{int}})
         from obligation_row o where o.site = $1 and o.book = $3 and o.month in ({marks})
         group by o.bearer, o.month, o.state, o.soft"
    );
    for row in tx.query(Sql::built(text), &vals)? {
        let (soft, count, past) = (row.flag(3)?, row.int(4)?, row.int(5)?);
        let own = kept.entry((row.string(0)?, row.string(1)?)).or_default();
        own.take(row.text(2)?, soft, count, past);
    }
    Ok(())
}

fn list(
    tx: &mut dyn Tx,
    (site, book, month): (i64, &str, &str),
    post: &str,
    kept_as: KeptAs,
    now: Moment,
) -> Result<Vec<ObligationRow>, Fault> {
    let mut vals = vals![site, book, month, post].to_vec();
    let (condition, asks_now) = kept_as.condition(vals.len() + 1);
    if asks_now {
        vals.extend(vals![now]);
    }
    let text = format!(
        "select {OBLIGATION} from obligation_row o left join case_row c on c.site = o.site and c.id = o.case_id
         where o.site = $1 and o.book = $2 and o.month = $3 and o.bearer = $4 and {condition}
         order by o.opened desc, o.id limit {}",
        SHOWN + 1
    );
    let rows = tx.query(Sql::built(text), &vals)?;
    rows.iter().map(|row| obligation(row, now)).collect()
}
