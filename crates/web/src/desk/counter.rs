//! What lies on the counter (台面): the form as far as it is filled, and what the house knows about it.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Moment;
use journal::reads::{AnswerPage, AnswerRow, CaseRow, HouseholdCard, HouseholdHit, MassEvent, Preview, SupervisorCall};
use journal::{CommandId, SiteLaw};
use office::case::{Caller, CaseKind, Latitude, Place, Register, register};
use office::event::Attachment;
use office::{Entry, Refusal};
use rulebook::Fact;
use rulebook::model::Sort;

use super::household;
use super::phrases::Phrases;
use super::suggest;
use crate::cases::{field, help};
use crate::page::Filled;
use crate::security::Fault;
use crate::state::Here;

/// Fields of the contact itself, whatever becomes of it: how it rang, how the caller was, how it was taken leave of.
pub const OF_CONTACT: [&str; 10] = [
    "phone.rings",
    "contact.agitated",
    "contact.moved_to",
    "courtesy.agreed",
    "courtesy.anything_else",
    "complaint.apologised",
    "complaint.thanked",
    "case.seat_offered",
    "case.tea_offered",
    "case.reason",
];

/// Fields of each kind, beside those that every kind has.
pub fn fields_of(kind: CaseKind) -> &'static [&'static str] {
    match kind {
        CaseKind::Repair => &[
            "repair.object",
            "repair.on_price_list",
            "repair.service_kind",
            "case.request_kind",
            "repair.emergency",
            "repair.appointment",
            "repair.appointment_end",
            "repair.appointment_date",
        ],
        CaseKind::Service => &["case.request_kind"],
        CaseKind::Complaint => &[
            "complaint.class",
            "complaint.cause",
            "complaint.severity",
            "case.department",
            "complaint.follow_up_exemption",
        ],
        _ => &[],
    }
}

/// Fields that are asked for only where the office's rulebooks speak of them.
pub const IF_SPOKEN_OF: [&str; 4] =
    ["repair.service_kind", "case.request_kind", "repair.appointment_end", "repair.appointment_date"];

/// The desk as it is to be shown.
pub struct Counter {
    /// What is filled in.
    pub filled: Filled,
    /// The contact; also the id of the case that it may become.
    pub contact: String,
    /// The id of the next command.
    pub command: String,
    /// Households found.
    pub hits: Vec<HouseholdHit>,
    /// The household chosen, masked.
    pub card: Option<HouseholdCard>,
    /// The kind chosen, else the one suggested.
    pub kind: Option<CaseKind>,
    /// The kind that the words suggest.
    pub suggested: Option<CaseKind>,
    /// The clocks that saving would start.
    pub preview: Vec<Preview>,
    /// Likely the same matter.
    pub duplicates: Vec<CaseRow>,
    /// Why it was not saved.
    pub refusal: Option<Refusal>,
    /// Attachments kept from an earlier try.
    pub kept: Vec<Attachment>,
    /// Number and id of what was saved last.
    pub saved: Option<(String, String)>,
    /// Words about a contact that ended without a case.
    pub told: Option<&'static str>,
    /// Mass events that go on where the caller is.
    pub mass: Vec<MassEvent>,
    /// Entries of the answer book that the box found.
    pub answers: Vec<AnswerRow>,
    /// Entries that the caller's words are close to.
    pub close: Vec<AnswerRow>,
    /// The entry that is being read out.
    pub answer: Option<AnswerPage>,
    /// When a supervisor was called to the visitor, and who has come when.
    pub called: Option<SupervisorCall>,
    /// What can be said of the warranty of what the caller speaks of.
    pub warranty: Option<crate::warranty::Told>,
    /// What to say at each step.
    pub phrases: Option<Phrases>,
    /// Attributes that the office's rulebooks speak of.
    pub named: BTreeSet<String>,
}

impl Counter {
    /// The counter for a form as far as it is filled, as it is to be shown.
    pub async fn of(here: &Here, filled: Filled) -> Result<Counter, Fault> {
        let mut counter = Counter::read(here, filled).await?;
        counter.look_ahead(here).await?;
        Ok(counter)
    }

    /// The same without what saving would start: for whoever only saves.
    pub async fn read(here: &Here, mut filled: Filled) -> Result<Counter, Fault> {
        let house = here.house();
        let read = |what: &'static str| move |fault: journal::Fault| Fault::new(what, fault);
        let fresh = || CommandId::fresh().map_err(read("取提交编号"));
        let callers = caller(here, &mut filled).await?;
        let query = filled.get("q");
        let hits = match query.is_empty() {
            true => callers,
            false => house.desk_search(here.site, query.to_owned()).await.map_err(read("查找住户"))?,
        };
        let answers = match filled.get("aq") {
            "" => Vec::new(),
            words => house.answers(here.site, words.to_owned(), String::new()).await.map_err(read("查问答"))?,
        };
        let answer = match filled.get("answer") {
            "" => None,
            id => house.answer(here.site, id.to_owned()).await.map_err(read("读取问答"))?,
        };
        // Whoever went on to the matter has meant the only household that the room typed names.
        let goes_on = !filled.get("contact").is_empty() && filled.get("place").is_empty();
        let chosen = match (filled.get("household"), hits.as_slice()) {
            ("", [only]) if only.exact && goes_on => only.id.clone(),
            (chosen, _) => chosen.to_owned(),
        };
        // The same for a common part, which has no household.
        let nobody = chosen.is_empty() && hits.is_empty();
        if nobody && goes_on && !filled.get("q").is_empty() {
            let places = house.common_places(here.site).await.map_err(read("读取公共部位"))?;
            let words = filled.get("q").to_owned();
            if household::names_part(&words, &places) {
                filled.0.retain(|(name, _)| name != "place");
                filled.0.push(("place".to_owned(), words));
            }
        }
        let card = match chosen.as_str() {
            "" => None,
            id => house.household_card(here.site, id.to_owned(), false).await.map_err(read("读取住户"))?,
        };
        let suggested = suggest::kind(filled.get("words"));
        let kind = CaseKind::of(filled.get("kind")).or(suggested);
        let contact = match CommandId::new(filled.get("contact")) {
            Ok(id) => id.as_str().to_owned(),
            Err(_) => fresh()?.as_str().to_owned(),
        };
        Ok(Counter {
            command: fresh()?.as_str().to_owned(),
            contact,
            hits,
            card,
            kind,
            suggested,
            preview: Vec::new(),
            duplicates: Vec::new(),
            refusal: None,
            kept: Vec::new(),
            saved: None,
            told: None,
            mass: Vec::new(),
            answers,
            close: Vec::new(),
            called: None,
            warranty: None,
            phrases: None,
            named: BTreeSet::new(),
            answer: answer.filter(|it| it.answer.withdrawn.is_none()),
            filled,
        })
    }

    /// What saving would start, and what may be the same matter.
    pub async fn look_ahead(&mut self, here: &Here) -> Result<(), Fault> {
        self.phrases = Some(Phrases::of(here).await?);
        let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))?;
        self.named = help::named(here.house().laws(), &help::adopted(&law, here.now), Sort::Attribute);
        let close = here.house().answers_close(here.site, self.filled.get("words").to_owned(), CLOSE);
        self.close = close.await.map_err(|fault| Fault::new("查问答", fault))?;
        let room = self.card.as_ref().map(|card| card.household.room.clone());
        let mass = here.house().mass_events_at(here.site, room, self.filled.get("place").to_owned());
        if self.filled.get("contact.agitated") == "yes" {
            let called = here.house().supervisor_call(here.site, self.contact.clone()).await;
            self.called = called.map_err(|fault| Fault::new("读取来访来电", fault))?;
        }
        let handover = self.card.as_ref().filter(|_| self.kind == Some(CaseKind::Repair));
        self.warranty = handover.map(|card| {
            let terms = law.office_setting(office::warranty::TERMS);
            let on = here.house().laws().zone.date(here.now);
            crate::warranty::Told::of_words(terms, self.filled.get("words"), card.household.handover, on)
        });
        self.mass = mass.await.map_err(|fault| Fault::new("读取批量事件", fault))?;
        let Some(kind) = self.kind else { return Ok(()) };
        let form = self.register(here, kind, here.now);
        let facts = facts(here, &law, form.clone());
        let preview = here.house().preview(here.site, facts, here.now).await;
        self.preview = preview.map_err(|fault| Fault::new("预览时限", fault))?;
        self.preview.sort_by_key(|it| (it.soft, it.due.is_none(), it.due));
        // The same limit of several people is one line.
        self.preview
            .dedup_by(|it, before| (&it.must, it.due, &it.clause) == (&before.must, before.due, &before.clause));
        if form.place.household.is_some() || !form.place.words.is_empty() {
            let found = here.house().likely_duplicates(
                here.site,
                form.place.household.clone(),
                form.place.words.clone(),
                kind,
                here.now,
            );
            self.duplicates = found.await.map_err(|fault| Fault::new("查找相近事项", fault))?;
        }
        Ok(())
    }

    /// The form as the office takes it; `first` is when the caller was first heard. Values that cannot be read are left out.
    pub fn register(&self, here: &Here, kind: CaseKind, first: Moment) -> Register {
        let filled = &self.filled;
        let laws = here.house().laws();
        let mut attributes = self.of_contact(here);
        for id in fields_of(kind) {
            if let Ok(Some(value)) = field::read(laws, id, filled.get(id)) {
                attributes.insert((*id).to_owned(), value);
            }
        }
        if kind == CaseKind::Repair {
            let usual = if self.card.is_some() { "own" } else { "shared" };
            attributes.entry("repair.object".to_owned()).or_insert_with(|| usual.to_owned());
        }
        let or = |name: &str, usual: &str| match filled.get(name) {
            "" => usual.to_owned(),
            chosen => chosen.to_owned(),
        };
        Register {
            case: self.contact.clone(),
            kind,
            contact: Some(self.contact.clone()),
            channel: or("case.channel", "phone"),
            station: or("case.station", "office_desk"),
            first_contact: first,
            opened_form: here.now,
            told_desk: self.told_desk(here),
            place: self.place(),
            caller: Caller {
                person: String::new(),
                name: filled.get("name").to_owned(),
                phone: filled.get("phone").to_owned(),
            },
            words: filled.get("words").to_owned(),
            attributes,
            read_back: filled.get("read_back") == "yes",
            notify: filled.get("do") == "dispatch",
            attachments: self.kept.clone(),
            late_reason: filled.get("late_reason").to_owned(),
            approved_by: String::new(),
            linked_case: Some(filled.get("linked_case").to_owned()).filter(|it| !it.is_empty()),
            blank_number: filled.get("blank_number").to_uppercase(),
        }
    }

    /// The household chosen, else the place as typed.
    pub fn place(&self) -> Place {
        match &self.card {
            Some(card) => Place { household: Some(card.household.id.clone()), words: card.room.clone() },
            None => Place { household: None, words: self.filled.get("place").to_owned() },
        }
    }

    /// When somebody else who had heard the matter told the desk, as far as that is readable.
    pub fn told_desk(&self, here: &Here) -> Option<Moment> {
        field::moment(&here.house().laws().zone, self.filled.get("told_desk"))
    }

    /// What is noted of the contact itself.
    pub fn of_contact(&self, here: &Here) -> BTreeMap<String, String> {
        let laws = here.house().laws();
        let read = |id: &&str| Some(((*id).to_owned(), field::read(laws, id, self.filled.get(id)).ok()??));
        let mut all: BTreeMap<String, String> = OF_CONTACT.iter().filter_map(read).collect();
        if self.is_late() {
            all.insert("courtesy.was_late".into(), "yes".into());
        }
        all
    }

    /// Whether the caller stands at the desk: there is a seat and tea to offer.
    pub fn came(&self) -> bool {
        ["visit", "met"].contains(&self.filled.get("case.channel"))
    }

    /// Whether an open matter of the household has missed a limit: whoever calls about it is apologised to first.
    pub fn is_late(&self) -> bool {
        self.card.as_ref().is_some_and(|card| card.open.iter().any(|case| case.breaches > 0))
    }

    /// The person on file who calls, when one is chosen; the first of the household unless somebody else is.
    pub fn person(&self) -> Option<&office::household::Person> {
        let people = &self.card.as_ref()?.household.people;
        match self.filled.get("person") {
            "" => people.first(),
            chosen => people.iter().find(|person| person.id == chosen),
        }
    }

    /// Whoever complains leaves no name: nobody is asked for one.
    pub fn left_no_name(&self) -> bool {
        self.kind == Some(CaseKind::Complaint) && self.filled.get("complaint.follow_up_exemption") == "no_name"
    }

    /// The four clears with the caller on file counted in.
    pub fn clears(&self, here: &Here) -> [(&'static str, bool); 4] {
        let mut form = self.register(here, self.kind.unwrap_or(CaseKind::Enquiry), here.now);
        if let Some(person) = self.person() {
            form.caller.name = person.name.clone();
            form.caller.phone = person.phones.first().cloned().unwrap_or_default();
        }
        form.clears()
    }
}

/// Entries of the book offered by the caller's words at most.
const CLOSE: usize = 3;

/// Takes over a call that rang at this desk: its contact, its number, the household when there is only one. Answers the
/// households under the number.
async fn caller(here: &Here, filled: &mut Filled) -> Result<Vec<HouseholdHit>, Fault> {
    let call = filled.get("call").to_owned();
    if call.is_empty() || !filled.get("contact").is_empty() {
        return Ok(Vec::new());
    }
    let known = here.house().caller_of(here.site, call.clone()).await.map_err(|fault| Fault::new("读取来电", fault))?;
    let Some((number, households)) = known else { return Ok(Vec::new()) };
    let mut fill = |name: &str, value: &str| {
        if filled.get(name).is_empty() && !value.is_empty() {
            filled.0.push((name.to_owned(), value.to_owned()));
        }
    };
    fill("contact", &call);
    fill("phone", &number);
    if let [only] = households.as_slice() {
        fill("household", &only.id);
    }
    Ok(households)
}

/// The facts that registering this form would make now. Missing words and places do not keep the clocks from being shown.
fn facts(here: &Here, law: &SiteLaw, mut form: Register) -> Vec<Fact> {
    if form.words.is_empty() {
        form.words = "…".into();
    }
    if form.place.words.is_empty() {
        form.place.words = "…".into();
    }
    form.notify = false;
    let refuses = |_: &Fact| Vec::new();
    let word = |id: &str| id.to_owned();
    let mut next_number = |_: &str, _: &str| 0;
    let mut latitude = Latitude {
        now: here.now,
        zone: &here.house().laws().zone,
        actor: &here.actor,
        stands_for: &[],
        late_needs_reason: i64::MAX,
        late_needs_approval: i64::MAX,
        speaks_of: &|fact| law.speaks_of(fact, here.now),
        reminders_apart: 0,
        refuses: &refuses,
        word: &word,
        next_number: &mut next_number,
    };
    let Ok(done) = register(&mut latitude, &form) else { return Vec::new() };
    let post = here.actor.post_for(office::case::MAY_REGISTER);
    let entry =
        |(event, seq)| Entry { seq, at: here.now, actor: here.actor.account.clone(), post: post.clone(), event };
    let entries: Vec<Entry> = done.events.into_iter().zip(1..).map(entry).collect();
    let mut facts: Vec<Fact> = office::case::facts(&entries);
    facts.sort_by_key(|fact| (fact.at, fact.seq));
    facts
}
