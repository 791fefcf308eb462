//! Contracts of special services (特约服务): for whom, what, from when until when, for how much; and how they end.

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

/// Whether a contract's days make sense. Refused: an end before the beginning, an expiry before the last day, ending it early
/// without a word why.
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
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use calendar::Moment;
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
    fn it_does_not_end_before_it_begins() {
        let event = |until: &str| {
            Event::plain(STARTED, Moment(0)).with("service.starts_on", "2026-03-01").with("service.ends_on", until)
        };
        let today = date(2026, 3, 1);
        assert!(sensible("不能", None, &event("2026-03-01"), today).is_ok());
        assert!(sensible("不能", None, &event("2026-02-28"), today).is_err());
    }
}
