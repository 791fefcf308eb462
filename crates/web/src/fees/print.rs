//! The notices of a month on paper (整月通知单): three to an A4, by walking order, some hundred at a time; and the delivery list.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::month::state_of;
use super::{month_asked, month_in_words};
use crate::components::{icon, lucide};
use crate::language::t;
use crate::page::{Filled, Fragment, Frame, Page};
use crate::papers::sheets_of;
use crate::security::Fault;
use crate::state::Here;

/// `GET /fees/print?month=2026-10-31&state=undelivered&after=…`: printed notices only.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let query = Filled(query);
    let day = month_asked(&here, query.get("month")).to_string();
    let (state, after) = (state_of(query.get("state")), query.get("after").to_owned());
    let read = |fault| Fault::new("读取通知单", fault);
    let (rows, next) = here.house().fee_notices(here.site, day.clone(), state, after).await.map_err(read)?;
    let printed = rows.iter().filter(|it| it.printed.is_some()).map(|it| it.case.as_str());
    let sheets = sheets_of(&here, printed, "fee_notice", "A4三分").await?;
    let words = crate::t!("{0}，{1} 张", month_in_words(&day), sheets.len());
    let body = html! {
        div.print-bar {
            a.button href={ "/fees?month=" (day) } { (t("返回")) }
            span { (words) }
            @if let Some(next) = &next {
                a href={ "/fees/print?month=" (day) "&state=" (query.get("state")) "&after=" (crate::page::escaped(next)) } { (t("下一页")) }
            }
            button.main data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } }
        }
        @for sheet in &sheets { (sheet) }
    };
    Ok(Fragment(Page::new(&month_in_words(&day), Frame::Paper, body).render()).into_response())
}
