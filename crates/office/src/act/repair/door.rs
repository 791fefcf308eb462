//! Acts at the door (上门维修): arriving, what it really is, price and consent, the work, trying it out, signing.

use super::super::{Act, Effect, STEP, may, need};
use super::{REPAIR, TECHNICIANS, WORK};

/// The acts.
pub(in crate::act) const ACTS: &[Act] = &[
    Act {
        id: "repair.arrived",
        title: "到场",
        said: "{who}到场[，带齐 {repair.tools_taken}]。",
        kinds: WORK,
        posts: TECHNICIANS,
        fields: &[may("repair.second_trip"), may("repair.tools_taken"), may("note")],
        after: &["repair.taken_on"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.verified",
        title: "现场核实",
        said: "{who}现场核实：{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("repair.as_reported"), may("note")],
        after: &["repair.arrived"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.difference_noted",
        title: "记录实际项目",
        said: "{who}记录实际项目：{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[need("note"), may("repair.cost")],
        after: &["repair.verified"],
        ..STEP
    },
    Act {
        id: "repair.price_shown",
        title: "出示收费标准",
        said: "{who}出示收费标准[，报价 {repair.cost} 元]。",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("repair.cost"), may("note")],
        after: &["repair.arrived"],
        ..STEP
    },
    Act {
        id: "repair.consented",
        title: "业户同意",
        said: "{who}记录：业户{repair.cost_consent?同意|不同意}费用，{repair.repair_consent?同意|不同意}维修[，{repair.payment}]。",
        kinds: REPAIR,
        posts: &["technician", "engineering_supervisor", "front_desk", "receptionist", "resident"],
        fields: &[need("repair.cost_consent"), need("repair.repair_consent"), may("repair.payment"), may("note")],
        effect: Effect::SignCustomer,
        ..STEP
    },
    Act {
        id: "repair.material_checked",
        title: "检验自备材料",
        said: "{who}检验住户自备材料：{repair.material_verdict}。{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[need("repair.material_verdict"), may("repair.own_material"), may("note")],
        after: &["repair.arrived"],
        ..STEP
    },
    Act {
        id: "repair.consequences_told",
        title: "说明后果",
        said: "{who}说明使用不合适材料的后果，住户选择：{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[need("note")],
        after: &["repair.material_checked"],
        ..STEP
    },
    Act {
        id: "repair.started",
        title: "开始维修",
        said: "{who}开始维修。",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("note")],
        after: &["repair.arrived"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.amounts_entered",
        title: "填写应收金额",
        said: "{who}填写应收 {repair.amount_due} 元。{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[need("repair.amount_due"), may("note")],
        after: &["repair.arrived"],
        ..STEP
    },
    Act {
        id: "repair.completed",
        title: "完工",
        said: "{who}完工：{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[need("note")],
        after: &["repair.arrived"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.accepted",
        title: "试用验收合格",
        said: "{who}记录试用验收合格。",
        kinds: REPAIR,
        posts: &["technician", "engineering_supervisor", "resident"],
        fields: &[may("note")],
        after: &["repair.completed"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.rework_needed",
        title: "验收不合格",
        said: "{who}记录验收不合格：{note}",
        kinds: REPAIR,
        posts: &["technician", "engineering_supervisor", "front_desk", "receptionist"],
        fields: &[need("note")],
        after: &["repair.completed"],
        effect: Effect::Round,
        ..STEP
    },
    Act {
        id: "repair.customer_signed",
        title: "住户签字",
        said: "住户签字验收[（{repair.signer_relation}代签）]。",
        kinds: REPAIR,
        posts: &["technician", "engineering_supervisor", "front_desk", "receptionist"],
        fields: &[
            may("repair.signer_relation"),
            may("follow_up.quality"),
            may("follow_up.timeliness"),
            may("follow_up.attitude"),
            may("note"),
        ],
        after: &["repair.completed"],
        again: false,
        effect: Effect::SignCustomer,
        ..STEP
    },
    Act {
        id: "repair.site_tidied",
        title: "清理现场",
        said: "{who}清理现场[：{repair.site_checked}]。",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("repair.site_checked"), may("note")],
        after: &["repair.arrived"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.result_noted",
        title: "记录维修情况",
        said: "{who}记录维修情况：{note}[，用料 {repair.materials_used}]",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[may("repair.work_done"), may("repair.materials_used"), need("note")],
        after: &["repair.completed"],
        again: false,
        ..STEP
    },
    Act {
        id: "repair.went_back",
        title: "回取工具备件",
        said: "{who}回去取工具、备件，要再跑一趟：{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[need("note")],
        after: &["repair.arrived"],
        without: &["case.closed", "case.withdrawn", "repair.completed"],
        ..STEP
    },
    Act {
        id: "repair.sign_refused",
        title: "业户拒绝签字",
        said: "{who}记录业户拒绝签字：{repair.sign_refusal_reason}，见证人 {repair.witness}。{note}",
        kinds: REPAIR,
        posts: TECHNICIANS,
        fields: &[need("repair.sign_refusal_reason"), need("repair.witness"), may("note")],
        after: &["repair.completed"],
        without: &["case.closed", "case.withdrawn", "repair.customer_signed"],
        ..STEP
    },
];
