//! What is owed by period (期间): obligations that open and end by facts of a period, and the facts that periodic duties
//! name, wherever they happen. The duties themselves are no rows: they come with time, not with entries.

use calendar::Zone;
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
    note(tx, &law, entries)
}

/// Keeps what these entries tell of duties.
pub(super) fn note(tx: &mut dyn Tx, law: &SiteLaw, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries {
        if let Some(fulfils) = law.duty_facts.get(&entry.written.event.name) {
            put(tx, entry, *fulfils)?;
        }
    }
    Ok(())
}

/// One row a fact that fulfils duties; of the others one a day, without what was told with it.
fn put(tx: &mut dyn Tx, entry: &Entry, fulfils: bool) -> Result<(), Fault> {
    let mut fact = entry.written.fact();
    let day = Zone::shanghai().date(fact.at).to_string();
    let slot = if fulfils { format!("{:012}", fact.seq) } else { day.clone() };
    if !fulfils {
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
            // What only made duties owed so far was kept by the day.
            let by_day = sql!("delete from duty_fact_row where site = $1 and fact = $2 and slot like '%-%'");
            tx.exec(by_day, &vals![last.site, fact])?;
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
        note(tx, &law, std::slice::from_ref(&entry))?;
    }
    Ok(())
}
