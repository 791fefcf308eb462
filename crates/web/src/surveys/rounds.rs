//! The rounds (历次调查), and opening the next one.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use calendar::{DueAt, Moment};
use jiff::civil::Date;
use journal::reads::SurveyRound;
use maud::{Markup, html};
use office::Refusal;
use office::survey::round::{Asked, OPEN_FOR, Opening};

use super::{lit, percent, rate, score, title};
use crate::components::field::{Control, Field, command};
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, Tone, empty, panel, refusal, refused, tag};
use crate::entry::{fresh_command, see};
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place};
use crate::security::session::SessionToken;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /surveys`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    Ok(page(&here, None).await?.into_response())
}

async fn page(here: &Here, trouble: Option<(&Refusal, &Filled)>) -> Result<Fragment, Fault> {
    let rounds = here.house().survey_rounds(here.site).await.map_err(|fault| Fault::new("读取调查", fault))?;
    let law = crate::rulebooks::law(here).await?;
    let percent_of = |name: &str| law.office_setting(name).trim().parse().unwrap_or(0);
    let targets = (percent_of(office::survey::round::RATE_TARGET), percent_of(office::survey::round::SCORE_TARGET));
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let last = here.now.plus_seconds(law.office_seconds(OPEN_FOR));
    let until = timing.zone.date(last).to_string();
    let may = here.viewer.grants.allow(Permission::FollowUpDraw);
    let form = if may {
        opener(trouble.map(|it| it.1), &until, law.office_setting(office::survey::round::ANONYMOUS) == "是")?
    } else {
        html! {}
    };
    let body = html! {
        @if let Some((no, _)) = trouble { (refusal(no)) }
        (table(&rounds, targets, timing))
        (form)
    };
    let crumbs = [Crumb { words: t("回访").to_owned(), path: "/follow-up".to_owned() }];
    let does = html! { a.button href="/surveys/questions" { (t("调查题目")) } };
    let around = here.around().await?;
    let page =
        Page { crumbs: &crumbs, does, ..Page::new(t("满意调查"), Frame::Desk(Place::FollowUp, &around), body) };
    Ok(Fragment(page.render()))
}

fn table(rounds: &[SurveyRound], targets: (i64, i64), timing: Timing) -> Markup {
    let columns = [
        Column::new(t("名称|调查")),
        Column::new(t("开放到")),
        Column { right: true, minor: true, ..Column::new(t("请了几户")) },
        Column { right: true, minor: true, ..Column::new(t("答了几户")) },
        Column { right: true, ..Column::new(t("应答率")) },
        Column { right: true, ..Column::new(t("满意率")) },
        Column { right: true, ..Column::new(t("满意度")) },
    ];
    let rows: Vec<Row> = rounds
        .iter()
        .map(|round| {
            let all = &round.overall;
            let cells = vec![
                html! {
                    a href={ "/surveys/" (round.id) } { (title(round)) }
                    @if round.is_open(timing.now) { " " (tag(t("开放"), Tone::Mind)) }
                    @if round.anonymous { " " (tag(t("不记名"), Tone::Plain)) }
                },
                html! { @if round.month().is_none() { (until(round, timing)) } },
                html! { @if let Some(invited) = round.invited { (invited) } },
                html! { (all.graded()) },
                html! {
                    @if let Some(invited) = round.invited { (named(t("应答率"))) (percent(all.graded(), invited)) }
                },
                html! { (named(t("满意率"))) (lit(&rate(all), all.rate_reaches(targets.0))) },
                html! { (named(t("满意度"))) (lit(&score(all), all.score_reaches(targets.1))) },
            ];
            Row { cells, late: false, void: false }
        })
        .collect();
    Register::of(
        ("rounds", t("满意调查"), "/surveys"),
        &columns,
        &rows,
        empty(t("还没有开过调查，也还没有问过住户。"), html! {}),
    )
    .render()
}

/// On a phone the head of the table is gone: a figure says itself what it is.
fn named(what: &str) -> Markup {
    html! { span.only-phone.small.dim { (what) " " } }
}

/// Until when it is or was open.
pub fn until(round: &SurveyRound, timing: Timing) -> String {
    match round.ended {
        Some(ended) => timing.said(ended),
        None => timing.due(DueAt { at: round.ends, end_of_day: true }),
    }
}

fn opener(filled: Option<&Filled>, until: &str, anonymous: bool) -> Result<Markup, Fault> {
    let typed = |name: &str, other: &str| filled.map_or(other.to_owned(), |it| it.get(name).to_owned());
    let (title, count, building) = (typed("title", ""), typed("count", "50"), typed("building", ""));
    let (until, asked) = (typed("until", until), typed("asked", "all"));
    let choices = [("all", t("所有在册住户")), ("drawn", t("抽一部分")), ("building", t("一栋"))];
    let line = |kind: &'static str, value| Control::Line { kind, value, most: 40 };
    let id = fresh_command()?;
    let body = html! {
        form method="post" action="/surveys" {
            (command(&id))
            (Field { required: true, hint: t("住户在手机和调查表上看到它"), ..Field::line("title", t("名称|调查"), &title) }.render())
            div.pair {
                (Field { control: Control::Select { choices: &choices, chosen: &asked }, ..Field::line("asked", t("问谁"), "") }.render())
                (Field { required: true, control: line("date", &until), ..Field::line("until", t("答到哪天"), "") }.render())
                (Field { control: line("number", &count), hint: t("选“抽一部分”时"), ..Field::line("count", t("抽几户"), "") }.render())
                (Field { control: line("text", &building), hint: t("选“一栋”时，例如 3"), ..Field::line("building", t("楼栋"), "") }.render())
            }
            p.small.dim {
                @if anonymous { (t("不记名：员工看不到哪一户怎么答（设置“满意调查不记名”）。")) }
                @else { (t("记名：员工看得到哪一户怎么答（设置“满意调查不记名”）。")) }
            }
            button.main data-key="F8" { (t("开一轮调查")) " " kbd { "F8" } }
        }
    };
    Ok(panel(t("开一轮调查"), html! {}, body))
}

/// `POST /surveys`.
pub async fn open(here: Here, filled: Filled) -> Result<Response, Fault> {
    let sent = here.sent_for(filled.command(), office::survey::CHOSEN)?;
    let zone = &here.house().laws().zone;
    let until: Option<Date> = filled.get("until").parse().ok();
    let asked = match filled.get("asked") {
        "drawn" => Asked::Drawn(filled.get("count").parse().unwrap_or(0)),
        "building" => Asked::Building(filled.get("building").to_owned()),
        _ => Asked::All,
    };
    let id = blake3::hash(format!("survey round {}", sent.command.as_str()).as_bytes()).to_hex();
    let opening = Opening {
        id: format!("q{}", &id[..10]),
        title: filled.get("title").chars().take(60).collect(),
        asked,
        ends: until.map_or(Moment(0), |day| zone.end_of_day(day)),
        secret: SessionToken::fresh()?.value().to_owned(),
    };
    let id = opening.id.clone();
    let done = here.house().open_survey(sent, opening).await;
    match done.map_err(|fault| Fault::new("开调查", fault))? {
        Ok(_) => Ok(see(&format!("/surveys/{id}"))),
        Err(no) => Ok(refused(page(&here, Some((&no, &filled))).await?, &no)),
    }
}

/// `POST /surveys/{round}/end`.
pub async fn end(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let done = here.house().end_survey(here.sent(filled.command())?, id.clone()).await;
    match done.map_err(|fault| Fault::new("结束调查", fault))? {
        Ok(_) => Ok(see(&format!("/surveys/{id}"))),
        Err(no) => Ok(refused(page(&here, Some((&no, &filled))).await?, &no)),
    }
}
