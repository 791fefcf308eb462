//! Acts of the warranty (保修与返修): whether a repair is the developer's, and the developer's order from its opening through
//! weekly words to the recheck.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};
use crate::warranty::{IN_WARRANTY, ORDER_PASSED, ORDERS, PART, PASSED, UNTIL};

const REPAIR: &[CaseKind] = &[Repair];
const ORDER: &[CaseKind] = &[Record(ORDERS)];
/// Whoever judges a warranty and speaks with the developer.
const KEEPERS: &[&str] = &[
    "warranty_office",
    "engineering_supervisor",
    "deputy_engineering_supervisor",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
    "receptionist",
    "front_desk",
];
/// Whoever stands beside the resident at the recheck.
const CHECKERS: &[&str] = &[
    "warranty_office",
    "engineering_supervisor",
    "deputy_engineering_supervisor",
    "technician",
    "service_supervisor",
    "receptionist",
    "front_desk",
    "office_manager",
];

/// A step of a developer's order.
const ORDER_STEP: Act = Act { kinds: ORDER, posts: KEEPERS, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "repair.warranty_judged",
        title: "认定保修",
        said: "{who}认定：{repair.part}，保修期内：{repair.in_warranty}[，保修到 {repair.warranty_until}]。{note}",
        kinds: REPAIR,
        posts: KEEPERS,
        fields: &[need(PART), need(IN_WARRANTY), may(UNTIL), may("note")],
        ..STEP
    },
    Act {
        id: ORDER_PASSED,
        title: "返修合格",
        said: "{who}记录责任单位返修合格：{note}",
        kinds: REPAIR,
        posts: CHECKERS,
        fields: &[need("note")],
        ..STEP
    },
    Act {
        id: "repair.warranty_end_told",
        title: "告知过保修转有偿",
        said: "{who}告知业户过了保修期，转{repair.service_kind}：{note}",
        kinds: REPAIR,
        posts: &[
            "front_desk",
            "receptionist",
            "service_centre",
            "service_supervisor",
            "service_centre_head",
            "engineering_supervisor",
            "technician",
            "warranty_office",
        ],
        fields: &[need("repair.service_kind"), need("note")],
        ..STEP
    },
    Act {
        id: "defect.opened",
        title: "开返修单",
        said: "{who}开返修单，交{defect.party}：{repair.part}，{case.content}[，保修到 {repair.warranty_until}]\
               [，承诺 {defect.promised} 修完]。{note}",
        fields: &[
            need("defect.party"),
            may("defect.contact"),
            need(PART),
            may(UNTIL),
            need("case.content"),
            may("defect.promised"),
            may("note"),
        ],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..ORDER_STEP
    },
    Act {
        id: "defect.sent",
        title: "送交责任单位",
        said: "{who}把第二联送交责任单位。{note}",
        fields: &[may("note")],
        again: false,
        effect: Effect::Move(ORDERS_FORM, &[2], "developer"),
        ..ORDER_STEP
    },
    Act {
        id: "defect.chased",
        title: "催办责任单位",
        said: "{who}催办责任单位：{note}[。承诺 {defect.promised} 修完]",
        fields: &[need("note"), may("defect.promised")],
        without: &["case.closed", "case.withdrawn", "defect.work_done", "defect.recheck_passed"],
        ..ORDER_STEP
    },
    Act {
        id: "defect.resident_told",
        title: "告知住户进展",
        said: "{who}告知住户：{note}",
        fields: &[need("note")],
        without: &["case.closed", "case.withdrawn", "defect.recheck_passed"],
        ..ORDER_STEP
    },
    Act {
        id: "defect.work_done",
        title: "责任单位修完",
        said: "{who}记录责任单位修完：{note}",
        fields: &[need("note")],
        without: &["case.closed", "case.withdrawn", "defect.recheck_passed"],
        again: false,
        ..ORDER_STEP
    },
    Act {
        id: PASSED,
        title: "复验合格",
        said: "{who}和住户复验，合格。{note}",
        posts: CHECKERS,
        fields: &[may("note")],
        after: &["defect.work_done"],
        again: false,
        effect: Effect::SignCustomer,
        ..ORDER_STEP
    },
    Act {
        id: "defect.recheck_failed",
        title: "复验不合格退回",
        said: "{who}复验不合格，退回责任单位：{note}[。承诺 {defect.promised} 修完]",
        posts: CHECKERS,
        fields: &[need("note"), may("defect.promised")],
        after: &["defect.work_done"],
        without: &["case.closed", "case.withdrawn", "defect.recheck_passed"],
        effect: Effect::Round,
        ..ORDER_STEP
    },
];

/// The form of a developer's order.
const ORDERS_FORM: &str = "defect_order";
