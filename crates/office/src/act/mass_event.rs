//! Mass events (批量事件): opened once for an area, corrected, restored. Who calls meanwhile joins at the desk.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const EVENT: &[CaseKind] = &[Record(crate::mass_event::REGISTER)];

const POSTS: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "engineering_supervisor",
    "office_manager",
    "security_guard",
];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: crate::mass_event::OPENED,
        title: "开批量事件",
        said: "{who}开批量事件：{mass.kind}，{mass.area}；{mass.cause}。预计 {mass.expected} 恢复。{note}",
        kinds: EVENT,
        posts: POSTS,
        fields: &[
            need("mass.kind"),
            need("mass.area"),
            need("mass.cause"),
            need("mass.expected"),
            need("mass.answer"),
            may("note"),
        ],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..STEP
    },
    Act {
        id: "mass.changed",
        title: "更新情况",
        said: "{who}更新[，范围 {mass.area}][，原因 {mass.cause}][，预计 {mass.expected} 恢复][，答复改为“{mass.answer}”]。{note}",
        kinds: EVENT,
        posts: POSTS,
        fields: &[may("mass.area"), may("mass.cause"), may("mass.expected"), may("mass.answer"), may("note")],
        without: &["case.closed", "case.withdrawn", crate::mass_event::RESTORED],
        ..STEP
    },
    Act {
        id: crate::mass_event::RESTORED,
        title: "恢复",
        said: "{who}记录恢复：{note}",
        kinds: EVENT,
        posts: POSTS,
        fields: &[need("note")],
        without: &["case.closed", "case.withdrawn"],
        again: false,
        ..STEP
    },
];
