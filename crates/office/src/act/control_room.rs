//! Record sheets of the control room (中控室记录表): opened for a day, taken back the next.

use super::{Act, Effect, may, need};
use crate::case::CaseKind::{self, *};

const SHEET: &[CaseKind] = &[Record("control_room_sheet")];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "control_room.sheet_opened",
        title: "开出中控室记录表",
        said: "{who}开出 {control_room.sheet_date} 的中控室记录表。{note}",
        kinds: SHEET,
        posts: &[
            "control_room",
            "security_guard",
            "service_centre",
            "service_supervisor",
            "front_desk",
            "receptionist",
        ],
        fields: &[need("control_room.sheet_date"), may("note")],
        after: &[],
        without: &[],
        again: false,
        effect: Effect::Open,
    },
    Act {
        id: "control_room.sheet_taken_back",
        title: "收回中控室记录表",
        said: "{who}收回 {control_room.sheet_date} 的中控室记录表。{note}",
        kinds: SHEET,
        posts: &["service_centre", "service_supervisor", "front_desk", "receptionist"],
        fields: &[need("control_room.sheet_date"), may("note")],
        after: &[],
        without: &["case.withdrawn"],
        again: false,
        effect: Effect::Close,
    },
];
