//! Acts with the copies of a repair slip (单据返回): left with the resident, back to the desk, on to finance.

use super::super::{Act, Effect, STEP, may, need};
use super::{DESK, ENGINEERING, REPAIR, TECHNICIANS};

/// The acts.
pub(in crate::act) const ACTS: &[Act] = &[
    Act {
        id: "repair.copy_left",
        title: "第一联交住户",
        said: "{who}把第一联交住户。",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("note")],
        after: &["repair.completed"],
        again: false,
        effect: Effect::Move("repair_slip", &[1], "resident"),
        ..STEP
    },
    Act {
        id: "repair.copies_returned",
        title: "交回二三联",
        said: "{who}交回第二、三联。",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("note")],
        after: &["repair.completed"],
        without: &["case.withdrawn", "repair.copies_returned"],
        again: false,
        effect: Effect::Move("repair_slip", &[2, 3], "engineering_supervisor"),
        ..STEP
    },
    Act {
        id: "repair.supervisor_confirmed",
        title: "主管确认",
        said: "{who}确认维修单。",
        kinds: REPAIR,
        posts: ENGINEERING,
        fields: &[may("note")],
        after: &["repair.copies_returned"],
        without: &["case.withdrawn", "repair.supervisor_confirmed"],
        again: false,
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "repair.handed_to_desk",
        title: "交前台返单",
        said: "{who}把维修单交前台。",
        kinds: REPAIR,
        posts: ENGINEERING,
        fields: &[may("note")],
        after: &["repair.supervisor_confirmed"],
        without: &["case.withdrawn", "repair.handed_to_desk"],
        again: false,
        effect: Effect::Move("repair_slip", &[2, 3], "front_desk"),
        ..STEP
    },
    Act {
        id: "repair.return_booked",
        title: "登记返单",
        said: "{who}登记返单。",
        kinds: REPAIR,
        posts: DESK,
        fields: &[may("note")],
        after: &["repair.handed_to_desk"],
        without: &["case.withdrawn", "repair.return_booked"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.copy_to_finance",
        title: "第三联交财务",
        said: "{who}把第三联交财务。",
        kinds: REPAIR,
        posts: DESK,
        fields: &[may("note")],
        after: &["repair.return_booked"],
        without: &["case.withdrawn", "repair.copy_to_finance"],
        again: false,
        effect: Effect::Move("repair_slip", &[3], "finance"),
        ..STEP
    },
    Act {
        id: "repair.finance_received",
        title: "财务签收",
        said: "{who}签收第三联。",
        kinds: REPAIR,
        posts: &["finance"],
        fields: &[may("note")],
        after: &["repair.copy_to_finance"],
        without: &["case.withdrawn", "repair.finance_received"],
        again: false,
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "repair.cash_taken",
        title: "私下收费",
        said: "{who}记录反映私下收费：{note}",
        kinds: REPAIR,
        fields: &[need("note"), may("repair.amount_due")],
        without: &[],
        ..STEP
    },
    Act {
        id: "repair.receipt_posted",
        title: "入账",
        said: "{who}入账 {repair.amount_due} 元[，{repair.payment}]。{case.reason}",
        kinds: REPAIR,
        posts: &[
            "finance",
            "front_desk",
            "receptionist",
            "service_supervisor",
            "service_centre",
            "service_centre_head",
        ],
        fields: &[need("repair.amount_due"), may("repair.payment"), may("case.reason"), may("note")],
        without: &[],
        ..STEP
    },
];
