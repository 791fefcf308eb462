//! What waits for a signature (待签): which act of a leader answers which step, so that nobody has to look for it.

use super::{Act, find};
use crate::case::{Case, CaseState};

/// The step after which an act waits to be signed, and the act.
const WAITS: &[(&str, &str)] = &[
    ("complaint.department_opinion", "complaint.area_signed"),
    ("complaint.notified_superior_leader", "complaint.superior_opinion"),
    ("complaint.submitted_superior", "complaint.superior_opinion"),
    ("complaint.escalated_superior", "complaint.superior_opinion"),
    ("complaint.reported_department_first", "complaint.department_first_opinion"),
    ("complaint.reported_company_leader", "complaint.company_decided"),
    ("complaint.reported_representative", "complaint.representative_opinion"),
    ("complaint.sheet_measure_written", "complaint.sheet_approved"),
    ("complaint.sheet_submitted", "complaint.sheet_approved"),
    ("complaint.measure_executed", "complaint.sheet_closed"),
    ("complaint.result_reported_manager", "complaint.effect_checked"),
    ("complaint.sheet_closed", "complaint.review_held"),
    ("repair.copies_returned", "repair.supervisor_confirmed"),
    ("incident.form_written", "incident.form_approved"),
    ("complaint_report.submitted", "complaint_report.approved"),
    ("statistics_report.submitted", "statistics_report.approved"),
    ("statistics.problem_reported", "statistics.problem_assigned"),
    ("statistics.problem_closed", "statistics.signed_off"),
    ("topic.letter_written", "topic.letter_sent"),
    ("duty.swap_asked", "duty.swap_approved"),
    ("leave.asked", "leave.granted"),
    ("fee.reversal_asked", "fee.reversed"),
    (HANDED.0, HANDED.1),
];
/// A copy that was handed over, and the act that takes it in: it waits also when the matter itself has ended.
const HANDED: (&str, &str) = ("repair.copy_to_finance", RECEIVED);
/// The act by which finance takes a third copy in.
pub const RECEIVED: &str = "repair.finance_received";
/// Steps that answer in place of the act: another level has signed, the report was sent back.
const INSTEAD: &[(&str, &str)] = &[
    ("complaint.sheet_approved", "complaint.sheet_signed_out"),
    ("complaint_report.approved", "complaint_report.returned"),
    ("statistics_report.approved", "statistics_report.returned"),
    ("complaint.area_signed", "complaint.resolved"),
    ("duty.swap_approved", "duty.swap_refused"),
    ("fee.reversed", "fee.reversal_refused"),
    ("complaint.superior_opinion", "complaint.resolved"),
];

/// The acts that wait to be signed in this case, in the order in which they are listed; once it has ended, only a copy that was
/// handed over.
pub fn waits(case: &Case) -> Vec<&'static str> {
    let mut waiting: Vec<&'static str> = Vec::new();
    if case.state == CaseState::Withdrawn {
        return waiting;
    }
    let last = |name: &str| case.last(name).map_or(0, |entry| entry.seq);
    for (step, act) in WAITS.iter().filter(|it| !case.state.ended() || **it == HANDED) {
        let instead = INSTEAD.iter().filter(|(of, _)| of == act).map(|(_, other)| last(other)).max().unwrap_or(0);
        let asked = last(step);
        if asked > last(act).max(instead) && !waiting.contains(act) {
            waiting.push(act);
        }
    }
    waiting
}

/// Of acts that wait, those that somebody with these posts may sign.
pub fn signed_by(waiting: &str, posts: &[String]) -> Vec<&'static Act> {
    waiting.split(' ').filter_map(find).filter(|act| act.allowed(posts)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_called_so_that_it_can_be_said() {
        let called = |act: &str| find(act).map(Act::refused).unwrap_or_default();
        assert_eq!(called("repair.completed"), "不能完工");
        assert_eq!(called("repair.customer_signed"), "没有记下“住户签字”");
        assert_eq!(called("repair.accepted"), "没有记下“试用验收合格”");
    }

    #[test]
    fn what_waits_is_an_act_that_somebody_signs() {
        for (step, act) in WAITS.iter().chain(INSTEAD) {
            assert!(find(step).is_some(), "{step}");
            assert!(find(act).is_some(), "{act}");
        }
        let manager = ["office_manager".to_owned()];
        let acts: Vec<&str> =
            signed_by("complaint.sheet_approved complaint_report.approved", &manager).iter().map(|it| it.id).collect();
        assert_eq!(acts, ["complaint.sheet_approved"]);
    }
}
