//! Learning from a complaint (总结预防): review, preventive report, case analysis and training.

use super::{CHAIRS, COMPLAINT, HANDLERS, STEP};
use crate::act::{Act, Effect, may, need};

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "complaint.record_complete",
        title: "汇总登记完成",
        said: "{who}确认记录汇总完整。",
        kinds: COMPLAINT,
        posts: &["receptionist", "front_desk", "service_supervisor"],
        fields: &[may("note")],
        after: &[],
        without: &["case.closed", "case.withdrawn"],
        again: true,
        effect: Effect::SignStaff,
    },
    Act {
        id: "complaint.review_held",
        title: "开总结会",
        said: "{who}召开总结会[，到会{complaint.attendees}]：{complaint.review_analysis}[，采用的回访意见：{complaint.review_opinions}]\
               [，需要预防措施：{complaint.prevention_needed}]",
        posts: CHAIRS,
        fields: &[
            may("complaint.attendees"),
            may("complaint.review_analysis"),
            may("complaint.review_opinions"),
            may("complaint.prevention_needed"),
            may("note"),
        ],
        after: &["complaint.sheet_closed"],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "complaint.prevention_reported",
        title: "出纠正预防报告",
        said: "{who}出具纠正预防措施报告：{complaint.prevention}",
        posts: CHAIRS,
        fields: &[
            may("complaint.analysis"),
            may("complaint.measure"),
            may("complaint.prevention"),
            may("case.person"),
            may("note"),
        ],
        effect: Effect::Fill("prevention_report"),
        ..STEP
    },
    Act {
        id: "complaint.case_analysis",
        title: "案例分析",
        said: "{who}提交案例分析：{note}",
        kinds: COMPLAINT,
        posts: HANDLERS,
        fields: &[need("note"), may("complaint.departments")],
        after: &["complaint.resolved"],
        without: &[],
        again: true,
        effect: Effect::Fill("case_analysis"),
    },
    Act {
        id: "complaint.case_trained",
        title: "案例学习培训",
        said: "{who}记录 {complaint.trained_department} 学习培训[，参加：{complaint.trainees}]。{note}",
        kinds: COMPLAINT,
        posts: &[],
        fields: &[need("complaint.trained_department"), may("complaint.trainees"), may("note")],
        after: &["complaint.case_analysis"],
        without: &[],
        again: true,
        effect: Effect::Fill("training_record"),
    },
];
