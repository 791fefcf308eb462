//! The steps of a follow-up (回访登记): posted by the forms of its page.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::DateTime;
use journal::reads::CasePage;
use office::Refusal;

use super::{one, plan};
use crate::cases::field;
use crate::components::refused;
use crate::composed;
use crate::page::{Filled, wrong};
use crate::security::Fault;
use crate::state::Here;

/// Why the number was looked at; stands in the journal, so it is always Chinese.
const PURPOSE: &str = "电话回访";

/// `POST /follow-up/{id}/{step}`: `done` `attempt` `plan` `contact` `rework` `review`
/// `unreachable` `reassign` `rectify` `raise` `study` `answer` `settle` `read`.
pub async fn act(here: Here, Path((id, step)): Path<(String, String)>, form: Filled) -> Result<Response, Fault> {
    let read = here.house().case_page(here.site, id.clone(), here.actor.clone(), here.now, false).await;
    let Some(page) = read.map_err(|fault| Fault::new("读取回访", fault))? else { return Ok(wrong::not_found()) };
    let zone = &here.house().laws().zone;
    let told = if step == "raise" { form.get("answer_by") } else { form.get("planned_at") };
    let at = told.parse::<DateTime>().ok().map(|civil| zone.moment(civil).0.to_string());
    let values = match further(&here, &page, &step, &form) {
        Ok(values) => values,
        Err(refusal) => return troubled(&here, &page, (&step, &refusal), &form).await,
    };
    let read = Filled(
        form.0.iter().filter(|(id, _)| !values.iter().any(|(it, _)| it == id)).chain(&values).cloned().collect(),
    );
    let done = match plan::plan(&page, &step, &read, at) {
        Err(refusal) => Err(refusal),
        Ok(None) => return Ok(wrong::not_found()),
        Ok(Some(turns)) => {
            composed::run(&here, &page.case, (form.command(), composed::Run::InTurn), None, turns).await?
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/follow-up/{}", page.case.id)).into_response()),
        Err(refusal) => troubled(&here, &page, (&step, &refusal), &form).await,
    }
}

async fn troubled(
    here: &Here,
    page: &CasePage,
    (step, refusal): (&str, &Refusal),
    form: &Filled,
) -> Result<Response, Fault> {
    let trouble = one::Trouble { step, refusal, filled: form };
    let shown = one::page(here, &page.case.id, false, Some(trouble)).await?;
    Ok(shown.map_or_else(wrong::not_found, |shown| refused(shown, refusal)))
}

/// The values that the rulebooks ask of a talk, as they stand in the journal: money in fen, choices by their words.
fn further(here: &Here, page: &CasePage, step: &str, form: &Filled) -> Result<Vec<(String, String)>, Refusal> {
    let laws = here.house().laws();
    let mut values = Vec::new();
    for id in plan::further(page).filter(|_| step == "done") {
        match field::read(laws, id, form.get(id)) {
            Ok(Some(value)) => values.push((id.to_owned(), value)),
            Ok(None) => {}
            Err(why) => {
                let why = format!("“{}”读不懂：{why}", laws.word(id));
                return Err(Refusal::new("没有记下", why, "请改好再记。").at(id));
            }
        }
    }
    Ok(values)
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
