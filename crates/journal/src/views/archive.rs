//! The archive (档案) as rows: each item once with where it stands, and each use of it.

use calendar::Moment;
use office::archive::{REGISTER, is_lent};
use office::case::Case;

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Acts that use an item.
const USES: [&str; 4] =
    ["archive_item.sought", "archive_item.consulted", "archive_item.lent", "archive_item.disclosed"];

/// Writes the rows of an item; other cases have none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    if case.kind.id() != REGISTER {
        return Ok(());
    }
    let said = |id: &str| case.attributes.get(id).cloned().unwrap_or_default();
    let seq = |names: &[&str]| names.iter().filter_map(|name| case.last(name)).map(|it| it.seq).max().unwrap_or(0);
    let damaged = seq(&["archive_item.damage_found"]) > seq(&["archive_item.repaired", "archive_item.copied"]);
    let filed: Option<Moment> = case.last("archive_item.filed").map(|it| it.event.happened);
    let gone = case.has("archive.disposed") || case.state.ended();
    let lent = is_lent(case);
    let back = if lent { said("archive.due_back") } else { String::new() };
    tx.exec(sql!("delete from archive_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    tx.exec(sql!("delete from archive_use_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    let text = sql!(
        "insert into archive_row(site, case_id, department, class, received, filed, lent, back, damaged, gone)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let class = said("archive.class");
    let department = said("archive.department");
    tx.exec(text, &vals![site, &case.id, department, &class, case.opened, filed, lent, back, damaged, gone])?;
    for entry in case.entries.iter().filter(|entry| USES.contains(&entry.event.name.as_str())) {
        let own = |id: &str| entry.event.body.attributes.get(id).cloned().unwrap_or_default();
        let text = sql!(
            "insert into archive_use_row(site, case_id, seq, act, class, purpose, minutes, found, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        );
        let minutes = own("archive.minutes").parse::<i64>().ok();
        let found = own("archive.found") != "no";
        let (name, at) = (&entry.event.name, entry.event.happened);
        tx.exec(text, &vals![site, &case.id, entry.seq, name, &class, own("archive.purpose"), minutes, found, at])?;
    }
    Ok(())
}
