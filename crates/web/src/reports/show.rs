//! The page of a period's figures (统计报表): picked, shown, printed on a sheet lying across, taken along as a workbook.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::Statistics;
use maud::{Markup, html};
use office::stretch::Stretch;

use super::{export, parts, sections};
use crate::complaints::period::{asked, chooser, words};
use crate::components::{Tone, tag};
use crate::components::{icon, lucide};
use crate::language::t;
use crate::page::{Filled, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The address of this page.
pub const PATH: &str = "/reports";

/// The figures of a period.
pub async fn read(here: &Here, of: &Stretch) -> Result<Statistics, Fault> {
    here.house().statistics(here.site, of, here.now).await.map_err(|fault| Fault::new("读取统计", fault))
}

/// `GET /reports?period=2026-Q3`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let Some(period) = asked(&here, &filled) else { return Ok(wrong::not_found()) };
    let stood = read(&here, &period).await?;
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && filled.get("as") == "xlsx" {
        return export::answer(&here, &stood, &period).await;
    }
    if may_export && filled.get("as") == "pdf" {
        return export::paper(&here, &stood, &period).await;
    }
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))?;
    let target = law.office_setting(office::survey::round::RATE_TARGET).trim().parse().ok();
    let laws = here.house().laws();
    let body = html! {
        (parts(0))
        (chooser(&here, &period, PATH))
        div.across {
            (sections::areas(&stood, &period))
            (sections::rates(laws, &stood, &period))
            (sections::follow_ups(&stood, &period))
            (sections::satisfaction(laws, &stood, &period, target))
            (sections::complaints(laws, &stood, &period))
            (sections::counts(laws, &stood, &period))
            (sections::others(laws, &stood, &period))
            (sections::persons(&stood, &period))
        }
        p.foot {
            @if may_export {
                (icon(lucide::LuDownload)) " "
                a href={ (PATH) "?period=" (period.key()) "&as=xlsx" } { "Excel" } " "
                a href={ (PATH) "?period=" (period.key()) "&as=pdf" } { "PDF" } " "
            }
            a href={ "/repairs/statistics?period=" (period.key()) } { (t("维修统计")) } " "
            a href="/follow-up/plan" { (t("回访计划")) }
        }
    };
    let around = here.around().await?;
    let does = html! { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } };
    let heading = crate::t!("统计报表 {}", words(&period));
    let begun = begins(&here, &period).await?;
    let runs = period.moments(&laws.zone).1 > here.now;
    let beside = html! { @if runs { (tag(t("暂计：本期还没有结束"), Tone::Mind)) " " } (begun) };
    Ok(Page { does, beside, ..Page::new(&heading, Frame::Desk(Place::Reports, &around), body) }.into_response())
}

/// The way to the period's report: the one there is, or the button that begins it.
async fn begins(here: &Here, of: &Stretch) -> Result<Markup, Fault> {
    let reports = here.house().reports(here.site, here.now).await.map_err(|fault| Fault::new("读取统计报告", fault))?;
    Ok(match reports.iter().find(|it| it.period == *of) {
        Some(report) => {
            html! { a.button.main href={ "/cases/" (report.id) } { (crate::t!("报告 {}", report.number)) } }
        }
        None => super::records::button(here, of)?,
    })
}
