//! The link at the desk (住户链接): given, shown with its code to scan, printed, taken back.

use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use journal::reads::CasePage;
use maud::{Markup, html};
use office::case::{CaseKind, CaseState};
use office::link;

use crate::cases::{read, render};
use crate::components::field::command;
use crate::components::qr::qr;
use crate::components::{Timing, icon, lucide, panel as framed, refused};
use crate::entry::{fresh_command, see};
use crate::language::t;
use crate::page::{Filled, Fragment, Frame, Page, wrong};
use crate::security::session::SessionToken;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The panel of a repair; nothing for other matters, and for who does not work on cases.
pub fn panel(here: &Here, page: &CasePage) -> Result<Markup, Fault> {
    let case = &page.case;
    let over = matches!(case.state, CaseState::Filed | CaseState::Withdrawn);
    if case.kind != CaseKind::Repair || over || !here.viewer.grants.allow(Permission::CaseWork) {
        return Ok(html! {});
    }
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let given = link::of(case).filter(|it| it.ends > here.now && !it.code.is_empty());
    let (path, id) = (format!("/cases/{}/link", case.id), fresh_command()?);
    let body = html! {
        @match &given {
            Some(given) => {
                p { a href={ "/r/" (given.code) } { (t("打开住户看到的页面")) } " "
                    span.small.dim { (t("有效到")) " " (timing.time(given.ends)) } }
                div.acts {
                    a.button href={ (path) "/print" } { (icon(lucide::LuQrCode)) (t("二维码、打印")) }
                    form method="post" action={ (path) "/revoke" } { (command(&id)) button { (t("收回")) } }
                }
            }
            None => {
                p.small.dim { (t("住户不用登录，凭链接看进度、报价，同意或不同意，说没有解决。")) }
                form method="post" action=(path) { (command(&id)) button { (t("生成住户链接")) } }
            }
        }
    };
    Ok(framed(t("住户链接"), html! {}, body))
}

/// `POST /cases/{id}/link`: a fresh code; one given before does not open any more.
pub async fn give(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(page) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    let token = SessionToken::fresh()?;
    let (code, hash) = (token.value().to_owned(), token.hash().hex());
    let done = here.house().give_link(here.sent(filled.command())?, page.case.id.clone(), code, hash).await;
    match done.map_err(|fault| Fault::new("生成住户链接", fault))? {
        Ok(_) => Ok(see(&format!("/cases/{}", page.case.id))),
        Err(no) => Ok(refused(render(&here, &page, Some(&no), false).await?, &no)),
    }
}

/// `POST /cases/{id}/link/revoke`.
pub async fn revoke(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(page) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    let done = here.house().revoke_link(here.sent(filled.command())?, page.case.id.clone()).await;
    match done.map_err(|fault| Fault::new("收回住户链接", fault))? {
        Ok(_) => Ok(see(&format!("/cases/{}", page.case.id))),
        Err(no) => Ok(refused(render(&here, &page, Some(&no), false).await?, &no)),
    }
}

/// `GET /cases/{id}/link/print`: the code to scan, to hand over with the slip.
pub async fn print(here: Here, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Fault> {
    let Some(page) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    let case = &page.case;
    let given = link::of(case).filter(|it| it.ends > here.now && !it.code.is_empty());
    let Some(given) = given else { return Ok(see(&format!("/cases/{}", case.id))) };
    let address = address(&here, &headers, &format!("/r/{}", given.code));
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let body = html! {
        p.print-bar {
            a.button href={ "/cases/" (case.id) } { (t("返回")) } " "
            button.main data-print data-key="F9" { (t("打印")) " " kbd { "F9" } }
        }
        p { (t("扫码看进度和报价，可以在上面同意、不同意，或者说没有解决。请不要转给别人。")) }
        (qr(&address, &case.number))
        p.small.whole { (address) }
        p.small.dim { (t("有效到")) " " (timing.exact(given.ends)) }
    };
    Ok(Fragment(Page::new(&crate::t!("报修 {}", case.number), Frame::Bare, body).render()).into_response())
}

/// The whole address of a path, as whoever looks at the page reached the server.
pub fn address(here: &Here, headers: &HeaderMap, path: &str) -> String {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let plain = host.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b':' | b'[' | b']'));
    let host = if plain && host.len() < 200 { host } else { "" };
    format!("{}://{host}{path}", if here.way.https { "https" } else { "http" })
}
