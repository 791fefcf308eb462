//! One tap to call (一键拨打): on an open case in one's own hands. The purpose is the case itself and goes on record before the
//! number is shown; a phone then dials at once. Everywhere else numbers stay masked.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use journal::reads::CasePage;
use maud::{Markup, html};
use office::Refusal;
use rulebook::{Obligation, State};

use super::show::{read, render};
use crate::components::field::command;
use crate::components::{icon, lucide, refused};
use crate::language::t;
use crate::page::{Filled, Fragment, wrong};
use crate::security::Fault;
use crate::state::Here;

/// Whether the reader has the case in hand: their work, a step that they owe, or what they took in and nobody has yet.
pub fn in_hand(here: &Here, page: &CasePage) -> bool {
    let case = &page.case;
    let me = here.actor.account.as_str();
    let mine = case.assignee.as_deref() == Some(me);
    let open = |state| matches!(state, State::Open | State::Overdue);
    let owes = |it: &Obligation| open(it.state) && here.actor.posts.contains(&it.bearer);
    let owes = page.derived.obligations.iter().any(owes);
    let answers = case.attributes.get("case.person").is_some_and(|name| *name == here.actor.name);
    let took_in = case.assignee.is_none() && case.entries.first().is_some_and(|entry| entry.actor == me);
    !case.state.ended() && (mine || owes || answers || took_in)
}

/// The button, or the number once its look is on record.
pub fn button(here: &Here, page: &CasePage, command_id: &str, unmasked: bool) -> Markup {
    let phone = &page.caller.1;
    if phone.is_empty() || !in_hand(here, page) {
        return html! { span #call {} };
    }
    html! {
        span #call {
            @if unmasked { (crate::jobs::call(&page.caller.0, phone)) } @else {
                form.inline method="post" action={ "/cases/" (page.case.id) "/phone" } data-swap="call" {
                    (command(&format!("{command_id}-phone")))
                    button { (icon(lucide::LuPhone)) (t("拨打")) }
                }
            }
        }
    }
}

/// `POST /cases/{id}/phone`.
pub async fn dial(here: Here, Path(id): Path<String>, headers: HeaderMap, filled: Filled) -> Result<Response, Fault> {
    let Some(masked) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    if !in_hand(&here, &masked) {
        let next = "请写明用途，在“显示完整姓名电话”里查看。";
        let no = Refusal::new("不能拨打", "这件事不在您手上，或已经结束", next);
        return Ok(refused(render(&here, &masked, Some(&no), false).await?, &no));
    }
    let purpose = format!("办理 {} 联系来人", masked.case.number);
    let done = here.house().unmasked(here.sent(filled.command())?, format!("case:{}", masked.case.id), purpose).await;
    match done.map_err(|fault| Fault::new("登记查看用途", fault))? {
        Err(no) => Ok(refused(render(&here, &masked, Some(&no), false).await?, &no)),
        Ok(_) => {
            let page = read(&here, &id, true).await?.unwrap_or(masked);
            if headers.contains_key("x-swap") {
                let dials = html! { span #call data-dial { (crate::jobs::call(&page.caller.0, &page.caller.1)) } };
                return Ok(Fragment(dials).into_response());
            }
            Ok(render(&here, &page, None, true).await?.into_response())
        }
    }
}
