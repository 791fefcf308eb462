//! A site's journal as lines of JSON (导出与导入): one entry a line in canonical form, a head line and a foot line.
//!
//! Personal fields travel as ciphertext; without the keys, which are exported apart, they read 〔已抹除〕.

use std::io::{BufRead, Write};

use serde_json::{Map, Value, json};

use crate::audit::{Break, Chain, Verified};
use crate::canonical::{self, hex, unhex};
use crate::entry::Stored;
use crate::fault::{Fault, FaultKind};
use crate::store::Store;
use crate::stream::{self, Head};
use crate::tx::Tx;
use crate::{sql, vals};

/// Entries read or written in one transaction.
const CHUNK: usize = 2_000;

/// The form of the lines; goes up when they change.
const FORMAT: i64 = 1;

/// Erased persons, and when.
type Erased = Vec<(String, i64)>;

/// One line of an export.
enum Line {
    Head { site: i64 },
    Entry(Box<Stored>),
    Foot { entries: i64, hash: [u8; 32], erased: Erased },
}

fn line_of(entry: &Stored) -> Result<String, Fault> {
    let body: Value = serde_json::from_str(&entry.body)
        .map_err(|error| Fault::from_source(FaultKind::Corrupt, "a stored body is not JSON", error))?;
    canonical::json(&json!({
        "site": entry.site, "seq": entry.seq, "stream": entry.stream, "version": entry.version, "at": entry.at.0,
        "happened": entry.happened.0, "actor": entry.actor, "post": entry.post, "command": entry.command,
        "name": entry.name, "shape": entry.shape, "charter": entry.charter, "body": body,
        "sealed": entry.sealed.as_deref().map(hex), "prev": hex(&entry.prev), "hash": hex(&entry.hash),
    }))
}

/// Reads a line; none inside when it is not of this form.
fn read_line(text: &str) -> Option<Line> {
    let value: Value = serde_json::from_str(text).ok()?;
    let map = value.as_object()?;
    if map.contains_key("huiyin") {
        return (int(map, "format")? == FORMAT).then_some(Line::Head { site: int(map, "site")? });
    }
    if map.contains_key("entries") {
        let erased = map.get("erased")?.as_array()?;
        let erased = erased.iter().map(|it| Some((it.get(0)?.as_str()?.to_owned(), it.get(1)?.as_i64()?)));
        let erased = erased.collect::<Option<_>>()?;
        return Some(Line::Foot { entries: int(map, "entries")?, hash: hash(map, "hash")?, erased });
    }
    let moment = |key: &str| int(map, key).map(calendar::Moment);
    let sealed = match map.get("sealed")? {
        Value::Null => None,
        Value::String(digits) => Some(unhex(digits)?),
        _ => return None,
    };
    Some(Line::Entry(Box::new(Stored {
        site: int(map, "site")?,
        seq: int(map, "seq")?,
        stream: text_of(map, "stream")?,
        version: int(map, "version")?,
        at: moment("at")?,
        happened: moment("happened")?,
        actor: text_of(map, "actor")?,
        post: text_of(map, "post")?,
        command: text_of(map, "command")?,
        name: text_of(map, "name")?,
        shape: int(map, "shape")?,
        charter: text_of(map, "charter")?,
        body: canonical::json(map.get("body")?).ok()?,
        sealed,
        prev: hash(map, "prev")?,
        hash: hash(map, "hash")?,
    })))
}

fn int(map: &Map<String, Value>, key: &str) -> Option<i64> {
    map.get(key)?.as_i64()
}

fn text_of(map: &Map<String, Value>, key: &str) -> Option<String> {
    map.get(key)?.as_str().map(str::to_owned)
}

fn hash(map: &Map<String, Value>, key: &str) -> Option<[u8; 32]> {
    unhex(map.get(key)?.as_str()?)?.try_into().ok()
}

/// Reads an export line by line, checks the chain, and gives the entries to `take` in portions.
fn walk(
    reader: &mut dyn BufRead,
    mut take: impl FnMut(i64, &Chain, Vec<Stored>) -> Result<(), Fault>,
) -> Result<Result<(Verified, Erased), Break>, Fault> {
    let mut chain = None;
    let mut portion = Vec::new();
    let broken = |site, seq, what: &str| Ok(Err(Break { site, seq, what: what.to_owned() }));
    for text in reader.lines() {
        let text = text.map_err(|error| Fault::from_source(FaultKind::Corrupt, "read an export", error))?;
        let here = chain.as_ref().map_or((0, 0), |chain: &Chain| (chain.here().site, chain.here().entries));
        match (read_line(&text), &mut chain) {
            (Some(Line::Head { site }), None) => chain = Some(Chain::new(site)),
            (Some(Line::Entry(entry)), Some(chain)) => {
                if let Err(wrong) = chain.next(&entry) {
                    return Ok(Err(wrong));
                }
                portion.push(*entry);
                if portion.len() == CHUNK {
                    take(here.0, chain, std::mem::take(&mut portion))?;
                }
            }
            (Some(Line::Foot { entries, hash, erased }), Some(chain)) => {
                let end = chain.here();
                if (end.entries, end.hash) != (entries, hash) {
                    return broken(end.site, end.entries, "与末行所记的条数或摘要不符");
                }
                if !portion.is_empty() {
                    take(end.site, chain, portion)?;
                }
                return Ok(Ok((end, erased)));
            }
            _ => return broken(here.0, here.1 + 1, "这一行不是日志导出的格式"),
        }
    }
    let here = chain.map_or((0, 0), |chain| (chain.here().site, chain.here().entries));
    broken(here.0, here.1 + 1, "文件不完整，缺少末行")
}

/// Checks an export without a store: its form, its chain, and that it is whole.
pub fn verify_export(reader: &mut dyn BufRead) -> Result<Result<Verified, Break>, Fault> {
    Ok(walk(reader, |_, _, _| Ok(()))?.map(|(verified, _)| verified))
}

fn written(end: std::io::Result<()>) -> Result<(), Fault> {
    end.map_err(|error| Fault::from_source(FaultKind::DiskFull, "write an export", error))
}

impl Store {
    /// Writes the journal of a site, and checks its chain on the way: a broken one is reported and the export has no
    /// foot line. Waits on this thread; not for async code.
    pub fn export(&self, site: i64, out: &mut dyn Write) -> Result<Result<Verified, Break>, Fault> {
        written(writeln!(out, "{}", canonical::json(&json!({"huiyin": "journal", "format": FORMAT, "site": site}))?))?;
        let mut chain = Chain::new(site);
        loop {
            let from = chain.here().entries;
            let most = CHUNK as i64;
            let entries = self.read(move |tx| stream::stored_after(tx, site, from, most)).wait()?;
            if entries.is_empty() {
                break;
            }
            for entry in &entries {
                if let Err(wrong) = chain.next(entry) {
                    return Ok(Err(wrong));
                }
                written(writeln!(out, "{}", line_of(entry)?))?;
            }
        }
        let erased = self.read(move |tx| {
            let rows = tx.query(sql!("select person, at from erased where site = $1 order by person"), &vals![site])?;
            rows.iter().map(|row| Ok(json!([row.text(0)?, row.int(1)?]))).collect::<Result<Vec<Value>, Fault>>()
        });
        let end = chain.here();
        let foot = json!({"entries": end.entries, "hash": hex(&end.hash), "erased": erased.wait()?});
        written(writeln!(out, "{}", canonical::json(&foot)?))?;
        written(out.flush())?;
        Ok(Ok(end))
    }

    /// Takes in the export of a site, entry by entry as it stands, after checking each. What is here already must be
    /// its beginning, so an interrupted import goes on when called again. Afterwards the views wait for
    /// [`Store::rebuild`]. Acts of the imported commands are not applied again; their answers are not known any more.
    ///
    /// Waits on this thread; not for async code.
    pub fn import(&self, reader: &mut dyn BufRead) -> Result<Result<Verified, Break>, Fault> {
        let end = walk(reader, |site, chain, entries| {
            let head = Head {
                at: chain.at(),
                seq: chain.here().entries,
                hash: chain.here().hash,
                ..Head::beginning(site, "")
            };
            self.keep(move |tx| take_in(tx, &head, &entries)).wait()
        })?;
        let (verified, erased) = match end {
            Ok(end) => end,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let site = verified.site;
        let keep = self.keep(move |tx| {
            for (person, at) in &erased {
                let text = sql!(
                    "insert into erased(site, person, at) values ($1, $2, $3) on conflict (site, person) do nothing"
                );
                tx.exec(text, &vals![site, person, *at])?;
            }
            crate::seal::erase_again(tx)
        });
        keep.wait()?;
        Ok(Ok(verified))
    }

    /// Writes the keys of a site's persons: a file to be kept apart from the journal's, and not as long. Waits on
    /// this thread.
    pub fn export_keys(&self, site: i64, out: &mut dyn Write) -> Result<(), Fault> {
        let read = self.read(move |tx| {
            let text = sql!(
                "select person, secret, made from {keys}person_key
                 where site = $1 and secret is not null order by person"
            );
            let rows = tx.query(text, &vals![site])?;
            let line = |row: &crate::Row| {
                let made = row.int(2)?;
                Ok(json!({"site": site, "person": row.text(0)?, "secret": hex(row.blob(1)?), "made": made}))
            };
            rows.iter().map(line).collect::<Result<Vec<Value>, Fault>>()
        });
        for line in read.wait()? {
            written(writeln!(out, "{}", canonical::json(&line)?))?;
        }
        written(out.flush())
    }

    /// Takes in keys that [`Store::export_keys`] wrote. Keys of erased persons stay destroyed; a key that is here
    /// already is kept. Refuses the whole file when a line is not of its form. Waits on this thread.
    pub fn import_keys(&self, reader: &mut dyn BufRead) -> Result<(), Fault> {
        let mut keys = Vec::new();
        for text in reader.lines() {
            let text = text.map_err(|error| Fault::from_source(FaultKind::Corrupt, "read keys", error))?;
            let key = serde_json::from_str::<Value>(&text).ok().and_then(|line| {
                let map = line.as_object()?;
                Some((int(map, "site")?, text_of(map, "person")?, hash(map, "secret")?, int(map, "made")?))
            });
            keys.push(key.ok_or_else(|| Fault::new(FaultKind::Corrupt, "这一行不是密钥导出的格式"))?);
        }
        let keep = self.keep(move |tx| {
            for (site, person, secret, made) in &keys {
                let text = sql!(
                    "insert into {keys}person_key(site, person, secret, made) values ($1, $2, $3, $4)
                     on conflict (site, person) do nothing"
                );
                tx.exec(text, &vals![*site, person, *secret, *made])?;
            }
            crate::seal::erase_again(tx)
        });
        keep.wait()
    }
}

/// Writes imported entries behind those that are here, with the rows of their commands and the head.
fn take_in(tx: &mut dyn Tx, upto: &Head, entries: &[Stored]) -> Result<(), Fault> {
    let text = sql!("select site, seq, at, hash, views, projected from head where site = $1 {lock}");
    let known = match tx.first(text, &vals![upto.site])? {
        Some(row) => Head::from_row(&row)?,
        None => Head::beginning(upto.site, ""),
    };
    let same = match entries.iter().rev().find(|entry| entry.seq <= known.seq) {
        Some(common) => {
            let text = sql!("select hash from journal where site = $1 and seq = $2");
            let row = tx.first(text, &vals![common.site, common.seq])?;
            matches!(row, Some(row) if row.hash(0)? == common.hash)
        }
        None => entries.first().is_none_or(|first| first.prev == known.hash),
    };
    if !same {
        return Err(Fault::new(FaultKind::Setup, format!("项目 {} 已有另外的日志，不能导入", upto.site)));
    }
    if known.seq >= upto.seq {
        return Ok(());
    }
    for entry in entries.iter().filter(|entry| entry.seq > known.seq) {
        stream::insert(tx, entry)?;
        let text = sql!(
            "insert into command(site, command, at, from_seq, to_seq) values ($1, $2, $3, $4, $4)
             on conflict (site, command) do update set to_seq = excluded.to_seq"
        );
        tx.exec(text, &vals![entry.site, &entry.command, entry.at, entry.seq])?;
    }
    let text = sql!(
        "insert into head(site, seq, at, hash, views, projected) values ($1, $2, $3, $4, '', 0)
         on conflict (site) do update set seq = excluded.seq, at = excluded.at, hash = excluded.hash, views = '',
         projected = 0"
    );
    tx.exec(text, &vals![upto.site, upto.seq, upto.at, upto.hash])
}
