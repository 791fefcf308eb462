//! 个人信息: who can be erased, who was, and which files of a site may be shown.

use std::collections::BTreeMap;

use calendar::Moment;
use office::household::{Room, Tenure};

use super::case_page::masked_phone;
use super::desk::{hits, masked};
use crate::fault::Fault;
use crate::house::House;
use crate::stream;
use crate::tx::Tx;
use crate::{sql, vals};

/// Somebody whose personal data can be erased; masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasable {
    /// Key.
    pub person: String,
    /// Name; 〔已抹除〕 when erased.
    pub name: String,
    /// First phone.
    pub phone: String,
    /// Part in the household; none for a caller not on file.
    pub tenure: Option<Tenure>,
    /// When they left the household.
    pub left: Option<Moment>,
    /// The unit, or number and place of the case.
    pub place: String,
}

/// An erasure that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureRow {
    /// Key of the person.
    pub person: String,
    /// When.
    pub at: Moment,
    /// Who did it.
    pub account: String,
    /// Why.
    pub reason: String,
}

/// Households looked into for one search.
const HOUSEHOLDS: usize = 6;

impl House {
    /// People of the households that the words may mean, those who have left too; or the caller of the case with this
    /// number. Masked.
    pub async fn erasable(&self, site: i64, words: String) -> Result<Vec<Erasable>, Fault> {
        self.read(move |tx| {
            let mut found = Vec::new();
            if let Some(caller) = caller(tx, site, words.trim())? {
                match caller.person.strip_prefix("person:").and_then(|rest| rest.rsplit_once('-')) {
                    Some((household, _)) => found.extend(people(tx, site, household)?),
                    None => found.push(caller),
                }
            }
            for hit in hits(tx, site, words.trim(), HOUSEHOLDS)? {
                found.extend(people(tx, site, &hit.id)?);
            }
            Ok(found)
        })
        .await
    }

    /// Erasures of the site, the last first.
    pub async fn erasures(&self, site: i64, limit: i64) -> Result<Vec<ErasureRow>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select person, at, account, reason from erasure_row where site = $1 order by at desc, person limit $2"
            );
            let rows = tx.query(text, &vals![site, limit.clamp(1, 500)])?;
            let erasure = |row: &crate::Row| -> Result<ErasureRow, Fault> {
                Ok(ErasureRow {
                    person: row.string(0)?,
                    at: row.moment(1)?,
                    account: row.string(2)?,
                    reason: row.string(3)?,
                })
            };
            rows.iter().map(erasure).collect()
        })
        .await
    }

    /// Whether an attachment stands anywhere in the journal of this site.
    pub async fn has_attachment(&self, site: i64, hash: String) -> Result<bool, Fault> {
        self.read(move |tx| {
            let text = sql!("select stream from attachment_row where site = $1 and hash = $2 limit 1");
            Ok(tx.first(text, &vals![site, &hash])?.is_some())
        })
        .await
    }
}

/// The caller of a case by its number.
fn caller(tx: &mut dyn Tx, site: i64, number: &str) -> Result<Option<Erasable>, Fault> {
    let text = sql!("select id, number, place from case_row where site = $1 and (number = $2 or id = $2)");
    let Some(row) = tx.first(text, &vals![site, number])? else { return Ok(None) };
    let (id, number, place) = (row.string(0)?, row.string(1)?, row.string(2)?);
    let entries = stream::load(tx, site, &format!("case:{id}"))?;
    let Some(sealed) = entries.into_iter().find_map(|entry| entry.event.sealed) else { return Ok(None) };
    let field = |key: &str| sealed.fields.get(key).cloned().unwrap_or_default();
    Ok(Some(Erasable {
        name: masked(&field("name")),
        phone: masked_phone(&field("phone")),
        person: sealed.person,
        tenure: None,
        left: None,
        place: format!("{number} {place}"),
    }))
}

/// Everybody who was ever on file with a household, as last told.
fn people(tx: &mut dyn Tx, site: i64, household: &str) -> Result<Vec<Erasable>, Fault> {
    let entries = stream::load(tx, site, &format!("household:{household}"))?;
    let mut place = String::new();
    let mut found: BTreeMap<String, Erasable> = BTreeMap::new();
    for entry in entries {
        let links = &entry.event.body.links;
        let link = |key: &str| links.get(key).cloned().unwrap_or_default();
        let person = link("person");
        match entry.event.name.as_str() {
            "household.set" => {
                let (phase, building) = (link("phase"), link("building"));
                place = Room { phase, building, stairwell: link("stairwell"), number: link("room") }.to_string();
            }
            "household.person_set" => {
                let fields = entry.event.sealed.map(|sealed| sealed.fields).unwrap_or_default();
                let field = |key: &str| fields.get(key).cloned().unwrap_or_default();
                let phone = field("phones").split('、').next().map(masked_phone).unwrap_or_default();
                let (tenure, name) = (Tenure::of(&link("tenure")), masked(&field("name")));
                let one = Erasable { person: person.clone(), name, phone, tenure, left: None, place: String::new() };
                found.insert(person, one);
            }
            "household.person_left" => {
                if let Some(known) = found.get_mut(&person) {
                    known.left = Some(entry.event.happened);
                }
            }
            _ => {}
        }
    }
    found.values_mut().for_each(|one| one.place.clone_from(&place));
    Ok(found.into_values().collect())
}
