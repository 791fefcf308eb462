//! An answer entered by the office (录入答案): by phone, at the door, or from a sheet that came back.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use journal::house::{ByWhom, SurveyAnswer};
use journal::reads::{InviteRow, SurveyRound};
use maud::html;
use office::Refusal;

use super::ask::{fields, given};
use super::title;
use crate::components::field::{Chip, chips, command};
use crate::components::{refusal, refused};
use crate::entry::{fresh_command, see};
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::Fault;
use crate::state::Here;

async fn found(here: &Here, id: &str, n: i64) -> Result<Option<(SurveyRound, InviteRow)>, Fault> {
    let read = |fault| Fault::new("读取调查", fault);
    let Some(round) = super::results::round(here, id).await? else { return Ok(None) };
    let rows = here.house().survey_invites(here.site, id.to_owned()).await.map_err(read)?;
    Ok(rows.into_iter().find(|row| row.n == n).map(|row| (round, row)))
}

/// `GET /surveys/{round}/asked/{n}`.
pub async fn show(here: Here, Path((id, n)): Path<(String, i64)>) -> Result<Response, Fault> {
    let Some((round, row)) = found(&here, &id, n).await? else { return Ok(wrong::not_found()) };
    let mut so_far = BTreeMap::new();
    if !row.case.is_empty() && !round.anonymous {
        let read = here.house().survey_answers_of(here.site, row.case.clone()).await;
        so_far = read.map_err(|fault| Fault::new("读取调查", fault))?;
    }
    Ok(page(&here, &round, &row, &so_far, "", None).await?.into_response())
}

async fn page(
    here: &Here,
    round: &SurveyRound,
    row: &InviteRow,
    so_far: &BTreeMap<String, String>,
    method: &str,
    no: Option<&Refusal>,
) -> Result<Fragment, Fault> {
    let ways = [("phone", t("电话")), ("visit", t("上门")), ("paper", t("纸质表"))];
    let ways = ways.map(|(value, words)| Chip { value, words, key: None, on: value == method });
    let id = fresh_command()?;
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        @if row.answered.is_some() { p { (t("这一户已经答过；再交一次，以这一次的为准。")) } }
        form method="post" action={ "/surveys/" (round.id) "/asked/" (row.n) } {
            (command(&id))
            (chips("method", t("怎么问的＊"), false, &ways))
            (fields(&round.questions, so_far))
            button.main data-key="F8" { (t("记下")) " " kbd { "F8" } }
        }
    };
    let path = format!("/surveys/{}", round.id);
    let crumbs = [
        Crumb { words: t("满意调查").to_owned(), path: "/surveys".to_owned() },
        Crumb { words: title(round), path: path.clone() },
        Crumb { words: t("请了哪些户").to_owned(), path: format!("{path}/asked") },
    ];
    let around = here.around().await?;
    let page = Page { crumbs: &crumbs, ..Page::new(&row.place, Frame::Desk(Place::FollowUp, &around), body) };
    Ok(Fragment(page.render()))
}

/// `POST /surveys/{round}/asked/{n}`.
pub async fn take(here: Here, Path((id, n)): Path<(String, i64)>, filled: Filled) -> Result<Response, Fault> {
    let Some((round, row)) = found(&here, &id, n).await? else { return Ok(wrong::not_found()) };
    let (answers, method) = (given(&round.questions, &filled), filled.get("method").to_owned());
    let done = if ["phone", "visit", "paper"].contains(&method.as_str()) {
        let sent = here.sent_for(filled.command(), office::survey::ANSWERED)?;
        let told = SurveyAnswer { method: method.clone(), answers: answers.clone() };
        let done = here.house().answer_survey(sent, here.actor.clone(), ByWhom::Asked(id.clone(), n), told).await;
        done.map_err(|fault| Fault::new("记下答案", fault))?
    } else {
        Err(Refusal::new("没有记下", "还没有选怎么问的", "请选电话、上门或纸质表。").at("method"))
    };
    match done {
        Ok(_) => Ok(see(&format!("/surveys/{id}/asked"))),
        Err(no) => Ok(refused(page(&here, &round, &row, &answers, &method, Some(&no)).await?, &no)),
    }
}
