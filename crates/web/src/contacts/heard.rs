//! What somebody of the office hears while on the way (听到一件事): any post takes it in, on a phone too, is its first asked, and the
//! desk has it at once.

use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::CommandId;
use maud::html;
use office::Refusal;
use office::case::{Caller, CaseKind, Place as Whereabouts, Register};

use crate::cases::late;
use crate::components::field::{Chip, Control, Field, chips, command};
use crate::components::{panel, refusal, refused};
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// What is heard on the way.
const KINDS: [CaseKind; 7] = [
    CaseKind::Repair,
    CaseKind::Complaint,
    CaseKind::Help,
    CaseKind::Alarm,
    CaseKind::FirstAid,
    CaseKind::Suggestion,
    CaseKind::Commendation,
];

/// `GET /heard`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    Ok(page(&here, &Filled(query), None).await?.into_response())
}

/// `POST /heard`.
pub async fn enter(here: Here, filled: Filled) -> Result<Response, Fault> {
    let what = "不能登记";
    let kind = CaseKind::of(filled.get("kind")).filter(|kind| KINDS.contains(kind));
    let ready = match (kind, late::read(&here, &filled, what).await?) {
        (None, _) => Err(Refusal::new(what, "还没有选是什么事", "请点一种：报修、投诉、求助……").at("kind")),
        (_, Err(refusal)) => Err(refusal),
        (Some(kind), Ok(read)) => Ok((kind, read)),
    };
    let no = match ready {
        Err(refusal) => refusal,
        Ok((kind, (happened, approved_by))) => {
            let mut sent = here.sent(filled.command())?;
            sent.post = here.actor.post_for(office::case::MAY_REGISTER);
            let form = form(&here, &filled, kind, &sent.command, (happened.unwrap_or(here.now), approved_by)).await?;
            let done = here.house().register(sent, here.actor.clone(), form).await;
            match done.map_err(|fault| Fault::new("登记听到的事", fault))? {
                Ok(done) => {
                    let to = format!("/heard?saved={}", done.answer.number);
                    return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response());
                }
                Err(refusal) => refusal,
            }
        }
    };
    Ok(refused(page(&here, &filled, Some(&no)).await?, &no))
}

async fn form(
    here: &Here,
    filled: &Filled,
    kind: CaseKind,
    id: &CommandId,
    (heard, approved_by): (calendar::Moment, String),
) -> Result<Register, Fault> {
    let typed = filled.get("place");
    let hits = here.house().desk_search(here.site, typed.to_owned()).await;
    let place = match hits.map_err(|fault| Fault::new("查找住户", fault))?.as_slice() {
        [only] => Whereabouts { household: Some(only.id.clone()), words: only.room.to_string() },
        _ => Whereabouts { household: None, words: typed.to_owned() },
    };
    Ok(Register {
        case: format!("h{}", id.as_str()),
        kind,
        contact: None,
        channel: "met".into(),
        station: "other".into(),
        first_contact: heard,
        opened_form: here.now,
        told_desk: (kind == CaseKind::Complaint).then_some(here.now),
        place,
        caller: Caller { person: String::new(), name: filled.get("name").into(), phone: filled.get("phone").into() },
        words: filled.get("words").to_owned(),
        attributes: std::collections::BTreeMap::new(),
        read_back: filled.get("read_back") == "yes",
        notify: kind == CaseKind::Repair,
        attachments: Vec::new(),
        late_reason: filled.get("late_reason").to_owned(),
        approved_by,
        linked_case: None,
        blank_number: String::new(),
    })
}

async fn page(here: &Here, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let fresh = here.sent(None)?;
    let words: Vec<(CaseKind, String)> = KINDS.map(|kind| (kind, said(kind.title(), None).into_owned())).to_vec();
    let kinds: Vec<Chip> = words
        .iter()
        .map(|(kind, words)| Chip { value: kind.id(), words, key: None, on: filled.get("kind") == kind.id() })
        .collect();
    let lines = Control::Lines { value: filled.get("words"), rows: 4, most: 2000 };
    let asked = html! {
        p.dim { (t("您听到的，就由您先受理：记下来，前台马上看到，您是首问人。")) }
        form.narrow method="post" action="/heard" autocomplete="off" {
            (command(fresh.command.as_str()))
            (Field { required: true, control: lines, ..Field::line("words", t("来人的话"), "") }.render())
            (chips("kind", t("是什么事"), false, &kinds))
            (Field { required: true, hint: t("房号、姓名或地点"), ..Field::line("place", t("地点"), filled.get("place")) }.render())
            div.pair {
                (Field::line("name", t("来人称呼"), filled.get("name")).render())
                (Field {
                    control: Control::Line { kind: "tel", value: filled.get("phone"), most: 30 },
                    ..Field::line("phone", t("联系电话"), "")
                }.render())
            }
            label.read-key {
                input type="checkbox" name="read_back" value="yes" checked[filled.get("read_back") == "yes"]; " "
                (t("已复述，来人确认"))
            }
            (late::show(filled, None))
            @if let Some(no) = no { (refusal(no)) }
            p.ways { button.main data-key="F8" { (t("登记，转前台")) " " kbd { "F8" } } }
        }
    };
    let body = html! {
        @if !filled.get("saved").is_empty() {
            p.saved role="status" { (t("已登记，请告诉来人编号")) " " b.big { (filled.get("saved")) } }
        }
        (panel(t("听到一件事"), html! {}, asked))
    };
    Ok(Fragment(Page::new(t("听到一件事"), Frame::Desk(Place::Home, &around), body).render()))
}
