//! The household ledger (住户台账): how many are on file, the list, the sample workbook, the upload.

use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::Refusal;
use serde::Deserialize;

use super::{page, works};
use crate::components::{empty, panel};
use crate::language::{said, t};
use crate::page::Fragment;
use crate::security::Fault;
use crate::state::Here;
use crate::waiting;

/// Rows of a page.
const SHOWN: i64 = 100;

/// The query: where the list begins, and what an import did.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct From {
    after: String,
    added: Option<i64>,
    changed: Option<i64>,
    unchanged: Option<i64>,
    kept: Option<i64>,
}

/// `GET /settings/households`.
pub async fn show(here: Here, Query(from): Query<From>) -> Result<Response, Fault> {
    Ok(shown(&here, &from, None).await?.into_response())
}

/// The page on which a file is chosen, with the refusal of the last.
pub async fn page_with(here: &Here, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    shown(here, &From::default(), no).await
}

async fn shown(here: &Here, from: &From, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let read = |fault| Fault::new("读取住户台账", fault);
    let count = here.house().household_count(here.site).await.map_err(read)?;
    let rows = here.house().households(here.site, from.after.clone(), SHOWN).await.map_err(read)?;
    let more = i64::try_from(rows.len()).is_ok_and(|it| it == SHOWN);
    let last = rows.last().map(|row| row.1.clone()).unwrap_or_default();
    let list = panel(
        t("住户台账"),
        html! { span.dim { (crate::t!("{} 户", count)) } },
        html! {
            @if let (Some(added), Some(changed), Some(same)) = (from.added, from.changed, from.unchanged) {
                p role="status" {
                    (crate::t!("已导入：新增 {0} 户，更新 {1} 户，没有变化 {2} 户。", added, changed, same))
                    @if let Some(kept) = from.kept { " " (crate::t!("{} 户保留了过户以后的业主。", kept)) }
                }
            }
            @if rows.is_empty() {
                (empty(t("还没有住户。导入台账后，前台按房号、姓名、电话、车牌都能找到人。"), html! {}))
            } @else {
                div.scroll { table.plain-table {
                    thead { tr { th { (t("房号")) } th { (t("类型")) } th { (t("住户")) } } }
                    tbody { @for (_, words, kind, name) in &rows {
                        tr { td { b { (words) } } td.dim { (said(kind, None)) } td { (name) } }
                    } }
                } }
                @if more { p.foot { a href={ "/settings/households?after=" (crate::page::escaped(&last)) } { (t("下一页")) } } }
            }
        },
    );
    let body = html! {
        @if works(here) { (panel(t("导入台账"), html! {}, upload(no))) }
        (list)
    };
    page(here, 3, body).await
}

fn upload(no: Option<&Refusal>) -> Markup {
    let says = t("Excel 或 CSV，最大 20 MB。先预览，确认以后才写入；再导一次不会重复。");
    waiting::choose("", "/settings/households", (t("业主台账文件"), says), no)
}

/// `GET /settings/households/sample.xlsx`.
pub async fn sample() -> Result<Response, Fault> {
    let bytes = courier::ledger::sample().map_err(|error| Fault::new("制作样表", error))?;
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"households-sample.xlsx\""),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}
