//! 待我签字: what waits for the signature of somebody with these posts, what was said last, and what a clause still misses.

use calendar::Moment;
use office::act::{self, signing};
use office::case::replay;
use office::{Actor, Refusal};

use super::row::{CASE, CASE_WIDTH, case};
use super::{CaseRow, TimelineLine};
use crate::fault::Fault;
use crate::house::House;
use crate::stream;
use crate::tx::Sql;
use crate::vals;

/// Cases that are looked at, and signatures shown at most.
const LOOKED_AT: i64 = 1_000;
const SHOWN: usize = 60;

/// One signature that is waited for.
#[derive(Clone, Debug)]
pub struct ToSign {
    /// The case.
    pub case: CaseRow,
    /// Version of the case as it is shown.
    pub version: i64,
    /// The act.
    pub act: &'static act::Act,
    /// The last sentences of the timeline, oldest first.
    pub said: Vec<TimelineLine>,
    /// When the act is due, where a clause says so.
    pub due: Option<Moment>,
    /// Why it cannot be signed yet.
    pub refused: Option<Refusal>,
}

impl House {
    /// What waits for this person, what is due first on top; and how many signatures wait beyond those shown.
    pub async fn to_sign(&self, site: i64, actor: Actor, now: Moment) -> Result<(Vec<ToSign>, usize), Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let text = format!(
                "select {CASE}, c.waits from case_row c where c.site = $1 and c.waits <> ''
                 order by case when c.next_due is null then 1 else 0 end, c.next_due, c.opened limit $2"
            );
            let mut waiting = Vec::new();
            for row in tx.query(Sql::built(text), &vals![site, LOOKED_AT])? {
                let told = case(&row, 0)?;
                let acts = signing::signed_by(row.text(CASE_WIDTH)?, &actor.posts);
                waiting.extend(acts.into_iter().map(|act| (told.clone(), act)));
            }
            let beyond = waiting.len().saturating_sub(SHOWN);
            waiting.truncate(SHOWN);
            let law = laws.of_site(tx, site)?;
            let names = super::case_page::names(tx, site)?;
            let mut rows = Vec::with_capacity(waiting.len());
            for (told, act) in waiting {
                let entries = stream::load(tx, site, &format!("case:{}", told.id))?;
                let Some(found) = replay(&told.id, &entries) else { continue };
                let (facts, derived) = (found.facts(), law.derive(&told.id, &found.facts(), now));
                let offers = super::case_page::offers(&laws, &law, (&found, &[]), &facts, &derived, &actor, now);
                let Some(offer) = offers.into_iter().find(|offer| offer.act == act.id) else { continue };
                let lines = super::case_page::timeline(&laws, &found, &names, law.address());
                let said = lines[lines.len().saturating_sub(3)..].to_vec();
                rows.push(ToSign {
                    case: told,
                    version: found.version,
                    act,
                    said,
                    due: offer.owed,
                    refused: offer.refused,
                });
            }
            rows.sort_by_key(|it| (it.refused.is_some(), it.due.is_none(), it.due));
            Ok((rows, beyond))
        })
        .await
    }
}
