//! Erasing a person (抹除个人信息): the key is destroyed, with search rows, names in views, messages and files. The journal
//! keeps its chain; every personal field of that person reads 〔已抹除〕 from then on, also after a rebuild.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Moment;
use office::event::PERSON_ERASED;
use office::{Event, Refusal};
use serde::{Deserialize, Serialize};

use super::House;
use super::acts::{Answer, append};
use crate::fault::Fault;
use crate::site::SiteTx;
use crate::{Sent, sql, vals};

/// What an erasure did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Key of the person.
    pub person: String,
    /// Matters that the person had brought.
    pub cases: i64,
    /// Files that stand nowhere else any more, by hash: the shelf has to let go of them.
    pub attachments: Vec<String>,
    /// The person had been erased before; nothing was written now.
    pub before: bool,
}

/// Whom a command means.
struct Found {
    person: String,
    /// Where the person is told of.
    stream: String,
    household: Option<String>,
    names: BTreeSet<String>,
    phones: BTreeSet<String>,
}

/// Link of an erasure's entry: the files that went with it.
const FILES: &str = "attachments";

impl House {
    /// Erases a person: `person:<household>-<n>` of the ledger, or the caller of a case by its number. Matters that the
    /// person brought without being recognised, under the same name or phone from the same household, go with them. The
    /// files named in the answer are to be taken off the shelf; asking again for an erased person names them again.
    pub fn erase_person(&self, sent: Sent, person: String, reason: String) -> Answer<Erasure> {
        self.store().act(sent, move |tx| erase(tx, person.trim(), reason.trim()))
    }
}

fn erase(tx: &mut SiteTx<'_>, asked: &str, reason: &str) -> Result<Result<Erasure, Refusal>, Fault> {
    let what = "没有抹除";
    if reason.is_empty() {
        let next = "请写依据，例如：本人 11 月 20 日书面申请。不要写姓名和电话。";
        return Ok(Err(Refusal::new(what, "还没有写原因", next).at("reason")));
    }
    let Some(found) = find(tx, asked)? else {
        let why = format!("没有找到“{asked}”，或这件事项没有留个人信息");
        return Ok(Err(Refusal::new(what, why, "请从名单选人，或写事项编号。").at("person")));
    };
    let (site, now) = (tx.site(), tx.now());
    let text = sql!("select at from erased where site = $1 and person = $2");
    if tx.tx().first(text, &vals![site, &found.person])?.is_some() {
        return Ok(Ok(again(tx, found)?));
    }
    let cases = cases_of(tx, &found)?;
    let contacts = contacts_of(tx, &found, &cases)?;
    let told_in = || cases.keys().chain(contacts.keys()).cloned();
    let streams: BTreeSet<String> = told_in().chain([found.stream.clone()]).collect();
    let files = files_only_in(tx, &streams)?;
    tx.erase(&found.person)?;
    for own in cases.values().chain(contacts.values()).flatten() {
        tx.erase(own)?;
    }
    for stream in &streams {
        let version = tx.version(stream)?;
        if let Err(refusal) = append(tx, stream, version, vec![told(&found.person, &files, reason, now)])? {
            return Ok(Err(refusal));
        }
    }
    let cases = cases.len() as i64;
    Ok(Ok(Erasure { person: found.person, cases, attachments: files, before: false }))
}

fn told(person: &str, files: &[String], reason: &str, now: Moment) -> Event {
    let mut event = Event::plain(PERSON_ERASED, now);
    reason.clone_into(&mut event.body.note);
    event.body.links.insert("person".into(), person.to_owned());
    if !files.is_empty() {
        event.body.links.insert(FILES.into(), files.join(" "));
    }
    event
}

/// What an earlier erasure of the person named, as far as it still stands nowhere.
fn again(tx: &mut SiteTx<'_>, found: Found) -> Result<Erasure, Fault> {
    let entries = tx.load(&found.stream)?;
    let named = entries.iter().filter(|entry| entry.event.name == PERSON_ERASED);
    let files: BTreeSet<String> = named
        .filter_map(|entry| entry.event.body.links.get(FILES))
        .flat_map(|files| files.split(' ').map(str::to_owned))
        .collect();
    let mut free = Vec::new();
    for file in files {
        if tx.tx().first(sql!("select site from attachment_row where hash = $1 limit 1"), &vals![&file])?.is_none() {
            free.push(file);
        }
    }
    Ok(Erasure { person: found.person, cases: 0, attachments: free, before: true })
}

/// The person of the ledger with this key, or the caller of the case with this number or stream.
fn find(tx: &mut SiteTx<'_>, asked: &str) -> Result<Option<Found>, Fault> {
    if let Some((household, _)) = asked.strip_prefix("person:").and_then(|rest| rest.rsplit_once('-')) {
        return on_file(tx, asked, household);
    }
    let (site, id) = (tx.site(), asked.strip_prefix("case:").unwrap_or(asked));
    let text = sql!("select id from case_row where site = $1 and (id = $2 or number = $2)");
    let Some(row) = tx.tx().first(text, &vals![site, id])? else { return Ok(None) };
    let own = format!("case:{}", row.text(0)?);
    let entries = tx.load(&own)?;
    let key = entries.first().and_then(|entry| entry.event.sealed.as_ref()).map(|sealed| sealed.person.clone());
    let signed = || entries.iter().any(|entry| entry.event.sealed.as_ref().is_some_and(|it| it.person == own));
    match key.as_deref().map(|key| (key, key.strip_prefix("person:").and_then(|rest| rest.rsplit_once('-')))) {
        Some((person, Some((household, _)))) => on_file(tx, person, household),
        None if !signed() => Ok(None),
        _ => {
            let (names, phones) = (BTreeSet::new(), BTreeSet::new());
            Ok(Some(Found { person: own.clone(), stream: own, household: None, names, phones }))
        }
    }
}

fn on_file(tx: &mut SiteTx<'_>, person: &str, household: &str) -> Result<Option<Found>, Fault> {
    let stream = format!("household:{household}");
    let mut found = Found {
        person: person.to_owned(),
        stream: stream.clone(),
        household: Some(household.to_owned()),
        names: BTreeSet::new(),
        phones: BTreeSet::new(),
    };
    let mut known = false;
    for entry in tx.load(&stream)? {
        let Some(sealed) = entry.event.sealed.filter(|sealed| sealed.person == person) else { continue };
        known = true;
        found.names.extend(sealed.fields.get("name").cloned());
        let phones = sealed.fields.get("phones").map_or("", String::as_str);
        found.phones.extend(phones.split('、').filter(|one| !one.is_empty()).map(str::to_owned));
    }
    Ok(known.then_some(found))
}

/// Streams of the matters that the person brought; with the matter's own key where the caller was not recognised.
fn cases_of(tx: &mut SiteTx<'_>, found: &Found) -> Result<BTreeMap<String, Option<String>>, Fault> {
    let mut cases = BTreeMap::new();
    let Some(household) = &found.household else {
        cases.insert(found.stream.clone(), None);
        return Ok(cases);
    };
    let site = tx.site();
    let with_files = sql!("select stream from attachment_row where site = $1 and person = $2");
    for row in tx.tx().query(with_files, &vals![site, &found.person])? {
        cases.insert(row.string(0)?, None);
    }
    let rows = sql!("select id from case_row where site = $1 and household = $2 order by id");
    for row in tx.tx().query(rows, &vals![site, household])? {
        let stream = format!("case:{}", row.text(0)?);
        let first = tx.load(&stream)?.into_iter().next().and_then(|entry| entry.event.sealed);
        let Some(sealed) = first else { continue };
        let named = |key: &str, known: &BTreeSet<String>| sealed.fields.get(key).is_some_and(|it| known.contains(it));
        if sealed.person == found.person {
            cases.insert(stream, None);
        } else if sealed.person == stream && (named("name", &found.names) || named("phone", &found.phones)) {
            cases.insert(stream.clone(), Some(stream));
        }
    }
    Ok(cases)
}

/// Calls and visits of the person, at these matters or from the household; with the contact's own key where it holds the
/// person's name or number, as a telephone system tells it before anybody knows who calls.
fn contacts_of(
    tx: &mut SiteTx<'_>,
    found: &Found,
    cases: &BTreeMap<String, Option<String>>,
) -> Result<BTreeMap<String, Option<String>>, Fault> {
    let site = tx.site();
    let mut ids = BTreeSet::new();
    for case in cases.keys().filter_map(|stream| stream.strip_prefix("case:")) {
        let rows = sql!("select id from contact_row where site = $1 and case_id = $2");
        for row in tx.tx().query(rows, &vals![site, case])? {
            ids.insert((row.string(0)?, true));
        }
    }
    if let Some(household) = &found.household {
        let rows = sql!("select id from contact_row where site = $1 and household = $2 order by began");
        for row in tx.tx().query(rows, &vals![site, household])? {
            ids.insert((row.string(0)?, false));
        }
    }
    let mut contacts = BTreeMap::new();
    for (id, of_case) in ids {
        let stream = format!("contact:{id}");
        let sealed: Vec<_> = tx.load(&stream)?.into_iter().filter_map(|entry| entry.event.sealed).collect();
        let theirs = |it: &office::event::Sealed| {
            let known = |key: &str, known: &BTreeSet<String>| it.fields.get(key).is_some_and(|it| known.contains(it));
            it.person == found.person || known("name", &found.names) || known("phone", &found.phones)
        };
        if of_case || sealed.iter().any(theirs) {
            let own = sealed.iter().any(|it| it.person == stream);
            contacts.insert(stream.clone(), own.then_some(stream));
        }
    }
    Ok(contacts)
}

/// Files of these streams that stand in no other, at whatever site.
fn files_only_in(tx: &mut SiteTx<'_>, streams: &BTreeSet<String>) -> Result<Vec<String>, Fault> {
    let site = tx.site();
    let mut files = BTreeSet::new();
    for stream in streams {
        let text = sql!("select hash from attachment_row where site = $1 and stream = $2");
        for row in tx.tx().query(text, &vals![site, stream])? {
            files.insert(row.string(0)?);
        }
    }
    let mut free = Vec::new();
    for file in files {
        let rows = tx.tx().query(sql!("select site, stream from attachment_row where hash = $1"), &vals![&file])?;
        let mut elsewhere = false;
        for row in &rows {
            elsewhere |= row.int(0)? != site || !streams.contains(row.text(1)?);
        }
        if !elsewhere {
            free.push(file);
        }
    }
    Ok(free)
}
