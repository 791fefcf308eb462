//! Case analysis and training (案例分析与培训): every complaint of the first class that was dealt with, its analysis, the
//! departments that got it and those that were trained, with who was there.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::{CaseRow, Filling};
use maud::{Markup, html};
use office::Entry;
use office::case::Case;

use super::listed::{Listed, after};
use super::sections;
use crate::components::register::{Column, Row};
use crate::components::{Timing, Tone, empty, tag};
use crate::language::t;
use crate::page::{Filled, Frame, Page, Place, escaped};
use crate::security::Fault;
use crate::state::Here;

/// `GET /complaints/lessons`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let read = |fault: journal::Fault| Fault::new("读取案例分析", fault);
    let list = here.house().lessons(here.site, after(&filled)).await.map_err(read)?;
    let departments = here.house().departments(here.site).await.map_err(read)?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let may = |act: &str| office::act::find(act).is_some_and(|it| it.allowed(&here.actor.posts));
    let (writes, trains) = (may("complaint.case_analysis"), may("complaint.case_trained"));
    let named = |title| Column { named: true, ..Column::new(title) };
    let columns = [
        Column::new(t("事项")),
        named(t("处理完毕")),
        named(t("案例分析")),
        named(t("培训过的部门")),
        named(t("还没培训的部门")),
    ];
    let rows: Vec<Row> = list.rows.iter().map(|it| row(it, &departments, timing, (writes, trains))).collect();
    let list = Listed {
        id: "lessons",
        title: t("案例分析与培训"),
        filled: &filled,
        chosen_by: &[],
        columns: &columns,
        rows: &rows,
        next: list.next.as_deref(),
        empty: empty(t("还没有办完的一类投诉。"), html! {}),
        export: false,
    };
    let body = html! {
        (sections(5, None))
        p.dim { (t("一类投诉办完以后写案例分析，发到各部门学习培训。部门按账号里填的部门算，点部门名记培训。")) }
        (list.render())
    };
    let around = here.around().await?;
    Ok(Page::new(t("案例分析与培训"), Frame::Desk(Place::Cases, &around), body).into_response())
}

/// What each training said: department, people, when.
fn trainings(case: &Case) -> Vec<(&str, &str, &Entry)> {
    let trained = case.entries.iter().filter(|entry| entry.event.name == "complaint.case_trained");
    trained
        .map(|entry| {
            let said = |id: &str| entry.event.body.attributes.get(id).map_or("", String::as_str);
            (said("complaint.trained_department"), said("complaint.trainees"), entry)
        })
        .filter(|(department, ..)| !department.is_empty())
        .collect()
}

fn row(it: &(CaseRow, Filling), departments: &[String], timing: Timing, (writes, trains): (bool, bool)) -> Row {
    let case = &it.1.case;
    let analysis = case.last("complaint.case_analysis");
    let trained = trainings(case);
    let missing: Vec<&String> =
        departments.iter().filter(|name| !trained.iter().any(|(known, ..)| *known == name.as_str())).collect();
    let path = |act: &str| format!("/cases/{}/acts/{act}", it.0.id);
    let cells = vec![
        html! {
            a.nowrap href={ "/cases/" (it.0.id) } { (it.0.number) } " " span.place { (it.0.place) }
            div.small { (it.0.title) }
        },
        html! { @if let Some(entry) = case.last("complaint.resolved") { (timing.time(entry.event.happened)) } },
        html! {
            @match analysis {
                Some(entry) => {
                    (timing.time(entry.event.happened)) " "
                    @for form in case.forms.iter().filter(|form| !form.void && PAPERS.contains(&form.form.as_str())) {
                        a.small.nowrap href={ "/forms/" (form.number) "/print" } { (form.number) } " "
                    }
                    div.small { (entry.event.body.note) }
                },
                None => {
                    (tag(t("还没有写"), Tone::Mind)) " "
                    @if writes { a.small href=(path("complaint.case_analysis")) { (t("写案例分析")) } }
                },
            }
        },
        html! {
            @for (department, people, entry) in &trained {
                div.small { b { (department) } " " (timing.time(entry.event.happened)) " " (people) }
            }
        },
        html! { @if analysis.is_some() { (still(&missing, trains, &path("complaint.case_trained"))) } },
    ];
    Row { cells, late: false, void: false }
}

/// The departments that were not trained yet, each with the way to enter it.
fn still(missing: &[&String], may: bool, path: &str) -> Markup {
    html! {
        @for (n, department) in missing.iter().enumerate() {
            @if n > 0 { "、" }
            @if may {
                a.small href={ (path) "?complaint.trained_department=" (escaped(department)) } { (department) }
            } @else { span.small { (department) } }
        }
        @if missing.is_empty() { (tag(t("都培训了"), Tone::Plain)) }
    }
}

/// The forms that a row leads to.
const PAPERS: [&str; 2] = ["case_analysis", "training_record"];
