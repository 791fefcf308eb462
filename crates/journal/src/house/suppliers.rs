//! Suppliers that an act chooses (选用供方), and the matter that a developer's order is opened for (返修单的来由): each is read in
//! the transaction of the act, so that what is refused is refused by what stands at that moment.

use office::case::{self, ActOnCase, Caller, Case, OpenRecord};
use office::{Refusal, supplier, warranty};

use super::Laws;
use crate::SiteTx;
use crate::fault::Fault;
use crate::{sql, vals};

/// The act with number and name of the supplier that it chooses, by number or by stream id; any other act as it is. Refused: a supplier that is none, and one
/// that is not qualified, whose licence is over, or that is struck off.
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

/// The record with what the matter says that a developer's order is opened for: who lives there, so that the developer can
/// call; any other record as it is. Refused: a matter that is out of warranty or has ended, one that has an order that is not
/// finished.
pub(super) fn ordered(tx: &mut SiteTx<'_>, form: &OpenRecord) -> Result<Result<OpenRecord, Refusal>, Fault> {
    let mut form = form.clone();
    let matter = form.act.links.get("linked_case").filter(|_| form.register == warranty::ORDERS);
    let Some(id) = matter else { return Ok(Ok(form)) };
    let Some(matter) = case::replay(id, &tx.load(&format!("case:{id}"))?) else { return Ok(Ok(form)) };
    if let Err(refusal) = warranty::may_order(&matter) {
        return Ok(Err(refusal));
    }
    let site = tx.site();
    let text = sql!("select number from case_row where site = $1 and kind = $2 and joined = $3 and ended = 0");
    let open = tx.tx().first(text, &vals![site, warranty::ORDERS, &matter.number])?;
    if let Some(open) = open.map(|row| row.string(0)).transpose()? {
        let why = format!("{} 已经有没有办完的返修单 {open}", matter.number);
        return Ok(Err(Refusal::new("不能开返修单", why, "请在那一张上接着办。").at("case")));
    }
    let known = matter.entries.first().and_then(|entry| entry.event.sealed.as_ref());
    if let Some(known) = known.filter(|_| form.person.name.is_empty() && form.person.phone.is_empty()) {
        let told = |it: &&String| it.as_str() != crate::seal::ERASED;
        let field = |key: &str| known.fields.get(key).filter(told).cloned().unwrap_or_default();
        form.person = Caller { person: known.person.clone(), name: field("name"), phone: field("phone") };
    }
    if form.place.household.is_none() && form.place.words == matter.place {
        form.place.household = matter.household;
    }
    Ok(Ok(form))
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
