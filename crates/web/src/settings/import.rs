//! The import of a ledger (导入台账): upload, preview with the mapping of columns, and all good rows at once or none. The
//! file waits as a draft of who uploaded it.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Multipart;
use axum::response::{IntoResponse, Response};
use courier::ledger::{Column, Draft, Sheet, read_mapped, sheets};
use journal::kept::drafts::Draft as Kept;
use maud::{Markup, html};
use office::Refusal;
use serde::{Deserialize, Serialize};

use super::{fresh, households, page};
use crate::components::field::command;
use crate::components::panel;
use crate::components::refusal::{refusal, refused};
use crate::entry::see;
use crate::language::{said, t};
use crate::page::{Filled, Fragment};
use crate::security::Fault;
use crate::state::Here;

/// The form under which the file waits.
const FORM: &str = "ledger";
/// Bad rows shown at once.
const BAD_SHOWN: usize = 300;
/// Good rows shown.
const GOOD_SHOWN: usize = 8;

/// The waiting file.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Waiting {
    name: String,
    hex: String,
    sheet: usize,
    /// Column of the sheet → heading of the ledger; empty is not imported.
    mapped: BTreeMap<usize, String>,
}

/// What a waiting file holds.
struct Seen {
    names: Vec<String>,
    sheet: Sheet,
    draft: Draft,
}

impl Waiting {
    fn see(&self) -> Result<Seen, Refusal> {
        let bytes: Vec<u8> = self
            .hex
            .as_bytes()
            .chunks_exact(2)
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        let all = sheets(&bytes).map_err(|no| Refusal::new("不能导入", no.0, "请换一个文件，或下载样表照着填。"))?;
        let names = all.iter().map(|sheet| sheet.name.clone()).collect();
        let Some(sheet) = all.into_iter().nth(self.sheet) else {
            return Err(Refusal::new("不能导入", "文件里没有内容", "请确认选对了文件。"));
        };
        let column = |heading: &str| Column::all().find(|column| column.heading() == heading);
        let mapped = self.mapped.iter().map(|(at, heading)| (*at, column(heading))).collect();
        let draft = read_mapped(&sheet, &mapped);
        Ok(Seen { names, sheet, draft })
    }
}

/// Reading a workbook takes its time, so it is done beside the threads that answer.
async fn see_beside(waiting: Waiting) -> Result<Result<Seen, Refusal>, Fault> {
    let seen = tokio::task::spawn_blocking(move || waiting.see());
    seen.await.map_err(|error| Fault::new("读取台账", error))
}

async fn keep(here: &Here, waiting: &Waiting) -> Result<(), Fault> {
    let body = serde_json::to_string(waiting).map_err(|error| Fault::new("保存台账草稿", error))?;
    let kept = Kept {
        account: here.actor.account.clone(),
        form: FORM.into(),
        subject: here.site.to_string(),
        body,
        at: here.now,
    };
    here.house().store().put_draft(kept).await.map_err(|fault| Fault::new("保存台账草稿", fault))
}

async fn waiting(here: &Here) -> Result<Option<Waiting>, Fault> {
    let site = here.site.to_string();
    let kept = here.house().store().draft(&here.actor.account, FORM, &site).await;
    let kept = kept.map_err(|fault| Fault::new("读取台账草稿", fault))?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept.body).ok()))
}

async fn forget(here: &Here) -> Result<(), Fault> {
    let site = here.site.to_string();
    let dropped = here.house().store().drop_draft(&here.actor.account, FORM, &site).await;
    dropped.map_err(|fault| Fault::new("删除台账草稿", fault))
}

/// `POST /settings/households/upload`.
pub async fn upload(here: Here, mut parts: Multipart) -> Result<Response, Fault> {
    let broken = || {
        let next = t("请再选一次文件；超过 20 MB 的请按楼栋分开。");
        Refusal::new(t("不能导入"), t("文件没有传完整，或者太大"), next)
    };
    let mut waiting = Waiting::default();
    loop {
        match parts.next_field().await {
            Ok(None) => break,
            Ok(Some(field)) if field.name() == Some("upload") => {
                waiting.name = field.file_name().unwrap_or_default().chars().take(120).collect();
                let Ok(bytes) = field.bytes().await else {
                    let no = broken();
                    return Ok(refused(households::with_refusal(&here, &no).await?, &no));
                };
                waiting.hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            }
            Ok(Some(_)) => {}
            Err(_) => {
                let no = broken();
                return Ok(refused(households::with_refusal(&here, &no).await?, &no));
            }
        }
    }
    match see_beside(waiting.clone()).await? {
        Err(no) => Ok(refused(households::with_refusal(&here, &no).await?, &no)),
        Ok(_) => {
            keep(&here, &waiting).await?;
            Ok(see("/settings/households/preview"))
        }
    }
}

/// `GET /settings/households/preview`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let Some(waiting) = waiting(&here).await? else { return Ok(see("/settings/households")) };
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
        @if bad > 0 { (panel(t("有问题的行"), html! { span.dim { (bad) } }, bad_rows(&seen.draft))) }
        @if good > 0 { (panel(t("可以导入的行"), html! { span.dim { (good) } }, good_rows(&seen.draft))) }
    };
    page(here, 3, body).await
}

fn mapping(waiting: &Waiting, seen: &Seen) -> Markup {
    let head = seen.draft.head_row;
    let example = |at: usize| {
        let cells = seen.sheet.rows.iter().skip(head).filter_map(|row| row.get(at));
        let shown: Vec<String> = cells.map(|cell| cell.text()).filter(|text| !text.is_empty()).take(2).collect();
        shown.join("、")
    };
    html! {
        form method="post" action="/settings/households/preview" {
            @if seen.names.len() > 1 {
                p { label { (t("工作表")) " "
                    select name="sheet" {
                        @for (n, name) in seen.names.iter().enumerate() {
                            option value=(n) selected[n == waiting.sheet] { (name) }
                        }
                    }
                } }
            }
            @if head > 0 { p.dim { (crate::t!("表头在第 {} 行。", head)) } }
            div.scroll { table.plain-table {
                thead { tr { th { (t("文件里的列")) } th { (t("例")) } th { (t("当作")) } } }
                tbody { @for heading in &seen.draft.headings { tr {
                    td { (heading.written) }
                    td.dim { (example(heading.at)) }
                    td { select name={ "col-" (heading.at) } aria-label=(heading.written) {
                        option value="" selected[heading.column.is_none()] { (t("不导入")) }
                        @for column in Column::all() {
                            option value=(column.heading()) selected[heading.column == Some(column)] {
                                (said(column.heading(), None))
                            }
                        }
                    } }
                } } }
            } }
            p.ways { button { (t("按这样重新读")) } }
        }
    }
}

fn bad_rows(draft: &Draft) -> Markup {
    html! {
        div.scroll { table.plain-table {
            thead { tr { th.num { (t("行")) } th { (t("列")) } th { (t("内容")) } th { (t("为什么不行，怎么改")) } } }
            tbody { @for bad in draft.bad.iter().take(BAD_SHOWN) { tr {
                td.num { (bad.row) }
                td { (said(&bad.column, None)) }
                td { (bad.shown) }
                td { (said(&bad.reason, None)) }
            } } }
        } }
        @if draft.bad.len() > BAD_SHOWN { p.dim { (crate::t!("只列出前 {} 条。", BAD_SHOWN)) } }
    }
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
    let Some(mut waiting) = waiting(&here).await? else { return Ok(see("/settings/households")) };
    let sheet = filled.get("sheet").parse().unwrap_or(waiting.sheet);
    waiting.mapped = match sheet == waiting.sheet {
        false => BTreeMap::new(),
        true => {
            let columns = filled.0.iter().filter_map(|(name, value)| Some((name.strip_prefix("col-")?, value)));
            columns.filter_map(|(at, heading)| Some((at.parse().ok()?, heading.clone()))).collect()
        }
    };
    waiting.sheet = sheet;
    if let Err(no) = see_beside(waiting.clone()).await? {
        return Ok(refused(households::with_refusal(&here, &no).await?, &no));
    }
    keep(&here, &waiting).await?;
    Ok(see("/settings/households/preview"))
}

/// `POST /settings/households/import`: every good row in one transaction, or nothing.
pub async fn import(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(waiting) = waiting(&here).await? else { return Ok(see("/settings/households")) };
    let seen = match see_beside(waiting.clone()).await? {
        Ok(seen) => seen,
        Err(no) => return Ok(refused(households::with_refusal(&here, &no).await?, &no)),
    };
    let rows = seen.draft.rows.iter().map(|(_, row)| row.clone()).collect();
    let done = here.house().import_households(here.sent(filled.command())?, rows).await;
    match done.map_err(|fault| Fault::new("导入台账", fault))? {
        Err(no) => Ok(refused(preview(&here, &waiting, &seen, Some(&no)).await?, &no)),
        Ok(done) => {
            forget(&here).await?;
            let told = done.answer;
            let (added, changed, same) = (told.added, told.changed, told.unchanged);
            Ok(see(&format!("/settings/households?added={added}&changed={changed}&unchanged={same}")))
        }
    }
}

/// `POST /settings/households/give-up`.
pub async fn give_up(here: Here) -> Result<Response, Fault> {
    forget(&here).await?;
    Ok(see("/settings/households"))
}
