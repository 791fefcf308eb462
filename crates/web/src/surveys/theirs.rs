//! What a household sees behind its own code (住户答题): the questions of its round and nothing else, without a log-in; the answer
//! may be changed until the round ends. A round without names never shows an answer again.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Instant;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use journal::house::{ByWhom, SurveyAnswer};
use journal::reads::SurveyForm;
use journal::{CommandId, Sent};
use maud::html;
use office::survey::round;
use office::{Actor, Refusal, link};

use super::ask::{fields, given};
use crate::components::field::command;
use crate::components::{Timing, refusal, refused};
use crate::entry::{fresh_command, see};
use crate::language::t;
use crate::page::{Filled, Fragment, Frame, Page, wrong};
use crate::security::Fault;
use crate::security::throttle::Throttle;
use crate::state::Web;

/// Answers by one code: this many at once, and one more every half minute.
const BURST: u64 = 6;
const REFILL_MS: u64 = 30_000;

static ANSWERS: LazyLock<(Throttle, Instant)> = LazyLock::new(|| (Throttle::new(BURST, REFILL_MS), Instant::now()));

/// The form that a code opens.
async fn opened(web: &Web, code: &str) -> Result<Option<(String, SurveyForm)>, Fault> {
    let Some(hash) = round::hash(code) else { return Ok(None) };
    let form = web.house.survey_form(hash.clone(), (web.clock)()).await;
    let form = form.map_err(|fault| Fault::new("打开调查", fault))?;
    Ok(form.filter(|it| !it.over).map(|form| (hash, form)))
}

/// The same whether the code never was or its round is over.
fn closed() -> Response {
    let body = html! {
        p { (t("这个调查打不开：可能已经结束了。")) }
        p { (t("有话对我们说，请致电管理处前台。")) }
    };
    (StatusCode::NOT_FOUND, Page::new(t("调查打不开"), Frame::Bare, body)).into_response()
}

/// `GET /s/{code}`.
pub async fn show(State(web): State<Web>, Path(code): Path<String>) -> Result<Response, Fault> {
    let Some((_, form)) = opened(&web, &code).await? else { return Ok(closed()) };
    Ok(render(&web, &code, &form, &form.answers, None)?.into_response())
}

fn render(
    web: &Web,
    code: &str,
    form: &SurveyForm,
    so_far: &BTreeMap<String, String>,
    no: Option<&Refusal>,
) -> Result<Fragment, Fault> {
    let timing = Timing { now: (web.clock)(), zone: &web.house.laws().zone };
    let id = fresh_command()?;
    let ends = timing.due(DueAt { at: form.ends, end_of_day: true });
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        @if form.answered && no.is_none() {
            p { b { (t("已经收到您的答案，谢谢您。")) } }
            p.small { (crate::t!("{} 可以改；改了以后，以最后一次的为准。", ends)) }
        } @else {
            p.base { (t("一户答一次，一两分钟就好。打星号的请一定答。")) }
        }
        @if form.anonymous { p.small { (t("这次调查不记名：员工看不到是哪一户答的，再打开也不显示您上次的答案。")) } }
        form method="post" action={ "/s/" (code) } {
            (command(&id))
            (fields(&form.questions, so_far))
            button.main.wide { @if form.answered { (t("改好了，交")) } @else { (t("交")) } }
        }
        p.small.dim { (crate::t!("{} 可以答。这个链接只有您家有，请不要转给别人。", ends)) }
    };
    Ok(Fragment(Page::new(&form.title, Frame::Bare, body).render()))
}

/// `POST /s/{code}`.
pub async fn answer(State(web): State<Web>, Path(code): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some((hash, form)) = opened(&web, &code).await? else { return Ok(closed()) };
    let (throttle, since) = &*ANSWERS;
    if let Err(wait) = throttle.take(&hash, u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)) {
        return Ok(wrong::too_fast(wait));
    }
    let answers = given(&form.questions, &filled);
    let command = match filled.command().and_then(|id| CommandId::new(id).ok()) {
        Some(command) => command,
        None => CommandId::fresh().map_err(|fault| Fault::new("取提交编号", fault))?,
    };
    let resident = link::RESIDENT.to_owned();
    let sent = Sent { site: form.site, command, actor: resident.clone(), post: resident.clone(), now: (web.clock)() };
    let actor = Actor { account: resident.clone(), name: String::new(), posts: vec![resident], area: String::new() };
    let told = SurveyAnswer { method: "online".to_owned(), answers: answers.clone() };
    let done = web.house.answer_survey(sent, actor, ByWhom::Link(hash), told).await;
    match done.map_err(|fault| Fault::new("记下住户的答案", fault))? {
        Ok(_) => Ok(see(&format!("/s/{code}"))),
        Err(no) => Ok(refused(render(&web, &code, &form, &answers, Some(&no))?, &no).into_response()),
    }
}
