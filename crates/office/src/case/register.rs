//! Taking a matter in (受理登记): from the first key at the desk to a numbered case with its form.

use std::collections::BTreeMap;

use calendar::Moment;
use rulebook::Fact;
use serde::{Deserialize, Serialize};

use super::decide::{Latitude, issued, lateness};
use super::standing::is_paid;
use super::{Case, CaseKind};
use crate::act;
use crate::event::{Attachment, Body, Event, LateEntry, Sealed};
use crate::form;
use crate::refusal::{Reason, Refusal};

/// Where it is: a unit on file, or words for a common part or a place without a household.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Household id, when on file.
    pub household: Option<String>,
    /// Normal form of the unit, or the words.
    pub words: String,
}

/// Who called. Name and phone are personal and go under the person's key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Caller {
    /// Person on file, else empty: the caller is kept under the case's own key.
    pub person: String,
    /// Name or how the caller wants to be called.
    pub name: String,
    /// Phone.
    pub phone: String,
}

/// The filled intake form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// Stream id of the case, chosen by the sender.
    pub case: String,
    /// Kind.
    pub kind: CaseKind,
    /// Contact it came from.
    pub contact: Option<String>,
    /// Channel id (`phone`, `visit` …).
    pub channel: String,
    /// Desk id (`office_desk`, `clubhouse_desk`).
    pub station: String,
    /// First contact: the call was answered, the visitor addressed, the letter opened.
    pub first_contact: Moment,
    /// When the form's first key was pressed.
    pub opened_form: Moment,
    /// For a matter heard by somebody else: when the desk was told; else none.
    pub told_desk: Option<Moment>,
    /// Where.
    pub place: Place,
    /// Who.
    pub caller: Caller,
    /// The caller's words.
    pub words: String,
    /// More attributes: class, cause, appointment, object, kind of repair, price list, department, area, severity.
    pub attributes: BTreeMap<String, String>,
    /// Read back to the caller (复清).
    pub read_back: bool,
    /// Notify engineering at once (save and dispatch).
    pub notify: bool,
    /// Attachments already stored.
    pub attachments: Vec<Attachment>,
    /// Why it is entered later.
    pub late_reason: String,
    /// Supervisor who approved a very late entry.
    pub approved_by: String,
    /// Another case that this one joins or follows.
    pub linked_case: Option<String>,
    /// The number of the blank slip on which it was written while nothing ran; empty for the next of the series.
    pub blank_number: String,
}

/// The outcome: the number to tell the caller and the events to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// `WX-202611-0001`.
    pub number: String,
    /// Events in order.
    pub events: Vec<Event>,
}

/// Posts that may register at the desk; every other post may take in what it heard on the way, which the desk completes.
pub const MAY_REGISTER: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
    "security_guard",
    "technician",
    "engineering_supervisor",
    "area_staff",
    "employee",
    "management_representative",
    "enterprise_department",
];

/// Registers the matter. A conduct item never blocks; what is missing for later steps is shown as 待补.
pub fn register(latitude: &mut Latitude<'_>, form: &Register) -> Result<Registered, Refusal> {
    let what = "不能登记";
    let heard = form.channel == "met" && latitude.actor.posts.iter().any(|post| post != crate::site::ADMINISTRATOR);
    if !latitude.actor.holds(MAY_REGISTER) && !heard {
        return Err(Refusal::new(what, "您的岗位不受理来访来电", "请转前台受理。"));
    }
    if form.words.trim().is_empty() {
        return Err(nothing_said(what));
    }
    if form.place.words.trim().is_empty() && form.place.household.is_none() {
        return Err(Refusal::new(what, "还没有写地点", "请选房号，或写公共部位的位置。").at("place"));
    }
    let trapped = crate::mass_event::trapped(&form.words);
    if trapped && !act::find(EMERGENCY).is_some_and(|act| act.kinds.contains(&form.kind)) {
        let next = "请改成求助、报修、急救或报警；保存时自动报突发事件。";
        return Err(Refusal::new(what, format!("电梯里有人被困，不能记成{}", form.kind.title()), next).at("kind"));
    }
    let late = late_entry(what, latitude, form)?;
    let month = latitude.zone.date(form.first_contact).strftime("%Y%m").to_string();
    let slip = slip_of(form);
    let mut first = first_event(latitude, form, late);
    crate::contact::of_intake(what, latitude, form, &mut first)?;
    law_allows(what, latitude, &first)?;
    let series = form.series();
    let number = match form.blank_number.trim() {
        "" => format!("{series}-{month}-{:04}", (latitude.next_number)(series, &month)),
        blank => blank.to_owned(),
    };
    let mut events = vec![link_number(first, &number)];
    match form.kind {
        CaseKind::Repair => events.extend(repair_events(latitude, form, &number, slip)),
        CaseKind::Service if is_household(form) => {
            events.push(Event::plain("service.home_requested", form.first_contact));
        }
        CaseKind::Complaint => events.extend(complaint_events(latitude, form)),
        _ => {}
    }
    events.extend(service_order(latitude, form, &month));
    if trapped {
        events.push(Event::plain(EMERGENCY, form.first_contact).with("incident.kind", "people_trapped"));
        if (latitude.speaks_of)("incident.listed") {
            let listed = |who: &&str| Event::plain("incident.listed", form.first_contact).with("incident.person", *who);
            events.extend(AT_THE_SCENE.iter().map(listed));
        }
    }
    Ok(Registered { number, events })
}

/// Nothing of what the caller said was written down.
pub fn nothing_said(what: &str) -> Refusal {
    Refusal::new(what, "还没有写来人说的事", "请写下来人的话，一句也可以。").at("words")
}

/// Why it is entered only now. What was written on a blank slip while nothing ran is marked so, however soon it is entered.
fn late_entry(what: &str, latitude: &Latitude<'_>, form: &Register) -> Result<Option<LateEntry>, Refusal> {
    let blank = form.blank_number.trim();
    let reason = match form.late_reason.trim() {
        "" if !blank.is_empty() => format!("停机时写在备用单 {blank} 上"),
        reason => reason.to_owned(),
    };
    let late = lateness(what, latitude, form.first_contact, &reason, &form.approved_by)?;
    Ok(late.or_else(|| (!blank.is_empty()).then(|| LateEntry { reason, approved_by: String::new() })))
}

/// People trapped in a lift are an emergency whatever else it is, from the first word on.
const EMERGENCY: &str = "incident.reported";

/// Whoever has to come when people are trapped, from the report on; others are listed by hand.
pub const AT_THE_SCENE: [&str; 2] = ["管理处负责人", "工程部值班员"];

/// A matter is entered, and where: every one but a complaint stands as a line of the duty log, which fills itself; a complaint
/// has a record sheet of its own.
const REGISTERED: &str = "case.registered";
const RECORD_FORM: &str = "case.record_form";
const DUTY_LOG: &str = "duty_log";

/// What the caller came for, in the words of the rulebooks.
fn asked_for(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Complaint => "complaint",
        CaseKind::Repair => "repair",
        CaseKind::Help | CaseKind::FirstAid => "help",
        CaseKind::Alarm => "alarm",
        CaseKind::Suggestion | CaseKind::Commendation => "opinion",
        CaseKind::Service | CaseKind::Enquiry | CaseKind::Record(_) => "request",
    }
}

/// A dwelling's repair has a repair slip; a fault of shared facilities has an inspection sheet.
fn slip_of(form: &Register) -> Option<&'static str> {
    let shared = form.attributes.get("repair.object").is_some_and(|object| object == "shared");
    match form.kind {
        CaseKind::Repair if shared => Some("patrol_sheet"),
        // A paid service has a slip of its own, made out when what was registered is complete.
        CaseKind::Repair if is_paid(form.attribute("repair.service_kind")) => None,
        CaseKind::Repair => Some("repair_slip"),
        _ => None,
    }
}

/// Cleaning and the like inside a dwelling (家政).
fn is_household(form: &Register) -> bool {
    form.attribute("case.request_kind") == "indoor_cleaning"
}

/// What a service work order for this kind of matter is for; none for kinds that have no such order.
pub(super) fn ordered_as(kind: CaseKind) -> Option<&'static str> {
    match kind {
        CaseKind::Complaint => Some("complaint"),
        CaseKind::Repair => Some("repair"),
        CaseKind::Service => Some("home"),
        _ => None,
    }
}

/// The service work order that goes out with a complaint, a repair or a household service where the office has such orders.
fn service_order(latitude: &mut Latitude<'_>, form: &Register, month: &str) -> Option<Event> {
    let kind = ordered_as(form.kind).filter(|_| form.kind != CaseKind::Service || is_household(form))?;
    if !(latitude.speaks_of)("service_order.issued") {
        return None;
    }
    let letters = form::find("service_work_order").map_or("DJ", |form| form.letters.as_str());
    let number = format!("{letters}-{month}-{:04}", (latitude.next_number)(letters, month));
    let mut event = Event::plain("service_order.issued", latitude.now)
        .with("service_order.kind", kind)
        .with("service_order.number", &number);
    event.body.form = Some(issued("service_work_order", number));
    Some(event)
}

fn first_name(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Complaint => "complaint.received",
        CaseKind::Repair => "repair.requested",
        _ => REGISTERED,
    }
}

fn first_event(latitude: &Latitude<'_>, form: &Register, late: Option<LateEntry>) -> Event {
    let mut attributes = form.attributes.clone();
    // How often the telephone rang is a fact of the call.
    attributes.remove("phone.rings");
    attributes.insert("case.channel".into(), form.channel.clone());
    attributes.insert("case.station".into(), form.station.clone());
    attributes.insert("case.content".into(), form.words.trim().to_owned());
    let customer = form.place.household.clone().unwrap_or_else(|| form.place.words.trim().to_owned());
    attributes.insert("case.customer".into(), customer);
    attributes.entry("case.asked_for".into()).or_insert_with(|| asked_for(form.kind).into());
    if first_name(form.kind) == REGISTERED {
        attributes.entry(RECORD_FORM.into()).or_insert_with(|| DUTY_LOG.into());
    }
    if form.kind == CaseKind::Repair && crate::mass_event::trapped(&form.words) {
        attributes.insert("repair.emergency".into(), "yes".into());
    }
    if form.kind == CaseKind::Complaint {
        attributes.entry("complaint.first_asked".into()).or_insert_with(|| latitude.actor.name.clone());
    }
    if form.left_no_name() {
        attributes.entry("case.reason".into()).or_insert_with(|| "来人不留姓名电话".into());
    }
    if let Some(category) = form.kind.follow_up_category() {
        attributes.insert("follow_up.category".into(), category.into());
    }
    attributes.retain(|_, value| !value.trim().is_empty());
    let mut links = BTreeMap::new();
    let mut link = |key: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            links.insert(key.to_owned(), value.to_owned());
        }
    };
    link("kind", Some(form.kind.id()));
    link("title", Some(&title(&form.words)));
    link("place", Some(form.place.words.trim()));
    link("household", form.place.household.as_deref());
    link("contact", form.contact.as_deref());
    link("linked_case", form.linked_case.as_deref());
    if form.read_back {
        link("read_back", Some("yes"));
    }
    let nobody = Caller::default();
    let caller = if form.left_no_name() { &nobody } else { &form.caller };
    let person = if caller.person.is_empty() { format!("case:{}", form.case) } else { caller.person.clone() };
    let fields: BTreeMap<String, String> = [("name", &caller.name), ("phone", &caller.phone)]
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(key, value)| (key.to_owned(), value.trim().to_owned()))
        .collect();
    let sealed = (!fields.is_empty()).then_some(Sealed { person, fields });
    Event {
        name: first_name(form.kind).to_owned(),
        happened: form.first_contact,
        body: Body { attributes, links, late, attachments: form.attachments.clone(), ..Body::default() },
        sealed,
    }
}

fn link_number(mut event: Event, number: &str) -> Event {
    event.body.links.insert("number".into(), number.to_owned());
    event.body.attributes.insert("case.record_number".into(), number.to_owned());
    event
}

/// The first line of the words, at most 24 characters.
pub(super) fn title(words: &str) -> String {
    let line = words.trim().lines().next().unwrap_or_default().trim();
    let cut: String = line.chars().take(24).collect();
    if cut.chars().count() < line.chars().count() { format!("{cut}…") } else { cut }
}

fn law_allows(what: &str, latitude: &Latitude<'_>, first: &Event) -> Result<(), Refusal> {
    let fact = Fact {
        seq: i64::MAX,
        name: first.name.clone(),
        at: first.happened,
        entered: latitude.now,
        by: vec![latitude.actor.post_for(MAY_REGISTER)],
        person: latitude.actor.account.clone(),
        attributes: first.body.attributes.clone(),
    };
    let blocks = (latitude.refuses)(&fact);
    if blocks.is_empty() {
        return Ok(());
    }
    let because = blocks.into_iter().map(|block| Reason { text: block.summary, clause: Some(block.clause) }).collect();
    Err(Refusal { what: what.to_owned(), because, next: "请按条款补齐后再登记。".into(), field: None })
}

/// The slip's own steps: opened at the first key, written and issued at saving, engineering notified when asked.
fn repair_events(latitude: &Latitude<'_>, form: &Register, number: &str, slip: Option<&str>) -> Vec<Event> {
    let saved = latitude.now.max(form.opened_form);
    let mut events = vec![Event::plain("repair.slip_opened", form.opened_form.min(saved))];
    let mut written = Event::plain("repair.slip_written", saved)
        .with("repair.slip_number", number)
        .with("repair.address", form.place.words.trim())
        .with("repair.fault", form.words.trim());
    let appointed = form.attributes.get("repair.appointment").is_some_and(|it| !it.is_empty());
    written = written.with("repair.timing", if appointed { "appointed" } else { "soonest" });
    for (attribute, value) in [("repair.requester", &form.caller.name), ("repair.phone", &form.caller.phone)] {
        if !value.trim().is_empty() {
            written = written.with(attribute, "yes");
        }
    }
    events.push(written);
    if (latitude.speaks_of)(REGISTERED) {
        let registered = Event::plain(REGISTERED, saved)
            .with(RECORD_FORM, DUTY_LOG)
            .with("case.record_number", number)
            .with("case.content", form.words.trim());
        events.push(registered);
    }
    if (latitude.speaks_of)("repair.record_written") {
        events.push(Event::plain("repair.record_written", saved));
    }
    if let Some(id) = slip {
        let name = if id == "patrol_sheet" { "repair.sheet_issued" } else { "repair.slip_issued" };
        let mut event = Event::plain(name, saved);
        // The slip's number is the case's: what the caller is told is what stands on the paper.
        event.body.form = Some(issued(id, number.to_owned()));
        events.push(event);
    }
    if form.notify {
        events.push(Event::plain("repair.engineering_notified", saved));
    }
    events
}

/// Indirect complaints pass through whoever learned of them; a desk that takes the call itself is told at once.
fn complaint_events(latitude: &Latitude<'_>, form: &Register) -> Vec<Event> {
    let saved = latitude.now;
    let mut events = Vec::new();
    if form.channel != "met" && form.channel != "visit" {
        events.push(Event::plain("complaint.obtained", form.first_contact));
        events.push(Event::plain("complaint.told_desk", form.told_desk.unwrap_or(form.first_contact)));
    } else if let Some(told) = form.told_desk {
        events.push(Event::plain("complaint.obtained", form.first_contact));
        events.push(Event::plain("complaint.told_desk", told));
    }
    let mut recorded = Event::plain("complaint.recorded", saved).with("repair.address", form.place.words.trim());
    if !form.caller.phone.trim().is_empty() && !form.left_no_name() {
        recorded = recorded.with("repair.phone", "yes");
    }
    events.push(recorded);
    if let Some(class) = form.attributes.get("complaint.class").filter(|class| !class.is_empty()) {
        events.push(Event::plain("complaint.classed", saved).with("complaint.class", class));
    }
    events
}

/// Why nobody is called back: who left no name, and a superior who only wants a letter.
const EXEMPTION: &str = "complaint.follow_up_exemption";

impl Register {
    /// The letters of the series that the case counts in: those of its kind, or of the sheet for shared facilities.
    pub fn series(&self) -> &'static str {
        if slip_of(self) == Some("patrol_sheet") { "XS" } else { self.kind.letters() }
    }

    fn attribute(&self, id: &str) -> &str {
        self.attributes.get(id).map_or("", String::as_str)
    }

    /// A complaint of somebody who leaves no name: none is asked for, and none is kept.
    pub fn left_no_name(&self) -> bool {
        self.kind == CaseKind::Complaint && self.attributes.get(EXEMPTION).is_some_and(|it| it == "no_name")
    }

    /// A complaint whose answer is a letter or a public one: no number is needed.
    pub fn answered_on_paper(&self) -> bool {
        self.kind == CaseKind::Complaint && self.attributes.get(EXEMPTION).is_some_and(|it| !it.is_empty())
    }

    /// The four clears (四清) that follow from what is filled: 听清, 问清, 记清, and 复清 from its key.
    pub fn clears(&self) -> [(&'static str, bool); 4] {
        let heard = !self.words.trim().is_empty();
        let named = self.left_no_name() || !self.caller.name.trim().is_empty();
        let asked = !self.place.words.trim().is_empty() && named;
        let noted = heard && asked && (self.answered_on_paper() || !self.caller.phone.trim().is_empty());
        [("听清", heard), ("问清", asked), ("记清", noted), ("复清", self.read_back)]
    }
}

impl Case {
    /// What the intake left open (待补): words of missing fields. Records of registers have no intake.
    pub fn gaps(&self) -> Vec<&'static str> {
        if self.kind.is_record() {
            return Vec::new();
        }
        let first = self.entries.first();
        let sealed = |field: &str| {
            first.and_then(|entry| entry.event.sealed.as_ref()).is_some_and(|sealed| sealed.fields.contains_key(field))
        };
        let exempt = self.attributes.get(EXEMPTION).map_or("", String::as_str);
        let mut gaps = Vec::new();
        if !sealed("name") && exempt != "no_name" {
            gaps.push("来人姓名");
        }
        if !sealed("phone") && exempt.is_empty() {
            gaps.push("联系电话");
        }
        if first.is_some_and(|entry| !entry.event.body.links.contains_key("read_back")) {
            gaps.push("复述");
        }
        gaps
    }
}
