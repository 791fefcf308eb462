//! Saving (登记): the form becomes a numbered case; refused, it stays as it was filled.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use office::Refusal;
use office::case::{Caller, CaseKind, Register};

use super::counter::{Counter, fields_of};
use super::{contact, show};
use crate::cases::{field, late};
use crate::components::refused;
use crate::page::Posted;
use crate::security::Fault;
use crate::state::Here;

/// `POST /desk`.
pub async fn save(here: Here, posted: Posted) -> Result<Response, Fault> {
    let (kept, unfit) = posted.attachments(&here).await?;
    let mut counter = Counter::read(&here, posted.filled).await?;
    counter.kept = kept;
    let ready = match unfit {
        Some(refusal) => Err(refusal),
        None => form(&here, &counter).await?,
    };
    let refusal = match ready {
        Err(refusal) => refusal,
        Ok(form) => {
            // Whoever is agitated is not left to the desk alone; an entry made later calls nobody any more.
            if counter.filled.get("contact.agitated") == "yes" && form.late_reason.is_empty() {
                let _already_called = contact::call_supervisor(&here, &counter).await?;
            }
            let mut sent = here.sent(counter.filled.command())?;
            sent.post = here.actor.post_for(office::case::MAY_REGISTER);
            let case = form.case.clone();
            let done = here.house().register(sent, here.actor.clone(), form).await;
            match done.map_err(|fault| Fault::new("登记事项", fault))? {
                Ok(_) => {
                    let to = format!("/desk?saved={case}&case.station={}", counter.filled.get("case.station"));
                    return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response());
                }
                Err(refusal) => refusal,
            }
        }
    };
    counter.refusal = Some(refusal.clone());
    counter.look_ahead(&here).await?;
    Ok(refused(show::page(&here, &counter).await?, &refusal))
}

/// The form as the office takes it, with what only the server knows: t0 of the contact, the person on file, the approval.
async fn form(here: &Here, counter: &Counter) -> Result<Result<Register, Refusal>, Fault> {
    let what = "不能登记";
    let filled = &counter.filled;
    let Some(kind) = counter.kind else {
        if filled.get("words").trim().is_empty() {
            return Ok(Err(office::case::nothing_said(what)));
        }
        let next = "请点一个种类：报修、投诉、咨询……";
        return Ok(Err(Refusal::new(what, "从来人的话里看不出是哪一类", next).at("kind")));
    };
    if let Some(refusal) = unreadable(here, counter, kind) {
        return Ok(Err(refusal));
    }
    let (happened, approved_by) = match late::read(here, filled, what).await? {
        Ok(read) => read,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let known = here.house().contact(here.site, counter.contact.clone()).await;
    let known = known.map_err(|fault| Fault::new("读取来访来电", fault))?;
    let opened = known.map_or(here.now, |(opened, _)| opened);
    let mut form = counter.register(here, kind, happened.unwrap_or(opened));
    form.opened_form = opened;
    if let Some(refusal) = told_wrong(here, counter, &form) {
        return Ok(Err(refusal));
    }
    form.approved_by = approved_by;
    form.caller = caller(here, counter).await?;
    Ok(Ok(form))
}

/// The moment at which the desk was told lies between hearing and now.
fn told_wrong(here: &Here, counter: &Counter, form: &Register) -> Option<Refusal> {
    let typed = counter.filled.get("told_desk");
    let why = match form.told_desk {
        _ if typed.is_empty() => return None,
        None => "“告知前台时刻”读不懂",
        Some(told) if told > here.now => "“告知前台时刻”晚于现在",
        Some(told) if told < form.first_contact => "“告知前台时刻”早于听到的时刻",
        Some(_) => return None,
    };
    let next = "请写成 2026-11-23 14:20；听到的时刻写在“补录”的实际发生时间里。";
    Some(Refusal::new("不能登记", why, next).at("told_desk"))
}

/// Who calls: as typed, or as on file.
pub async fn caller(here: &Here, counter: &Counter) -> Result<Caller, Fault> {
    if counter.left_no_name() {
        return Ok(Caller::default());
    }
    match counter.person() {
        Some(person) => on_file(here, counter, &person.id).await,
        None => Ok(counter.register(here, CaseKind::Enquiry, here.now).caller),
    }
}

/// A value that cannot be read is told, not left out.
fn unreadable(here: &Here, counter: &Counter, kind: CaseKind) -> Option<Refusal> {
    let laws = here.house().laws();
    fields_of(kind).iter().find_map(|id| {
        let why = field::read(laws, id, counter.filled.get(id)).err()?;
        Some(Refusal::new("不能登记", format!("“{}”读不懂", laws.word(id)), why).at(id))
    })
}

/// Name and phone of a person on file: the page never had them unmasked. What was typed instead goes before.
async fn on_file(here: &Here, counter: &Counter, person: &str) -> Result<Caller, Fault> {
    let id = counter.card.as_ref().map(|card| card.household.id.clone()).unwrap_or_default();
    let card = here.house().household_card(here.site, id, true).await;
    let card = card.map_err(|fault| Fault::new("读取住户", fault))?;
    let known = card.and_then(|card| card.household.people.into_iter().find(|it| it.id == person));
    let or = |name: &str, usual: String| match counter.filled.get(name) {
        "" => usual,
        typed => typed.to_owned(),
    };
    let (name, phone) = known.map(|it| (it.name, it.phones.into_iter().next().unwrap_or_default())).unwrap_or_default();
    Ok(Caller { person: person.to_owned(), name: or("name", name), phone: or("phone", phone) })
}
