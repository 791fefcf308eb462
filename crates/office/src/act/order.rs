//! Acts of a work order (工作单): issued in two parts, signed for, done or reported on, signed by who was served, handed in.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const ORDER: &[CaseKind] = &[Record("work_order")];
const DISPATCH: &[&str] = &["dispatcher", "dispatch_supervisor", "dispatch_centre", "service_supervisor", "front_desk"];
pub(super) const ISSUERS: &[&str] = &[
    "dispatcher",
    "dispatch_supervisor",
    "department_head",
    "department_first",
    "dispatch_centre",
    "front_desk",
    "receptionist",
    "service_supervisor",
    "engineering_supervisor",
    "office_manager",
];
const SUPERIORS: &[&str] = &[
    "superior_leader",
    "dispatch_supervisor",
    "engineering_supervisor",
    "service_supervisor",
    "department_head",
    "department_first",
    "office_manager",
    "company_leader",
];
/// After these nothing is done about an order any more.
const OVER: &[&str] = &["order.voided", "case.closed", "case.withdrawn"];

/// A step of an order.
const ORDER_STEP: Act = Act { kinds: ORDER, without: OVER, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "order.issued",
        title: "签发工作单",
        said: "{who}签发工作单：{order.content}。要求：{order.requirement}，{order.reply_by} 前回复。{note}",
        kinds: ORDER,
        posts: ISSUERS,
        fields: &[
            need("order.content"),
            may("order.requirement"),
            may("order.reply_by"),
            may("case.person"),
            may("order.nobody_served"),
            may("note"),
        ],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..STEP
    },
    Act {
        id: "order.signed_for",
        title: "签收工作单",
        said: "{who}签收工作单，接单时间 {order.accepted_at}。{note}",
        fields: &[may("order.accepted_at"), may("note")],
        again: false,
        effect: Effect::SignStaff,
        ..ORDER_STEP
    },
    Act {
        id: "order.part_taken",
        title: "取走执行联",
        said: "{who}取走执行联。",
        fields: &[may("note")],
        after: &["order.signed_for"],
        again: false,
        effect: Effect::Move("work_order", &[2], "responsible_person"),
        ..ORDER_STEP
    },
    Act {
        id: "order.started",
        title: "开始执行",
        said: "{who}开始执行。{note}",
        fields: &[may("note")],
        again: false,
        ..ORDER_STEP
    },
    Act {
        id: "order.progress_reported",
        title: "反馈进展",
        said: "{who}向调度中心反馈进展：{note}",
        fields: &[need("note")],
        ..ORDER_STEP
    },
    Act {
        id: "order.reply_time_set",
        title: "另定回复期限",
        said: "{who}另定 {order.next_reply_by} 前回复。{note}",
        posts: DISPATCH,
        fields: &[need("order.next_reply_by"), may("note")],
        ..ORDER_STEP
    },
    Act {
        id: "order.cannot_handle",
        title: "报告无法处理",
        said: "{who}报直接上级，确实办不了：{note}",
        fields: &[need("note")],
        ..ORDER_STEP
    },
    Act {
        id: "order.superior_decided",
        title: "上级批示",
        said: "{who}批示：{note}",
        posts: SUPERIORS,
        fields: &[need("note")],
        after: &["order.cannot_handle"],
        effect: Effect::SignStaff,
        ..ORDER_STEP
    },
    Act {
        id: "order.passed_up",
        title: "转报上一级",
        said: "{who}转报上一级：{note}",
        fields: &[need("note")],
        ..ORDER_STEP
    },
    Act {
        id: "order.objected",
        title: "派单异议",
        said: "{who}对派单有异议：{case.reason}{note}",
        fields: &[need("case.reason"), may("note")],
        ..ORDER_STEP
    },
    Act {
        id: "order.judged",
        title: "派单评议",
        said: "{who}评议，派单合理：{order.reasonable}。{note}",
        posts: SUPERIORS,
        fields: &[need("order.reasonable"), may("note")],
        after: &["order.objected"],
        ..ORDER_STEP
    },
    Act {
        id: "order.refused",
        title: "拒接工作单",
        said: "{who}拒接：{case.reason}{note}",
        fields: &[need("case.reason"), may("note")],
        again: false,
        ..ORDER_STEP
    },
    Act {
        id: "order.refusal_found",
        title: "认定拒接",
        said: "{who}认定，拒接成立：{order.refusal_stands}。{note}",
        posts: SUPERIORS,
        fields: &[need("order.refusal_stands"), may("note")],
        ..ORDER_STEP
    },
    Act {
        id: "order.checked",
        title: "核对工作单",
        said: "{who}核对填写：派单漏填 {order.issuer_gaps} 项，接单漏填 {order.receiver_gaps} 项。{note}",
        fields: &[may("order.issuer_gaps"), may("order.receiver_gaps"), may("order.violated_on"), may("note")],
        without: &["case.withdrawn"],
        ..ORDER_STEP
    },
    Act {
        id: "order.finished",
        title: "完成任务",
        said: "{who}完成任务。{case.reason}{note}",
        fields: &[may("order.nobody_served"), may("case.reason"), may("note")],
        after: &["order.signed_for"],
        again: false,
        ..ORDER_STEP
    },
    Act {
        id: "order.remarks_written",
        title: "填写处理备注",
        said: "{who}写明经过：{complaint.course}；结果：{complaint.result}",
        fields: &[need("complaint.course"), need("complaint.result")],
        after: &["order.finished"],
        ..ORDER_STEP
    },
    Act {
        id: "order.served_signed",
        title: "服务对象签字",
        said: "服务对象签字认可。",
        fields: &[may("note")],
        after: &["order.remarks_written"],
        again: false,
        effect: Effect::SignCustomer,
        ..ORDER_STEP
    },
    Act {
        id: "order.handed_in",
        title: "交回工作单",
        said: "{who}把执行联交回调度员。{note}",
        fields: &[may("note")],
        after: &["order.finished"],
        again: false,
        effect: Effect::Move("work_order", &[2], "dispatcher"),
        ..ORDER_STEP
    },
    Act {
        id: "order.dispatcher_signed",
        title: "调度员签字",
        said: "{who}回访以后签字。{note}",
        posts: DISPATCH,
        fields: &[may("note")],
        after: &["order.handed_in"],
        again: false,
        effect: Effect::SignStaff,
        ..ORDER_STEP
    },
    Act {
        id: "order.voided",
        title: "工作单作废",
        said: "{who}作废：{note}",
        posts: ISSUERS,
        fields: &[need("note")],
        again: false,
        effect: Effect::Void("work_order"),
        ..ORDER_STEP
    },
];
