//! Acts of a customer's file (客户档案): opened, its categories settled, what is collected, arranged, filed and used, its letters,
//! payments, violations and arrears.

use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::Record;

/// Who keeps files at the desk.
pub(super) const DESK: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
    "estate_officer",
];
const USERS: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
    "estate_officer",
    "archive",
    "finance",
];
/// Who takes money and keeps it.
pub(super) const MONEY: &[&str] = &[
    "finance",
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
];
/// Everybody who meets customers about the estate.
pub(super) const FLOOR: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
    "estate_officer",
    "area_staff",
    "security_guard",
    "engineering_supervisor",
    "technician",
];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "customer.file_opened",
        title: "建立客户档案",
        said: "{who}建立客户档案[，{customer.kind_of}][：{dossier.own_data}]。{note}",
        kinds: &[Record("dossiers")],
        posts: DESK,
        fields: &[
            may("customer.kind_of"),
            may("dossier.own_data"),
            may("dossier.payments"),
            may("dossier.fit_out"),
            may("dossier.move_in_forms"),
            may("dossier.supplements"),
            may("dossier.contacts"),
            may("dossier.emergency_contact"),
            may("dossier.emergency_phone"),
            may("dossier.letters"),
            may("dossier.violations"),
            may("dossier.repairs"),
            may("dossier.complaints"),
            may("dossier.engineering"),
            need("dossier.source"),
            may("dossier.verifier"),
            may("dossier.reconfirm_by"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: "dossier.reconfirmed",
        title: "复核档案",
        said: "{who}复核整份档案，下次 {dossier.reconfirm_by} 前复核。{note}",
        kinds: &[Record("dossiers")],
        posts: DESK,
        fields: &[need("dossier.verifier"), need("dossier.reconfirm_by"), may("note")],
        ..STEP
    },
    Act {
        id: "dossier_item.category_listed",
        title: "列出档案类别",
        said: "{who}列出档案类别{dossier.category}。{note}",
        kinds: &[Record("dossier_categories")],
        posts: DESK,
        fields: &[need("dossier.category"), may("note")],
        ..OPENING
    },
    Act {
        id: "dossier_item.category_settled",
        title: "档案类别齐备",
        said: "{who}记明{dossier.category}[不适用：{dossier.not_applicable}]齐备，来源：{dossier.source}[，核对人{dossier.verifier}]。{note}",
        kinds: &[Record("dossier_categories")],
        posts: DESK,
        fields: &[
            need("dossier.source"),
            may("dossier.not_applicable"),
            may("dossier.verifier"),
            may("dossier.reconfirm_by"),
            may("note"),
        ],
        without: &["case.withdrawn"],
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "dossier_item.collected",
        title: "收集材料",
        said: "{who}收集材料：{note}[（{dossier.category}）]",
        kinds: &[Record("dossier_materials")],
        posts: DESK,
        fields: &[need("dossier.category"), may("dossier.source"), need("note")],
        ..OPENING
    },
    Act {
        id: "dossier_item.arranged",
        title: "整理材料",
        said: "{who}整理材料。{note}",
        kinds: &[Record("dossier_materials")],
        posts: DESK,
        fields: &[may("dossier.verifier"), may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "dossier_item.filed",
        title: "材料归档",
        said: "{who}材料归档[，放在{archive.place}]。{note}",
        kinds: &[Record("dossier_materials")],
        posts: DESK,
        fields: &[may("archive.place"), may("note")],
        after: &["dossier_item.collected"],
        again: false,
        ..STEP
    },
    Act {
        id: "dossier_item.used",
        title: "利用材料",
        said: "{who}利用材料，用途：{archive.purpose}。{note}",
        kinds: &[Record("dossier_materials")],
        posts: USERS,
        fields: &[need("archive.purpose"), may("note")],
        ..STEP
    },
    Act {
        id: "customer.emergency_contact_set",
        title: "登记紧急联络人",
        said: "{who}登记紧急联络人{dossier.emergency_contact}。{note}",
        kinds: &[Record("emergency_contacts")],
        posts: DESK,
        fields: &[may("note")],
        ..OPENING
    },
    Act {
        id: "customer.payment_filed",
        title: "缴费入档",
        said: "{who}缴费入档：{dossier.payments}，押金{deposit.status}。{note}",
        kinds: &[Record("payments_filed")],
        posts: MONEY,
        fields: &[need("dossier.payments"), need("deposit.status"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.supplemented",
        title: "补充客户资料",
        said: "{who}补充客户资料：{dossier.change}，凭{dossier.change_basis}。{note}",
        kinds: &[Record("supplements")],
        posts: DESK,
        fields: &[need("dossier.change"), need("dossier.change_basis"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.contact_failed",
        title: "联系不上",
        said: "{who}联系不上客户：{note}",
        kinds: &[Record("contact_checks")],
        posts: DESK,
        fields: &[need("note")],
        ..OPENING
    },
    Act {
        id: "customer.contact_confirmed",
        title: "核实联络资料",
        said: "{who}核实联络资料：{note}",
        kinds: &[Record("contact_checks")],
        posts: DESK,
        fields: &[need("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "customer.letter_registered",
        title: "登记往来文件",
        said: "{who}登记往来文件（{letter.direction}）：{dossier.letters}。{note}",
        kinds: &[Record("customer_letters")],
        posts: DESK,
        fields: &[need("letter.direction"), need("dossier.letters"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.violation_recorded",
        title: "登记违规",
        said: "{who}登记违规：{dossier.violation}。{note}",
        kinds: &[Record("violations")],
        posts: FLOOR,
        fields: &[need("dossier.violation"), may("complaint.result"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.violation_handled",
        title: "违规处理完毕",
        said: "{who}违规处理完毕：{complaint.result}。{note}",
        kinds: &[Record("violations")],
        posts: FLOOR,
        fields: &[need("complaint.result"), may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "customer.arrears_recorded",
        title: "登记欠费",
        said: "{who}登记欠费 {arrears.amount} 元。{note}",
        kinds: &[Record("arrears")],
        posts: MONEY,
        fields: &[need("arrears.amount"), may("note")],
        ..OPENING
    },
];
