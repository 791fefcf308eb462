//! What the matter says that a record is begun for (由来): a developer's order and a contract take over who lives there; and the last
//! day of a warranty, reckoned from the unit's hand-over when nobody wrote another.

use calendar::Moment;
use office::case::{self, ActOnCase, Caller, Case, OpenRecord};
use office::{Event, Refusal, household, service_contract, warranty};

use super::SiteLaw;
use super::acts::append;
use crate::SiteTx;
use crate::fault::Fault;
use crate::{sql, vals};

/// The record with who lives where the matter is, so that a developer can call, and a renewed contract is with the same
/// customer; any other record as it is. Refused for a developer's order: a matter that is out of warranty or has ended, one
/// that has an order that is not finished.
pub(super) fn begun(
    tx: &mut SiteTx<'_>,
    law: &SiteLaw,
    form: &OpenRecord,
) -> Result<Result<OpenRecord, Refusal>, Fault> {
    let mut form = form.clone();
    if ![warranty::ORDERS, service_contract::REGISTER].contains(&form.register.as_str()) {
        return Ok(Ok(form));
    }
    let mut told = form.act.happened.unwrap_or_else(|| tx.now());
    let matter = match form.act.links.get("linked_case") {
        Some(id) => case::replay(id, &tx.load(&format!("case:{id}"))?),
        None => None,
    };
    if let Some(matter) = matter {
        if form.register == warranty::ORDERS {
            if let Err(refusal) = warranty::may_order(&matter) {
                return Ok(Err(refusal));
            }
            if let Some(refusal) = unfinished(tx, &matter.number)? {
                return Ok(Err(refusal));
            }
            told = matter.opened;
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
    }
    form.act = dated(tx, law, (form.place.household.as_deref(), told), &form.act)?;
    Ok(Ok(form))
}

/// Tells the repair that an order was begun for that its work has passed the recheck, if that is what was entered.
pub(super) fn passed(tx: &mut SiteTx<'_>, order: &Case, entered: Option<Event>) -> Result<Result<(), Refusal>, Fault> {
    let Some(passed) = entered.filter(|it| warranty::is_order(order) && it.name == warranty::PASSED) else {
        return Ok(Ok(()));
    };
    let begun = order.entries.first().and_then(|entry| entry.event.body.links.get("linked_case"));
    let Some(id) = begun else { return Ok(Ok(())) };
    let stream = format!("case:{id}");
    let Some(matter) = case::replay(id, &tx.load(&stream)?) else { return Ok(Ok(())) };
    match warranty::told_of(order, &passed, &matter) {
        events if events.is_empty() => Ok(Ok(())),
        events => Ok(append(tx, &stream, matter.version, events)?.map(drop)),
    }
}

/// Why there is no second order for a matter; none when there is no first, or it has ended.
fn unfinished(tx: &mut SiteTx<'_>, number: &str) -> Result<Option<Refusal>, Fault> {
    let site = tx.site();
    let text = sql!("select number from case_row where site = $1 and kind = $2 and joined = $3 and ended = 0");
    let Some(row) = tx.tx().first(text, &vals![site, warranty::ORDERS, number])? else { return Ok(None) };
    let why = format!("{number} 已经有没有办完的返修单 {}", row.text(0)?);
    Ok(Some(Refusal::new("不能开返修单", why, "请在那一张上接着办。").at("case")))
}

/// The act with the last day of the warranty of the part that it names, for a unit that was handed over; as it is when
/// somebody wrote a day, or none can be reckoned. The terms are those that held when the matter was told.
pub(super) fn dated(
    tx: &mut SiteTx<'_>,
    law: &SiteLaw,
    (unit, told): (Option<&str>, Moment),
    command: &ActOnCase,
) -> Result<ActOnCase, Fault> {
    let mut command = command.clone();
    let part = command.attributes.get(warranty::PART).cloned().unwrap_or_default();
    let written = command.attributes.get(warranty::UNTIL).is_some_and(|it| !it.is_empty());
    let Some(unit) = unit.filter(|_| !part.is_empty() && !written) else { return Ok(command) };
    let unit = household::replay(unit, &tx.load(&format!("household:{unit}"))?);
    let parts = warranty::parts(law.office_setting_at(warranty::TERMS, told)).unwrap_or_default();
    let named = parts.iter().find(|known| known.name == part.trim());
    let day = unit.and_then(|unit| unit.handover).zip(named).and_then(|(day, part)| part.last_day(day));
    command.attributes.extend(day.map(|day| (warranty::UNTIL.to_owned(), day.to_string())));
    Ok(command)
}
