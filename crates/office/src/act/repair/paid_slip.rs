//! Acts with the paid-service slip (有偿服务单): issued after registration, fetched, its four copies to those who keep them.

use super::super::{Act, Effect, STEP, may, need};
use super::{REPAIR, TECHNICIANS};

/// Whoever takes a request in: the service centre, and the control room at night.
const ISSUERS: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "control_room",
    "security_guard",
];

/// Whoever can tell what kind of service it is.
const SORTERS: &[&str] =
    &["front_desk", "receptionist", "service_centre", "service_supervisor", "engineering_supervisor", "technician"];

/// A copy may be brought as long as nobody has put the papers away.
const UNTIL_FILED: &[&str] = &["case.withdrawn", "case.filed"];

/// A copy brought to whoever keeps it, once the work is done.
const COPY: Act = Act {
    kinds: REPAIR,
    posts: TECHNICIANS,
    fields: &[may("note")],
    after: &["repair.completed", "repair.paid_slip_issued"],
    without: UNTIL_FILED,
    again: false,
    ..STEP
};

/// The acts.
pub(in crate::act) const ACTS: &[Act] = &[
    Act {
        id: "repair.service_sorted",
        title: "分清服务种类",
        said: "{who}定为{repair.service_kind}。{note}",
        kinds: REPAIR,
        posts: SORTERS,
        fields: &[need("repair.service_kind"), may("note")],
        ..STEP
    },
    Act {
        id: "repair.paid_slip_issued",
        title: "签发有偿服务单",
        said: "{who}签发有偿服务单。{note}",
        kinds: REPAIR,
        posts: ISSUERS,
        fields: &[may("note")],
        without: &["case.closed", "case.withdrawn", "repair.paid_slip_issued"],
        effect: Effect::Issue("paid_service_slip"),
        ..STEP
    },
    Act {
        id: "repair.paid_slip_fetched",
        title: "领取有偿服务单",
        said: "{who}领取有偿服务单，带着上门。{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("note")],
        after: &["repair.paid_slip_issued"],
        again: false,
        effect: Effect::Move("paid_service_slip", &[1, 2, 3, 4], "technician"),
        ..STEP
    },
    Act {
        id: "repair.copy_one_to_centre",
        title: "第一联交客服中心",
        said: "{who}把第一联交客服中心存档。",
        effect: Effect::Move("paid_service_slip", &[1], "service_centre"),
        ..COPY
    },
    Act {
        id: "repair.copy_two_kept",
        title: "第二联工程部留存",
        said: "{who}把第二联留在工程部。",
        posts: &["engineering_supervisor", "technician"],
        effect: Effect::Move("paid_service_slip", &[2], "engineering_supervisor"),
        ..COPY
    },
    Act {
        id: "repair.copy_three_to_centre",
        title: "第三联交客服中心",
        said: "{who}把第三联交客服中心，作收费凭据。",
        effect: Effect::Move("paid_service_slip", &[3], "service_centre"),
        ..COPY
    },
    Act {
        id: "repair.copy_four_left",
        title: "第四联交业户",
        said: "{who}把第四联交业户备存。",
        effect: Effect::Move("paid_service_slip", &[4], "resident"),
        ..COPY
    },
    Act {
        id: "repair.paid_slip_voided",
        title: "有偿服务单作废",
        said: "{who}作废有偿服务单：{note}",
        kinds: REPAIR,
        posts: &["front_desk", "receptionist", "service_supervisor", "engineering_supervisor"],
        fields: &[need("note")],
        after: &["repair.paid_slip_issued"],
        without: &["case.closed", "case.withdrawn", "repair.started", "repair.paid_slip_voided"],
        effect: Effect::Void("paid_service_slip"),
        ..STEP
    },
];
