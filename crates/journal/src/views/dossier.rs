//! Categories of customer files (档案类别) as rows: whether each is complete and accurate, and until when it is confirmed; and who
//! saw personal data in full.

use std::collections::BTreeSet;

use office::case::{Case, CaseState};
use office::dossier::{self, CATEGORIES_OF, Standing};

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// The register of what is collected for files.
const MATERIALS: &str = "dossier_materials";

fn material(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    tx.exec(sql!("delete from material_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    if case.state.ended() && !case.has("dossier_item.filed") {
        return Ok(());
    }
    let filed = case.last("dossier_item.filed").map(|entry| entry.event.happened);
    let household = case.household.clone().unwrap_or_default();
    let category = case.attributes.get("dossier.category").cloned().unwrap_or_default();
    let text = sql!(
        "insert into material_row(site, case_id, household, category, collected, filed)
         values ($1, $2, $3, $4, $5, $6)"
    );
    tx.exec(text, &vals![site, &case.id, household, category, case.opened, filed])
}

/// The permits that are out for a parking space; one that is taken back may be given out again.
fn permits(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    tx.exec(sql!("delete from permit_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    if case.state.ended() {
        return Ok(());
    }
    let mut out = BTreeSet::new();
    for entry in &case.entries {
        match entry.event.name.as_str() {
            dossier::PERMIT_ISSUED => {
                let number = entry.event.body.attributes.get(dossier::PERMIT).map_or("", |it| it.trim());
                out.extend(Some(number).filter(|it| !it.is_empty()));
            }
            dossier::PERMIT_RETURNED => out.clear(),
            _ => {}
        }
    }
    for number in out {
        let text = sql!("insert into permit_row(site, number, case_id) values ($1, $2, $3)");
        tx.exec(text, &vals![site, number, &case.id])?;
    }
    Ok(())
}

/// Writes the row of a category; other cases have none, and a voided record is none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    if case.kind.id() == MATERIALS {
        return material(tx, site, case);
    }
    if case.kind.id() == dossier::SPACES {
        return permits(tx, site, case);
    }
    if case.kind.id() != CATEGORIES_OF {
        return Ok(());
    }
    tx.exec(sql!("delete from dossier_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    let there = case.state != CaseState::Withdrawn;
    let Some(household) = case.household.as_ref().filter(|_| there) else { return Ok(()) };
    let standing = Standing::of(case);
    let category = case.attributes.get("dossier.category").cloned().unwrap_or_default();
    let until = standing.until.map(|date| date.to_string()).unwrap_or_default();
    let text = sql!(
        "insert into dossier_row(site, case_id, household, category, complete, accurate, due)
         values ($1, $2, $3, $4, $5, $6, $7)"
    );
    tx.exec(text, &vals![site, &case.id, household, category, standing.complete, standing.accurate, until])
}

/// Rows of who saw what for which purpose.
pub(super) fn project_seen(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries.iter().filter(|entry| entry.written.event.name == "office.unmasked") {
        let written = &entry.written;
        let subject = written.event.body.links.get("subject").cloned().unwrap_or_default();
        let text = sql!(
            "insert into unmask_row(site, seq, subject, at, account, purpose) values ($1, $2, $3, $4, $5, $6)
             on conflict (site, seq) do nothing"
        );
        tx.exec(text, &vals![entry.site, written.seq, subject, written.at, &written.actor, &written.event.body.note])?;
    }
    Ok(())
}
