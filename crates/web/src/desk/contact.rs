//! A contact (来访来电): opened by the first key, so that t0 stands before the form is finished; ended when no case comes
//! of it, with everything that was filled in meanwhile.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::house::MadeContact;
use journal::{CommandId, Sent};
use office::Refusal;
use office::case::CaseKind;
use office::contact::{ActOnContact, EndContact, Outcome, SUPERVISOR_CALLED, TakeContact};

use super::counter::Counter;
use super::{save, show};
use crate::components::refused;
use crate::page::{Filled, Posted};
use crate::security::Fault;
use crate::state::Here;

/// `POST /desk/contact`: the first key. Sent twice it opens once.
pub async fn open(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Ok(contact) = CommandId::new(filled.get("contact")) else {
        let no = Refusal::new("没有记下", "这次来访来电没有编号", "请刷新受理页。");
        return Ok(refused((), &no));
    };
    let known = here.house().contact(here.site, contact.as_str().to_owned()).await;
    if known.map_err(|fault| Fault::new("读取来访来电", fault))?.is_some() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let mut sent = here.sent(None)?;
    sent.command = CommandId::of(&["contact", contact.as_str()]);
    sent.post = here.actor.post_for(office::contact::MAY_TAKE);
    let done = here.house().open_contact(sent, here.actor.clone(), contact.as_str().to_owned(), taken(&filled)).await;
    match done.map_err(|fault| Fault::new("记下来访来电", fault))? {
        Ok(_) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(refusal) => Ok(refused((), &refusal)),
    }
}

/// `POST /desk/contact/supervisor`: a supervisor is called to the agitated visitor; what is filled in stays.
pub async fn supervisor(here: Here, posted: Posted) -> Result<Response, Fault> {
    let (kept, _) = posted.attachments(&here).await?;
    let mut counter = Counter::read(&here, posted.filled).await?;
    counter.kept = kept;
    let called = call_supervisor(&here, &counter).await?;
    counter.refusal = called.clone().err();
    counter.look_ahead(&here).await?;
    let page = show::page(&here, &counter).await?;
    Ok(match called {
        Ok(()) => page.into_response(),
        Err(refusal) => refused(page, &refusal),
    })
}

/// Calls a supervisor to whoever stands at the desk, once for each contact; the first key has opened it, or it is opened now.
pub async fn call_supervisor(here: &Here, counter: &Counter) -> Result<Result<(), Refusal>, Fault> {
    let fault = |fault| Fault::new("请主管到场", fault);
    let part = |part: &str| -> Result<Sent, Fault> {
        let mut sent = here.sent(None)?;
        sent.command = CommandId::of(&[part, &counter.contact]);
        sent.post = here.actor.post_for(office::contact::MAY_TAKE);
        Ok(sent)
    };
    let house = here.house();
    let open =
        house.open_contact(part("contact")?, here.actor.clone(), counter.contact.clone(), taken(&counter.filled));
    if let Err(refusal) = open.await.map_err(fault)? {
        return Ok(Err(refusal));
    }
    let mut attributes = counter.of_contact(here);
    attributes.retain(|id, _| id == "contact.moved_to");
    attributes.insert("contact.agitated".to_owned(), "yes".to_owned());
    let act = SUPERVISOR_CALLED.to_owned();
    let command = ActOnContact { act, attributes, place: counter.place(), ..ActOnContact::default() };
    let done = house.act_on_contact(part("supervisor")?, here.actor.clone(), counter.contact.clone(), command);
    Ok(done.await.map_err(fault)?.map(drop))
}

/// Channel and desk as chosen.
pub fn taken(filled: &Filled) -> TakeContact {
    let or = |name: &str, usual: &str| match filled.get(name) {
        "" => usual.to_owned(),
        chosen => chosen.to_owned(),
    };
    TakeContact {
        channel: or("case.channel", "phone"),
        station: or("case.station", "office_desk"),
        ..TakeContact::default()
    }
}

/// `POST /desk/contact/end`: answered on the spot, perhaps out of the answer book, or void with a reason.
pub async fn end(here: Here, posted: Posted) -> Result<Response, Fault> {
    let mut counter = Counter::read(&here, posted.filled).await?;
    let filled = &counter.filled;
    let answered = filled.get("as") == "answered";
    let form = counter.register(&here, CaseKind::Enquiry, here.now);
    let question = counter.answer.as_ref().and_then(|it| it.answer.present()).map(|it| it.said.question.clone());
    let note = match filled.get("note") {
        "" if answered => question.unwrap_or_default(),
        note => note.to_owned(),
    };
    let made = MadeContact {
        take: taken(filled),
        end: EndContact {
            outcome: if answered { Outcome::Answered } else { Outcome::Voided },
            note,
            answer: counter.answer.as_ref().map(|it| it.answer.id.clone()),
            words: form.words,
            place: form.place,
            caller: save::caller(&here, &counter).await?,
            attributes: counter.of_contact(&here),
            mass_event: None,
        },
    };
    let mut sent = here.sent(filled.command())?;
    sent.post = here.actor.post_for(office::contact::MAY_TAKE);
    let done = here.house().make_contact(sent, here.actor.clone(), counter.contact.clone(), made).await;
    match done.map_err(|fault| Fault::new("结束来访来电", fault))? {
        Ok(_) => {
            let to = if answered { "/desk?told=answered" } else { "/desk?told=voided" };
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(refusal) => {
            counter.refusal = Some(refusal.clone());
            counter.look_ahead(&here).await?;
            Ok(refused(show::page(&here, &counter).await?, &refusal))
        }
    }
}
