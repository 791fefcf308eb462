//! What an act says by being done (随办的事): attributes that follow from it, and facts that it brings with it.

use std::collections::BTreeMap;

use calendar::Moment;

use super::{ActOnCase, Case, CaseKind};
use crate::act::Act;
use crate::actor::Actor;
use crate::event::{Event, Touch};
use crate::form;

/// A form issued by the act leaves its number with the case.
pub(super) fn number_attribute(event: &mut Event) {
    let Some(touch) = event.body.form.as_ref().filter(|touch| matches!(touch.touch, Touch::Issued(_))) else { return };
    if let Some(attribute) = form::find(&touch.form).map(|form| &form.number_attribute).filter(|it| !it.is_empty()) {
        event.body.attributes.insert(attribute.clone(), touch.number.clone());
    }
}

/// What a follow-up shows of itself unless somebody said otherwise: its round, and the proof of it (回访凭据): that it was
/// by phone, or the customer's signature afterwards. The proof of an earlier round does not serve this one.
pub(super) fn follow_up_shows(case: &Case, event: &mut Event) {
    let by_phone = |attributes: &BTreeMap<String, String>| {
        attributes.get("follow_up.method").is_some_and(|method| method == "phone")
    };
    let (now, before) = (by_phone(&event.body.attributes), by_phone(&case.attributes));
    let proved = case.attributes.contains_key("follow_up.proof");
    let attributes = &mut event.body.attributes;
    let mut tell = |name: &str, value: &str| {
        attributes.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    };
    match event.name.as_str() {
        "follow_up.done" => {
            let rounds = case.entries.iter().filter(|entry| entry.event.name == "follow_up.done").count();
            tell("follow_up.round", &(rounds + 1).to_string());
            if now {
                tell("follow_up.proof", "noted_by_phone");
            } else if proved {
                tell("follow_up.proof", "");
            }
        }
        "case.customer_signed" if case.has("follow_up.done") && !before => tell("follow_up.proof", "signed"),
        _ => {}
    }
}

/// Acts on a report that are done for the period that the report is about.
const FOR_THE_PERIOD: [&str; 3] =
    ["complaint_report.meeting_held", "complaint_report.written", "complaint_report.submitted"];

/// A report's steps name the period that its opening named.
pub(super) fn period_shows(case: &Case, event: &mut Event) {
    let period = case.attributes.get("period.of").filter(|_| FOR_THE_PERIOD.contains(&event.name.as_str()));
    if let Some(period) = period {
        event.body.attributes.entry("period.of".to_owned()).or_insert_with(|| period.clone());
    }
}

/// What an act says by being done: an approved extension is approved, a joined complaint points to the one it joins, the
/// photo that goes with a posted notice is the photo of the posting, whoever signs for a work order has it from that minute on.
pub(super) fn act_shows(case: &Case, event: &mut Event, actor: &Actor) {
    repair_shows(case, event);
    match event.name.as_str() {
        "order.signed_for" => {
            let at = event.happened.0.to_string();
            event.body.attributes.entry("order.accepted_at".to_owned()).or_insert(at);
            event.body.links.entry("assignee".to_owned()).or_insert_with(|| actor.account.clone());
        }
        "repair.off_list_found" => {
            event.body.attributes.insert("repair.on_price_list".to_owned(), "no".to_owned());
        }
        "follow_up.reassigned" => {
            event.body.attributes.insert("follow_up.is_reassigned".to_owned(), "yes".to_owned());
        }
        "follow_up.issue_raised" => {
            event.body.attributes.entry("follow_up.answered_on_spot".to_owned()).or_insert_with(|| "no".to_owned());
        }
        "case.extension_approved" => {
            event.body.attributes.insert("case.extension_is_approved".to_owned(), "yes".to_owned());
        }
        crate::tariff::APPROVED => crate::tariff::approved_by(event),
        "notice.posted" => {
            let photo = event.body.attachments.first().map(|file| file.name.clone());
            if let Some(photo) = photo.filter(|_| !event.body.attributes.contains_key("notice.photo")) {
                event.body.attributes.insert("notice.photo".to_owned(), photo);
            }
        }
        "complaint.recorded" => {
            if let Some(number) = event.body.attributes.get("complaint.merged_into") {
                event.body.links.insert("linked_case".to_owned(), number.clone());
            }
        }
        _ => {}
    }
}

/// What a step of a repair says by being done: what cannot be repaired is not feasible, who went back makes a second trip, an
/// agreed move takes the place of the promise before it, a service order is made out for the kind of its matter.
fn repair_shows(case: &Case, event: &mut Event) {
    let attributes = &mut event.body.attributes;
    let mut tell = |name: &str, value: &str| {
        attributes.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    };
    match event.name.as_str() {
        "repair.found_infeasible" => tell("repair.feasible", "no"),
        "repair.went_back" => tell("repair.second_trip", "yes"),
        "repair.move_agreed" => {
            let to = attributes.get("repair.moved_to").and_then(|to| to.parse().ok()).map(Moment);
            let changed = to.map(|to| case.moved(to, event.happened)).unwrap_or_default();
            attributes.extend(changed.into_iter().map(|(name, value)| (name.to_owned(), value)));
        }
        "service.home_requested" => tell("case.request_kind", "indoor_cleaning"),
        "service_order.issued" => {
            if let Some(kind) = super::register::ordered_as(case.kind) {
                tell("service_order.kind", kind);
            }
        }
        _ => {}
    }
}

/// Meter readings that the customer has signed are signed by the customer, whoever holds the pad.
pub(super) fn signed_as(event: &mut Event) {
    let customers = event.body.signature.as_ref().is_some_and(|it| it.post == crate::event::RESIDENT);
    if customers && event.name == "customer.meter_signed" {
        event.body.attributes.insert("meter.signed_as".to_owned(), crate::event::RESIDENT.to_owned());
    }
}

/// What an act brings with it: the verdict of a follow-up is a fact of its own, first aid that has ended is help given, a letter
/// that is on its way or on the board is the answer, another time that the resident asked for is agreed.
pub(super) fn consequences(act: &Act, case: &Case, command: &ActOnCase, event: &Event) -> Vec<Event> {
    let happened = event.happened;
    match act.id {
        "repair.assessed" => return crate::charge::assessed(case, event),
        "follow_up.unsolved_told" => return unsolved(case, command, happened),
        "follow_up.issue_raised" => return issue_brings(event),
        "survey.household_answered" => return crate::survey::brings(event),
        crate::fee_notice::PRINTED | crate::fee_notice::SLIP | crate::fee_notice::REVERSED | crate::fee::PAID => {
            return crate::fee_notice::brings(case, event);
        }
        "internal_rule.revised" => return crate::asked::asked_again(case, event),
        crate::meeting::BEGAN => return crate::meeting::brings(case, event),
        crate::statistics_report::SUBMITTED | crate::statistics_report::ARCHIVED => {
            return crate::statistics_report::brings(case, event);
        }
        _ => {}
    }
    if ["reply.letter_sent", "reply.posted"].contains(&act.id) {
        let name = if case.kind == CaseKind::Complaint { "complaint.replied" } else { "case.replied" };
        let said = |id: &str| case.attributes.get(id).cloned().unwrap_or_default();
        let mut event = Event::plain(name, happened).with("complaint.reply_letter", said("complaint.reply_letter"));
        event.body.note = said("reply.text");
        return vec![event];
    }
    let moment = |id: &str| command.attributes.get(id).cloned().filter(|value| !value.is_empty());
    match (act.id, moment("repair.appointment"), moment("repair.moved_to")) {
        // Who asks for another time agrees to it.
        ("service.owner_deferred", Some(to), _) if case.kind == CaseKind::Repair => {
            return vec![Event::plain("repair.move_agreed", happened).with("repair.moved_to", &to)];
        }
        // The notice at the door proposes one.
        ("repair.nobody_home", _, Some(to)) => {
            return vec![Event::plain("repair.move_proposed", happened).with("repair.moved_to", &to)];
        }
        _ => {}
    }
    if act.id == "service.first_aid_ended" {
        return vec![Event::plain("service.help_completed", happened)];
    }
    if crate::service_contract::TALKS.contains(&act.id) {
        return crate::service_contract::brings(case, event);
    }
    if act.id != "follow_up.done" {
        return Vec::new();
    }
    match command.attributes.get("follow_up.satisfaction").map(String::as_str) {
        Some("dissatisfied") => {
            let mut unhappy = Event::plain("follow_up.dissatisfied", happened);
            for id in ["follow_up.not_solvable_now", "case.reason"] {
                let told = command.attributes.get(id).map(|value| (id.to_owned(), value.clone()));
                unhappy.body.attributes.extend(told);
            }
            vec![unhappy]
        }
        Some(_) => vec![Event::plain("follow_up.satisfied", happened)],
        None => Vec::new(),
    }
}

/// An issue answered on the spot is answered and settled; one with a time agreed is a promise.
fn issue_brings(event: &Event) -> Vec<Event> {
    let said = |id: &str| event.body.attributes.get(id).map_or("", String::as_str);
    let note = |name: &str| {
        let mut event = Event::plain(name, event.happened);
        event.body.note = "当场答清".to_owned();
        event
    };
    match (said("follow_up.answered_on_spot"), said("follow_up.answer_by")) {
        ("yes", _) => vec![note("follow_up.issue_answered"), note("follow_up.issue_settled")],
        (_, "") => Vec::new(),
        (_, by) => vec![Event::plain("follow_up.answer_promised", event.happened).with("follow_up.answer_by", by)],
    }
}

/// Work that was said to be done and is not: as a dissatisfied follow-up has it, and a closed matter is open again.
fn unsolved(case: &Case, command: &ActOnCase, happened: Moment) -> Vec<Event> {
    let finished = case.kind.finished_by().is_some_and(|name| case.has(name));
    let mut events = Vec::new();
    if case.state == super::CaseState::Closed {
        events.push(Event::plain("case.reopened", happened));
    }
    if finished {
        events.push(Event::plain("follow_up.dissatisfied", happened));
    }
    for event in &mut events {
        event.body.note = command.note.trim().to_owned();
    }
    events
}
