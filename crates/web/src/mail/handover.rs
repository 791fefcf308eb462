//! The hand-over of what was stored at the weekend (周末存放交接): the duty post lists it, the mail clerk accepts it by their own log-in.

use axum::response::{IntoResponse, Response};
use journal::reads::{CaseFilter, MailRow};
use maud::html;
use office::Refusal;
use office::case::{ActOnCase, OpenRecord};
use office::mail::{HANDOVERS, LISTED};

use super::words;
use crate::components::field::command;
use crate::components::{Timing, panel, refusal, refused};
use crate::entry::{fresh_command, see};
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Items that are stored and not yet handed over.
async fn stored(here: &Here) -> Result<Vec<MailRow>, Fault> {
    let told = words::read_day(here, words::asked_day(here, "")).await?;
    Ok(told.open.into_iter().filter(|row| row.stage == "stored" && !row.handed).collect())
}

/// `GET /mail/handover`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    Ok(render(&here, None).await?.into_response())
}

/// `POST /mail/handover`: the list of what is ticked.
pub async fn enter(here: Here, filled: Filled) -> Result<Response, Fault> {
    let ticked = filled.all("item");
    let rows: Vec<MailRow> = stored(&here).await?.into_iter().filter(|row| ticked.contains(&row.case)).collect();
    if rows.is_empty() {
        let no = Refusal::new("没有开交接单", "一件也没有勾", "请把存放的件逐件勾上。");
        return Ok(refused(render(&here, Some(&no)).await?, &no));
    }
    let line = |row: &MailRow| format!("{} {} {} {}", row.number, words::to(row), words::what(&here, row), row.storage);
    let items = rows.iter().map(line).collect::<Vec<_>>().join("\n");
    let ids: Vec<&str> = rows.iter().map(|row| row.case.as_str()).collect();
    let opens = "mail_handover.opened";
    let sent = here.sent_for(filled.command(), opens)?;
    let count = rows.len().to_string();
    let act = ActOnCase {
        act: opens.to_owned(),
        attributes: [("mail_handover.count", count.as_str()), ("mail_handover.items", items.as_str())]
            .map(|(id, value)| (id.to_owned(), value.to_owned()))
            .into(),
        links: [(LISTED.to_owned(), ids.join(" "))].into(),
        ..ActOnCase::default()
    };
    let case = format!("r{}", sent.command.as_str());
    let record = OpenRecord { case, register: "mail_handovers".to_owned(), act, ..OpenRecord::default() };
    let done = here.house().open_record(sent, here.actor.clone(), record).await;
    match done.map_err(|fault| Fault::new("开交接单", fault))? {
        Ok(_) => Ok(see("/mail/handover")),
        Err(no) => Ok(refused(render(&here, Some(&no)).await?, &no)),
    }
}

async fn render(here: &Here, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let rows = stored(here).await?;
    let filter = CaseFilter { kind: Some(HANDOVERS), limit: 10, ..CaseFilter::default() };
    let lists = here.house().cases(here.site, filter, here.now).await;
    let lists = lists.map_err(|fault| Fault::new("读取交接单", fault))?.rows;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let gives = here.viewer.grants.allow(Permission::MailHandOver);
    let fresh = fresh_command()?;
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        (panel(t("存放待交的件"), html! {}, html! {
            @if rows.is_empty() { p.dim { (t("没有存放待交的件。")) } }
            @else { form method="post" action="/mail/handover" {
                (command(&fresh))
                ul.rows { @for row in &rows { li { label {
                    input type="checkbox" name="item" value=(row.case) checked; " "
                    b.place { (words::to(row)) } " " (words::what(here, row)) " "
                    span.dim { (row.storage) " · " (crate::t!("代签 {}", row.duty)) }
                } " " (words::light(row, timing)) } } }
                @if gives { p { button.main { (crate::t!("开交接单 {} 件", rows.len())) } } }
                p.small.dim { (t("值班的开单，收发员用自己的账号接收；没有接收的不算交接。")) }
            } }
        }))
        (panel(t("交接单"), html! { a.small href="/registers/mail_handovers" { (t("登记簿")) } }, html! {
            @if lists.is_empty() { p.dim { (t("还没有交接单。")) } }
            @else { ul.rows { @for list in &lists { li {
                a href={ "/cases/" (list.id) } { (list.number) } " " span.dim { (timing.time(list.opened)) } " "
                @if list.state.ended() { (t("已接收")) }
                @else if gives { a.button.main href={ "/cases/" (list.id) "/acts/mail_handover.taken" } { (t("核对，接收")) } }
                @else { (t("待接收")) }
                " " a.small href={ "/forms/" (list.number) "/print" } { (t("打印")) }
            } } } }
        }))
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("收发室").to_owned(), path: "/mail".to_owned() }];
    let page = Page { crumbs: &crumbs, ..Page::new(t("周末存放交接"), Frame::Desk(Place::Mail, &around), body) };
    Ok(Fragment(page.render()))
}
