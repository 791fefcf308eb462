//! The share of late entries per post (补录比例): who writes down later than things happen.

use axum::response::{IntoResponse, Response};
use maud::html;

use super::page;
use crate::components::{empty, panel};
use crate::entry::posts;
use crate::language::t;
use crate::security::Fault;
use crate::state::Here;

/// `GET /settings/late`: this month.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let laws = here.house().laws();
    let month = laws.zone.date(here.now).strftime("%Y-%m").to_string();
    let rows = here.house().late_entries(here.site, month.clone()).await;
    let rows = rows.map_err(|fault| Fault::new("读取补录比例", fault))?;
    let body = panel(
        t("补录比例"),
        html! { span.dim { (month) } },
        html! {
            p.dim { (t("发生以后隔一段时间才录入的算补录；多长算晚，由设置“补录须写原因”定。")) }
            @if rows.is_empty() { (empty(t("这个月还没有记录。"), html! {})) } @else {
                div.scroll { table.plain-table {
                    thead { tr { th { (t("岗位")) } th.num { (t("记录")) } th.num { (t("补录")) } th.num { (t("比例")) } } }
                    tbody { @for (post, entries, late) in &rows { tr {
                        td { (posts::word(laws, post)) }
                        td.num { (entries) }
                        td.num { (late) }
                        td.num { (share(*late, *entries)) }
                    } } }
                } }
            }
        },
    );
    Ok(page(&here, 4, body).await?.into_response())
}

/// A share in percent with one place, rounded half up; a dash over nothing.
pub fn share(part: i64, whole: i64) -> String {
    match whole {
        ..=0 => "—".to_owned(),
        _ => {
            let tenths = (part * 2_000 + whole) / (2 * whole);
            format!("{}.{} %", tenths / 10, tenths % 10)
        }
    }
}
