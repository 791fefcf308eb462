//! Acts of materials (材料): drawn by a slip, brought back, missing, bought; and of the card of each material in stock.

use super::{Act, Effect, STEP, may, need};
use crate::case::CaseKind::{self, *};

const REPAIR: &[CaseKind] = &[Repair];
const CARD: &[CaseKind] = &[Record("stock_cards")];
const DRAW: &[&str] = &["technician", "engineering_supervisor", "deputy_engineering_supervisor", "purchaser"];
const KEEP: &[&str] = &["purchaser", "engineering_supervisor", "deputy_engineering_supervisor", "office_manager"];
const OVER: &[&str] = &["case.closed", "case.withdrawn", "repair.voided"];

/// A step with materials of a repair.
const DRAW_STEP: Act = Act { kinds: REPAIR, posts: DRAW, without: OVER, ..STEP };
/// A step of a card.
const CARD_STEP: Act = Act { kinds: CARD, posts: KEEP, ..STEP };

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "repair.site_surveyed",
        title: "现场看用料",
        said: "{who}先到现场看要用什么料。{note}",
        fields: &[may("note")],
        after: &["repair.assigned"],
        ..DRAW_STEP
    },
    Act {
        id: "repair.materials_drawn",
        title: "领料",
        said: "{who}领料：{material.name} {material.quantity} {material.unit}。{note}",
        fields: &[need("material.card"), need("material.quantity"), may("note")],
        effect: Effect::Fill("store_requisition"),
        ..DRAW_STEP
    },
    Act {
        id: "repair.materials_returned",
        title: "退料",
        said: "{who}退料：{material.name} {material.quantity} {material.unit}。{note}",
        fields: &[need("material.card"), need("material.quantity"), may("note")],
        after: &["repair.materials_drawn"],
        without: &["case.withdrawn"],
        ..DRAW_STEP
    },
    Act {
        id: "repair.out_of_stock",
        title: "缺料",
        said: "{who}缺料：{material.name} {material.quantity}。{note}",
        fields: &[need("material.name"), may("material.quantity"), may("note")],
        ..DRAW_STEP
    },
    Act {
        id: "repair.requisitioned",
        title: "申购",
        said: "{who}申购：{material.name} {material.quantity}[，{material.needed_by} 前到]。{note}",
        posts: KEEP,
        fields: &[need("material.name"), need("material.quantity"), may("material.needed_by"), may("note")],
        effect: Effect::Fill("purchase_requisition"),
        ..DRAW_STEP
    },
    Act {
        id: "stock.card_opened",
        title: "建库存卡",
        said: "{who}建卡：{material.name}[ {material.spec}]，{material.unit}[，结存 {material.quantity}][，低于 {material.low} 提醒]。{note}",
        fields: &[
            need("material.name"),
            may("material.spec"),
            need("material.unit"),
            may("material.quantity"),
            may("material.low"),
            may("note"),
        ],
        without: &[],
        again: false,
        effect: Effect::Open,
        ..CARD_STEP
    },
    Act {
        id: "stock.received",
        title: "入库",
        said: "{who}入库 {material.quantity}。{note}",
        fields: &[need("material.quantity"), may("note")],
        ..CARD_STEP
    },
    Act {
        id: "stock.counted",
        title: "盘点",
        said: "{who}盘点，实有 {material.counted}。{note}",
        fields: &[need("material.counted"), may("note")],
        ..CARD_STEP
    },
    Act {
        id: "stock.level_set",
        title: "定低库存线",
        said: "{who}定低库存线 {material.low}。{note}",
        fields: &[need("material.low"), may("note")],
        ..CARD_STEP
    },
    Act {
        id: "stock.requisitioned",
        title: "申购补货",
        said: "{who}申购 {material.quantity}[，{material.needed_by} 前到]。{note}",
        fields: &[need("material.quantity"), may("material.needed_by"), may("note")],
        effect: Effect::Fill("purchase_requisition"),
        ..CARD_STEP
    },
];
