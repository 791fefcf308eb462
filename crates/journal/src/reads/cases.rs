//! 事项: the register of cases, by key, newest first.

use std::sync::Arc;

use calendar::Moment;
use office::case::{CaseKind, CaseState, replay};
use serde::{Deserialize, Serialize};

use super::row::{CASE, case};
use super::{CaseRow, Filling, RegisterRows};
use crate::fault::Fault;
use crate::house::House;
use crate::search::{self, Wanted};
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::value::Val;
use crate::{sql, vals};

/// What a register of cases is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseFilter {
    /// Words, number tail, room, name, phone tail.
    pub search: String,
    /// Kind.
    pub kind: Option<CaseKind>,
    /// State.
    pub state: Option<CaseState>,
    /// Only those that are ended, or only those that are not.
    pub ended: Option<bool>,
    /// Household, with the files that were joined to it.
    pub household: Option<String>,
    /// Assignee.
    pub assignee: Option<String>,
    /// Opened on or after.
    pub from: Option<Moment>,
    /// Opened before.
    pub until: Option<Moment>,
    /// Place, exactly.
    pub place: Option<String>,
    /// What it is about, a value id as complaints are classed.
    pub topic: Option<String>,
    /// Only those that were followed up.
    pub followed: bool,
    /// Only those whose last follow-up found them not satisfied.
    pub dissatisfied: bool,
    /// Only those late now.
    pub late: bool,
    /// Only open ones past half of their next limit that nobody has chased.
    pub unchased: bool,
    /// Only those with a booked time from now to this moment.
    pub booked_until: Option<Moment>,
    /// The oldest first instead of the newest.
    pub oldest_first: bool,
    /// Key of the last row seen, for the next page.
    pub after: Option<String>,
    /// Rows, at most 200.
    pub limit: i64,
}

/// A page of a register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseList {
    /// Rows, newest first unless asked for the oldest.
    pub rows: Vec<CaseRow>,
    /// Key of the next page, when there is one.
    pub next: Option<String>,
}

impl House {
    /// A page of the register: matters of the desk, or the kind that is asked for.
    pub async fn cases(&self, site: i64, filter: CaseFilter, now: Moment) -> Result<CaseList, Fault> {
        self.read(move |tx| list(tx, site, &filter, now)).await
    }

    /// A page of a register with everything that its columns can show.
    pub async fn register_rows(&self, site: i64, filter: CaseFilter, now: Moment) -> Result<RegisterRows, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let list = list(tx, site, &filter, now)?;
            let names = Arc::new(super::case_page::names(tx, site)?);
            let mut rows = Vec::with_capacity(list.rows.len());
            for row in list.rows {
                let entries = stream::load(tx, site, &format!("case:{}", row.id))?;
                let Some(case) = replay(&row.id, &entries) else { continue };
                let caller = super::case_page::caller(&case, false);
                let care = super::care::of_record(&laws, &law, &case);
                let days = row.closed.unwrap_or(now).seconds_since(row.opened).max(0) / 86_400;
                rows.push((row, Filling { case, caller, names: names.clone(), care, days }));
            }
            Ok(RegisterRows { rows, next: list.next })
        })
        .await
    }

    /// Records of the registers that are not ended: kind, how many, how many of them late.
    pub async fn open_records(&self, site: i64, now: Moment) -> Result<Vec<(String, i64, i64)>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select kind, count(*), count(case when next_due < $2 then 1 end) from case_row
                 where site = $1 and record = 1 and ended = 0 group by kind order by kind"
            );
            let rows = tx.query(text, &vals![site, now])?;
            rows.iter().map(|row| Ok((row.string(0)?, row.int(1)?, row.int(2)?))).collect()
        })
        .await
    }
}

/// Open, past half of the way to the next limit, and nobody has chased it. A moment beside a column has the column's type;
/// beside a number PostgreSQL would take it for a small one.
const PAST_HALF: &str =
    " and c.ended = 0 and c.chased = 0 and c.next_due is not null and $? - c.opened > c.next_due - $?";

/// The filter as conditions without words and limit, what they name, and the columns of the order; `$1` is the site. Open matters
/// are few: they are taken from the index that holds nothing else, and then put in order.
pub(crate) fn conditions(site: i64, filter: &CaseFilter, now: Moment) -> (String, Vec<Val>, &'static str) {
    let mut text = format!("select {CASE} from case_row c where c.site = $1");
    let mut vals = vals![site].to_vec();
    let mut and = |condition: &str, value: Val| {
        vals.push(value);
        text.push_str(&condition.replace("$?", &format!("${}", vals.len())));
    };
    let open = filter.late || filter.unchased || filter.assignee.is_some() || filter.ended == Some(false);
    match filter.kind {
        Some(kind) => and(" and c.kind = $?", kind.id().into()),
        None => and(if open { " and +c.record = $?" } else { " and c.record = $?" }, false.into()),
    }
    let told = |value: &Option<String>| value.as_ref().map(Val::from);
    for (condition, value) in [
        (" and c.state = $?", filter.state.map(|it| it.id().into())),
        (" and c.ended = 0 and 0 = $?", filter.ended.filter(|ended| !ended).map(Val::from)),
        (" and c.ended = $?", filter.ended.filter(|ended| *ended).map(Val::from)),
        (" and c.household = $?", told(&filter.household)),
        (" and c.ended = 0 and c.assignee = $?", told(&filter.assignee)),
        (" and c.opened >= $?", filter.from.map(Val::from)),
        (" and c.opened < $?", filter.until.map(Val::from)),
        (" and c.place = $?", told(&filter.place)),
        (" and c.topic = $?", told(&filter.topic)),
        (" and c.followed > $?", filter.followed.then(|| Moment(0).into())),
        (" and c.satisfaction = $?", filter.dissatisfied.then(|| "dissatisfied".into())),
        (" and c.ended = 0 and c.next_due < $?", filter.late.then(|| now.into())),
        (PAST_HALF, filter.unchased.then(|| now.into())),
        (" and c.appointment >= $?", filter.booked_until.map(|_| now.into())),
        (" and c.appointment < $?", filter.booked_until.map(Val::from)),
    ] {
        if let Some(value) = value {
            and(condition, value);
        }
    }
    (text, vals, if open { "+c.opened" } else { "c.opened" })
}

fn list(tx: &mut dyn Tx, site: i64, filter: &CaseFilter, now: Moment) -> Result<CaseList, Fault> {
    let limit = filter.limit.clamp(1, 200);
    let homes = match &filter.household {
        Some(id) => super::household::joined(tx, site, id)?,
        None => Vec::new(),
    };
    let plain = CaseFilter { household: homes.first().filter(|_| homes.len() == 1).cloned(), ..filter.clone() };
    let (mut text, mut vals, opened_column) = conditions(site, &plain, now);
    if homes.len() > 1 {
        let (marks, list) = super::work::listed(&homes, vals.len() + 1);
        text.push_str(&format!(" and c.household in ({marks})"));
        vals.extend(list);
    }
    if let Some((opened, id)) = filter.after.as_deref().and_then(|key| key.split_once('~')) {
        let opened: i64 = opened.parse().unwrap_or(i64::MAX);
        let beyond = if filter.oldest_first { '>' } else { '<' };
        vals.push(opened.into());
        vals.push(id.into());
        let n = vals.len();
        text.push_str(&format!(" and ({opened_column}, c.id) {beyond} (${}, ${n})", n - 1));
    }
    if !filter.search.trim().is_empty() {
        let found = found(tx, site, filter.search.trim())?;
        if found.is_empty() {
            return Ok(CaseList::default());
        }
        let (marks, list) = super::work::listed(&found, vals.len() + 1);
        text.push_str(&format!(" and c.id in ({marks})"));
        vals.extend(list);
    }
    vals.push((limit + 1).into());
    let way = if filter.oldest_first { "asc" } else { "desc" };
    text.push_str(&format!(" order by {opened_column} {way}, c.id {way} limit ${}", vals.len()));
    let rows = tx.query(Sql::built(text), &vals)?;
    let mut rows = rows.iter().map(|row| case(row, 0)).collect::<Result<Vec<_>, Fault>>()?;
    let next = (rows.len() as i64 > limit).then(|| {
        rows.truncate(limit as usize);
        rows.last().map(|row| format!("{}~{}", row.opened.0, row.id))
    });
    Ok(CaseList { rows, next: next.flatten() })
}

/// Ids of cases that the words name: by number, by words, by the household that a room, name or phone finds.
fn found(tx: &mut dyn Tx, site: i64, words: &str) -> Result<Vec<String>, Fault> {
    let mut ids: Vec<String> = Vec::new();
    let mut add = |id: String| {
        if !ids.contains(&id) && ids.len() < 256 {
            ids.push(id);
        }
    };
    let wanted = Wanted { words, sites: &[site], kinds: &["case"] };
    for hit in search::find(tx, &wanted, 200)? {
        add(hit.key);
    }
    for hit in super::desk::hits(tx, site, words, 20)? {
        for home in super::household::joined(tx, site, &hit.id)? {
            let text = sql!("select id from case_row where site = $1 and household = $2 order by opened desc limit 50");
            for row in tx.query(text, &vals![site, home])? {
                add(row.string(0)?);
            }
        }
    }
    Ok(ids)
}
