//! First-asked duty (首问责任): whoever hears it first passes it on, the unit takes it and promises a time, the result comes
//! back to whoever took it in.

use super::{Act, Effect, STEP, may, need};

const DESK: &[&str] =
    &["front_desk", "receptionist", "service_supervisor", "service_centre_head", "service_centre", "estate_officer"];
const UNITS: &[&str] = &[
    "responsible_department",
    "responsible_person",
    "department_head",
    "department_first",
    "engineering_supervisor",
    "technician",
    "warranty_office",
    "finance",
    "security_guard",
    "service_supervisor",
    "office_manager",
];
const DESK_AND_ENGINEERING: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_supervisor",
    "service_centre_head",
    "service_centre",
    "engineering_supervisor",
    "technician",
    "office_manager",
];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "case.heard",
        title: "员工受理",
        said: "{who}受理：{note}",
        fields: &[may("case.first_receiver"), need("note")],
        ..STEP
    },
    Act {
        id: "case.told_office",
        title: "传达管理处",
        said: "{who}传达管理处。{note}",
        fields: &[may("note")],
        ..STEP
    },
    Act {
        id: "case.handed_to_service",
        title: "转交客服部",
        said: "{who}转交客服部。{note}",
        fields: &[may("case.first_receiver"), may("note")],
        ..STEP
    },
    Act {
        id: "case.unit_head_told",
        title: "报责任单位负责人",
        said: "{who}报告责任单位负责人。{note}",
        posts: DESK,
        fields: &[may("case.department"), may("note")],
        ..STEP
    },
    Act {
        id: "case.passed_on",
        title: "转达办理",
        said: "{who}转达{case.department}办理[，情节{case.weight}]。{note}",
        posts: DESK,
        fields: &[
            may("case.department"),
            may("case.weight"),
            may("case.heard_clearly"),
            may("case.asked_clearly"),
            may("case.read_back"),
            may("repair.address"),
            may("repair.phone"),
            may("case.matter"),
            may("case.wished_time"),
            may("case.can_settle_now"),
            may("note"),
        ],
        ..STEP
    },
    Act {
        id: "case.unit_received",
        title: "责任单位接件",
        said: "{who}接件。{note}",
        posts: UNITS,
        fields: &[may("note")],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "case.unit_refused",
        title: "责任单位推辞",
        said: "{who}推辞：{case.reason}",
        fields: &[need("case.reason"), may("note")],
        ..STEP
    },
    Act {
        id: "case.customer_contacted",
        title: "联系业户",
        said: "{who}联系业户[，答应 {case.promised_time} 解决]。{note}",
        fields: &[may("case.can_settle_now"), may("case.promised_time"), may("note")],
        ..STEP
    },
    Act {
        id: "case.promised",
        title: "答应解决时间",
        said: "{who}答应 {case.promised_time} 解决。{note}",
        fields: &[need("case.promised_time"), may("note")],
        ..STEP
    },
    Act {
        id: "case.extension_approved",
        title: "批准延长",
        said: "{who}批准延长解决时间：{case.reason}",
        posts: &["office_manager", "service_supervisor", "department_head"],
        fields: &[may("case.reason"), may("case.promised_time"), may("note")],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "case.result_verified",
        title: "验证结果",
        said: "{who}验证处理结果：{case.verification}。{note}",
        fields: &[need("case.verification"), may("note")],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "case.result_told_acceptor",
        title: "结果告知受理人",
        said: "{who}把结果告知受理人：{note}",
        fields: &[need("note")],
        ..STEP
    },
    Act {
        id: "case.result_recorded",
        title: "受理人记结果",
        said: "{who}记下结果：{note}",
        posts: DESK,
        fields: &[need("note")],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "contractor.left_over",
        title: "认定施工遗留",
        said: "{who}认定为施工遗留。{note}",
        posts: DESK_AND_ENGINEERING,
        fields: &[may("note")],
        ..STEP
    },
    Act {
        id: "owner.phoned",
        title: "去电业主",
        said: "{who}去电业主：{case.progress}",
        posts: DESK_AND_ENGINEERING,
        fields: &[may("case.progress"), may("note")],
        after: &["contractor.left_over"],
        ..STEP
    },
];
