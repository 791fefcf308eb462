//! What left and what did not (发出的消息): the outbox of the site, the latest first, with why a message did not leave.

use axum::response::{IntoResponse, Response};
use journal::kept::deliveries::Delivery;
use maud::{Markup, html};

use super::parts;
use crate::components::register::{Column, Register, Row};
use crate::components::{Lamp, Timing, empty, panel};
use crate::language::{said, t};
use crate::page::{Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// Messages shown.
const SHOWN: i64 = 100;

/// `GET /reports/sent`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let read = |fault| Fault::new("读取发出的消息", fault);
    let law = here.house().law(here.site).await.map_err(read)?;
    let sendings = law.office_setting(office::statistics_report::SENDING).to_owned();
    let messages = here.house().store().deliveries(here.site, SHOWN).await.map_err(read)?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let columns = [
        Column::new(t("时间")),
        Column::new(t("发往")),
        Column::new(t("内容")),
        Column::new(t("结果")),
        Column { right: true, minor: true, ..Column::new(t("试过")) },
    ];
    let rows: Vec<Row> = messages.iter().map(|it| line(it, timing)).collect();
    let table = Register::of(
        ("sent", t("发出的消息"), "/reports/sent"),
        &columns,
        &rows,
        empty(t("还没有发过消息。新单、催办和定时的报表会列在这里，没有送出的写明为什么。"), html! {}),
    );
    let body = html! {
        (parts(3))
        (panel(t("定时发送"), html! { a.small href="/settings" { (t("改设置")) } }, html! {
            @if sendings.is_empty() { p.dim { (t("没有定时发送的报表。在设置的“报表定时发送”里写哪份报告、哪天几点、发给谁。")) } }
            ul.rows { @for line in sendings.split(['；', ';']).map(str::trim).filter(|it| !it.is_empty()) { li { (line) } } }
        }))
        (table.render())
    };
    let around = here.around().await?;
    Ok(Page::new(t("发出的消息"), Frame::Desk(Place::Reports, &around), body).into_response())
}

fn line(it: &Delivery, timing: Timing) -> Row {
    let way = match it.kind.as_str() {
        "robot" => t("群机器人"),
        "mail" => t("邮件"),
        other => other,
    };
    let result: Markup = match (it.done, it.problem.is_empty()) {
        (Some(at), true) => html! { (Lamp::Met.shape()) " " (t("已送出")) " " (timing.time(at)) },
        (Some(_), false) => html! { (Lamp::Missed.shape()) " " (t("没有送出")) ": " (said(&it.problem, None)) },
        (None, false) => html! {
            (Lamp::Late.shape()) " " (said(&it.problem, None)) " " span.dim { (t("再试")) " " (timing.time(it.next)) }
        },
        (None, true) => html! { (Lamp::Open.shape()) " " (t("等着送出")) },
    };
    let failed = !it.problem.is_empty();
    let target = if it.kind == "mail" { it.target.as_str() } else { "" };
    let cells = vec![
        html! { (timing.time(it.due)) },
        html! { (way) " " (target) },
        html! { (it.first_line()) },
        result,
        html! { (it.tries) },
    ];
    Row { cells, late: failed, void: false }
}
