//! Reports of a week, month or quarter (统计报告): begun by the clock or by hand, written on, submitted, reviewed, approved with its
//! figures, archived; whether measures are taken is decided on a quarter's. A report is a record of its register.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const REPORT: &[CaseKind] = &[Record("statistics_report")];
const CENTRE: &[&str] =
    &["front_desk", "receptionist", "service_centre", "service_supervisor", "service_centre_head", "office_manager"];
const APPROVES: &[&str] = &["office_manager", "general_manager"];

const REPORT_STEP: Act = Act { kinds: REPORT, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "statistics_report.drafted",
        title: "起草统计报告",
        said: "{who}起草统计报告：{note}",
        kinds: REPORT,
        posts: CENTRE,
        fields: &[need("statistics_report.length"), need("period.of"), may("statistics_report.figures"), may("note")],
        after: &[],
        without: &[],
        again: false,
        effect: Effect::Open,
    },
    Act {
        id: "statistics_report.written",
        title: "编写统计报告",
        said: "{who}写好统计报告。{note}",
        posts: CENTRE,
        fields: &[need("statistics_report.text"), may("note")],
        without: &["statistics_report.approved", "case.withdrawn"],
        effect: Effect::Fill("statistics_report"),
        ..REPORT_STEP
    },
    Act {
        id: "statistics_report.submitted",
        title: "报送统计报告",
        said: "{who}把统计报告报送审批。{note}",
        posts: CENTRE,
        fields: &[may("note")],
        after: &["statistics_report.written"],
        without: &["statistics_report.approved", "case.withdrawn"],
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
    Act {
        id: "report.reviewed",
        title: "季度报告审阅",
        said: "{who}审阅统计报告：{note}",
        posts: &["service_centre_head", "service_supervisor", "office_manager"],
        fields: &[need("note")],
        after: &["statistics_report.submitted"],
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
    Act {
        id: "statistics_report.returned",
        title: "退回统计报告",
        said: "{who}退回统计报告：{note}",
        posts: APPROVES,
        fields: &[need("note")],
        after: &["statistics_report.submitted"],
        without: &["statistics_report.approved", "case.withdrawn"],
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
    Act {
        id: "statistics_report.approved",
        title: "批准统计报告",
        said: "{who}批准统计报告，数字以此时为准。{note}",
        posts: APPROVES,
        fields: &[may("note")],
        after: &["statistics_report.submitted"],
        without: &["case.withdrawn"],
        again: false,
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
    Act {
        id: "report.measure_decided",
        title: "决定纠正预防措施",
        said: "{who}决定：{complaint_report.measure_kind}。{note}",
        posts: &["office_manager"],
        fields: &[need("complaint_report.measure_kind"), may("case.reason"), need("note")],
        after: &["statistics_report.submitted"],
        effect: Effect::SignStaff,
        ..REPORT_STEP
    },
    Act {
        id: "statistics_report.archived",
        title: "归档统计报告",
        said: "{who}把统计报告归档。{note}",
        posts: &[
            "archive",
            "front_desk",
            "receptionist",
            "service_centre",
            "service_supervisor",
            "service_centre_head",
        ],
        fields: &[may("statistics_report.with_forms"), may("note")],
        after: &["statistics_report.approved"],
        without: &["statistics_report.archived", "case.withdrawn"],
        again: false,
        effect: Effect::Archive,
        ..REPORT_STEP
    },
];
