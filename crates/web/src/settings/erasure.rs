//! Erasing a person (抹除个人信息): who, what goes with them, why; and who was erased before.

use std::sync::Arc;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use courier::attachment::Shelf;
use journal::reads::Erasable;
use maud::{Markup, html};
use office::Refusal;
use serde::Deserialize;

use super::{fresh, page};
use crate::components::field::{Field, command};
use crate::components::refusal::{refusal, refused};
use crate::components::{Timing, Tone, empty, panel, tag};
use crate::entry::see;
use crate::language::{said, t};
use crate::page::{Filled, Fragment, escaped};
use crate::security::Fault;
use crate::state::Here;

/// Its place among the tabs of the settings.
pub const TAB: usize = 7;
/// Past erasures shown.
const SHOWN: i64 = 100;

/// The query: what is looked for, who was chosen, and what was done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    person: String,
    cases: Option<i64>,
    files: Option<usize>,
}

/// `GET /settings/erasure`.
pub async fn show(here: Here, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    Ok(shown(&here, &asked, &Filled::default(), None).await?.into_response())
}

async fn shown(here: &Here, asked: &Asked, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let read = |fault| Fault::new("读取个人信息", fault);
    let found = match asked.q.trim() {
        "" => Vec::new(),
        words => here.house().erasable(here.site, words.to_owned()).await.map_err(read)?,
    };
    let past = here.house().erasures(here.site, SHOWN).await.map_err(read)?;
    let chosen = found.iter().find(|one| one.person == asked.person);
    let search = html! {
        p { (t("当事人要求删除、或保存期届满时用。抹除以后姓名、电话、证件和银行账号、签名和照片都不能恢复，事项的经过和时限照旧。")) }
        p.dim { (t("来人的话和各步的说明是办事记录，不在抹除之内。备份里的旧密钥请按备份制度一并删除。")) }
        form.filters action="/settings/erasure" {
            input type="search" name="q" value=(asked.q) aria-label=(t("查找")) placeholder=(t("房号、姓名、电话，或事项编号"))
                autocomplete="off" maxlength="80" data-room;
            button { (t("查找")) }
        }
        @if !asked.q.trim().is_empty() && found.is_empty() { (empty(t("没有找到这个人。"), html! {})) }
        @if !found.is_empty() { (people(&found, &asked.q)) }
    };
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let names = here.names().await?;
    let list = html! {
        @if past.is_empty() { (empty(t("还没有抹除过。"), html! {})) } @else {
            div.scroll { table.plain-table {
                thead { tr { th { (t("时间")) } th { (t("人")) } th { (t("经办")) } th { (t("原因")) } } }
                tbody { @for one in &past { tr {
                    td { (timing.time(one.at)) }
                    td { (one.person) }
                    td { (names.get(&one.account).unwrap_or(&one.account)) }
                    td { (one.reason) }
                } } }
            } }
        }
    };
    let body = html! {
        @if let (Some(cases), Some(files)) = (asked.cases, asked.files) {
            p role="status" { (crate::t!("已抹除：密钥已销毁，涉及 {0} 件事项，删去 {1} 个附件。", cases, files)) }
        }
        (panel(t("抹除个人信息"), html! {}, search))
        @if let Some(one) = chosen { (panel(t("要抹除的人"), html! {}, confirm(one, &asked.q, filled, no)?)) }
        (panel(t("抹除过的"), html! { span.dim { (past.len()) } }, list))
    };
    page(here, TAB, body).await
}

fn people(found: &[Erasable], words: &str) -> Markup {
    html! {
        div.scroll { table.plain-table {
            thead { tr { th { (t("姓名")) } th { (t("身份")) } th { (t("电话")) } th { (t("地点")) } th {} } }
            tbody { @for one in found { tr {
                td { (one.name) @if one.left.is_some() { " " (tag(t("已搬离"), Tone::Plain)) } }
                td { (part(one)) }
                td { (one.phone) }
                td { (one.place) }
                td.num {
                    @if one.name == journal::seal::ERASED { span.dim { (t("已抹除")) } } @else {
                        a href={ "/settings/erasure?q=" (escaped(words)) "&person=" (escaped(&one.person)) } { (t("选这个人")) }
                    }
                }
            } } }
        } }
    }
}

fn part(one: &Erasable) -> String {
    one.tenure.map_or_else(|| t("来人").to_owned(), |tenure| said(tenure.title(), None).into_owned())
}

fn confirm(one: &Erasable, words: &str, filled: &Filled, no: Option<&Refusal>) -> Result<Markup, Fault> {
    let id = fresh()?;
    let reason = Field {
        required: true,
        hint: t("写依据，例如：本人 11 月 20 日书面申请。不要写姓名和电话：原因会留在流水里。"),
        wrong: no.filter(|no| no.field.as_deref() == Some("reason")).map(|_| t("请填写这一项")),
        ..Field::line("reason", t("原因"), filled.get("reason"))
    };
    Ok(html! {
        p { b { (one.name) } " " (part(one)) " " (one.phone) " " span.dim { (one.place) } }
        form.narrow method="post" action="/settings/erasure" {
            (command(&id))
            input type="hidden" name="q" value=(words);
            input type="hidden" name="person" value=(one.person);
            (reason.render())
            @if let Some(no) = no { (refusal(no)) }
            p.ways {
                button.main { (t("抹除，不能恢复")) } " "
                a.button href="/settings/erasure" { (t("不抹除")) }
            }
        }
    })
}

/// `POST /settings/erasure`.
pub async fn erase(here: Here, filled: Filled) -> Result<Response, Fault> {
    let (person, reason) = (filled.get("person").to_owned(), filled.get("reason").to_owned());
    let done = here.house().erase_person(here.sent(filled.command())?, person.clone(), reason).await;
    match done.map_err(|fault| Fault::new("抹除个人信息", fault))? {
        Ok(done) => {
            let (cases, files) = (done.answer.cases, done.answer.attachments.len());
            take_off(here.web.attachments.clone(), done.answer.attachments).await?;
            Ok(see(&format!("/settings/erasure?cases={cases}&files={files}")))
        }
        Err(no) => {
            let asked = Asked { q: filled.get("q").to_owned(), person, ..Asked::default() };
            Ok(refused(shown(&here, &asked, &filled, Some(&no)).await?, &no))
        }
    }
}

async fn take_off(shelf: Arc<Shelf>, hashes: Vec<String>) -> Result<(), Fault> {
    let work = tokio::task::spawn_blocking(move || hashes.iter().try_for_each(|hash| shelf.remove(hash)));
    let done = work.await.map_err(|fault| Fault::new("删除附件", fault))?;
    done.map_err(|fault| Fault::new("删除附件", fault))
}
