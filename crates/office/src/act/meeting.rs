//! Meetings (会议): called with their time, held or called off.

use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::{self, Record};
use crate::meeting::{BEGAN, CALLED, CALLED_OFF, REGISTER, REGULAR, SERIES, STARTS};

const MEETING: &[CaseKind] = &[Record(REGISTER)];
/// Who calls meetings and keeps their record.
const CALLS: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "engineering_supervisor",
    "deputy_engineering_supervisor",
    "department_head",
    "department_first",
    "office_manager",
];
const MEETING_STEP: Act = Act { kinds: MEETING, posts: CALLS, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: CALLED,
        title: "召集会议",
        said: "{who}召集{meeting.series}，{meeting.starts}[，在{meeting.place}]。{note}",
        kinds: MEETING,
        posts: CALLS,
        fields: &[need(SERIES), need(STARTS), may("meeting.place"), may(REGULAR), may("note")],
        ..OPENING
    },
    Act {
        id: BEGAN,
        title: "会议开始",
        said: "{who}宣布开会。{note}",
        fields: &[may("note")],
        again: false,
        ..MEETING_STEP
    },
    Act {
        id: CALLED_OFF,
        title: "取消会议",
        said: "{who}取消会议：{note}",
        fields: &[need("note")],
        without: &[BEGAN, "case.closed", "case.withdrawn"],
        again: false,
        effect: Effect::Withdraw,
        ..MEETING_STEP
    },
];
