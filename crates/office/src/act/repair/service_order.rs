//! Acts with a service work order (服务工作单): to the department, done or answered the same day; and what a household asks for
//! against payment.

use super::super::{Act, Effect, STEP, may, need};
use super::DESK;
use crate::case::CaseKind::{self, *};

/// What a service work order is made out for.
const ORDERED: &[CaseKind] = &[Complaint, Repair, Service, Help];

/// What may turn out to be a paid service: a request, and a demand that goes beyond what the office owes.
const PAYABLE: &[CaseKind] = &[Service, Help, Enquiry, Complaint, Suggestion];

/// The acts.
pub(in crate::act) const ACTS: &[Act] = &[
    Act {
        id: "service.home_requested",
        title: "家政服务提出",
        said: "{who}记录业户要家政服务。{note}",
        kinds: &[Service],
        posts: DESK,
        fields: &[may("case.request_kind"), may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "case.paid_service_arranged",
        title: "安排有偿服务",
        said: "{who}安排有偿服务[：{case.service_scope}][，议定 {case.agreed_price} 元][，由{case.department}去办]\
               [，定于 {case.service_date}]。{note}",
        kinds: PAYABLE,
        posts: DESK,
        fields: &[
            may("case.request_kind"),
            may("case.service_scope"),
            may("case.agreed_price"),
            may("case.price_accepted"),
            may("case.department"),
            may("case.service_date"),
            may("note"),
        ],
        ..STEP
    },
    Act {
        id: "service_order.issued",
        title: "签发服务工作单",
        said: "{who}签发服务工作单。{note}",
        kinds: ORDERED,
        posts: DESK,
        fields: &[may("service_order.kind"), may("note")],
        again: false,
        effect: Effect::Issue("service_work_order"),
        ..STEP
    },
    Act {
        id: "service_order.handed",
        title: "服务工作单交部门",
        said: "{who}把服务工作单交{case.department}。{note}",
        kinds: ORDERED,
        posts: DESK,
        fields: &[need("case.department"), may("note")],
        after: &["service_order.issued"],
        effect: Effect::Move("service_work_order", &[1], "responsible_department"),
        ..STEP
    },
    Act {
        id: "service.door_checked",
        title: "上门逐项核对",
        said: "{who}按上门服务方案逐项核对：{service.door_checks}。{note}",
        kinds: &[Repair, Service, Help],
        fields: &[need("service.door_checks"), may("note")],
        ..STEP
    },
    Act {
        id: "service_order.replied",
        title: "回复服务工作单",
        said: "{who}回复服务工作单：{note}",
        kinds: ORDERED,
        fields: &[need("note")],
        after: &["service_order.issued"],
        without: &["case.withdrawn"],
        effect: Effect::Move("service_work_order", &[1], "receptionist"),
        ..STEP
    },
];
