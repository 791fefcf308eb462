//! Acts of special-service contracts (特约服务): begun, followed up in the middle and after the end, ended.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};
use crate::service_contract::REGISTER;

const CONTRACT: &[CaseKind] = &[Record(REGISTER)];
const KEEPERS: &[&str] =
    &["front_desk", "receptionist", "service_centre", "service_supervisor", "service_centre_head", "office_manager"];
/// What a follow-up of a contract asks.
const ASKED: &[super::Field] = &[
    need("follow_up.method"),
    need("follow_up.satisfaction"),
    may("follow_up.shortcomings"),
    may("follow_up.suggestions"),
    may("follow_up.summary"),
];

/// A follow-up, which comes also when the contract is closed.
const FOLLOW_UP: Act = Act {
    kinds: CONTRACT,
    posts: super::follow_up::PERFORMERS,
    fields: ASKED,
    without: &["case.withdrawn", "case.filed"],
    effect: Effect::SignCustomer,
    ..STEP
};

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "service.contract_started",
        title: "登记特约服务",
        said: "{who}登记特约服务：{case.content}，{service.starts_on} 起[，到 {service.ends_on}]，\
               {service.fee_per} {service.fee} 元[，由{supplier.name}做]。{note}",
        kinds: CONTRACT,
        posts: KEEPERS,
        fields: &[
            need("case.content"),
            need("service.starts_on"),
            may("service.ends_on"),
            need("service.fee"),
            need("service.fee_per"),
            may(crate::supplier::NUMBER),
            may("note"),
        ],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..STEP
    },
    Act {
        id: "follow_up.midterm_done",
        title: "中期回访",
        said: "{who}{follow_up.method}中期回访，{follow_up.satisfaction}。{follow_up.summary}",
        ..FOLLOW_UP
    },
    Act {
        id: "service.contract_ended",
        title: "特约服务结束",
        said: "{who}记录特约服务结束，{service.end_reason}。{note}",
        kinds: CONTRACT,
        posts: KEEPERS,
        fields: &[need("service.end_reason"), may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "follow_up.end_done",
        title: "期满回访",
        said: "{who}{follow_up.method}期满回访，{follow_up.satisfaction}。{follow_up.summary}",
        after: &["service.contract_ended"],
        ..FOLLOW_UP
    },
];
