//! 章程: what a site decided about its law, in order, and the past over which a trial law is played.

use calendar::Moment;
use rulebook::Fact;

use crate::fault::Fault;
use crate::house::{CHARTER, House};
use crate::{sql, stream, vals};

impl House {
    /// Every decision about the charter of a site, oldest first.
    pub async fn charter_entries(&self, site: i64) -> Result<Vec<office::Entry>, Fault> {
        self.read(move |tx| stream::load(tx, site, CHARTER)).await
    }

    /// Cases opened from a moment on and before another, newest first and at most so many, each by its number with its facts.
    pub async fn past_cases(
        &self,
        site: i64,
        (from, until): (Moment, Moment),
        most: i64,
    ) -> Result<Vec<(String, Vec<Fact>)>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select id, number from case_row where site = $1 and record = 0 and opened >= $2 and opened < $3
                 order by opened desc, id desc limit $4"
            );
            let rows = tx.query(text, &vals![site, from, until, most])?;
            let mut cases = Vec::with_capacity(rows.len());
            for row in &rows {
                let entries = stream::load(tx, site, &format!("case:{}", row.text(0)?))?;
                cases.push((row.string(1)?, office::case::facts(&entries)));
            }
            Ok(cases)
        })
        .await
    }
}
