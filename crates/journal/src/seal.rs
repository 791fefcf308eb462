//! Personal fields under the person's key (个人信息封存). Destroying the key is erasure; the chain of entries stays whole.
//!
//! The `sealed` column holds person, names of the fields, and the values encrypted. Names are no secret: after an
//! erasure the reader still sees which fields there were, each as 〔已抹除〕.

use std::collections::{BTreeMap, BTreeSet};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use office::event::Sealed;

use crate::canonical::{put_bytes, take_bytes};
use crate::entry::{Entry, Stored};
use crate::fault::{Fault, FaultKind};
use crate::tx::{Sql, Tx};
use crate::value::Val;
use crate::{sql, vals};

/// What stands where a personal field was, once the key is destroyed.
pub use office::event::ERASED;

/// Persons asked for in one statement.
const AT_ONCE: usize = 64;

/// The key of one person.
#[derive(Clone)]
pub(crate) enum Secret {
    Key([u8; 32]),
    Destroyed,
}

/// Keys by person, as far as they were needed. Lives for one transaction only: another node may destroy a key.
pub(crate) type Secrets = BTreeMap<(i64, String), Secret>;

/// The `sealed` column for personal fields. A person without a key gets one. The fields of an erased person do not
/// enter the journal again: in `sealed` they are replaced by 〔已抹除〕.
pub(crate) fn seal(
    tx: &mut dyn Tx,
    secrets: &mut Secrets,
    (site, seq, now): (i64, i64, i64),
    sealed: &mut Sealed,
) -> Result<Vec<u8>, Fault> {
    let person = sealed.person.clone();
    look_up(tx, secrets, site, &[&person])?;
    let ciphertext = match secrets.get(&(site, person.clone())) {
        Some(Secret::Destroyed) => {
            sealed.fields.values_mut().for_each(|value| ERASED.clone_into(value));
            Vec::new()
        }
        Some(Secret::Key(key)) => encrypt(key, &aside(site, seq, &person), &sealed.fields)?,
        None => {
            let key = new_key(tx, secrets, site, &person, now)?;
            encrypt(&key, &aside(site, seq, &person), &sealed.fields)?
        }
    };
    let mut out = Vec::new();
    put_bytes(&mut out, person.as_bytes());
    put_bytes(&mut out, &ciphertext);
    sealed.fields.keys().for_each(|name| put_bytes(&mut out, name.as_bytes()));
    Ok(out)
}

/// Reads entries with their personal fields.
pub(crate) fn open(tx: &mut dyn Tx, secrets: &mut Secrets, stored: Vec<Stored>) -> Result<Vec<Entry>, Fault> {
    let mut persons: BTreeMap<i64, BTreeSet<&str>> = BTreeMap::new();
    for entry in &stored {
        if let Some(frame) = frame(entry)? {
            persons.entry(entry.site).or_default().insert(frame.person);
        }
    }
    for (site, persons) in persons {
        look_up(tx, secrets, site, &persons.into_iter().collect::<Vec<_>>())?;
    }
    stored.into_iter().map(|entry| open_one(secrets, entry)).collect()
}

fn open_one(secrets: &Secrets, entry: Stored) -> Result<Entry, Fault> {
    let Some(frame) = frame(&entry)? else { return entry.opened(None) };
    let person = frame.person.to_owned();
    let values = match secrets.get(&(entry.site, person.clone())) {
        // An entry written after the erasure has no ciphertext at all.
        Some(Secret::Key(key)) if !frame.ciphertext.is_empty() => {
            let aside = aside(entry.site, entry.seq, &person);
            decrypt(key, &aside, frame.ciphertext)
                .filter(|values| values.len() == frame.names.len())
                .ok_or_else(|| broken(&entry, "the seal does not open"))?
        }
        _ => vec![ERASED.to_owned(); frame.names.len()],
    };
    let fields = frame.names.iter().map(|name| (*name).to_owned()).zip(values).collect();
    entry.opened(Some(Sealed { person, fields }))
}

fn broken(entry: &Stored, what: &str) -> Fault {
    Fault::new(FaultKind::Corrupt, format!("entry {} of site {}: {what}", entry.seq, entry.site))
}

/// The parts of a `sealed` column.
struct Frame<'a> {
    person: &'a str,
    ciphertext: &'a [u8],
    names: Vec<&'a str>,
}

fn frame(entry: &Stored) -> Result<Option<Frame<'_>>, Fault> {
    let Some(sealed) = &entry.sealed else { return Ok(None) };
    let mut rest = sealed.as_slice();
    let cut_off = || broken(entry, "the seal is cut off");
    fn text(bytes: Option<&[u8]>) -> Option<&str> {
        bytes.and_then(|bytes| std::str::from_utf8(bytes).ok())
    }
    let person = text(take_bytes(&mut rest)).ok_or_else(cut_off)?;
    let ciphertext = take_bytes(&mut rest).ok_or_else(cut_off)?;
    let mut names = Vec::new();
    while !rest.is_empty() {
        names.push(text(take_bytes(&mut rest)).ok_or_else(cut_off)?);
    }
    Ok(Some(Frame { person, ciphertext, names }))
}

/// What a seal is bound to besides its key: it opens only in its own entry.
fn aside(site: i64, seq: i64, person: &str) -> Vec<u8> {
    format!("{site}/{seq}/{person}").into_bytes()
}

fn encrypt(key: &[u8; 32], aad: &[u8], fields: &BTreeMap<String, String>) -> Result<Vec<u8>, Fault> {
    let mut plain = Vec::new();
    fields.values().for_each(|value| put_bytes(&mut plain, value.as_bytes()));
    let nonce: [u8; 24] = random()?;
    let payload = Payload { msg: &plain, aad };
    let ciphertext = cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| Fault::new(FaultKind::Bug, "personal fields are too long to be sealed"))?;
    Ok([nonce.as_slice(), &ciphertext].concat())
}

fn decrypt(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Option<Vec<String>> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<24>()?;
    let payload = Payload { msg: ciphertext, aad };
    let plain = cipher(key).decrypt(&XNonce::from(*nonce), payload).ok()?;
    let mut rest = plain.as_slice();
    let mut texts = Vec::new();
    while !rest.is_empty() {
        texts.push(String::from_utf8(take_bytes(&mut rest)?.to_vec()).ok()?);
    }
    Some(texts)
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key))
}

fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Fault::from_source(FaultKind::Bug, "the system gives no random bytes", error))?;
    Ok(bytes)
}

/// Reads the keys of `persons` that are not known yet; a person without a key stays absent.
fn look_up(tx: &mut dyn Tx, secrets: &mut Secrets, site: i64, persons: &[&str]) -> Result<(), Fault> {
    let unknown = |person: &&&str| !secrets.contains_key(&(site, (**person).to_owned()));
    let missing: Vec<&str> = persons.iter().filter(unknown).copied().collect();
    for part in missing.chunks(AT_ONCE) {
        // Padded to a power of two, so that there are few different statements.
        let width = part.len().next_power_of_two();
        let places: Vec<String> = (0..width).map(|at| format!("${}", at + 2)).collect();
        let places = places.join(", ");
        let mut vals = vec![Val::I(site)];
        vals.extend((0..width).map(|at| Val::from(part[at.min(part.len() - 1)])));
        let keys = format!("select person, secret from {{keys}}person_key where site = $1 and person in ({places})");
        let erased = format!("select person from erased where site = $1 and person in ({places})");
        let asks = vec![(Sql::built(keys), vals.clone()), (Sql::built(erased), vals)];
        let answers = tx.queries(asks)?;
        for row in &answers[0] {
            let secret = match row.maybe_blob(1)? {
                Some(_) => Secret::Key(row.hash(1)?),
                None => Secret::Destroyed,
            };
            secrets.insert((site, row.string(0)?), secret);
        }
        // The list of the erased wins: a key that came back from an old backup opens nothing.
        for row in &answers[1] {
            secrets.insert((site, row.string(0)?), Secret::Destroyed);
        }
    }
    Ok(())
}

fn new_key(tx: &mut dyn Tx, secrets: &mut Secrets, site: i64, person: &str, now: i64) -> Result<[u8; 32], Fault> {
    let key: [u8; 32] = random()?;
    let row = vals![site, person, key, now];
    tx.exec(sql!("insert into {keys}person_key(site, person, secret, made) values ($1, $2, $3, $4)"), &row)?;
    secrets.insert((site, person.to_owned()), Secret::Key(key));
    Ok(key)
}

/// Destroys the key of `person` in the keys' own place.
pub(crate) fn destroy(tx: &mut dyn Tx, site: i64, person: &str, at: i64) -> Result<(), Fault> {
    let text = sql!(
        "insert into {keys}person_key(site, person, secret, made, destroyed) values ($1, $2, null, $3, $3)
         on conflict (site, person) do update set secret = null, destroyed = excluded.destroyed"
    );
    tx.exec(text, &vals![site, person, at])
}

/// Destroys every key whose person is on the list of the erased.
pub(crate) fn erase_again(tx: &mut dyn Tx) -> Result<(), Fault> {
    for row in tx.query(sql!("select site, person, at from erased order by site, person"), &[])? {
        let (site, person, at) = (row.int(0)?, row.text(1)?, row.int(2)?);
        let text = sql!("select made from {keys}person_key where site = $1 and person = $2 and secret is not null");
        if tx.first(text, &vals![site, person])?.is_some() {
            destroy(tx, site, person, at)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_only_with_its_key_and_in_its_place() {
        let key = [7; 32];
        let fields = BTreeMap::from([("name".to_owned(), "张三".to_owned()), ("phone".to_owned(), String::new())]);
        let sealed = encrypt(&key, &aside(1, 5, "p1"), &fields).unwrap();
        assert_eq!(decrypt(&key, &aside(1, 5, "p1"), &sealed).unwrap(), ["张三", ""]);
        assert_eq!(decrypt(&key, &aside(1, 6, "p1"), &sealed), None);
        assert_eq!(decrypt(&[8; 32], &aside(1, 5, "p1"), &sealed), None);
        assert_eq!(decrypt(&key, &aside(1, 5, "p1"), &sealed[..10]), None);
    }
}
