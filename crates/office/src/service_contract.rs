//! Contracts of special services (特约服务): for whom, what, from when until when, for how much; and how they end.

use calendar::Moment;
use jiff::civil::Date;

use crate::case::{Case, CaseKind};
use crate::event::Event;
use crate::refusal::Refusal;

/// The register of contracts; also their kind.
pub const REGISTER: &str = "service_contracts";
/// The act that begins one.
const STARTED: &str = "service.contract_started";
/// The act that ends one, whatever the reason.
const ENDED: &str = "service.contract_ended";

/// The talks in the middle and after the end.
pub(crate) const TALKS: [&str; 2] = ["follow_up.midterm_done", "follow_up.end_done"];

/// What the answer in a talk brings: who is not satisfied is put right and asked again; a contract that was closed is open again.
pub(crate) fn brings(case: &Case, event: &Event) -> Vec<Event> {
    let satisfaction = event.body.attributes.get("follow_up.satisfaction").map_or("", String::as_str);
    match satisfaction {
        "" => Vec::new(),
        "dissatisfied" => {
            let closed = case.state == crate::case::CaseState::Closed;
            let mut events: Vec<Event> =
                closed.then(|| Event::plain("case.reopened", event.happened)).into_iter().collect();
            events.push(Event::plain(UNHAPPY, event.happened));
            let told = event.body.attributes.get("follow_up.shortcomings").cloned().unwrap_or_default();
            events.iter_mut().for_each(|event| event.body.note.clone_from(&told));
            events
        }
        _ => vec![Event::plain(HAPPY, event.happened)],
    }
}

/// What is to be done next about a customer who is not satisfied, and since when; none once they are.
pub(crate) fn amends(case: &Case) -> Option<(&'static str, Moment)> {
    let last = |name: &str| case.last(name).map(|entry| (entry.seq, entry.event.happened));
    let unhappy = last(UNHAPPY).filter(|(seq, _)| last(HAPPY).is_none_or(|(happy, _)| happy < *seq))?;
    let talk = if case.has("service.contract_ended") { TALKS[1] } else { TALKS[0] };
    Some(match last(REWORKED).filter(|(seq, _)| *seq > unhappy.0) {
        Some((_, done)) => (talk, done),
        None => (REWORKED, unhappy.1),
    })
}

const HAPPY: &str = "follow_up.satisfied";
const UNHAPPY: &str = "follow_up.dissatisfied";
const REWORKED: &str = "follow_up.rework_done";

/// Whether a contract's days make sense. Refused: an end before the beginning, an expiry before the last day, ending it early
/// without a word why, closing it while the customer is not satisfied.
pub(crate) fn sensible(what: &str, case: Option<&Case>, event: &Event, today: Date) -> Result<(), Refusal> {
    let own = |id: &str| event.body.attributes.get(id);
    let day = |id: &str| own(id).or_else(|| case?.attributes.get(id)).and_then(|value| value.parse::<Date>().ok());
    let ends = day("service.ends_on");
    match event.name.as_str() {
        STARTED if day("service.starts_on").zip(ends).is_some_and(|(from, until)| until < from) => {
            Err(Refusal::new(what, "合同结束早于合同开始", "请核对两个日期。").at("service.ends_on"))
        }
        ENDED if case.is_some_and(|it| it.kind == CaseKind::Record(REGISTER)) => {
            let reason = own("service.end_reason").map_or("", String::as_str);
            if let (Some(until), "expired") = (ends.filter(|until| today < *until), reason) {
                let next = "提前结束的，请选“提前解除”或“续约”，并写明原因。";
                return Err(Refusal::new(what, format!("合同到 {until} 才期满"), next).at("service.end_reason"));
            }
            if reason == "cancelled" && event.body.note.trim().is_empty() {
                return Err(Refusal::new(what, "提前解除没有写原因", "请写明谁提出、为什么。").at("note"));
            }
            Ok(())
        }
        "case.closed" if case.is_some_and(|it| it.kind == CaseKind::Record(REGISTER) && amends(it).is_some()) => {
            let next = "请重新处理，再回访到满意；回访过的，请登记结果。";
            Err(Refusal::new(what, "最近一次回访业主不满意，还没有处理到满意", next))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn contract() -> Case {
        let mut event = Event::plain(STARTED, Moment(0)).with("service.ends_on", "2026-08-31");
        let links = [("kind", REGISTER), ("number", "TY-202603-0001")];
        event.body.links = links.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
        let entry = crate::event::Entry { seq: 1, at: Moment(0), actor: "a".into(), post: "front_desk".into(), event };
        crate::case::replay("r1", &[entry]).expect("begun")
    }

    #[test]
    fn a_contract_expires_on_its_last_day_and_not_before() {
        let case = contract();
        let ended = |reason: &str, note: &str, today| {
            let mut event = Event::plain(ENDED, Moment(5)).with("service.end_reason", reason);
            event.body.note = note.into();
            sensible("不能", Some(&case), &event, today).map_err(|no| no.field)
        };
        assert_eq!(ended("expired", "", date(2026, 8, 31)), Ok(()));
        assert_eq!(ended("expired", "", date(2026, 8, 30)), Err(Some("service.end_reason".into())));
        assert_eq!(ended("cancelled", " ", date(2026, 5, 1)), Err(Some("note".into())));
        assert_eq!(ended("cancelled", "业主搬走", date(2026, 5, 1)), Ok(()));
        assert_eq!(ended("renewed", "", date(2026, 5, 1)), Ok(()));
    }

    #[test]
    fn who_is_not_satisfied_is_put_right_and_asked_again() {
        let mut case = contract();
        let add = |case: &mut Case, name: &str, at: i64| {
            let seq = case.entries.len() as i64 + 1;
            let event = Event::plain(name, Moment(at));
            case.entries.push(crate::event::Entry {
                seq,
                at: Moment(at),
                actor: "a".into(),
                post: "front_desk".into(),
                event,
            });
        };
        let close = |case: &Case| {
            sensible("不能", Some(case), &Event::plain("case.closed", Moment(9)), date(2026, 9, 1)).is_ok()
        };
        let talked = |answer: &str| {
            let event = Event::plain(TALKS[0], Moment(1)).with("follow_up.satisfaction", answer);
            brings(&contract(), &event).into_iter().map(|it| it.name).collect::<Vec<_>>()
        };
        assert_eq!([talked("dissatisfied"), talked("satisfied")], [[UNHAPPY], [HAPPY]]);
        assert!(close(&case) && amends(&case).is_none());
        add(&mut case, UNHAPPY, 2);
        assert!(!close(&case) && amends(&case) == Some((REWORKED, Moment(2))));
        add(&mut case, REWORKED, 3);
        assert!(!close(&case) && amends(&case) == Some((TALKS[0], Moment(3))));
        add(&mut case, "service.contract_ended", 4);
        assert_eq!(amends(&case), Some((TALKS[1], Moment(3))));
        add(&mut case, HAPPY, 5);
        assert!(close(&case) && amends(&case).is_none());
    }

    #[test]
    fn it_does_not_end_before_it_begins() {
        let event = |until: &str| {
            Event::plain(STARTED, Moment(0)).with("service.starts_on", "2026-03-01").with("service.ends_on", until)
        };
        let today = date(2026, 3, 1);
        assert!(sensible("不能", None, &event("2026-03-01"), today).is_ok());
        assert!(sensible("不能", None, &event("2026-02-28"), today).is_err());
    }
}
