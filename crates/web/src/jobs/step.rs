//! A step of a job (做一步): posted by a tap, or later by the queue of a phone that had no network.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use journal::CommandId;
use office::Refusal;
use office::case::Case;

use super::posted::{Posted, told};
use super::{job, plan};
use crate::components::refused;
use crate::composed;
use crate::page::wrong;
use crate::security::Fault;
use crate::state::Here;

/// Why the worker sees name and phone in full; stands in the journal, so it is always Chinese.
const PURPOSE: &str = "上门维修";

/// `POST /jobs/{id}/steps/{step}`.
pub async fn act(here: Here, Path((id, step)): Path<(String, String)>, posted: Posted) -> Result<Response, Fault> {
    let case = here.house().case(here.site, id.clone()).await.map_err(|fault| Fault::new("读取任务", fault))?;
    let Some(case) = case else { return Ok(wrong::not_found()) };
    let done = match posted.keep_photos(&here).await? {
        Err(refusal) => Err(refusal),
        Ok(photos) => match plan::plan(
            (&case, &here.house().laws().zone),
            &step,
            &posted,
            (photos, &crate::charges::list(&here).await?),
        ) {
            Err(refusal) => Err(refusal),
            Ok(None) => return Ok(wrong::not_found()),
            Ok(Some(turns)) => {
                let happened = posted.happened(here.now);
                let run = if ["quote", "draw"].contains(&step.as_str()) {
                    composed::Run::AtOnce
                } else {
                    composed::Run::InTurn
                };
                composed::run(&here, &case, (posted.fields.command(), run), happened, turns).await?
            }
        },
    };
    if done.is_ok() && step == "take" {
        note_unmasking(&here, &case).await?;
    }
    answer(here, case, &step, posted, done).await
}

/// Taking a job on shows the worker whom to call. It is written down once for each worker and round.
async fn note_unmasking(here: &Here, case: &Case) -> Result<(), Fault> {
    let round = case.round_from.to_string();
    let id = CommandId::of(&["unmask", &case.id, &here.actor.account, &round]);
    let sent = here.sent_for(Some(id.as_str()), "repair.taken_on")?;
    let noted = here.house().unmasked(sent, format!("case:{}", case.id), PURPOSE.to_owned()).await;
    // A refusal can only speak of a missing purpose, and there is one.
    noted.map(drop).map_err(|fault| Fault::new("记录查看用途", fault))
}

async fn answer(
    here: Here,
    case: Case,
    step: &str,
    posted: Posted,
    done: Result<(), Refusal>,
) -> Result<Response, Fault> {
    if posted.json {
        return Ok(told(&done));
    }
    match done {
        // The job is no longer theirs: on to what is.
        Ok(()) if step == "decline" => Ok(Redirect::to("/jobs").into_response()),
        Ok(()) => Ok(Redirect::to(&format!("/jobs/{}", case.id)).into_response()),
        Err(refusal) => {
            let trouble = job::Trouble { step, refusal: &refusal, filled: &posted.fields };
            let page = job::page(&here, &case.id, Some(trouble)).await?;
            Ok(page.map_or_else(wrong::not_found, |page| refused(page, &refusal)))
        }
    }
}
