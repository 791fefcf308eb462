//! Residents' links (住户链接) as rows: which code opens which case until when.

use office::case::{Case, CaseState};
use office::link;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Entries after which a link may open another case, or none.
const TOUCH: [&str; 6] =
    [link::GIVEN, link::REVOKED, office::event::PERSON_ERASED, "case.filed", "case.withdrawn", "case.reopened"];

/// Writes the row of a case's link.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case, entries: &[Entry]) -> Result<(), Fault> {
    if !entries.iter().any(|entry| TOUCH.contains(&entry.written.event.name.as_str())) {
        return Ok(());
    }
    tx.exec(sql!("delete from link_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    let over = matches!(case.state, CaseState::Filed | CaseState::Withdrawn);
    let Some(link) = link::of(case).filter(|_| !over) else { return Ok(()) };
    let text = sql!("insert into link_row(site, case_id, hash, ends) values ($1, $2, $3, $4)");
    tx.exec(text, &vals![site, &case.id, &link.hash, link.ends])
}
