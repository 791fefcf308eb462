//! Acts of suppliers (供方): entered, assessed, their licence renewed, struck off; and chosen for a service.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};
use crate::supplier::{NUMBER, REGISTER};

const SUPPLIER: &[CaseKind] = &[Record(REGISTER)];
/// What a supplier can be chosen for.
const SERVED: &[CaseKind] = &[Service, Help, Repair, Record(crate::service_contract::REGISTER)];
const KEEPERS: &[&str] = &["service_supervisor", "service_centre_head", "office_manager", "purchaser"];
const CHOOSERS: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "engineering_supervisor",
    "office_manager",
];

/// A step of a supplier.
const SUPPLIER_STEP: Act = Act { kinds: SUPPLIER, posts: KEEPERS, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "supplier.registered",
        title: "登记供方",
        said: "{who}登记供方{supplier.name}，做{supplier.trade}[，证照 {supplier.licence}][，到 {supplier.licence_until}]。{note}",
        fields: &[
            need(crate::supplier::NAME),
            need("supplier.trade"),
            may("supplier.licence"),
            may("supplier.licence_until"),
            may("note"),
        ],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..SUPPLIER_STEP
    },
    Act {
        id: "supplier.assessed",
        title: "评价供方",
        said: "{who}作{supplier.occasion}，{supplier.score} 分，{supplier.verdict}。{note}",
        fields: &[need("supplier.occasion"), need("supplier.score"), need("supplier.verdict"), may("note")],
        ..SUPPLIER_STEP
    },
    Act {
        id: "supplier.licence_renewed",
        title: "供方换证",
        said: "{who}记录换证[：{supplier.licence}]，到 {supplier.licence_until}。{note}",
        fields: &[may("supplier.licence"), need("supplier.licence_until"), may("note")],
        ..SUPPLIER_STEP
    },
    Act {
        id: "supplier.struck_off",
        title: "供方除名",
        said: "{who}除名：{note}",
        fields: &[need("note")],
        again: false,
        effect: Effect::Close,
        ..SUPPLIER_STEP
    },
    Act {
        id: "supplier.chosen",
        title: "选用供方",
        said: "{who}选用供方{supplier.name}。{note}",
        kinds: SERVED,
        posts: CHOOSERS,
        fields: &[need(NUMBER), may("note")],
        ..STEP
    },
];
