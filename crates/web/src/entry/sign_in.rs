//! Log-in, log-out and the change of site (登录). An unknown account costs the same time and says the same words as a
//! wrong password.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::kept::sessions::Session;
use maud::html;
use serde::Deserialize;

use crate::components::field::{Control, Field};
use crate::foundation::local;
use crate::language::t;
use crate::page::{Filled, Fragment, Frame, Page, language_switch};
use crate::security::guard::Way;
use crate::security::session::SessionToken;
use crate::security::throttle::Wait;
use crate::security::{Fault, cookies, lockout};
use crate::state::{Here, SESSION_SECONDS, Web};

/// The query of the log-in page.
#[derive(Deserialize)]
pub struct Whither {
    /// The page that was asked for.
    #[serde(default)]
    to: String,
}

/// `GET /sign-in`.
pub async fn show(State(web): State<Web>, Query(query): Query<Whither>) -> Result<Response, Fault> {
    let founded = web.house.founded().await.map_err(|fault| Fault::new("查看是否开户", fault))?;
    if !founded {
        return Ok(see("/begin"));
    }
    Ok(form("", local(&query.to), None).into_response())
}

/// A redirect after which the browser shows the page with GET.
pub fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}

fn form(account: &str, to: &str, wrong: Option<&str>) -> Fragment {
    let password = Field {
        required: true,
        control: Control::Line { kind: "password", value: "", most: 200 },
        ..Field::line("password", t("口令"), "")
    };
    let body = html! {
        form method="post" action="/sign-in" {
            input type="hidden" name="to" value=(to);
            div.field {
                label for="account" { (t("登录名")) " " span.must title=(t("必填")) { "＊" } }
                input id="account" name="account" value=(account) maxlength="40" required autocomplete="username"
                    autocapitalize="none" spellcheck="false" autofocus;
            }
            (password.render())
            @if let Some(wrong) = wrong { div.refusal role="alert" { (wrong) } }
            p.ways { button.main { (t("登录")) } }
        }
        p.ways { (language_switch(&format!("/sign-in?to={to}"))) }
    };
    Fragment(Page::new(t("登录"), Frame::Bare, body).render())
}

/// `POST /sign-in`.
pub async fn enter(State(web): State<Web>, way: Way, headers: HeaderMap, filled: Filled) -> Result<Response, Fault> {
    let account = filled.get("account").to_lowercase();
    let to = local(filled.get("to"));
    let now = (web.clock)();
    if let Err(wait) = lockout::may_try(&web.house, &account, now).await? {
        return Ok(later(&account, to, wait));
    }
    let store = web.house.store();
    let kept = store.credential(&account, "password").await.map_err(|fault| Fault::new("读取口令", fault))?;
    let right = web.passwords.check(filled.exact("password").to_owned(), kept.map(|it| it.secret)).await?;
    let access = web.house.access(account.clone()).await.map_err(|fault| Fault::new("读取账号", fault))?;
    let Some(first) = access.first().filter(|_| right) else {
        let words = t("登录名或口令不对。请再试一次；忘了口令，请管理员在设置里重设。");
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&account, to, Some(words))).into_response());
    };
    lockout::right(&web.house, &account).await?;
    let cookie = begin_session(&web, way, &headers, &account, first.site).await?;
    let mut response = see(to);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

fn later(account: &str, to: &str, Wait(seconds): Wait) -> Response {
    let words = match seconds {
        0..=90 => crate::t!("口令错了多次，请等 {} 秒再试。", seconds),
        _ => crate::t!("口令错了多次，请等 {} 分钟再试。", seconds.div_ceil(60)),
    };
    let mut response = (StatusCode::TOO_MANY_REQUESTS, form(account, to, Some(&words))).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    response
}

/// A new session and its cookie. Every log-in has a token of its own, so that one planted before is worth nothing.
pub async fn begin_session(
    web: &Web,
    way: Way,
    headers: &HeaderMap,
    account: &str,
    site: i64,
) -> Result<HeaderValue, Fault> {
    let token = SessionToken::fresh()?;
    let now = (web.clock)();
    let agent = headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let session = Session {
        token: token.hash().0,
        account: account.to_owned(),
        made: now,
        seen: now,
        ends: now.plus_seconds(SESSION_SECONDS),
        device: agent.chars().take(200).collect(),
        marks: site.to_string(),
    };
    web.house.store().put_session(session).await.map_err(|fault| Fault::new("保存会话", fault))?;
    Ok(cookies::session(token.value(), way.https, None))
}

/// The token of the request's own session.
pub fn own_token(way: Way, headers: &HeaderMap) -> Option<[u8; 32]> {
    let cookie = cookies::find(headers, cookies::session_name(way.https))?;
    SessionToken::of_cookie(cookie).map(|token| token.hash().0)
}

/// `POST /sign-out`.
pub async fn leave(here: Here, headers: HeaderMap) -> Result<Response, Fault> {
    if let Some(token) = own_token(here.way, &headers) {
        here.house().store().end_session(token).await.map_err(|fault| Fault::new("结束会话", fault))?;
    }
    let mut response = see("/sign-in");
    response.headers_mut().append(header::SET_COOKIE, cookies::session_over(here.way.https));
    Ok(response)
}

/// `POST /site`: the session goes on at another site of the same account.
pub async fn change_site(here: Here, headers: HeaderMap, filled: Filled) -> Result<Response, Fault> {
    let wanted: i64 = filled.get("site").parse().unwrap_or_default();
    let access = here.house().access(here.actor.account.clone()).await;
    let access = access.map_err(|fault| Fault::new("读取账号", fault))?;
    let (Some(found), Some(token)) = (access.iter().find(|it| it.site == wanted), own_token(here.way, &headers)) else {
        return Ok(see("/"));
    };
    let session = Session {
        token,
        account: here.actor.account.clone(),
        made: here.now,
        seen: here.now,
        ends: here.now.plus_seconds(SESSION_SECONDS),
        device: String::new(),
        marks: found.site.to_string(),
    };
    here.house().store().put_session(session).await.map_err(|fault| Fault::new("换站点", fault))?;
    Ok(see("/"))
}
