//! The steps of a follow-up (回访登记): posted by the forms of its page.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::DateTime;

use super::{one, plan};
use crate::components::refused;
use crate::composed;
use crate::page::{Filled, wrong};
use crate::security::Fault;
use crate::state::Here;

/// Why the number was looked at; stands in the journal, so it is always Chinese.
const PURPOSE: &str = "电话回访";

/// `POST /follow-up/{id}/{step}`: `done` `attempt` `plan` `contact` `rework` `review`.
pub async fn act(here: Here, Path((id, step)): Path<(String, String)>, form: Filled) -> Result<Response, Fault> {
    let read = here.house().case_page(here.site, id.clone(), here.actor.clone(), here.now, false).await;
    let Some(page) = read.map_err(|fault| Fault::new("读取回访", fault))? else { return Ok(wrong::not_found()) };
    let zone = &here.house().laws().zone;
    let planned = form.get("planned_at").parse::<DateTime>().ok().map(|civil| zone.moment(civil).0.to_string());
    let done = match plan::plan(&page, &step, &form, planned) {
        Err(refusal) => Err(refusal),
        Ok(None) => return Ok(wrong::not_found()),
        Ok(Some(turns)) => {
            composed::run(&here, &page.case, (form.command(), composed::Run::InTurn), None, turns).await?
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/follow-up/{}", page.case.id)).into_response()),
        Err(refusal) => {
            let trouble = one::Trouble { step: &step, refusal: &refusal, filled: &form };
            let shown = one::page(&here, &page.case.id, false, Some(trouble)).await?;
            Ok(shown.map_or_else(wrong::not_found, |shown| refused(shown, &refusal)))
        }
    }
}

/// `POST /follow-up/{id}/phone`: the page with whole names and numbers, after the purpose was written down.
pub async fn show_phone(here: Here, Path(id): Path<String>, form: Filled) -> Result<Response, Fault> {
    let case = here.house().case(here.site, id).await.map_err(|fault| Fault::new("读取回访", fault))?;
    let Some(case) = case else { return Ok(wrong::not_found()) };
    let sent = here.sent(form.command())?;
    let noted = here.house().unmasked(sent, format!("case:{}", case.id), PURPOSE.to_owned()).await;
    match noted.map_err(|fault| Fault::new("记录查看用途", fault))? {
        Ok(_) => Ok(one::page(&here, &case.id, true, None).await?.unwrap_or_else(wrong::not_found)),
        Err(refusal) => Ok(refused(wrong::not_found(), &refusal)),
    }
}
