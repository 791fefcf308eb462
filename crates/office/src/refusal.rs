//! A refusal (拒绝): an answer in three parts, never an error: what is refused, why, what to do next.

use std::fmt;

use calendar::Zone;
use rulebook::{BlockNow, ClauseRef};
use serde::{Deserialize, Serialize};

/// The office says no; nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What was refused: 不能结案.
    pub what: String,
    /// Why, each with its clause when a rulebook says so.
    pub because: Vec<Reason>,
    /// What to do next.
    pub next: String,
    /// The field concerned, when one is.
    pub field: Option<String>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// In words.
    pub text: String,
    /// The clause.
    pub clause: Option<ClauseRef>,
}

impl Refusal {
    /// A refusal for one reason that no clause gives.
    pub fn new(what: impl Into<String>, why: impl Into<String>, next: impl Into<String>) -> Refusal {
        Refusal {
            what: what.into(),
            because: vec![Reason { text: why.into(), clause: None }],
            next: next.into(),
            field: None,
        }
    }

    /// A refusal that clauses give: why each does, and what lifts it, each thing once. None when none does.
    pub fn by_law(what: &str, blocks: Vec<BlockNow>, word: &dyn Fn(&str) -> String, zone: &Zone) -> Option<Refusal> {
        if blocks.is_empty() {
            return None;
        }
        let mut next = Vec::new();
        for block in &blocks {
            // Facts and attributes have a dot in their id; a post that is missing is one whose own act or signature is.
            let (missing, hands): (Vec<&String>, Vec<&String>) = block.missing.iter().partition(|id| id.contains('.'));
            let words = |ids: &[&String]| ids.iter().map(|id| word(id)).collect::<Vec<_>>().join("、");
            if !missing.is_empty() {
                next.push(format!("请先完成：{}", words(&missing)));
            }
            let hands: Vec<&String> = hands.into_iter().filter(|id| block.only.as_ref() != Some(*id)).collect();
            if !hands.is_empty() {
                next.push(format!("请先由{}签字或办理", words(&hands)));
            }
            if let Some(only) = &block.only {
                next.push(format!("请由{}办理", word(only)));
            }
            if let Some(moment) = block.not_before {
                next.push(format!("须到 {} 以后", zone.civil(moment).strftime("%Y-%m-%d %H:%M")));
            }
            if let Some((attribute, moment)) = &block.not_after {
                let at = zone.civil(*moment).strftime("%Y-%m-%d %H:%M");
                next.push(format!("“{}”不得晚于 {at}", word(attribute)));
            }
        }
        next.dedup();
        let because =
            blocks.into_iter().map(|block| Reason { text: block.summary, clause: Some(block.clause) }).collect();
        let next = if next.is_empty() {
            "请按条款补齐后再办。".to_owned()
        } else {
            format!("{}。", next.join("；"))
        };
        Some(Refusal { what: what.to_owned(), because, next, field: None })
    }

    /// The same, pointing at a field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Refusal {
        self.field = Some(field.to_owned());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：", self.what)?;
        for (n, reason) in self.because.iter().enumerate() {
            if n > 0 {
                f.write_str("；")?;
            }
            f.write_str(&reason.text)?;
            if let Some(clause) = &reason.clause {
                write!(f, "（{} {}）", clause.book, clause.id)?;
            }
        }
        write!(f, "。{}", self.next)
    }
}

#[cfg(test)]
mod tests {
    use calendar::Zone;
    use rulebook::{BlockNow, ClauseRef};

    use super::Refusal;

    #[test]
    fn a_hand_that_is_missing_is_asked_to_sign_and_told_once() {
        let block = |missing: &[&str], only: Option<&str>| BlockNow {
            clause: ClauseRef { book: "repair-residential".into(), id: "4.3.1a".into() },
            summary: "只许财务部入账".into(),
            act: "repair.receipt_posted".into(),
            missing: missing.iter().map(|it| (*it).to_owned()).collect(),
            only: only.map(str::to_owned),
            not_before: None,
            not_after: None,
        };
        let word = |id: &str| id.to_owned();
        let next = |block| Refusal::by_law("不能入账", vec![block], &word, &Zone::shanghai()).unwrap().next;
        assert_eq!(next(block(&["finance"], Some("finance"))), "请由finance办理。");
        assert_eq!(next(block(&["follow_up_staff"], None)), "请先由follow_up_staff签字或办理。");
        assert_eq!(
            next(block(&["repair.finance_received", "office_manager"], None)),
            "请先完成：repair.finance_received；请先由office_manager签字或办理。"
        );
    }
}
