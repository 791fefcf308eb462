//! Planned shifts (值班表) as rows: who is on duty from when to when, and whether a swap waits for approval.

use office::case::{Case, CaseKind, CaseState};

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Register of the shifts.
const ROSTER: CaseKind = CaseKind::Record("duty_roster");

/// Writes the row of a record of the roster; any other case has none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    if case.kind != ROSTER {
        return Ok(());
    }
    let attribute = |id: &str| case.attributes.get(id).map_or("", String::as_str);
    let moment = |id: &str| attribute(id).parse::<i64>().unwrap_or_default();
    let seq = |name: &str| case.last(name).map_or(0, |entry| entry.seq);
    let waits = seq("duty.swap_asked") > seq("duty.swap_approved");
    let swap = if waits { attribute("case.person") } else { "" };
    let account = case.entries.iter().rev().find_map(|entry| entry.event.body.links.get("on_duty"));
    let text = sql!(
        "insert into shift_row(site, case_id, post, person, account, begins, ends, number, swap, void)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (site, case_id) do update set person = excluded.person, account = excluded.account,
         begins = excluded.begins, ends = excluded.ends, swap = excluded.swap, void = excluded.void"
    );
    let row = vals![
        site,
        &case.id,
        attribute("duty.post"),
        attribute("duty.person"),
        account.map_or("", String::as_str),
        moment("duty.from"),
        moment("duty.to"),
        &case.number,
        swap,
        case.state == CaseState::Withdrawn,
    ];
    tx.exec(text, &row)
}
