//! Contacts (来访来电) as rows, also those that become no case; their obligations, and which extension a call is at.

use office::contact::{Contact, ContactState, SUPERVISOR_CALLED, SUPERVISOR_CAME, replay};
use office::household::phone_tail;

use super::{case, obligation};
use crate::entry::Entry;
use crate::fault::Fault;
use crate::house::Laws;
use crate::search::{self, Document};
use crate::stream;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes what one append to a contact changes.
pub(super) fn project(tx: &mut dyn Tx, laws: &Laws, entries: &[Entry]) -> Result<(), Fault> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
    let (site, id) = (first.site, first.stream.trim_start_matches("contact:"));
    let whole = stream::load(tx, site, &first.stream)?;
    let upto: Vec<office::Entry> = whole.into_iter().filter(|entry| entry.seq <= last.written.seq).collect();
    let Some(contact) = replay(id, &upto) else { return Ok(()) };
    let law = laws.of_site(tx, site)?;
    let derived = law.derive(&first.stream, &contact.facts(), last.written.at);
    obligation::write(tx, site, &first.stream, &derived, first.version == 1)?;
    case::told(tx, site, entries)?;
    row(tx, site, &contact)?;
    bell(tx, site, &contact, entries)?;
    if contact.rang.is_some() {
        calls(tx, site, &contact)?;
    }
    let words = [contact.place.as_str(), &contact.words, &contact.note].join(" ");
    if words.trim().is_empty() {
        return Ok(());
    }
    search::put(tx, &Document { site, kind: "contact", key: id, text: &words, persons: &[] })
}

fn row(tx: &mut dyn Tx, site: i64, it: &Contact) -> Result<(), Fault> {
    let text = sql!(
        "insert into contact_row(site, id, began, met, channel, station, account, household, place, words, state, note,
         case_id, answer, ended, rang, answered, rings, seconds, tail, tried, agitated, sampled, points, checked, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
         $24, $25, $26)
         on conflict (site, id) do update set began = excluded.began, met = excluded.met, channel = excluded.channel,
         station = excluded.station, account = excluded.account, household = excluded.household,
         place = excluded.place, words = excluded.words, state = excluded.state, note = excluded.note,
         case_id = excluded.case_id, answer = excluded.answer, ended = excluded.ended, rang = excluded.rang,
         answered = excluded.answered, rings = excluded.rings, seconds = excluded.seconds, tail = excluded.tail,
         tried = excluded.tried, agitated = excluded.agitated, sampled = excluded.sampled, points = excluded.points,
         checked = excluded.checked, version = excluded.version"
    );
    let points = it.has("call.courtesy_scored").then(|| it.attributes.get("courtesy.points"));
    let points = points.flatten().and_then(|points| points.parse::<i64>().ok());
    let row = vals![
        site,
        &it.id,
        it.began,
        it.first_contact(),
        &it.channel,
        &it.station,
        it.taker.clone().unwrap_or_default(),
        it.household.clone().unwrap_or_default(),
        &it.place,
        &it.words,
        it.state.id(),
        &it.note,
        it.case.clone().unwrap_or_default(),
        it.answer.clone().unwrap_or_default(),
        it.ended,
        it.rang,
        it.answered,
        it.rings,
        it.seconds(),
        phone_tail(&it.phone),
        it.tried,
        it.attributes.get("contact.agitated").is_some_and(|it| it == "yes"),
        it.has("call.sampled"),
        points,
        it.has("call.checked"),
        it.version,
    ];
    tx.exec(text, &row)
}

/// A supervisor who is called to a visitor hears the bell until one has come, or nobody waits any more.
fn bell(tx: &mut dyn Tx, site: i64, it: &Contact, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries {
        let at = entry.written.event.happened;
        match entry.written.event.name.as_str() {
            SUPERVISOR_CALLED => {
                let text = sql!(
                    "insert into ring_row(site, case_id, what, number, since, account, chaser, acknowledged, by_account)
                     values ($1, $2, 'supervisor', '', $3, '', $4, null, '')
                     on conflict (site, case_id, what) do nothing"
                );
                tx.exec(text, &vals![site, &it.id, at, &entry.written.actor])?;
            }
            SUPERVISOR_CAME | "contact.answered" | "contact.voided" => {
                let text = sql!(
                    "update ring_row set acknowledged = $3, by_account = $4
                     where site = $1 and case_id = $2 and what = 'supervisor' and acknowledged is null"
                );
                tx.exec(text, &vals![site, &it.id, at, &entry.written.actor])?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// At which extensions a call is now: wherever it rings; where it was answered, until its matter is entered.
fn calls(tx: &mut dyn Tx, site: i64, it: &Contact) -> Result<(), Fault> {
    tx.exec(sql!("delete from call_row where site = $1 and contact = $2"), &vals![site, &it.id])?;
    let answered = it.entries.iter().rev().find(|entry| entry.event.name == "call.answered");
    let at: Vec<&String> = match it.state {
        ContactState::Ringing => it.extensions.iter().collect(),
        ContactState::Open => answered.and_then(|entry| entry.event.body.links.get("extension")).into_iter().collect(),
        _ => Vec::new(),
    };
    for extension in at {
        let text = sql!("insert into call_row(site, extension, contact, since) values ($1, $2, $3, $4)");
        tx.exec(text, &vals![site, extension, &it.id, it.began])?;
    }
    Ok(())
}
