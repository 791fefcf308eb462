//! Repairs as statistics count them (报修统计行): one row a repair, with when it was done, for how much, and what came of it.

use office::case::{Case, CaseKind, CaseState, ThirdCopy};

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes the row of a repair; other cases have none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    if case.kind != CaseKind::Repair {
        return Ok(());
    }
    let attribute = |id: &str| case.attributes.get(id).cloned().unwrap_or_default();
    let done = case.last("repair.completed");
    let times = |name: &str| case.entries.iter().filter(|entry| entry.event.name == name).count() as i64;
    let second =
        case.entries.iter().any(|it| it.event.body.attributes.get("repair.second_trip").is_some_and(|it| it == "yes"));
    let text = sql!(
        "insert into repair_row(site, id, number, opened, completed, worker, building, household, place, shared, amount,
         second_trip, rework, reopened, satisfaction, listed, withdrawn, third)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         on conflict (site, id) do update set completed = excluded.completed, worker = excluded.worker,
         shared = excluded.shared, amount = excluded.amount, second_trip = excluded.second_trip,
         rework = excluded.rework, reopened = excluded.reopened, satisfaction = excluded.satisfaction,
         listed = excluded.listed, withdrawn = excluded.withdrawn,
         third = excluded.third"
    );
    let row = vals![
        site,
        &case.id,
        &case.number,
        case.opened,
        done.map(|entry| entry.event.happened),
        done.map(|entry| entry.actor.clone()).unwrap_or_default(),
        office::household::building_of(&case.place),
        case.household.clone().unwrap_or_default(),
        &case.place,
        attribute("repair.object") == "shared",
        attribute("repair.amount_due").parse::<i64>().ok(),
        second,
        times("repair.rework_needed"),
        times("case.reopened"),
        attribute("follow_up.satisfaction"),
        case.has("repair.listed_free"),
        case.state == CaseState::Withdrawn,
        ThirdCopy::of(case).map_or("", ThirdCopy::id),
    ];
    tx.exec(text, &row)
}
