//! Acts of needs (客户需求) from what somebody voiced to its outcome, and of purchases (购买行为) with their analysis.

use super::dossier::DESK;
use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::Record;

const BUY: &[&str] = &["business_provider", "service_supervisor", "office_manager", "quality_department"];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "need.voiced",
        title: "提出需求",
        said: "{who}提出客户需求：{need.content}。{note}",
        kinds: &[Record("needs")],
        fields: &[need("need.content"), may("need.topic"), may("need.source"), may("need.wished"), may("note")],
        ..OPENING
    },
    Act {
        id: "need.recorded",
        title: "登记需求",
        said: "{who}登记需求[，{need.topic}]，{need.source}得知：{need.content}。{note}",
        kinds: &[Record("needs")],
        posts: DESK,
        fields: &[may("need.topic"), need("need.source"), need("need.content"), may("need.wished"), may("note")],
        ..STEP
    },
    Act {
        id: "need.identified",
        title: "识别需求",
        said: "{who}确认识别[，{need.topic}]。{note}",
        kinds: &[Record("needs")],
        fields: &[may("need.topic"), may("need.supply"), may("note")],
        ..STEP
    },
    Act {
        id: "need.surveyed",
        title: "满意调查",
        said: "{who}调查{need.topic}，{need.score} 分。{note}",
        kinds: &[Record("needs")],
        posts: DESK,
        fields: &[need("need.topic"), need("need.score"), may("note")],
        ..STEP
    },
    Act {
        id: "need.plan_made",
        title: "制定管理方案",
        said: "{who}制定管理方案：{need.standard}，费用 {need.plan_cost} 元[，因为{case.reason}]。",
        kinds: &[Record("needs")],
        fields: &[need("need.standard"), need("need.plan_cost"), may("case.reason"), may("note")],
        ..STEP
    },
    Act {
        id: "need.task_released",
        title: "下达改进任务",
        said: "{who}下达改进任务，{need.target} 前做到。{note}",
        kinds: &[Record("needs")],
        fields: &[may("need.target"), may("note")],
        ..STEP
    },
    Act {
        id: "need.improved",
        title: "完成改进",
        said: "{who}完成改进：{note}",
        kinds: &[Record("needs")],
        fields: &[need("note")],
        after: &["need.task_released"],
        ..STEP
    },
    Act {
        id: "need.felt",
        title: "改进反馈",
        said: "{who}问提出的客户是否感到改进：{need.better}。{note}",
        kinds: &[Record("needs")],
        posts: DESK,
        fields: &[need("need.better"), may("note")],
        after: &["need.improved"],
        ..STEP
    },
    Act {
        id: "need.supply_decided",
        title: "定供应方式",
        said: "{who}定为{need.supply}。{note}",
        kinds: &[Record("needs")],
        fields: &[need("need.supply"), may("note")],
        ..STEP
    },
    Act {
        id: "need.no_supplier",
        title: "找不到供方",
        said: "{who}找不到供方[：{case.reason}]。{note}",
        kinds: &[Record("needs")],
        fields: &[may("case.reason"), may("note")],
        ..STEP
    },
    Act {
        id: "need.supplier_linked",
        title: "落实供方",
        said: "{who}落实供方{supplier.name}。{note}",
        kinds: &[Record("needs")],
        fields: &[need("supplier.number"), may("note")],
        ..STEP
    },
    Act {
        id: "need.closed",
        title: "需求关闭",
        said: "{who}关闭需求，{need.outcome}[：{case.reason}]。{note}",
        kinds: &[Record("needs")],
        posts: DESK,
        fields: &[may("need.outcome"), may("case.reason"), may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "purchase.recorded",
        title: "登记购买",
        said: "{who}登记购买：{purchase.what}，{purchase.channel}，同意凭据 {purchase.consent}。{note}",
        kinds: &[Record("purchases")],
        posts: BUY,
        fields: &[
            need("purchase.what"),
            need("purchase.channel"),
            may("purchase.consent"),
            may("purchase.reason"),
            may("purchase.category"),
            may("case.agreed_price"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: "purchase.analysed",
        title: "购买分析",
        said: "{who}分析购买：{purchase.direction}。{note}",
        kinds: &[Record("purchase_analyses")],
        posts: BUY,
        fields: &[need("period.of"), may("purchase.direction"), need("note")],
        ..OPENING
    },
    Act {
        id: "purchase.planned",
        title: "制定购买计划",
        said: "{who}定购买计划：{purchase.category} {repair.quantity}，{purchase.expected}。{note}",
        kinds: &[Record("purchase_analyses")],
        posts: BUY,
        fields: &[need("purchase.expected"), need("purchase.category"), need("repair.quantity"), may("note")],
        ..STEP
    },
    Act {
        id: "purchase.offered",
        title: "推出商品服务",
        said: "{who}推出：{note}，依据{purchase.basis}[，比标价省 {purchase.saving} 元]。",
        kinds: &[Record("purchase_analyses")],
        posts: BUY,
        fields: &[may("purchase.basis"), may("purchase.saving"), need("note")],
        ..STEP
    },
];
