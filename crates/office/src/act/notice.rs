//! Acts of papers handed on (通知与收发文件): entered, issued, delivered, signed for.

use super::dossier::{DESK, FLOOR};
use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::Record;

const LEADS: &[&str] = &["service_supervisor", "service_centre_head", "office_manager", "department_head"];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "notice.registered",
        title: "登记收发文件",
        said: "{who}登记文件《{notice.title}》，{notice.version}，收文人{notice.addressee}。{note}",
        kinds: &[Record("notices")],
        posts: DESK,
        fields: &[need("notice.title"), need("notice.addressee"), need("notice.version"), may("note")],
        ..OPENING
    },
    Act {
        id: "notice.issued",
        title: "签发通知",
        said: "{who}签发。{note}",
        kinds: &[Record("notices")],
        posts: LEADS,
        fields: &[may("note")],
        again: false,
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "notice.delivered",
        title: "通知送达",
        said: "{who}送达{notice.addressee}，{notice.version}。{note}",
        kinds: &[Record("notices")],
        posts: FLOOR,
        fields: &[need("notice.addressee"), need("notice.version"), may("note")],
        after: &["notice.issued"],
        ..STEP
    },
    Act {
        id: "notice.acknowledged",
        title: "签收通知",
        said: "{notice.addressee}签收，{notice.version}。{note}",
        kinds: &[Record("notices")],
        posts: FLOOR,
        fields: &[need("notice.addressee"), need("notice.version"), may("note")],
        after: &["notice.delivered"],
        effect: Effect::SignCustomer,
        ..STEP
    },
    Act {
        id: "notice.misdelivered",
        title: "送错文件",
        said: "{who}记下送错：{note}",
        kinds: &[Record("notices")],
        posts: FLOOR,
        fields: &[need("note")],
        after: &["notice.issued"],
        ..STEP
    },
];
