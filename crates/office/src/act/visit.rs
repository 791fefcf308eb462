//! Households called on without having asked (走访与满意回访): who moved in, festival visits, visits by their cause, households
//! drawn and asked how satisfied they are, and what is done for many at once, activities and papers handed out. Each is a record
//! of its register.

use super::{Act, OPENING, STEP, may, need};
use crate::case::CaseKind::{self, *};

const MOVE_IN: &[CaseKind] = &[Record("move_ins")];
const FESTIVAL: &[CaseKind] = &[Record("festivals")];
const VISIT: &[CaseKind] = &[Record("customer_visits")];
const SURVEY: &[CaseKind] = &[Record("surveys")];
const ACTIVITY: &[CaseKind] = &[Record("activities")];
const PRESS: &[CaseKind] = &[Record("press_runs")];

const CENTRE: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
    "estate_officer",
];
/// Who asks, and the household itself by its link.
const ANSWERS: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
    "estate_officer",
    crate::event::RESIDENT,
];
const LEADS: &[&str] =
    &["service_supervisor", "service_centre_head", "office_manager", "company_manager", "department_head"];
const ORGANISES: &[&str] =
    &["culture_clerk", "front_desk", "service_centre", "service_supervisor", "service_centre_head", "office_manager"];
const HANDS_OUT: &[&str] =
    &["mail_clerk", "front_desk", "receptionist", "service_centre", "service_supervisor", "service_centre_head"];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "customer.moved_in",
        title: "登记入伙",
        said: "{who}登记入伙[，{customer.move_in_date}]。{note}",
        kinds: MOVE_IN,
        posts: CENTRE,
        fields: &[may("customer.move_in_date"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.visit_planned",
        title: "安排走访",
        said: "{who}安排走访[，由{follow_up.visitor}去]，缘由：{customer.visit_cause}。{note}",
        kinds: VISIT,
        posts: CENTRE,
        fields: &[need("customer.visit_cause"), may("follow_up.visitor"), may("follow_up.planned_at"), may("note")],
        ..OPENING
    },
    Act {
        id: "festival.began",
        title: "登记重大节日",
        said: "{who}登记重大节日{festival.name}，放假到 {festival.ends_on}。{note}",
        kinds: FESTIVAL,
        posts: LEADS,
        fields: &[need("festival.name"), need("festival.ends_on"), may("note")],
        ..OPENING
    },
    Act {
        id: "festival.visited",
        title: "节日拜访",
        said: "{who}组织节日拜访[，走访 {service.recipients} 户]：{note}",
        kinds: FESTIVAL,
        posts: LEADS,
        fields: &[may("service.recipients"), need("note")],
        ..STEP
    },
    Act {
        id: "survey.household_chosen",
        title: "选定满意回访住户",
        said: "{who}选定这一户问满意。{note}",
        kinds: SURVEY,
        posts: ANSWERS,
        fields: &[may("period.of"), may("note")],
        ..OPENING
    },
    Act {
        id: "survey.household_answered",
        title: "住户满意回访",
        said: "{who}{follow_up.method}问住户对管理的满意：{survey.grade}。[意见：{customer.opinion}。]{note}",
        kinds: SURVEY,
        posts: ANSWERS,
        fields: &[
            need("follow_up.method"),
            need("survey.grade"),
            may("customer.opinion"),
            may("customer.judgement"),
            may("note"),
        ],
        again: false,
        ..STEP
    },
    Act {
        id: "service.activity_planned",
        title: "安排活动",
        said: "{who}安排活动：{note}",
        kinds: ACTIVITY,
        posts: ORGANISES,
        fields: &[need("note")],
        ..OPENING
    },
    Act {
        id: "service.activity_ended",
        title: "活动结束",
        said: "{who}记下活动结束，{service.recipients} 户参加。{note}",
        kinds: ACTIVITY,
        posts: ORGANISES,
        fields: &[need("service.recipients"), may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "service.press_distributed",
        title: "登记报刊派发完毕",
        said: "{who}派发完毕：{note}，{service.recipients} 户领到。",
        kinds: PRESS,
        posts: HANDS_OUT,
        fields: &[need("service.recipients"), need("note")],
        ..OPENING
    },
];
