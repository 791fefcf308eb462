//! A household's card and its matters; people masked unless a purpose was told (户).

use std::collections::BTreeSet;

use office::household::{Household, LedgerRow, Tenure, owners_differ, replay};

use super::case_page::masked_phone;
use super::desk::masked;
use super::row::{CASE, case};
use super::{CaseRow, HouseholdCard};
use crate::fault::Fault;
use crate::house::House;
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::{sql, vals};

impl House {
    /// The card of a household; none when it is not on file.
    pub async fn household_card(&self, site: i64, id: String, unmask: bool) -> Result<Option<HouseholdCard>, Fault> {
        self.read(move |tx| card(tx, site, &id, unmask)).await
    }

    /// Number of households on file.
    pub async fn household_count(&self, site: i64) -> Result<i64, Fault> {
        self.read(move |tx| {
            Ok(tx.number(sql!("select count(*) from household_row where site = $1"), &vals![site])?.unwrap_or(0))
        })
        .await
    }

    /// Households in the order of their rooms, `limit` after the one named.
    pub async fn households(
        &self,
        site: i64,
        after: String,
        limit: i64,
    ) -> Result<Vec<(String, String, String, String)>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select h.id, h.words, h.unit_kind, coalesce(p.name, '') from household_row h
                 left join person_row p on p.site = h.site and p.household = h.id and p.place = 0
                 where h.site = $1 and h.words > $2 order by h.words limit $3"
            );
            let rows = tx.query(text, &vals![site, &after, limit.clamp(1, 200)])?;
            rows.iter().map(|row| Ok((row.string(0)?, row.string(1)?, row.string(2)?, masked(row.text(3)?)))).collect()
        })
        .await
    }
}

/// A household that was sold, and the owners whom a row of a ledger names instead (过户与台账不同).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnersDiffer {
    /// The household.
    pub household: String,
    /// Its room in words.
    pub room: String,
    /// The owners as the house has them, masked.
    pub here: String,
    /// From which day on.
    pub since: String,
    /// The owners of the row.
    pub named: String,
}

impl House {
    /// The rows that name other owners than a later sale, in their order.
    pub async fn owners_that_differ(&self, site: i64, rows: Vec<LedgerRow>) -> Result<Vec<OwnersDiffer>, Fault> {
        self.read(move |tx| {
            let text = sql!("select household from case_row where site = $1 and kind = 'ownership_changes'");
            let sold = tx.query(text, &vals![site])?;
            let sold = sold.iter().map(|row| row.string(0)).collect::<Result<BTreeSet<_>, _>>()?;
            let mut found = Vec::new();
            for row in rows.iter().filter(|row| sold.contains(&row.household())) {
                let id = row.household();
                let known = replay(&id, &stream::load(tx, site, &format!("household:{id}"))?);
                found.extend(known.filter(|known| owners_differ(known, row)).map(|known| differing(&known, row)));
            }
            Ok(found)
        })
        .await
    }
}

fn differing(known: &Household, row: &LedgerRow) -> OwnersDiffer {
    let here = known.people.iter().filter(|it| it.tenure == Tenure::Owner);
    let named = row.people.iter().filter(|it| it.tenure == Tenure::Owner);
    OwnersDiffer {
        household: known.id.clone(),
        room: known.room.to_string(),
        since: here.clone().filter_map(|it| it.since).max().map(|day| day.to_string()).unwrap_or_default(),
        here: here.map(|it| masked(&it.name)).collect::<Vec<_>>().join("、"),
        named: named.map(|it| it.name.clone()).collect::<Vec<_>>().join("、"),
    }
}

/// The household with the files that were joined to it, itself first; of a file that was joined, those of the one that it was
/// joined to.
pub(super) fn joined(tx: &mut dyn Tx, site: i64, id: &str) -> Result<Vec<String>, Fault> {
    let mut file = |id: &str| stream::load(tx, site, &format!("household:{id}")).map(|all| replay(id, &all));
    let mut known = file(id)?;
    if let Some(into) = known.as_ref().and_then(|it| it.merged_into.clone()) {
        known = file(&into)?;
    }
    Ok(known.map_or_else(|| vec![id.to_owned()], |it| std::iter::once(it.id).chain(it.merged).collect()))
}

/// The card, from the household's own stream.
pub(super) fn card(tx: &mut dyn Tx, site: i64, id: &str, unmask: bool) -> Result<Option<HouseholdCard>, Fault> {
    let entries = stream::load(tx, site, &format!("household:{id}"))?;
    let Some(mut household) = replay(id, &entries) else { return Ok(None) };
    if !unmask {
        mask(&mut household);
    }
    let homes: Vec<String> = std::iter::once(id.to_owned()).chain(household.merged.iter().cloned()).collect();
    let open = matters(tx, site, &homes, false, 20)?;
    let past = matters(tx, site, &homes, true, 10)?;
    Ok(Some(HouseholdCard { room: household.room.to_string(), household, open, past }))
}

pub(super) fn mask(household: &mut Household) {
    let former = household.former.iter_mut().map(|it| &mut it.person);
    for person in household.people.iter_mut().chain(former) {
        person.name = masked(&person.name);
        person.phones = person.phones.iter().map(|phone| masked_phone(phone)).collect();
        person.identity = if person.identity.is_empty() { String::new() } else { "****".into() };
        person.bank_account = if person.bank_account.is_empty() { String::new() } else { "****".into() };
    }
}

/// The newest matters of a household, open or ended.
pub(crate) const MATTERS: &str = "case_row c where c.site = $1 and c.household = $2 and c.record = 0 and c.ended = $3
    order by c.opened desc limit $4";

fn matters(tx: &mut dyn Tx, site: i64, homes: &[String], ended: bool, limit: i64) -> Result<Vec<CaseRow>, Fault> {
    let mut found = Vec::new();
    for id in homes {
        let text = format!("select {CASE} from {MATTERS}");
        let rows = tx.query(Sql::built(text), &vals![site, id, ended, limit])?;
        found.extend(rows.iter().map(|row| case(row, 0)).collect::<Result<Vec<_>, Fault>>()?);
    }
    found.sort_by_key(|row| std::cmp::Reverse(row.opened));
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}
