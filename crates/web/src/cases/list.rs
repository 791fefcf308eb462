//! The register of cases (事项登记簿): filters, pages by key, export.

use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use journal::reads::{CaseFilter, CaseRow};
use maud::{Markup, html};
use office::case::{CaseKind, CaseState};

use super::{chase, export};
use crate::components::register::{Column, Register, Row, filter_select, filters, nothing_found};
use crate::components::{Timing, Tone, empty, tag};
use crate::language::{said, t};
use crate::page::{Filled, Frame, Page, Place, escaped};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Every state in the order of work.
const STATES: [CaseState; 6] = [
    CaseState::Registered,
    CaseState::Working,
    CaseState::AwaitingFollowUp,
    CaseState::Closed,
    CaseState::Filed,
    CaseState::Withdrawn,
];

/// Filters that stay from page to page.
const KEPT: [&str; 11] =
    ["q", "kind", "state", "when", "household", "assignee", "place", "topic", "from", "until", "followed"];

/// Rows of a page, and of an export at most.
const ROWS: i64 = 50;
const EXPORT_MAX: usize = 20_000;

/// `GET /search`: the box at the top of every page. A whole number of a case opens it; anything else is looked for.
pub async fn find(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let words = Filled(query).get("q").to_uppercase();
    let page = here.house().case_page(here.site, words.clone(), here.actor.clone(), here.now, false).await;
    let to = match page.map_err(|fault| Fault::new("查找事项", fault))? {
        Some(page) if page.case.number == words => format!("/cases/{}", page.case.id),
        _ => format!("/cases?q={}", escaped(&words)),
    };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// `GET /cases`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let mut filter = filter(&here, &filled);
    let names = here.names().await?;
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    let kind_of_file = filled.get("as");
    if may_export && !kind_of_file.is_empty() {
        filter.after = None;
        let rows = all(&here, filter).await?;
        return export::answer(&here, kind_of_file, &rows, &names);
    }
    let list = here.house().cases(here.site, filter, here.now).await;
    let list = list.map_err(|fault| Fault::new("读取事项", fault))?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let columns = [
        Column::new(t("编号")),
        Column::new(t("种类")),
        Column::new(t("地点")),
        Column::new(t("事由")),
        Column { minor: true, ..Column::new(t("来人时间")) },
        Column::new(t("状态")),
        Column { minor: true, ..Column::new(t("经办")) },
        Column::new(t("时限")),
        Column::new(""),
    ];
    let fresh = here.sent(None)?;
    let rows: Vec<Row> = list.rows.iter().map(|row| shown(row, timing, &names, fresh.command.as_str())).collect();
    let address = filled.query(&KEPT);
    let blank = match address.is_empty() {
        true => empty(
            t("还没有事项。接到来电来访后，在受理页登记。"),
            html! { a.button.main href="/desk" { (t("去受理")) } },
        ),
        false => nothing_found("/cases"),
    };
    let register = Register {
        query: &address,
        total: &crate::t!("本页 {} 件", rows.len()),
        next: list.next.as_deref(),
        further: !filled.get("after").is_empty(),
        export: may_export,
        ..Register::of(("cases", t("事项登记簿"), "/cases"), &columns, &rows, blank)
    };
    let body = html! { (chase::place()) (filter_form(&filled)) (register.render()) };
    let around = here.around().await?;
    let beside = html! {
        a href="/complaints" { (t("投诉看板")) } " " a href="/registers" { (t("登记簿")) }
    };
    Ok(Page { beside, ..Page::new(t("事项"), Frame::Desk(Place::Cases, &around), body) }.into_response())
}

fn filter(here: &Here, filled: &Filled) -> CaseFilter {
    let zone = &here.house().laws().zone;
    let state = STATES.into_iter().find(|state| state.id() == filled.get("state"));
    let day = |name: &str| filled.get(name).parse::<jiff::civil::Date>().ok();
    CaseFilter {
        search: filled.get("q").to_owned(),
        kind: CaseKind::of(filled.get("kind")).filter(|kind| crate::appraisal::may_list(here, *kind)),
        state,
        ended: None,
        household: Some(filled.get("household").to_owned()).filter(|it| !it.is_empty()),
        assignee: Some(filled.get("assignee").to_owned()).filter(|it| !it.is_empty()),
        place: Some(filled.get("place").to_owned()).filter(|it| !it.is_empty()),
        topic: Some(filled.get("topic").to_owned()).filter(|it| !it.is_empty()),
        from: match filled.get("when") {
            "today" => Some(zone.start_of_day(zone.date(here.now))),
            _ => day("from").map(|date| zone.start_of_day(date)),
        },
        until: day("until").and_then(|date| date.tomorrow().ok()).map(|date| zone.start_of_day(date)),
        followed: !filled.get("followed").is_empty(),
        dissatisfied: filled.get("followed") == "dissatisfied",
        late: filled.get("when") == "late",
        unchased: filled.get("when") == "half",
        booked_until: None,
        oldest_first: false,
        after: Some(filled.get("after").to_owned()).filter(|it| !it.is_empty()),
        limit: ROWS,
    }
}

/// Every row of the filter, page by page.
async fn all(here: &Here, mut filter: CaseFilter) -> Result<Vec<CaseRow>, Fault> {
    filter.limit = 200;
    let mut rows = Vec::new();
    while rows.len() < EXPORT_MAX {
        let list = here.house().cases(here.site, filter.clone(), here.now).await;
        let list = list.map_err(|fault| Fault::new("导出事项", fault))?;
        rows.extend(list.rows);
        match list.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    Ok(rows)
}

fn filter_form(filled: &Filled) -> Markup {
    let kinds = CaseKind::ALL.map(|kind| (kind.id(), said(kind.title(), None)));
    let states = STATES.map(|state| (state.id(), said(state.title(), None)));
    let kinds: Vec<(&str, &str)> = kinds.iter().map(|(id, words)| (*id, words.as_ref())).collect();
    let states: Vec<(&str, &str)> = states.iter().map(|(id, words)| (*id, words.as_ref())).collect();
    let fields = html! {
        (filter_select("kind", t("种类"), &kinds, filled.get("kind")))
        (filter_select("state", t("状态"), &states, filled.get("state")))
        (filter_select("when", t("时间"), &[("today", t("今天的")), ("late", t("已超时的")), ("half", t("过半未跟催的"))], filled.get("when")))
        @for name in ["household", "assignee", "place", "topic", "from", "until", "followed"] {
            @if !filled.get(name).is_empty() { input type="hidden" name=(name) value=(filled.get(name)); }
        }
    };
    filters("/cases", "cases", Some(filled.get("q")), fields)
}

fn shown(row: &CaseRow, timing: Timing, names: &std::collections::BTreeMap<String, String>, command: &str) -> Row {
    let due = row.next_due.filter(|_| !row.state.ended()).map(|at| DueAt { at, end_of_day: row.next_due_end_of_day });
    let late = due.is_some_and(|due| due.passed(timing.now));
    let assignee = row.assignee.as_ref().and_then(|id| names.get(id));
    let cells = vec![
        html! { a.nowrap href={ "/cases/" (row.id) } { (row.number) } },
        html! { (said(row.kind.title(), None)) },
        html! { span.place { (row.place) } },
        html! {
            (row.title)
            @if row.chased > 0 { " " (tag(&crate::t!("催办 {}", row.chased), Tone::Mind)) }
            @if row.gaps > 0 { " " (tag(t("待补"), Tone::Mind)) }
        },
        html! { (timing.time(row.opened)) },
        html! { (said(row.state.title(), None)) },
        html! { @if let Some(name) = assignee { (name) } },
        html! { @if let Some(due) = due { (timing.light(row.opened, due)) } },
        html! { @if !row.state.ended() { (chase::button(&row.id, &format!("{command}-{}", row.id), true)) } },
    ];
    Row { cells, late, void: row.state == CaseState::Withdrawn }
}
