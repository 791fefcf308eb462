//! The import of the list (导入收费标准): upload, preview with the mapping of columns, and all good rows at once or none.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use courier::prices::{self, Column, Draft};
use maud::{Markup, html};
use office::Refusal;
use office::price::Price;

use super::list::cost;
use crate::components::refused;
use crate::entry::{fresh_command, see};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;
use crate::waiting::{self, Import, Reader, Waiting};

/// Good rows shown.
const GOOD_SHOWN: usize = 12;

type Seen = waiting::Seen<Column, Price>;

/// The import of the list.
pub struct Prices;

impl Import for Prices {
    type Column = Column;
    type Row = Price;
    const FORM: &'static str = "prices";
    const START: &'static str = "/prices/import";
    const PREVIEW: &'static str = "/prices/preview";
    const LEFT: &'static str = "/prices";

    fn reader(here: &Here) -> Reader<Column, Price> {
        let today = here.house().laws().zone.date(here.now);
        Box::new(move |sheet, mapped| prices::read_mapped(sheet, mapped, today))
    }

    async fn start(here: &Here, no: Option<&Refusal>) -> Result<Fragment, Fault> {
        upload_page(here, no).await
    }

    async fn preview(here: &Here, waiting: &Waiting, seen: &Seen, no: Option<&Refusal>) -> Result<Fragment, Fault> {
        preview(here, waiting, seen, no).await
    }
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

/// `POST /prices/import`: every good row in one transaction, or nothing.
pub async fn import(here: Here, filled: Filled) -> Result<Response, Fault> {
    let (waiting, seen) = match waiting::ready::<Prices>(&here).await? {
        Ok(ready) => ready,
        Err(answer) => return Ok(answer),
    };
    let rows = seen.draft.rows.iter().map(|(_, price)| price.clone()).collect();
    let done = here.house().import_prices(here.sent(filled.command())?, here.actor.clone(), rows).await;
    match done.map_err(|fault| Fault::new("导入收费标准", fault))? {
        Err(no) => Ok(refused(preview(&here, &waiting, &seen, Some(&no)).await?, &no)),
        Ok(done) => {
            waiting::forget(&here, Prices::FORM).await?;
            let told = done.answer;
            let (added, changed, same) = (told.added, told.changed, told.unchanged);
            Ok(see(&format!("/prices?added={added}&changed={changed}&unchanged={same}")))
        }
    }
}

async fn page(here: &Here, body: Markup) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("收费标准").to_owned(), path: "/prices".to_owned() }];
    let page =
        Page { crumbs: &crumbs, ..Page::new(t("导入收费标准"), Frame::Desk(Place::Prices, &around), body) };
    Ok(Fragment(page.render()))
}

async fn upload_page(here: &Here, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let says = t("Excel 或 CSV，最大 20 MB。先预览，确认以后才写入；再导一次不会重复。");
    page(here, waiting::choose("panel narrow", "/prices", (t("收费标准文件"), says), no)).await
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
