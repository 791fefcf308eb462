//! 规程: how each clause is kept in a month, and the cases behind a figure.

use calendar::Moment;

use super::row::{OBLIGATION, obligation};
use super::{ClauseKept, ObligationRow};
use crate::fault::Fault;
use crate::house::House;
use crate::tx::Sql;
use crate::{sql, vals};

impl House {
    /// Kept, late, open per clause of a book in a month (`2026-11`).
    pub async fn clauses_kept(
        &self,
        site: i64,
        book: String,
        month: String,
        now: Moment,
    ) -> Result<Vec<ClauseKept>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select clause, state, soft, count(*), sum(case when due < $4 then 1 else 0 end) from obligation_row
                 where site = $1 and book = $2 and month = $3 group by clause, state, soft order by clause"
            );
            let text =
                Sql::built(text.text().replace("sum(", "cast(sum(").replace("else 0 end)", "else 0 end) as {int})"));
            let rows = tx.query(text, &vals![site, &book, &month, now])?;
            let mut kept: Vec<ClauseKept> = Vec::new();
            for row in &rows {
                let clause = row.string(0)?;
                if kept.last().is_none_or(|last| last.clause != clause) {
                    kept.push(ClauseKept { clause, ..ClauseKept::default() });
                }
                let (soft, count, past) = (row.flag(2)?, row.int(3)?, row.int(4)?);
                let Some(last) = kept.last_mut() else { continue };
                match (row.text(1)?, soft) {
                    ("met", _) => last.met += count,
                    ("met_late", true) => last.soft_late += count,
                    ("met_late", false) => last.late += count,
                    ("missed", _) => last.missed += count,
                    ("open", true) => {
                        last.soft_late += past;
                        last.open += count - past;
                    }
                    ("open", false) => {
                        last.overdue += past;
                        last.open += count - past;
                    }
                    _ => {}
                }
            }
            Ok(kept)
        })
        .await
    }

    /// Obligations of a clause in a month, latest first: the list behind a figure.
    pub async fn clause_cases(
        &self,
        site: i64,
        book: String,
        clause: String,
        month: String,
        now: Moment,
    ) -> Result<Vec<ObligationRow>, Fault> {
        self.read(move |tx| {
            let text = format!(
                "select {OBLIGATION} from obligation_row o left join case_row c on c.site = o.site and c.id = o.case_id
                 where o.site = $1 and o.book = $2 and o.clause = $3 and o.month = $4 order by o.opened desc limit 200"
            );
            let rows = tx.query(Sql::built(text), &vals![site, &book, &clause, &month])?;
            rows.iter().map(|row| obligation(row, now)).collect()
        })
        .await
    }
}
