//! The register of forms (单据登记簿): one list a form type, where each copy is, which are not where they belong.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::FormRow;
use maud::{Markup, html};
use office::form::{self, FormType};

use crate::components::panel::{Tab, tabs};
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, Tone, empty, tag};
use crate::language::{said, t};
use crate::page::{Filled, Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Rows of a page: the newest.
const ROWS: i64 = 200;

/// `GET /forms?form=repair_slip`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let forms = form::all();
    let at = forms.iter().position(|form| form.id == filled.get("form")).unwrap_or(0);
    let around = here.around().await?;
    let Some(kind) = forms.get(at) else {
        let body = empty(t("还没有单据种类。"), html! {});
        return Ok(Page::new(t("单据登记簿"), Frame::Desk(Place::Cases, &around), body).into_response());
    };
    let rows = here.house().forms(here.site, kind.id.clone(), ROWS).await;
    let rows = rows.map_err(|fault| Fault::new("读取单据", fault))?;
    let missing = filled.get("only") == "missing";
    let paths: Vec<(String, String)> = forms
        .iter()
        .map(|form| (said(&form.title, Some(&form.title_en)).into_owned(), format!("/forms?form={}", form.id)))
        .collect();
    let links: Vec<Tab> = paths.iter().map(|(words, path)| Tab { words, path, count: None }).collect();
    let away = rows.iter().filter(|row| !away(row, kind).is_empty()).count();
    let shown: Vec<Row> = rows
        .iter()
        .filter(|row| !missing || !self::away(row, kind).is_empty())
        .map(|row| shown(&here, row, kind))
        .collect();
    let body = html! {
        (tabs(t("单据种类"), &links, at))
        p.ways {
            @if here.viewer.grants.allow(Permission::CaseWork) { a href="/forms/setup" { (t("打印设置")) } " " }
            @if kind.id == "repair_slip" { a href="/repairs/copies" { (t("第三联移交财务")) } " " }
            @if missing {
                a href={ "/forms?form=" (kind.id) } { (t("看全部")) }
            } @else if away > 0 {
                a href={ "/forms?form=" (kind.id) "&only=missing" } { (crate::t!("有 {} 份的联次还没有归位", away)) }
            }
        }
        (register(&shown, kind))
    };
    Ok(Page::new(t("单据登记簿"), Frame::Desk(Place::Cases, &around), body).into_response())
}

fn register(rows: &[Row], kind: &FormType) -> Markup {
    let columns = [
        Column::new(t("编号")),
        Column::new(t("事项编号")),
        Column::new(t("签发时间")),
        Column::new(t("各联在谁手里")),
        Column { right: true, ..Column::new(t("打印次数")) },
        Column::new(t("状态")),
    ];
    Register {
        query: &format!("form={}", kind.id),
        total: &crate::t!("{} 份", rows.len()),
        ..Register::of(
            ("papers", &kind.title, "/forms"),
            &columns,
            rows,
            empty(t("这里还没有单据。签发后自动列出。"), html! {}),
        )
    }
    .render()
}

/// Copies that are not with the post that keeps them.
fn away<'a>(row: &FormRow, kind: &'a FormType) -> Vec<&'a form::Copy> {
    let strays =
        kind.copies.iter().filter(|copy| row.copies.get(&copy.n).is_none_or(|(holder, _)| *holder != copy.keeper));
    strays.filter(|_| !row.void).collect()
}

fn shown(here: &Here, row: &FormRow, kind: &FormType) -> Row {
    let laws = here.house().laws();
    let timing = Timing { now: here.now, zone: &laws.zone };
    let strays = away(row, kind);
    let cells = vec![
        html! { a.nowrap href={ "/forms/" (row.number) "/print" } { (row.number) } },
        html! { a.nowrap href={ "/cases/" (row.case) } { (row.case_number) } },
        html! { (timing.time(row.issued)) },
        html! {
            @for copy in &kind.copies {
                @let holder = row.copies.get(&copy.n).map(|(holder, _)| laws.word(holder)).unwrap_or_default();
                span.copy-at { (copy.n) " " (said(&holder, None)) } " "
            }
        },
        html! { (row.printed) },
        html! {
            @if row.void { (tag(t("作废"), Tone::Grave)) }
            @else if strays.is_empty() { span.dim { (t("各联归位")) } }
            @else { (tag(&crate::t!("{} 联未归位", strays.len()), Tone::Mind)) }
        },
    ];
    Row { cells, late: false, void: row.void }
}
