//! 问答: the book searched while the caller speaks, an entry with its versions, and who has read it.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Moment;
use office::answer::{Answer, Said, closeness, replay};
use serde::{Deserialize, Serialize};

use super::work::listed;
use crate::fault::Fault;
use crate::house::House;
use crate::search::{self, Wanted};
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::value::{Row, Val};
use crate::{sql, vals};

/// An entry of the book as a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRow {
    /// Stream id.
    pub id: String,
    /// Number of the version that holds.
    pub number: i64,
    /// What it says.
    pub said: Said,
    /// When it was written.
    pub at: Moment,
    /// Who wrote it.
    pub by: String,
    /// How many contacts it has answered.
    pub used: i64,
    /// Accounts that have read this version; the writer too.
    pub read_by: BTreeSet<String>,
}

/// An entry with its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerPage {
    /// The entry.
    pub answer: Answer,
    /// How many contacts it has answered.
    pub used: i64,
}

/// Entries shown at once; a book is small.
const SHOWN: i64 = 500;
/// A caller's words are close to an entry from here on.
const CLOSE: usize = 2;

const ANSWER: &str = "a.id, a.number, a.question, a.answer, a.phones, a.category, a.keywords, a.at, a.account,
    (select count(*) from contact_row c where c.site = a.site and c.answer = a.id)";

impl House {
    /// The entries that hold all these words, by category; all of them for no words.
    pub async fn answers(&self, site: i64, words: String, category: String) -> Result<Vec<AnswerRow>, Fault> {
        self.read(move |tx| {
            let found = match words.trim() {
                "" => None,
                words => {
                    let wanted = Wanted { words, sites: &[site], kinds: &["answer"] };
                    let hits = search::find(tx, &wanted, 200)?;
                    Some(hits.into_iter().map(|hit| hit.key).collect::<Vec<_>>())
                }
            };
            let mut rows = rows(tx, site, found.as_deref())?;
            rows.retain(|row| category.is_empty() || row.said.category == category);
            Ok(rows)
        })
        .await
    }

    /// The entries that are close to what a caller says, the closest first.
    pub async fn answers_close(&self, site: i64, words: String, limit: usize) -> Result<Vec<AnswerRow>, Fault> {
        self.read(move |tx| {
            if words.trim().is_empty() {
                return Ok(Vec::new());
            }
            let rows = rows(tx, site, None)?;
            let mut close: Vec<(usize, AnswerRow)> = rows
                .into_iter()
                .map(|row| (closeness(&words, &row.said), row))
                .filter(|(by, _)| *by >= CLOSE)
                .collect();
            close.sort_by(|(a, left), (b, right)| b.cmp(a).then(right.used.cmp(&left.used)));
            Ok(close.into_iter().take(limit).map(|(_, row)| row).collect())
        })
        .await
    }

    /// An entry with its versions; none when there is no such one.
    pub async fn answer(&self, site: i64, id: String) -> Result<Option<AnswerPage>, Fault> {
        self.read(move |tx| {
            let entries = stream::load(tx, site, &format!("answer:{id}"))?;
            let Some(answer) = replay(&id, &entries) else { return Ok(None) };
            let text = sql!("select count(*) from contact_row where site = $1 and answer = $2");
            let used = tx.number(text, &vals![site, &id])?.unwrap_or(0);
            Ok(Some(AnswerPage { answer, used }))
        })
        .await
    }
}

fn rows(tx: &mut dyn Tx, site: i64, ids: Option<&[String]>) -> Result<Vec<AnswerRow>, Fault> {
    let mut text = format!("select {ANSWER} from answer_row a where a.site = $1 and a.withdrawn = 0");
    let mut vals: Vec<Val> = vals![site, SHOWN].to_vec();
    if let Some(ids) = ids {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (marks, list) = listed(ids, 3);
        text.push_str(&format!(" and a.id in ({marks})"));
        vals.extend(list);
    }
    text.push_str(" order by a.category, a.question, a.id limit $2");
    let found = tx.query(Sql::built(text), &vals)?;
    let mut rows = found.iter().map(row).collect::<Result<Vec<_>, Fault>>()?;
    let mut readers: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
    let text = sql!("select id, account, version from answer_read where site = $1");
    for one in tx.query(text, &vals![site])? {
        readers.entry(one.string(0)?).or_default().push((one.string(1)?, one.int(2)?));
    }
    for row in &mut rows {
        let read = readers.remove(&row.id).unwrap_or_default();
        row.read_by.extend(read.into_iter().filter(|(_, version)| *version >= row.number).map(|(account, _)| account));
    }
    Ok(rows)
}

fn row(row: &Row) -> Result<AnswerRow, Fault> {
    let by = row.string(8)?;
    Ok(AnswerRow {
        id: row.string(0)?,
        number: row.int(1)?,
        said: Said {
            question: row.string(2)?,
            answer: row.string(3)?,
            phones: row.string(4)?,
            category: row.string(5)?,
            keywords: row.string(6)?,
        },
        at: row.moment(7)?,
        read_by: BTreeSet::from([by.clone()]),
        by,
        used: row.int(9)?,
    })
}
