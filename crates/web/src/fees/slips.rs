//! The import of bank slips (导入银行回单): upload, preview with the mapping of columns, and all good rows at once or none.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use courier::slips::{self, Column, Draft, Slip};
use journal::CommandId;
use journal::house::FeeSlip;
use maud::{Markup, html};
use office::Refusal;
use office::money::yuan;

use crate::components::refused;
use crate::entry::{fresh_command, see};
use crate::language::t;
use crate::page::{Crumb, Fragment, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;
use crate::waiting::{self, Import, Reader, Waiting};

/// Good rows shown.
const GOOD_SHOWN: usize = 12;

type Seen = waiting::Seen<Column, Slip>;

/// The import of bank slips.
pub struct Slips;

impl Import for Slips {
    type Column = Column;
    type Row = Slip;
    const FORM: &'static str = "fee-slips";
    const START: &'static str = "/fees/slips/import";
    const PREVIEW: &'static str = "/fees/slips/preview";
    const LEFT: &'static str = "/fees";

    fn reader(_: &Here) -> Reader<Column, Slip> {
        Box::new(slips::read_mapped)
    }

    async fn start(here: &Here, no: Option<&Refusal>) -> Result<Fragment, Fault> {
        upload_page(here, no).await
    }

    async fn preview(here: &Here, waiting: &Waiting, seen: &Seen, no: Option<&Refusal>) -> Result<Fragment, Fault> {
        preview(here, waiting, seen, no).await
    }
}

/// `GET /fees/slips/import`.
pub async fn start(here: Here) -> Result<Response, Fault> {
    Ok(upload_page(&here, None).await?.into_response())
}

/// `GET /fees/slips/sample.xlsx`.
pub async fn sample() -> Result<Response, Fault> {
    let bytes = slips::sample().map_err(|error| Fault::new("制作样表", error))?;
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"slips-sample.xlsx\""),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}

/// `POST /fees/slips/import`: every good row in one transaction, or nothing; a file that was imported before is not again.
pub async fn import(here: Here) -> Result<Response, Fault> {
    let (waiting, seen) = match waiting::ready::<Slips>(&here).await? {
        Ok(ready) => ready,
        Err(answer) => return Ok(answer),
    };
    if let Some(bad) = seen.draft.bad.first() {
        let what = crate::t!("第 {} 行没有记下回单", bad.row);
        let no = Refusal::new(what, bad.reason.clone(), t("请改好文件再上传；有一行看不懂就一行也不记。"));
        return Ok(refused(preview(&here, &waiting, &seen, Some(&no)).await?, &no));
    }
    let rows = matched(&here, &seen.draft).await?;
    // The command is made of what the file says, so that the same slips are never entered twice.
    let site = here.site.to_string();
    let digest: Vec<String> = rows.iter().map(|it| format!("{it:?}")).collect();
    let said: Vec<&str> = ["slips", site.as_str()].into_iter().chain(digest.iter().map(String::as_str)).collect();
    let command = CommandId::of(&said);
    let sent = here.sent_for(Some(command.as_str()), office::fee_notice::SLIP)?;
    let done = here.house().enter_slips(sent, here.actor.clone(), rows).await;
    match done.map_err(|fault| Fault::new("记下银行回单", fault))? {
        Err(no) => Ok(refused(preview(&here, &waiting, &seen, Some(&no)).await?, &no)),
        Ok(done) if done.repeated => {
            let next = t("要记的是另一份，请换文件；记错的在那张通知单上更正。");
            let no = Refusal::new(t("没有再记"), t("这份文件已经导过"), next);
            Ok(refused(preview(&here, &waiting, &seen, Some(&no)).await?, &no))
        }
        Ok(done) => {
            waiting::forget(&here, Slips::FORM).await?;
            let told = done.answer;
            Ok(see(&format!("/fees?entered={}&sum={}&failed={}", told.entered, yuan(told.fen), told.failed)))
        }
    }
}

/// The slips, each with the household that its room names.
async fn matched(here: &Here, draft: &Draft) -> Result<Vec<FeeSlip>, Fault> {
    let mut rows = Vec::with_capacity(draft.rows.len());
    for (row, slip) in &draft.rows {
        let mut household = String::new();
        if slip.number.is_empty() {
            let hits = here.house().desk_search(here.site, slip.room.clone()).await;
            if let [only] = hits.map_err(|fault| Fault::new("查找住户", fault))?.as_slice() {
                household.clone_from(&only.id);
            }
        }
        rows.push(FeeSlip {
            row: *row,
            number: slip.number.clone(),
            room: slip.room.clone(),
            household,
            fen: slip.fen,
            deposited: slip.deposited.map(|it| it.to_string()).unwrap_or_default(),
            reference: slip.reference.clone(),
            failed: slip.failed.clone(),
        });
    }
    Ok(rows)
}

async fn page(here: &Here, body: Markup) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("收费").to_owned(), path: "/fees".to_owned() }];
    let page = Page { crumbs: &crumbs, ..Page::new(t("导入银行回单"), Frame::Desk(Place::Fees, &around), body) };
    Ok(Fragment(page.render()))
}

async fn upload_page(here: &Here, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let says = t(
        "Excel 或 CSV，最大 20 MB。按通知单编号或房号对应；先预览，有一行对不上就一行也不记；同一份文件再导一次不会重复。",
    );
    page(here, waiting::choose("panel narrow", "/fees/slips", (t("银行回单文件"), says), no)).await
}

async fn preview(here: &Here, waiting: &Waiting, seen: &Seen, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let good = seen.draft.rows.len();
    let preview = waiting::Preview {
        path: "/fees/slips",
        title: t("银行回单预览"),
        waiting,
        seen,
        good: crate::t!("{} 张回单可以记下", good),
        import: crate::t!("记下这 {} 张", good),
        skipped: crate::t!("{} 行合计之类的略过", seen.draft.skipped.len()),
        asks: html! {},
        rows: good_rows(&seen.draft),
        no,
    };
    page(here, preview.render(&fresh_command()?)).await
}

fn good_rows(draft: &Draft) -> Markup {
    html! {
        table.plain-table {
            thead { tr {
                th.num { (t("行")) } th { (t("编号")) " / " (t("房号")) } th.num { (t("金额（元）")) } th { (t("存款日期")) }
                th { (t("回单号")) } th { (t("结果")) }
            } }
            tbody { @for (number, slip) in draft.rows.iter().take(GOOD_SHOWN) { tr {
                td.num { (number) }
                td { (slip.number) (slip.room) }
                td.num { (yuan(slip.fen)) }
                td { @if let Some(day) = slip.deposited { (day) } }
                td { (slip.reference) }
                td { @if slip.failed.is_empty() { "✓" } @else { (slip.failed) } }
            } } }
        }
        @if draft.rows.len() > GOOD_SHOWN { p.dim { (crate::t!("只列出前 {} 行。", GOOD_SHOWN)) } }
    }
}
