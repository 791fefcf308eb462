//! The state of a contact as its entries make it (演变), and the sentences of its course.

use std::collections::BTreeMap;

use calendar::Moment;
use rulebook::Fact;
use serde::{Deserialize, Serialize};

use super::act::{SUPERVISOR_CALLED, SUPERVISOR_CAME};
use crate::case::Names;
use crate::event::Entry;

/// Where a contact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactState {
    /// 响铃中: nobody has answered yet.
    Ringing,
    /// 进行中: taken, and not yet entered or ended.
    Open,
    /// 未接: hung up before anybody answered; to be called back.
    Missed,
    /// 已回拨: called back, and not yet entered or ended.
    Returned,
    /// 已登记: became a case.
    Registered,
    /// 当场答复.
    Answered,
    /// 作废: wrong number, cut off, twice.
    Voided,
}

impl ContactState {
    /// Every state in the order of work.
    pub const ALL: [ContactState; 7] = [
        ContactState::Ringing,
        ContactState::Open,
        ContactState::Missed,
        ContactState::Returned,
        ContactState::Registered,
        ContactState::Answered,
        ContactState::Voided,
    ];

    /// The word shown.
    pub fn title(self) -> &'static str {
        match self {
            ContactState::Ringing => "响铃中",
            ContactState::Open => "进行中",
            ContactState::Missed => "未接",
            ContactState::Returned => "已回拨",
            ContactState::Registered => "已登记",
            ContactState::Answered => "当场答复",
            ContactState::Voided => "作废",
        }
    }

    /// The word in rows and addresses.
    pub fn id(self) -> &'static str {
        match self {
            ContactState::Ringing => "ringing",
            ContactState::Open => "open",
            ContactState::Missed => "missed",
            ContactState::Returned => "returned",
            ContactState::Registered => "registered",
            ContactState::Answered => "answered",
            ContactState::Voided => "voided",
        }
    }

    /// The state of this id.
    pub fn of(id: &str) -> Option<ContactState> {
        ContactState::ALL.into_iter().find(|state| state.id() == id)
    }

    /// Entered as a case, answered or void.
    pub fn ended(self) -> bool {
        matches!(self, ContactState::Registered | ContactState::Answered | ContactState::Voided)
    }
}

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Stream key without the prefix.
    pub id: String,
    /// Where it stands.
    pub state: ContactState,
    /// When it began: the first ring, the first word, the letter opened.
    pub began: Moment,
    /// Channel id.
    pub channel: String,
    /// Desk id.
    pub station: String,
    /// Account that took it; none while nobody has.
    pub taker: Option<String>,
    /// Extensions that rang.
    pub extensions: Vec<String>,
    /// Number in normal form; empty when hidden or not told.
    pub phone: String,
    /// Name as told.
    pub caller: String,
    /// Household on file.
    pub household: Option<String>,
    /// Room or place in words.
    pub place: String,
    /// The caller's words.
    pub words: String,
    /// What was answered, or why it is void.
    pub note: String,
    /// Entry of the answer book that answered it.
    pub answer: Option<String>,
    /// Mass event that it joined.
    pub mass_event: Option<String>,
    /// Case that it became.
    pub case: Option<String>,
    /// First ring.
    pub rang: Option<Moment>,
    /// Answered.
    pub answered: Option<Moment>,
    /// Rings until it was answered, when somebody counted.
    pub rings: Option<i64>,
    /// Hung up.
    pub hung_up: Option<Moment>,
    /// Called back.
    pub returned: Option<Moment>,
    /// Tries to call back that reached nobody.
    pub tried: i64,
    /// Ended or entered.
    pub ended: Option<Moment>,
    /// Latest value of every attribute.
    pub attributes: BTreeMap<String, String>,
    /// Every entry.
    pub entries: Vec<Entry>,
    /// Number of entries.
    pub version: i64,
}

impl Contact {
    /// When somebody first spoke with the caller: t0 of the case that it may become.
    pub fn first_contact(&self) -> Moment {
        self.returned.filter(|_| self.answered.is_none()).or(self.answered).unwrap_or(self.began)
    }

    /// Whether a fact of this name has happened.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.event.name == name)
    }

    /// The facts for the rulebooks. What became a case is judged there, and a wrong number is nobody's matter; but how the
    /// telephone was answered is judged here.
    pub fn facts(&self) -> Vec<Fact> {
        let elsewhere = matches!(self.state, ContactState::Registered | ContactState::Voided);
        let kept = |entry: &&Entry| !elsewhere || ["call.", "visit."].iter().any(|it| entry.event.name.starts_with(it));
        self.entries.iter().filter(kept).map(Entry::fact).collect()
    }

    /// Whether it can be registered, answered or voided.
    pub fn is_open(&self) -> bool {
        !self.state.ended()
    }

    /// Seconds from the first ring to the answer.
    pub fn seconds_to_answer(&self) -> Option<i64> {
        Some(self.answered?.seconds_since(self.rang?))
    }

    /// Seconds that it took: a call until it was hung up, anything else until it was ended.
    pub fn seconds(&self) -> Option<i64> {
        let end = self.hung_up.filter(|_| self.answered.is_some()).or(self.ended)?;
        Some(end.seconds_since(self.first_contact()).max(0))
    }
}

/// The contact that its entries make; none without any.
pub fn replay(id: &str, entries: &[Entry]) -> Option<Contact> {
    let began = entries.first()?.event.happened;
    let mut contact = Contact {
        id: id.to_owned(),
        state: ContactState::Open,
        began,
        channel: String::new(),
        station: String::new(),
        taker: None,
        extensions: Vec::new(),
        phone: String::new(),
        caller: String::new(),
        household: None,
        place: String::new(),
        words: String::new(),
        note: String::new(),
        answer: None,
        mass_event: None,
        case: None,
        rang: None,
        answered: None,
        rings: None,
        hung_up: None,
        returned: None,
        tried: 0,
        ended: None,
        attributes: BTreeMap::new(),
        entries: Vec::new(),
        version: 0,
    };
    for entry in entries {
        evolve(&mut contact, entry);
    }
    Some(contact)
}

fn evolve(contact: &mut Contact, entry: &Entry) {
    let (event, at) = (&entry.event, entry.event.happened);
    contact.version += 1;
    tell(contact, entry);
    match event.name.as_str() {
        "call.rang" => {
            contact.rang = Some(contact.rang.map_or(at, |first| first.min(at)));
            contact.began = contact.began.min(at);
            contact.state = ContactState::Ringing;
        }
        "call.answered" => {
            contact.answered = Some(at);
            contact.rings = event.body.attributes.get("phone.rings").and_then(|it| it.parse().ok()).or(contact.rings);
            contact.state = ContactState::Open;
            contact.taker = Some(entry.actor.clone());
        }
        "call.ended" => {
            contact.hung_up = Some(at);
            if contact.state == ContactState::Ringing {
                contact.state = ContactState::Missed;
            }
        }
        "call.returned" => {
            contact.returned = Some(at);
            contact.state = ContactState::Returned;
            contact.taker = Some(entry.actor.clone());
        }
        "office.call_tried" => contact.tried += 1,
        "contact.opened" => contact.taker = Some(entry.actor.clone()),
        "contact.registered" => end(contact, ContactState::Registered, entry),
        "contact.answered" => end(contact, ContactState::Answered, entry),
        "contact.voided" => end(contact, ContactState::Voided, entry),
        _ => {}
    }
    contact.entries.push(entry.clone());
}

fn end(contact: &mut Contact, state: ContactState, entry: &Entry) {
    contact.state = state;
    contact.ended = Some(entry.event.happened);
    contact.taker.get_or_insert_with(|| entry.actor.clone());
}

/// What an entry tells beside having happened.
fn tell(contact: &mut Contact, entry: &Entry) {
    let body = &entry.event.body;
    contact.attributes.extend(body.attributes.clone());
    let said = |key: &str| body.links.get(key).filter(|value| !value.is_empty()).cloned();
    let attribute = |key: &str| body.attributes.get(key).filter(|value| !value.is_empty()).cloned();
    for (place, value) in [
        (&mut contact.channel, attribute("case.channel").or(said("channel"))),
        (&mut contact.station, attribute("case.station").or(said("station"))),
        (&mut contact.place, said("place")),
        (&mut contact.words, attribute("case.content")),
        (&mut contact.note, Some(body.note.clone()).filter(|note| !note.is_empty())),
    ] {
        if let Some(value) = value {
            *place = value;
        }
    }
    contact.household = said("household").or(contact.household.take());
    contact.answer = said("answer").or(contact.answer.take());
    contact.mass_event = said("mass_event").or(contact.mass_event.take());
    contact.case = said("case").or(contact.case.take());
    if let Some(extension) = said("extension").filter(|it| !contact.extensions.contains(it)) {
        contact.extensions.push(extension);
    }
    if let Some(sealed) = &entry.event.sealed {
        let field = |key: &str| sealed.fields.get(key).cloned();
        contact.phone = field("phone").unwrap_or_else(|| std::mem::take(&mut contact.phone));
        contact.caller = field("name").unwrap_or_else(|| std::mem::take(&mut contact.caller));
    }
}

/// The sentence of an entry; none for what says nothing beside another one.
pub fn narrate(entry: &Entry, names: &Names<'_>) -> Option<String> {
    let body = &entry.event.body;
    let person = (names.person)(&entry.actor);
    let who = if person.is_empty() { (names.word)(&entry.post) } else { person };
    let extension = body.links.get("extension").map(String::as_str).unwrap_or_default();
    let note = body.note.as_str();
    let value = |id: &str| body.attributes.get(id).map(|value| (names.value)(id, value)).unwrap_or_default();
    let said = match entry.event.name.as_str() {
        "call.rang" if extension.is_empty() => "来电。".to_owned(),
        "call.rang" | "office.call_rang_at" => format!("来电，分机 {extension} 响铃。"),
        "call.answered" if value("phone.rings").is_empty() => format!("{who}接听。"),
        "call.answered" => format!("{who}接听，响了 {} 声。", value("phone.rings")),
        "call.ended" => "挂断。".to_owned(),
        "call.returned" => format!("{who}回拨：{note}"),
        "office.call_tried" => format!("{who}回拨未通：{note}"),
        SUPERVISOR_CALLED if value("contact.moved_to").is_empty() => format!("{who}请主管到场。"),
        SUPERVISOR_CALLED => format!("{who}请主管到{}。", value("contact.moved_to")),
        SUPERVISOR_CAME => format!("{who}到场。{note}"),
        "call.sampled" => format!("{who}抽听这通电话。"),
        "call.courtesy_scored" => format!("{who}评用语 {} 分。{note}", value("courtesy.points")),
        "call.checked" => format!("{who}质检：抢话{}。{note}", value("call.talked_over")),
        "visit.checked" => format!("{who}抽查接待：前台态度{}。{note}", value("desk.attitude")),
        "call.coached" => format!("{who}安排辅导：{note}"),
        "contact.opened" => format!("{who}接待，{}。", value("case.channel")),
        "contact.registered" => format!("{who}登记为事项。"),
        "contact.answered" => format!("{who}当场答复：{note}"),
        "contact.voided" => format!("{who}作废：{note}"),
        _ => return None,
    };
    Some(said.trim_end_matches('：').to_owned())
}
