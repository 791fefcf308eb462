//! Answering the complainant (答复): result, explanation, progress, what cannot be solved, the superior who forwarded it.

use super::{COMPLAINT, DESK, STEP};
use crate::act::{Act, Effect, may, need};

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "complaint.replied",
        title: "答复投诉人",
        said: "{who}答复投诉人：{note}",
        kinds: COMPLAINT,
        posts: &[],
        fields: &[need("note"), may("case.reply_way"), may("complaint.reply_letter")],
        after: &[],
        without: &["case.closed", "case.withdrawn"],
        again: true,
        effect: Effect::None,
    },
    Act {
        id: "complaint.explained",
        title: "向业主解释",
        said: "{who}向业主解释：{note}",
        kinds: COMPLAINT,
        posts: &[],
        fields: &[
            need("note"),
            may("complaint.explained_how"),
            may("complaint.apologised"),
            may("complaint.customer_opinion"),
        ],
        after: &[],
        without: &["case.closed", "case.withdrawn"],
        again: true,
        effect: Effect::None,
    },
    Act {
        id: "complaint.long_running",
        title: "转长期办理",
        said: "{who}转为长期办理[，约定 {follow_up.answer_by} 答复]。{note}",
        posts: DESK,
        fields: &[may("follow_up.answer_by"), may("note")],
        ..STEP
    },
    Act {
        id: "complaint.progress_told",
        title: "告知进展",
        said: "{who}告知进展：{note}",
        fields: &[need("note")],
        ..STEP
    },
    Act {
        id: "complaint.found_unsolvable",
        title: "认定不能解决",
        said: "{who}认定不能解决：{case.reason}",
        kinds: COMPLAINT,
        posts: &["receptionist", "service_supervisor", "department_head", "office_manager"],
        fields: &[need("case.reason")],
        after: &[],
        without: &["case.closed", "case.withdrawn"],
        again: true,
        effect: Effect::None,
    },
    Act {
        id: "complaint.understood",
        title: "业主谅解",
        said: "{who}记录业主意见，理解与否：{complaint.understands}。",
        kinds: COMPLAINT,
        posts: &[],
        fields: &[need("complaint.understands"), may("note")],
        after: &["complaint.explained"],
        without: &["case.closed", "case.withdrawn"],
        again: true,
        effect: Effect::None,
    },
    Act {
        id: "complaint.result_fed_back",
        title: "反馈处理结果",
        said: "{who}反馈处理结果：{note}",
        kinds: COMPLAINT,
        posts: &["warranty_office", "office_manager"],
        fields: &[need("note")],
        after: &[],
        without: &["case.closed", "case.withdrawn"],
        again: true,
        effect: Effect::None,
    },
    Act {
        id: "complaint.reported_back",
        title: "回报上级",
        said: "{who}回报转来的上级{complaint.superior_name}：{note}",
        fields: &[may("complaint.superior_name"), need("note")],
        after: &["complaint.resolved"],
        ..STEP
    },
];
