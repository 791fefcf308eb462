//! Monthly notices as rows (费用通知单行): what was billed, what came in, until when, and what became of it. Sums in fen.

use office::case::{Case, CaseState};
use office::fee_notice::{self as notice, Standing};
use rulebook::Derived;

use calendar::Zone;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes the row of a notice; other cases have none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case, derived: &Derived) -> Result<(), Fault> {
    if case.kind.id() != notice::REGISTER {
        return Ok(());
    }
    let attribute = |id: &str| case.attributes.get(id).map_or("", String::as_str);
    let standing = Standing::of(case);
    let owed = derived.obligations.iter().filter(|it| it.must.iter().any(|must| must == notice::CLEARED));
    let due = owed.filter_map(|it| it.due).max();
    let at = |name: &str| case.last(name).map(|entry| entry.event.happened);
    let fell = notice::overdue_since(case).is_some();
    // Another day that was granted begins the urging anew.
    let mut since = case.entries.iter().rev().take_while(|entry| entry.event.name != notice::EXTENDED);
    let urged = since.find(|entry| notice::URGES.contains(&entry.event.name.as_str()));
    let withdrawn = case.state == CaseState::Withdrawn;
    let text = sql!(
        "insert into fee_row(site, case_id, number, household, place, month, payer, billed, received, late, open, owed,
         due, printed, delivered, cleared, fell, objected, sent, withdrawn, walk, urged, urged_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
         on conflict (site, case_id) do update set payer = excluded.payer, billed = excluded.billed,
         received = excluded.received, late = excluded.late, open = excluded.open, owed = excluded.owed,
         due = excluded.due, printed = excluded.printed, delivered = excluded.delivered, cleared = excluded.cleared,
         fell = excluded.fell, objected = excluded.objected, sent = excluded.sent, withdrawn = excluded.withdrawn,
         urged = excluded.urged, urged_at = excluded.urged_at"
    );
    let row = vals![
        site,
        &case.id,
        &case.number,
        case.household.clone().unwrap_or_default(),
        &case.place,
        attribute(notice::BILLED_TO),
        attribute("fee.payer"),
        standing.billed,
        standing.received,
        standing.late,
        if withdrawn { 0 } else { standing.open() },
        if withdrawn { 0 } else { standing.owed() },
        due,
        at(notice::PRINTED),
        attribute("fee.delivered_on"),
        at(notice::CLEARED),
        fell,
        at("fee.objected"),
        at("fee.bank_collection_sent"),
        withdrawn,
        office::household::walking_key(&case.place),
        urged.map_or("", |entry| entry.event.name.as_str()),
        urged.map(|entry| entry.event.happened),
    ];
    tx.exec(text, &row)
}

/// Writes the postings of these entries.
pub(super) fn post(tx: &mut dyn Tx, site: i64, case: &Case, (zone, entries): (&Zone, &[Entry])) -> Result<(), Fault> {
    let new = |seq: i64| entries.iter().any(|entry| entry.written.seq == seq);
    for (n, it) in (0_i64..).zip(notice::postings(case).iter().filter(|it| new(it.seq))) {
        let text = sql!(
            "insert into posting_row(site, case_id, seq, n, day, account, detail, debit, credit, number, place)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        );
        let day = zone.date(it.at).to_string();
        let row = vals![
            site,
            &case.id,
            it.seq,
            n,
            day.as_str(),
            it.account.code(),
            it.detail.as_str(),
            it.debit,
            it.credit,
            &case.number,
            &case.place,
        ];
        tx.exec(text, &row)?;
    }
    Ok(())
}
