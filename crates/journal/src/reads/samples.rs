//! 抽听: how many contacts of each person were drawn in a month and how they were scored, and the draws with their seeds.

use calendar::Moment;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::house::{DRAWN, DRAWS, House};
use crate::{sql, stream, vals};

/// The sample of one person in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleRow {
    /// Account that took the contacts.
    pub account: String,
    /// Contacts that could be drawn.
    pub contacts: i64,
    /// Drawn.
    pub sampled: i64,
    /// Scored.
    pub scored: i64,
    /// Points of those scored, together.
    pub points: i64,
}

/// One draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawRow {
    /// When.
    pub at: Moment,
    /// By whom.
    pub account: String,
    /// Month: `2026-11`.
    pub month: String,
    /// Seed.
    pub seed: String,
    /// Contacts of each person.
    pub each: String,
    /// Among how many.
    pub of: String,
    /// How many were drawn.
    pub drawn: String,
}

impl House {
    /// The sample of each person between two moments.
    pub async fn call_samples(&self, site: i64, from: Moment, until: Moment) -> Result<Vec<SampleRow>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select account, count(*), count(case when sampled = 1 then 1 end), count(points),
                 coalesce(sum(points), 0) from contact_row
                 where site = $1 and began >= $2 and began < $3 and account <> ''
                 and state in ('registered', 'answered') and channel in ('phone', 'visit', 'met')
                 group by account order by account"
            );
            let rows = tx.query(text, &vals![site, from, until])?;
            rows.iter()
                .map(|row| {
                    Ok(SampleRow {
                        account: row.string(0)?,
                        contacts: row.int(1)?,
                        sampled: row.int(2)?,
                        scored: row.int(3)?,
                        points: row.int(4)?,
                    })
                })
                .collect()
        })
        .await
    }

    /// Every draw, the latest first.
    pub async fn call_draws(&self, site: i64) -> Result<Vec<DrawRow>, Fault> {
        self.read(move |tx| {
            let entries = stream::load(tx, site, DRAWS)?;
            let drawn = entries.iter().rev().filter(|entry| entry.event.name == DRAWN);
            Ok(drawn
                .map(|entry| {
                    let link = |key: &str| entry.event.body.links.get(key).cloned().unwrap_or_default();
                    DrawRow {
                        at: entry.event.happened,
                        account: entry.actor.clone(),
                        month: link("month"),
                        seed: link("seed"),
                        each: link("each"),
                        of: link("of"),
                        drawn: link("drawn"),
                    }
                })
                .collect())
        })
        .await
    }
}
