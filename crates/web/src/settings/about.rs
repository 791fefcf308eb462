//! How the house stands (自检): edition, books, calendar, connection, texts without English.

use axum::response::{IntoResponse, Response};
use maud::html;

use super::page;
use crate::components::{facts, panel};
use crate::language::{self, t};
use crate::security::Fault;
use crate::state::Here;

/// `GET /settings/about`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let read = |fault| Fault::new("读取自检", fault);
    let law = here.house().law(here.site).await.map_err(read)?;
    let households = here.house().household_count(here.site).await.map_err(read)?;
    let staff = here.house().staff(here.site).await.map_err(read)?;
    let laws = here.house().laws();
    let today = laws.zone.date(here.now);
    let known = law.calendar.missing_years(today, today).is_empty();
    let adopted = law.charter.adopted(here.now).count();
    let missing = language::missing();
    let finder = here.web.fonts.clone();
    let font = tokio::task::spawn_blocking(move || finder.get()).await.map_err(|fault| Fault::new("找字体", fault))?;
    let body = panel(
        t("自检"),
        html! {},
        facts(&[
            (t("版本"), html! { (env!("CARGO_PKG_VERSION")) }),
            (t("采用的规程"), html! { (crate::t!("{0} 部，共 {1} 部可用", adopted, laws.shipped.len())) }),
            (t("住户台账"), html! { (crate::t!("{} 户", households)) }),
            (t("账号"), html! { (crate::t!("{} 个", staff.len())) }),
            (
                t("放假与调休日历"),
                html! {
                    @if known { (crate::t!("{} 年的通知已收录", today.year())) }
                    @else {
                        a href={ "/duty/calendar?year=" (today.year()) } {
                            strong { (crate::t!("没有 {} 年的通知，工作日按周一至周五算，可能不准", today.year())) }
                        }
                    }
                },
            ),
            (t("日志已记到"), html! { (crate::t!("第 {} 条", here.house().store().head_hint(here.site))) }),
            (
                t("连接"),
                html! {
                    @if here.way.https { "https" } @else { "http " a href="/tls" { (t("安装证书")) } }
                },
            ),
            (
                t("PDF 归档件的字体"),
                html! {
                    @match &font {
                        Ok(fonts) => { (fonts.name()) " " span.small.dim { (fonts.path().display()) } }
                        Err(_) => strong { (crate::t!("没有找到，做不了 PDF；安装 {} 或在配置里写 font", courier::pdf::PACKAGE)) }
                    }
                },
            ),
            (
                t("时钟"),
                html! {
                    @if here.web.manual_clock.is_some() { (t("手动，仅供演示")) } @else { (t("随系统")) }
                },
            ),
            (t("还没有英文的文字"), html! { (missing.len()) @for text in missing.iter().take(20) { br; (text) } }),
        ]),
    );
    Ok(page(&here, 5, body).await?.into_response())
}
