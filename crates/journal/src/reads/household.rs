//! A household's card and its matters; people masked unless a purpose was told (户).

use office::household::{Household, replay};

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

/// The card, from the household's own stream.
pub(super) fn card(tx: &mut dyn Tx, site: i64, id: &str, unmask: bool) -> Result<Option<HouseholdCard>, Fault> {
    let entries = stream::load(tx, site, &format!("household:{id}"))?;
    let Some(mut household) = replay(id, &entries) else { return Ok(None) };
    if !unmask {
        mask(&mut household);
    }
    let open = matters(tx, site, id, false, 20)?;
    let past = matters(tx, site, id, true, 10)?;
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

fn matters(tx: &mut dyn Tx, site: i64, id: &str, ended: bool, limit: i64) -> Result<Vec<CaseRow>, Fault> {
    let text = format!("select {CASE} from {MATTERS}");
    let rows = tx.query(Sql::built(text), &vals![site, id, ended, limit])?;
    rows.iter().map(|row| case(row, 0)).collect()
}
