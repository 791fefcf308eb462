//! Reports on record (统计报告): which there are, how far each is, by when it is archived, which may be disposed of; and what the page
//! of one shows: the figures as they were approved beside those of now.

use std::collections::BTreeMap;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use journal::house::{Frozen, ReportRow};
use journal::reads::{CasePage, Stated};
use maud::{Markup, html};
use office::Refusal;
use office::act;
use office::statistics_report as report;
use office::stretch::{Length, Stretch};

use super::parts;
use super::show::{PATH, read};
use super::words::linked;
use crate::complaints::period::words;
use crate::components::field::command;
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, Tone, empty, panel, refusal, refused, tag};
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /reports/records`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    Ok(page(&here, None).await?.into_response())
}

/// `POST /reports/records`: begins the report of a period.
pub async fn begin(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(of) = Stretch::parse(filled.get("period")) else { return Ok(wrong::not_found()) };
    let sent = here.sent_for(filled.command(), report::DRAFTED)?;
    let done = here.house().open_report(sent, here.actor.clone(), of).await;
    match done.map_err(|fault| Fault::new("起草统计报告", fault))? {
        Ok(done) => {
            let to = format!("/cases/{}", done.answer.case);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(no) => Ok(refused(page(&here, Some(&no)).await?, &no)),
    }
}

/// Whether the visitor may begin a report.
fn may_begin(here: &Here) -> bool {
    here.viewer.grants.allow(Permission::CaseWork)
        && act::find(report::DRAFTED).is_some_and(|it| it.allowed(&here.actor.posts))
}

/// The button that begins the report of a period.
pub(super) fn button(here: &Here, of: &Stretch) -> Result<Markup, Fault> {
    if !may_begin(here) {
        return Ok(html! {});
    }
    Ok(html! {
        form.inline method="post" action="/reports/records" {
            (command(here.sent(None)?.command.as_str()))
            input type="hidden" name="period" value=(of.key());
            button.main { (crate::t!("起草{}", said(report::title(of.length), None))) }
        }
    })
}

async fn page(here: &Here, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let reports = here.house().reports(here.site, here.now).await.map_err(|fault| Fault::new("读取统计报告", fault))?;
    let names = here.names().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let today = timing.zone.date(here.now);
    let old: Vec<&ReportRow> = reports.iter().filter(|it| it.is_to_dispose(today)).collect();
    let rows: Vec<Row> = reports.iter().map(|it| line(it, &names, timing)).collect();
    let columns = [
        Column::new(t("报告|名单")),
        Column::new(t("编号")),
        Column { minor: true, ..Column::new(t("起草")) },
        Column { minor: true, ..Column::new(t("编写|报告")) },
        Column { minor: true, ..Column::new(t("报送")) },
        Column::new(t("批准|报告")),
        Column::new(t("归档|报告")),
        Column { minor: true, ..Column::new(t("保管到")) },
    ];
    let blank = t("还没有统计报告。周报、月报、季报到时由时钟起草，也可以在统计页按期间起草。");
    let table = Register::of(
        ("records", t("统计报告"), "/reports/records"),
        &columns,
        &rows,
        empty(blank, html! { a.button href=(PATH) { (t("看统计")) } }),
    );
    let last = [Length::Week, Length::Month, Length::Quarter].map(|length| Stretch::of(length, today).before());
    let wanted = last.iter().filter(|of| !reports.iter().any(|it| it.period == **of));
    let buttons = wanted.map(|of| Ok((words(of), button(here, of)?))).collect::<Result<Vec<_>, Fault>>()?;
    let body = html! {
        (parts(1))
        @if let Some(no) = no { (refusal(no)) }
        @if may_begin(here) && !buttons.is_empty() {
            p.ways { @for (words, button) in &buttons { span.dim { (words) } " " (button) " " } }
        }
        (table.render())
        p.ways { a href="/registers/statistics_report" { (t("登记簿和打印")) } }
        (panel(t("保管期满，可以提出销毁"), html! {}, html! {
            @if old.is_empty() { p.dim { (t("没有保管期满的。")) } }
            ul.rows { @for it in &old {
                li { a href={ "/cases/" (it.id) } { (it.number) " " (words(&it.period)) } }
            } }
        }))
    };
    let around = here.around().await?;
    let page = Page::new(t("统计报告"), Frame::Desk(Place::Reports, &around), body);
    Ok(Fragment(page.render()))
}

fn line(it: &ReportRow, names: &BTreeMap<String, String>, timing: Timing) -> Row {
    let [drafted, written, submitted, approved, archived] = it.steps;
    let day = |at: Option<calendar::Moment>| {
        html! { @match at { Some(at) => { (timing.time(at)) }, None => span.dim { "—" } } }
    };
    let late = it.is_late(timing.now);
    let cells = vec![
        html! { a href={ "/cases/" (it.id) } { (words(&it.period)) } " " span.dim { (said(report::title(it.period.length), None)) } },
        html! { span.nowrap { (it.number) } },
        day(drafted),
        day(written),
        day(submitted),
        html! { (day(approved)) " " span.dim { (names.get(&it.approved_by).unwrap_or(&it.approved_by)) } },
        html! {
            @match archived {
                Some(at) => { (timing.time(at)) @if late { " " (tag(t("迟归档"), Tone::Grave)) } },
                None if it.void => span.dim { (t("作废")) },
                None => {
                    (timing.due(DueAt { at: it.archive_by, end_of_day: true }))
                    @if late { " " (tag(t("已过期限"), Tone::Grave)) }
                },
            }
        },
        html! { @if let Some(until) = it.keep_until { (until) } @else { span.dim { "—" } } },
    ];
    Row { cells, late, void: it.void }
}

/// What the page of a report shows beside what is done: by when it is archived, and once approved its figures of then and now.
pub async fn beside(here: &Here, page: &CasePage) -> Result<Markup, Fault> {
    let Some(of) = report::period(&page.case).filter(|_| page.case.kind.id() == report::REGISTER) else {
        return Ok(html! {});
    };
    let reports = here.house().reports(here.site, here.now).await.map_err(|fault| Fault::new("读取统计报告", fault))?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let row = reports.iter().find(|it| it.id == page.case.id);
    let stood = read(here, &of).await?;
    let now = stood.stated(here.house().laws());
    let body = html! {
        p {
            a href={ (PATH) "?period=" (of.key()) } { (crate::t!("{} 的统计", words(&of))) } " "
            a href={ (PATH) "?period=" (of.key()) "&as=xlsx" } { "Excel" } " "
            a href={ (PATH) "?period=" (of.key()) "&as=pdf" } { "PDF" }
        }
        @if let Some(row) = row {
            p.small {
                (t("归档期限")) " " (timing.due(DueAt { at: row.archive_by, end_of_day: true }))
                @if row.is_late(here.now) { " " (tag(if row.steps[4].is_some() { t("迟归档") } else { t("已过期限") }, Tone::Grave)) }
                @if let Some(until) = row.keep_until { " · " (crate::t!("保管到 {}", until)) }
            }
        }
        @match Frozen::of(&page.case) {
            Some(frozen) => (compared(&of, &frozen, &now, timing)),
            None => p.dim { (t("批准时把当时的数字定下来；以后再看，旁边列出现在的数字。")) },
        }
    };
    Ok(panel(t("报告的数字"), html! {}, body))
}

/// The figures as approved beside those of now: what differs, then the rest.
fn compared(of: &Stretch, frozen: &Frozen, now: &[Stated], timing: Timing) -> Markup {
    let now_of = |id: &str| now.iter().find(|it| it.id == id).map_or(0, |it| it.value);
    let (differ, same): (Vec<&Stated>, Vec<&Stated>) = frozen.figures.iter().partition(|it| now_of(&it.id) != it.value);
    let later: Vec<&Stated> =
        now.iter().filter(|it| it.value != 0 && !frozen.figures.iter().any(|was| was.id == it.id)).collect();
    let lines = |rows: &[&Stated]| {
        html! {
            table.plain-table {
                thead { tr {
                    th scope="col" { (t("数字|报告")) } th.num scope="col" { (t("批准时")) } th.num scope="col" { (t("现在")) }
                } }
                tbody { @for it in rows { tr {
                    td.wrap { (said(&it.title, None)) }
                    td.num { (it.value) }
                    td.num { (linked(of, &it.id, now_of(&it.id))) }
                } } }
            }
        }
    };
    html! {
        p.small { (timing.time(frozen.at)) " " (crate::t!("批准时定下 {0} 个数字，算到日志第 {1} 条。", frozen.figures.len(), frozen.upto)) }
        @if differ.is_empty() && later.is_empty() { p { (t("现在的数字和批准时一样。")) } }
        @if !differ.is_empty() {
            p { (tag(t("批准以后又有变化"), Tone::Mind)) }
            (lines(&differ))
        }
        @if !later.is_empty() {
            p.small { (t("批准以后才有的：")) }
            ul.rows { @for it in &later { li.small { (said(&it.title, None)) " " (linked(of, &it.id, it.value)) } } }
        }
        @if !same.is_empty() {
            details.small { summary { (crate::t!("没有变的 {} 个", same.len())) } (lines(&same)) }
        }
    }
}

/// What the form of the text begins with: what stands there, else the figures of now in sentences.
pub async fn begun(here: &Here, page: &CasePage) -> Result<Filled, Fault> {
    let text = match (page.case.attributes.get(report::TEXT), report::period(&page.case)) {
        (Some(text), _) => text.clone(),
        (None, Some(of)) => read(here, &of).await?.draft(here.house().laws(), &of),
        (None, None) => String::new(),
    };
    Ok(Filled(vec![(report::TEXT.to_owned(), text)]))
}
