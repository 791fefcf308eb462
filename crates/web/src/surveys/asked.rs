//! Lists of a round (调查名单): the answers behind a number, and the households asked.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use journal::reads::{SurveyFilter, SurveyRound};
use maud::{Markup, html};
use office::survey::questions::QuestionKind;

use super::ask::words;
use super::results::{building_words, round};
use super::{service, title, value};
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, empty};
use crate::language::t;
use crate::page::{Crumb, Filled, Frame, Page, Place, sheet, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /surveys/{round}/answers?question=overall&value=unhappy&building=3`.
pub async fn answers(
    here: Here,
    Path(id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let given = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let filter = SurveyFilter {
        question: given("question").unwrap_or_default(),
        building: given("building"),
        person: given("person"),
        among: Vec::new(),
        value: given("value").unwrap_or_default(),
    };
    let Some(round) = round(&here, &id).await? else { return Ok(wrong::not_found()) };
    let asked_about = given("service").unwrap_or_default();
    let own = round.questions.iter().filter(|it| it.service == asked_about && it.kind == QuestionKind::Grade);
    let filter = SurveyFilter { among: own.map(|it| it.id.clone()).collect(), ..filter };
    let read = here.house().survey_answers(here.site, id.clone(), filter.clone()).await;
    let (lines, more) = read.map_err(|fault| Fault::new("读取调查", fault))?;
    let question = |id: &str| round.questions.iter().find(|it| it.id == id).map_or_else(|| id.to_owned(), words);
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let heading = heading(&filter, &asked_about, &question);
    let filled = Filled(query);
    if !filled.get("as").is_empty() && here.viewer.grants.allow(Permission::ReportExport) {
        let head = [t("编号"), t("地点"), t("题目"), t("答案"), t("何时")];
        let rows = lines.iter().map(|line| {
            let at = timing.exact(line.at);
            vec![line.number.clone(), line.place.clone(), question(&line.question), value(&line.value), at]
        });
        return sheet::answer(filled.get("as"), &heading, "answers", &head, &rows.collect::<Vec<_>>());
    }
    let columns = [
        Column::new(t("编号")),
        Column::new(t("地点")),
        Column { minor: true, ..Column::new(t("题目")) },
        Column::new(t("答案")),
        Column { minor: true, ..Column::new(t("何时")) },
    ];
    let rows: Vec<Row> = lines
        .iter()
        .map(|line| {
            let cells = vec![
                html! { a.nowrap href={ "/cases/" (line.case) } { (line.number) } },
                html! { span.place { (line.place) } },
                html! { (question(&line.question)) },
                html! { (value(&line.value)) },
                html! { (timing.time(line.at)) },
            ];
            Row { cells, late: false, void: false }
        })
        .collect();
    let path = format!("/surveys/{id}/answers");
    let query = filled.query(&["question", "service", "building", "person", "value"]);
    let export = here.viewer.grants.allow(Permission::ReportExport);
    let body = html! {
        (register(&path, &query, &columns, &rows, export))
        @if more { p.dim { (t("只列最近的两千份。")) } }
    };
    page(&here, &round, &heading, rows.len(), body).await
}

/// What the list is of: question or service, building, answer.
fn heading(filter: &SurveyFilter, asked_about: &str, question: &dyn Fn(&str) -> String) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !filter.question.is_empty() {
        parts.push(question(&filter.question));
    }
    if !filter.among.is_empty() {
        parts.push(service(asked_about));
    }
    parts.extend(filter.building.as_deref().map(building_words));
    match filter.value.as_str() {
        "" | "graded" => {}
        "unhappy" => parts.push(t("不满意的").to_owned()),
        other => parts.push(value(other)),
    }
    if parts.is_empty() { t("调查的答案").to_owned() } else { parts.join(" · ") }
}

fn register(path: &str, query: &str, columns: &[Column], rows: &[Row], export: bool) -> Markup {
    Register {
        query,
        export,
        ..Register::of(("answers", t("调查的答案"), path), columns, rows, empty(t("没有这样的答案。"), html! {}))
    }
    .render()
}

/// `GET /surveys/{round}/asked`: the households asked. In a round without names nobody sees who has answered.
pub async fn households(
    here: Here,
    Path(id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let filled = Filled(query);
    let Some(round) = round(&here, &id).await? else { return Ok(wrong::not_found()) };
    let invites = here.house().survey_invites(here.site, id.clone()).await;
    let invites = invites.map_err(|fault| Fault::new("读取调查", fault))?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let open = round.is_open(here.now);
    let only_open = filled.get("left") == "yes" && !round.anonymous;
    let shown = invites.iter().filter(|row| !only_open || row.answered.is_none());
    let columns = [Column::new(t("地点")), Column::new(t("答了没有")), Column::new("")];
    let rows: Vec<Row> = shown
        .map(|row| {
            let state = match row.answered {
                _ if round.anonymous => html! { span.dim { (t("不记名")) } },
                Some(at) => html! { a href={ "/cases/" (row.case) } { (t("答了")) } " " (timing.time(at)) },
                None => html! { span.dim { (t("还没有答")) } },
            };
            let cells = vec![
                html! { span.place { (row.place) } },
                state,
                html! { @if open { a.button href={ "/surveys/" (id) "/asked/" (row.n) } { (t("录入答案")) } } },
            ];
            Row { cells, late: false, void: false }
        })
        .collect();
    let body = html! {
        @if !round.anonymous {
            p {
                @if only_open { a href={ "/surveys/" (id) "/asked" } { (t("看全部住户")) } }
                @else { a href={ "/surveys/" (id) "/asked?left=yes" } { (t("只看还没有答的")) } }
            }
        }
        (register(&format!("/surveys/{id}/asked"), "", &columns, &rows, false))
    };
    page(&here, &round, t("请了哪些户"), rows.len(), body).await
}

async fn page(here: &Here, round: &SurveyRound, heading: &str, count: usize, body: Markup) -> Result<Response, Fault> {
    let crumbs = [
        Crumb { words: t("满意调查").to_owned(), path: "/surveys".to_owned() },
        Crumb { words: title(round), path: format!("/surveys/{}", round.id) },
    ];
    let around = here.around().await?;
    let beside = html! { span.dim { (crate::t!("{} 项", count)) } };
    let page = Page { crumbs: &crumbs, beside, ..Page::new(heading, Frame::Desk(Place::FollowUp, &around), body) };
    Ok(page.into_response())
}
