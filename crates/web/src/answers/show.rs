//! One entry of the book (一条问答): what holds, earlier versions, who has read it.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::reads::AnswerPage;
use maud::{Markup, html};
use office::Refusal;
use office::answer::{AnswerChange, Version};

use super::list::readers;
use crate::components::field::{Field, command};
use crate::components::{Timing, Tone, facts, panel, refusal, refused, tag};
use crate::desk::answers::phones;
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /answers/{id}`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    match found(&here, &id).await? {
        Some(page) => Ok(render(&here, &page, None).await?.into_response()),
        None => Ok(wrong::not_found()),
    }
}

/// `POST /answers/{id}/read`: the reader confirms the version that was shown.
pub async fn read(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let version = filled.get("version").parse().unwrap_or_default();
    change(here, id, filled, AnswerChange::Read { version }).await
}

/// `POST /answers/{id}/withdraw`: out of the book, with the reason.
pub async fn withdraw(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let reason = filled.get("reason").to_owned();
    change(here, id, filled, AnswerChange::Withdraw { reason }).await
}

async fn change(here: Here, id: String, filled: Filled, change: AnswerChange) -> Result<Response, Fault> {
    let Some(page) = found(&here, &id).await? else { return Ok(wrong::not_found()) };
    let sent = here.sent(filled.command())?;
    let done = here.house().change_answer(sent, here.actor.clone(), id.clone(), change).await;
    match done.map_err(|fault| Fault::new("改问答", fault))? {
        Ok(_) => Ok((StatusCode::SEE_OTHER, [(header::LOCATION, format!("/answers/{id}"))]).into_response()),
        Err(no) => Ok(refused(render(&here, &page, Some(&no)).await?, &no)),
    }
}

pub(super) async fn found(here: &Here, id: &str) -> Result<Option<AnswerPage>, Fault> {
    let page = here.house().answer(here.site, id.to_owned()).await;
    page.map_err(|fault| Fault::new("读取问答", fault))
}

async fn render(here: &Here, page: &AnswerPage, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let Some(present) = page.answer.present() else { return Ok(Fragment(html! {})) };
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let names = here.names().await?;
    let name = |account: &str| names.get(account).cloned().unwrap_or_else(|| account.to_owned());
    let earlier = page.answer.versions.iter().rev().skip(1);
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        div.beside {
            div {
                (panel(t("现行"), html! { span.dim { (crate::t!("第 {} 版", present.number)) } }, text(present)))
                (reading(here, page, present)?)
                @if page.answer.versions.len() > 1 {
                    (panel(t("以前的版本"), html! {}, html! {
                        @for version in earlier { details {
                            summary { (crate::t!("第 {} 版", version.number)) " " (name(&version.by)) " " (timing.time(version.at)) }
                            (text(version))
                        } }
                    }))
                }
            }
            div {
                (panel(t("登记"), html! {}, facts(&[
                    (t("类别"), html! { (said(&present.said.category, None)) }),
                    (t("别的问法"), html! { (present.said.keywords) }),
                    (t("编写"), html! { (name(&present.by)) }),
                    (t("更新"), timing.time(present.at)),
                    (t("用过"), html! { a href={ "/contacts?answer=" (page.answer.id) } { (crate::t!("{} 次", page.used)) } }),
                ])))
                (receipts(here, page, present, timing).await?)
                (withdrawing(here, page)?)
            }
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("常用问答").to_owned(), path: "/answers".to_owned() }];
    let does = html! {
        @if here.viewer.grants.allow(Permission::AnswerWork) {
            a.button href={ "/answers/" (page.answer.id) "/edit" } { (t("修改")) }
        }
    };
    let beside = html! {
        @if let Some(why) = &page.answer.withdrawn { (tag(t("已撤下"), Tone::Grave)) " " (why) }
    };
    let page = Page {
        crumbs: &crumbs,
        does,
        beside,
        ..Page::new(&present.said.question, Frame::Desk(Place::Answers, &around), body)
    };
    Ok(Fragment(page.render()))
}

fn text(version: &Version) -> Markup {
    html! {
        @if !version.said.answer.is_empty() { p.pre { (version.said.answer) } }
        (phones(&version.said.phones))
    }
}

/// The button by which one confirms having read it.
fn reading(here: &Here, page: &AnswerPage, present: &Version) -> Result<Markup, Fault> {
    let owes = here.viewer.grants.allow(Permission::ContactTake) && page.answer.withdrawn.is_none();
    if !owes || page.answer.is_read_by(&here.actor.account) {
        return Ok(html! {});
    }
    let id = crate::entry::fresh_command()?;
    Ok(html! {
        form.ways method="post" action={ "/answers/" (page.answer.id) "/read" } {
            (command(&id))
            input type="hidden" name="version" value=(present.number);
            button.main { (t("我读过这一版了")) }
        }
    })
}

/// Who has read the version that holds, and who has not.
async fn receipts(here: &Here, page: &AnswerPage, present: &Version, timing: Timing<'_>) -> Result<Markup, Fault> {
    let readers = readers(here).await?;
    let (read, unread): (Vec<_>, Vec<_>) = readers.iter().partition(|(account, _)| page.answer.is_read_by(account));
    Ok(panel(
        t("阅读回执"),
        html! { span.dim { (crate::t!("{0}/{1} 人", read.len(), readers.len())) } },
        html! {
            @if !unread.is_empty() {
                p { (t("还没读：")) b { (unread.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("、")) } }
            }
            ul.small {
                @for (account, name) in read {
                    li { (name) " " span.dim {
                        @match page.answer.read.get(account).filter(|(version, _)| *version >= present.number) {
                            Some((_, at)) => (timing.time(*at)),
                            None => (t("编写人")),
                        }
                    } }
                }
            }
        },
    ))
}

fn withdrawing(here: &Here, page: &AnswerPage) -> Result<Markup, Fault> {
    if !here.viewer.grants.allow(Permission::AnswerWork) || page.answer.withdrawn.is_some() {
        return Ok(html! {});
    }
    let id = crate::entry::fresh_command()?;
    Ok(html! {
        details.panel {
            summary { (t("撤下这一条")) }
            form method="post" action={ "/answers/" (page.answer.id) "/withdraw" } {
                (command(&id))
                (Field { required: true, hint: t("例如：收费标准已换"), ..Field::line("reason", t("原因"), "") }.render())
                button { (t("撤下")) }
            }
        }
    })
}
