//! What is entered at one stroke (一次记完): a visit, letter, e-mail or message that is settled already; a call that nobody
//! could answer, read off the telephone's display.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::CommandId;
use journal::house::MadeContact;
use maud::{Markup, html};
use office::Refusal;
use office::case::{Caller, Place};
use office::contact::{EndContact, Outcome, TakeContact, normal};

use super::list;
use crate::cases::{field, late};
use crate::components::field::{Chip, Control, Field, chips, command};
use crate::components::{refusal, refused};
use crate::language::t;
use crate::page::Filled;
use crate::security::Fault;
use crate::state::Here;

/// Both forms, closed unless one of them was refused.
pub fn forms(here: &Here, filled: &Filled, no: Option<&Refusal>) -> Result<Markup, Fault> {
    let (whole, missed) = (crate::entry::fresh_command()?, crate::entry::fresh_command()?);
    let which = filled.get("form");
    let refused = |form: &str| no.filter(|_| which == form);
    let channels = list::channels(here);
    let channels: Vec<(&str, &str)> = channels.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
    let chosen = if filled.get("case.channel").is_empty() { "visit" } else { filled.get("case.channel") };
    let as_ = filled.get("as");
    let outcomes = [("answered", t("当场答复")), ("voided", t("作废"))];
    let outcomes: Vec<Chip> = outcomes
        .iter()
        .map(|(id, words)| Chip {
            value: id,
            words,
            key: None,
            on: *id == as_ || (as_.is_empty() && *id == "answered"),
        })
        .collect();
    let value = |form: &str, name: &str| if which == form { filled.get(name) } else { "" }.to_owned();
    Ok(html! {
        details.panel open[refused("whole").is_some()] {
            summary { (t("记一次已了结的来访、信函、邮件、留言")) }
            form.narrow method="post" action="/contacts" {
                (command(&whole))
                div.pair {
                    (Field { control: Control::Select { choices: &channels, chosen }, ..Field::line("case.channel", t("渠道"), "") }.render())
                    (Field { hint: t("房号或地点"), ..Field::line("place", t("住户或地点"), &value("whole", "place")) }.render())
                }
                (Field { required: true, ..Field::line("words", t("来人的话"), &value("whole", "words")) }.render())
                (Field { required: true, hint: t("答复了什么，或为什么作废：打错、断线、重复"),
                    ..Field::line("note", t("说明"), &value("whole", "note")) }.render())
                (chips("as", t("结果"), false, &outcomes))
                (late::show(if which == "whole" { filled } else { &NOTHING }, None))
                @if let Some(no) = refused("whole") { (refusal(no)) }
                p.ways { button.main { (t("记下")) } }
            }
        }
        details.panel open[refused("missed").is_some()] {
            summary { (t("记一个未接来电，待回拨")) }
            form.narrow method="post" action="/contacts/missed" {
                (command(&missed))
                div.pair {
                    (Field { required: true, control: Control::Line { kind: "tel", value: &value("missed", "phone"), most: 30 },
                        ..Field::line("phone", t("来电号码"), "") }.render())
                    (Field { control: Control::Line { kind: "datetime-local", value: &value("missed", "happened"), most: 20 },
                        hint: t("不填就是现在"), ..Field::line("happened", t("来电时间"), "") }.render())
                }
                @if let Some(no) = refused("missed") { (refusal(no)) }
                p.ways { button.main { (t("记下")) } }
            }
        }
    })
}

static NOTHING: Filled = Filled(Vec::new());

/// The id of the contact that a command makes: sent twice, it is the same one.
fn contact_of(filled: &Filled) -> Result<String, Fault> {
    match filled.command().and_then(|id| CommandId::new(id).ok()) {
        Some(id) => Ok(CommandId::of(&["made", id.as_str()]).as_str().to_owned()),
        None => crate::entry::fresh_command(),
    }
}

/// `POST /contacts`: opened and ended at one stroke.
pub async fn make(here: Here, mut filled: Filled) -> Result<Response, Fault> {
    let what = "没有记下";
    let refusal = match late::read(&here, &filled, what).await? {
        Err(refusal) => refusal,
        Ok((happened, approved_by)) => {
            let take = TakeContact {
                channel: filled.get("case.channel").to_owned(),
                station: "office_desk".to_owned(),
                happened,
                late_reason: filled.get("late_reason").to_owned(),
                approved_by,
            };
            let hits = here.house().desk_search(here.site, filled.get("place").to_owned()).await;
            let hits = hits.map_err(|fault| Fault::new("查找住户", fault))?;
            let rooms: Vec<_> = hits.iter().filter(|hit| hit.matched == "房号").collect();
            let household = match rooms.as_slice() {
                [only] => Some(only.id.clone()),
                _ => None,
            };
            let end = EndContact {
                outcome: if filled.get("as") == "voided" { Outcome::Voided } else { Outcome::Answered },
                note: filled.get("note").to_owned(),
                words: filled.get("words").to_owned(),
                place: Place { household, words: filled.get("place").to_owned() },
                caller: Caller::default(),
                ..EndContact::default()
            };
            let contact = contact_of(&filled)?;
            let mut sent = here.sent(filled.command())?;
            sent.post = here.actor.post_for(office::contact::MAY_TAKE);
            let done = here.house().make_contact(sent, here.actor.clone(), contact, MadeContact { take, end }).await;
            match done.map_err(|fault| Fault::new("记下来访来电", fault))? {
                Ok(_) => return Ok(back()),
                Err(refusal) => refusal,
            }
        }
    };
    filled.0.push(("form".to_owned(), "whole".to_owned()));
    Ok(refused(list::page(&here, &filled, Some(&refusal)).await?, &refusal))
}

/// `POST /contacts/missed`: it waits for its call-back from now on.
pub async fn missed(here: Here, mut filled: Filled) -> Result<Response, Fault> {
    let zone = &here.house().laws().zone;
    let typed = filled.get("happened");
    let refusal = match (typed.is_empty(), field::moment(zone, typed)) {
        (false, None) => Refusal::new("没有记下未接来电", "来电时间读不懂", "请写成 2026-11-23 14:20。").at("happened"),
        (_, at) => {
            let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
            let number = normal(filled.get("phone"), law.office_setting("电话区号"));
            let mut sent = here.sent(filled.command())?;
            sent.post = here.actor.post_for(office::contact::MAY_TAKE);
            let at = at.unwrap_or(here.now);
            let done = here.house().missed_call(sent, here.actor.clone(), contact_of(&filled)?, number, at).await;
            match done.map_err(|fault| Fault::new("记下未接来电", fault))? {
                Ok(_) => return Ok(back()),
                Err(refusal) => refusal,
            }
        }
    };
    filled.0.push(("form".to_owned(), "missed".to_owned()));
    Ok(refused(list::page(&here, &filled, Some(&refusal)).await?, &refusal))
}

fn back() -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, "/contacts")]).into_response()
}
