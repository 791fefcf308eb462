//! `GET /forms`: issued forms of one type, newest first, each copy with its holder; copies not where they belong stand out.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::html;
use office::form;
use serde::Deserialize;

use crate::components::register::{Column, Register, Row};
use crate::language::{said, t};
use crate::page::{Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// Which form.
#[derive(Deserialize)]
pub(super) struct Asked {
    form: Option<String>,
}

/// The register.
pub(super) async fn show(here: Here, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let id = asked.form.filter(|id| form::find(id).is_some()).unwrap_or_else(|| "repair_slip".into());
    let forms = here.house().forms(here.site, id.clone(), 200).await.map_err(|fault| Fault::new("读取单据", fault))?;
    let zone = &here.house().laws().zone;
    let keepers = |n: u8| {
        let copies = form::find(&id).map(|form| form.copies.as_slice()).unwrap_or_default();
        copies.iter().find(|copy| copy.n == n).map_or("", |copy| copy.keeper.as_str())
    };
    let rows: Vec<Row> = forms
        .iter()
        .map(|it| {
            let astray = it.copies.iter().filter(|(n, (holder, _))| keepers(**n) != holder).count();
            Row {
                cells: vec![
                    html! { a href={ "/forms/" (it.number) "/print" } { (it.number) } },
                    html! { a href={ "/cases/" (it.case) } { (it.case_number) } },
                    html! { (zone.civil(it.issued).strftime("%m-%d %H:%M").to_string()) },
                    html! {
                        @for (n, (holder, since)) in &it.copies {
                            span.copy-held title=(zone.civil(*since).strftime("%Y-%m-%d %H:%M").to_string()) {
                                (n) " " (here.word(holder))
                            } " "
                        }
                    },
                    html! { @if astray > 0 { (crate::t!("{} 联未归位", astray)) } @else { (t("齐")) } },
                    html! { (it.printed) },
                ],
                late: false,
                void: it.void,
            }
        })
        .collect();
    let right = |title| Column { right: true, ..Column::new(title) };
    let columns = [
        Column::new(t("编号")),
        Column::new(t("事项")),
        Column::new(t("签发")),
        Column::new(t("各联在谁手里")),
        Column::new(t("归位")),
        right(t("打印次数")),
    ];
    let register = Register {
        id: "forms",
        caption: t("单据登记"),
        path: "/forms",
        query: &format!("form={id}"),
        columns: &columns,
        sorted: None,
        rows: &rows,
        total: &crate::t!("{} 份", rows.len()),
        next: None,
        further: false,
        empty: html! { p.empty { (t("还没有签发过这种单据。")) } },
        export: false,
    };
    let around = here.around().await?;
    let body = html! {
        nav.tabs {
            @for form in form::all() {
                a href={ "/forms?form=" (form.id) } aria-current=[(form.id == id).then_some("page")] {
                    (said(&form.title, Some(&form.title_en)))
                }
            }
        }
        (register.render())
    };
    Ok(Page::new(t("单据登记"), Frame::Desk(Place::Cases, &around), body).into_response())
}
