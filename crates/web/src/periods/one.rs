//! One period of a duty (一期定期事务): why it is owed until when, what was entered for it, and the form that enters it.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use journal::reads::{PeriodPage, value_in_words};
use maud::{Markup, html};
use office::case::ActOnCase;
use office::event::Attachment;
use office::{Entry, Refusal};
use rulebook::Lang;

use super::{light, path, words};
use crate::cases::{attached, field, late};
use crate::complaints::analysis;
use crate::components::field::{Control, Field, command, photo_input};
use crate::components::{Timing, clause, empty, facts, panel, refusal, refused};
use crate::entry::posts;
use crate::follow_up::planned;
use crate::foundation::local;
use crate::language::{self, Language, said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, Posted, wrong};
use crate::repairs;
use crate::security::Fault;
use crate::state::Here;

/// What was filled in, and what is wrong with it.
#[derive(Default)]
struct Tried {
    filled: Filled,
    kept: Vec<Attachment>,
    wrong: BTreeMap<String, String>,
    refusal: Option<Refusal>,
}

/// `GET /periods/{first}/{duty}`.
pub async fn show(here: Here, Path((first, duty)): Path<(String, String)>) -> Result<Response, Fault> {
    let Some(page) = read(&here, &first, &duty).await? else { return Ok(wrong::not_found()) };
    let act = page.row.period.obligation.must.first().map_or("", String::as_str);
    let mut tried = Tried::default();
    if let Some(text) = analysis::note_for(&here, act, &page.row.period.key).await? {
        tried.filled.0.push(("note".to_owned(), text));
    }
    if let Some(slips) = planned::slips_for(&here, act).await? {
        tried.filled.0.push(slips);
    }
    if let Some(count) = repairs::count_for(&here, act, &page.row.period.key).await? {
        tried.filled.0.push(count);
    }
    Ok(render(&here, &page, &tried).await?.into_response())
}

async fn read(here: &Here, first: &str, duty: &str) -> Result<Option<PeriodPage>, Fault> {
    let Ok(first) = first.parse::<Date>() else { return Ok(None) };
    let lang = match language::current() {
        Language::English => Lang::English,
        _ => Lang::Chinese,
    };
    let who = (here.actor.account.clone(), here.actor.posts.clone());
    let page = here.house().period_page(here.site, (first, duty.to_owned()), who, lang, here.now).await;
    page.map_err(|fault| Fault::new("读取定期事务", fault))
}

/// `POST /periods/{first}/{duty}`.
pub async fn enter(here: Here, Path((first, duty)): Path<(String, String)>, posted: Posted) -> Result<Response, Fault> {
    let Some(page) = read(&here, &first, &duty).await? else { return Ok(wrong::not_found()) };
    let (kept, unfit) = posted.attachments(&here).await?;
    let mut tried = Tried { filled: posted.filled, kept, ..Tried::default() };
    let ready = match unfit {
        Some(refusal) => Err(refusal),
        None => read_act(&here, &page, &mut tried).await?,
    };
    let no = match ready {
        Err(refusal) => refusal,
        Ok(act) => {
            let sent = here.sent(tried.filled.command())?;
            let key = (page.row.period.first, duty.clone());
            let done = here.house().record_period(sent, here.actor.clone(), key, act).await;
            match done.map_err(|fault| Fault::new("登记定期事务", fault))? {
                Ok(_) => {
                    let to = match tried.filled.get("back") {
                        "" => path(page.row.period.first, &duty),
                        back => local(back).to_owned(),
                    };
                    return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response());
                }
                Err(refusal) => refusal,
            }
        }
    };
    tried.refusal = Some(no.clone());
    Ok(refused(render(&here, &page, &tried).await?, &no))
}

/// The act as filled in; values that cannot be read are told each at its field.
async fn read_act(here: &Here, page: &PeriodPage, tried: &mut Tried) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let laws = here.house().laws();
    let act = page.row.period.obligation.must.first().cloned().unwrap_or_default();
    let what = format!("不能登记“{}”", laws.word(&act));
    let mut attributes = BTreeMap::new();
    for id in page.required.iter().chain(&page.asked) {
        match field::read(laws, id, tried.filled.get(id)) {
            Ok(Some(value)) => drop(attributes.insert(id.clone(), value)),
            Ok(None) => {}
            Err(why) => drop(tried.wrong.insert(id.clone(), why)),
        }
    }
    if let Some((id, why)) = tried.wrong.iter().next() {
        let refusal = Refusal::new(what, format!("“{}”读不懂", laws.word(id)), why.clone()).at(id);
        return Ok(Err(refusal));
    }
    let (happened, approved_by) = match late::read(here, &tried.filled, &what).await? {
        Ok(read) => read,
        Err(refusal) => return Ok(Err(refusal)),
    };
    Ok(Ok(ActOnCase {
        act,
        attributes,
        note: tried.filled.get("note").to_owned(),
        attachments: tried.kept.clone(),
        happened,
        late_reason: tried.filled.get("late_reason").to_owned(),
        approved_by,
        ..ActOnCase::default()
    }))
}

async fn render(here: &Here, page: &PeriodPage, tried: &Tried) -> Result<Fragment, Fault> {
    let laws = here.house().laws();
    let timing = Timing { now: here.now, zone: &laws.zone };
    let it = &page.row.period.obligation;
    let title = it.must.iter().map(|id| here.word(id)).collect::<Vec<_>>().join("、");
    let due = it.due.map(|at| calendar::DueAt { at, end_of_day: it.end_of_day });
    let owed = facts(&[
        (t("要办"), html! { (title) }),
        (t("由谁"), html! { (posts::word(laws, &it.bearer)) }),
        (t("期间"), html! { (words(&page.row.period)) }),
        (
            t("时限"),
            match due {
                Some(due) => html! { (timing.due(due)) " " span.dim { (timing.exact(due.at)) } },
                None => html! { (t("不计时")) },
            },
        ),
        (t("状态"), light(timing, it)),
        (t("条款"), clause(&it.clause, None)),
    ]);
    let here_done = it.must.iter().any(|act| office::period::ACTS.contains(&act.as_str()));
    let form = match (it.ended.is_none(), page.mine) {
        (false, _) => html! {},
        (true, _) if !here_done => panel(t("登记"), html! {}, elsewhere(&it.must)),
        (true, true) => panel(t("登记"), html! {}, form(here, page, tried)?),
        (true, false) => panel(
            t("登记"),
            html! {},
            html! { p.dim { (crate::t!("这件事由{}登记。", posts::word(laws, &it.bearer))) } },
        ),
    };
    let body = html! {
        div.beside {
            div {
                (form)
                (panel(t("登记过的"), html! { span.dim { (page.entries.len()) } }, entries(here, page, timing)))
            }
            div {
                (panel(t("这一项"), html! {}, owed))
                (figures(it, &page.row.period.key))
                (thens(here, it, &page.row.period.key))
                @if !page.row.uncovered.is_empty() {
                    (panel(t("空岗"), html! {}, html! { ul.small {
                        @for (from, to) in &page.row.uncovered {
                            li { (timing.said(*from)) " — " (timing.said(*to)) }
                        }
                    } }))
                }
                (panel(t("一步一步怎么算"), html! {}, html! {
                    ol.steps-words {
                        @for step in &page.steps { li {
                            (said(&step.text, None))
                            @if let Some(basis) = &step.basis { div.small.dim { (said(basis, None)) } }
                        } }
                    }
                }))
            }
        }
    };
    let crumbs = [Crumb { words: t("定期事务").to_owned(), path: "/periods".to_owned() }];
    let around = here.around().await?;
    let heading = format!("{title} {}", page.row.period.key);
    let page = Page { crumbs: &crumbs, ..Page::new(&heading, Frame::Desk(Place::Periods, &around), body) };
    Ok(Fragment(page.render()))
}

/// What is done on a page of its own, and the way there.
fn elsewhere(must: &[String]) -> Markup {
    html! {
        p.dim { (t("这件事在办它的页面登记，登记以后这里自动算上。")) }
        @if must.iter().any(|act| act == office::meeting::HELD) { p { a href="/papers" { (t("会议与文件")) } } }
    }
}

/// Where the figures are that the act is done with.
fn figures(it: &rulebook::Obligation, key: &str) -> Markup {
    let path = it.must.first().and_then(|act| analysis::figures_for(act, key).or_else(|| repairs::list_for(act, key)));
    html! {
        @if let Some(path) = path {
            (panel(t("数字"), html! {}, html! { p { a href=(path) { (t("看这一期的数字和名单")) } } }))
        }
    }
}

/// What comes after the act, once it is done.
fn thens(here: &Here, it: &rulebook::Obligation, key: &str) -> Markup {
    let after = |then: &&office::period::Then| it.ended.is_some() && it.must.iter().any(|act| act == then.after);
    let thens: Vec<&office::period::Then> = office::period::THEN.iter().filter(after).collect();
    html! {
        @if !thens.is_empty() {
            (panel(t("接下来"), html! {}, html! {
                ul.rows { @for then in thens {
                    li { a href=(super::then_path(key, then.act)) { (said(&here.house().laws().word(then.act), None)) } }
                } }
            }))
        }
    }
}

fn form(here: &Here, page: &PeriodPage, tried: &Tried) -> Result<Markup, Fault> {
    let laws = here.house().laws();
    let it = &page.row.period.obligation;
    let fresh = here.sent(None)?;
    let filled = &tried.filled;
    let at = |id: &str| tried.refusal.as_ref().is_some_and(|no| no.field.as_deref() == Some(id));
    let asked = |id: &str, required: bool| {
        let wrong = tried.wrong.get(id).map(String::as_str).or_else(|| at(id).then(|| t("请填写这一项")));
        field::show(laws, id, required, filled.get(id), wrong)
    };
    Ok(html! {
        form.narrow method="post" action=(path(page.row.period.first, &it.id)) enctype="multipart/form-data"
            autocomplete="off" {
            (command(fresh.command.as_str()))
            @if page.row.period.at_least > 1 {
                p.dim { (crate::t!("这一期要办 {0} 次，已记 {1} 次。", page.row.period.at_least, page.entries.len())) }
            }
            @for id in &page.required { (asked(id, true)) }
            @for id in &page.asked { (asked(id, false)) }
            (Field {
                hint: t("做了什么、结果在哪里；有文件就附上。"),
                control: Control::Lines { value: filled.get("note"), rows: 3, most: 2000 },
                ..Field::line("note", t("说明"), "")
            }.render())
            (photo_input("upload", t("附件"), "photos"))
            @for one in &tried.kept {
                p.small { input type="hidden" name="kept" value={ (one.hash) " " (one.name) }; (t("已收下")) " " (one.name) }
            }
            (late::show(filled, None))
            @if let Some(no) = &tried.refusal { (refusal(no)) }
            p.ways {
                button.main data-key="F8" { (t("登记已办")) " " kbd { "F8" } } " "
                a.button href="/periods" { (t("不登记，回名单")) }
            }
        }
    })
}

fn entries(here: &Here, page: &PeriodPage, timing: Timing<'_>) -> Markup {
    html! {
        @if page.entries.is_empty() { (empty(t("这一期还没有登记。"), html! {})) }
        @for entry in &page.entries { (entered(here, &page.names, timing, entry)) }
    }
}

/// One entry of a period: what, when, by whom, its words and files.
pub fn entered(here: &Here, names: &BTreeMap<String, String>, timing: Timing<'_>, entry: &Entry) -> Markup {
    let laws = here.house().laws();
    let body = &entry.event.body;
    html! {
        div.paper-row {
            p {
                b { (here.word(&entry.event.name)) } " " (timing.time(entry.event.happened)) " "
                span.dim {
                    (posts::word(laws, &entry.post)) " "
                    (names.get(&entry.actor).unwrap_or(&entry.actor))
                    @if let Some(late) = &body.late {
                        "（" (t("补录")) "：" (late.reason)
                        @if !late.approved_by.is_empty() { "；" (crate::t!("{}批准", late.approved_by)) }
                        "）"
                    }
                }
            }
            @if !body.note.is_empty() { p { (body.note) } }
            @for (id, value) in &body.attributes {
                p.small { span.dim { (said(&laws.word(id), None)) "：" } (value_in_words(laws, id, value)) }
            }
            (attached(&body.attachments))
        }
    }
}
