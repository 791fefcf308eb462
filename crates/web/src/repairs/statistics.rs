//! The figures of a period (维修统计) beside the period before; by repairer; what came back.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::{RepairFigures, RepairMark, RepairSpan};
use maud::{Markup, html};
use office::money::yuan;
use office::stretch::Stretch;

use super::marks::{list_of, title};
use crate::complaints::period::{asked, chooser, words};
use crate::complaints::tables::linked;
use crate::components::figure::{Figure, figures as figure_row, share};
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, empty, icon, lucide, panel};
use crate::language::t;
use crate::page::{Filled, Frame, Page, Place, escaped, sheet, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The address of this page.
const PATH: &str = "/repairs/statistics";

/// `GET /repairs/statistics?period=2026-11`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let Some(period) = asked(&here, &filled) else { return Ok(wrong::not_found()) };
    let figures = here.house().repair_figures(here.site, &period).await;
    let figures = figures.map_err(|fault| Fault::new("读取维修统计", fault))?;
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    let heading = crate::t!("维修统计 {}", words(&period));
    if may_export && !filled.get("as").is_empty() {
        let head = [t("口径"), t("本期"), t("上期")];
        let stem = format!("repairs-{}", period.key());
        return sheet::answer(filled.get("as"), &heading, &stem, &head, &lines(&figures));
    }
    let body = html! {
        (chooser(&here, &period, PATH))
        (head_figures(&period, &figures))
        @if figures.now.count(RepairMark::Reported) + figures.now.count(RepairMark::Completed) == 0 {
            (empty(t("这一期没有报修。"), html! {}))
        } @else {
            (workers(&period, &figures))
            div.tables.broad {
                (all(&period, &figures))
                (again(&period, &figures))
            }
        }
        @if may_export {
            p.ways {
                (icon(lucide::LuDownload)) " "
                a href={ (PATH) "?period=" (period.key()) "&as=xlsx" } { "Excel" } " "
                a href={ (PATH) "?period=" (period.key()) "&as=csv" } { "CSV" }
            }
        }
    };
    let around = here.around().await?;
    let does = html! { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } };
    let page = Page { does, ..Page::new(&heading, Frame::Desk(Place::Dispatch, &around), body) };
    Ok(page.into_response())
}

/// How long in words, or that nobody knows.
fn length(seconds: Option<i64>) -> String {
    seconds.map_or_else(|| t("暂无数据").to_owned(), Timing::length)
}

fn head_figures(period: &Stretch, figures: &RepairFigures) -> Markup {
    let (now, before) = (&figures.now, &figures.before);
    let done = now.count(RepairMark::Completed);
    let was = |words: String| crate::t!("上期 {}", words);
    let first_time = |span: &RepairSpan| share(span.count(RepairMark::FirstTime), span.count(RepairMark::Completed));
    let happy = |span: &RepairSpan| {
        let (yes, no) = (span.count(RepairMark::Satisfied), span.count(RepairMark::Dissatisfied));
        share(yes, yes + no)
    };
    let (reported, completed) = (now.count(RepairMark::Reported).to_string(), done.to_string());
    let (median, once, glad) = (length(now.median), first_time(now), happy(now));
    let (reported_was, completed_was) =
        (was(before.count(RepairMark::Reported).to_string()), was(before.count(RepairMark::Completed).to_string()));
    let (median_was, once_was, glad_was) = (was(length(before.median)), was(first_time(before)), was(happy(before)));
    let at = |mark: RepairMark| list_of(period, mark, "");
    let paths = [RepairMark::Reported, RepairMark::Completed, RepairMark::FirstTime, RepairMark::Satisfied].map(at);
    figure_row(&[
        Figure { target: &reported_was, ..Figure::count(t("报修"), &reported, t("件"), &paths[0]) },
        Figure { target: &completed_was, ..Figure::count(t("已完工"), &completed, t("件"), &paths[1]) },
        Figure {
            target: &median_was, ..Figure::count(t("从报修到完工，一半不超过"), &median, "", &paths[1])
        },
        Figure { target: &once_was, ..Figure::count(t("一次修好"), &once, "%", &paths[2]) },
        Figure { target: &glad_was, ..Figure::count(t("回访满意"), &glad, "%", &paths[3]) },
    ])
}

/// Every mark in this period and the one before, each number a link to its list; then lengths and money.
fn all(period: &Stretch, figures: &RepairFigures) -> Markup {
    let (now, before) = (&figures.now, &figures.before);
    let lasting = [
        (t("一半不超过"), length(now.median), length(before.median)),
        (t("十分之九不超过"), length(now.ninetieth), length(before.ninetieth)),
        (t("应收（元）"), yuan(now.fen), yuan(before.fen)),
    ];
    panel(
        t("全部"),
        html! {},
        html! {
            table.plain-table {
                thead { tr {
                    th scope="col" { (t("口径")) } th.num scope="col" { (t("本期")) } th.num scope="col" { (t("上期")) }
                } }
                tbody {
                    @for mark in RepairMark::ALL {
                        tr {
                            td { (title(mark)) }
                            td.num { (linked(now.count(mark), &list_of(period, mark, ""))) }
                            td.num { (linked(before.count(mark), &list_of(&period.before(), mark, ""))) }
                        }
                    }
                    @for (words, now, before) in &lasting {
                        tr { td { (words) } td.num { (now) } td.num { (before) } }
                    }
                }
            }
        },
    )
}

/// What each repairer completed: a register, which a phone shows row by row.
fn workers(period: &Stretch, figures: &RepairFigures) -> Markup {
    let columns = [
        Column::new(t("维修员")),
        Column { right: true, ..Column::new(t("已完工")) },
        Column { right: true, minor: true, ..Column::new(t("一次修好")) },
        Column { right: true, minor: true, ..Column::new(t("验收不合格")) },
        Column { right: true, minor: true, ..Column::new(t("回访不满意")) },
        Column { right: true, minor: true, ..Column::new(t("平均用时")) },
        Column { right: true, minor: true, ..Column::new(t("应收（元）")) },
    ];
    let rows: Vec<Row> = figures
        .workers
        .iter()
        .map(|it| {
            let at = |mark: RepairMark, count: i64| linked(count, &list_of(period, mark, &it.worker));
            let cells = vec![
                html! { (it.name) },
                html! { (at(RepairMark::Completed, it.completed)) " " (t("件")) },
                at(RepairMark::FirstTime, it.first_time),
                at(RepairMark::Rework, it.rework),
                at(RepairMark::Dissatisfied, it.dissatisfied),
                html! { (Timing::length(it.seconds)) },
                html! { (yuan(it.fen)) },
            ];
            Row { cells, late: false, void: false }
        })
        .collect();
    Register {
        query: &format!("period={}", period.key()),
        ..Register::of(("workers", t("按维修员"), PATH), &columns, &rows, empty(t("这一期没有完工的。"), html! {}))
    }
    .render()
}

fn again(period: &Stretch, figures: &RepairFigures) -> Markup {
    let days = format!("&from={}&until={}", period.first, period.last);
    panel(
        t("同一处又报修的"),
        html! {},
        html! {
            @if figures.again.is_empty() { p.dim { (t("这一期没有重复的报修。")) } } @else {
                table.plain-table {
                    thead { tr { th scope="col" { (t("哪里")) } th.num scope="col" { (t("件数")) } } }
                    tbody {
                        @for it in &figures.again {
                            @let by = match it.household.as_str() {
                                "" => format!("place={}", escaped(&it.place)),
                                household => format!("household={}", escaped(household)),
                            };
                            tr {
                                td { (it.place) }
                                td.num { a href={ "/cases?kind=repair&" (by) (days) } { (it.count) } }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// Each figure as a line of a workbook.
fn lines(figures: &RepairFigures) -> Vec<Vec<String>> {
    let (now, before) = (&figures.now, &figures.before);
    let line = |words: &str, now: String, before: String| vec![words.to_owned(), now, before];
    let mut lines: Vec<Vec<String>> = RepairMark::ALL
        .into_iter()
        .map(|mark| line(title(mark), now.count(mark).to_string(), before.count(mark).to_string()))
        .collect();
    lines.push(line(t("一半不超过"), length(now.median), length(before.median)));
    lines.push(line(t("十分之九不超过"), length(now.ninetieth), length(before.ninetieth)));
    lines.push(line(t("应收（元）"), yuan(now.fen), yuan(before.fen)));
    for it in &figures.workers {
        lines.push(line(&it.name, it.completed.to_string(), String::new()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_one_decimal() {
        assert_eq!((share(2, 3), share(0, 3), share(3, 3)), ("66.6".into(), "0.0".into(), "100.0".into()));
        assert_eq!(share(0, 0), "暂无数据");
    }
}
