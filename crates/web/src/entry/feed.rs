//! The own appointments as a calendar that a phone subscribes to (日历订阅): a secret address, made and taken back by whoever
//! goes out. Room and words, no name and no number of a resident.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use courier::visits_feed::{self, Visit};
use journal::kept::credentials::Credential;
use maud::{Markup, html};
use office::case::CaseState;

use super::me;
use super::sign_in::see;
use crate::components::panel::panel;
use crate::language::{said, t};
use crate::security::session::SessionToken;
use crate::security::{Fault, Permission};
use crate::state::{Here, Web};

/// The kind of credential that holds the hash of the address.
const KIND: &str = "calendar";
/// The setting that says how long an appointment takes.
const LENGTH: &str = "上门时长";
/// Days that an appointment stays in the calendar after it has been.
const DAYS: i64 = 14;

/// The panel of the own account: for whoever has jobs. The address is shown once, when it was made just now.
pub async fn own(here: &Here, made: Option<&str>) -> Result<Markup, Fault> {
    if !here.viewer.grants.allow(Permission::JobView) {
        return Ok(html! {});
    }
    let known = here.house().store().credential(&here.actor.account, KIND).await;
    let known = known.map_err(|fault| Fault::new("读取日历订阅", fault))?.is_some();
    Ok(panel(
        t("日历订阅"),
        html! {},
        html! {
            p.small.dim { (t("手机日历按这个地址订阅，就看得到自己的预约：房号和事由，没有住户的姓名电话。请不要转给别人。")) }
            @if let Some(address) = made {
                p.whole { b { (address) } }
                @if let Some((_, rest)) = address.split_once("://") {
                    p { a.button href={ "webcal://" (rest) } { (t("在这台手机的日历里订阅")) } }
                }
                p.small.dim { (t("地址只显示这一次。")) }
            } @else if known {
                p { (t("已经生成过地址；再生成一个，旧的就打不开。")) }
            }
            div.acts {
                form method="post" action="/me/calendar" { button { (t("生成订阅地址")) } }
                @if known { form method="post" action="/me/calendar/revoke" { button { (t("收回")) } } }
            }
        },
    ))
}

/// `POST /me/calendar`: a fresh address; one made before does not open any more.
pub async fn make(here: Here, headers: HeaderMap) -> Result<Response, Fault> {
    let token = SessionToken::fresh()?;
    let credential = Credential { secret: token.hash().hex(), changed: here.now };
    let kept = here.house().store().put_credential(&here.actor.account, KIND, credential).await;
    kept.map_err(|fault| Fault::new("保存日历订阅", fault))?;
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let scheme = if here.way.https { "https" } else { "http" };
    let address = format!("{scheme}://{host}/calendar/{}/{}", here.actor.account, token.value());
    Ok(me::page(&here, &headers, None, Some(&address)).await?.into_response())
}

/// `POST /me/calendar/revoke`.
pub async fn revoke(here: Here) -> Result<Response, Fault> {
    let gone = here.house().store().remove_credential(&here.actor.account, KIND).await;
    gone.map_err(|fault| Fault::new("收回日历订阅", fault))?;
    Ok(see("/me"))
}

/// `GET /calendar/{account}/{code}`: the matters with an appointment that the account has, at each of its sites; those that were
/// withdrawn or given to another say that they are off.
pub async fn read(State(web): State<Web>, Path((account, code)): Path<(String, String)>) -> Result<Response, Fault> {
    let fault = |fault: journal::Fault| Fault::new("读取日历订阅", fault);
    let Some(token) = SessionToken::of_cookie(&code) else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let kept = web.house.store().credential(&account, KIND).await.map_err(fault)?;
    if kept.is_none_or(|kept| kept.secret != token.hash().hex()) {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let mut visits = Vec::new();
    let now = (web.clock)();
    for access in web.house.access(account.clone()).await.map_err(fault)? {
        let law = web.house.law(access.site).await.map_err(fault)?;
        let minutes = (law.office_seconds(LENGTH) / 60).clamp(5, 24 * 60);
        let from = now.plus_seconds(-DAYS * 86_400);
        for case in web.house.visits(access.site, account.clone(), from).await.map_err(fault)? {
            let begins = case.attributes.get("repair.appointment").and_then(|value| value.parse().ok());
            let Some(begins) = begins.map(Moment) else { continue };
            visits.push(Visit {
                sequence: case.entries.len(),
                begins,
                summary: format!("{} {} {}", said(case.kind.title(), None), case.number, without_numbers(&case.title)),
                cancelled: case.state == CaseState::Withdrawn || case.assignee.as_ref() != Some(&account),
                place: case.place,
                id: case.id,
                minutes,
            });
        }
    }
    let text = visits_feed::calendar(t("我的预约"), &visits, now);
    let headers = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, text).into_response())
}

/// The words without telephone numbers: seven digits and more in a row are masked.
fn without_numbers(words: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in words.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        out.push_str(if digits.len() >= 7 { "****" } else { &digits });
        digits.clear();
        out.push(c);
    }
    out.trim_end().to_owned()
}
