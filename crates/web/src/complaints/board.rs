//! The board of complaints (投诉看板): a column for each stage in which something stands, the most pressing on top, with
//! class, severity and who answers for it.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use journal::Laws;
use journal::reads::{CaseRow, value_in_words};
use maud::{Markup, html};
use office::act::COMPLAINT_STAGES;
use office::case::CaseState;

use super::sections;
use crate::components::light::Light;
use crate::components::register::{filter_select, filters};
use crate::components::{Lamp, Timing, Tone, empty, tag};
use crate::language::{said, t};
use crate::page::{Filled, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// `GET /complaints?class=first&severity=major&late=yes`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let board = here.house().complaints(here.site, here.now).await.map_err(|fault| Fault::new("读取投诉", fault))?;
    let laws = here.house().laws();
    let sheet = Sheet { laws, timing: Timing { now: here.now, zone: &laws.zone } };
    let wanted: Vec<&CaseRow> = board.open.iter().filter(|row| sheet.wanted(row, &filled)).collect();
    let body = html! {
        (sections(0, Some(board.recurring.len())))
        (filter_form(laws, &filled))
        div #complaints data-live="complaints" {
            @if wanted.is_empty() { (empty(t("没有在办的投诉。"), html! {})) }
            div.columns {
                @for stage in COMPLAINT_STAGES {
                    (sheet.column(stage.title, wanted.iter().filter(|row| !awaits(row) && row.stage == stage.id)))
                }
                (sheet.column("待回访", wanted.iter().filter(|row| awaits(row))))
            }
        }
    };
    let beside = html! {
        span.dim { (crate::t!("在办 {} 件", board.open_total)) } " "
        a href="/heard" { (t("听到一件事")) }
    };
    let around = here.around().await?;
    Ok(Page { beside, ..Page::new(t("投诉看板"), Frame::Desk(Place::Cases, &around), body) }.into_response())
}

fn awaits(row: &CaseRow) -> bool {
    row.state == CaseState::AwaitingFollowUp
}

fn filter_form(laws: &Laws, filled: &Filled) -> Markup {
    let choices = |id: &str| -> Vec<(String, String)> {
        let Some(at) = laws.vocabulary.attribute_of_id(id) else { return Vec::new() };
        let values = laws.vocabulary.attributes[at].values().iter();
        values.map(|(zh, id)| (id.clone(), said(zh, None).into_owned())).collect()
    };
    let (classes, severities) = (choices("complaint.class"), choices("complaint.severity"));
    let classes: Vec<(&str, &str)> = classes.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
    let severities: Vec<(&str, &str)> = severities.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
    let fields = html! {
        (filter_select("class", t("类别"), &classes, filled.get("class")))
        (filter_select("severity", t("程度"), &severities, filled.get("severity")))
        (filter_select("late", t("时限"), &[("yes", t("已超时的"))], filled.get("late")))
    };
    filters("/complaints", "complaints", None, fields)
}

struct Sheet<'a> {
    laws: &'a Laws,
    timing: Timing<'a>,
}

impl Sheet<'_> {
    fn due(row: &CaseRow) -> Option<DueAt> {
        row.next_due.map(|at| DueAt { at, end_of_day: row.next_due_end_of_day })
    }

    fn wanted(&self, row: &CaseRow, filled: &Filled) -> bool {
        let is = |name: &str, value: &str| filled.get(name).is_empty() || filled.get(name) == value;
        let late = Self::due(row).is_some_and(|due| due.passed(self.timing.now));
        is("class", &row.class) && is("severity", &row.severity) && (late || filled.get("late").is_empty())
    }

    /// A column with its count; nothing for a stage in which nothing stands.
    fn column<'r>(&self, title: &str, rows: impl Iterator<Item = &'r &'r CaseRow>) -> Markup {
        let rows: Vec<&&CaseRow> = rows.collect();
        html! {
            @if !rows.is_empty() {
                section {
                    h2 { (said(title, None)) " " span.dim { (rows.len()) } }
                    ol { @for row in rows { (self.card(row)) } }
                }
            }
        }
    }

    fn card(&self, row: &CaseRow) -> Markup {
        let light = match Self::due(row) {
            Some(due) => self.timing.light(row.opened, due),
            None => Light { lamp: Lamp::Open, words: t("不限时"), exact: "", runs: None }.render(),
        };
        let value = |id: &str, value: &str| said(&value_in_words(self.laws, id, value), None).into_owned();
        let tone = |grave: bool| if grave { Tone::Grave } else { Tone::Plain };
        html! {
            li.card data-walk tabindex="-1" {
                (light)
                a href={ "/cases/" (row.id) } { span.place { (row.place) } " " (row.title) }
                span.marks {
                    @if !row.class.is_empty() { (tag(&value("complaint.class", &row.class), tone(row.class == "first"))) }
                    @if !row.severity.is_empty() && row.severity != "general" {
                        (tag(&value("complaint.severity", &row.severity), tone(row.severity == "major")))
                    }
                    @if row.chased > 0 { (tag(&crate::t!("催过 {} 次", row.chased), Tone::Mind)) }
                }
                span.small.dim { (row.number) " " @if row.owner.is_empty() { (t("还没有人负责")) } @else { (row.owner) } }
            }
        }
    }
}
