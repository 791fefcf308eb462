//! Beginning a record (新登记): the form that the register and its opening act describe. Refused, it stays as it was filled.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::Refusal;
use office::act::{self, Act};
use office::case::{Caller, OpenRecord, Place as Whereabouts};
use office::event::Attachment;
use office::register::{self, Asked, Given, RegisterType};

use super::list::frame;
use super::{may_open, place, sees};
use crate::cases::act::{names_asked, own_fields, read_act};
use crate::cases::late;
use crate::components::field::{Control, Field, command, file_input, photo_input};
use crate::components::{panel, refusal, refused};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Posted, wrong};
use crate::security::Fault;
use crate::state::Here;

/// What the form holds beside the register.
struct Shown<'a> {
    filled: &'a Filled,
    kept: &'a [Attachment],
    wrong: BTreeMap<String, String>,
    refusal: Option<&'a Refusal>,
}

pub(super) fn known(here: &Here, id: &str) -> Result<(&'static RegisterType, &'static Act), Box<Response>> {
    let known = register::find(id).and_then(|it| Some((it, act::find(&it.opens)?)));
    let Some((kept, act)) = known else { return Err(Box::new(wrong::not_found())) };
    if !sees(here, kept) || !may_open(here, kept) {
        return Err(Box::new(wrong::not_granted(&here.viewer, place(kept).permission())));
    }
    Ok((kept, act))
}

/// `GET /registers/{id}/new?case=…`: what the address says of the fields is filled in, the place of the matter too.
pub async fn show(
    here: Here,
    Path(id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (kept, act) = match known(&here, &id) {
        Ok(known) => known,
        Err(no) => return Ok(*no),
    };
    let mut begun = Filled(query);
    begun.0.extend(crate::duty::handover::begins_with(&here, act.id).await?);
    begun.0.extend(from_settings(&here, kept).await?);
    if kept.asks(Asked::Case) && kept.asks(Asked::Place) && begun.get("place").is_empty() {
        let case = here.house().case(here.site, begun.get("case").to_owned()).await;
        if let Some(case) = case.map_err(|fault| Fault::new("查找事项", fault))? {
            begun.0.push(("place".to_owned(), case.place));
            if act.id == "order.issued" && begun.get("order.content").is_empty() {
                begun.0.push(("order.content".to_owned(), case.title));
            }
        }
    }
    let shown = Shown { filled: &begun, kept: &[], wrong: BTreeMap::new(), refusal: None };
    Ok(form(&here, kept, act, &shown).await?.into_response())
}

/// What the register takes from settings of the office.
async fn from_settings(here: &Here, kept: &RegisterType) -> Result<Vec<(String, String)>, Fault> {
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let part = |name: &str, nth: usize| {
        let mut parts = law.office_setting(name).split(['；', ';']);
        nth.checked_sub(1).and_then(|before| parts.nth(before)).unwrap_or_default().trim().to_owned()
    };
    let begins = kept.begins_with().filter_map(|(attribute, given)| match given {
        Given::Setting(name, nth) => Some((attribute.to_owned(), part(name, nth))),
        _ => None,
    });
    Ok(begins.collect())
}

/// `POST /registers/{id}/new`.
pub async fn enter(here: Here, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let (register, act) = match known(&here, &id) {
        Ok(known) => known,
        Err(no) => return Ok(*no),
    };
    let (kept, unfit) = posted.attachments(&here).await?;
    let filled = &posted.filled;
    let (ready, wrong) = match unfit {
        Some(refusal) => (Err(refusal), BTreeMap::new()),
        None => read_act(&here, act, filled, &kept, (&[], &[])).await?,
    };
    let ready = match ready {
        Ok(command) => whereabouts(&here, register, filled).await?.map(|(place, case)| (command, place, case)),
        Err(refusal) => Err(refusal),
    };
    let no = match ready {
        Err(refusal) => refusal,
        Ok((mut command, place, case)) => {
            let sent = here.sent_for(filled.command(), act.id)?;
            let back = case.clone().filter(|_| super::place(register) == crate::page::Place::Papers);
            if let Some(case) = case {
                command.links.insert("linked_case".to_owned(), case);
            }
            let record = OpenRecord {
                case: format!("r{}", sent.command.as_str()),
                register: register.id.clone(),
                place,
                person: Caller {
                    person: String::new(),
                    name: filled.get("name").to_owned(),
                    phone: filled.get("phone").to_owned(),
                },
                act: command,
            };
            let done = here.house().open_record(sent, here.actor.clone(), record).await;
            match done.map_err(|fault| Fault::new("登记", fault))? {
                Ok(done) => {
                    let to = match back {
                        // What belongs to a meeting was entered from its page.
                        Some(case) => format!("/cases/{case}?new={}", done.answer.number),
                        None => format!("/registers/{}?new={}", register.id, done.answer.number),
                    };
                    return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response());
                }
                Err(refusal) => refusal,
            }
        }
    };
    let shown = Shown { filled, kept: &kept, wrong, refusal: Some(&no) };
    Ok(refused(form(&here, register, act, &shown).await?, &no))
}

/// Where, and the case that it belongs to. A room that names one unit is that unit; a number that names no case is refused.
async fn whereabouts(
    here: &Here,
    kept: &RegisterType,
    filled: &Filled,
) -> Result<Result<(Whereabouts, Option<String>), Refusal>, Fault> {
    let typed = filled.get("place");
    let mut place = Whereabouts { household: None, words: typed.to_owned() };
    if kept.asks(Asked::Place) && !typed.is_empty() {
        let hits = here.house().desk_search(here.site, typed.to_owned()).await;
        if let [only] = hits.map_err(|fault| Fault::new("查找住户", fault))?.as_slice() {
            place = Whereabouts { household: Some(only.id.clone()), words: only.room.to_string() };
        }
    }
    let number = filled.get("case").to_uppercase();
    if !kept.asks(Asked::Case) || number.is_empty() {
        return Ok(Ok((place, None)));
    }
    let case = here.house().case(here.site, number.clone()).await;
    match case.map_err(|fault| Fault::new("查找事项", fault))? {
        Some(case) => Ok(Ok((place, Some(case.id)))),
        None => {
            let why = format!("没有编号为 {number} 的事项");
            Ok(Err(Refusal::new("不能登记", why, "请核对编号，或留空。").at("case")))
        }
    }
}

async fn form(here: &Here, kept: &RegisterType, act: &Act, shown: &Shown<'_>) -> Result<Fragment, Fault> {
    let path = format!("/registers/{}/new", kept.id);
    let fresh = here.sent(None)?;
    let title = said(act.title, None);
    let names = names_asked(here, act).await?;
    let fields = html! {
        form.narrow method="post" action=(path) enctype="multipart/form-data" autocomplete="off" {
            (command(fresh.command.as_str()))
            (asked(kept, shown))
            (own_fields(here.house().laws(), act, shown.filled, (&shown.wrong, shown.refusal), &names))
            @if place(kept) == crate::page::Place::Papers { (file_input("upload", t("附件"))) } @else {
                (photo_input("upload", t("照片"), "photos"))
            }
            @for one in shown.kept {
                p.small { input type="hidden" name="kept" value={ (one.hash) " " (one.name) }; (t("已收下")) " " (one.name) }
            }
            (late::show(shown.filled, None))
            @if let Some(no) = shown.refusal { (refusal(no)) }
            p.ways {
                button.main data-key="F8" { (title) " " kbd { "F8" } } " "
                a.button href={ "/registers/" (kept.id) } { (t("不登了，回登记簿")) }
            }
        }
    };
    let name = said(&kept.title, Some(&kept.title_en));
    let body = panel(&name, html! {}, fields);
    let around = here.around().await?;
    let crumbs = [
        Crumb { words: t("登记簿").to_owned(), path: "/registers".to_owned() },
        Crumb { words: name.clone().into_owned(), path: format!("/registers/{}", kept.id) },
    ];
    let page = Page { crumbs: &crumbs, ..Page::new(&title, Frame::Desk(frame(kept), &around), body) };
    Ok(Fragment(page.render()))
}

/// What the register asks beside the act.
fn asked(kept: &RegisterType, shown: &Shown) -> Markup {
    let value = |name: &str| shown.filled.get(name).to_owned();
    let at = |name: &str| shown.refusal.filter(|no| no.field.as_deref() == Some(name)).map(|no| no.next.as_str());
    html! {
        @if kept.asks(Asked::Place) {
            (Field { hint: t("房号、姓名或地点"), ..Field::line("place", t("地点"), &value("place")) }.render())
        }
        @if kept.asks(Asked::Person) {
            div.pair {
                (Field::line("name", t("姓名"), &value("name")).render())
                (Field {
                    control: Control::Line { kind: "tel", value: &value("phone"), most: 30 },
                    ..Field::line("phone", t("电话"), "")
                }.render())
            }
        }
        @if kept.asks(Asked::Case) {
            (Field { wrong: at("case"), ..Field::line("case", t("事项编号"), &value("case")) }.render())
        }
    }
}
