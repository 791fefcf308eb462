//! Acts of what a repair or a service costs (收费): lines of the slip, what the list does not hold, cash at the counter.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const REPAIR: &[CaseKind] = &[Repair];
/// What has lines from the price list: a repair, and a service against payment.
const CHARGED: &[CaseKind] = &[Repair, Service];
/// After these nothing is charged any more.
const OVER: &[&str] = &["case.closed", "case.withdrawn", "repair.voided"];
const WHO: &[&str] = &[
    "technician",
    "engineering_supervisor",
    "deputy_engineering_supervisor",
    "front_desk",
    "receptionist",
    "service_supervisor",
    "service_centre",
    "service_centre_head",
    "office_manager",
];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "repair.off_list_found",
        title: "查实标准外项目",
        said: "{who}查实收费标准里没有：{note}，报主管评审。",
        kinds: REPAIR,
        posts: WHO,
        fields: &[need("note")],
        without: OVER,
        ..STEP
    },
    Act {
        id: crate::charge::ENTERED,
        title: "填写收费项目",
        said: "{who}写上收费：{repair.price_item}，{repair.unit_price} 元 × {repair.quantity}。{note}",
        kinds: CHARGED,
        posts: WHO,
        fields: &[
            need("repair.charge_kind"),
            need("repair.price_item"),
            need("repair.unit_price"),
            need("repair.quantity"),
            may("note"),
        ],
        without: OVER,
        ..STEP
    },
    Act {
        id: "repair.cash_received",
        title: "收取现金",
        said: "{who}收到现金 {repair.amount_due} 元。{case.reason}{note}",
        kinds: REPAIR,
        posts: &[
            "finance",
            "technician",
            "engineering_supervisor",
            "front_desk",
            "receptionist",
            "service_supervisor",
            "service_centre",
            "service_centre_head",
            "office_manager",
        ],
        fields: &[need("repair.amount_due"), may("case.reason"), may("note")],
        without: &["case.withdrawn"],
        effect: Effect::None,
        ..STEP
    },
];
