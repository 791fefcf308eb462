//! The mailroom (收发室) as rows: items with where they stand and whether they went out in time, rounds, subscriptions,
//! authorities, names on mail.

use office::case::Case;
use office::mail;
use rulebook::{Derived, State};

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes the row of a record of the mailroom; any other case has none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case, derived: &Derived) -> Result<(), Fault> {
    match case.kind {
        mail::ITEMS => item(tx, site, case, derived),
        mail::ROUNDS => round(tx, site, case),
        mail::SUBSCRIPTIONS => subscription(tx, site, case),
        mail::AUTHORITIES => authority(tx, site, case),
        mail::NAMES => name(tx, site, case),
        _ => Ok(()),
    }
}

fn said(case: &Case, id: &str) -> String {
    case.attributes.get(id).map(|it| it.trim().to_owned()).unwrap_or_default()
}

fn household(case: &Case) -> String {
    case.household.clone().unwrap_or_default()
}

/// When the item is to be with its recipient, and what became of that: the last of the hard limits, else of the others.
fn limit(derived: &Derived) -> (Option<calendar::Moment>, &'static str) {
    let to_recipient = |soft: bool| {
        let own = derived.obligations.iter().filter(move |it| it.soft == soft && it.yields_to.is_none());
        own.filter(|it| it.must.iter().any(|must| must == mail::SIGNED)).max_by_key(|it| it.opened)
    };
    let Some(owed) = to_recipient(false).or_else(|| to_recipient(true)) else { return (None, "") };
    let state = match owed.state {
        State::Met => "met",
        State::MetLate | State::Missed => "late",
        State::Open | State::Overdue => "open",
        State::Waived | State::NotApplicable => "",
    };
    (owed.due, state)
}

/// What is owed of an item now: acts, each once, parted by blanks.
fn owes(derived: &Derived) -> String {
    let open = derived.obligations.iter().filter(|it| matches!(it.state, State::Open | State::Overdue));
    let mut musts: Vec<&str> = open.flat_map(|it| &it.must).map(String::as_str).collect();
    musts.sort_unstable();
    musts.dedup();
    musts.join(" ")
}

fn item(tx: &mut dyn Tx, site: i64, case: &Case, derived: &Derived) -> Result<(), Fault> {
    let (due, verdict) = limit(derived);
    let text = sql!(
        "insert into mail_row(site, case_id, number, kind, place, household, recipient, carrier, item, titles, received,
         stage, due, verdict, logged, sorted, storage, code, duty, handed, requested, signed, signer, remind, complaint,
         owes, ended)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
         $24, $25, $26, $27)
         on conflict (site, case_id) do update set recipient = excluded.recipient, carrier = excluded.carrier,
         item = excluded.item, titles = excluded.titles, stage = excluded.stage, due = excluded.due,
         verdict = excluded.verdict, logged = excluded.logged, sorted = excluded.sorted, storage = excluded.storage,
         code = excluded.code, duty = excluded.duty, handed = excluded.handed, requested = excluded.requested,
         signed = excluded.signed, signer = excluded.signer, remind = excluded.remind,
         complaint = excluded.complaint, owes = excluded.owes, ended = excluded.ended"
    );
    let code = if case.state.ended() { String::new() } else { said(case, "mail.pickup_code") };
    let row = vals![
        site,
        &case.id,
        &case.number,
        said(case, "mail.kind"),
        &case.place,
        household(case),
        said(case, "mail.recipient"),
        said(case, "mail.carrier"),
        said(case, "mail.number"),
        said(case, "mail.titles"),
        case.opened,
        mail::stage(case),
        due,
        verdict,
        case.has("mail.logged"),
        said(case, "mail.sort_group"),
        said(case, "mail.storage"),
        code,
        said(case, "mail.duty_signer"),
        case.has("mail.handed_over"),
        case.has("mail.weekend_requested"),
        case.last(mail::SIGNED).map(|entry| entry.event.happened),
        said(case, "mail.signer"),
        said(case, "mail.remind_on"),
        said(case, "mail.complaint"),
        owes(derived),
        case.state.ended(),
    ];
    tx.exec(text, &row)
}

fn round(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    let count = |id: &str| said(case, id).parse::<i64>().unwrap_or_default();
    let at = |act: &str| case.last(act).map(|entry| entry.event.happened);
    let text = sql!(
        "insert into mail_round_row(site, case_id, number, day, slot, due_copies, counted_copies, fits, settled, delay, delay_closed,
         set_out, done, result, ended)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (site, case_id) do update set due_copies = excluded.due_copies, counted_copies = excluded.counted_copies,
         fits = excluded.fits, settled = excluded.settled, delay = excluded.delay, delay_closed = excluded.delay_closed,
         set_out = excluded.set_out, done = excluded.done, result = excluded.result, ended = excluded.ended"
    );
    let row = vals![
        site,
        &case.id,
        &case.number,
        said(case, "mail_round.day"),
        said(case, "mail_round.slot"),
        count("mail.copies_due"),
        count("mail.copies_counted"),
        said(case, "mail.copies_match") != "no",
        case.has("mail_round.difference_settled"),
        at("mail_round.delay_found"),
        at("mail_round.delay_closed"),
        at("mail_round.set_out"),
        at("mail_round.done"),
        said(case, "mail_round.result"),
        case.state.ended(),
    ];
    tx.exec(text, &row)
}

fn subscription(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    let text = sql!(
        "insert into subscription_row(site, case_id, number, household, place, title, body, ended)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (site, case_id) do update set body = excluded.body, ended = excluded.ended"
    );
    let own = case.attributes.iter().filter(|(id, _)| id.starts_with("subscription."));
    let own: std::collections::BTreeMap<&String, &String> = own.collect();
    let body = serde_json::to_string(&own).unwrap_or_default();
    let title = said(case, "subscription.title");
    tx.exec(text, &vals![site, &case.id, &case.number, household(case), &case.place, title, body, case.state.ended()])
}

fn authority(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    let text = sql!(
        "insert into mail_authority_row(site, case_id, number, household, place, scope, proxy, from_day, to_day, ended)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (site, case_id) do update set ended = excluded.ended"
    );
    let row = vals![
        site,
        &case.id,
        &case.number,
        household(case),
        &case.place,
        said(case, "mail_authority.scope"),
        said(case, "mail_authority.proxy"),
        said(case, "mail_authority.from"),
        said(case, "mail_authority.to"),
        case.state.ended(),
    ];
    tx.exec(text, &row)
}

fn name(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    let text = sql!(
        "insert into mail_name_row(site, case_id, name, kind, household, place, ended) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (site, case_id) do update set ended = excluded.ended"
    );
    let (name, kind) = (said(case, "mail_name.name"), said(case, "mail_name.kind"));
    tx.exec(text, &vals![site, &case.id, name, kind, household(case), &case.place, case.state.ended()])
}
