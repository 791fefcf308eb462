//! Acts on a contact (来访来电的动作): calling back, sampling, scoring, checking, coaching.

use std::collections::BTreeMap;

use rulebook::Fact;
use serde::{Deserialize, Serialize};

use super::decide::links;
use super::{Contact, ContactState, MAY_TAKE};
use crate::case::{Latitude, Place};
use crate::event::{Body, Event};
use crate::refusal::Refusal;

/// Posts that are called to an agitated visitor, and that watch over how callers are received.
pub const SUPERVISORS: &[&str] = &["service_supervisor", "service_centre_head", "office_manager"];

/// A supervisor is called to the visitor: the bell of whoever is on duty as one rings.
pub const SUPERVISOR_CALLED: &str = "contact.supervisor_called";
/// The supervisor has come: the bell stops.
pub const SUPERVISOR_CAME: &str = "contact.supervisor_came";

/// The five expressions of the ten characters (十字用语), as the checklist of a sampled call names them.
pub const TEN_CHARACTERS: [(&str, &str); 5] =
    [("hello", "您好"), ("please", "请"), ("thanks", "谢谢"), ("sorry", "对不起"), ("goodbye", "再见")];

/// An act on a contact.
#[derive(Clone, Copy, Debug)]
pub struct ContactAct {
    /// Fact id.
    pub id: &'static str,
    /// The button, a verb.
    pub title: &'static str,
    /// Posts that may enter it.
    pub posts: &'static [&'static str],
    /// Attributes of its form beside the note, all required.
    pub fields: &'static [&'static str],
    /// The note may not be empty.
    pub noted: bool,
}

/// Somebody called back whose call was missed.
pub const RETURNED: &str = "call.returned";

/// The acts, in the order of work.
pub const ACTS: &[ContactAct] = &[
    ContactAct { id: SUPERVISOR_CALLED, title: "请主管到场", posts: MAY_TAKE, fields: &[], noted: false },
    ContactAct { id: SUPERVISOR_CAME, title: "主管到场", posts: SUPERVISORS, fields: &[], noted: false },
    ContactAct { id: RETURNED, title: "回拨", posts: MAY_TAKE, fields: &[], noted: true },
    ContactAct { id: "call.sampled", title: "抽听", posts: SUPERVISORS, fields: &[], noted: false },
    ContactAct {
        id: "call.courtesy_scored",
        title: "评用语",
        posts: SUPERVISORS,
        fields: &["courtesy.points"],
        noted: false,
    },
    ContactAct { id: "call.checked", title: "质检", posts: SUPERVISORS, fields: &["call.talked_over"], noted: false },
    ContactAct {
        id: "visit.checked", title: "抽查接待", posts: SUPERVISORS, fields: &["desk.attitude"], noted: false
    },
    ContactAct { id: "call.coached", title: "辅导", posts: SUPERVISORS, fields: &[], noted: true },
];

/// The act of this id.
pub fn find(id: &str) -> Option<&'static ContactAct> {
    ACTS.iter().find(|act| act.id == id)
}

impl ContactAct {
    /// Whether one of these posts may enter it.
    pub fn allowed(&self, posts: &[String]) -> bool {
        posts.iter().any(|post| self.posts.contains(&post.as_str()))
    }

    /// Whether a contact as it stands has the act.
    pub fn fits(&self, contact: &Contact) -> bool {
        let spoken = contact.answered.is_some() || contact.returned.is_some();
        let talked = spoken || contact.channel == "phone" && contact.rang.is_none();
        let came = ["visit", "met"].contains(&contact.channel.as_str());
        match self.id {
            SUPERVISOR_CALLED => contact.is_open() && contact.taker.is_some() && !contact.has(SUPERVISOR_CALLED),
            SUPERVISOR_CAME => contact.has(SUPERVISOR_CALLED) && !contact.has(SUPERVISOR_CAME),
            RETURNED => contact.state == ContactState::Missed,
            "call.sampled" => (talked || came) && contact.state != ContactState::Open && !contact.has("call.sampled"),
            "call.courtesy_scored" => contact.has("call.sampled") && !contact.has("call.courtesy_scored"),
            "call.checked" => talked && contact.state != ContactState::Open && !contact.has("call.checked"),
            "visit.checked" => came && contact.state != ContactState::Open && !contact.has("visit.checked"),
            "call.coached" => {
                contact.has("call.checked") || contact.has("visit.checked") || contact.has("call.courtesy_scored")
            }
            _ => false,
        }
    }
}

/// An act as entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActOnContact {
    /// Act id.
    pub act: String,
    /// Attribute id → value.
    pub attributes: BTreeMap<String, String>,
    /// Free words.
    pub note: String,
    /// A call-back that reached nobody: noted, and still owed.
    pub reached_nobody: bool,
    /// Where the visitor lives or what it is about, as far as it is known.
    pub place: Place,
}

/// The events of an act, or why not.
pub fn act(latitude: &Latitude<'_>, contact: &Contact, command: &ActOnContact) -> Result<Vec<Event>, Refusal> {
    let Some(act) = find(&command.act) else {
        return Err(Refusal::new("不能办理", "没有这个动作", "请刷新页面后再办。"));
    };
    let what = format!("不能{}", act.title);
    if !act.allowed(&latitude.actor.posts) {
        return Err(Refusal::new(what, "您的岗位没有此项权限", "请由有权限的岗位办理，或请管理员调整岗位。"));
    }
    if !act.fits(contact) {
        let why = format!("这次来访来电{}，没有这一步", contact.state.title());
        return Err(Refusal::new(what, why, "请看过最新情况后再办。"));
    }
    let note = command.note.trim();
    if act.noted && note.is_empty() {
        return Err(Refusal::new(what, "还没有写说明", "请写一句：说了什么，或为什么没有打通。").at("note"));
    }
    for field in act.fields {
        if command.attributes.get(*field).is_none_or(|value| value.trim().is_empty()) {
            let word = (latitude.word)(field);
            return Err(Refusal::new(what, format!("“{word}”还没有填"), format!("请填写“{word}”。")).at(field));
        }
    }
    let tried = act.id == RETURNED && command.reached_nobody;
    let mut event = Event::plain(if tried { "office.call_tried" } else { act.id }, latitude.now);
    event.body = Body { attributes: command.attributes.clone(), note: note.to_owned(), ..Body::default() };
    links(&mut event, &command.place);
    if act.id == "call.sampled" {
        event.body.attributes.insert("courtesy.points".into(), FULL.into());
        event.body.attributes.extend(contact.taker.clone().map(|taker| ("case.person".to_owned(), taker)));
    }
    let fact = Fact {
        seq: i64::MAX,
        name: event.name.clone(),
        at: latitude.now,
        entered: latitude.now,
        by: vec![latitude.actor.post_for(act.posts)],
        person: latitude.actor.account.clone(),
        attributes: event.body.attributes.clone(),
    };
    let blocks = (latitude.refuses)(&fact);
    match Refusal::by_law(&what, blocks, latitude.word, latitude.zone) {
        Some(refusal) => Err(refusal),
        None => Ok(vec![event]),
    }
}

/// Points of a call in which everything fitting was said.
const FULL: &str = "100";
