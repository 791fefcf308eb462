//! Acts when it cannot be repaired (不能维修): found on site, told upwards and to the resident, up to the manager until it is solved.

use super::super::{Act, STEP, may, need};
use super::{DESK, ENGINEERING, REPAIR, TECHNICIANS, WORK};

/// The acts.
pub(in crate::act) const ACTS: &[Act] = &[
    Act {
        id: "repair.found_infeasible",
        title: "查实不能维修",
        said: "{who}查实不能维修：{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[need("note")],
        after: &["repair.arrived"],
        without: &["case.closed", "case.withdrawn", "repair.completed"],
        ..STEP
    },
    Act {
        id: "repair.infeasible_reported",
        title: "报主管不能维修",
        said: "{who}报工程部主管，不能维修。{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("note")],
        after: &["repair.found_infeasible"],
        ..STEP
    },
    Act {
        id: "repair.infeasible_explained",
        title: "向业户说明情况",
        said: "{who}向业户说明为什么修不了。{note}",
        kinds: REPAIR,
        posts: &["technician", "engineering_supervisor", "front_desk", "receptionist", "service_supervisor"],
        fields: &[may("note")],
        after: &["repair.found_infeasible"],
        ..STEP
    },
    Act {
        id: "repair.engineering_gave_up",
        title: "工程部解决不了",
        said: "{who}：工程部解决不了，{note}",
        kinds: REPAIR,
        posts: ENGINEERING,
        fields: &[need("note")],
        without: &["case.closed", "case.withdrawn", "repair.completed"],
        ..STEP
    },
    Act {
        id: "repair.reported_manager",
        title: "报经理解决",
        said: "{who}报管理处经理解决。{note}",
        kinds: REPAIR,
        posts: &["engineering_supervisor", "service_supervisor"],
        fields: &[may("note")],
        after: &["repair.engineering_gave_up"],
        ..STEP
    },
    Act {
        id: "case.opinion_to_team",
        title: "意见反馈工程班",
        said: "{who}把业户的意见反馈给工程班：{note}",
        kinds: WORK,
        posts: DESK,
        fields: &[need("note")],
        ..STEP
    },
];
