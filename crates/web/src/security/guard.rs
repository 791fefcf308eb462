//! The guard (门卫) around all routes, in this order: number, origin, session, rate, language, the page, headers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::http::{HeaderMap, header, request::Parts};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use super::door::Door;
use super::fault::{self, Fault};
use super::session::{FindSession, SessionToken, Viewer};
use super::throttle::Throttle;
use super::{cookies, headers, origin, upload};
use crate::language::{self, Language};
use crate::page::{Appearance, wrong};

/// A request that computes longer than this is given up with a fault page.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the guard needs to know; clones share it.
#[derive(Clone)]
pub struct Guard {
    /// How requests come in.
    pub door: Door,
    /// Finds the viewer behind a session cookie.
    pub sessions: FindSession,
    /// Requests per account, or per address of someone not signed in.
    pub rate: Arc<Throttle>,
    /// The beginning of the steady clock of `rate`.
    pub since: Instant,
}

impl Guard {
    /// A guard with the usual rates: 120 requests at once, then 20 a second.
    pub fn new(door: Door, sessions: FindSession) -> Guard {
        Guard { door, sessions, rate: Arc::new(Throttle::new(120, 50)), since: Instant::now() }
    }

    /// Milliseconds of the steady clock.
    pub fn now_ms(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Puts the guard around the routes. Bodies are limited to `upload::FORM_BYTES_MAX`; a route that takes uploads raises
/// this with its own `DefaultBodyLimit`.
pub fn around(router: Router, guard: Guard) -> Router {
    router
        .fallback(|| async { wrong::not_found() })
        .method_not_allowed_fallback(|| async { wrong::not_found() })
        .layer(DefaultBodyLimit::max(upload::FORM_BYTES_MAX))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(guard, pass))
}

/// The viewer of the request, if any; put there by the guard.
#[derive(Clone)]
struct Seen(Option<Viewer>);

/// What a page may ask about the request itself.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Whether the visitor's browser speaks https.
    pub https: bool,
    /// Light, dark, or as the system says.
    pub appearance: Appearance,
}

async fn pass(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let number = fault::fresh_number();
    let https = guard.door.is_https(request.headers());
    let appearance = Appearance::of_word(cookies::find(request.headers(), cookies::APPEARANCE));
    let viewer = viewer(&guard, request.headers().clone(), https).await;
    let known = viewer.as_ref().ok().and_then(|it| it.as_ref());
    let language = spoken(&request, known);
    let address = known.map(|viewer| viewer.address).unwrap_or_default();
    let rate = {
        let address = guard.door.client(request.headers(), request.extensions());
        let key = match (known, address) {
            (Some(viewer), _) => format!("@{}", viewer.account),
            (None, Some(address)) => address.to_string(),
            (None, None) => String::new(),
        };
        guard.rate.take(&key, guard.now_ms())
    };
    let ours = origin::is_ours(request.method(), request.uri().path(), request.headers());
    let made_by = request.headers().get("x-account").and_then(|it| it.to_str().ok()).filter(|it| !it.is_empty());
    let another = !request.method().is_safe()
        && known.is_some_and(|viewer| made_by.is_some_and(|account| account != viewer.account));
    request.extensions_mut().insert(Way { https, appearance });
    let work = async move {
        match (viewer, rate) {
            _ if !ours => wrong::foreign(),
            _ if another => wrong::other_account(),
            (_, Err(wait)) => wrong::too_fast(wait),
            (Err(fault), _) => fault.into_response(),
            (Ok(viewer), Ok(())) => {
                request.extensions_mut().insert(Seen(viewer));
                match tokio::time::timeout(PATIENCE, next.run(request)).await {
                    Ok(response) => response,
                    Err(elapsed) => Fault::new("等待页面", elapsed).into_response(),
                }
            }
        }
    };
    let mut response =
        fault::numbered(number, language::under(language, language::address::addressed(address, work))).await;
    headers::add(response.headers_mut(), https);
    response
}

async fn viewer(guard: &Guard, headers: HeaderMap, https: bool) -> Result<Option<Viewer>, Fault> {
    let cookie = cookies::find(&headers, cookies::session_name(https));
    match cookie.and_then(SessionToken::of_cookie) {
        Some(token) => (guard.sessions)(token.hash()).await,
        None => Ok(None),
    }
}

fn spoken(request: &Request, viewer: Option<&Viewer>) -> Language {
    let header = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
    let cookie = cookies::find(request.headers(), cookies::LANGUAGE);
    language::choose(cookie, viewer.and_then(|it| it.language), header)
}

fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let words = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("没有留下原因");
    Fault::said("答复页面", words).into_response()
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Viewer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Viewer>, Response> {
        Ok(parts.extensions.get::<Seen>().and_then(|seen| seen.0.clone()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Viewer, Response> {
        let seen = parts.extensions.get::<Seen>().and_then(|seen| seen.0.clone());
        seen.ok_or_else(|| wrong::sign_in_first(&parts.method, &parts.uri))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Way {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Way, Response> {
        let unknown = Way { https: false, appearance: Appearance::System };
        Ok(parts.extensions.get::<Way>().copied().unwrap_or(unknown))
    }
}

/// The viewer that the guard put into a request, for the permission check of the routes.
pub(crate) fn seen(request: &Request) -> Option<&Viewer> {
    request.extensions().get::<Seen>().and_then(|seen| seen.0.as_ref())
}
