//! An act on a contact (办理): called back, sampled, scored by the five expressions, checked, coached.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use office::contact::{ActOnContact, TEN_CHARACTERS, find};

use super::show::{read, render};
use crate::components::refused;
use crate::foundation::local;
use crate::page::{Filled, wrong};
use crate::security::Fault;
use crate::state::Here;

/// The checklist of a call.
const CHECKED: [&str; 4] = ["call.talked_over", "call.let_finish", "call.courteous", "call.answered_politely"];
/// The checklist of a visit, in the order in which it goes.
const RECEIVED: [&str; 4] = ["visit.stood", "visit.seated_first", "visit.sat_after", "call.answered_politely"];

/// `POST /contacts/{id}/acts/{act}`.
pub async fn enter(
    here: Here,
    Path((id, name)): Path<(String, String)>,
    mut filled: Filled,
) -> Result<Response, Fault> {
    let (Some(act), Some(page)) = (find(&name), read(&here, &id, false).await?) else { return Ok(wrong::not_found()) };
    let mut attributes = BTreeMap::new();
    match act.id {
        "call.courtesy_scored" => {
            attributes.extend(points(&filled).map(|points| ("courtesy.points".to_owned(), points.to_string())));
        }
        "call.checked" => {
            let ticked = CHECKED.into_iter().filter(|id| ["yes", "no"].contains(&filled.get(id)));
            attributes.extend(ticked.map(|id| (id.to_owned(), filled.get(id).to_owned())));
        }
        "visit.checked" => {
            let ticked = RECEIVED.into_iter().filter(|id| ["yes", "no"].contains(&filled.get(id)));
            attributes.extend(ticked.map(|id| (id.to_owned(), filled.get(id).to_owned())));
            let attitude = Some(filled.get("desk.attitude")).filter(|it| ["good", "fair", "poor"].contains(it));
            attributes.extend(attitude.map(|it| ("desk.attitude".to_owned(), it.to_owned())));
        }
        _ => {}
    }
    let command = ActOnContact {
        act: act.id.to_owned(),
        attributes,
        note: filled.get("note").to_owned(),
        reached_nobody: filled.get("reached") == "no",
        ..ActOnContact::default()
    };
    let mut sent = here.sent(filled.command())?;
    sent.post = here.actor.post_for(act.posts);
    let done = here.house().act_on_contact(sent, here.actor.clone(), id.clone(), command).await;
    match done.map_err(|fault| Fault::new("办理来访来电", fault))? {
        Ok(_) => {
            let to = match filled.get("back") {
                "" => format!("/contacts/{id}"),
                back => local(back).to_owned(),
            };
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(refusal) => {
            filled.0.push(("act".to_owned(), act.id.to_owned()));
            Ok(refused(render(&here, &page, &filled, Some(&refusal)).await?, &refusal))
        }
    }
}

/// Expressions used out of those that were fitting, in hundredths; none when nothing was fitting.
fn points(filled: &Filled) -> Option<usize> {
    let count = |word: &str| TEN_CHARACTERS.iter().filter(|(name, _)| filled.get(name) == word).count();
    let (used, missed) = (count("used"), count("missed"));
    (used * 100).checked_div(used + missed)
}
