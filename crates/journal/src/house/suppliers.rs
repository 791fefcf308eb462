//! Suppliers that an act chooses (选用供方): read in the transaction of the act, so that what is refused is refused by what stands
//! at that moment.

use office::case::{self, ActOnCase, Case};
use office::{Refusal, supplier};

use super::Laws;
use crate::SiteTx;
use crate::fault::Fault;
use crate::{sql, vals};

/// The act with number and name of the supplier that it chooses, by number or by stream id; any other act as it is. Refused: a
/// supplier that is none, and one that is not qualified, whose licence is over, or that is struck off.
pub(super) fn told(tx: &mut SiteTx<'_>, laws: &Laws, command: &ActOnCase) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let mut command = command.clone();
    let named = command.attributes.get(supplier::NUMBER).map(|it| it.trim().to_owned()).unwrap_or_default();
    if named.is_empty() {
        return Ok(Ok(command));
    }
    let found = record(tx, supplier::REGISTER, &named)?;
    let day = laws.zone.date(command.happened.unwrap_or_else(|| tx.now()));
    let name = match supplier::chosen("不能选用供方", found.as_ref(), &named, day) {
        Ok(name) => name.to_owned(),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let number = found.map(|it| it.number).unwrap_or(named);
    command.attributes.insert(supplier::NUMBER.to_owned(), number);
    command.attributes.insert(supplier::NAME.to_owned(), name);
    Ok(Ok(command))
}

/// The record of a register with this number or stream id.
fn record(tx: &mut SiteTx<'_>, register: &str, number: &str) -> Result<Option<Case>, Fault> {
    let site = tx.site();
    let text = sql!("select id from case_row where site = $1 and kind = $2 and (number = $3 or id = $4)");
    let values = vals![site, register, number.to_uppercase(), number];
    let Some(row) = tx.tx().first(text, &values)? else { return Ok(None) };
    let id = row.string(0)?;
    Ok(case::replay(&id, &tx.load(&format!("case:{id}"))?))
}
