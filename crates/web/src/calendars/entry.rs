//! One entry in the calendar (年历的一次改动): what was settled, by whom and when, and which open limits it moved.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::html;
use office::site::CalendarTold;

use super::{crumbs, moved, orderer, settled};
use crate::components::{Timing, facts, icon, lucide, panel};
use crate::language::t;
use crate::page::{Frame, Page, Place, wrong};
use crate::security::Fault;
use crate::state::Here;

/// `GET /duty/calendar/entries/{seq}`.
pub async fn show(here: Here, Path(seq): Path<String>) -> Result<Response, Fault> {
    let Ok(seq) = seq.parse::<i64>() else { return Ok(wrong::not_found()) };
    let found = here.house().calendar_moves(here.site, seq).await;
    let Some((entry, moves)) = found.map_err(|fault| Fault::new("读取年历改动", fault))? else {
        return Ok(wrong::not_found());
    };
    let names = here.names().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let (year, title) = match &entry.told {
        CalendarTold::Notice(notice) => {
            (notice.year, crate::t!("录入 {0} 年放假通知：{1}", notice.year, notice.cited()))
        }
        CalendarTold::Day(order) => (order.date.year(), format!("{} {}", order.date, settled(order))),
    };
    let why = match &entry.told {
        CalendarTold::Notice(notice) => html! { (notice.title) " " span.dim { (notice.date) " " (notice.source) } },
        CalendarTold::Day(order) => html! { (order.why) },
    };
    let body = html! {
        (panel(t("这一次"), html! {}, facts(&[
            (t("依据"), why),
            (t("管到哪里"), html! { (orderer(entry.by)) }),
            (t("谁定的"), html! { (names.get(&entry.account).unwrap_or(&entry.account)) }),
            (t("什么时候"), html! { (timing.exact(entry.at)) }),
        ])))
        (panel(t("改动的时限"), html! { span.dim { (moves.len()) } }, moved(&here, &moves)))
        p.small.dim { (t("这以前办完的，仍按当时的日历算和解释。")) }
    };
    let around = here.around().await?;
    let does = html! { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } };
    let page = Page { crumbs: &crumbs(year), does, ..Page::new(&title, Frame::Desk(Place::Duty, &around), body) };
    Ok(page.into_response())
}
