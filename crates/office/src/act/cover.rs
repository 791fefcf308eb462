//! Acts of A/B cover (A/B 岗): who holds a post and who takes over, leave with its cover, being on post, and the hand-over at
//! each change. A plan of a post, a leave, a turn at the counter and a change are records of registers of their own.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

/// Register of the plans of posts.
pub const PLAN: CaseKind = Record("post_plan");
/// Register of leave with its cover.
pub const LEAVE: CaseKind = Record("leave_book");
/// Register of turns at the counter.
pub const STAFFING: CaseKind = Record("counter_staffing");
/// Register of changes at a post.
pub const CHANGE: CaseKind = Record("post_handover_book");

const HEADS: &[&str] = &[
    "window_head",
    "service_supervisor",
    "service_centre_head",
    "department_head",
    "department_first",
    "engineering_supervisor",
    "office_manager",
];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "post.a_named",
        title: "任 A 岗",
        said: "{who}定{duty.person}任 A 岗（{duty.post}）。{note}",
        kinds: &[PLAN],
        posts: HEADS,
        fields: &[need("duty.post"), need("duty.person"), may("note")],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..STEP
    },
    Act {
        id: "post.b_named",
        title: "任 B 岗",
        said: "{who}定{duty.person}任 B 岗。{note}",
        kinds: &[PLAN],
        posts: HEADS,
        fields: &[need("duty.person"), may("note")],
        ..STEP
    },
    Act {
        id: "post.plan_adopted",
        title: "启用岗位安排",
        said: "{who}启用岗位安排。{note}",
        kinds: &[PLAN],
        posts: HEADS,
        fields: &[may("note")],
        without: &["post.plan_adopted", "case.closed", "case.withdrawn"],
        again: false,
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "leave.asked",
        title: "申请离岗",
        said: "{who}申请离岗，{duty.from} 至 {duty.to}：{case.reason}",
        kinds: &[LEAVE],
        fields: &[need("duty.from"), need("duty.to"), need("case.reason"), may("note")],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..STEP
    },
    Act {
        id: "leave.cover_confirmed",
        title: "确认顶岗",
        said: "{who}确认顶岗。{note}",
        kinds: &[LEAVE],
        fields: &[may("note")],
        without: &["leave.granted", "leave.refused", "case.closed", "case.withdrawn"],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "leave.granted",
        title: "准予离岗",
        said: "{who}准予离岗。{note}",
        kinds: &[LEAVE],
        posts: HEADS,
        fields: &[may("note")],
        without: &["leave.granted", "leave.refused", "case.closed", "case.withdrawn"],
        again: false,
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "leave.refused",
        title: "不准离岗",
        said: "{who}不准离岗：{case.reason}",
        kinds: &[LEAVE],
        posts: HEADS,
        fields: &[need("case.reason")],
        without: &["leave.granted", "leave.refused", "case.closed", "case.withdrawn"],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "window.staffed",
        title: "窗口上岗",
        said: "{who}上岗，{window.staffed_from} 至 {window.staffed_to}。{note}",
        kinds: &[STAFFING],
        fields: &[need("window.staffed_from"), need("window.staffed_to"), may("note")],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..STEP
    },
    Act {
        id: "post.taken_elsewhere",
        title: "他岗上岗",
        said: "{who}到{duty.post}上岗（本岗在岗：{post.on_post}）。{note}",
        kinds: &[STAFFING],
        fields: &[need("duty.post"), need("post.on_post"), may("note")],
        ..STEP
    },
    Act {
        id: "post.changed",
        title: "换岗",
        said: "{who}接{post.gives}的岗。{note}",
        kinds: &[CHANGE],
        fields: &[need("post.gives"), need("post.takes"), may("note")],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..STEP
    },
    Act {
        id: "post.handover_entered",
        title: "交接班登记",
        said: "{who}登记交接：{post.gives}交{post.takes}，未了的事：{post.open_matters}。{note}",
        kinds: &[CHANGE],
        fields: &[need("post.gives"), need("post.takes"), may("post.open_matters"), may("note")],
        ..STEP
    },
    Act {
        id: "post.handover_signed",
        title: "交接签字",
        said: "{who}在交接班登记上签字。",
        kinds: &[CHANGE],
        fields: &[],
        after: &["post.handover_entered"],
        effect: Effect::SignStaff,
        ..STEP
    },
];
