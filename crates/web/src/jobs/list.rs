//! My jobs (我的任务): soonest first, each with its room, its light and the next step.

use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use journal::reads::CaseRow;
use maud::{Markup, html};
use office::case::Case;

use super::way;
use crate::components::icon::{icon, lucide};
use crate::components::{Timing, Tone, empty, tag};
use crate::language::{said, t};
use crate::page::{Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Rows whose next step is looked up; beyond it only the light tells.
const LOOKED_UP: usize = 30;

/// `GET /jobs`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let read = |fault: journal::Fault| Fault::new("读取我的任务", fault);
    let rows = here.house().jobs(here.site, here.actor.account.clone()).await.map_err(read)?;
    let work = here.house().my_work(here.site, &here.actor.account, &here.actor.posts, here.now).await.map_err(read)?;
    // What a clause still asks of the worker after the last step.
    let owed = |id: &str| {
        let hard = work.owed.iter().find(|it| it.case == id && it.due.is_some() && !it.soft);
        hard.and_then(|it| it.must.first()).map(|act| said(&here.house().laws().word(act), None).into_owned())
    };
    let mut nexts = Vec::new();
    for row in rows.iter().take(LOOKED_UP) {
        let case = here.house().case(here.site, row.id.clone()).await.map_err(read)?;
        let step = |case: &Case| match case.kind.is_record() {
            true => order_step(case),
            false => way::next(case).map(|leg| t(leg.words).to_owned()),
        };
        nexts.push(case.as_ref().and_then(step).or_else(|| owed(&row.id)));
    }
    // Who has done every step of a job still has its name on it until it is closed; that is not today's work.
    let (open, done): (Vec<_>, Vec<_>) =
        rows.iter().enumerate().map(|(n, row)| (row, nexts.get(n))).partition(|(_, next)| *next != Some(&None));
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let around = here.around().await?;
    let body = html! {
        div #jobs data-live="jobs dispatch" {
            @if rows.is_empty() {
                (empty(t("手上没有任务。派给您的单子会出现在这里。"), board(&here)))
            } @else {
                ol.jobs { @for (row, next) in &open { (job(row, next.and_then(Option::as_deref), true, timing)) } }
                @if open.is_empty() { p.dim { (t("手上的都做完了。")) } }
                @if !done.is_empty() {
                    details.aside {
                        summary { (t!("做完的 {} 单，等回访、收费或结案", done.len())) }
                        ol.jobs { @for (row, _) in &done { (job(row, None, false, timing)) } }
                    }
                }
            }
        }
        (offline_note())
    };
    let words = t!("{} 单", open.len());
    let page = Page {
        beside: html! { span.dim { (words) } },
        ..Page::new(t("我的任务"), Frame::Phone(Place::Jobs, &around), body)
    };
    Ok(page.into_response())
}

/// Why nothing works without network, where it does not; the script shows it.
fn offline_note() -> Markup {
    html! {
        p.small.dim data-no-offline hidden {
            (icon(lucide::LuWifiOff)) " "
            (t("这个地址不能离线记步骤：浏览器只在 https 或本机上允许。没有网络时请先记在纸上，回来补记。"))
        }
    }
}

fn board(here: &Here) -> Markup {
    html! {
        @if here.viewer.grants.allow(Permission::DispatchView) { a.button href="/dispatch" { (t("看调度")) } }
    }
}

/// What a work order (工作单) asks of its receiver next: to sign for it, to do it, to hand it in.
fn order_step(case: &Case) -> Option<String> {
    let ahead = ["order.signed_for", "order.finished", "order.handed_in"].into_iter().find(|act| !case.has(act));
    ahead.and_then(office::act::find).map(|act| said(act.title, None).into_owned())
}

/// Where a job is worked on: step by step, or, an order of another kind, on its own page.
fn path(row: &CaseRow) -> String {
    format!("/{}/{}", if row.kind.is_record() { "cases" } else { "jobs" }, row.id)
}

fn job(row: &CaseRow, next: Option<&str>, owes: bool, timing: Timing) -> Markup {
    // Of a job that asks nothing more of the worker, the limit is somebody else's.
    let due = row.next_due.filter(|_| owes).map(|at| DueAt { at, end_of_day: row.next_due_end_of_day });
    html! {
        li {
            a href=(path(row)) data-keep[!row.kind.is_record()] {
                div.line {
                    b.place { @if row.place.is_empty() { (row.number) } @else { (row.place) } }
                    @if let Some(due) = due { (timing.light(row.opened, due)) }
                }
                div { (row.title) }
                div.line.small.dim {
                    span {
                        (said(row.kind.title(), None)) " " (row.number)
                        @if row.urgent { " " (tag(t("紧急"), Tone::Grave)) }
                        @if row.chased > 0 { " " (tag(&t!("催过 {} 次", row.chased), Tone::Mind)) }
                    }
                    @if let Some(at) = row.appointment { span { (t("预约")) " " (timing.said(at)) } }
                }
                @if let Some(next) = next { div.next { (t("下一步")) " " b { (next) } (icon(lucide::LuChevronRight)) } }
            }
        }
    }
}
