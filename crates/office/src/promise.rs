//! Times told to a resident (答应的时间): who said until when, and whether it was kept. One that has passed is theirs to see to who
//! said it; whether a clause limits it too is the rulebooks'.

use calendar::Moment;

use crate::case::{Case, CaseState};
use crate::event::Entry;

/// Another time, told and agreed.
pub const ANEW: &str = "case.promised";

/// What was told under an attribute, and the acts that keep it, the first of which is offered; the end of the work keeps each.
const TOLD: [(&str, &[&str]); 2] = [
    ("case.promised_time", &[ANEW, "case.replied", "complaint.replied"]),
    ("follow_up.answer_by", &["follow_up.issue_answered", "follow_up.issue_settled"]),
];

/// A time that was told and is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The act that is offered.
    pub act: &'static str,
    /// Account of who told it.
    pub by: String,
    /// The moment.
    pub due: Moment,
    /// The bell that rang for it was answered.
    pub heard: bool,
}

/// Whether a time was ever told.
pub fn ever(case: &Case) -> bool {
    TOLD.iter().any(|(attribute, _)| case.attributes.contains_key(*attribute))
}

/// What was told and is not kept; nothing once the matter has ended.
pub fn of(case: &Case) -> Vec<Promise> {
    if case.state.ended() {
        return Vec::new();
    }
    TOLD.iter().filter_map(|(attribute, kept)| open(case, attribute, kept)).collect()
}

fn open(case: &Case, attribute: &str, kept: &[&'static str]) -> Option<Promise> {
    let said = |entry: &&Entry| entry.event.body.attributes.get(attribute).is_some_and(|value| !value.is_empty());
    let told = case.entries.iter().rev().find(said)?;
    let due = Moment(told.event.body.attributes.get(attribute)?.parse().ok()?);
    let later = || case.entries.iter().filter(|entry| entry.seq > told.seq);
    let keeps = |name: &str| kept.contains(&name) || case.kind.finished_by() == Some(name);
    // Work that was said to be done and is not keeps nothing.
    let done = later().any(|entry| keeps(&entry.event.name)) && case.state != CaseState::Working
        || later().any(|entry| kept.contains(&entry.event.name.as_str()));
    if done {
        return None;
    }
    let answers = |entry: &Entry| {
        entry.event.name == "office.ring_acknowledged" && entry.actor == told.actor && entry.event.happened >= due
    };
    Some(Promise { act: kept.first()?, by: told.actor.clone(), due, heard: later().any(answers) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Event;

    fn matter(acts: &[(&str, &str, i64)]) -> Case {
        let entries = acts.iter().zip(1..).map(|((name, who, at), seq)| {
            let mut event = Event::plain(name, Moment(*at));
            if seq == 1 {
                let links = [("kind", "complaint"), ("number", "TS-202611-0001")];
                event.body.links = links.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
            }
            if [ANEW, "case.customer_contacted"].contains(name) {
                event = event.with("case.promised_time", &(at + 100).to_string());
            }
            Entry { seq, at: Moment(*at), actor: (*who).into(), post: "front_desk".into(), event }
        });
        crate::case::replay("k1", &entries.collect::<Vec<_>>()).expect("begun")
    }

    #[test]
    fn a_time_is_theirs_who_told_it_last_until_it_is_kept() {
        const BEGUN: (&str, &str, i64) = ("complaint.requested", "desk", 1);
        assert!(of(&matter(&[BEGUN])).is_empty() && !ever(&matter(&[BEGUN])));
        let told = [BEGUN, ("case.customer_contacted", "desk", 2)];
        let promise = |by: &str, due| vec![Promise { act: ANEW, by: by.into(), due: Moment(due), heard: false }];
        assert_eq!(of(&matter(&told)), promise("desk", 102));
        let anew = [told[0], told[1], (ANEW, "head", 5)];
        assert_eq!(of(&matter(&anew)), promise("head", 105));
        for kept in ["complaint.replied", "complaint.resolved", "case.closed", "case.withdrawn"] {
            assert!(of(&matter(&[told[0], told[1], (kept, "head", 7)])).is_empty(), "{kept}");
        }
        let heard = |who, at| of(&matter(&[told[0], told[1], ("office.ring_acknowledged", who, at)]))[0].heard;
        assert!(heard("desk", 103) && !heard("desk", 50) && !heard("head", 103));
    }
}
