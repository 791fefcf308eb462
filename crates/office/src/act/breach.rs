//! Discipline (违纪与追究): what somebody is found to have done, what they say to it, what is proposed and who approves it, and the
//! appeal; and the loss that neglect of duty caused, with whom it is claimed from. A person proposes and a person approves.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const BREACH: &[CaseKind] = &[Record("breaches")];
const LIABILITY: &[CaseKind] = &[Record("liabilities")];
const BOTH: &[CaseKind] = &[Record("breaches"), Record("liabilities")];
const HEADS: &[&str] = &[
    "window_head",
    "service_supervisor",
    "service_centre_head",
    "department_head",
    "engineering_supervisor",
    "office_manager",
];
const APPROVERS: &[&str] = &["window_head", "office_manager", "personnel_head", "general_manager"];
/// After these a breach is settled.
const SETTLED: &[&str] = &["breach.sanctioned", "breach.let_off", "case.closed", "case.withdrawn"];

const BREACH_STEP: Act = Act { kinds: BREACH, posts: HEADS, without: SETTLED, effect: Effect::SignStaff, ..STEP };
const LIABILITY_STEP: Act = Act { kinds: LIABILITY, posts: APPROVERS, again: false, effect: Effect::SignStaff, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "breach.confirmed",
        title: "认定违纪",
        said: "{who}认定{case.person}违纪（{breach.kind}）：{note}",
        fields: &[need("case.person"), need("breach.kind"), need("note")],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..BREACH_STEP
    },
    Act {
        id: "breach.heard",
        title: "记下本人申辩",
        said: "{who}记下本人的申辩：{note}",
        kinds: BOTH,
        fields: &[need("note")],
        ..BREACH_STEP
    },
    Act {
        id: "breach.sanction_proposed",
        title: "提出处理",
        said: "{who}建议这样处理：{note}",
        fields: &[need("note")],
        ..BREACH_STEP
    },
    Act {
        id: "breach.sanctioned",
        title: "批准处理",
        said: "{who}批准处理：{note}",
        posts: APPROVERS,
        fields: &[need("note")],
        after: &["breach.heard", "breach.sanction_proposed"],
        again: false,
        ..BREACH_STEP
    },
    Act {
        id: "breach.let_off",
        title: "免予处理",
        said: "{who}决定免予处理：{case.reason}",
        posts: APPROVERS,
        fields: &[need("case.reason")],
        again: false,
        ..BREACH_STEP
    },
    Act {
        id: "breach.appealed",
        title: "提出申诉",
        said: "{who}记下申诉：{note}",
        fields: &[need("note")],
        after: &["breach.sanctioned"],
        without: &["case.closed", "case.withdrawn"],
        again: false,
        ..BREACH_STEP
    },
    Act {
        id: "breach.appeal_decided",
        title: "裁定申诉",
        said: "{who}对申诉裁定：{note}",
        posts: &["office_manager", "general_manager", "company_leader"],
        fields: &[need("note")],
        after: &["breach.appealed"],
        without: &["case.closed", "case.withdrawn"],
        again: false,
        ..BREACH_STEP
    },
    Act {
        id: "liability.found",
        title: "认定失职损失",
        said: "{who}认定{case.person}失职，损失{case.loss}[，过错{liability.fault}][，后果{liability.result}][，依据{liability.basis}]。{note}",
        posts: HEADS,
        fields: &[
            may("case.person"),
            may("case.loss"),
            may("liability.fault"),
            may("liability.result"),
            may("liability.basis"),
            need("note"),
        ],
        without: &[],
        effect: Effect::Open,
        ..LIABILITY_STEP
    },
    Act {
        id: "liability.approved",
        title: "批准责任追究",
        said: "{who}批准追究责任。{note}",
        fields: &[may("note")],
        without: &["liability.effective", "case.closed", "case.withdrawn"],
        ..LIABILITY_STEP
    },
    Act {
        id: "liability.effective",
        title: "责任追究生效",
        said: "{who}记下追究生效。{note}",
        fields: &[
            may("case.person"),
            may("case.loss"),
            may("liability.fault"),
            may("liability.result"),
            may("liability.basis"),
            may("note"),
        ],
        ..LIABILITY_STEP
    },
];
