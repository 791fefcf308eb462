//! The mailroom (收发室): several records at one stroke, who is on duty on that day, authorities without which court and tax papers
//! are not signed for, and the hand-over that both have signed.

use std::sync::Arc;

use calendar::Moment;
use office::case::{self, ActOnCase, Case, CaseKind, OpenRecord, Register};
use office::mail::{self, LISTED};
use office::{Actor, Refusal};
use serde::{Deserialize, Serialize};

use super::acts::{Answer, CaseDone, act_on_case, open_record, register};
use super::{House, Laws};
use crate::Sent;
use crate::SiteTx;
use crate::fault::Fault;
use crate::{sql, vals};

/// The post of whoever is on duty on the day.
const ON_DUTY: &str = "duty_staff_today";
/// Registers whose acts ask who is on duty.
const KINDS: [CaseKind; 3] = [mail::ITEMS, mail::ROUNDS, mail::HANDOVERS];
/// The act by which a hand-over is accepted.
const TAKEN: &str = "mail_handover.taken";

/// One of several things done at a stroke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stroke {
    /// Begins a record.
    Open(OpenRecord),
    /// An act on a record.
    Act(String, ActOnCase),
    /// Registers a matter; an item that it is linked to hears its number.
    Register(Box<Register>),
}

impl Stroke {
    /// An act with these attributes.
    pub fn act(case: &str, act: &str, attributes: &[(&str, &str)]) -> Stroke {
        let attributes = attributes.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
        Stroke::Act(case.to_owned(), ActOnCase { act: act.to_owned(), attributes, ..ActOnCase::default() })
    }
}

impl House {
    /// Several records and acts at one stroke: all of them, or none. Answers what the last one does.
    pub fn strokes(&self, sent: Sent, actor: Actor, strokes: Vec<Stroke>) -> Answer<CaseDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let mut last = Err(Refusal::new("没有办理", "没有选中的件", "请至少选一件。"));
            for stroke in &strokes {
                last = match stroke {
                    Stroke::Open(form) => open_record(tx, &laws, &actor, form)?,
                    Stroke::Act(case, command) => act_on_case(tx, &laws, &actor, case, command)?,
                    Stroke::Register(form) => complaint(tx, &laws, &actor, form)?,
                };
                if last.is_err() {
                    break;
                }
            }
            Ok(last)
        })
    }
}

/// Registers a matter about an item, and tells the item its number.
fn complaint(
    tx: &mut SiteTx<'_>,
    laws: &Arc<Laws>,
    actor: &Actor,
    form: &Register,
) -> Result<Result<CaseDone, Refusal>, Fault> {
    let done = match register(tx, laws, actor, form)? {
        Ok(done) => done,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Some(item) = &form.linked_case {
        let told = ActOnCase {
            act: mail::COMPLAINED.to_owned(),
            attributes: [("mail.complaint".to_owned(), done.number.clone())].into(),
            ..ActOnCase::default()
        };
        if let Err(refusal) = act_on_case(tx, laws, actor, item, &told)? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(done))
}

/// The act with the post of who is on duty. Refused: court and tax papers without an authority, a proxy whom nobody named.
pub(super) fn told(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    actor: &Actor,
    (kind, case, place): (CaseKind, Option<&Case>, &str),
    command: &ActOnCase,
) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let mut command = command.clone();
    if !KINDS.contains(&kind) {
        return Ok(Ok(command));
    }
    let happened = command.happened.unwrap_or_else(|| tx.now());
    if on_duty(tx, &actor.account, happened)? && !command.posts.iter().any(|post| post == ON_DUTY) {
        command.posts.push(ON_DUTY.to_owned());
    }
    let said = |id: &str| command.attributes.get(id).map_or("", |it| it.trim());
    let today = laws.zone.date(happened).to_string();
    if command.act == mail::RECEIVED && ["court_paper", "tax_paper"].contains(&said("mail.paper")) {
        let (scope, mine) = (mail::TAKES_OFFICIAL, authorities(tx, place, &today)?);
        if !mine.iter().any(|(known, _)| known == scope) {
            let next = "不要代签：请投递员另行投递，并在“法院税务文书到件通知”登记，通知收件人自取。";
            let why = format!("{place} 没有在期的代收授权，法院和税务文书不得代收");
            return Ok(Err(Refusal::new("不能收件", why, next).at("mail.paper")));
        }
    }
    if command.act == mail::SIGNED && said("mail.signs_as") == "proxy" {
        let place = case.map_or("", |case| case.place.as_str());
        let named = authorities(tx, place, &today)?;
        let signer = said("mail.signer");
        let fits =
            |proxy: &str| proxy.split(['、', '，', ',']).any(|one| one.trim() == signer || mail::veiled(one) == signer);
        if !named.iter().any(|(scope, proxy)| scope == mail::PROXY && fits(proxy)) {
            let why = format!("{place} 没有授权 {signer} 代领");
            return Ok(Err(Refusal::new("不能签收", why, "请收件人本人来取，或先登记代领授权。").at("mail.signer")));
        }
    }
    Ok(Ok(command))
}

/// Whether the roster has this account on duty at a moment.
fn on_duty(tx: &mut SiteTx<'_>, account: &str, at: Moment) -> Result<bool, Fault> {
    let text = sql!(
        "select case_id from shift_row where site = $1 and begins <= $2 and ends > $2 and begins > $4 and account = $3 and void = 0
         limit 1"
    );
    let site = tx.site();
    // No shift lasts longer than two days.
    let since = at.plus_seconds(-2 * 86_400);
    Ok(tx.tx().first(text, &vals![site, at, account, since])?.is_some())
}

/// What somebody has authorised that holds on a day: scope and proxy.
fn authorities(tx: &mut SiteTx<'_>, place: &str, day: &str) -> Result<Vec<(String, String)>, Fault> {
    let text = sql!(
        "select scope, proxy from mail_authority_row
         where site = $1 and place = $2 and from_day <= $3 and to_day >= $3 and ended = 0"
    );
    let site = tx.site();
    let rows = tx.tx().query(text, &vals![site, place.trim(), day])?;
    rows.iter().map(|row| Ok((row.string(0)?, row.string(1)?))).collect()
}

/// What follows an item's opening: a standing wish to have express items at the weekend goes with it.
pub(super) fn opened(
    tx: &mut SiteTx<'_>,
    laws: &Arc<Laws>,
    actor: &Actor,
    form: &OpenRecord,
) -> Result<Result<(), Refusal>, Fault> {
    let express = form.act.attributes.get("mail.kind").is_some_and(|kind| kind == "express");
    if CaseKind::of(&form.register) != Some(mail::ITEMS) || !express {
        return Ok(Ok(()));
    }
    let happened = form.act.happened.unwrap_or_else(|| tx.now());
    let today = laws.zone.date(happened).to_string();
    let wishes = authorities(tx, &form.place.words, &today)?;
    if !wishes.iter().any(|(scope, _)| scope == mail::WEEKEND) {
        return Ok(Ok(()));
    }
    let wish = ActOnCase {
        act: "mail.weekend_requested".to_owned(),
        note: "事先约定：周末来的快件都送".to_owned(),
        happened: form.act.happened,
        late_reason: form.act.late_reason.clone(),
        ..ActOnCase::default()
    };
    Ok(act_on_case(tx, laws, actor, &form.case, &wish)?.map(drop))
}

/// Whoever accepts a hand-over is another than who made out the list; each item hears that it was handed over, by whom to whom.
pub(super) fn taken(
    tx: &mut SiteTx<'_>,
    laws: &Arc<Laws>,
    actor: &Actor,
    list: &Case,
    command: &ActOnCase,
) -> Result<Result<(), Refusal>, Fault> {
    if command.act != TAKEN {
        return Ok(Ok(()));
    }
    let Some(first) = list.entries.first() else { return Ok(Ok(())) };
    let giver = first.event.body.signature.as_ref().map_or_else(|| first.actor.clone(), |it| it.name.clone());
    if first.actor == actor.account {
        let next = "请接交人用自己的账号接收。";
        return Ok(Err(Refusal::new("不能接收", "交出人和接交人是同一个账号", next)));
    }
    for id in first.event.body.links.get(LISTED).map_or("", String::as_str).split_whitespace() {
        let Some(item) = case::replay(id, &tx.load(&format!("case:{id}"))?) else { continue };
        // What was delivered meanwhile is no longer there to be handed over.
        if item.state.ended() || item.has("mail.handed_over") {
            continue;
        }
        let both = [("mail.handed_by", giver.clone()), ("mail.taken_by", actor.name.clone())];
        let handed = ActOnCase {
            act: "mail.handed_over".to_owned(),
            attributes: both.map(|(id, value)| (id.to_owned(), value)).into(),
            note: format!("交接单 {}", list.number),
            ..ActOnCase::default()
        };
        if let Err(refusal) = act_on_case(tx, laws, actor, id, &handed)? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}
