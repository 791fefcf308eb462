//! Registers as lists (登记簿列表): which there are, and one of them with its own columns; print and file show the whole.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use calendar::{DueAt, Moment};
use jiff::civil::Date;
use journal::reads::{CaseFilter, CaseRow, Filling, RegisterRows};
use maud::{Markup, html};
use office::case::CaseState;
use office::register::{self, RegisterType};

use super::{may_open, place, sees};
use crate::components::register::{Column, Register, Row, filter_select, filters, nothing_found};
use crate::components::{Timing, Tone, empty, panel, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place, sheet, wrong};
use crate::papers::{called, fill, spoken_of};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Rows of a page, of a print and of an export.
const ROWS: i64 = 50;
const PRINT_MAX: usize = 1_000;
const EXPORT_MAX: usize = 20_000;

/// `GET /registers`: every register that the visitor may see, by place.
pub async fn index(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let open = here.house().open_records(here.site, here.now).await;
    let open: BTreeMap<String, (i64, i64)> = open
        .map_err(|fault| Fault::new("读取登记簿", fault))?
        .into_iter()
        .map(|(id, all, late)| (id, (all, late)))
        .collect();
    let only = Place::of_word(filled.get("place"));
    let mut groups: Vec<(Place, Vec<&RegisterType>)> = Vec::new();
    for one in register::all().iter().filter(|one| sees(&here, one)) {
        let at = place(one);
        if only.is_some_and(|only| only != at) {
            continue;
        }
        match groups.iter_mut().find(|(place, _)| *place == at) {
            Some((_, list)) => list.push(one),
            None => groups.push((at, vec![one])),
        }
    }
    let body = html! {
        @if groups.is_empty() { (empty(t("您的岗位没有登记簿。"), html! {})) }
        @for (at, list) in &groups {
            (panel(at.label(), html! {}, html! {
                ul.rows {
                    @for one in list {
                        li {
                            a href={ "/registers/" (one.id) } { (said(&one.title, Some(&one.title_en))) } " "
                            @if let Some((all, late)) = open.get(&one.id) {
                                span.small.dim { (crate::t!("未完 {}", all)) } " "
                                @if *late > 0 { (tag(&crate::t!("超时 {}", late), Tone::Grave)) " " }
                            }
                            @if may_open(&here, one) { a.small href={ "/registers/" (one.id) "/new" } { (t("新登记")) } }
                        }
                    }
                }
            }))
        }
    };
    let around = here.around().await?;
    let at = only.filter(|place| Place::RAIL.concat().contains(place)).unwrap_or(Place::Cases);
    Ok(Page::new(t("登记簿"), Frame::Desk(at, &around), body).into_response())
}

/// `GET /registers/{id}`.
pub async fn show(
    here: Here,
    Path(id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(kept) = register::find(&id) else { return Ok(wrong::not_found()) };
    if !sees(&here, kept) {
        return Ok(wrong::not_granted(&here.viewer, place(kept).permission()));
    }
    let filled = Filled(query);
    let mut filter = filter(&here, &filled, kept);
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    let printed = filled.get("as") == "print";
    if may_export && ["xlsx", "csv"].contains(&filled.get("as")) {
        let rows = all(&here, filter, EXPORT_MAX).await?;
        return export(&here, kept, filled.get("as"), &rows);
    }
    let list = if printed {
        RegisterRows { rows: all(&here, filter, PRINT_MAX).await?, next: None }
    } else {
        filter.after = Some(filled.get("after").to_owned()).filter(|it| !it.is_empty());
        rows(&here, filter).await?
    };
    let own: Vec<_> = kept.columns.iter().map(|column| said(&column.label, Some(&column.label_en))).collect();
    let mut columns = vec![Column::new(t("编号")), Column::new(t("时间"))];
    columns.extend(own.iter().map(|label| Column { named: true, ..Column::new(label) }));
    columns.push(Column { minor: true, ..Column::new(t("状态")) });
    columns.push(Column::new(t("时限")));
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let shown: Vec<Row> = list.rows.iter().map(|row| shown(&here, kept, row, timing)).collect();
    let path = format!("/registers/{}", kept.id);
    let address = filled.query(&["q", "state", "when", "from", "until"]);
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))?;
    let forms = spoken_of(&law, here.now);
    let form = called(here.house().laws(), &forms, &kept.known_as).filter(|_| printed);
    let title = match form {
        Some(form) => said(&form.zh, Some(&form.en)),
        None => said(&kept.title, Some(&kept.title_en)),
    };
    let drawn = Register {
        query: &address,
        total: &crate::t!("本页 {} 件", shown.len()),
        next: list.next.as_deref(),
        further: !filled.get("after").is_empty(),
        export: may_export,
        ..Register::of(
            ("register", &title, &path),
            &columns,
            &shown,
            if address.is_empty() { nothing_yet(&here, kept) } else { nothing_found(&path) },
        )
    };
    let body = html! {
        @if !filled.get("new").is_empty() { p.told role="status" { (crate::t!("已登记 {}", filled.get("new"))) } }
        (filter_form(&filled, &path))
        (drawn.render())
        @if let Some(form) = form { p.on-paper { (form.code) } }
        @if !shown.is_empty() && !printed {
            p.ways { a href={ (path) "?" (address) @if !address.is_empty() { "&" } "as=print" } { (t("打印整本")) } }
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("登记簿").to_owned(), path: "/registers".to_owned() }];
    let beside = html! {
        @if super::import::imports(&here, kept) { a.button href={ (path) "/import" } { (t("从表格导入")) } " " }
        @if may_open(&here, kept) { a.button.main href={ (path) "/new" } { (t("新登记")) } }
    };
    let page = Page { crumbs: &crumbs, beside, ..Page::new(&title, Frame::Desk(frame(kept), &around), body) };
    Ok(page.into_response())
}

/// The place of the rail that is lit.
pub fn frame(kept: &RegisterType) -> Place {
    let at = place(kept);
    if Place::RAIL.concat().contains(&at) { at } else { Place::Cases }
}

fn nothing_yet(here: &Here, kept: &RegisterType) -> Markup {
    let first = html! {
        @if may_open(here, kept) { a.button.main href={ "/registers/" (kept.id) "/new" } { (t("新登记")) } }
    };
    empty(t("这本登记簿还没有记录。"), first)
}

fn filter(here: &Here, filled: &Filled, kept: &RegisterType) -> CaseFilter {
    let zone = &here.house().laws().zone;
    let day = |name: &str| filled.get(name).parse::<Date>().ok();
    let after = |date: Date| date.tomorrow().map(|next| zone.start_of_day(next)).ok();
    CaseFilter {
        search: filled.get("q").to_owned(),
        kind: kept.kind(),
        ended: match filled.get("state") {
            "open" => Some(false),
            "ended" => Some(true),
            _ => None,
        },
        from: day("from").map(|date| zone.start_of_day(date)),
        until: day("until").and_then(after),
        late: filled.get("when") == "late",
        oldest_first: kept.oldest_first,
        limit: ROWS,
        ..CaseFilter::default()
    }
}

async fn rows(here: &Here, filter: CaseFilter) -> Result<RegisterRows, Fault> {
    let rows = here.house().register_rows(here.site, filter, here.now).await;
    rows.map_err(|fault| Fault::new("读取登记簿", fault))
}

/// Every row of the filter, page by page, at most so many.
async fn all(here: &Here, mut filter: CaseFilter, most: usize) -> Result<Vec<(CaseRow, Filling)>, Fault> {
    filter.limit = 200;
    let mut all = Vec::new();
    while all.len() < most {
        let page = rows(here, filter.clone()).await?;
        all.extend(page.rows);
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    Ok(all)
}

fn filter_form(filled: &Filled, path: &str) -> Markup {
    let day = |name: &str, label: &str| {
        html! {
            label.filter { span.small { (label) } " " input type="date" name=(name) value=(filled.get(name)) data-debounce="250"; }
        }
    };
    let fields = html! {
        (filter_select("state", t("状态"), &[("open", t("未完")), ("ended", t("已完"))], filled.get("state")))
        (filter_select("when", t("时间"), &[("late", t("已超时的"))], filled.get("when")))
        (day("from", t("从")))
        (day("until", t("到")))
    };
    filters(path, "register", Some(filled.get("q")), fields)
}

/// Signs of a value that stays on one line.
const SHORT: usize = 4;

fn shown(here: &Here, kept: &RegisterType, (row, filling): &(CaseRow, Filling), timing: Timing) -> Row {
    let laws = here.house().laws();
    let due = row.next_due.filter(|_| !row.state.ended()).map(|at| DueAt { at, end_of_day: row.next_due_end_of_day });
    let late = due.is_some_and(|due| due.passed(timing.now));
    let mut cells =
        vec![html! { a.nowrap href={ "/cases/" (row.id) } { (row.number) } }, html! { (timing.time(row.opened)) }];
    cells.extend(kept.columns.iter().map(|column| {
        let text = fill::text(filling, laws, &column.from);
        // A name or a short word is not broken in two.
        let short = text.chars().count() <= SHORT;
        html! { @if !text.is_empty() { span.nowrap[short] { (said(&text, None)) } } }
    }));
    cells.push(html! { span.nowrap { (said(row.state.title(), None)) } });
    cells.push(html! { @if let Some(due) = due { (timing.light(row.opened, due)) } });
    Row { cells, late, void: row.state == CaseState::Withdrawn }
}

fn export(here: &Here, kept: &RegisterType, kind: &str, rows: &[(CaseRow, Filling)]) -> Result<Response, Fault> {
    let laws = here.house().laws();
    let at = |moment: Moment| laws.zone.civil(moment).strftime("%Y-%m-%d %H:%M").to_string();
    let own: Vec<_> = kept.columns.iter().map(|column| said(&column.label, Some(&column.label_en))).collect();
    let mut head = vec![t("编号"), t("时间")];
    head.extend(own.iter().map(AsRef::as_ref));
    head.push(t("状态"));
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|(row, filling)| {
            let mut line = vec![row.number.clone(), at(row.opened)];
            line.extend(kept.columns.iter().map(|column| fill::text(filling, laws, &column.from)));
            line.push(said(row.state.title(), None).into_owned());
            line
        })
        .collect();
    sheet::answer(kind, &said(&kept.title, Some(&kept.title_en)), &kept.id, &head, &lines)
}
