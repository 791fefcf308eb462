//! Acts after a resident said no (业户不同意): told to the supervisor, signed by two, filed.

use super::super::{Act, Effect, STEP, may, need};
use super::{ENGINEERING, REPAIR, TECHNICIANS};

/// The acts.
pub(in crate::act) const ACTS: &[Act] = &[
    Act {
        id: "repair.refused",
        title: "业户不同意",
        said: "{who}记录业户不同意：{repair.refusal_reason}",
        kinds: REPAIR,
        posts: &["technician", "engineering_supervisor", "front_desk", "receptionist", "resident"],
        fields: &[need("repair.refusal_reason")],
        without: &["case.closed", "case.withdrawn", "repair.refused"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.refusal_reported",
        title: "向主管说明",
        said: "{who}回工程部向主管说明。{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("note")],
        after: &["repair.refused"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.refusal_worker_signed",
        title: "维修员签字",
        said: "{who}在拒修记录上签字。",
        kinds: REPAIR,
        posts: &["technician"],
        fields: &[may("note")],
        after: &["repair.refused"],
        again: false,
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "repair.refusal_supervisor_signed",
        title: "主管签字",
        said: "{who}在拒修记录上签字。",
        kinds: REPAIR,
        posts: ENGINEERING,
        fields: &[may("note")],
        after: &["repair.refused"],
        again: false,
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "repair.refusal_filed",
        title: "拒修单备案",
        said: "{who}把拒修单交客服部备案。",
        kinds: REPAIR,
        posts: &["technician", "engineering_supervisor", "front_desk", "receptionist"],
        fields: &[may("note")],
        after: &["repair.refused"],
        without: &["case.closed", "case.withdrawn", "repair.refusal_filed"],
        again: false,
        effect: Effect::Move("repair_slip", &[1, 2, 3], "front_desk"),
        ..STEP
    },
];
