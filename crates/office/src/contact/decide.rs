//! Taking a contact and ending it (接待与结束): what the adopted clauses refuse is asked when it is entered, never at the
//! first key, because a caller does not wait.

use std::collections::BTreeMap;

use rulebook::{BlockNow, Fact};
use serde::{Deserialize, Serialize};

use super::{Contact, MAY_TAKE};
use crate::case::{Caller, CaseKind, Latitude, Place, Register};
use crate::event::{Body, Event, Sealed};
use crate::refusal::Refusal;

/// The first key, or a contact that is entered at one stroke.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TakeContact {
    /// Channel id.
    pub channel: String,
    /// Desk id.
    pub station: String,
    /// When it began; none is now.
    pub happened: Option<calendar::Moment>,
    /// Why it is entered later.
    pub late_reason: String,
    /// Supervisor who approved a very late entry.
    pub approved_by: String,
}

/// How a contact ends that becomes no case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Answered on the spot.
    #[default]
    Answered,
    /// Wrong number, cut off, twice.
    Voided,
}

/// The end of a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndContact {
    /// How.
    pub outcome: Outcome,
    /// What was answered, or why it is void.
    pub note: String,
    /// Entry of the answer book that answered it.
    pub answer: Option<String>,
    /// Mass event that it joins.
    pub mass_event: Option<String>,
    /// The caller's words.
    pub words: String,
    /// Where.
    pub place: Place,
    /// Who.
    pub caller: Caller,
    /// More attributes: mood, where the visitor was taken, rings, what was asked for.
    pub attributes: BTreeMap<String, String>,
}

/// The event that opens a contact. Refused: a post that takes none, a later entry without its reason.
pub fn take(latitude: &Latitude<'_>, command: &TakeContact) -> Result<Vec<Event>, Refusal> {
    let what = "没有记下";
    permitted(what, latitude)?;
    let happened = command.happened.unwrap_or(latitude.now);
    let late = crate::case::lateness(what, latitude, happened, &command.late_reason, &command.approved_by)?;
    let mut event = Event::plain("contact.opened", happened);
    event.body = Body { late, ..Body::default() };
    let receiver = first_receiver(&latitude.actor.post_for(MAY_TAKE));
    for (attribute, value) in [
        ("case.channel", command.channel.as_str()),
        ("case.station", command.station.as_str()),
        ("case.first_receiver", receiver),
    ] {
        if !value.is_empty() {
            event.body.attributes.insert(attribute.to_owned(), value.to_owned());
        }
    }
    Ok(vec![event])
}

fn permitted(what: &str, latitude: &Latitude<'_>) -> Result<(), Refusal> {
    match latitude.actor.holds(MAY_TAKE) {
        true => Ok(()),
        false => Err(Refusal::new(what, "您的岗位不受理来访来电", "请转前台受理。")),
    }
}

/// The department that heard it first, by the post of who did.
fn first_receiver(post: &str) -> &'static str {
    match post {
        "security_guard" => "security",
        "technician" | "engineering_supervisor" => "repair",
        "employee" | "management_representative" | "enterprise_department" => "other",
        _ => "customer_service",
    }
}

/// The events that end a contact without a case. A wrong number needs a reason and nothing else; an answered enquiry is
/// what it was about, and whatever the adopted clauses want noted of a contact.
pub fn end(latitude: &Latitude<'_>, contact: &Contact, command: &EndContact) -> Result<Vec<Event>, Refusal> {
    let what = "不能结束";
    permitted(what, latitude)?;
    if !contact.is_open() {
        let why = format!("这次来访来电{}", contact.state.title());
        return Err(Refusal::new(what, why, "请开始下一次受理。"));
    }
    let note = command.note.trim();
    if command.outcome == Outcome::Answered && crate::mass_event::trapped(&command.words) {
        let next = "请选求助或报修，按 F8 保存并派单；保存时自动报突发事件。";
        return Err(Refusal::new(what, "电梯里有人被困，不能当场答复了事", next).at("words"));
    }
    if note.is_empty() && (command.answer.is_none() || command.outcome == Outcome::Voided) {
        return Err(Refusal::new(what, "还没有写说明", "请写答复了什么，或为什么作废。").at("note"));
    }
    let mut ended = Event::plain("contact.ended", latitude.now);
    let answered = command.outcome == Outcome::Answered;
    ended.body.attributes = told(&command.attributes, &command.words, &command.place, &command.caller);
    let about = |text: &str| text.trim().lines().next().unwrap_or_default().to_owned();
    let matter = if command.words.trim().is_empty() { about(note) } else { about(&command.words) };
    if !matter.is_empty() {
        ended.body.attributes.insert("case.matter".into(), matter);
    }
    ended.body.attributes.insert("case.channel".into(), contact.channel.clone());
    if answered {
        ended.body.attributes.insert("follow_up.answered_on_spot".into(), "yes".into());
        lawful(what, latitude, "contact.opened", &ended)?;
        lawful(what, latitude, "contact.ended", &ended)?;
    }
    links(&mut ended, &command.place);
    ended.sealed = sealed(&contact.id, &command.caller);
    let mut events = rings(contact, &command.attributes);
    events.push(ended);
    let mut outcome = Event::plain(if answered { "contact.answered" } else { "contact.voided" }, latitude.now);
    outcome.body.note = note.to_owned();
    for (link, id) in [("answer", &command.answer), ("mass_event", &command.mass_event)] {
        if let Some(id) = id.as_ref().filter(|_| answered) {
            outcome.body.links.insert(link.into(), id.clone());
        }
    }
    if answered {
        // The answer is the reply, and with it the matter is done.
        let mut replied = Event::plain("case.replied", latitude.now);
        replied.body.note = note.to_owned();
        events.extend([replied, Event::plain("case.closed", latitude.now)]);
    }
    events.push(outcome);
    Ok(events)
}

/// The rings that somebody counted, as a fact of the call.
pub(super) fn rings(contact: &Contact, attributes: &BTreeMap<String, String>) -> Vec<Event> {
    let counted = attributes.get("phone.rings").filter(|rings| !rings.is_empty() && !contact.has("call.answered"));
    let event = |rings: &String| Event::plain("call.answered", contact.began).with("phone.rings", rings.clone());
    counted.map(event).into_iter().collect()
}

pub(super) fn links(event: &mut Event, place: &Place) {
    for (key, value) in [("place", place.words.trim()), ("household", place.household.as_deref().unwrap_or_default())] {
        if !value.is_empty() {
            event.body.links.insert(key.to_owned(), value.to_owned());
        }
    }
}

/// What a contact tells, as attributes: its subject, who and where, and the clears that follow from them.
fn told(
    attributes: &BTreeMap<String, String>,
    words: &str,
    place: &Place,
    caller: &Caller,
) -> BTreeMap<String, String> {
    let mut all = attributes.clone();
    all.remove("phone.rings");
    let customer = place.household.as_deref().unwrap_or(place.words.trim());
    let called_back = if caller.phone.trim().is_empty() { "" } else { "yes" };
    for (key, value) in [("case.content", words.trim()), ("case.customer", customer), ("case.callback", called_back)] {
        all.insert(key.to_owned(), value.to_owned());
    }
    all.retain(|_, value| !value.trim().is_empty());
    all
}

fn sealed(id: &str, caller: &Caller) -> Option<Sealed> {
    let fields = [("name", &caller.name), ("phone", &caller.phone)];
    let fields: BTreeMap<String, String> = fields
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(key, value)| (key.to_owned(), value.trim().to_owned()))
        .collect();
    let person = if caller.person.is_empty() { format!("contact:{id}") } else { caller.person.clone() };
    (!fields.is_empty()).then_some(Sealed { person, fields })
}

/// What the clauses refuse of a contact with these attributes.
fn lawful(what: &str, latitude: &Latitude<'_>, name: &str, event: &Event) -> Result<(), Refusal> {
    let fact = Fact {
        seq: i64::MAX,
        name: name.to_owned(),
        at: event.happened.max(latitude.now),
        entered: latitude.now,
        by: vec![latitude.actor.post_for(MAY_TAKE)],
        person: latitude.actor.account.clone(),
        attributes: event.body.attributes.clone(),
    };
    let blocks: Vec<BlockNow> = (latitude.refuses)(&fact);
    Refusal::by_law(what, blocks, latitude.word, latitude.zone).map_or(Ok(()), Err)
}

/// A matter that is registered is a contact too: what its first entry tells of it, so that the clauses about contacts judge
/// it. Refused as they refuse it.
pub fn of_intake(what: &str, latitude: &Latitude<'_>, form: &Register, first: &mut Event) -> Result<(), Refusal> {
    let [(_, heard), (_, asked), _, _] = form.clears();
    let yes = |is: bool| if is { "yes" } else { "" }.to_owned();
    let matter = first.body.links.get("title").cloned().unwrap_or_default();
    let receiver = first_receiver(&latitude.actor.post_for(MAY_TAKE)).to_owned();
    for (attribute, value) in [
        ("case.matter", matter),
        ("case.callback", yes(!form.caller.phone.trim().is_empty() && !form.left_no_name())),
        ("case.heard_clearly", yes(heard)),
        ("case.asked_clearly", yes(asked)),
        ("case.read_back", yes(form.read_back)),
        ("case.first_receiver", receiver),
        ("case.asked_for", asked_for(form.kind).to_owned()),
    ] {
        if !value.is_empty() {
            first.body.attributes.entry(attribute.to_owned()).or_insert(value);
        }
    }
    lawful(what, latitude, "contact.opened", first)?;
    lawful(what, latitude, "contact.ended", first)
}

/// The events by which a contact becomes the case of a form. One that was answered or voided is not opened again.
pub fn registered(contact: &Contact, form: &Register, now: calendar::Moment) -> Result<Vec<Event>, Refusal> {
    if !contact.is_open() {
        let why = format!("这次来访来电{}", contact.state.title());
        return Err(Refusal::new("不能登记", why, "请开始下一次受理。"));
    }
    let mut events = rings(contact, &form.attributes);
    let mut event = Event::plain("contact.registered", now);
    event.body.links.insert("case".into(), form.case.clone());
    links(&mut event, &form.place);
    events.push(event);
    Ok(events)
}

/// What somebody who brings a matter of this kind asks for.
fn asked_for(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Complaint => "complaint",
        CaseKind::Repair => "repair",
        CaseKind::Service => "request",
        CaseKind::Help | CaseKind::FirstAid => "help",
        CaseKind::Alarm => "alarm",
        CaseKind::Suggestion | CaseKind::Commendation => "opinion",
        _ => "",
    }
}
