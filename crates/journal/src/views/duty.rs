//! Obligations that open and end by facts of a period (期间): serious problems of the statistics, reports, plans.

use crate::entry::Entry;
use crate::fault::Fault;
use crate::house::Laws;
use crate::stream;
use crate::tx::Tx;

use super::obligation;

/// Derives the stream `period:<key>` as a subject of its own.
pub(super) fn project(tx: &mut dyn Tx, laws: &Laws, entries: &[Entry]) -> Result<(), Fault> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
    let whole = stream::load(tx, first.site, &first.stream)?;
    let upto: Vec<office::Entry> = whole.into_iter().filter(|entry| entry.seq <= last.written.seq).collect();
    let facts: Vec<_> = upto.iter().map(office::Entry::fact).collect();
    let law = laws.of_site(tx, first.site)?;
    let derived = law.derive(&first.stream, &facts, last.written.at);
    obligation::write(tx, first.site, &first.stream, &derived, first.version == 1)
}
