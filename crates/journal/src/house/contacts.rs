//! What happens to contacts (来访来电): taken, ended, told by a telephone system, called back, sampled.

use office::case::{Latitude, Register};
use office::contact::{self, ActOnContact, Contact, ContactState, EndContact, Number, PhoneNews, TakeContact};
use office::household::phone_tail;
use office::{Actor, Event, Refusal};
use serde::{Deserialize, Serialize};

use super::acts::{Answer, append, with_latitude};
use super::{House, Laws};
use crate::fault::Fault;
use crate::{Sent, SiteTx, sql, vals};

/// What an act on a contact answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactDone {
    /// Stream id of the contact.
    pub contact: String,
    /// How many entries it made; none when everything was known.
    pub entries: usize,
}

/// A contact entered at one stroke: opened and ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MadeContact {
    /// How it began.
    pub take: TakeContact,
    /// How it ended.
    pub end: EndContact,
}

fn stream_of(id: &str) -> String {
    format!("contact:{id}")
}

fn no_such_contact() -> Refusal {
    Refusal::new("不能结束", "没有这次来访来电", "请回到受理页。")
}

/// Decides under the law of the site, with the contact's own facts, and appends.
fn decided(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    actor: &Actor,
    id: &str,
    decide: impl FnOnce(&Latitude<'_>, Option<&Contact>) -> Result<Vec<Event>, Refusal>,
) -> Result<Result<ContactDone, Refusal>, Fault> {
    let (site, stream) = (tx.site(), stream_of(id));
    let entries = tx.load(&stream)?;
    let known = contact::replay(id, &entries);
    let law = laws.of_site(tx.tx(), site)?;
    tx.govern(&law.digest);
    let facts = known.as_ref().map(Contact::facts).unwrap_or_default();
    let events = with_latitude(tx, laws, &law, actor, &facts, |latitude| decide(latitude, known.as_ref()))?;
    match events {
        Ok(events) => {
            let done = ContactDone { contact: id.to_owned(), entries: events.len() };
            if events.is_empty() {
                return Ok(Ok(done));
            }
            Ok(append(tx, &stream, entries.len() as i64, events)?.map(|_| done))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}

impl House {
    /// The first key at the desk: t0 stands before the form is finished.
    pub fn open_contact(&self, sent: Sent, actor: Actor, id: String, take: TakeContact) -> Answer<ContactDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            decided(tx, &laws, &actor, &id, |latitude, known| match known {
                Some(_) => Ok(Vec::new()),
                None => contact::take(latitude, &take),
            })
        })
    }

    /// A contact that becomes no case: answered on the spot, or given up with a reason.
    pub fn end_contact(&self, sent: Sent, actor: Actor, id: String, end: EndContact) -> Answer<ContactDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            decided(tx, &laws, &actor, &id, |latitude, known| {
                contact::end(latitude, known.ok_or_else(no_such_contact)?, &end)
            })
        })
    }

    /// A contact that is entered at one stroke: a letter read, a visit answered. One that is known already is ended.
    pub fn make_contact(&self, sent: Sent, actor: Actor, id: String, made: MadeContact) -> Answer<ContactDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| make(tx, &laws, &actor, &id, &made))
    }

    /// A call that nobody could answer, noted by hand.
    pub fn missed_call(
        &self,
        sent: Sent,
        actor: Actor,
        id: String,
        number: Number,
        at: calendar::Moment,
    ) -> Answer<ContactDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            decided(tx, &laws, &actor, &id, |latitude, known| match known {
                Some(_) => Ok(Vec::new()),
                None => contact::missed(&actor, &id, &number, at, latitude.now),
            })
        })
    }

    /// News of a telephone system. What is known already changes nothing.
    pub fn phone_news(&self, sent: Sent, id: String, news: PhoneNews) -> Answer<ContactDone> {
        let laws = self.laws().clone();
        let (account, posts) = (sent.actor.clone(), vec![sent.post.clone()]);
        let actor = Actor { account, name: String::new(), posts, area: String::new() };
        self.store()
            .act(sent, move |tx| decided(tx, &laws, &actor, &id, |_, known| Ok(contact::phone(&id, known, &news))))
    }

    /// An act on a contact: called back, sampled, scored, checked, coached. One call-back serves every missed call of its number.
    pub fn act_on_contact(&self, sent: Sent, actor: Actor, id: String, command: ActOnContact) -> Answer<ContactDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let alike = if command.act == contact::RETURNED { missed_alike(tx, &id)? } else { Vec::new() };
            let done = act(tx, &laws, &actor, &id, &command)?;
            if done.is_ok() {
                for other in alike {
                    if let Err(refusal) = act(tx, &laws, &actor, &other, &command)? {
                        return Ok(Err(refusal));
                    }
                }
            }
            Ok(done)
        })
    }
}

/// An act on a contact, decided under the law with its own facts.
pub(super) fn act(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    actor: &Actor,
    id: &str,
    command: &ActOnContact,
) -> Result<Result<ContactDone, Refusal>, Fault> {
    decided(tx, laws, actor, id, |latitude, known| match known {
        Some(known) => contact::act(latitude, known, command),
        None => Err(no_such_contact()),
    })
}

/// The other missed calls of the number that a missed call came from.
fn missed_alike(tx: &mut SiteTx<'_>, id: &str) -> Result<Vec<String>, Fault> {
    let Some(asked) = contact::replay(id, &tx.load(&stream_of(id))?) else { return Ok(Vec::new()) };
    let tail = phone_tail(&asked.phone);
    if asked.state != ContactState::Missed || tail.is_empty() {
        return Ok(Vec::new());
    }
    let site = tx.site();
    let text = sql!("select id from contact_row where site = $1 and state = 'missed' and tail = $2 and id <> $3");
    let rows = tx.tx().query(text, &vals![site, tail, id])?;
    let mut alike = Vec::new();
    for row in rows {
        let other = row.string(0)?;
        let known = contact::replay(&other, &tx.load(&stream_of(&other))?);
        if known.is_some_and(|known| known.phone == asked.phone) {
            alike.push(other);
        }
    }
    Ok(alike)
}

/// Opens a contact unless it is known, and ends it.
pub(super) fn make(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    actor: &Actor,
    id: &str,
    made: &MadeContact,
) -> Result<Result<ContactDone, Refusal>, Fault> {
    let opened = decided(tx, laws, actor, id, |latitude, known| match known {
        Some(_) => Ok(Vec::new()),
        None => contact::take(latitude, &made.take),
    })?;
    if let Err(refusal) = opened {
        return Ok(Err(refusal));
    }
    decided(tx, laws, actor, id, |latitude, known| {
        contact::end(latitude, known.ok_or_else(no_such_contact)?, &made.end)
    })
}

/// The contact that a registered matter came by learns of it. A matter that came by none, as one heard in a corridor, has
/// nothing to tell here.
pub(super) fn registered(tx: &mut SiteTx<'_>, form: &Register) -> Result<Result<(), Refusal>, Fault> {
    let Some(id) = &form.contact else { return Ok(Ok(())) };
    let stream = stream_of(id);
    let entries = tx.load(&stream)?;
    let Some(known) = contact::replay(id, &entries) else { return Ok(Ok(())) };
    match contact::registered(&known, form, tx.now()) {
        Ok(events) => Ok(append(tx, &stream, known.version, events)?.map(drop)),
        Err(refusal) => Ok(Err(refusal)),
    }
}
