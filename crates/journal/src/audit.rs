//! Walking the chain (验链): every entry has its place, its moment and its hash; the first break is named.

use std::collections::HashMap;

use calendar::Moment;

use crate::entry::{BEGINNING, Stored};
use crate::fault::Fault;
use crate::store::Store;
use crate::stream::{self, Head};
use crate::tx::Tx;
use crate::{sql, vals};

/// Entries read at once.
const CHUNK: i64 = 2_000;

/// A site's journal that holds together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The site.
    pub site: i64,
    /// How many entries it has.
    pub entries: i64,
    /// The hash of the last one: whoever wrote it down elsewhere can tell that nothing before it was changed.
    pub hash: [u8; 32],
}

/// The first place at which a journal does not hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The site.
    pub site: i64,
    /// The entry at which it shows.
    pub seq: i64,
    /// What is wrong, in words for the person who asked.
    pub what: String,
}

impl std::fmt::Display for Break {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "项目 {} 的日志在第 {} 条断裂：{}", self.site, self.seq, self.what)
    }
}

/// The chain of one site as far as it was walked.
pub(crate) struct Chain {
    site: i64,
    seq: i64,
    at: Moment,
    hash: [u8; 32],
    versions: HashMap<String, i64>,
}

impl Chain {
    pub fn new(site: i64) -> Chain {
        Chain { site, seq: 0, at: Moment(i64::MIN), hash: BEGINNING, versions: HashMap::new() }
    }

    /// Takes the next entry, or says what is wrong with it.
    pub fn next(&mut self, entry: &Stored) -> Result<(), Break> {
        let broken = |what: String| Err(Break { site: self.site, seq: self.seq + 1, what });
        if entry.site != self.site {
            return broken(format!("属于项目 {}", entry.site));
        }
        if entry.seq != self.seq + 1 {
            return broken(format!("缺少，其后是第 {} 条", entry.seq));
        }
        if entry.prev != self.hash {
            return broken("与前一条的摘要不相接".to_owned());
        }
        if entry.hash != entry.digest() {
            return broken("内容与摘要不符".to_owned());
        }
        if entry.at < self.at {
            return broken("记录时刻早于前一条".to_owned());
        }
        let version = self.versions.entry(entry.stream.clone()).or_insert(0);
        *version += 1;
        if entry.version != *version {
            let what = format!("“{}”的版本应为 {version}，实为 {}", entry.stream, entry.version);
            return broken(what);
        }
        (self.seq, self.at, self.hash) = (entry.seq, entry.at, entry.hash);
        Ok(())
    }

    /// Where the walk stands.
    pub fn here(&self) -> Verified {
        Verified { site: self.site, entries: self.seq, hash: self.hash }
    }

    /// The moment of the last entry that was walked.
    pub fn at(&self) -> Moment {
        self.at
    }
}

/// Walks the journal of a site up to its head, inside one transaction.
pub(crate) fn walk(tx: &mut dyn Tx, head: &Head) -> Result<Result<Verified, Break>, Fault> {
    let mut chain = Chain::new(head.site);
    while chain.seq < head.seq {
        let most = CHUNK.min(head.seq - chain.seq);
        let entries = stream::stored_after(tx, head.site, chain.seq, most)?;
        if entries.is_empty() {
            let what = format!("缺少，日志头记有 {} 条", head.seq);
            return Ok(Err(Break { site: head.site, seq: chain.seq + 1, what }));
        }
        for entry in &entries {
            if let Err(wrong) = chain.next(entry) {
                return Ok(Err(wrong));
            }
        }
    }
    if chain.hash != head.hash {
        let what = "日志头的摘要与最后一条不符".to_owned();
        return Ok(Err(Break { site: head.site, seq: head.seq, what }));
    }
    if let Some(beyond) = stream::stored_after(tx, head.site, head.seq, 1)?.first() {
        let what = "在日志头之后，不是经办理写入的".to_owned();
        return Ok(Err(Break { site: head.site, seq: beyond.seq, what }));
    }
    Ok(Ok(chain.here()))
}

impl Store {
    /// Walks the whole journal of a site as of now and reports the first break, if there is one. What acts append
    /// meanwhile is not looked at. Waits on this thread; not for async code.
    pub fn verify(&self, site: i64) -> Result<Result<Verified, Break>, Fault> {
        let read = self.read(move |tx| {
            let text = sql!("select site, seq, at, hash, views, projected from head where site = $1");
            match tx.first(text, &vals![site])? {
                Some(row) => walk(tx, &Head::from_row(&row)?),
                // Entries without a head are found as what stands beyond it.
                None => walk(tx, &Head::beginning(site, "")),
            }
        });
        read.wait()
    }
}
