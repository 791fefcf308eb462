//! An event (事件) as the office writes it into the journal: a name of the vocabulary, when it happened, what goes with it.

use std::collections::BTreeMap;

use calendar::Moment;
use rulebook::Fact;
use serde::{Deserialize, Serialize};

/// What stands where a personal field was, once the person's key is destroyed.
pub const ERASED: &str = "〔已抹除〕";
/// The entry that tells of an erasure: link `person`, the reason as its note.
pub const PERSON_ERASED: &str = "office.person_erased";
/// The post in a customer's signature.
pub const RESIDENT: &str = "resident";

/// One event to be appended. Its name is a fact of the vocabulary, or a name under `office.` that no clause speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Vocabulary id: `repair.arrived`.
    pub name: String,
    /// When it happened, claimed by the person.
    pub happened: Moment,
    /// What goes with it.
    pub body: Body,
    /// Personal fields, kept under the person's key.
    pub sealed: Option<Sealed>,
}

/// What goes with an event. Empty parts are not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Attribute id → value (see `rulebook::Fact`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// Free words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Posts as which those present acted, when more than the writer's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<String>,
    /// Form concerned: issue, copy moved, void, print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormTouch>,
    /// Signature made with the act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// Attachments by content hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Why the entry is later than the act (补录).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<LateEntry>,
    /// Accounts or streams it points to: `assignee`, `household`, `contact`, `linked_case`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub links: BTreeMap<String, String>,
}

/// Personal fields of one person (姓名、电话): encrypted in the journal under that person's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Key of the person: `person:<id>` or `case:<id>` for a caller not on file.
    pub person: String,
    /// Field → value.
    pub fields: BTreeMap<String, String>,
}

/// A form touched by an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTouch {
    /// Form id of the vocabulary: `repair_slip`.
    pub form: String,
    /// Its number: `WX-202611-0001`.
    pub number: String,
    /// What was done to it.
    pub touch: Touch,
}

/// What was done to a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Touch {
    /// Issued with copies: number of the copy → holder (post).
    Issued(BTreeMap<u8, String>),
    /// Copies handed over to a holder.
    Moved(Vec<u8>, String),
    /// Printed once more.
    Printed,
    /// Void, with the reason in the note.
    Voided,
}

/// A signature (签字): who, as what, how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Name as shown in the seal.
    pub name: String,
    /// Post, or `resident`.
    pub post: String,
    /// How it was given.
    pub way: SignatureWay,
    /// The drawn line as an SVG path on a 600 × 200 field, when drawn.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
}

/// How a signature was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureWay {
    /// By the log-in of the signer.
    Login,
    /// Drawn on a screen.
    Drawn,
    /// On paper, kept with the form.
    Paper,
    /// By phone, with number and time instead.
    Phone,
    /// On the resident's own page, by name.
    Web,
}

/// A photo, screenshot or document, kept by its blake3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// blake3, hex.
    pub hash: String,
    /// Name shown.
    pub name: String,
    /// Media type found by its content.
    pub media: String,
    /// Bytes.
    pub size: u64,
}

/// Why an act was entered later than it happened (补录).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateEntry {
    /// The reason.
    pub reason: String,
    /// Name of the supervisor who approved an entry beyond the limit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approved_by: String,
}

/// An event as it stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Place in the site's journal.
    pub seq: i64,
    /// Recorded at.
    pub at: Moment,
    /// Account of the writer.
    pub actor: String,
    /// Post as which the writer acted.
    pub post: String,
    /// The event.
    pub event: Event,
}

/// Acts that are theirs whom they name, not the writer's: a shift (排定当班) belongs to the post that is on duty, whoever
/// planned it.
const OF_THE_NAMED_POST: &[(&str, &str)] =
    &[("duty.shift_planned", "duty.post"), ("customer.meter_signed", "meter.signed_as")];
/// Acts that are the named person's: who holds post A or B. Account and posts stand in the links.
const OF_THE_NAMED_PERSON: &[&str] = &["post.a_named", "post.b_named"];
/// Link: the account of whom an act names.
pub const NAMED: &str = "on_duty";
/// Link: the posts of that account, parted by `、`.
pub const NAMED_POSTS: &str = "on_duty_posts";

impl Entry {
    /// The fact that the rulebooks see.
    pub fn fact(&self) -> Fact {
        let mut by = vec![self.post.clone()];
        by.extend(self.event.body.posts.iter().filter(|post| **post != self.post).cloned());
        let fact = Fact {
            seq: self.seq,
            name: self.event.name.clone(),
            at: self.event.happened,
            entered: self.at,
            by,
            person: self.actor.clone(),
            attributes: self.event.body.attributes.clone(),
        };
        self.event.of_whom_it_names(fact)
    }
}

impl Event {
    /// An event of this name and moment with nothing else.
    pub fn plain(name: &str, happened: Moment) -> Event {
        Event { name: name.to_owned(), happened, body: Body::default(), sealed: None }
    }

    /// The fact of this event, given to whom the event names where it is theirs and not the writer's.
    pub(crate) fn of_whom_it_names(&self, mut fact: Fact) -> Fact {
        let body = &self.body;
        let post = OF_THE_NAMED_POST.iter().find(|(name, _)| *name == self.name);
        if let Some(post) = post.and_then(|(_, id)| body.attributes.get(*id)).filter(|it| !it.is_empty()) {
            fact.by = vec![post.clone()];
        }
        if OF_THE_NAMED_PERSON.contains(&self.name.as_str())
            && let (Some(account), Some(posts)) = (body.links.get(NAMED), body.links.get(NAMED_POSTS))
        {
            fact.person.clone_from(account);
            fact.by = posts.split('、').map(str::to_owned).collect();
        }
        fact
    }

    /// The same with one attribute more.
    #[must_use]
    pub fn with(mut self, attribute: &str, value: impl Into<String>) -> Event {
        self.body.attributes.insert(attribute.to_owned(), value.into());
        self
    }
}
