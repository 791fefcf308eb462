//! What happens to mass events (批量事件) beyond their acts: callers join, restoration ends the matters that joined, each caller
//! is told.

use std::sync::Arc;

use office::case::{self, ActOnCase, Case, Register};
use office::mass_event;
use office::{Actor, Refusal};

use super::acts::{Answer, act_on_case, append};
use super::contacts::{ContactDone, MadeContact, make};
use super::{House, Laws, SiteLaw};
use crate::fault::{Fault, FaultKind};
use crate::{Outgoing, Sent, SiteTx};

fn stream_of(id: &str) -> String {
    format!("case:{id}")
}

fn load(tx: &mut SiteTx<'_>, id: &str) -> Result<Option<Case>, Fault> {
    let entries = tx.load(&stream_of(id))?;
    Ok(case::replay(id, &entries).filter(mass_event::is_one))
}

fn no_such_event(what: &str) -> Refusal {
    Refusal::new(what, "没有这件批量事件", "请从登记簿打开。")
}

impl House {
    /// A further caller of a mass event: the contact is answered with what the event says, and joins it. Refused: an event
    /// that is over, and whatever keeps the contact from being answered.
    pub fn join_mass_event(
        &self,
        sent: Sent,
        actor: Actor,
        event: String,
        contact: String,
        made: MadeContact,
    ) -> Answer<ContactDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let what = "不能并入";
            let Some(found) = load(tx, &event)? else { return Ok(Err(no_such_event(what))) };
            if !mass_event::is_open(&found) {
                let why = format!("{}已经恢复", found.number);
                return Ok(Err(Refusal::new(what, why, "还没有好的，请另立一件事项。")));
            }
            let mut made = made.clone();
            made.end.mass_event = Some(event.clone());
            if made.end.note.trim().is_empty() {
                made.end.note = found.attributes.get("mass.answer").cloned().unwrap_or_default();
            }
            let place = made.end.place.clone();
            let done = match make(tx, &laws, &actor, &contact, &made)? {
                Ok(done) => done,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let household = place.household.unwrap_or_default();
            let links =
                [("contact", contact.as_str()), ("household", household.as_str()), ("place", place.words.trim())];
            let joins = mass_event::joins(tx.now(), &links);
            Ok(append(tx, &stream_of(&event), found.version, vec![joins])?.map(|_| done))
        })
    }

    /// Notes that somebody who joined was told of the restoration. `joined` is the place of the entry by which they did.
    pub fn told_of_restoration(&self, sent: Sent, event: String, joined: i64) -> Answer<()> {
        self.store().act(sent, move |tx| {
            let Some(found) = load(tx, &event)? else { return Ok(Err(no_such_event("不能记为已告知"))) };
            match mass_event::tells(&found, joined, tx.now()) {
                Ok(told) => Ok(append(tx, &stream_of(&event), found.version, vec![told])?.map(drop)),
                Err(refusal) => Ok(Err(refusal)),
            }
        })
    }
}

/// A matter that was registered as one of a mass event joins it, and keeps its own course.
pub(super) fn joined_by(tx: &mut SiteTx<'_>, form: &Register) -> Result<Result<(), Refusal>, Fault> {
    let Some(event) = &form.linked_case else { return Ok(Ok(())) };
    let Some(found) = load(tx, event)?.filter(mass_event::is_open) else { return Ok(Ok(())) };
    let (contact, household) =
        (form.contact.clone().unwrap_or_default(), form.place.household.clone().unwrap_or_default());
    let links = [
        ("case", form.case.as_str()),
        ("contact", contact.as_str()),
        ("household", household.as_str()),
        ("place", form.place.words.trim()),
    ];
    let joins = mass_event::joins(tx.now(), &links);
    Ok(append(tx, &stream_of(event), found.version, vec![joins])?.map(drop))
}

/// The matters that joined a restored event are answered and closed, each under the law; one that a clause keeps open stays
/// open, and the page of the event shows it.
pub(super) fn restored(
    tx: &mut SiteTx<'_>,
    laws: &Arc<Laws>,
    actor: &Actor,
    event: &str,
    note: &str,
) -> Result<(), Fault> {
    let Some(found) = load(tx, event)? else { return Ok(()) };
    for case in mass_event::joined(&found).into_iter().filter_map(|it| it.case) {
        for act in ["case.replied", "case.closed"] {
            let words = format!("{}已恢复：{note}", found.number);
            let command = ActOnCase { act: act.to_owned(), note: words, ..ActOnCase::default() };
            if act_on_case(tx, laws, actor, &case, &command)?.is_err() {
                break;
            }
        }
    }
    Ok(())
}

/// The group robot of the site hears that a mass event began or is over: what, where, until when, what to answer.
pub(super) fn announce(tx: &mut SiteTx<'_>, laws: &Laws, law: &SiteLaw, event: &str) -> Result<(), Fault> {
    let target = law.office_setting("群机器人地址").to_owned();
    let Some(found) = load(tx, event)?.filter(|_| !target.is_empty()) else { return Ok(()) };
    let said = |id: &str| crate::reads::value_in_words(laws, id, found.attributes.get(id).map_or("", String::as_str));
    let head = |word: &str| format!("{word} {} {}", found.number, said("mass.kind"));
    let lines = match found.last(mass_event::RESTORED) {
        Some(entry) => vec![head("已恢复"), said("mass.area"), entry.event.body.note.clone()],
        None => vec![
            head("批量事件"),
            said("mass.area"),
            said("mass.cause"),
            format!("预计恢复 {}", said("mass.expected")),
            said("mass.answer"),
        ],
    };
    let body = serde_json::to_string(&lines)
        .map_err(|error| Fault::from_source(FaultKind::Bug, "a message cannot be written down", error))?;
    tx.send(Outgoing { kind: "robot".into(), target, body, person: None, due: None })
}
