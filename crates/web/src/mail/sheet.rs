//! The sign-for sheet of a round (报刊签收表): a line a door with papers, copies and letters, space to sign, and a code that opens the
//! round on the phone. What was signed on the phone stands there already.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use journal::reads::MailRow;
use maud::html;

use super::round::known;
use super::words;
use crate::components::qr::qr;
use crate::components::{Timing, icon, lucide};
use crate::language::t;
use crate::page::{Frame, Page, wrong};
use crate::resident::address;
use crate::security::Fault;
use crate::state::Here;

/// Lines of a sheet.
const LINES: usize = 28;

/// `GET /mail/sheets/{day}/{slot}`.
pub async fn show(
    here: Here,
    Path((day, slot)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let Some(known) = known(&here, &day, &slot).await? else { return Ok(wrong::not_found()) };
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let settings = here.house().settings(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let setting =
        |name: &str| settings.iter().find(|row| row.name == name).map(|row| row.value.clone()).unwrap_or_default();
    let company = [setting("公司名称"), setting("小区名称")].join(" ");
    let due = words::due(&known.told, known.slot.1);
    let mut doors: BTreeMap<&str, Vec<&MailRow>> = BTreeMap::new();
    let gone = known.told.gone.iter().filter(|row| !row.is_express() && (due.is_none() || row.due == due));
    for row in words::of_round(&known.told, known.slot.1).into_iter().chain(gone) {
        doors.entry(words::to(row)).or_default().push(row);
    }
    let doors: Vec<(&str, Vec<&MailRow>)> = doors.into_iter().collect();
    let path = format!("/mail/rounds/{}/{}", known.day, known.slot.0);
    let slot = words::slot_word(known.slot.0).unwrap_or_default();
    let sheets = doors.len().div_ceil(LINES).max(1);
    let body = html! {
        p.print-bar {
            a.button href=(path) { (t("返回")) }
            button.main data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } }
        }
        @for sheet in 0..sheets {
            section.sheet.a4 {
                header {
                    div.numbers { p { b { (known.day) " " (slot) } } p { (crate::t!("第 {0} 张，共 {1} 张", sheet + 1, sheets)) }
                        @if let Some(due) = due { p { (crate::t!("{} 前送到", timing.clock(due))) } } }
                    div.name { p.company { (company.trim()) } h1 { (t("报刊签收表")) } }
                    (qr(&address(&here, &headers, &path), t("扫码在手机上签")))
                }
                table.grid {
                    thead { tr {
                        td width="18%" { (t("收件人")) }
                        td width="42%" { (t("报刊、邮件")) }
                        td width="22%" { (t("签收人")) }
                        td width="18%" { (t("签收|时间")) }
                    } }
                    tbody {
                        @for (place, rows) in doors.iter().skip(sheet * LINES).take(LINES) {
                            @let signed = rows.iter().find_map(|row| row.signed);
                            tr.one-line {
                                td { (place) }
                                td { (rows.iter().map(|row| words::what(&here, row)).collect::<Vec<_>>().join("；")) }
                                td { @if signed.is_some() { (rows.first().map_or("", |row| row.signer.as_str())) } }
                                td { @if let Some(at) = signed { (timing.clock(at)) } }
                            }
                        }
                        @if doors.is_empty() { tr.one-line { td colspan="4" { (t("这一班没有件。")) } } }
                    }
                }
                p.small { (t("请核对后签收；没有人在或拒收的，在签收栏写明原因，带回保管。")) }
            }
        }
    };
    Ok(Page::new(t("报刊签收表"), Frame::Paper, body).into_response())
}
