//! How a round came out (调查结果): rate and score apart, with their targets, by question, service and building, beside the round
//! before; each number leads to its answers.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use journal::reads::{SurveyResults, SurveyRound, Tally};
use maud::{Markup, html};
use office::survey::GRADES;
use office::survey::questions::{OVERALL, QuestionKind};

use super::ask::words;
use super::rounds::until;
use super::{lit, percent, rate, score, service, title, value};
use crate::components::field::command;
use crate::components::figure::{Figure, figures};
use crate::components::{Timing, Tone, icon, lucide, panel, tag};
use crate::entry::fresh_command;
use crate::language::t;
use crate::page::{Crumb, Filled, Frame, Page, Place, escaped, sheet, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The round of an id.
pub async fn round(here: &Here, id: &str) -> Result<Option<SurveyRound>, Fault> {
    let read = here.house().survey_results(here.site, id.to_owned()).await;
    Ok(read.map_err(|fault| Fault::new("读取调查", fault))?.map(|it| it.round))
}

/// `GET /surveys/{round}`.
pub async fn show(
    here: Here,
    Path(id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let filled = Filled(query);
    let read = here.house().survey_results(here.site, id).await.map_err(|fault| Fault::new("读取调查", fault))?;
    let Some(all) = read else { return Ok(wrong::not_found()) };
    let names = here.names().await?;
    if !filled.get("as").is_empty() && here.viewer.grants.allow(Permission::ReportExport) {
        return export(filled.get("as"), &all, &names);
    }
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let buildings = all.buildings.iter().map(|(building, now, before, asked)| Line {
        path: format!("question=overall&building={}", escaped(building)),
        asked: Some(*asked).filter(|_| all.round.invited.is_some()),
        ..Line::of(building_words(building), now, before)
    });
    let services = all.services.iter().map(|(id, now, before)| Line {
        path: format!("service={}", escaped(id)),
        ..Line::of(service(id), now, before)
    });
    let people = all.people.iter().map(|(account, now, before)| Line {
        path: format!("person={}", escaped(account)),
        ..Line::of(names.get(account).cloned().unwrap_or_else(|| account.clone()), now, before)
    });
    let (buildings, services, people): (Vec<Line>, Vec<Line>, Vec<Line>) =
        (buildings.collect(), services.collect(), people.collect());
    let body = html! {
        (head(&all))
        @if let Some(before) = &all.before {
            p.dim.base { (t("每格第二个数是上一轮：")) a href={ "/surveys/" (before.id) } { (title(before)) } }
        }
        (panel(t("按题"), html! {}, questions(&all)))
        @if services.len() > 1 { (panel(t("按服务"), html! {}, lines(&all, t("服务|调查"), &services))) }
        @if !buildings.is_empty() { (panel(t("按楼栋"), html! {}, lines(&all, t("楼栋"), &buildings))) }
        @if !people.is_empty() {
            (panel(t("接待投诉的态度，按接待人员"), html! {}, html! {
                p.small.dim { (t("投诉回访时问的；好、一般、差按很满意、基本满意、很不满意计分。")) }
                (lines(&all, t("接待人员"), &people))
            }))
        }
    };
    let crumbs = [Crumb { words: t("满意调查").to_owned(), path: "/surveys".to_owned() }];
    let around = here.around().await?;
    let beside = html! {
        @if all.round.month().is_none() { span.dim { (crate::t!("开放到 {}", until(&all.round, timing))) } }
        @if all.round.is_open(here.now) { " " (tag(t("开放"), Tone::Mind)) }
        @if all.round.anonymous { " " (tag(t("不记名"), Tone::Plain)) }
    };
    let does = does(&here, &all.round)?;
    let title = title(&all.round);
    let page = Page { crumbs: &crumbs, beside, does, ..Page::new(&title, Frame::Desk(Place::FollowUp, &around), body) };
    Ok(page.into_response())
}

fn does(here: &Here, round: &SurveyRound) -> Result<Markup, Fault> {
    let (open, may) = (round.is_open(here.now), |it| here.viewer.grants.allow(it));
    let id = fresh_command()?;
    Ok(html! {
        @if open && may(Permission::FollowUpWork) { a.button href={ "/surveys/" (round.id) "/asked" } { (t("录入答案")) } }
        @if open && may(Permission::FollowUpDraw) {
            a.button href={ "/surveys/" (round.id) "/sheets" } { (icon(lucide::LuQrCode)) (t("打印调查表")) }
            form method="post" action={ "/surveys/" (round.id) "/end" } { (command(&id)) button { (t("提前结束")) } }
        }
        @if may(Permission::ReportExport) {
            a.button href={ "/surveys/" (round.id) "?as=xlsx" } { (icon(lucide::LuDownload)) "Excel" }
        }
        button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } }
    })
}

/// The target in words, and whether it was reached.
fn target(percent: i64, reached: Option<bool>) -> String {
    let target = crate::t!("目标 ≥ {} %", percent);
    match reached {
        Some(true) => format!("{target} · {}", t("达标")),
        Some(false) => format!("▼ {target} · {}", t("未达标")),
        None => target,
    }
}

fn head(all: &SurveyResults) -> Markup {
    let (now, round) = (&all.round.overall, &all.round);
    let (rate_words, score_words) = (rate(now), score(now));
    let targets = [
        target(all.targets.0, now.rate_reaches(all.targets.0)),
        target(all.targets.1, now.score_reaches(all.targets.1)),
    ];
    let list = |value: &str| format!("/surveys/{}/answers?question=overall&value={value}", round.id);
    let (unhappy, answered) = ((now.graded() - now.satisfied()).to_string(), now.graded().to_string());
    let paths = [list("graded"), list("graded"), list("unhappy")];
    let mut cells = vec![
        Figure { target: &targets[0], ..Figure::count(t("满意率"), &rate_words, "", &paths[0]) },
        Figure { target: &targets[1], ..Figure::count(t("满意度"), &score_words, "", &paths[1]) },
        Figure::count(t("不满意的"), &unhappy, t("户|单位"), &paths[2]),
    ];
    let asked = format!("/surveys/{}/asked", round.id);
    let response = round
        .invited
        .map(|invited| (crate::t!("请了 {0} 户，应答率 {1}", invited, percent(now.graded(), invited)), asked.as_str()));
    let own = list("graded");
    match &response {
        Some((words, path)) => {
            cells.push(Figure { target: words, ..Figure::count(t("答了的"), &answered, t("户|单位"), path) })
        }
        None => cells.push(Figure::count(t("答了的"), &answered, t("户|单位"), &own)),
    }
    figures(&cells)
}

/// One question a row: how many in each grade, rate and score, beside those of before.
fn questions(all: &SurveyResults) -> Markup {
    let list = |question: &str, value: &str| {
        format!("/surveys/{}/answers?question={}&value={value}", all.round.id, escaped(question))
    };
    let number = |count: i64, path: String| {
        html! { @if count == 0 { span.dim { "0" } } @else { a href=(path) { (count) } } }
    };
    html! {
        div.scroll { table.plain-table {
            thead { tr {
                th { (t("题目")) }
                @for grade in GRADES { th.num.minor { (value(grade)) } }
                th.num { (t("满意率")) } th.num { (t("满意度")) }
            } }
            tbody { @for (question, now, before) in &all.questions { tr {
                td { (words(question)) " " span.small.dim { (service(&question.service)) } }
                @match question.kind {
                    QuestionKind::Grade => {
                        @for (grade, count) in GRADES.iter().zip(now.grades) {
                            td.num.minor { (number(count, list(&question.id, grade))) }
                        }
                        td.num { (beside(&rate(now), now.rate_reaches(all.targets.0), &rate(before), before)) }
                        td.num { (beside(&score(now), now.score_reaches(all.targets.1), &score(before), before)) }
                    },
                    QuestionKind::YesNo => td colspan="7" {
                        (t("是")) " " (number(now.yes_no[0], list(&question.id, "yes"))) " · "
                        (t("否")) " " (number(now.yes_no[1], list(&question.id, "no")))
                        @if before.yes_no != [0, 0] { " " span.dim { (before.yes_no[0]) " · " (before.yes_no[1]) } }
                    },
                    QuestionKind::Words => td colspan="7" {
                        (number(now.words, list(&question.id, ""))) " " (t("户写了"))
                    },
                }
            } } }
        } }
    }
}

/// A figure now and, where there was a round before, then.
fn beside(now: &str, reached: Option<bool>, then: &str, before: &Tally) -> Markup {
    html! { (lit(now, reached)) @if before.graded() > 0 { " " br.only-phone; span.dim { (then) } } }
}

/// A row of a table: building, service, person.
struct Line<'a> {
    name: String,
    path: String,
    asked: Option<i64>,
    now: &'a Tally,
    before: &'a Tally,
}

impl<'a> Line<'a> {
    fn of(name: String, now: &'a Tally, before: &'a Tally) -> Line<'a> {
        Line { name, path: String::new(), asked: None, now, before }
    }
}

pub fn building_words(building: &str) -> String {
    if building.is_empty() { t("不分楼栋").to_owned() } else { crate::t!("{}栋", building) }
}

fn lines(all: &SurveyResults, heading: &str, lines: &[Line]) -> Markup {
    let asked = lines.iter().any(|line| line.asked.is_some());
    let list = |line: &Line, value: &str| format!("/surveys/{}/answers?{}&value={value}", all.round.id, line.path);
    let number = |line: &Line, count: i64, value: &str| {
        html! { @if count == 0 { span.dim { "0" } } @else { a href=(list(line, value)) { (count) } } }
    };
    html! {
        div.scroll { table.plain-table {
            thead { tr {
                th { (heading) }
                th.num.minor { (t("答案数")) }
                @if asked { th.num.minor { (t("应答率")) } }
                th.num.minor { (t("不满意的")) } th.num { (t("满意率")) } th.num { (t("满意度")) }
            } }
            tbody { @for line in lines { tr {
                td.wrap { (line.name) }
                td.num.minor { (number(line, line.now.graded(), "graded")) }
                @if asked { td.num.minor { (percent(line.now.graded(), line.asked.unwrap_or(0))) } }
                td.num.minor { (number(line, line.now.graded() - line.now.satisfied(), "unhappy")) }
                td.num { (beside(&rate(line.now), line.now.rate_reaches(all.targets.0), &rate(line.before), line.before)) }
                td.num { (beside(&score(line.now), line.now.score_reaches(all.targets.1), &score(line.before), line.before)) }
            } } }
        } }
    }
}

fn export(
    kind: &str,
    all: &SurveyResults,
    names: &std::collections::BTreeMap<String, String>,
) -> Result<Response, Fault> {
    let mut head = vec![t("分类|调查"), t("名称|调查"), t("答案数")];
    let grades: Vec<String> = GRADES.iter().map(|grade| value(grade)).collect();
    head.extend(grades.iter().map(String::as_str));
    head.extend([t("是"), t("否"), t("满意率"), t("满意度"), t("上一轮满意率"), t("上一轮满意度")]);
    let line = |part: &str, name: String, now: &Tally, before: &Tally| {
        let mut cells =
            vec![part.to_owned(), name, (now.graded() + now.yes_no[0] + now.yes_no[1] + now.words).to_string()];
        cells.extend(now.grades.iter().chain(&now.yes_no).map(i64::to_string));
        cells.extend([rate(now), score(now), rate(before), score(before)]);
        cells
    };
    let mut lines = Vec::new();
    for (question, now, before) in &all.questions {
        lines.push(line(t("题目"), words(question), now, before));
    }
    for (id, now, before) in &all.services {
        lines.push(line(t("服务|调查"), service(id), now, before));
    }
    for (building, now, before, _) in &all.buildings {
        lines.push(line(t("楼栋"), building_words(building), now, before));
    }
    for (account, now, before) in &all.people {
        lines.push(line(t("接待人员"), names.get(account).unwrap_or(account).clone(), now, before));
    }
    debug_assert!(all.questions.iter().any(|it| it.0.id == OVERALL), "every round asks the overall question");
    sheet::answer(kind, &title(&all.round), "survey", &head, &lines)
}
