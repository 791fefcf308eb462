//! The import of a ledger (导入台账): upload, preview with the mapping of columns, and all good rows at once or none. The
//! file waits as a draft of who uploaded it.

use std::collections::BTreeSet;

use axum::extract::Multipart;
use axum::response::{IntoResponse, Response};
use courier::ledger::{Column, Draft, Sheet, read_mapped, sheets};
use maud::{Markup, html};
use office::Refusal;

use super::{fresh, households, page};
use crate::components::field::command;
use crate::components::panel;
use crate::components::refusal::{refusal, refused};
use crate::entry::see;
use crate::language::t;
use crate::page::{Filled, Fragment};
use crate::security::Fault;
use crate::state::Here;
use crate::waiting::{self, Waiting};

/// The form under which the file waits.
const FORM: &str = "ledger";
/// Good rows shown.
const GOOD_SHOWN: usize = 8;

/// What a waiting file holds.
struct Seen {
    names: Vec<String>,
    sheet: Sheet,
    draft: Draft,
}

fn seen(waiting: &Waiting) -> Result<Seen, Refusal> {
    let all = sheets(&waiting.bytes());
    let all = all.map_err(|no| Refusal::new("不能导入", no.0, "请换一个文件，或下载样表照着填。"))?;
    let names = all.iter().map(|sheet| sheet.name.clone()).collect();
    let Some(sheet) = all.into_iter().nth(waiting.sheet) else {
        return Err(Refusal::new("不能导入", "文件里没有内容", "请确认选对了文件。"));
    };
    let column = |heading: &str| Column::all().find(|column| column.heading() == heading);
    let mapped = waiting.mapped.iter().map(|(at, heading)| (*at, column(heading))).collect();
    let draft = read_mapped(&sheet, &mapped);
    Ok(Seen { names, sheet, draft })
}

/// Reading a workbook takes its time, so it is done beside the threads that answer.
async fn see_beside(waiting: Waiting) -> Result<Result<Seen, Refusal>, Fault> {
    let seen = tokio::task::spawn_blocking(move || seen(&waiting));
    seen.await.map_err(|error| Fault::new("读取台账", error))
}

/// `POST /settings/households/upload`.
pub async fn upload(here: Here, parts: Multipart) -> Result<Response, Fault> {
    let waiting = match Waiting::of(parts).await {
        Ok(waiting) => waiting,
        Err(no) => return Ok(refused(households::with_refusal(&here, &no).await?, &no)),
    };
    match see_beside(waiting.clone()).await? {
        Err(no) => Ok(refused(households::with_refusal(&here, &no).await?, &no)),
        Ok(_) => {
            waiting::keep(&here, FORM, &waiting).await?;
            Ok(see("/settings/households/preview"))
        }
    }
}

/// `GET /settings/households/preview`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let Some(waiting) = waiting::find(&here, FORM).await? else { return Ok(see("/settings/households")) };
    match see_beside(waiting.clone()).await? {
        Err(no) => Ok(refused(households::with_refusal(&here, &no).await?, &no)),
        Ok(seen) => Ok(preview(&here, &waiting, &seen, None).await?.into_response()),
    }
}

async fn preview(here: &Here, waiting: &Waiting, seen: &Seen, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    // A row may have several reasons.
    let rows: BTreeSet<usize> = seen.draft.bad.iter().map(|bad| bad.row).collect();
    let (good, bad) = (seen.draft.rows.len(), rows.len());
    let id = fresh()?;
    let summary = html! {
        p {
            b { (crate::t!("{} 户可以导入", good)) }
            @if bad > 0 { "，" b.late-words { (crate::t!("{} 行有问题，不会导入", bad)) } }
            @if !seen.draft.skipped.is_empty() { "，" (crate::t!("{} 行合计之类的略过", seen.draft.skipped.len())) }
            "。"
        }
        @if let Some(no) = no { (refusal(no)) }
        div.acts {
            @if good > 0 {
                form method="post" action="/settings/households/import" {
                    (command(&id))
                    button.main { (crate::t!("导入这 {} 户", good)) }
                }
            }
            form method="post" action="/settings/households/give-up" { button { (t("放弃导入")) } }
        }
    };
    let body = html! {
        (panel(t("台账预览"), html! { span.dim { (waiting.name) } }, summary))
        (panel(t("对应列"), html! {}, mapping(waiting, seen)))
        @if bad > 0 { (panel(t("有问题的行"), html! { span.dim { (bad) } }, waiting::bad_rows(&seen.draft.bad))) }
        @if good > 0 { (panel(t("可以导入的行"), html! { span.dim { (good) } }, good_rows(&seen.draft))) }
    };
    page(here, 3, body).await
}

fn mapping(waiting: &Waiting, seen: &Seen) -> Markup {
    let taken = seen.draft.headings.iter().map(|it| (it.at, it.written.as_str(), it.column.map(Column::heading)));
    waiting::Mapping {
        path: "/settings/households/preview",
        waiting,
        names: &seen.names,
        sheet: &seen.sheet,
        head: seen.draft.head_row,
        headings: taken.collect(),
        choices: Column::all().map(Column::heading).collect(),
    }
    .render()
}

fn good_rows(draft: &Draft) -> Markup {
    html! {
        div.scroll { table.plain-table {
            thead { tr { th.num { (t("行")) } th { (t("房号")) } th { (t("住户")) } th { (t("电话")) } th { (t("车牌")) } } }
            tbody { @for (number, row) in draft.rows.iter().take(GOOD_SHOWN) { tr {
                td.num { (number) }
                td { b { (row.room) } }
                td { (row.people.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join("、")) }
                td { (row.people.iter().flat_map(|it| it.phones.clone()).collect::<Vec<_>>().join("、")) }
                td { (row.plates.join("、")) }
            } } }
        } }
        @if draft.rows.len() > GOOD_SHOWN { p.dim { (crate::t!("只列出前 {} 行。", GOOD_SHOWN)) } }
    }
}

/// `POST /settings/households/preview`: another sheet, or other columns. The columns of another sheet are read anew.
pub async fn map(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(mut waiting) = waiting::find(&here, FORM).await? else { return Ok(see("/settings/households")) };
    waiting.map(&filled);
    if let Err(no) = see_beside(waiting.clone()).await? {
        return Ok(refused(households::with_refusal(&here, &no).await?, &no));
    }
    waiting::keep(&here, FORM, &waiting).await?;
    Ok(see("/settings/households/preview"))
}

/// `POST /settings/households/import`: every good row in one transaction, or nothing.
pub async fn import(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(waiting) = waiting::find(&here, FORM).await? else { return Ok(see("/settings/households")) };
    let seen = match see_beside(waiting.clone()).await? {
        Ok(seen) => seen,
        Err(no) => return Ok(refused(households::with_refusal(&here, &no).await?, &no)),
    };
    let rows = seen.draft.rows.iter().map(|(_, row)| row.clone()).collect();
    let done = here.house().import_households(here.sent(filled.command())?, rows).await;
    match done.map_err(|fault| Fault::new("导入台账", fault))? {
        Err(no) => Ok(refused(preview(&here, &waiting, &seen, Some(&no)).await?, &no)),
        Ok(done) => {
            waiting::forget(&here, FORM).await?;
            let told = done.answer;
            let (added, changed, same) = (told.added, told.changed, told.unchanged);
            Ok(see(&format!("/settings/households?added={added}&changed={changed}&unchanged={same}")))
        }
    }
}

/// `POST /settings/households/give-up`.
pub async fn give_up(here: Here) -> Result<Response, Fault> {
    waiting::forget(&here, FORM).await?;
    Ok(see("/settings/households"))
}
