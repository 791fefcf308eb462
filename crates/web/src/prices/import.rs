//! The import of the list (导入收费标准): upload, preview with the mapping of columns, and all good rows at once or none.

use axum::extract::Multipart;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use courier::prices::{self, Column, Draft};
use maud::{Markup, html};
use office::Refusal;
use office::price::Price;

use super::list::cost;
use crate::components::{refusal, refused};
use crate::entry::{fresh_command, see};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;
use crate::waiting::{self, Waiting};

/// The form under which the file waits.
const FORM: &str = "prices";
/// Good rows shown.
const GOOD_SHOWN: usize = 12;

type Seen = waiting::Seen<Column, Price>;

async fn see_beside(here: &Here, waiting: &Waiting) -> Result<Result<Seen, Refusal>, Fault> {
    let today = here.house().laws().zone.date(here.now);
    waiting::see(waiting, move |sheet, mapped| prices::read_mapped(sheet, mapped, today)).await
}

/// `GET /prices/import`.
pub async fn start(here: Here) -> Result<Response, Fault> {
    Ok(upload_page(&here, None).await?.into_response())
}

/// `GET /prices/sample.xlsx`.
pub async fn sample() -> Result<Response, Fault> {
    let bytes = prices::sample().map_err(|error| Fault::new("制作样表", error))?;
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"prices-sample.xlsx\""),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}

/// `POST /prices/upload`.
pub async fn upload(here: Here, parts: Multipart) -> Result<Response, Fault> {
    let waiting = match Waiting::of(parts).await {
        Ok(waiting) => waiting,
        Err(no) => return Ok(refused(upload_page(&here, Some(&no)).await?, &no)),
    };
    match see_beside(&here, &waiting).await? {
        Err(no) => Ok(refused(upload_page(&here, Some(&no)).await?, &no)),
        Ok(_) => {
            waiting::keep(&here, FORM, &waiting).await?;
            Ok(see("/prices/preview"))
        }
    }
}

/// `GET /prices/preview`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let Some(waiting) = waiting::find(&here, FORM).await? else { return Ok(see("/prices/import")) };
    match see_beside(&here, &waiting).await? {
        Err(no) => Ok(refused(upload_page(&here, Some(&no)).await?, &no)),
        Ok(seen) => Ok(preview(&here, &waiting, &seen, None).await?.into_response()),
    }
}

/// `POST /prices/preview`: another sheet, or other columns.
pub async fn map(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(mut waiting) = waiting::find(&here, FORM).await? else { return Ok(see("/prices/import")) };
    waiting.map(&filled);
    if let Err(no) = see_beside(&here, &waiting).await? {
        return Ok(refused(upload_page(&here, Some(&no)).await?, &no));
    }
    waiting::keep(&here, FORM, &waiting).await?;
    Ok(see("/prices/preview"))
}

/// `POST /prices/import`: every good row in one transaction, or nothing.
pub async fn import(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(waiting) = waiting::find(&here, FORM).await? else { return Ok(see("/prices/import")) };
    let seen = match see_beside(&here, &waiting).await? {
        Ok(seen) => seen,
        Err(no) => return Ok(refused(upload_page(&here, Some(&no)).await?, &no)),
    };
    let rows = seen.draft.rows.iter().map(|(_, price)| price.clone()).collect();
    let done = here.house().import_prices(here.sent(filled.command())?, here.actor.clone(), rows).await;
    match done.map_err(|fault| Fault::new("导入收费标准", fault))? {
        Err(no) => Ok(refused(preview(&here, &waiting, &seen, Some(&no)).await?, &no)),
        Ok(done) => {
            waiting::forget(&here, FORM).await?;
            let told = done.answer;
            let (added, changed, same) = (told.added, told.changed, told.unchanged);
            Ok(see(&format!("/prices?added={added}&changed={changed}&unchanged={same}")))
        }
    }
}

/// `POST /prices/give-up`.
pub async fn give_up(here: Here) -> Result<Response, Fault> {
    waiting::forget(&here, FORM).await?;
    Ok(see("/prices"))
}

async fn page(here: &Here, body: Markup) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("收费标准").to_owned(), path: "/prices".to_owned() }];
    let page =
        Page { crumbs: &crumbs, ..Page::new(t("导入收费标准"), Frame::Desk(Place::Prices, &around), body) };
    Ok(Fragment(page.render()))
}

async fn upload_page(here: &Here, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let body = html! {
        form.panel.narrow method="post" action="/prices/upload" enctype="multipart/form-data" {
            div.field {
                label for="upload" { (t("收费标准文件")) }
                input id="upload" type="file" name="upload" accept=".xlsx,.xls,.csv,.ods" required;
                p.says { (t("Excel 或 CSV，最大 20 MB。先预览，确认以后才写入；再导一次不会重复。")) }
            }
            @if let Some(no) = no { (refusal(no)) }
            p.ways {
                button.main { (t("上传并预览")) } " "
                a.button href="/prices/sample.xlsx" { (t("下载样表")) }
            }
        }
    };
    page(here, body).await
}

async fn preview(here: &Here, waiting: &Waiting, seen: &Seen, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let good = seen.draft.rows.len();
    let preview = waiting::Preview {
        path: "/prices",
        title: t("收费标准预览"),
        waiting,
        seen,
        good: crate::t!("{} 项可以导入", good),
        import: crate::t!("导入这 {} 项", good),
        skipped: crate::t!("{} 行标题、合计之类的略过", seen.draft.skipped.len()),
        asks: html! {},
        rows: good_rows(&seen.draft),
        no,
    };
    page(here, preview.render(&fresh_command()?)).await
}

fn good_rows(draft: &Draft) -> Markup {
    html! {
        div.scroll { table.plain-table {
            thead { tr {
                th.num { (t("行")) } th { (t("工种")) } th { (t("项目")) } th.num { (t("单价（元）")) } th { (t("生效")) }
            } }
            tbody { @for (number, price) in draft.rows.iter().take(GOOD_SHOWN) { tr {
                td.num { (number) }
                td { (said(&price.trade, None)) }
                td { b { (price.name) } }
                td.num { (cost(price)) }
                td { (price.from) @if let Some(until) = price.until { " " (crate::t!("到 {}", until)) } }
            } } }
        } }
        @if draft.rows.len() > GOOD_SHOWN { p.dim { (crate::t!("只列出前 {} 行。", GOOD_SHOWN)) } }
    }
}
