//! A case's own row (事项), and everything that follows from its entries: obligations, members, forms, bell, search.

use office::case::{Case, CaseState, replay};
use office::sample;
use rulebook::{Derived, State};

use super::{
    archive, asked, attachment, care, complaint, dossier, duty, fee, follow_up, form, link, mail, need, obligation,
    promise, repair, shift, stock, survey, visit,
};
use crate::entry::Entry;
use crate::fault::Fault;
use crate::house::Laws;
use crate::search::{self, Document};
use crate::stream;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes what one append to a case changes.
pub(super) fn project(tx: &mut dyn Tx, laws: &Laws, entries: &[Entry]) -> Result<(), Fault> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
    let id = first.stream.trim_start_matches("case:");
    let whole = stream::load(tx, first.site, &first.stream)?;
    let upto: Vec<office::Entry> = whole.into_iter().filter(|entry| entry.seq <= last.written.seq).collect();
    let Some(case) = replay(id, &upto) else { return Ok(()) };
    let law = laws.of_site(tx, first.site)?;
    let derived = law.derive(id, &case.facts(), last.written.at);
    let new = first.version == 1;
    obligation::write(tx, first.site, id, &derived, new)?;
    form::write(tx, first.site, &case, entries)?;
    attachment::project(tx, entries, &case.caller_key())?;
    duty::note_case(tx, &law, &case, entries)?;
    bell(tx, first.site, &case, entries)?;
    told(tx, first.site, entries)?;
    row(tx, first.site, &case, &derived)?;
    complaint::write(tx, first.site, &case, &derived)?;
    repair::write(tx, first.site, &case)?;
    fee::write(tx, first.site, &case, &derived)?;
    fee::post(tx, first.site, &case, (&laws.zone, entries))?;
    follow_up::write(tx, first.site, &case, &derived)?;
    shift::write(tx, first.site, &case)?;
    stock::write(tx, first.site, &case)?;
    mail::write(tx, first.site, &case, &derived)?;
    care::write(tx, first.site, &case, &laws.zone)?;
    asked::write(tx, first.site, &case)?;
    dossier::write(tx, first.site, &case)?;
    archive::write(tx, first.site, &case)?;
    need::write(tx, first.site, &case, &derived)?;
    promise::write(tx, first.site, &case)?;
    visit::write(tx, first.site, &case, entries)?;
    link::write(tx, first.site, &case, entries)?;
    survey::write(tx, &law, &laws.zone, first.site, &case, entries)?;
    if new || entries.iter().any(|entry| written(&entry.written).next().is_some()) {
        index(tx, first.site, &case)?;
    }
    Ok(())
}

pub(super) fn row(tx: &mut dyn Tx, site: i64, case: &Case, derived: &Derived) -> Result<(), Fault> {
    let open = derived.obligations.iter().filter(|it| it.state == State::Open || it.state == State::Overdue);
    let next = open
        .filter(|it| !it.soft && it.yields_to.is_none())
        .filter_map(|it| it.due.map(|due| (due, it.end_of_day)))
        .min();
    let breaches = derived.obligations.iter().filter(|it| !it.soft && breached(it.state)).count() as i64;
    let ends = ["case.closed", "case.withdrawn", "follow_up.satisfied"];
    let ends = if case.kind.id() == office::survey::REGISTER { &ends[..] } else { &ends[..2] };
    let closed = ends.iter().filter_map(|name| case.last(name)).map(|it| it.event.happened).max();
    let attribute = |id: &str| case.attributes.get(id).cloned().unwrap_or_default();
    let first_of =
        |ids: &[&str]| ids.iter().map(|id| attribute(id)).find(|value| !value.is_empty()).unwrap_or_default();
    let contact = case.entries.first().and_then(|entry| entry.event.body.links.get("contact")).cloned();
    let joins = belongs_to(tx, site, case)?.unwrap_or_else(|| attribute("complaint.merged_into"));
    let text = sql!(
        "insert into case_row(site, id, number, kind, title, place, household, channel, class, state, ended, opened,
         closed, assignee, appointment, next_due, next_due_day, chased, gaps, breaches, round, contact, version,
         record, severity, stage, owner, topic, joined, common, followed, satisfaction, waits,
         planned, tried, urgent)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
         $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)
         on conflict (site, id) do update set class = excluded.class, state = excluded.state, ended = excluded.ended,
         closed = excluded.closed, assignee = excluded.assignee, appointment = excluded.appointment,
         next_due = excluded.next_due, next_due_day = excluded.next_due_day, chased = excluded.chased,
         breaches = excluded.breaches, round = excluded.round, version = excluded.version,
         severity = excluded.severity, stage = excluded.stage, owner = excluded.owner, topic = excluded.topic,
         joined = excluded.joined, common = excluded.common, followed = excluded.followed,
         satisfaction = excluded.satisfaction, waits = excluded.waits,
         planned = excluded.planned, tried = excluded.tried, urgent = excluded.urgent"
    );
    let row = vals![
        site,
        &case.id,
        &case.number,
        case.kind.id(),
        &case.title,
        &case.place,
        case.household.clone().unwrap_or_default(),
        attribute("case.channel"),
        attribute("complaint.class"),
        case.state.id(),
        case.state.ended(),
        case.opened,
        closed.filter(|_| case.state.ended()),
        case.assignee.clone().unwrap_or_default(),
        attribute("repair.appointment").parse::<i64>().ok(),
        next.map(|(due, _)| due).filter(|_| case.state != CaseState::Withdrawn),
        next.is_some_and(|(_, day)| day),
        i64::from(case.chased),
        case.gaps().len() as i64,
        breaches,
        i64::from(case.round),
        contact.unwrap_or_default(),
        case.version,
        case.kind.is_record(),
        attribute("complaint.severity"),
        case.stage(),
        first_of(&["case.person", "case.department"]),
        first_of(&["complaint.instance", "complaint.topic", "complaint.cause", "repair.kind", "period.of"]),
        joins,
        attribute("topic.number"),
        case.last("follow_up.done").map(|entry| entry.event.happened),
        attribute("follow_up.satisfaction"),
        office::act::signing::waits(case).join(" "),
    ];
    let planned = sample::planned(&case.entries);
    let row: Vec<_> = row.into_iter().chain(vals![planned.planned, planned.tried, case.is_urgent()]).collect();
    tx.exec(text, &row)
}

/// Number of the matter that a record was begun for: a work order of a repair.
fn belongs_to(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<Option<String>, Fault> {
    let begun = case.entries.first().filter(|_| case.kind.is_record());
    let Some(matter) = begun.and_then(|entry| entry.event.body.links.get("linked_case")) else { return Ok(None) };
    let row = tx.first(sql!("select number from case_row where site = $1 and id = $2"), &vals![site, matter])?;
    row.map(|row| row.string(0)).transpose()
}

/// A hard obligation that was not kept.
pub(crate) fn breached(state: State) -> bool {
    matches!(state, State::MetLate | State::Missed | State::Overdue)
}

/// An escalation that the clock has told.
pub(super) fn told(tx: &mut dyn Tx, site: i64, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries.iter().filter(|entry| entry.written.event.name == "office.due_passed") {
        let id = entry.written.event.body.links.get("escalation").map_or("", String::as_str);
        tx.exec(sql!("update escalation_row set told = 1 where site = $1 and id = $2"), &vals![site, id])?;
    }
    Ok(())
}

/// A new order rings until somebody acknowledges it (响铃至确认); a chased one (催办), until its worker does; a work order
/// (工作单), until its receiver signs for it; a proposed deduction (扣款建议) at whom it concerns, until they were heard.
fn bell(tx: &mut dyn Tx, site: i64, case: &Case, entries: &[Entry]) -> Result<(), Fault> {
    let worker = case.assignee.clone().unwrap_or_default();
    for entry in entries {
        match entry.written.event.name.as_str() {
            "repair.engineering_notified" => ring(tx, (site, case, entry), "order", "", "")?,
            "order.issued" if !worker.is_empty() => {
                ring(tx, (site, case, entry), "work_order", &worker, &entry.written.actor)?;
            }
            "deduction.proposed" => {
                if let Some(concerned) = entry.written.event.body.links.get(office::register::CONCERNED) {
                    ring(tx, (site, case, entry), "deduction", concerned, &entry.written.actor)?;
                }
            }
            "case.chased" => ring(tx, (site, case, entry), "chased", &worker, &entry.written.actor)?,
            "follow_up.unsolved_told" => ring(tx, (site, case, entry), "unsolved", &worker, &entry.written.actor)?,
            "office.ring_acknowledged" => {
                let text = sql!(
                    "update ring_row set acknowledged = $3, by_account = $4
                     where site = $1 and case_id = $2 and what <> 'supervisor' and acknowledged is null
                     and (account = '' or account = $4)"
                );
                tx.exec(text, &vals![site, &case.id, entry.written.event.happened, &entry.written.actor])?;
            }
            "repair.assigned" | "order.signed_for" | "deduction.heard" | "deduction.approved"
            | "deduction.declined" | "case.withdrawn" | "case.closed" => {
                let text = sql!(
                    "update ring_row set acknowledged = $3, by_account = $4
                     where site = $1 and case_id = $2 and what <> 'supervisor' and acknowledged is null"
                );
                tx.exec(text, &vals![site, &case.id, entry.written.event.happened, &entry.written.actor])?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Begins to ring at an account (at all who dispatch when empty), or rings anew.
fn ring(
    tx: &mut dyn Tx,
    (site, case, entry): (i64, &Case, &Entry),
    what: &str,
    account: &str,
    by: &str,
) -> Result<(), Fault> {
    let text = sql!(
        "insert into ring_row(site, case_id, what, number, since, account, chaser, acknowledged, by_account)
         values ($1, $2, $3, $4, $5, $6, $7, null, '')
         on conflict (site, case_id, what) do update set since = excluded.since,
         account = excluded.account, chaser = excluded.chaser, acknowledged = null, by_account = ''"
    );
    tx.exec(text, &vals![site, &case.id, what, &case.number, entry.written.event.happened, account, by])
}

/// Words by which a case is found: number, room, and whatever was written in it: words, opinions, results, replies, letters.
/// Personal fields stay out: people are found by their own keys.
fn index(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    let mut words = format!("{} {} {}", case.number, case.place, case.title);
    for entry in &case.entries {
        for text in written(entry) {
            if !words.contains(text) {
                words.push(' ');
                words.push_str(text);
            }
        }
    }
    search::put(tx, &Document { site, kind: "case", key: &case.id, text: &words, persons: &[] })
}

/// What somebody wrote in an entry. Choices, days and amounts are kept as signs of the program; words are not in ASCII.
fn written(entry: &office::Entry) -> impl Iterator<Item = &str> {
    let body = &entry.event.body;
    let attributes = body.attributes.values().filter(|value| !value.is_ascii());
    std::iter::once(&body.note).filter(|note| !note.is_empty()).chain(attributes).map(String::as_str)
}
