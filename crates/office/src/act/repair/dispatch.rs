//! Acts before somebody goes (派修): the slip, telling engineering, what it would cost, whose work it is.

use super::super::{Act, Effect, STEP, may, need};
use super::{DESK, ENGINEERING, REPAIR, TECHNICIANS, WORK};

/// The acts.
pub(in crate::act) const ACTS: &[Act] = &[
    Act {
        id: "repair.slip_issued",
        title: "签发维修单",
        said: "{who}签发维修单。",
        kinds: REPAIR,
        posts: DESK,
        fields: &[may("note")],
        without: &["case.closed", "case.withdrawn", "repair.slip_issued"],
        effect: Effect::Issue("repair_slip"),
        ..STEP
    },
    Act {
        id: "repair.engineering_notified",
        title: "通知工程部",
        said: "{who}通知工程部领单。{note}",
        kinds: REPAIR,
        posts: DESK,
        fields: &[may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.slip_fetched",
        title: "领取维修单",
        said: "{who}到前台领取维修单。",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("note")],
        after: &["repair.slip_issued"],
        again: false,
        effect: Effect::Move("repair_slip", &[1, 2, 3], "technician"),
        ..STEP
    },
    Act {
        id: "repair.sheet_handed",
        title: "巡视表交工程部",
        said: "{who}把巡视表第二联交工程部。",
        kinds: REPAIR,
        posts: DESK,
        fields: &[may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.sheet_signed",
        title: "签收巡视表",
        said: "{who}签收巡视表。",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("note")],
        after: &["repair.sheet_handed"],
        again: false,
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "repair.supervisor_took_on",
        title: "主管接单",
        said: "{who}接单评审。",
        kinds: REPAIR,
        posts: ENGINEERING,
        fields: &[may("note")],
        ..STEP
    },
    Act {
        id: "repair.assessed",
        title: "收费评审",
        said: "{who}评审：能否维修 {repair.feasible}，费用 {repair.cost} 元。{note}",
        kinds: REPAIR,
        posts: ENGINEERING,
        fields: &[need("repair.feasible"), need("repair.cost"), may("note")],
        ..STEP
    },
    Act {
        id: "repair.feasibility_told",
        title: "告知能否维修",
        said: "{who}告知业户能否维修及费用。{note}",
        kinds: REPAIR,
        posts: &["engineering_supervisor", "front_desk", "receptionist"],
        fields: &[may("note")],
        after: &["repair.assessed"],
        ..STEP
    },
    Act {
        id: "repair.assigned",
        title: "派工",
        said: "{who}派给{assignee}[，清洁公司 {repair.cleaning_company}]。{note}",
        kinds: WORK,
        posts: &["engineering_supervisor", "front_desk", "receptionist", "service_supervisor"],
        fields: &[may("repair.cleaning_company"), may("note")],
        effect: Effect::Assign,
        ..STEP
    },
    Act {
        id: "repair.dispatched",
        title: "派人上门",
        said: "{who}派人上门。",
        kinds: REPAIR,
        posts: &["engineering_supervisor", "front_desk", "receptionist", "service_supervisor"],
        fields: &[may("note")],
        after: &["repair.assigned"],
        ..STEP
    },
    Act {
        id: "repair.taken_on",
        title: "接单",
        said: "{who}接单。",
        kinds: WORK,
        posts: TECHNICIANS,
        fields: &[may("note")],
        after: &["repair.assigned"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.declined",
        title: "退单",
        said: "{who}退单：{note}",
        kinds: WORK,
        posts: TECHNICIANS,
        fields: &[need("note")],
        after: &["repair.assigned"],
        without: &["case.closed", "case.withdrawn", "repair.completed"],
        effect: Effect::Unassign,
        ..STEP
    },
    Act {
        id: "repair.voided",
        title: "维修单作废",
        said: "{who}作废维修单：{note}",
        kinds: REPAIR,
        posts: &["front_desk", "receptionist", "service_supervisor"],
        fields: &[need("note")],
        after: &["repair.slip_issued"],
        without: &["case.closed", "case.withdrawn", "repair.started", "repair.voided"],
        again: false,
        effect: Effect::Void("repair_slip"),
        ..STEP
    },
];
