//! 我的考评: one's own file of the year and what was found against one, open to everybody for themselves alone.

use axum::response::{IntoResponse, Response};
use maud::html;
use office::register::APPRAISALS;

use super::{BREACHES, LIABILITIES, concerns, next_step, records, unsettled};
use crate::components::register::{Column, Register, Row};
use crate::components::{empty, panel};
use crate::language::{said, t};
use crate::page::{Frame, Page, Place};
use crate::papers::fill;
use crate::security::Fault;
use crate::state::Here;

/// `GET /appraisal/mine`: this year and the year before.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let laws = here.house().laws();
    let year = laws.zone.date(here.now).year();
    let (mut files, mut found) = (Vec::new(), Vec::new());
    for year in [year, year - 1] {
        for (row, filling) in records(&here, APPRAISALS, year).await? {
            if concerns(&filling.case, &here.actor) {
                let number = html! { a.nowrap href={ "/cases/" (row.id) } { (row.number) } };
                let grade = fill::text(&filling, laws, "appraisal.grade");
                let next = next_step(&filling.case).unwrap_or(t("已归档"));
                let report = match filling.case.has("appraisal.self_reported") {
                    true => html! { (fill::text(&filling, laws, "fact:appraisal.self_reported")) },
                    false => {
                        html! { a.button href={ "/cases/" (row.id) "/acts/appraisal.self_reported" } { (t("写述职")) } }
                    }
                };
                let cells = vec![number, html! { (year) }, report, html! { (said(&grade, None)) }, html! { (next) }];
                files.push(Row { cells, late: false, void: false });
            }
        }
        for register in [BREACHES, LIABILITIES] {
            for (row, filling) in records(&here, register, year).await? {
                if concerns(&filling.case, &here.actor) {
                    let opening = filling.case.entries.first().map_or("", |entry| entry.event.name.as_str());
                    let cells = vec![
                        html! { a.nowrap href={ "/cases/" (row.id) } { (row.number) } },
                        html! { (said(&here.word(opening), None)) },
                        html! { (unsettled(&filling.case).unwrap_or(t("已处理"))) },
                    ];
                    found.push(Row { cells, late: false, void: false });
                }
            }
        }
    }
    let columns = [t("编号"), t("年度"), t("述职"), t("等级"), t("到哪一步")].map(Column::new);
    let path = "/appraisal/mine";
    let none = empty(t("还没有把您列入考评名单。"), html! {});
    let own = Register::of(("files", t("我的考评"), path), &columns, &files, none).render();
    let columns = [t("编号"), t("事由|考评"), t("到哪一步")].map(Column::new);
    let none = empty(t("没有对您认定违纪或追究责任的记录。"), html! {});
    let against = Register::of(("found", t("违纪与追究"), path), &columns, &found, none).render();
    let body = html! {
        (panel(t("我的考评"), html! {}, own))
        (panel(t("违纪与追究"), html! {}, html! {
            (against)
            p.small.dim { (t("处理以前要听您申辩；对处理不服的，可以请记下申诉，由上一级裁定。")) }
        }))
        (panel(t("考评看什么"), html! {}, super::questions()))
    };
    let around = here.around().await?;
    Ok(Page::new(t("我的考评"), Frame::Desk(Place::Home, &around), body).into_response())
}
