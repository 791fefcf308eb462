//! Where a repair stands between its steps (维修情形): what was promised, what is waited for, whether it can be repaired at all.

use calendar::Moment;

use super::Case;
use crate::event::Entry;

/// Kinds of paid service (有偿服务): these go by the paid-service slip instead of the repair slip.
const PAID: [&str; 4] = ["install", "paid_repair", "cleaning", "other_paid"];

/// Whether a kind of service is paid for.
pub fn is_paid(service_kind: &str) -> bool {
    PAID.contains(&service_kind)
}

impl Case {
    /// Whether it was marked as urgent when it was taken in, or reported as an emergency since.
    pub fn is_urgent(&self) -> bool {
        self.attributes.get("repair.emergency").is_some_and(|it| it == "yes") || self.has("incident.reported")
    }

    /// Place in the journal of the last entry of this name in the present round of work; 0 for none.
    fn since(&self, name: &str) -> i64 {
        self.last(name).map(|entry| entry.seq).filter(|seq| *seq >= self.round_from).unwrap_or(0)
    }

    /// Whether it goes by the paid-service slip: it has one, or is a paid service and has no other.
    pub fn goes_by_paid_slip(&self) -> bool {
        let paid = self.attributes.get("repair.service_kind").is_some_and(|kind| is_paid(kind));
        self.form("paid_service_slip").is_some() || paid && self.form("repair_slip").is_none()
    }

    /// Whether an item outside the price list was found or reported, and nobody has assessed it since.
    pub fn waits_for_assessment(&self) -> bool {
        let seq = |name: &str| self.last(name).map_or(0, |entry| entry.seq);
        let outside = self.attributes.get("repair.on_price_list").is_some_and(|it| it == "no");
        outside && (seq("repair.assessed") == 0 || seq("repair.assessed") < seq("repair.off_list_found"))
    }

    /// Why it is to be done again: the entry by which somebody was not satisfied, until the work is said to be done once more.
    pub fn unsolved(&self) -> Option<&Entry> {
        let seq = |name: &str| self.last(name).map_or(0, |entry| entry.seq);
        let done = ["repair.completed", "follow_up.rework_done"].map(seq).into_iter().max().unwrap_or(0);
        self.last("follow_up.dissatisfied").filter(|entry| entry.seq > done)
    }

    /// What is waited for now (等候): the entry that said so, unless it came or the work went on.
    pub fn waits(&self) -> Option<&Entry> {
        let over = ["repair.waiting_over", "repair.started", "repair.completed"].map(|name| self.since(name));
        let waiting = self.last("repair.waiting").filter(|entry| entry.seq >= self.round_from)?;
        (!self.state.ended() && over.iter().all(|seq| *seq < waiting.seq)).then_some(waiting)
    }

    /// Whether it was found on site that it cannot be repaired, and nobody has found another way since: no new worker, no new
    /// assessment, no work.
    pub fn cannot_be_repaired(&self) -> bool {
        let found = self.since("repair.found_infeasible");
        let ways = ["repair.assigned", "repair.assessed", "repair.started", "repair.completed"];
        found > 0 && ways.iter().all(|name| self.since(name) < found)
    }

    /// The moment promised last (约定): the end of the window when there is one, else the appointment.
    pub fn promised(&self) -> Option<Moment> {
        let at = |id: &str| self.attributes.get(id).and_then(|value| value.parse().ok()).map(Moment);
        at("repair.appointment_end").or_else(|| at("repair.appointment"))
    }

    /// What another promise changes: the appointment, and the window with its length when there was one. Nothing when the old
    /// promise had passed by then: what was broken stays broken.
    pub(super) fn moved(&self, to: Moment, agreed: Moment) -> Vec<(&'static str, String)> {
        let at = |id: &str| self.attributes.get(id).and_then(|value| value.parse::<i64>().ok());
        let (begin, end) = (at("repair.appointment"), at("repair.appointment_end"));
        if self.promised().is_some_and(|promised| promised < agreed) {
            return Vec::new();
        }
        match (begin, end) {
            (Some(begin), Some(end)) if begin < end => vec![
                ("repair.appointment", (to.0 - (end - begin)).to_string()),
                ("repair.appointment_end", to.0.to_string()),
            ],
            (_, Some(_)) => vec![("repair.appointment_end", to.0.to_string())],
            _ => vec![("repair.appointment", to.0.to_string())],
        }
    }
}
