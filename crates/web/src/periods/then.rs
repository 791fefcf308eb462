//! What comes after an act for a period (定期事务的后续): a report that was made is reviewed, measures are decided on.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::case::ActOnCase;
use office::period::{self, Then};
use office::{Entry, Refusal};

use super::one::entered;
use super::then_path;
use crate::cases::{field, late};
use crate::components::field::{Control, Field, command};
use crate::components::{Timing, empty, panel, refusal, refused};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::Fault;
use crate::state::Here;

/// `GET /periods/then/{key}/{act}`.
pub async fn show(here: Here, Path((key, act)): Path<(String, String)>) -> Result<Response, Fault> {
    match period::then(&act) {
        Some(then) => Ok(render(&here, &key, then, &Filled::default(), None).await?.into_response()),
        None => Ok(wrong::not_found()),
    }
}

/// `POST /periods/then/{key}/{act}`.
pub async fn enter(here: Here, Path((key, act)): Path<(String, String)>, filled: Filled) -> Result<Response, Fault> {
    let Some(then) = period::then(&act) else { return Ok(wrong::not_found()) };
    let no = match read(&here, then, &filled).await? {
        Err(refusal) => refusal,
        Ok(command) => {
            let sent = here.sent(filled.command())?;
            let done = here.house().record_then(sent, here.actor.clone(), key.clone(), command).await;
            match done.map_err(|fault| Fault::new("登记定期事务的后续", fault))? {
                Ok(_) => {
                    return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, then_path(&key, &act))]).into_response());
                }
                Err(refusal) => refusal,
            }
        }
    };
    Ok(refused(render(&here, &key, then, &filled, Some(&no)).await?, &no))
}

async fn read(here: &Here, then: &Then, filled: &Filled) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let laws = here.house().laws();
    let what = format!("不能登记“{}”", laws.word(then.act));
    let mut attributes = BTreeMap::new();
    for id in then.asks {
        match field::read(laws, id, filled.get(id)) {
            Ok(Some(value)) => drop(attributes.insert((*id).to_owned(), value)),
            Ok(None) => {}
            Err(why) => {
                let why = Refusal::new(what, format!("“{}”读不懂", laws.word(id)), why).at(id);
                return Ok(Err(why));
            }
        }
    }
    Ok(late::read(here, filled, &what).await?.map(|(happened, approved_by)| ActOnCase {
        act: then.act.to_owned(),
        attributes,
        note: filled.get("note").to_owned(),
        happened,
        late_reason: filled.get("late_reason").to_owned(),
        approved_by,
        ..ActOnCase::default()
    }))
}

async fn render(here: &Here, key: &str, then: &Then, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let laws = here.house().laws();
    let timing = Timing { now: here.now, zone: &laws.zone };
    let read = here.house().period_entries(here.site, key.to_owned()).await;
    let (entries, names) = read.map_err(|fault| Fault::new("读取定期事务", fault))?;
    let own: Vec<&Entry> =
        entries.iter().filter(|it| [then.after, then.act].contains(&it.event.name.as_str())).collect();
    let done = own.iter().any(|it| it.event.name == then.act);
    let fresh = here.sent(None)?;
    let title = said(&laws.word(then.act), None).into_owned();
    let form: Markup = html! {
        form.narrow method="post" action=(then_path(key, then.act)) autocomplete="off" {
            (command(fresh.command.as_str()))
            @for id in then.asks { (field::show(laws, id, false, filled.get(id), None)) }
            (Field {
                required: true,
                control: Control::Lines { value: filled.get("note"), rows: 3, most: 2000 },
                ..Field::line("note", t("意见或决定"), "")
            }.render())
            (late::show(filled, None))
            @if let Some(no) = no { (refusal(no)) }
            p.ways { button.main data-key="F8" { (title) " " kbd { "F8" } } }
        }
    };
    let shown = html! {
        @if own.is_empty() { (empty(t("这一期还没有登记。"), html! {})) }
        @for entry in &own { (entered(here, &names, timing, entry)) }
    };
    let body = html! {
        @if !done || no.is_some() { (panel(&title, html! {}, form)) }
        (panel(t("登记过的"), html! {}, shown))
    };
    let crumbs = [Crumb { words: t("定期事务").to_owned(), path: "/periods".to_owned() }];
    let around = here.around().await?;
    let heading = format!("{title} {key}");
    let page = Page { crumbs: &crumbs, ..Page::new(&heading, Frame::Desk(Place::Periods, &around), body) };
    Ok(Fragment(page.render()))
}
