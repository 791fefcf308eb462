//! The page (考评): who is on the year's list and how far each file is, grades, what is found and not settled.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::{CaseRow, Filling};
use maud::{Markup, html};
use office::Refusal;
use office::case::Case;
use office::register::APPRAISALS;

use super::{BREACHES, LIABILITIES, next_step, records, unsettled};
use crate::components::figure::{Figure, figures};
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, Tone, empty, field, panel, refusal, tag};
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, Place};
use crate::papers::fill;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /appraisal?year=2026`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let this = here.house().laws().zone.date(here.now).year();
    let asked = Filled(query).get("year").parse::<i16>().ok();
    let year = asked.filter(|year| (2000..=this).contains(year)).unwrap_or(this);
    Ok(page(&here, year, None).await?.into_response())
}

/// The page of a year.
pub async fn page(here: &Here, year: i16, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let this = here.house().laws().zone.date(here.now).year();
    let files = records(here, APPRAISALS, year).await?;
    let mut found = records(here, BREACHES, year).await?;
    found.extend(records(here, LIABILITIES, year).await?);
    let listing = html! {
        @if year == this && here.viewer.grants.allow(Permission::AppraisalWork) {
            form.inline method="post" action="/appraisal/list" {
                (field::command(here.sent(None)?.command.as_str()))
                button.main[files.is_empty()] { (t("把在册员工列入名单")) }
            }
        }
    };
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        (counts(year, &files, &found))
        (panel(t("考评档案"), html! { a.small href="/registers/appraisals" { (t("整本登记簿")) } }, html! {
            (table(here, &files, listing.clone()))
        }))
        (panel(t("没有处理完的违纪和追究"), html! {
            span.small {
                a href="/registers/breaches" { (t("违纪名册")) } " · "
                a href="/registers/liabilities" { (t("责任追究登记簿")) }
            }
        }, open(here, &found)))
        (panel(t("考评看什么"), html! {}, super::questions()))
    };
    let does = html! {
        @if !files.is_empty() { (listing) }
        a.button href="/registers/breaches/new" { (t("认定违纪")) }
        a.button href={ "/appraisal?year=" (if year == this { this - 1 } else { this }) } {
            @if year == this { (t("看上一年")) } @else { (t("看今年")) }
        }
    };
    let around = here.around().await?;
    let title = crate::t!("{} 年考评", year);
    Ok(Fragment(Page { does, ..Page::new(&title, Frame::Desk(Place::Appraisal, &around), body) }.render()))
}

fn counts(year: i16, files: &[(CaseRow, Filling)], found: &[(CaseRow, Filling)]) -> Markup {
    let graded = |grade: &str| {
        let holds =
            |case: &Case| case.attributes.get("appraisal.grade").is_some_and(|it| grade.is_empty() || it == grade);
        files.iter().filter(|(_, it)| holds(&it.case)).count()
    };
    let waiting = found.iter().filter(|(_, it)| unsettled(&it.case).is_some()).count();
    let of_year = format!("/registers/appraisals?from={year}-01-01&until={year}-12-31");
    let told = [
        (t("在名单上"), files.len(), t("人|单位"), of_year.as_str()),
        (t("已评定等级"), graded(""), t("人|单位"), of_year.as_str()),
        (t("优秀"), graded("excellent"), t("人|单位"), of_year.as_str()),
        (t("不称职"), graded("incompetent"), t("人|单位"), of_year.as_str()),
        (t("没有处理完的"), waiting, t("件"), "/registers/breaches?state=open"),
    ];
    let values: Vec<String> = told.iter().map(|it| it.1.to_string()).collect();
    let shown: Vec<Figure> =
        told.iter().zip(&values).map(|((name, _, unit, path), value)| Figure::count(name, value, unit, path)).collect();
    figures(&shown)
}

fn table(here: &Here, files: &[(CaseRow, Filling)], first: Markup) -> Markup {
    let laws = here.house().laws();
    let minor = |title| Column { right: true, minor: true, ..Column::new(title) };
    let columns = [
        Column::new(t("姓名")),
        Column::new(t("到哪一步")),
        minor(t("民主测评")),
        minor(t("窗口互评")),
        minor(t("岗位职责")),
        minor(t("年度工作")),
        minor(t("考勤")),
        Column::new(t("等级")),
        Column { minor: true, ..Column::new(t("奖惩")) },
    ];
    let rows: Vec<Row> = files
        .iter()
        .map(|(row, filling)| {
            let text = |from: &str| fill::text(filling, laws, from);
            let mut cells = vec![
                html! { a href={ "/cases/" (row.id) } { (text("case.person")) } " " span.small.dim { (row.number) } },
                html! { (next_step(&filling.case).unwrap_or(t("已归档"))) },
            ];
            let scores = ["all_score", "mutual_score", "duty_score", "year_score", "attendance_score"];
            cells.extend(scores.map(|it| html! { (text(&format!("appraisal.{it}"))) }));
            cells.push(grade(&filling.case, &text("appraisal.grade")));
            cells.push(html! { (text("note:appraisal.rewarded")) (text("note:appraisal.warned")) });
            Row { cells, late: false, void: false }
        })
        .collect();
    let none = empty(t("这一年还没有列考评名单。名单上的人，每人一份档案，到年底都要有等级。"), first);
    Register::of(("files", t("考评档案"), "/appraisal"), &columns, &rows, none).render()
}

fn grade(case: &Case, words: &str) -> Markup {
    let tone = match case.attributes.get("appraisal.grade").map(String::as_str) {
        Some("excellent") => Tone::Mind,
        Some("incompetent") => Tone::Grave,
        _ => Tone::Plain,
    };
    html! { @if !words.is_empty() { (tag(&said(words, None), tone)) } }
}

fn open(here: &Here, found: &[(CaseRow, Filling)]) -> Markup {
    let laws = here.house().laws();
    let timing = Timing { now: here.now, zone: &laws.zone };
    let columns = [
        Column::new(t("编号")),
        Column::new(t("姓名")),
        Column::new(t("事由|考评")),
        Column { minor: true, ..Column::new(t("认定时间")) },
        Column::new(t("到哪一步")),
    ];
    let waiting = found.iter().filter_map(|(row, it)| Some((row, it, unsettled(&it.case)?)));
    let rows: Vec<Row> = waiting
        .map(|(row, filling, step)| {
            let kind = fill::text(filling, laws, "breach.kind");
            let what = match kind.is_empty() {
                true => t("失职损失").to_owned(),
                false => said(&kind, None).into_owned(),
            };
            let cells = vec![
                html! { a.nowrap href={ "/cases/" (row.id) } { (row.number) } },
                html! { (fill::text(filling, laws, "case.person")) },
                html! { (what) },
                html! { (timing.time(row.opened)) },
                html! { (step) },
            ];
            Row { cells, late: false, void: false }
        })
        .collect();
    let none = empty(t("没有等着处理的。"), html! {});
    Register::of(("open", t("没有处理完的违纪和追究"), "/appraisal"), &columns, &rows, none).render()
}
