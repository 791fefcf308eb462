//! The quarterly report on complaints (投诉分析报告): compiled, analysed department by department, talked over, written,
//! submitted, approved or returned; the measures of each department carried out. A report is a record of its register.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const REPORT: &[CaseKind] = &[Record("complaint_report")];
const CENTRE: &[&str] =
    &["receptionist", "service_centre", "service_supervisor", "service_centre_head", "office_manager"];
const DEPARTMENTS: &[&str] = &[
    "responsible_department",
    "department_head",
    "department_first",
    "engineering_supervisor",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
];

const REPORT_STEP: Act = Act { kinds: REPORT, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "complaint_report.compiled",
        title: "汇总季度投诉",
        said: "{who}汇总截至 {period.of} 一季的投诉[，共 {complaint_report.count} 件]。{note}",
        kinds: REPORT,
        posts: CENTRE,
        fields: &[need("period.of"), may("complaint_report.count"), may("complaint_report.figures"), may("note")],
        after: &[],
        without: &[],
        again: false,
        effect: Effect::Open,
    },
    Act {
        id: "complaint_report.department_listed",
        title: "列入有投诉部门",
        said: "{who}列入{case.department}[，{complaint_report.count} 件投诉]。",
        posts: CENTRE,
        fields: &[need("case.department"), may("complaint_report.count"), may("note")],
        ..REPORT_STEP
    },
    Act {
        id: "complaint_report.department_analysed",
        title: "部门投诉分析",
        said: "{who}分析{case.department}的投诉：{complaint.analysis}[；纠正措施：{complaint.measure}][；预防措施：{complaint.prevention}]",
        posts: DEPARTMENTS,
        fields: &[
            need("case.department"),
            need("complaint.analysis"),
            may("complaint.measure"),
            may("complaint.prevention"),
            may("case.person"),
            may("problem.limit"),
            may("note"),
        ],
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
    Act {
        id: "complaint_report.meeting_held",
        title: "召开投诉分析例会",
        said: "{who}召开投诉分析例会[，到会{complaint.attendees}]。{note}",
        posts: CENTRE,
        fields: &[may("complaint.attendees"), need("note")],
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
    Act {
        id: "complaint_report.written",
        title: "编写投诉分析报告",
        said: "{who}写好投诉分析报告。{note}",
        posts: CENTRE,
        fields: &[need("complaint_report.text"), may("note")],
        effect: Effect::Fill("complaint_analysis_report"),
        ..REPORT_STEP
    },
    Act {
        id: "complaint_report.submitted",
        title: "呈报总经理",
        said: "{who}把报告呈报总经理。{note}",
        posts: CENTRE,
        fields: &[may("note")],
        after: &["complaint_report.written"],
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
    Act {
        id: "complaint_report.approved",
        title: "批准投诉分析报告",
        said: "{who}批准投诉分析报告。{note}",
        posts: &["general_manager"],
        fields: &[may("note")],
        after: &["complaint_report.submitted"],
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
    Act {
        id: "complaint_report.returned",
        title: "退回投诉分析报告",
        said: "{who}退回报告：{note}",
        posts: &["general_manager"],
        fields: &[need("note")],
        after: &["complaint_report.submitted"],
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
    Act {
        id: "complaint_report.measure_done",
        title: "部门措施落实",
        said: "{who}记录{case.department}的措施落实：{note}",
        posts: DEPARTMENTS,
        fields: &[need("case.department"), need("note")],
        after: &["complaint_report.department_analysed"],
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
];
