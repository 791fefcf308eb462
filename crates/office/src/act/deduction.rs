//! Deductions (扣款建议): proposed with evidence and the day of the violation, answered by whom it concerns, approved or not by a
//! person; nothing is ever taken by itself. And what is opened when somebody took money privately.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const REPAIR: &[CaseKind] = &[Repair];
const DEDUCTION: &[CaseKind] = &[Record(crate::register::DEDUCTIONS)];
const PROPOSERS: &[&str] = &[
    "dispatch_supervisor",
    "dispatch_centre",
    "service_supervisor",
    "service_centre_head",
    "engineering_supervisor",
    "department_head",
    "archive",
    "office_manager",
];
/// After these a proposal is settled.
const SETTLED: &[&str] = &["deduction.approved", "deduction.declined", "case.closed", "case.withdrawn"];

const DEDUCTION_STEP: Act = Act { kinds: DEDUCTION, without: SETTLED, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "repair.cash_case_opened",
        title: "私收立案",
        said: "{who}就私下收费立案：{note}",
        kinds: REPAIR,
        posts: &["office_manager", "service_centre_head"],
        fields: &[need("note")],
        after: &["repair.cash_taken"],
        without: &[],
        again: false,
        effect: Effect::SignStaff,
    },
    Act {
        id: "deduction.proposed",
        title: "提出扣款",
        said: "{who}建议扣{deduction.person} {deduction.amount} 元（{order.violated_on} 的事）：{note}",
        kinds: DEDUCTION,
        posts: PROPOSERS,
        fields: &[
            need("deduction.person"),
            need("deduction.amount"),
            need("order.violated_on"),
            may("deduction.ground"),
            may("rulebook.issued_on"),
            need("note"),
        ],
        after: &[],
        without: &[],
        again: false,
        effect: Effect::Open,
    },
    Act {
        id: "deduction.heard",
        title: "听取申辩",
        said: "{who}记下本人的申辩：{note}",
        fields: &[need("note")],
        effect: Effect::SignStaff,
        ..DEDUCTION_STEP
    },
    Act {
        id: "deduction.approved",
        title: "批准扣款",
        said: "{who}批准扣款 {deduction.amount} 元，计入 {period.of} 当月。{note}",
        posts: &["personnel_head", "office_manager"],
        fields: &[need("deduction.amount"), need("period.of"), need("deduction.within_ceiling"), may("note")],
        after: &["deduction.heard"],
        again: false,
        effect: Effect::SignStaff,
        ..DEDUCTION_STEP
    },
    Act {
        id: "deduction.declined",
        title: "不予扣款",
        said: "{who}不予扣款：{note}",
        posts: &["personnel_head", "office_manager", "general_manager"],
        fields: &[need("note")],
        again: false,
        effect: Effect::SignStaff,
        ..DEDUCTION_STEP
    },
];
