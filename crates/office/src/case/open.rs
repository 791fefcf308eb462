//! Beginning a record of a register (登记一件): one act, numbered, with place and person where the register asks for them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::decide::{Latitude, allowed_by_law, fields_filled, issued, lateness, permitted};
use super::register::title;
use super::{ActOnCase, Caller, Place, Registered};
use crate::act::{self, Effect};
use crate::event::{Body, Event, Sealed, Signature, SignatureWay};
use crate::household::{masked_name, masked_phone};
use crate::refusal::Refusal;
use crate::register::{self, Given, RegisterType};

/// The filled form of a new record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenRecord {
    /// Stream id, chosen by the sender.
    pub case: String,
    /// Register id.
    pub register: String,
    /// Where.
    pub place: Place,
    /// Whom it concerns.
    pub person: Caller,
    /// What goes with the opening act, whose id the register gives.
    pub act: ActOnCase,
}

/// Begins the record, or refuses and says why.
pub fn open(latitude: &mut Latitude<'_>, form: &OpenRecord) -> Result<Registered, Refusal> {
    let known = register::find(&form.register).filter(|it| it.of.is_none());
    let Some((register, act)) = known.and_then(|it| Some((it, act::find(&it.opens)?))) else {
        let why = format!("没有“{}”这本登记簿", form.register);
        return Err(Refusal::new("不能登记", why, "请从登记簿列表打开。"));
    };
    let Some(kind) = register.kind() else { unreachable!("a test holds that every register has a kind") };
    let what = act.refused();
    permitted(&what, act, kind, latitude.actor)?;
    fields_filled(&what, act, &form.act, latitude)?;
    let happened = form.act.happened.unwrap_or(latitude.now);
    let late = lateness(&what, latitude, happened, &form.act.late_reason, &form.act.approved_by)?;
    let attributes = attributes(register, form, &latitude.actor.name);
    let mut event = Event {
        name: act.id.to_owned(),
        happened,
        body: Body {
            attributes,
            note: form.act.note.trim().to_owned(),
            posts: form.act.posts.iter().chain(latitude.stands_for).cloned().collect(),
            attachments: form.act.attachments.clone(),
            late,
            links: form.act.links.clone(),
            ..Body::default()
        },
        sealed: sealed(form),
    };
    sensible(&what, latitude, &event)?;
    allowed_by_law(&what, act, latitude, None, &event)?;
    let month = latitude.zone.date(happened).strftime("%Y%m").to_string();
    let letters = &register.letters;
    let number = format!("{letters}-{month}-{:04}", (latitude.next_number)(letters, &month));
    let ahead = match act.id {
        crate::blank_slip::RESERVED => {
            let next = |series: &str| format!("{series}-{month}-{:04}", (latitude.next_number)(series, &month));
            crate::blank_slip::taken(&what, &event, next)?
        }
        _ => Vec::new(),
    };
    if !register.number_attribute.is_empty() {
        event.body.attributes.insert(register.number_attribute.clone(), number.clone());
    }
    let attribute = |id: &str| event.body.attributes.get(id).map_or("", String::as_str);
    let about = [attribute("case.content"), attribute(&register.titled_by), form.act.note.as_str()];
    let words = about.into_iter().find(|words| !words.trim().is_empty());
    let named = words.map_or_else(|| register.title.clone(), title);
    let links: [(&str, Option<&str>); 5] = [
        ("kind", Some(kind.id())),
        ("number", Some(&number)),
        ("title", Some(&named)),
        ("place", Some(form.place.words.trim())),
        ("household", form.place.household.as_deref()),
    ];
    for (key, value) in links {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            event.body.links.insert(key.to_owned(), value.to_owned());
        }
    }
    event.body.form = register.form.as_deref().map(|form| issued(form, number.clone()));
    debug_assert_eq!(act.effect, Effect::Open, "a test holds that a register begins with an opening act");
    event.body.signature = Some(Signature {
        name: latitude.actor.name.clone(),
        post: latitude.actor.post_for(act.posts),
        way: SignatureWay::Login,
        path: String::new(),
    });
    let asked = crate::asked::listed(&mut event);
    Ok(Registered { number, events: std::iter::once(event).chain(ahead).chain(asked).collect() })
}

/// Whether what the opening says can be so.
fn sensible(what: &str, latitude: &Latitude<'_>, event: &Event) -> Result<(), Refusal> {
    crate::mass_event::sensible(what, event, latitude.now)?;
    crate::tariff::sensible(what, event)?;
    crate::meeting::sensible(what, event, latitude.zone.date(event.happened), latitude.word)?;
    crate::mail::sensible(what, event)?;
    crate::fee_notice::sensible(what, None, event, latitude.zone.date(event.happened))?;
    crate::service_contract::sensible(what, None, event, latitude.zone.date(event.happened))
}

/// What was filled in, with what every record of the register begins with.
fn attributes(register: &RegisterType, form: &OpenRecord, own_name: &str) -> BTreeMap<String, String> {
    let mut attributes = form.act.attributes.clone();
    let customer = form.place.household.clone().unwrap_or_else(|| form.place.words.trim().to_owned());
    attributes.retain(|_, value| !value.trim().is_empty());
    let mut tell = |name: &str, value: &str| {
        if !name.is_empty() && !value.is_empty() {
            attributes.entry(name.to_owned()).or_insert_with(|| value.to_owned());
        }
    };
    for (name, given) in register.begins_with() {
        match given {
            Given::Name => tell(name, own_name),
            Given::Place => tell(name, form.place.words.trim()),
            Given::Person => tell(name, &masked_name(&form.person.name)),
            Given::Phone => tell(name, &masked_phone(&form.person.phone)),
            Given::Text(text) => tell(name, text),
            // The form has proposed it; what came back from there stands.
            Given::Setting(..) => {}
        }
    }
    tell("case.customer", &customer);
    crate::topic::tally_shows(&mut attributes);
    attributes
}

/// Name and phone under the person's key, or under the record's own.
fn sealed(form: &OpenRecord) -> Option<Sealed> {
    let given = &form.person;
    let person = if given.person.is_empty() { format!("case:{}", form.case) } else { given.person.clone() };
    let fields: BTreeMap<String, String> = [("name", &given.name), ("phone", &given.phone)]
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(key, value)| (key.to_owned(), value.trim().to_owned()))
        .collect();
    (!fields.is_empty()).then_some(Sealed { person, fields })
}
