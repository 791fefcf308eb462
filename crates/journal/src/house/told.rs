//! What the house knows of a record that begins and of an act (所知): asked of one noun after the other, each of which may refuse it; and
//! what follows elsewhere once it is written.

use std::sync::Arc;

use calendar::Moment;
use office::case::{self, ActOnCase, Case, CaseKind, OpenRecord};
use office::{Actor, Event, Refusal};

use super::{Laws, SiteLaw};
use crate::fault::Fault;
use crate::{SiteTx, sql, vals};

/// The register of work orders (工作单).
const WORK_ORDER: &str = "work_order";
/// The register of shifts (交接班记录本).
const HANDOVER_BOOK: &str = "handover_book";
/// Seconds that a shift lasts at most.
const LONGEST_SHIFT: i64 = 36 * 3600;

/// A record as it begins: its warranty, its file, its supplier, whom it names, its mail.
pub(super) fn begun(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    actor: &Actor,
    form: &OpenRecord,
) -> Result<Result<OpenRecord, Refusal>, Fault> {
    let mut form = match super::warranty::begun(tx, law, form)? {
        Ok(form) => form,
        Err(refusal) => return Ok(Err(refusal)),
    };
    match super::dossiers::begun(tx, &form)? {
        Ok(begun) => form = begun,
        Err(refusal) => return Ok(Err(refusal)),
    }
    if form.register == HANDOVER_BOOK
        && let Some(refusal) = on_shift(tx, actor)?
    {
        return Ok(Err(refusal));
    }
    if form.register == WORK_ORDER {
        form.act.links.extend(named(tx, &form.act, "case.person")?.map(|account| ("assignee".to_owned(), account)));
    }
    if form.register == office::register::DEDUCTIONS {
        let concerned = named(tx, &form.act, "deduction.person")?;
        form.act.links.extend(concerned.map(|account| (office::register::CONCERNED.to_owned(), account)));
    }
    match super::papers::begun(tx, law, &form)? {
        Ok(begun) => form = begun,
        Err(refusal) => return Ok(Err(refusal)),
    }
    match super::fees::begun(tx, &form)? {
        Ok(begun) => form = begun,
        Err(refusal) => return Ok(Err(refusal)),
    }
    match super::suppliers::told(tx, laws, &form.act)? {
        Ok(told) => form.act = told,
        Err(refusal) => return Ok(Err(refusal)),
    }
    if let Some(kind) = CaseKind::of(&form.register) {
        match super::cover::told(tx, actor, kind, None, &form.act)? {
            Ok(told) => form.act = told,
            Err(refusal) => return Ok(Err(refusal)),
        }
        match super::mail::told(tx, laws, actor, (kind, None, &form.place.words), &form.act)? {
            Ok(told) => form.act = told,
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    super::meetings::begun(tx, form)
}

/// Why nobody takes over a second shift (接班): one is not over that was neither handed over nor withdrawn. Older ones are left
/// behind; the list of missed hand-overs shows them.
fn on_shift(tx: &mut SiteTx<'_>, actor: &Actor) -> Result<Option<Refusal>, Fault> {
    let (site, now) = (tx.site(), tx.now());
    let text = sql!(
        "select id, number from case_row where site = $1 and kind = 'handover_book' and ended = 0 and opened > $2 order by opened"
    );
    for row in tx.tx().query(text, &vals![site, now.plus_seconds(-LONGEST_SHIFT)])? {
        let id = row.string(0)?;
        let Some(shift) = case::replay(&id, &tx.load(&format!("case:{id}"))?) else { continue };
        let own = shift.entries.first().is_some_and(|entry| entry.actor == actor.account);
        let ends = shift.attributes.get("shift.ends").and_then(|it| it.parse().ok()).map(Moment);
        if own && ends.is_some_and(|ends| now < ends) {
            let why = format!("您正在班上，{} 还没有交班", row.string(1)?);
            let next = "请先在那一条上办交接班；接错了的，撤销那一条。";
            return Ok(Some(Refusal::new("不能接班", why, next)));
        }
    }
    Ok(None)
}

/// The account of whom a paper names: a work order its receiver (接单人), a proposed deduction whom it concerns; none when no one
/// of the staff is called so, or several are.
fn named(tx: &mut SiteTx<'_>, act: &ActOnCase, field: &str) -> Result<Option<String>, Fault> {
    let name = act.attributes.get(field).map_or("", |name| name.trim());
    if name.is_empty() {
        return Ok(None);
    }
    match super::cover::called(tx, name)?.as_slice() {
        [only] => Ok(Some(only.string(0)?)),
        _ => Ok(None),
    }
}

/// The act with what the house knows of it: whom it names, its supplier, its warranty, its mark, its price; or why it is refused.
pub(super) fn told(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    actor: &Actor,
    found: &Case,
    command: &ActOnCase,
) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let command = match super::cover::told(tx, actor, found.kind, Some(found), command)? {
        Ok(told) => told,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let command = match super::suppliers::told(tx, laws, &command)? {
        Ok(told) => told,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let command = match super::mail::told(tx, laws, actor, (found.kind, Some(found), ""), &command)? {
        Ok(told) => told,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let command = match super::dossiers::told(tx, actor, found, &command)? {
        Ok(told) => told,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let command = match super::papers::told(tx, law, found, &command)? {
        Ok(told) => told,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let command = match super::meetings::told(tx, laws, actor, found, command)? {
        Ok(told) => told,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let command = match super::fees::told(tx, laws, law, actor, found, &command)? {
        Ok(told) => told,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let unit = (found.household.as_deref(), found.opened);
    let command = super::warranty::dated(tx, law, unit, &command)?;
    let command = super::reports::frozen(tx, laws, found, command)?;
    match super::surveys::marked(law, &command) {
        Ok(marked) => super::charges::priced(tx, laws, found, &marked),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// What an act that is written changes elsewhere: files and households, the repair of an order that passed, mail.
pub(super) fn done(
    tx: &mut SiteTx<'_>,
    (laws, law): (&Arc<Laws>, &SiteLaw),
    actor: &Actor,
    (found, entered): (&Case, Option<Event>),
    command: &ActOnCase,
) -> Result<Result<(), Refusal>, Fault> {
    if let Err(refusal) = super::dossiers::done(tx, (laws, law), actor, found, command)? {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = super::warranty::passed(tx, found, entered)? {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = super::fees::done(tx, found, command)? {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = super::meetings::done(tx, (laws, law), actor, found, command)? {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = super::papers::done(tx, laws, law, actor, (found, command))? {
        return Ok(Err(refusal));
    }
    super::mail::taken(tx, laws, actor, found, command)
}
