//! Needs of customers (客户需求) as rows: field and topic, when voiced and identified, when to be met and when it was, the outcome.

use office::case::Case;
use rulebook::Derived;

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// The register of needs; also their kind.
pub(crate) const REGISTER: &str = "needs";

/// Writes the row of a need; other cases have none. The field is what the adopted clauses class its topic as.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case, derived: &Derived) -> Result<(), Fault> {
    if case.kind.id() != REGISTER {
        return Ok(());
    }
    let said = |id: &str| case.attributes.get(id).cloned().unwrap_or_default();
    let classed = derived.classes.iter().find(|class| class.attribute == "need.field").map(|class| class.value.clone());
    let at = |name: &str| case.last(name).map(|entry| entry.event.happened);
    let outcome = match (said("need.better").as_str(), case.state.ended()) {
        ("no", false) => "reopened".to_owned(),
        _ => said("need.outcome"),
    };
    tx.exec(sql!("delete from need_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    let text = sql!(
        "insert into need_row(site, case_id, field, topic, source, outcome, voiced, identified, target, improved, score)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let row = vals![
        site,
        &case.id,
        classed.unwrap_or_else(|| said("need.field")),
        said("need.topic"),
        said("need.source"),
        outcome,
        case.opened,
        at("need.identified"),
        said("need.target"),
        at("need.improved"),
        said("need.score").parse::<i64>().ok(),
    ];
    tx.exec(text, &row)
}
