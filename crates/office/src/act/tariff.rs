//! Tariffs (收费标准) from the draft with its grounds to the day on which somebody puts them in force, and what the management fee
//! is spent on (管理费支出). A tariff is never changed: another one takes its place from its own day on.

use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::{self, Record};

const TARIFF: &[CaseKind] = &[Record("tariffs")];
const PRICES: &[&str] = &["finance", "office_manager", "company_manager", "company_leader"];
/// Who stands above the office that asks for the money.
const ABOVE: &[&str] = &["office_manager", "company_manager", "company_leader"];
/// A step before the tariff is in force.
const BEFORE: Act = Act {
    kinds: TARIFF,
    posts: PRICES,
    without: &["tariff.activated", "case.closed", "case.withdrawn"],
    effect: Effect::SignStaff,
    ..STEP
};

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "tariff.drafted",
        title: "拟订收费标准",
        said: "{who}拟订{tariff.item}标准：{tariff.applies_to} {tariff.rate} 元，{tariff.per}[，{tariff.effective_on} 起]。{note}",
        kinds: TARIFF,
        posts: PRICES,
        fields: &[
            need("tariff.item"),
            need("tariff.applies_to"),
            need("tariff.rate"),
            need("tariff.per"),
            may("tariff.effective_on"),
            may("tariff.guide_price"),
            may("tariff.grade"),
            may("tariff.service_standard"),
            may("tariff.local_market"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: "tariff.grounds_added",
        title: "补充定价依据",
        said: "{who}补充定价依据[，{tariff.effective_on} 起]。{note}",
        fields: &[
            may("tariff.effective_on"),
            may("tariff.guide_price"),
            may("tariff.grade"),
            may("tariff.service_standard"),
            may("tariff.local_market"),
            may("note"),
        ],
        ..BEFORE
    },
    Act {
        id: "tariff.announced",
        title: "通告收费调整",
        said: "{who}记录 {tariff.announced_on} 通告收费调整，各户都通告到：{tariff.told_all}。{note}",
        posts: &["finance", "service_supervisor", "service_centre", "front_desk", "office_manager"],
        fields: &[need("tariff.announced_on"), need("tariff.told_all"), may("note")],
        ..BEFORE
    },
    Act {
        id: "tariff.approved",
        title: "记录批准",
        said: "{tariff.approver} {tariff.approved_on} 批准，文号 {tariff.approval_number}，{who}记录。{note}",
        fields: &[need("tariff.approver"), need("tariff.approval_number"), need("tariff.approved_on"), may("note")],
        ..BEFORE
    },
    Act {
        id: "tariff.short_notice_decided",
        title: "决定短期通告",
        said: "{who}决定：{tariff.short_notice_decision}。{note}",
        posts: ABOVE,
        fields: &[need("tariff.short_notice_decision"), may("note")],
        after: &["tariff.announced"],
        ..BEFORE
    },
    Act {
        id: "tariff.activated",
        title: "启用收费标准",
        said: "{who}启用这项收费标准。{note}",
        posts: ABOVE,
        fields: &[may("note")],
        again: false,
        ..BEFORE
    },
    Act {
        id: "tariff.costs_changed",
        title: "实际开支变动",
        said: "{who}记录实际开支变动：{note}",
        fields: &[need("note")],
        after: &["tariff.activated"],
        without: &["case.closed", "case.withdrawn"],
        ..BEFORE
    },
    Act {
        id: "expense.posted",
        title: "管理费支出入账",
        said: "{who}从管理费支出 {fee.amount} 元：{expense.item}[，付给{expense.payee}][，业主同意文件 {expense.owners_consent}]。{note}",
        kinds: &[Record("expenses")],
        posts: &["finance"],
        fields: &[
            need("expense.item"),
            need("fee.amount"),
            may("expense.payee"),
            may("expense.voucher"),
            may("expense.owners_consent"),
            may("note"),
        ],
        ..OPENING
    },
];
