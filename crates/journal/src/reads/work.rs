//! 工作台: what the reader owes, soonest first.

use calendar::Moment;
use office::site::PERSON_MARK;

use super::row::{OBLIGATION, obligation};
use super::{MyWork, ObligationRow};
use crate::fault::Fault;
use crate::house::House;
use crate::tx::{Sql, Tx};
use crate::value::Val;
use crate::{sql, vals};

/// Rows shown at once.
const SHOWN: i64 = 200;

impl House {
    /// Open obligations of these posts; those of a case that another worker has are left to that worker. The figures are
    /// the post's day.
    pub async fn my_work(&self, site: i64, account: &str, posts: &[String], now: Moment) -> Result<MyWork, Fault> {
        let (account, bearers) = (account.to_owned(), self.bearers(site, account, posts).await?);
        let day = self.laws().zone.date(now);
        let midnight = self.laws().zone.moment(day.to_datetime(jiff::civil::Time::midnight()));
        let laws = self.laws().clone();
        self.read(move |tx| {
            let mut owed = owed(tx, site, &account, &bearers, now)?;
            let by_period = super::period::owed(tx, &laws, site, Some(&bearers), now)?;
            let owed_total = total(tx, site, &account, &bearers)? + by_period.len() as i64;
            owed.extend(by_period);
            owed.sort_by_key(|it| (it.due.is_none(), it.due));
            let figures = figures(tx, site, &account, now, midnight)?;
            Ok(MyWork { owed, owed_total, figures })
        })
        .await
    }

    /// Rulebook posts for which a person with these posts stands: the posts themselves, and those bound to them or to
    /// the person by the charter.
    pub async fn bearers(&self, site: i64, account: &str, posts: &[String]) -> Result<Vec<String>, Fault> {
        let (laws, posts, person) = (self.laws().clone(), posts.to_vec(), format!("{PERSON_MARK}{account}"));
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let mut all = posts.clone();
            for (post, to) in office::site::bound(&law.charter).bindings {
                if to.iter().any(|it| posts.contains(it) || *it == person) && !all.contains(&post) {
                    all.push(post);
                }
            }
            Ok(all)
        })
        .await
    }
}

/// `$n, $n+1, …` for a list, filled up to a power of two by repeating its first so that few texts are prepared.
pub(super) fn listed(values: &[String], from: usize) -> (String, Vec<Val>) {
    let width = values.len().max(1).next_power_of_two();
    let filler = values.first().cloned().unwrap_or_default();
    let marks: Vec<String> = (from..from + width).map(|n| format!("${n}")).collect();
    let vals = (0..width).map(|n| Val::from(values.get(n).unwrap_or(&filler))).collect();
    (marks.join(", "), vals)
}

/// The person in charge (责任人): whose duties are those of the worker of the case, and of the heads who stand for it.
const RESPONSIBLE: &str = "responsible_person";

/// To come to a meeting is owed by whom it is asked of, not by everybody of their post.
const OWN: &str = "(c.kind is null or c.kind <> 'attendances' or c.assignee = $2)";

/// The posts for which somebody stands, with that of who has a case.
fn with_named(bearers: &[String]) -> Vec<String> {
    let mut all = bearers.to_vec();
    if !all.iter().any(|it| it == RESPONSIBLE) {
        all.push(RESPONSIBLE.to_owned());
    }
    all
}

/// Whether somebody stands for the person in charge of every case.
fn stands(bearers: &[String]) -> i64 {
    i64::from(bearers.iter().any(|it| it == RESPONSIBLE))
}

fn owed(
    tx: &mut dyn Tx,
    site: i64,
    account: &str,
    bearers: &[String],
    now: Moment,
) -> Result<Vec<ObligationRow>, Fault> {
    let (marks, list) = listed(&with_named(bearers), 5);
    let text = format!(
        "select {OBLIGATION} from obligation_row o left join case_row c on c.site = o.site and c.id = o.case_id
         where o.site = $1 and o.state = 'open' and o.yields = '' and o.bearer in ({marks})
         and (o.bearer <> 'technician' or c.assignee = $2)
         and (o.bearer <> '{RESPONSIBLE}' or $4 = 1 or c.assignee = $2) and {OWN}
         order by case when o.due is null then 1 else 0 end, o.due, o.id limit $3"
    );
    let mut vals = vals![site, account, SHOWN, stands(bearers)].to_vec();
    vals.extend(list);
    let rows: Result<Vec<_>, Fault> =
        tx.query(Sql::built(text), &vals)?.iter().map(|row| obligation(row, now)).collect();
    let mut rows = rows?;
    name_contacts(tx, site, &mut rows)?;
    Ok(rows)
}

/// Rows of contacts get place, words and tail of their contact.
pub(super) fn name_contacts(tx: &mut dyn Tx, site: i64, rows: &mut [ObligationRow]) -> Result<(), Fault> {
    for row in rows {
        if let Some(contact) = row.case.strip_prefix("contact:") {
            let text = sql!("select place, words, tail from contact_row where site = $1 and id = $2");
            if let Some(known) = tx.first(text, &vals![site, contact])? {
                (row.place, row.title, row.number) = (known.string(0)?, known.string(1)?, known.string(2)?);
            }
        }
    }
    Ok(())
}

fn total(tx: &mut dyn Tx, site: i64, account: &str, bearers: &[String]) -> Result<i64, Fault> {
    let (marks, list) = listed(&with_named(bearers), 4);
    let text = format!(
        "select count(*) from (select o.id from obligation_row o
         left join case_row c on c.site = o.site and c.id = o.case_id
         where o.site = $1 and o.state = 'open' and o.yields = '' and o.bearer in ({marks})
         and (o.bearer <> 'technician' or c.assignee = $2)
         and (o.bearer <> '{RESPONSIBLE}' or $3 = 1 or c.assignee = $2) and {OWN} limit 1000) as some_rows"
    );
    let mut vals = vals![site, account, stands(bearers)].to_vec();
    vals.extend(list);
    Ok(tx.number(Sql::built(text), &vals)?.unwrap_or(0))
}

fn figures(
    tx: &mut dyn Tx,
    site: i64,
    account: &str,
    now: Moment,
    midnight: Moment,
) -> Result<Vec<(String, i64, String)>, Fault> {
    let asks = vec![
        (
            sql!("select count(*) from case_row where site = $1 and record = 0 and opened >= $2"),
            vals![site, midnight].to_vec(),
        ),
        (
            sql!(
                "select count(*) from (select id from case_row where site = $1 and record = 0 and ended = 0
                  and next_due < $2 limit 1000)
                  as late"
            ),
            vals![site, now].to_vec(),
        ),
        (
            sql!(
                "select count(*) from (select id from case_row where site = $1 and state = 'registered' limit 1000)
                  as waiting"
            ),
            vals![site].to_vec(),
        ),
        (
            sql!(
                "select count(*) from (select id from case_row where site = $1 and state = 'awaiting_follow_up'
                  limit 1000) as follow"
            ),
            vals![site].to_vec(),
        ),
        (
            sql!("select count(*) from case_row where site = $1 and ended = 0 and assignee = $2"),
            vals![site, account].to_vec(),
        ),
    ];
    let names = [
        ("今日受理", "/cases?when=today"),
        ("超时事项", "/cases?when=late"),
        ("待派待办", "/cases?state=registered"),
        ("待回访", "/follow-up"),
        ("我手上的", "/jobs"),
    ];
    let answers = tx.queries(asks)?;
    names
        .iter()
        .zip(&answers)
        .map(|((name, path), rows)| {
            let count = rows.first().map_or(Ok(0), |row| row.int(0))?;
            Ok(((*name).to_owned(), count, (*path).to_owned()))
        })
        .collect()
}
