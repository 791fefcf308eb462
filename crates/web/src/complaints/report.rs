//! What the page of a quarter's report shows (投诉分析报告): the departments with complaints and whether each has its analysis,
//! and whether the figures are still those that were compiled.

use journal::reads::{CasePage, CountedBy};
use maud::{Markup, html};
use office::stretch::{Length, Stretch};

use super::analysis;
use super::counting::list_of;
use super::period::words;
use crate::components::{Tone, panel, tag};
use crate::language::t;
use crate::page::escaped;
use crate::security::Fault;
use crate::state::Here;

/// The panel on the page of a report.
pub async fn beside(here: &Here, page: &CasePage) -> Result<Markup, Fault> {
    let of = page.case.attributes.get("period.of").and_then(|day| day.parse().ok());
    let Some(last) = of else { return Ok(html! {}) };
    let period = Stretch::of(Length::Quarter, last);
    let shown = analysis::read(here, period.clone()).await?;
    let compiled =
        page.case.last(analysis::COMPILES).and_then(|it| it.event.body.attributes.get("complaint_report.count"));
    let compiled: i64 = compiled.and_then(|count| count.parse().ok()).unwrap_or(0);
    let now = shown.figures.all.now;
    let may = page.offers.iter().any(|it| it.act == "complaint_report.department_analysed" && it.refused.is_none());
    let analysis = format!("/complaints/analysis?period={}", period.key());
    let departments = office::report::departments(&page.case);
    let body = html! {
        p {
            a href=(analysis) { (words(&period)) } " "
            (crate::t!("汇总时 {0} 件，现在 {1} 件", compiled, now))
            @if compiled != now { " " (tag(t("汇总以后又有变化"), Tone::Mind)) }
        }
        table.plain-table {
            thead { tr { th scope="col" { (t("责任部门")) } th.num scope="col" { (t("投诉")) } th scope="col" { (t("本部门分析")) } } }
            tbody {
                @for (department, count, done) in &departments {
                    tr {
                        td { (department) }
                        td.num { a href=(list_of(&period, CountedBy::Department, department)) { (count) } }
                        td {
                            @if *done { (tag(t("已分析"), Tone::Plain)) } @else { (tag(t("还没有分析"), Tone::Mind)) }
                            @if may {
                                " " a.small href={
                                    "/cases/" (page.case.id) "/acts/complaint_report.department_analysed?case.department="
                                    (escaped(department))
                                } { (t("写分析")) }
                            }
                        }
                    }
                }
            }
        }
        @if departments.is_empty() { p.dim { (t("这一季没有写了责任部门的投诉。")) } }
        details {
            summary.small.dim { (t("汇总时的数字")) }
            pre.small.wrap { (page.case.attributes.get("complaint_report.figures").map_or("", String::as_str)) }
        }
    };
    Ok(panel(t("这一季的投诉"), html! {}, body))
}
