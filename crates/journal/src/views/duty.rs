//! What is owed by period (期间): obligations that open and end by facts of a period, and the facts that periodic duties
//! name, wherever they happen. The duties themselves are no rows: they come with time, not with entries.

use calendar::Zone;
use office::case::{Case, CaseState};
use office::site::ADOPTED;

use super::{attachment, obligation};
use crate::entry::Entry;
use crate::fault::{Fault, FaultKind};
use crate::house::{Laws, SiteLaw};
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::value::Val;
use crate::{seal, sql, vals};

/// Derives the stream `period:<key>` as a subject of its own.
pub(super) fn project(tx: &mut dyn Tx, laws: &Laws, entries: &[Entry]) -> Result<(), Fault> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
    let whole = stream::load(tx, first.site, &first.stream)?;
    let upto: Vec<office::Entry> = whole.into_iter().filter(|entry| entry.seq <= last.written.seq).collect();
    let facts: Vec<_> = upto.iter().map(office::Entry::fact).collect();
    let law = laws.of_site(tx, first.site)?;
    let derived = law.derive(&first.stream, &facts, last.written.at);
    obligation::write(tx, first.site, &first.stream, &derived, first.version == 1)?;
    attachment::project(tx, entries, "")?;
    note(tx, &law, entries, false)
}

/// Keeps what an append to a case tells of duties. A voided record (作废) tells nothing any more: a shift that was taken off
/// the roster covers no hour of it.
pub(super) fn note_case(tx: &mut dyn Tx, law: &SiteLaw, case: &Case, entries: &[Entry]) -> Result<(), Fault> {
    let record = case.kind.is_record();
    match entries.first() {
        Some(first) if record && case.state == CaseState::Withdrawn => {
            let text = sql!("delete from duty_fact_row where site = $1 and stream = $2");
            tx.exec(text, &vals![first.site, &first.stream])
        }
        _ => note(tx, law, entries, record),
    }
}

/// Keeps what these entries tell of duties; of a `record` each fact on its own, so that it can be taken back.
fn note(tx: &mut dyn Tx, law: &SiteLaw, entries: &[Entry], record: bool) -> Result<(), Fault> {
    for entry in entries {
        if let Some(fulfils) = law.duty_facts.get(&entry.written.event.name) {
            put(tx, entry, *fulfils || record)?;
        }
    }
    Ok(())
}

/// One row a fact with all that it tells; or one a day, without what was told with it.
fn put(tx: &mut dyn Tx, entry: &Entry, whole: bool) -> Result<(), Fault> {
    let mut fact = entry.written.fact();
    let day = Zone::shanghai().date(fact.at).to_string();
    let slot = if whole { format!("{:012}", fact.seq) } else { day.clone() };
    if !whole {
        fact.attributes.clear();
    }
    let body = serde_json::to_string(&fact)
        .map_err(|error| Fault::from_source(FaultKind::Bug, "a fact cannot be written down", error))?;
    let text = sql!(
        "insert into duty_fact_row(site, fact, slot, day, seq, stream, body) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (site, fact, slot) do nothing"
    );
    tx.exec(text, &vals![entry.site, &fact.name, slot, day, fact.seq, &entry.stream, body])
}

/// With a newly adopted rulebook come duties whose facts were not kept so far: they are gathered from the journal.
pub(super) fn catch_up(tx: &mut dyn Tx, laws: &Laws, entries: &[Entry]) -> Result<(), Fault> {
    let Some(last) = entries.iter().rfind(|entry| entry.written.event.name == ADOPTED) else { return Ok(()) };
    let law = laws.of_site(tx, last.site)?;
    let mut lacking = Vec::new();
    for (fact, fulfils) in &law.duty_facts {
        if *fulfils {
            // What only made duties owed so far was kept by the day: all of it is gathered anew.
            let text = sql!("select seq from duty_fact_row where site = $1 and fact = $2 and slot like '%-%' limit 1");
            if tx.first(text, &vals![last.site, fact])?.is_some() {
                let text = sql!("delete from duty_fact_row where site = $1 and fact = $2");
                tx.exec(text, &vals![last.site, fact])?;
            }
        }
        let text = sql!("select seq from duty_fact_row where site = $1 and fact = $2 limit 1");
        if tx.first(text, &vals![last.site, fact])?.is_none() {
            lacking.push(fact.clone());
        }
    }
    if lacking.is_empty() {
        return Ok(());
    }
    let marks: Vec<String> = (0..lacking.len()).map(|n| format!("${}", n + 3)).collect();
    let text = format!(
        "select site, seq, stream, version, at, happened, actor, post, command, name, shape, charter, body, sealed,
         prev, hash from journal where site = $1 and seq < $2 and name in ({}) order by seq",
        marks.join(", ")
    );
    let mut values = vals![last.site, last.written.seq].to_vec();
    values.extend(lacking.iter().map(Val::from));
    let stored = stream::stored(&tx.query(Sql::built(text), &values)?)?;
    for entry in seal::open(tx, &mut seal::Secrets::new(), stored)? {
        let (record, voided) = standing(tx, &entry)?;
        if !voided {
            note(tx, &law, std::slice::from_ref(&entry), record)?;
        }
    }
    Ok(())
}

/// Whether an entry belongs to a record of a register, and whether that was voided.
fn standing(tx: &mut dyn Tx, entry: &Entry) -> Result<(bool, bool), Fault> {
    let Some(id) = entry.stream.strip_prefix("case:") else { return Ok((false, false)) };
    let text = sql!("select record, state from case_row where site = $1 and id = $2");
    let Some(row) = tx.first(text, &vals![entry.site, id])? else { return Ok((false, false)) };
    let record = row.flag(0)?;
    Ok((record, record && row.text(1)? == CaseState::Withdrawn.id()))
}
