//! Which contacts words name (来访来电的查找).

use crate::fault::Fault;
use crate::search::{self, Wanted};
use crate::tx::Tx;
use crate::{sql, vals};

/// Ids of contacts that the words name: by their own words, by those of the case they became, by household.
pub(super) fn found(tx: &mut dyn Tx, site: i64, words: &str) -> Result<Vec<String>, Fault> {
    let mut ids: Vec<String> = Vec::new();
    let mut add = |id: String| {
        if !ids.contains(&id) && ids.len() < 256 {
            ids.push(id);
        }
    };
    let wanted = Wanted { words, sites: &[site], kinds: &["contact", "case"] };
    for hit in search::find(tx, &wanted, 200)? {
        if hit.kind == "contact" {
            add(hit.key);
            continue;
        }
        let text = sql!("select id from contact_row where site = $1 and case_id = $2");
        for row in tx.query(text, &vals![site, hit.key])? {
            add(row.string(0)?);
        }
    }
    for hit in super::desk::hits(tx, site, words, 20)? {
        let text = sql!("select id from contact_row where site = $1 and household = $2 order by began desc limit 50");
        for row in tx.query(text, &vals![site, hit.id])? {
            add(row.string(0)?);
        }
    }
    Ok(ids)
}
