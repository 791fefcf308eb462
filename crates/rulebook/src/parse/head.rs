//! What every rule has (规则头): number, summary, who, and what another's act is worth.

use std::ops::Range;

use super::table::Table;
use crate::model::{At, ByOther, Kind, Rule, Slot, Sort};

/// The common slots of a rule.
pub struct Head {
    id: Option<At<String>>,
    summary: Option<At<String>>,
    who: Option<At<String>>,
    by_other: ByOther,
    higher_rank_may: bool,
    adopted_with: Vec<String>,
}

impl Head {
    /// Reads the common slots; `rows` says that rows carry numbers and summaries instead.
    pub fn read(table: &mut Table<'_>, rows: bool) -> Head {
        let (id, summary) = if rows {
            let pair = (table.text("id"), table.text("summary"));
            for text in [&pair.0, &pair.1].into_iter().flatten() {
                let sentence = "有分行时，`id` 和 `summary` 写在每一行 [[….limit]] 里";
                table.page.error(text.span.clone(), sentence);
            }
            pair
        } else {
            (table.need("id"), table.need("summary"))
        };
        let by_other = [
            ("算", ByOther::Counts),
            ("拒绝", ByOther::Refused),
            ("不算", ByOther::Ignored),
            ("违规", ByOther::Breach),
        ];
        Head {
            id,
            summary,
            who: table.word("who", Sort::Post),
            by_other: table.one_of("by_other", &by_other).unwrap_or_default(),
            higher_rank_may: table.flag("higher_rank_may").unwrap_or(false),
            adopted_with: table.plains("adopted_with"),
        }
    }

    /// Number and summary of a row.
    pub fn of_row(&self, row: &mut Table<'_>) -> Head {
        Head {
            id: row.need("id"),
            summary: row.need("summary"),
            who: self.who.clone(),
            by_other: self.by_other,
            higher_rank_may: self.higher_rank_may,
            adopted_with: self.adopted_with.clone(),
        }
    }

    /// The number as far as it could be read.
    pub fn number(&self) -> Option<&str> {
        self.id.as_ref().map(|id| id.value.as_str())
    }

    /// The rule; none when its number, summary or kind could not be read.
    pub fn rule(self, written: Vec<Slot<At<String>>>, kind: Option<Kind>) -> Option<Rule> {
        let summary = self.summary?;
        let summary_at: Range<usize> = summary.span;
        Some(Rule {
            id: self.id?,
            summary: summary.value,
            summary_at,
            written,
            who: self.who,
            by_other: self.by_other,
            higher_rank_may: self.higher_rank_may,
            adopted_with: self.adopted_with,
            kind: kind?,
        })
    }
}
