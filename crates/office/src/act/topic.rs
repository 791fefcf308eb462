//! Acts of a common problem (共性问题): tallied, raised or called striking, answered on the board and by an open letter,
//! called on at home, every household answered. A common problem is a record of its register.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const TOPIC: &[CaseKind] = &[Record("topic")];
const FINDS: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "department_first",
    "office_manager",
    "enterprise_department",
];
const HEADS: &[&str] = &["service_supervisor", "service_centre_head", "department_first", "office_manager"];
/// Who answers many at once in the name of the company.
const COMPANY: &[&str] = &["office_manager", "company_manager", "company_leader", "general_manager"];
const VISITS: &[&str] = &["estate_officer", "area_staff", "receptionist", "service_supervisor", "office_manager"];

/// Who keeps the follow-up archive.
const FILES: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "archive",
    "office_manager",
];

/// A step of an open topic, which may be taken more than once.
const TOPIC_STEP: Act = Act { kinds: TOPIC, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "topic.tallied",
        title: "统计同一问题",
        said: "{who}统计同一问题：{case.content}[，{topic.base} 户里有 {topic.named} 户提到]。{note}",
        kinds: TOPIC,
        posts: FINDS,
        fields: &[need("case.content"), may("topic.named"), may("topic.base"), may("note")],
        after: &[],
        without: &[],
        again: false,
        effect: Effect::Open,
    },
    Act {
        id: "topic.raised",
        title: "列为共性问题",
        said: "{who}列为共性问题。{note}",
        posts: HEADS,
        fields: &[may("case.content"), may("case.department"), may("case.person"), may("note")],
        again: false,
        effect: Effect::SignStaff,
        ..TOPIC_STEP
    },
    Act {
        id: "topic.striking",
        title: "列为突出问题",
        said: "{who}列为突出问题，单独上门走访。{note}",
        posts: HEADS,
        fields: &[may("case.content"), may("case.department"), may("case.person"), may("note")],
        again: false,
        effect: Effect::SignStaff,
        ..TOPIC_STEP
    },
    Act {
        id: "topic.notice_written",
        title: "写书面通知",
        said: "{who}写好书面通知：{notice.text}",
        posts: FINDS,
        fields: &[need("notice.text")],
        effect: Effect::Fill("written_notice"),
        ..TOPIC_STEP
    },
    Act {
        id: "notice.posted",
        title: "张贴书面通知",
        said: "{who}把书面通知贴在{notice.place}。{note}",
        posts: &[],
        fields: &[need("notice.place"), may("notice.photo"), may("note")],
        after: &["topic.notice_written"],
        ..TOPIC_STEP
    },
    Act {
        id: "topic.letter_written",
        title: "写公开信",
        said: "{who}写好公开信：{topic.letter}",
        posts: FINDS,
        fields: &[need("topic.letter")],
        effect: Effect::Fill("open_letter"),
        ..TOPIC_STEP
    },
    Act {
        id: "topic.letter_sent",
        title: "发出公开信",
        said: "{who}发出公开信，答复所列各户。{note}",
        posts: COMPANY,
        fields: &[may("note")],
        after: &["topic.letter_written"],
        effect: Effect::SignStaff,
        ..TOPIC_STEP
    },
    Act {
        id: "topic.letter_filed",
        title: "公开信归入回访档案",
        said: "{who}把公开信归入回访档案。{note}",
        posts: FILES,
        fields: &[may("note")],
        after: &["topic.letter_sent"],
        effect: Effect::Move("open_letter", &[2], "archive"),
        ..TOPIC_STEP
    },
    Act {
        id: "customer.visited",
        title: "上门走访",
        said: "{who}上门走访{case.customer}：{note}[，关联 {customer.linked_case}]",
        posts: VISITS,
        fields: &[
            may("case.customer"),
            may("customer.opinion"),
            may("customer.opinion_outcome"),
            may("customer.linked_case"),
            need("note"),
        ],
        ..TOPIC_STEP
    },
    Act {
        id: "topic.answered",
        title: "逐户答复",
        said: "{who}答复所列各户：{note}",
        posts: FINDS,
        fields: &[need("note")],
        ..TOPIC_STEP
    },
    Act {
        id: "case.topic_joined",
        title: "归入共性问题",
        said: "{who}归入共性问题 {topic.number}。{note}",
        posts: FINDS,
        fields: &[need("topic.number"), may("note")],
        without: &["case.withdrawn"],
        ..STEP
    },
    Act {
        id: "follow_up.open_letter_sent",
        title: "公开信答复",
        said: "{who}用公开信 {follow_up.letter_number} 答复。{note}",
        posts: COMPANY,
        fields: &[need("follow_up.letter_number"), may("note")],
        without: &["case.withdrawn"],
        ..STEP
    },
    Act {
        id: "follow_up.open_letter_filed",
        title: "公开信存档",
        said: "{who}把公开信存入回访档案。{note}",
        posts: FILES,
        fields: &[may("note")],
        after: &["follow_up.open_letter_sent"],
        without: &["case.withdrawn"],
        ..STEP
    },
];
