//! What statistics find (统计中的严重问题): reported to the manager, given to somebody with a limit, solved, followed up, closed
//! and signed off. Also the management review (管理评审), which uses the summaries of complaints.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const PROBLEM: &[CaseKind] = &[Record("statistics_problem")];
const REVIEW: &[CaseKind] = &[Record("management_review")];
const CENTRE: &[&str] =
    &["front_desk", "receptionist", "service_centre", "service_supervisor", "service_centre_head", "office_manager"];
const SOLVES: &[&str] = &[
    "responsible_department",
    "responsible_person",
    "department_head",
    "department_first",
    "engineering_supervisor",
    "technician",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
];
const REPAIR: &[CaseKind] = &[Repair];
const REVIEWS: &[&str] =
    &["office_manager", "management_representative", "general_manager", "company_leader", "enterprise_department"];

const PROBLEM_STEP: Act = Act { kinds: PROBLEM, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "repair.listed_free",
        title: "列入免费维修统计",
        said: "{who}把这件列入免费维修统计。",
        kinds: REPAIR,
        after: &["repair.completed"],
        without: &["case.withdrawn"],
        again: false,
        ..STEP
    },
    Act {
        id: "statistics.problem_found",
        title: "发现严重问题",
        said: "{who}从统计中发现严重问题：{case.content}",
        kinds: PROBLEM,
        posts: CENTRE,
        fields: &[need("case.content"), need("period.of"), may("note")],
        after: &[],
        without: &[],
        again: false,
        effect: Effect::Open,
    },
    Act {
        id: "statistics.problem_reported",
        title: "严重问题报经理",
        said: "{who}把严重问题报管理处经理。{note}",
        posts: CENTRE,
        fields: &[may("note")],
        ..PROBLEM_STEP
    },
    Act {
        id: "statistics.problem_assigned",
        title: "限期指派解决",
        said: "{who}指派{case.person}解决，限期 {problem.limit}。{note}",
        posts: &["service_supervisor", "service_centre_head", "office_manager"],
        fields: &[may("case.department"), need("case.person"), need("problem.limit"), may("note")],
        after: &["statistics.problem_reported"],
        effect: Effect::SignStaff,
        ..PROBLEM_STEP
    },
    Act {
        id: "statistics.problem_solved",
        title: "问题解决",
        said: "{who}记录问题解决：{note}",
        posts: SOLVES,
        fields: &[need("note")],
        after: &["statistics.problem_assigned"],
        ..PROBLEM_STEP
    },
    Act {
        id: "statistics.problem_closed",
        title: "问题关闭",
        said: "{who}关闭问题。{note}",
        posts: &["service_supervisor", "service_centre_head", "office_manager"],
        fields: &[may("note")],
        after: &["statistics.problem_solved"],
        effect: Effect::SignStaff,
        ..PROBLEM_STEP
    },
    Act {
        id: "statistics.signed_off",
        title: "统计签发",
        said: "{who}签发统计。{note}",
        posts: &["office_manager"],
        fields: &[may("note")],
        effect: Effect::SignStaff,
        ..PROBLEM_STEP
    },
    Act {
        id: "review.management_held",
        title: "管理评审",
        said: "{who}主持管理评审[，采用：{review.complaint_summary}]。{note}",
        kinds: REVIEW,
        posts: REVIEWS,
        fields: &[need("note"), may("review.complaint_summary"), may("complaint.attendees")],
        after: &[],
        without: &[],
        again: false,
        effect: Effect::Open,
    },
];
