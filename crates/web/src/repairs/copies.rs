//! Third copies for finance (第三联移交): what lies at the desk goes over with one key and a list for both to sign; finance signs
//! for it with one.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::RepairRow;
use maud::{Markup, html};
use office::Refusal;
use office::case::ThirdCopy;
use office::money::yuan;

use crate::components::field::command;
use crate::components::{Timing, empty, icon, lucide, panel, refusal, refused};
use crate::entry::see;
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::Fault;
use crate::state::Here;

/// The stages that wait, in the order of the page.
const WAIT: [ThirdCopy; 2] = [ThirdCopy::Back, ThirdCopy::Sent];

/// `GET /repairs/copies`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    Ok(page(&here, &Filled(query), None).await?.into_response())
}

/// `POST /repairs/copies`: brings those that are ticked on, all or none.
pub async fn bring_on(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(from) = WAIT.into_iter().find(|it| it.id() == filled.get("from")) else { return Ok(wrong::not_found()) };
    let Some(act) = from.next() else { return Ok(wrong::not_found()) };
    let sent = here.sent_for(filled.command(), act)?;
    let ticked = filled.all("case");
    let rows = waiting(&here, from).await?.into_iter().filter(|row| ticked.contains(&row.case.id));
    let repairs = rows.map(|row| (row.case.id, row.case.number)).collect();
    let done = here.house().bring_copies_on(sent, here.actor.clone(), from, repairs).await;
    match done.map_err(|fault| Fault::new("移交第三联", fault))? {
        Ok(done) => Ok(see(&format!("/repairs/copies?{}={}", from.id(), done.answer))),
        Err(no) => Ok(refused(page(&here, &filled, Some(&no)).await?, &no)),
    }
}

async fn waiting(here: &Here, stage: ThirdCopy) -> Result<Vec<RepairRow>, Fault> {
    let rows = here.house().third_copies(here.site, stage).await;
    rows.map_err(|fault| Fault::new("读取第三联", fault))
}

async fn page(here: &Here, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let mut parts = Vec::new();
    for stage in WAIT {
        parts.push(part(here, stage, &waiting(here, stage).await?)?);
    }
    let told = |stage: ThirdCopy| Some(filled.get(stage.id())).filter(|it| !it.is_empty());
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        @if let Some(count) = told(ThirdCopy::Back) { p.told role="status" { (crate::t!("交出第三联 {} 张，请打印清单双方签字", count)) } }
        @if let Some(count) = told(ThirdCopy::Sent) { p.told role="status" { (crate::t!("财务签收第三联 {} 张", count)) } }
        @for part in &parts { (part) }
        p.on-paper { (t("交出人：　　　　　　　签收人：　　　　　　　日期：　　　　　　　")) }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("单据登记簿").to_owned(), path: "/forms?form=repair_slip".to_owned() }];
    let does = html! { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } };
    let page =
        Page {
            crumbs: &crumbs, does, ..Page::new(t("第三联移交财务"), Frame::Desk(Place::Cases, &around), body)
        };
    Ok(Fragment(page.render()))
}

/// One stage: its list, ticked, with the key that brings it on for whoever may.
fn part(here: &Here, stage: ThirdCopy, rows: &[RepairRow]) -> Result<Markup, Fault> {
    let fresh = here.sent(None)?;
    let act = stage.next().and_then(office::act::find).filter(|act| act.allowed(&here.actor.posts));
    let (title, nothing) = match stage {
        ThirdCopy::Back => (t("返了单，待交财务"), t("没有要交的第三联。")),
        _ => (t("交给财务，待签收"), t("没有要签收的第三联。")),
    };
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let sum: i64 = rows.iter().filter_map(|row| row.amount).sum();
    let list = html! {
        table.plain-table {
            thead { tr {
                @if act.is_some() { th { span.vh { (t("选")) } } }
                th { (t("编号")) } th { (t("地址")) } th { (t("维修员")) } th { (t("完工时间")) } th.num { (t("应收（元）")) }
            } }
            tbody {
                @for row in rows { tr {
                    @if act.is_some() { td { input type="checkbox" name="case" value=(row.case.id) checked aria-label=(row.case.number); } }
                    td { a.nowrap href={ "/cases/" (row.case.id) } { (row.case.number) } }
                    td { (row.case.place) }
                    td { (row.worker) }
                    td { @if let Some(at) = row.completed { (timing.time(at)) } }
                    td.num { @if let Some(fen) = row.amount { (yuan(fen)) } }
                } }
                tr {
                    @if act.is_some() { td {} }
                    td { b { (crate::t!("合计 {} 张", rows.len())) } } td {} td {} td {} td.num { b { (yuan(sum)) } }
                }
            }
        }
    };
    let body = match (rows.is_empty(), act) {
        (true, _) => empty(nothing, html! {}),
        (false, None) => list,
        (false, Some(act)) => html! {
            form method="post" action="/repairs/copies" {
                (command(fresh.command.as_str()))
                input type="hidden" name="from" value=(stage.id());
                (list)
                p.ways { button.main { (said(act.title, None)) } }
            }
        },
    };
    Ok(panel(title, html! {}, body))
}
