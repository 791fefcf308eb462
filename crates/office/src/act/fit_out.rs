//! Acts of a fit-out (装修) from application to refund, and of release passes (放行条).

use super::dossier::{DESK, FLOOR, MONEY};
use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::Record;

const FITS: &[&str] = &["engineering_supervisor", "service_supervisor", "service_centre_head", "office_manager"];
const GATE: &[&str] = &["security_guard", "front_desk", "receptionist", "service_supervisor", "control_room"];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "customer.fit_out_opened",
        title: "装修立项",
        said: "{who}装修立项，施工单位{fit_out.contractor}。{note}",
        kinds: &[Record("fit_outs")],
        posts: DESK,
        fields: &[
            need("fit_out.contractor"),
            may("dossier.fit_out"),
            may("dossier.engineering"),
            may("dossier.procedure"),
            may("fit_out.until"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: "fit_out.approved",
        title: "批准装修",
        said: "{who}批准装修。{note}",
        kinds: &[Record("fit_outs")],
        posts: FITS,
        fields: &[may("note")],
        again: false,
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "fit_out.deposit_paid",
        title: "交装修押金",
        said: "{who}收到装修押金 {fit_out.deposit} 元。{note}",
        kinds: &[Record("fit_outs")],
        posts: MONEY,
        fields: &[need("fit_out.deposit"), may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "fit_out.pass_issued",
        title: "发施工出入证",
        said: "{who}发施工出入证 {fit_out.passes} 张，到 {fit_out.until}。{note}",
        kinds: &[Record("fit_outs")],
        posts: DESK,
        fields: &[need("fit_out.passes"), need("fit_out.until"), may("note")],
        after: &["fit_out.approved", "fit_out.deposit_paid"],
        ..STEP
    },
    Act {
        id: "fit_out.inspected",
        title: "装修巡查",
        said: "{who}巡查装修：{fit_out.finding}。{note}",
        kinds: &[Record("fit_outs")],
        posts: FLOOR,
        fields: &[need("fit_out.finding"), may("note")],
        after: &["fit_out.pass_issued"],
        ..STEP
    },
    Act {
        id: "fit_out.rectification_asked",
        title: "要求整改",
        said: "{who}要求整改：{note}，{problem.limit} 前改好。",
        kinds: &[Record("fit_outs")],
        posts: FLOOR,
        fields: &[need("problem.limit"), need("note")],
        after: &["fit_out.inspected"],
        ..STEP
    },
    Act {
        id: "fit_out.rechecked",
        title: "复查整改",
        said: "{who}复查整改：{fit_out.finding}。{note}",
        kinds: &[Record("fit_outs")],
        posts: FLOOR,
        fields: &[need("fit_out.finding"), may("note")],
        after: &["fit_out.rectification_asked"],
        ..STEP
    },
    Act {
        id: "fit_out.accepted",
        title: "装修验收",
        said: "{who}装修验收合格，{fit_out.passes} 张出入证收回。{note}",
        kinds: &[Record("fit_outs")],
        posts: FITS,
        fields: &[need("fit_out.passes"), may("note")],
        after: &["fit_out.inspected"],
        again: false,
        effect: Effect::SignStaff,
        ..STEP
    },
    Act {
        id: "fit_out.refunded",
        title: "退装修押金",
        said: "{who}退装修押金 {fit_out.refund} 元[，扣款原因：{case.reason}]。{note}",
        kinds: &[Record("fit_outs")],
        posts: MONEY,
        fields: &[need("fit_out.refund"), may("case.reason"), may("note")],
        after: &["fit_out.accepted", "fit_out.deposit_paid"],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "release.issued",
        title: "开放行条",
        said: "{who}开放行条：{release.goods}。{note}",
        kinds: &[Record("release_passes")],
        posts: DESK,
        fields: &[need("release.goods"), may("bike.plate"), may("release.until"), may("note")],
        ..OPENING
    },
    Act {
        id: "release.let_out",
        title: "门岗放行",
        said: "{who}核对物品，放行。{note}",
        kinds: &[Record("release_passes")],
        posts: GATE,
        fields: &[may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
];
