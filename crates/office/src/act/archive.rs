//! Acts of the archive (档案): received, filed, looked for, read, lent and given back, damaged and mended, given outside, handed over;
//! its store; the secrecy undertaking.

use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::Record;

const KEEP: &[&str] = &["archive", "enterprise_department", "service_supervisor", "office_manager"];
const LEADERS: &[&str] = &["office_manager", "company_leader", "general_manager"];
const REVIEWS: &[&str] =
    &["service_supervisor", "service_centre_head", "office_manager", "personnel_head", "enterprise_department"];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "archive_item.received",
        title: "收到档案材料",
        said: "{who}收到档案材料：{archive.item_title}，来自{archive.source}。{note}",
        kinds: &[Record("archive_items")],
        posts: KEEP,
        fields: &[
            need("archive.item_title"),
            may("archive.source"),
            need("archive.department"),
            may("archive.formed_on"),
            may("archive.carrier"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: "archive_item.filed",
        title: "档案归档",
        said: "{who}归档，{archive.class} {archive.number}，{archive.place}。{note}",
        kinds: &[Record("archive_items")],
        posts: KEEP,
        fields: &[
            may("archive.item_title"),
            may("archive.formed_on"),
            may("archive.source"),
            may("archive.pages"),
            may("archive.class"),
            may("archive.number"),
            may("archive.carrier"),
            may("archive.place"),
            may("archive.secrecy"),
            may("archive.keep_until"),
            may("archive.verified_by"),
            may("note"),
        ],
        again: false,
        ..STEP
    },
    Act {
        id: "archive_item.sought",
        title: "查找档案",
        said: "{who}查找，用了 {archive.minutes} 分钟，{archive.found}。{note}",
        kinds: &[Record("archive_items")],
        posts: KEEP,
        fields: &[need("archive.minutes"), need("archive.found"), may("note")],
        after: &["archive_item.filed"],
        ..STEP
    },
    Act {
        id: "archive_item.consulted",
        title: "查阅档案",
        said: "{who}查阅，用途：{archive.purpose}。{note}",
        kinds: &[Record("archive_items")],
        fields: &[need("archive.purpose"), may("note")],
        after: &["archive_item.filed"],
        ..STEP
    },
    Act {
        id: "archive_item.lending_approved",
        title: "批准扩大借阅",
        said: "{who}批准借给{archive.borrower}，只这一次。{note}",
        kinds: &[Record("archive_items")],
        posts: LEADERS,
        fields: &[need("archive.borrower"), may("note")],
        after: &["archive_item.filed"],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "archive_item.lent",
        title: "借出档案",
        said: "{who}借给{archive.borrower}，{archive.due_back} 前还，用途：{archive.purpose}。{note}",
        kinds: &[Record("archive_items")],
        posts: KEEP,
        fields: &[
            need("archive.borrower"),
            need("archive.in_circle"),
            need("archive.due_back"),
            need("archive.purpose"),
            may("note"),
        ],
        after: &["archive_item.filed"],
        ..STEP
    },
    Act {
        id: "archive_item.returned",
        title: "归还档案",
        said: "{who}收回档案，查点完好。{note}",
        kinds: &[Record("archive_items")],
        posts: KEEP,
        fields: &[may("note")],
        after: &["archive_item.lent"],
        ..STEP
    },
    Act {
        id: "archive_item.disclosure_approved",
        title: "批准对外提供",
        said: "{who}批准对外提供给{archive.borrower}。{note}",
        kinds: &[Record("archive_items")],
        posts: LEADERS,
        fields: &[need("archive.borrower"), may("note")],
        after: &["archive_item.filed"],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "archive_item.disclosed",
        title: "对外提供档案",
        said: "{who}提供给{archive.borrower}，用途：{archive.purpose}。{note}",
        kinds: &[Record("archive_items")],
        posts: KEEP,
        fields: &[need("archive.borrower"), need("archive.purpose"), may("note")],
        after: &["archive_item.filed"],
        ..STEP
    },
    Act {
        id: "archive_item.damage_found",
        title: "发现档案破损",
        said: "{who}发现破损：{note}",
        kinds: &[Record("archive_items")],
        posts: KEEP,
        fields: &[need("note")],
        after: &["archive_item.filed"],
        ..STEP
    },
    Act {
        id: "archive_item.repaired",
        title: "修复档案",
        said: "{who}修复：{note}",
        kinds: &[Record("archive_items")],
        posts: KEEP,
        fields: &[need("note")],
        after: &["archive_item.damage_found"],
        ..STEP
    },
    Act {
        id: "archive_item.copied",
        title: "复制档案",
        said: "{who}复制：{note}",
        kinds: &[Record("archive_items")],
        posts: KEEP,
        fields: &[need("note")],
        after: &["archive_item.damage_found"],
        ..STEP
    },
    Act {
        id: "archive_item.voided",
        title: "档案作废",
        said: "{who}记为作废，待销毁：{note}",
        kinds: &[Record("archive_items")],
        posts: KEEP,
        fields: &[need("note")],
        after: &["archive_item.filed"],
        again: false,
        ..STEP
    },
    Act {
        id: "archive.destruction_certified",
        title: "出具销毁证明",
        said: "{who}出具销毁证明。{note}",
        posts: KEEP,
        fields: &[may("note")],
        after: &["archive.disposed"],
        without: &[],
        again: false,
        effect: Effect::Issue("destruction_list"),
        ..STEP
    },
    Act {
        id: "archive_store.ventilated",
        title: "库房通风",
        said: "{who}库房通风[，{archive_store.climate}]。{note}",
        kinds: &[Record("store_airings")],
        posts: KEEP,
        fields: &[may("archive_store.climate"), may("note")],
        ..OPENING
    },
    Act {
        id: "archive_store.measure_noted",
        title: "记录三防措施",
        said: "{who}记录三防措施[，防虫：{archive_store.insects}][，防尘：{archive_store.dust}][，防鼠：{archive_store.rodents}]。{note}",
        kinds: &[Record("store_protections")],
        posts: KEEP,
        fields: &[may("archive_store.insects"), may("archive_store.dust"), may("archive_store.rodents"), may("note")],
        ..OPENING
    },
    Act {
        id: "archive_store.measure_added",
        title: "补记三防措施",
        said: "{who}补记三防措施[，防虫：{archive_store.insects}][，防尘：{archive_store.dust}][，防鼠：{archive_store.rodents}]。{note}",
        kinds: &[Record("store_protections")],
        posts: KEEP,
        fields: &[may("archive_store.insects"), may("archive_store.dust"), may("archive_store.rodents"), may("note")],
        ..STEP
    },
    Act {
        id: "archive_store.protected",
        title: "完成三防",
        said: "{who}记下防虫、防尘、防鼠三样做齐。{note}",
        kinds: &[Record("store_protections")],
        posts: KEEP,
        fields: &[may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "archive.handed_over",
        title: "移交档案",
        said: "{who}移交 {archive.pages} 件给{archive.borrower}：{note}",
        kinds: &[Record("archive_handovers")],
        posts: KEEP,
        fields: &[need("archive.pages"), need("archive.borrower"), need("note")],
        ..OPENING
    },
    Act {
        id: "archive.handover_signed",
        title: "移交签字",
        said: "{who}在移交单上签字。{note}",
        kinds: &[Record("archive_handovers")],
        fields: &[may("note")],
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "staff.secrecy_signed",
        title: "签保密承诺",
        said: "{who}签保密承诺。{note}",
        kinds: &[Record("secrecy_undertakings")],
        fields: &[may("note")],
        ..OPENING
    },
    Act {
        id: "staff.archivist_reviewed",
        title: "记录档案人员考评",
        said: "{who}记录{archive.undertaker}的学习和考评：{note}",
        kinds: &[Record("archivist_reviews")],
        posts: REVIEWS,
        fields: &[need("archive.undertaker"), need("period.of"), need("note")],
        ..OPENING
    },
    Act {
        id: "archive.law_briefed",
        title: "宣讲档案法",
        said: "{who}宣讲《档案法》，听讲 {service.recipients} 人。{note}",
        kinds: &[Record("archive_law_briefings")],
        posts: KEEP,
        fields: &[need("service.recipients"), may("note")],
        ..OPENING
    },
    Act {
        id: "archive.briefing_signed",
        title: "听讲签字",
        said: "{who}听讲签字。",
        kinds: &[Record("archive_law_briefings")],
        fields: &[may("note")],
        effect: Effect::SignStaff,
        ..STEP
    },
];
