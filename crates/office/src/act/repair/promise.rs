//! Acts about when somebody comes (约时间): another time proposed and agreed, nobody home, what is waited for.

use super::super::{Act, Effect, STEP, may, need};
use super::{DESK, REPAIR, TECHNICIANS, WORK};
use crate::case::CaseKind::*;

/// Whoever speaks with the resident.
const SPEAKERS: &[&str] = &[
    "technician",
    "engineering_supervisor",
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
];

/// The acts.
pub(in crate::act) const ACTS: &[Act] = &[
    Act {
        id: "repair.move_proposed",
        title: "提出改期",
        said: "{who}提出改到 {repair.moved_to}。{note}",
        kinds: REPAIR,
        posts: SPEAKERS,
        fields: &[need("repair.moved_to"), may("note")],
        ..STEP
    },
    Act {
        id: "repair.move_agreed",
        title: "业户同意改期",
        said: "{who}记录业户同意改到 {repair.moved_to}。{note}",
        kinds: REPAIR,
        posts: SPEAKERS,
        fields: &[need("repair.moved_to"), may("note")],
        effect: Effect::SignCustomer,
        ..STEP
    },
    Act {
        id: "service.owner_deferred",
        title: "业户要求改期",
        said: "{who}记录业户要求改到 {repair.appointment}。{note}",
        kinds: &[Repair, Service],
        posts: SPEAKERS,
        fields: &[need("repair.appointment"), may("note")],
        ..STEP
    },
    Act {
        id: "repair.nobody_home",
        title: "上门无人",
        said: "{who}上门，家里没有人[，留了通知：{repair.notice_left}][，通知上约 {repair.moved_to} 再来]。{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("repair.notice_left"), may("repair.moved_to"), may("note")],
        after: &["repair.taken_on"],
        without: &["case.closed", "case.withdrawn", "repair.started"],
        effect: Effect::Round,
        ..STEP
    },
    Act {
        id: "repair.waiting",
        title: "等候",
        said: "{who}记录等候：{repair.waiting_for}[，预计到 {repair.waiting_until}]。{note}",
        kinds: WORK,
        posts: &["technician", "engineering_supervisor", "front_desk", "receptionist", "service_supervisor"],
        fields: &[need("repair.waiting_for"), may("repair.waiting_until"), may("note")],
        without: &["case.closed", "case.withdrawn", "repair.completed"],
        ..STEP
    },
    Act {
        id: "repair.waiting_over",
        title: "等到了",
        said: "{who}记录等到了，接着办。{note}",
        kinds: WORK,
        posts: &["technician", "engineering_supervisor", "front_desk", "receptionist", "service_supervisor"],
        fields: &[may("note")],
        after: &["repair.waiting"],
        ..STEP
    },
    Act {
        id: "repair.tracked",
        title: "跟进报修",
        said: "{who}跟进：{case.progress}。{note}",
        kinds: REPAIR,
        posts: DESK,
        fields: &[need("case.progress"), may("note")],
        without: &["case.withdrawn", "case.filed"],
        effect: Effect::Fill("tower_repair_tracking"),
        ..STEP
    },
];
