//! The state of a case as its entries make it (演变). Total: no entry is refused here, no rule lives here.

use std::collections::BTreeMap;

use calendar::Moment;
use rulebook::Fact;
use serde::{Deserialize, Serialize};

use super::CaseKind;
use crate::act::{self, Effect};
use crate::event::{Attachment, ERASED, Entry, PERSON_ERASED, RESIDENT, Touch};

/// Where a case stands, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// 已登记: nobody works on it yet.
    Registered,
    /// 处理中.
    Working,
    /// 待回访: the work is done, the answer is not.
    AwaitingFollowUp,
    /// 已结案.
    Closed,
    /// 已归档.
    Filed,
    /// 已撤销.
    Withdrawn,
}

impl CaseState {
    /// The word shown.
    pub fn title(self) -> &'static str {
        match self {
            CaseState::Registered => "已登记",
            CaseState::Working => "处理中",
            CaseState::AwaitingFollowUp => "待回访",
            CaseState::Closed => "已结案",
            CaseState::Filed => "已归档",
            CaseState::Withdrawn => "已撤销",
        }
    }

    /// The word in rows and addresses.
    pub fn id(self) -> &'static str {
        match self {
            CaseState::Registered => "registered",
            CaseState::Working => "working",
            CaseState::AwaitingFollowUp => "awaiting_follow_up",
            CaseState::Closed => "closed",
            CaseState::Filed => "filed",
            CaseState::Withdrawn => "withdrawn",
        }
    }

    /// Closed, filed or withdrawn.
    pub fn ended(self) -> bool {
        matches!(self, CaseState::Closed | CaseState::Filed | CaseState::Withdrawn)
    }
}

/// A form of the case and where its copies are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    /// Form id.
    pub form: String,
    /// Number.
    pub number: String,
    /// When it was issued.
    pub issued: Moment,
    /// Copy → holder (post or `resident`) and since when.
    pub copies: BTreeMap<u8, (String, Moment)>,
    /// How often it was printed.
    pub printed: u32,
    /// Void.
    pub void: bool,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Stream key, `case:<id>` without the prefix.
    pub id: String,
    /// Kind.
    pub kind: CaseKind,
    /// Number: `WX-202611-0001`.
    pub number: String,
    /// The first words, one line.
    pub title: String,
    /// Where: the unit's normal form or the words for a common part.
    pub place: String,
    /// Household on file.
    pub household: Option<String>,
    /// First contact, t0.
    pub opened: Moment,
    /// State.
    pub state: CaseState,
    /// Latest value of every attribute, by order of happening.
    pub attributes: BTreeMap<String, String>,
    /// Account that has the work.
    pub assignee: Option<String>,
    /// Accounts that ever had it.
    pub workers: Vec<String>,
    /// Forms.
    pub forms: Vec<FormState>,
    /// Attachments.
    pub attachments: Vec<Attachment>,
    /// Rounds of work begun; 1 at the start.
    pub round: u32,
    /// Place of the entry that began the present round of work.
    pub round_from: i64,
    /// Chasers so far.
    pub chased: u32,
    /// Every entry, by order of the journal.
    pub entries: Vec<Entry>,
    /// Version of the stream: number of entries.
    pub version: i64,
}

impl Case {
    /// The facts of the case for the rulebooks.
    pub fn facts(&self) -> Vec<Fact> {
        facts(&self.entries)
    }

    /// Whether a fact of this name has happened.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.event.name == name)
    }

    /// Whether it has happened in the present round of work.
    pub fn has_this_round(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.seq >= self.round_from && entry.event.name == name)
    }

    /// The last entry of this name.
    pub fn last(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.event.name == name)
    }

    /// The stage in which a complaint stands: that of the last act that belongs to one; empty for other kinds.
    pub fn stage(&self) -> &'static str {
        if self.kind != CaseKind::Complaint {
            return "";
        }
        let stage_of = |name: &str| act::COMPLAINT_STAGES.iter().find(|it| it.acts.iter().any(|act| act.id == name));
        let last = self.entries.iter().rev().find_map(|entry| stage_of(&entry.event.name));
        last.or(act::COMPLAINT_STAGES.first()).map_or("", |stage| stage.id)
    }

    /// Key under which the caller's personal fields are kept: of a person on file, else of the case itself.
    pub fn caller_key(&self) -> String {
        let first = self.entries.first().and_then(|entry| entry.event.sealed.as_ref());
        first.map_or_else(|| format!("case:{}", self.id), |sealed| sealed.person.clone())
    }

    /// The latest form of this id that is not void.
    pub fn form(&self, form: &str) -> Option<&FormState> {
        self.forms.iter().rev().find(|it| it.form == form && !it.void)
    }
}

/// The facts of a case for the rulebooks. A matter that was registered came by a contact, which was opened by the first
/// word and ended when the matter was entered: its first entry says that too.
pub fn facts(entries: &[Entry]) -> Vec<Fact> {
    let mut facts = Vec::with_capacity(entries.len() + 2);
    for (place, entry) in entries.iter().enumerate() {
        facts.push(entry.fact());
        let kind = entry.event.body.links.get("kind").and_then(|kind| CaseKind::of(kind));
        if place == 0 && kind.is_some_and(|kind| !kind.is_record()) {
            let late = entry.event.body.late.is_some();
            let end = if late { entry.event.happened } else { entry.at.max(entry.event.happened) };
            facts.push(Fact { name: "contact.opened".into(), ..entry.fact() });
            facts.push(Fact { name: "contact.ended".into(), at: end, ..entry.fact() });
        }
    }
    facts
}

/// The case that its entries make; none without a registration.
pub fn replay(id: &str, entries: &[Entry]) -> Option<Case> {
    let mut case: Option<Case> = None;
    for entry in entries {
        case = match case {
            Some(case) => Some(evolve(case, entry)),
            None => begin(id, entry),
        };
    }
    case
}

/// The empty case that the first entry begins: it names kind, number and place.
fn begin(id: &str, entry: &Entry) -> Option<Case> {
    let body = &entry.event.body;
    let kind = body.links.get("kind").and_then(|kind| CaseKind::of(kind))?;
    let case = Case {
        id: id.to_owned(),
        kind,
        number: body.links.get("number").cloned().unwrap_or_default(),
        title: body.links.get("title").cloned().unwrap_or_default(),
        place: body.links.get("place").cloned().unwrap_or_default(),
        household: body.links.get("household").cloned(),
        opened: entry.event.happened,
        state: if kind.is_record() { CaseState::Working } else { CaseState::Registered },
        attributes: BTreeMap::new(),
        assignee: None,
        workers: Vec::new(),
        forms: Vec::new(),
        attachments: Vec::new(),
        round: 1,
        round_from: 0,
        chased: 0,
        entries: Vec::new(),
        version: 0,
    };
    Some(evolve(case, entry))
}

/// The case after one entry more.
pub fn evolve(mut case: Case, entry: &Entry) -> Case {
    let body = &entry.event.body;
    case.version += 1;
    for (attribute, value) in &body.attributes {
        let newer = case.entries.iter().any(|earlier| {
            earlier.event.happened > entry.event.happened && earlier.event.body.attributes.contains_key(attribute)
        });
        if !newer {
            case.attributes.insert(attribute.clone(), value.clone());
        }
    }
    case.attachments.extend(body.attachments.iter().cloned());
    touch_forms(&mut case, entry);
    apply_effect(&mut case, entry);
    case.entries.push(with_signature(entry));
    if entry.event.name == PERSON_ERASED {
        forget_person(&mut case);
    }
    case
}

/// The entry with the customer's signature out of its sealed fields.
fn with_signature(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    if let (Some(signature), Some(sealed)) = (&mut entry.event.body.signature, &entry.event.sealed) {
        let field = |key: &str| sealed.fields.get(key).cloned();
        if let Some(name) = field("signature_name") {
            signature.name = name;
        }
        signature.path = field("signature_path").filter(|path| path != ERASED).unwrap_or_default();
    }
    entry
}

/// What was kept of an erased caller beside the sealed fields: files, and signatures of before they were sealed.
fn forget_person(case: &mut Case) {
    case.attachments.clear();
    for entry in &mut case.entries {
        entry.event.body.attachments.clear();
        if let Some(signature) = entry.event.body.signature.as_mut().filter(|it| it.post == RESIDENT) {
            ERASED.clone_into(&mut signature.name);
            signature.path.clear();
        }
    }
}

fn touch_forms(case: &mut Case, entry: &Entry) {
    let Some(touch) = &entry.event.body.form else { return };
    let moment = entry.event.happened;
    match &touch.touch {
        Touch::Issued(copies) => case.forms.push(FormState {
            form: touch.form.clone(),
            number: touch.number.clone(),
            issued: moment,
            copies: copies.iter().map(|(n, holder)| (*n, (holder.clone(), moment))).collect(),
            printed: 0,
            void: false,
        }),
        other => {
            let Some(form) = case.forms.iter_mut().find(|form| form.number == touch.number) else { return };
            match other {
                Touch::Moved(copies, holder) => {
                    for n in copies {
                        form.copies.insert(*n, (holder.clone(), moment));
                    }
                }
                Touch::Printed => form.printed += 1,
                Touch::Voided => form.void = true,
                Touch::Issued(_) => {}
            }
        }
    }
}

fn apply_effect(case: &mut Case, entry: &Entry) {
    let name = entry.event.name.as_str();
    match act::find(name).map(|act| act.effect) {
        Some(Effect::Assign) => {
            if let Some(worker) = entry.event.body.links.get("assignee") {
                // Work taken from one and given to another begins anew: the next one takes on and arrives for themselves.
                if case.assignee.as_ref().is_some_and(|was| was != worker) && !case.has_this_round("repair.completed") {
                    case.round_from = entry.seq;
                }
                case.assignee = Some(worker.clone());
                if !case.workers.contains(worker) {
                    case.workers.push(worker.clone());
                }
            }
            case.state = CaseState::Working;
        }
        Some(Effect::Unassign) => {
            case.assignee = None;
            case.round_from = entry.seq + 1;
        }
        Some(Effect::Round) => {
            case.round += 1;
            case.round_from = entry.seq + 1;
            case.state = CaseState::Working;
        }
        Some(Effect::Close) => case.state = CaseState::Closed,
        Some(Effect::Withdraw) => case.state = CaseState::Withdrawn,
        Some(Effect::Reopen) => {
            case.round += 1;
            case.round_from = entry.seq + 1;
            case.state = CaseState::Working;
        }
        Some(Effect::Archive) => case.state = CaseState::Filed,
        _ => advance(case, name),
    }
    if name == "case.chased" {
        case.chased += 1;
    }
    // An order is the work of whom it is given to, and then of who signs for it (接单人).
    let receiver = match name {
        "order.issued" | crate::meeting::EXPECTED | crate::meeting::TASK_SET => entry.event.body.links.get("assignee"),
        "order.signed_for" => Some(&entry.actor),
        _ => None,
    };
    if let Some(receiver) = receiver {
        case.assignee = Some(receiver.clone());
    }
    // Work that was said to be done and is not begins anew: its worker takes it on and goes there once more.
    if name == "follow_up.unsolved_told" && case.kind.finished_by().is_some_and(|done| case.has_this_round(done)) {
        case.round_from = entry.seq + 1;
    }
}

/// Steps without an effect of their own that still move the one-word state.
fn advance(case: &mut Case, name: &str) {
    if case.state.ended() {
        return;
    }
    if case.kind.finished_by() == Some(name) {
        case.state = CaseState::AwaitingFollowUp;
    } else if name == "follow_up.dissatisfied" {
        case.round += 1;
        case.state = CaseState::Working;
    } else if name == "follow_up.satisfied" && case.kind.id() == crate::survey::REGISTER {
        // Whoever was asked and is satisfied has been asked; nothing more is to be done.
        case.state = CaseState::Closed;
    } else if name == crate::fee_notice::CLEARED {
        case.state = CaseState::Closed;
    } else if name == "follow_up.rework_done" {
        case.state = CaseState::AwaitingFollowUp;
    } else if case.state == CaseState::Registered
        && matches!(name, "liaison.received" | "complaint.handling_started" | "repair.supervisor_took_on")
    {
        case.state = CaseState::Working;
    }
}
