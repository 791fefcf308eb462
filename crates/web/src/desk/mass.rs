//! Mass events at the desk (批量事件): a quiet bar as soon as a household or place of the area is chosen; one key answers the
//! caller with what the event says and joins it.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::house::MadeContact;
use journal::reads::MassEvent;
use maud::{Markup, html};
use office::case::CaseKind;
use office::contact::{EndContact, Outcome};

use super::contact::taken;
use super::counter::Counter;
use super::{save, show};
use crate::components::{Timing, Tone, refused, tag};
use crate::language::{said, t};
use crate::page::Posted;
use crate::security::Fault;
use crate::state::Here;

/// The bars; their element is there also when none goes on, so that it can be swapped.
pub fn bars(here: &Here, counter: &Counter) -> Markup {
    html! {
        div #mass {
            @if office::mass_event::trapped(counter.filled.get("words")) {
                p.trapped role="alert" {
                    (t("电梯里有人被困：这是突发事件。请来人不要扒门、保持通话，按 F8 保存并派单，同时通知救援。"))
                }
            }
            @for (n, event) in counter.mass.iter().enumerate() { (bar(here, counter, event, n == 0)) }
        }
    }
}

fn bar(here: &Here, counter: &Counter, event: &MassEvent, first: bool) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let kind = journal::reads::value_in_words(here.house().laws(), "mass.kind", &event.kind);
    let overrun = event.expected.is_some_and(|at| at <= here.now);
    html! {
        section.mass {
            p {
                b { (said(&kind, None)) } " " (event.area) " "
                span.dim { (event.cause) } " "
                a.small href={ "/cases/" (event.id) } target="_blank" { (event.number) } " "
                span.small.dim { (crate::t!("{} 户已并入", event.joined)) }
            }
            p.read-back {
                (event.answer)
                @if !event.answer.ends_with(['。', '；', '！', '.']) { "。" }
                @if let Some(at) = event.expected {
                    " "
                    @if overrun { (tag(t("已过预计时间，请先问清再答"), Tone::Mind)) }
                    @else { (crate::t!("预计{}恢复。", timing.said(at))) }
                }
            }
            p.ways {
                button form="intake" formaction={ "/desk/mass-events/" (event.id) } formnovalidate data-key=[first.then_some("F1")] {
                    (t("照此答复并入，结束")) @if first { " " kbd { "F1" } }
                }
                " "
                label {
                    input type="checkbox" name="linked_case" value=(event.id) form="intake"
                        checked[counter.filled.get("linked_case") == event.id];
                    " " (t("家里另有损失：另立一件，并入"))
                }
            }
        }
    }
}

/// `POST /desk/mass-events/{id}`: the caller is answered and joins.
pub async fn join(here: Here, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let mut counter = Counter::read(&here, posted.filled).await?;
    let form = counter.register(&here, CaseKind::Enquiry, here.now);
    let made = MadeContact {
        take: taken(&counter.filled),
        end: EndContact {
            outcome: Outcome::Answered,
            words: form.words,
            place: form.place,
            caller: save::caller(&here, &counter).await?,
            attributes: counter.of_contact(&here),
            ..EndContact::default()
        },
    };
    let mut sent = here.sent(counter.filled.command())?;
    sent.post = here.actor.post_for(office::contact::MAY_TAKE);
    let done = here.house().join_mass_event(sent, here.actor.clone(), id, counter.contact.clone(), made).await;
    match done.map_err(|fault| Fault::new("并入批量事件", fault))? {
        Ok(_) => Ok((StatusCode::SEE_OTHER, [(header::LOCATION, "/desk?told=joined")]).into_response()),
        Err(refusal) => {
            counter.refusal = Some(refusal.clone());
            counter.look_ahead(&here).await?;
            Ok(refused(show::page(&here, &counter).await?, &refusal))
        }
    }
}
