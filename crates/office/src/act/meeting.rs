//! Meetings (会议): called with their time, who came, minutes, what was decided and given to somebody; who takes the minutes.

use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::{self, Record};
use crate::meeting::{
    ATTENDANCES, BEGAN, CALLED, CALLED_OFF, CAME, ENDED, EXCUSED, EXPECTED, MINUTED, MINUTER, MINUTES_READ, MISSED,
    PERSON, REGISTER, REGULAR, SENT, SERIES, SKIPPED, STARTS, SUBSTITUTE, TAKERS, TAKES, TASK, TASK_ACCEPTED, TASK_BY,
    TASK_DONE, TASK_GOES_ON, TASK_SET, TASKS,
};

const MEETING: &[CaseKind] = &[Record(REGISTER)];
const ATTENDANCE: &[CaseKind] = &[Record(ATTENDANCES)];
const TASK_OF: &[CaseKind] = &[Record(TASKS)];
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
/// Who names the taker of minutes.
const NAMES: &[&str] = &["service_supervisor", "service_centre_head", "office_manager"];
/// After these a meeting is over.
const OVER: &[&str] = &[SENT, "case.closed", "case.withdrawn"];
const MEETING_STEP: Act = Act { kinds: MEETING, posts: CALLS, without: OVER, ..STEP };
const ATTENDANCE_STEP: Act = Act { kinds: ATTENDANCE, posts: &[], effect: Effect::Close, again: false, ..STEP };
const TASK_STEP: Act =
    Act { kinds: TASK_OF, posts: CALLS, without: &[TASK_ACCEPTED, "case.closed", "case.withdrawn"], ..STEP };

/// The acts of meetings, and of who takes their minutes.
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
        id: SUBSTITUTE,
        title: "指定代记录人",
        said: "{who}指定{duty.person}代作会议记录。{note}",
        posts: NAMES,
        fields: &[need(PERSON), may("note")],
        ..MEETING_STEP
    },
    Act {
        id: ENDED,
        title: "散会",
        said: "{who}宣布散会。{note}",
        fields: &[may("note")],
        after: &[BEGAN],
        again: false,
        ..MEETING_STEP
    },
    Act {
        id: MINUTED,
        title: "写会议记录",
        said: "{who}写好会议记录[，记录人{meeting.minuter}][，没有议的：{meeting.skipped}]。{note}",
        posts: &[],
        fields: &[
            may("meeting.week_review"),
            may("meeting.next_week"),
            may("meeting.coordination"),
            may("meeting.issues"),
            may(SKIPPED),
            may(MINUTER),
            may("note"),
        ],
        after: &[BEGAN],
        effect: Effect::Fill("meeting_minutes"),
        ..MEETING_STEP
    },
    Act {
        id: SENT,
        title: "分送会议记录",
        said: "{who}把会议记录分送应到的人。{note}",
        fields: &[may("note")],
        after: &[MINUTED],
        again: false,
        effect: Effect::Close,
        ..MEETING_STEP
    },
    Act {
        id: MINUTES_READ,
        title: "看过会议记录",
        said: "{who}看过会议记录。{note}",
        posts: &[],
        fields: &[may("note")],
        after: &[SENT],
        without: &["case.withdrawn"],
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
    Act {
        id: "meeting.taker_rostered",
        title: "排会议记录员",
        said: "{who}排{duty.person}作会议记录，从 {meeting.roster_from} 起[，到 {meeting.roster_until}]。{note}",
        kinds: &[Record(TAKERS)],
        posts: NAMES,
        fields: &[need(PERSON), need(TAKES[0]), may(TAKES[1]), may("note")],
        ..OPENING
    },
];

/// The acts of who is expected.
pub(super) const ATTENDANCE_ACTS: &[Act] = &[
    Act {
        id: EXPECTED,
        title: "列入应到",
        said: "{who}把{duty.person}列入应到。{note}",
        kinds: ATTENDANCE,
        posts: CALLS,
        fields: &[need(PERSON), may("note")],
        ..OPENING
    },
    Act {
        id: CAME,
        title: "到会",
        said: "{who}记下到会。{note}",
        posts: CALLS,
        fields: &[may("note")],
        without: &[CAME, MISSED, "case.withdrawn"],
        ..ATTENDANCE_STEP
    },
    Act {
        id: EXCUSED,
        title: "请假",
        said: "{who}记下请假：{case.reason}。{note}",
        fields: &[may("case.reason"), may("note")],
        without: &[CAME, MISSED, EXCUSED, "case.withdrawn"],
        ..ATTENDANCE_STEP
    },
    Act {
        id: MISSED,
        title: "例会结束",
        said: "散会，没有到会，也没有请假。{note}",
        posts: CALLS,
        fields: &[may("note")],
        without: &[CAME, EXCUSED, "case.closed", "case.withdrawn"],
        ..ATTENDANCE_STEP
    },
];

/// The acts of tasks.
pub(super) const TASK_ACTS: &[Act] = &[
    Act {
        id: TASK_SET,
        title: "布置任务",
        said: "{who}交{duty.person}：{meeting_task.what}，{meeting_task.due} 前办完。{note}",
        kinds: TASK_OF,
        posts: CALLS,
        fields: &[need(TASK), need(PERSON), need(TASK_BY), may("note")],
        ..OPENING
    },
    Act {
        id: TASK_DONE,
        title: "任务办完",
        said: "{who}办完：{note}",
        posts: &[],
        fields: &[need("note")],
        ..TASK_STEP
    },
    Act {
        id: TASK_ACCEPTED,
        title: "会上通过",
        said: "{who}记下会上复核，通过。{note}",
        fields: &[may("note")],
        after: &[TASK_DONE],
        again: false,
        effect: Effect::Close,
        ..TASK_STEP
    },
    Act {
        id: TASK_GOES_ON,
        title: "会上定继续办",
        said: "{who}记下会上定继续办，{meeting_task.due} 前：{note}",
        fields: &[need(TASK_BY), need("note")],
        ..TASK_STEP
    },
];
