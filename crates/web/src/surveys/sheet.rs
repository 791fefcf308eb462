//! The paper sheet of each household (调查表): its own code to scan, the questions with boxes to tick, A5 or A4.

use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use calendar::words;
use journal::reads::SurveyRound;
use maud::{Markup, html};
use office::survey::GRADES;
use office::survey::questions::{Question, QuestionKind};
use office::survey::round::Invite;

use super::ask::words as question_words;
use super::results::round;
use super::{title, value};
use crate::components::qr::qr;
use crate::components::{icon, lucide};
use crate::language::t;
use crate::page::{Filled, Frame, Page, wrong};
use crate::resident::address;
use crate::security::Fault;
use crate::state::Here;

/// Sheets printed at one stroke.
const AT_ONCE: usize = 60;
/// Questions that fit on A5.
const ON_A5: usize = 15;

/// `GET /surveys/{round}/sheets?from=0&paper=a5`.
pub async fn show(
    here: Here,
    Path(id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let filled = Filled(query);
    let Some(round) = round(&here, &id).await?.filter(|it| it.month().is_none()) else { return Ok(wrong::not_found()) };
    let codes = here.house().survey_codes(here.site, id.clone()).await;
    let codes: Vec<Invite> = codes.map_err(|fault| Fault::new("读取调查", fault))?;
    let from = filled.get("from").parse::<usize>().unwrap_or(0).min(codes.len());
    let until = (from + AT_ONCE).min(codes.len());
    let fits = round.questions.len() <= ON_A5;
    let paper = if filled.get("paper") == "a4" || !fits { "a4" } else { "a5" };
    let settings = here.house().settings(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let setting =
        |name: &str| settings.iter().find(|row| row.name == name).map(|row| row.value.clone()).unwrap_or_default();
    let company = [setting("公司名称"), setting("小区名称")].join(" ");
    let to = |from: usize, paper: &str| format!("/surveys/{id}/sheets?from={from}&paper={paper}");
    let body = html! {
        p.print-bar {
            a.button href={ "/surveys/" (id) } { (t("返回")) }
            span { (crate::t!("第 {0} 到 {1} 户，共 {2} 户", from + 1, until, codes.len())) }
            @if from > 0 { a href=(to(from.saturating_sub(AT_ONCE), paper)) { (t("前 60 户")) } }
            @if until < codes.len() { a href=(to(until, paper)) { (t("后 60 户")) } }
            @if fits { a href=(to(from, if paper == "a5" { "a4" } else { "a5" })) { @if paper == "a5" { "A4" } @else { "A5" } } }
            button.main data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } }
        }
        @for invite in &codes[from..until] {
            (sheet(&here, &round, invite, company.trim(), &address(&here, &headers, &format!("/s/{}", invite.code)), paper))
        }
    };
    Ok(Page::new(&title(&round), Frame::Paper, body).into_response())
}

fn sheet(here: &Here, round: &SurveyRound, invite: &Invite, company: &str, address: &str, paper: &str) -> Markup {
    let ends = words::exact(&here.house().laws().zone, DueAt { at: round.ends, end_of_day: true });
    html! {
        section class={ "sheet " (paper) } {
            header {
                div.numbers { p { b { (invite.place) } } p { (crate::t!("第 {} 号", invite.n)) } }
                div.name { p.company { (company) } h1 { (round.title) } }
                @if !invite.code.is_empty() { (qr(address, t("扫码答"))) }
            }
            table.grid {
                tbody { @for question in &round.questions { (row(question)) } }
            }
            p.small {
                (crate::t!("请在 {} 前扫码答，或者勾好交回前台；一户一份。", ends))
                @if round.anonymous { " " (t("不记名，请不要写姓名和房号。")) }
                @if !invite.code.is_empty() { " " (address) }
            }
        }
    }
}

fn row(question: &Question) -> Markup {
    let boxes = |values: &[&str]| values.iter().map(|one| format!("□ {}", value(one))).collect::<Vec<_>>().join("　");
    html! {
        tr.one-line {
            td width="42%" { (question_words(question)) }
            td { @match question.kind {
                QuestionKind::Grade => { (boxes(&GRADES)) },
                QuestionKind::YesNo => { (boxes(&["yes", "no"])) },
                QuestionKind::Words => div.h3 {},
            } }
        }
    }
}
