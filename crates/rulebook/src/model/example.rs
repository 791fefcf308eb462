//! Worked examples (示例).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::At;

/// A worked example (示例).
#[derive(Clone, Debug)]
pub struct Example {
    /// One line of daily life.
    pub name: At<String>,
    /// Rules of this book that it exercises; `expect` is the complete answer for these.
    pub covers: Vec<At<String>>,
    /// The register's worked examples that it executes.
    pub example: Vec<String>,
    /// Attribute values known from the start.
    pub given: BTreeMap<String, String>,
    /// Site settings for this example.
    pub settings: BTreeMap<String, String>,
    /// What happens: `2026-11-16 10:00[:00] [甲] 事件 [由 岗位、岗位] [属性=值 …] [录入 2026-11-16 11:00]`.
    pub happens: Vec<At<String>>,
    /// The moment of looking; none is the moment of the last fact.
    pub as_of: Option<String>,
    /// A population made in bulk for rates.
    pub tally: Option<Tally>,
    /// The period whose figure is asked, for rates and counts (`2026-11`, `2026-Q3`, `2026-W46`).
    pub period: Option<String>,
    /// The complete answer.
    pub expect: Vec<At<String>>,
}

/// A population in bulk: `total` members, of which so many were done on each day after (day 0 is the same day).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The fact that makes a member.
    pub of: String,
    /// How many members (or participants).
    pub total: i64,
    /// Attributes of every member.
    pub given: BTreeMap<String, String>,
    /// Day → number done on it.
    pub on_day: BTreeMap<i64, i64>,
    /// Attributes of each act (method, posts).
    pub done: BTreeMap<String, String>,
    /// Posts that did the acts.
    pub by: Vec<String>,
    /// Date of the `of` facts (all on the same day).
    pub date: Option<Date>,
}
