//! What a telephone system tells (电话系统来讯): `POST /hook/phone/{token}` with JSON. See docs/telephone.md.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use journal::{CommandId, Sent};
use office::contact::{PhoneEvent, PhoneNews, normal};
use serde::Deserialize;

use crate::page::wrong;
use crate::security::Fault;
use crate::state::Web;

/// The news as a telephone system sends it.
#[derive(Deserialize)]
struct Told {
    /// The call's own id; the same in every news of it.
    call: String,
    /// `rang`, `answered`, `hung_up`.
    event: PhoneEvent,
    /// The extension concerned.
    #[serde(default)]
    extension: String,
    /// The caller's number as shown; empty when hidden.
    #[serde(default)]
    number: String,
    /// Rings until it was answered, where they are counted.
    #[serde(default)]
    rings: Option<i64>,
    /// When, with its offset: `2026-11-23T14:20:05+08:00`. Now when it is missing.
    #[serde(default)]
    time: Option<String>,
}

/// News older than this, or from the future by more, are taken as of now: a clock that is wrong must not bend the record.
const TRUSTED: i64 = 3_600;

/// `POST /hook/phone/{token}`. Answers 204; 404 for a token of no site; 422 for news that cannot be read.
pub async fn tell(State(web): State<Web>, Path(token): Path<String>, body: Bytes) -> Result<Response, Fault> {
    let read = |what: &'static str| move |fault: journal::Fault| Fault::new(what, fault);
    let site = web.house.site_of_phone_token(token).await.map_err(read("认电话系统"))?;
    let Some(site) = site else { return Ok(wrong::not_found()) };
    let told: Told = match serde_json::from_slice(&body) {
        Ok(told) => told,
        Err(why) => return Ok(unreadable(&why.to_string())),
    };
    if told.call.is_empty() || told.call.len() > 200 || told.extension.len() > 40 || told.number.len() > 80 {
        return Ok(unreadable("call is missing, or a field is too long"));
    }
    let now = (web.clock)();
    let at = match told.time.as_deref().map(str::parse::<jiff::Timestamp>) {
        None => now,
        Some(Ok(time)) => Moment(time.as_microsecond()),
        Some(Err(why)) => return Ok(unreadable(&why.to_string())),
    };
    let at = if now.seconds_since(at).abs() > TRUSTED { now } else { at.min(now) };
    let law = web.house.law(site).await.map_err(read("读取设置"))?;
    let news = PhoneNews {
        event: told.event,
        number: normal(&told.number, law.office_setting("电话区号")),
        rings: told.rings.filter(|rings| (0..=200).contains(rings)),
        extension: told.extension.trim().to_owned(),
        at,
    };
    // Whoever sits at the extension answered; a machine that nobody is bound to speaks for itself.
    let staff = web.house.staff(site).await.map_err(read("读取员工"))?;
    let bound = staff.into_iter().find(|it| it.active && !news.extension.is_empty() && it.extension == news.extension);
    let answered = bound.filter(|_| news.event == PhoneEvent::Answered);
    let (actor, post) = match answered {
        Some(account) => {
            let (id, name) = (account.id.clone(), account.name);
            let actor = office::Actor { account: id, name, posts: account.posts, area: account.area };
            (account.id, actor.post_for(office::contact::MAY_TAKE))
        }
        None => ("phone".to_owned(), "phone".to_owned()),
    };
    let event = format!("{:?}", news.event);
    let contact = CommandId::of(&["call", &site.to_string(), &told.call]);
    let command = CommandId::of(&["phone", contact.as_str(), &event, &news.extension]);
    let sent = Sent { site, command, actor, post, now };
    let done = web.house.phone_news(sent, contact.as_str().to_owned(), news).await.map_err(read("记下来电"))?;
    match done {
        Ok(_) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(refusal) => Ok(unreadable(&refusal.to_string())),
    }
}

fn unreadable(why: &str) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(serde_json::json!({ "problem": why }))).into_response()
}
