//! The analysis of complaints (投诉分析): a period in figures beside the period before, each figure a link to its list; the
//! list itself in `counted`; the record that a quarter's report begins as.

use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::Fault as JournalFault;
use journal::reads::{Analysis, CountedBy};
use maud::{Markup, html};
use office::Refusal;
use office::act;
use office::case::{CaseKind, OpenRecord};
use office::stretch::{Length, Stretch};

use super::counting::lines;
use super::period::{asked, chooser, words};
use super::sections;
use super::tables::{came_back, head_figures, linked, table};
use crate::components::chart::{Chart, Series};
use crate::components::field::command;
use crate::components::{empty, icon, lucide, panel, refusal, refused};
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, Place, sheet, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Months drawn in the line of what came in.
const MONTHS: usize = 6;
/// The act that begins a quarter's report.
pub const COMPILES: &str = "complaint_report.compiled";

/// A period with its figures.
pub struct Shown {
    /// The period.
    pub period: Stretch,
    /// Its figures.
    pub figures: Analysis,
}

/// Acts for a period that are done with its figures at hand.
const WITH_FIGURES: [&str; 7] = [
    "report.complaint_analysis",
    "report.quarterly_done",
    "statistics.monthly_done",
    "statistics.handling_analysed",
    COMPILES,
    "complaint_report.written",
    "complaint_report.submitted",
];

/// The address of the figures that an act for this period is done with, if it is.
pub fn figures_for(act: &str, key: &str) -> Option<String> {
    let known = WITH_FIGURES.contains(&act) && Stretch::parse(key).is_some();
    known.then(|| format!("/complaints/analysis?period={key}"))
}

/// The words that a summary of this period begins with; none for other acts.
pub async fn note_for(here: &Here, act: &str, key: &str) -> Result<Option<String>, Fault> {
    let Some(period) = Stretch::parse(key).filter(|_| act == "report.complaint_analysis") else { return Ok(None) };
    let shown = read(here, period).await?;
    let text = shown.figures.summary(here.house().laws(), &shown.period);
    Ok(Some(text.chars().take(1900).collect()))
}

fn fault(fault: JournalFault) -> Fault {
    Fault::new("读取投诉分析", fault)
}

/// The figures of a period.
pub async fn read(here: &Here, period: Stretch) -> Result<Shown, Fault> {
    let figures = here.house().complaint_analysis(here.site, &period, here.now).await.map_err(fault)?;
    Ok(Shown { period, figures })
}

/// `GET /complaints/analysis?period=2026-Q4`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let Some(period) = asked(&here, &filled) else { return Ok(wrong::not_found()) };
    let shown = read(&here, period).await?;
    if here.viewer.grants.allow(Permission::ReportExport) && !filled.get("as").is_empty() {
        let laws = here.house().laws();
        let title = crate::t!("投诉分析 {}", words(&shown.period));
        let head = [t("口径"), t("值"), t("本期"), t("上期"), t("增减")];
        let stem = format!("complaints-{}", shown.period.key());
        return sheet::answer(filled.get("as"), &title, &stem, &head, &lines(laws, &shown.figures));
    }
    Ok(render(&here, &shown, None).await?.into_response())
}

/// `POST /complaints/analysis`: begins the quarter's report with the figures as they are now, and lists its departments.
pub async fn compile(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(period) = asked(&here, &filled) else { return Ok(wrong::not_found()) };
    let shown = read(&here, period).await?;
    let no = match &shown.figures.report {
        Some((number, _)) => {
            let why = format!("这一季已经汇总过（{number}）");
            Refusal::new("不能汇总", why, "请打开那份报告接着办；数字有变，在报告里写明。")
        }
        None => {
            let sent = here.sent_for(filled.command(), COMPILES)?;
            let case = format!("r{}", sent.command.as_str());
            let record = OpenRecord { case: case.clone(), ..shown.figures.report(here.house().laws(), &shown.period) };
            let done = here.house().open_record(sent, here.actor.clone(), record).await;
            match done.map_err(|fault| Fault::new("汇总投诉", fault))? {
                Ok(_) => {
                    let to = format!("/cases/{case}");
                    return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response());
                }
                Err(refusal) => refusal,
            }
        }
    };
    Ok(refused(render(&here, &shown, Some(&no)).await?, &no))
}

async fn render(here: &Here, shown: &Shown, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let laws = here.house().laws();
    let drawn = monthly(here, &shown.period).await?;
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    let key = shown.period.key();
    let services = services(here, &shown.period).await?;
    let body = html! {
        (sections(3, None))
        (chooser(here, &shown.period, "/complaints/analysis"))
        @if let Some(no) = no { (refusal(no)) }
        (head_figures(&shown.period, &shown.figures))
        @if shown.figures.all.now + shown.figures.all.before == 0 {
            (empty(t("这一期和上一期都没有投诉。"), html! {}))
        } @else {
            div.tables {
                @for by in shown.figures.ways() { (table(laws, &shown.period, by, shown.figures.counts(by))) }
                (table(laws, &shown.period, CountedBy::Mark, &shown.figures.marks))
                (came_back(laws, &shown.period, &shown.figures))
            }
            (drawn)
        }
        (services)
        @if may_export {
            p.ways {
                (icon(lucide::LuDownload)) " "
                a href={ "/complaints/analysis?period=" (key) "&as=xlsx" } { "Excel" } " "
                a href={ "/complaints/analysis?period=" (key) "&as=csv" } { "CSV" }
            }
        }
    };
    let around = here.around().await?;
    let does = html! { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } };
    let heading = crate::t!("投诉分析 {}", words(&shown.period));
    let beside = report_way(here, shown)?;
    let page = Page { does, beside, ..Page::new(&heading, Frame::Desk(Place::Cases, &around), body) };
    Ok(Fragment(page.render()))
}

/// The way to the quarter's report: the one there is, or the button that begins it.
fn report_way(here: &Here, shown: &Shown) -> Result<Markup, Fault> {
    let may = here.viewer.grants.allow(Permission::CaseWork)
        && act::find(COMPILES).is_some_and(|it| it.allowed(&here.actor.posts));
    Ok(match (&shown.figures.report, shown.period.length) {
        (Some((number, id)), _) => html! { a.button.main href={ "/cases/" (id) } { (crate::t!("报告 {}", number)) } },
        (None, Length::Quarter) if may => html! {
            form.inline method="post" action="/complaints/analysis" {
                (command(here.sent(None)?.command.as_str()))
                input type="hidden" name="period" value=(shown.period.key());
                button.main { (t("汇总本季，写报告")) }
            }
        },
        _ => html! {},
    })
}

/// What came in month by month, up to the end of the period.
async fn monthly(here: &Here, period: &Stretch) -> Result<Markup, Fault> {
    let last = Stretch::of(Length::Month, period.last);
    let mut months: Vec<Stretch> = std::iter::successors(Some(last), |it| Some(it.before())).take(MONTHS).collect();
    months.reverse();
    let zone = &here.house().laws().zone;
    let (mut labels, mut counts) = (Vec::new(), Vec::new());
    for month in &months {
        let (from, until) = month.moments(zone);
        let count = here.house().complaint_count(here.site, (from, until)).await.map_err(fault)?;
        labels.push(month.first.strftime("%m").to_string());
        counts.push((from <= here.now).then_some(count));
    }
    let labels: Vec<String> = labels.iter().map(|it| crate::t!("{} 月", it.trim_start_matches('0'))).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let chart = Chart {
        title: t("每月投诉（件）"),
        labels: &labels,
        series: &[Series { name: t("投诉"), values: &counts }],
        target: None,
    };
    Ok(html! { section.panel { (chart.bars()) } })
}

/// Every kind of matter of the period with its follow-ups: the statistics of the service centre.
async fn services(here: &Here, period: &Stretch) -> Result<Markup, Fault> {
    let of = period.moments(&here.house().laws().zone);
    let counts = here.house().service_counts(here.site, of).await.map_err(fault)?;
    let path = |kind: CaseKind| format!("/cases?kind={}&from={}&until={}", kind.id(), period.first, period.last);
    let found = act::find("statistics.problem_found").is_some_and(|it| it.allowed(&here.actor.posts));
    Ok(panel(
        t("客服中心统计"),
        html! {
            a.small href="/registers/statistics_problem" { (t("严重问题")) }
            @if found { " " a.small href="/registers/statistics_problem/new" { (t("登记严重问题")) } }
        },
        html! {
            @if counts.is_empty() { p.dim { (t("这一期没有事项。")) } } @else {
                table.plain-table {
                    thead { tr {
                        th scope="col" { (t("种类")) } th.num scope="col" { (t("收到")) }
                        th.num scope="col" { (t("回访过")) } th.num scope="col" { (t("回访不满意")) }
                    } }
                    tbody {
                        @for (kind, all, followed, unhappy) in &counts {
                            tr {
                                td { (said(kind.title(), None)) }
                                td.num { (linked(*all, &path(*kind))) }
                                td.num { (linked(*followed, &format!("{}&followed=yes", path(*kind)))) }
                                td.num { (linked(*unhappy, &format!("{}&followed=dissatisfied", path(*kind)))) }
                            }
                        }
                    }
                }
            }
        },
    ))
}
