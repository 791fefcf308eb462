//! The nonconformity sheet (不合格处理单): content, meeting, measure, approval, execution, end.

use super::{CHAIRS, HANDLERS, SHEET_WRITERS, STEP};
use crate::act::{Act, Effect, may, need};

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "complaint.sheet_content_written",
        title: "写不合格内容",
        said: "{who}填写不合格内容：{complaint.nonconformity}",
        posts: SHEET_WRITERS,
        fields: &[
            need("complaint.nonconformity"),
            may("complaint.verification"),
            may("complaint.level"),
            may("complaint.fault"),
            may("note"),
        ],
        effect: Effect::Fill("nonconformity_sheet"),
        ..STEP
    },
    Act {
        id: "complaint.meeting_held",
        title: "开处理会议",
        said: "{who}召开处理会议[，到会{complaint.attendees}]。{note}",
        posts: CHAIRS,
        fields: &[
            may("complaint.attendees"),
            may("present"),
            may("complaint.analysis"),
            may("complaint.measure"),
            may("note"),
        ],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "complaint.sheet_measure_written",
        title: "写纠正措施",
        said: "{who}填写纠正措施：{complaint.measure}",
        posts: SHEET_WRITERS,
        fields: &[
            may("complaint.analysis"),
            need("complaint.measure"),
            may("case.person"),
            may("complaint.sheet_limit"),
            may("complaint.meeting_needed"),
            may("note"),
        ],
        after: &["complaint.sheet_content_written"],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "complaint.sheet_submitted",
        title: "处理单报管理者代表",
        said: "{who}把处理单报管理者代表。{note}",
        posts: &["office_manager", "department_first", "department_head"],
        fields: &[may("note")],
        after: &["complaint.sheet_measure_written"],
        ..STEP
    },
    Act {
        id: "complaint.sheet_approved",
        title: "审批处理单",
        said: "{who}审批处理单[，限期 {complaint.sheet_limit}]。{note}",
        posts: &["office_manager", "management_representative"],
        fields: &[may("complaint.sheet_limit"), may("complaint.meeting_needed"), may("case.person"), may("note")],
        after: &["complaint.sheet_measure_written"],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "complaint.sheet_signed_out",
        title: "总经理签发处理单",
        said: "{who}签发处理单[，限期 {complaint.sheet_limit}]。{note}",
        posts: &["general_manager", "company_leader", "senior_leadership"],
        fields: &[may("complaint.sheet_limit"), may("case.person"), may("note")],
        after: &["complaint.sheet_measure_written"],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "complaint.measure_executed",
        title: "执行纠正措施",
        said: "{who}执行纠正措施：{note}",
        posts: HANDLERS,
        fields: &[may("case.person"), need("note")],
        after: &["complaint.sheet_measure_written"],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "complaint.sheet_closed",
        title: "处理单结案",
        said: "{who}把处理单结案：{note}",
        posts: &["office_manager", "management_representative", "service_supervisor"],
        fields: &[need("note")],
        after: &["complaint.measure_executed"],
        effect: Effect::SignStaff,
        ..STEP
    },
];
