//! A contact (来访来电): opened by the first key, so that t0 stands before the form is finished; ended when no case comes
//! of it.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::CommandId;
use office::Refusal;

use super::counter::Counter;
use super::show;
use crate::components::refused;
use crate::page::Filled;
use crate::security::Fault;
use crate::state::Here;

/// `POST /desk/contact`: the first key. Sent twice it opens once.
pub async fn open(here: Here, filled: Filled) -> Result<Response, Fault> {
    match begin(&here, &filled).await? {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(refusal) => Ok(refused((), &refusal)),
    }
}

async fn begin(here: &Here, filled: &Filled) -> Result<Result<(), Refusal>, Fault> {
    let Ok(contact) = CommandId::new(filled.get("contact")) else {
        return Ok(Err(Refusal::new("没有记下", "这次来访来电没有编号", "请刷新受理页。")));
    };
    let known = here.house().contact(here.site, contact.as_str().to_owned()).await;
    if known.map_err(|fault| Fault::new("读取来访来电", fault))?.is_some() {
        return Ok(Ok(()));
    }
    let or = |name: &str, usual: &str| match filled.get(name) {
        "" => usual.to_owned(),
        chosen => chosen.to_owned(),
    };
    let mut sent = here.sent(None)?;
    sent.command = CommandId::of(&["contact", contact.as_str()]);
    let (channel, station) = (or("case.channel", "phone"), or("case.station", "office_desk"));
    let done = here.house().open_contact(sent, contact.as_str().to_owned(), channel, station).await;
    Ok(done.map_err(|fault| Fault::new("记下来访来电", fault))?.map(|_| ()))
}

/// `POST /desk/contact/end`: answered on the spot, or void with a reason.
pub async fn end(here: Here, filled: Filled) -> Result<Response, Fault> {
    let answered = filled.get("as") == "answered";
    let refusal = if filled.get("note").is_empty() {
        let next = "请写答复了什么，或为什么作废。";
        Some(Refusal::new("没有记下", "还没有写说明", next).at("note"))
    } else {
        match begin(&here, &filled).await? {
            Err(refusal) => Some(refusal),
            Ok(()) => {
                let sent = here.sent(filled.command())?;
                let (contact, note) = (filled.get("contact").to_owned(), filled.get("note").to_owned());
                let done = here.house().end_contact(sent, contact, answered, note).await;
                done.map_err(|fault| Fault::new("结束来访来电", fault))?.err()
            }
        }
    };
    match refusal {
        None => {
            let to = if answered { "/desk?told=answered" } else { "/desk?told=voided" };
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Some(refusal) => {
            let mut counter = Counter::of(&here, filled).await?;
            counter.refusal = Some(refusal.clone());
            Ok(refused(show::page(&here, &counter).await?, &refusal))
        }
    }
}
