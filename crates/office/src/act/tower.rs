//! Acts of the coded forms of a tower (客户登记表): plates, special events, parking, telephones, foreign staff and bodies, identity cards,
//! who left, keys in custody.

use super::dossier::{DESK, FLOOR};
use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::Record;

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "customer.bike_plate_issued",
        title: "办理非机动车车牌",
        said: "{who}办理非机动车车牌 {bike.plate}。{note}",
        kinds: &[Record("bike_plates")],
        posts: DESK,
        fields: &[need("bike.plate"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.bike_plate_returned",
        title: "交回非机动车车牌",
        said: "{who}收回车牌。{note}",
        kinds: &[Record("bike_plates")],
        posts: DESK,
        fields: &[may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "customer.special_event_recorded",
        title: "记录特殊事件",
        said: "{who}记录特殊事件：{case.content}。{note}",
        kinds: &[Record("special_events")],
        posts: FLOOR,
        fields: &[need("case.content"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.special_event_ended",
        title: "特殊事件了结",
        said: "{who}记下特殊事件了结：{note}",
        kinds: &[Record("special_events")],
        posts: FLOOR,
        fields: &[need("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "parking_space.applied",
        title: "申请车位",
        said: "{who}登记车位申请。{note}",
        kinds: &[Record("parking_applications")],
        posts: DESK,
        fields: &[may("note")],
        ..OPENING
    },
    Act {
        id: "parking_space.settled",
        title: "车位申请有结果",
        said: "{who}记下申请结果：{note}[，{parking.space}]",
        kinds: &[Record("parking_applications")],
        posts: DESK,
        fields: &[may("parking.space"), need("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "parking_space.let",
        title: "租售车位",
        said: "{who}租售车位 {parking.space}（{parking.way}），{parking.new_start} 起[，到 {parking.new_end}]。{note}",
        kinds: &[Record("parking_spaces")],
        posts: DESK,
        fields: &[
            need("parking.space"),
            need("parking.way"),
            need("parking.new_start"),
            may("parking.new_end"),
            may("note"),
        ],
        ..OPENING
    },
    Act {
        id: "parking_space.permit_issued",
        title: "发放停车证",
        said: "{who}发放停车证 {parking.permit}[，{bike.plate}]。{note}",
        kinds: &[Record("parking_spaces")],
        posts: DESK,
        fields: &[need("parking.permit"), may("bike.plate"), may("note")],
        effect: Effect::Issue("permit_register"),
        ..STEP
    },
    Act {
        id: "parking_space.permit_returned",
        title: "收回停车证",
        said: "{who}收回停车证。{note}",
        kinds: &[Record("parking_spaces")],
        posts: DESK,
        fields: &[may("note")],
        after: &["parking_space.permit_issued"],
        ..STEP
    },
    Act {
        id: "parking_space.given_back",
        title: "退回车位",
        said: "{who}记下车位退回。{note}",
        kinds: &[Record("parking_spaces")],
        posts: DESK,
        fields: &[may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "phone_line.applied",
        title: "申请装电话",
        said: "{who}登记装电话的申请。{note}",
        kinds: &[Record("phone_applications")],
        posts: DESK,
        fields: &[may("note")],
        ..OPENING
    },
    Act {
        id: "phone_line.installed",
        title: "电话装好",
        said: "{who}记下电话装好：{phone.number}。{note}",
        kinds: &[Record("phone_applications")],
        posts: DESK,
        fields: &[need("phone.number"), may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "phone_line.listed",
        title: "号码备租备售",
        said: "{who}登记备租备售号码 {phone.number}。{note}",
        kinds: &[Record("phone_numbers")],
        posts: DESK,
        fields: &[need("phone.number"), may("note")],
        ..OPENING
    },
    Act {
        id: "phone_line.assigned",
        title: "分配号码",
        said: "{who}把号码分给{phone.to}。{note}",
        kinds: &[Record("phone_numbers")],
        posts: DESK,
        fields: &[need("phone.to"), may("note")],
        ..STEP
    },
    Act {
        id: "phone_line.given_back",
        title: "收回号码",
        said: "{who}收回号码。{note}",
        kinds: &[Record("phone_numbers")],
        posts: DESK,
        fields: &[may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "phone_line.changed",
        title: "变更电话登记",
        said: "{who}变更电话 {phone.number} 的登记：{dossier.change}。{note}",
        kinds: &[Record("phone_changes")],
        posts: DESK,
        fields: &[need("phone.number"), need("dossier.change"), may("note")],
        ..OPENING
    },
    Act {
        id: "phone_line.transferred",
        title: "电话过户",
        said: "{who}电话 {phone.number} 过户，{phone.from}过给{phone.to}。{note}",
        kinds: &[Record("phone_transfers")],
        posts: DESK,
        fields: &[need("phone.number"), need("phone.from"), need("phone.to"), may("note")],
        ..OPENING
    },
    Act {
        id: "phone_line.moved",
        title: "移机",
        said: "{who}电话 {phone.number} 移机：{dossier.change}。{note}",
        kinds: &[Record("phone_moves")],
        posts: DESK,
        fields: &[need("phone.number"), need("dossier.change"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.overseas_employee_registered",
        title: "登记境外雇员",
        said: "{who}登记境外雇员[，{employee.nationality}][，许可到 {employee.permit_until}]。{note}",
        kinds: &[Record("overseas_employees")],
        posts: DESK,
        fields: &[may("employee.nationality"), may("employee.permit_until"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.overseas_employee_left",
        title: "境外雇员离开",
        said: "{who}记下境外雇员离开。{note}",
        kinds: &[Record("overseas_employees")],
        posts: DESK,
        fields: &[may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "customer.foreign_body_registered",
        title: "登记涉外单位",
        said: "{who}登记涉外单位：{dossier.own_data}。{note}",
        kinds: &[Record("foreign_bodies")],
        posts: DESK,
        fields: &[need("dossier.own_data"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.foreign_body_left",
        title: "涉外单位迁走",
        said: "{who}记下涉外单位迁走。{note}",
        kinds: &[Record("foreign_bodies")],
        posts: DESK,
        fields: &[may("note")],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "customer_employee.card_issued",
        title: "发放身份卡",
        said: "{who}发放身份卡 {card.number}。{note}",
        kinds: &[Record("identity_cards")],
        posts: DESK,
        fields: &[need("card.number"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer_employee.card_revoked",
        title: "收回身份卡",
        said: "{who}收回身份卡 {card.number}。{note}",
        kinds: &[Record("identity_cards"), Record("leavers")],
        posts: FLOOR,
        fields: &[may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "customer_employee.left",
        title: "登记离职",
        said: "{who}登记离职[，身份卡 {card.number}]。{note}",
        kinds: &[Record("leavers")],
        posts: DESK,
        fields: &[may("card.number"), may("note")],
        ..OPENING
    },
    Act {
        id: "unit_key.applied",
        title: "申请代管钥匙",
        said: "{who}登记代管钥匙的申请，牌号 {key.tag}。{note}",
        kinds: &[Record("key_custody")],
        posts: DESK,
        fields: &[need("key.tag"), may("note")],
        ..OPENING
    },
    Act {
        id: "unit_key.accepted",
        title: "收存钥匙",
        said: "{who}收存钥匙。{note}",
        kinds: &[Record("key_custody")],
        posts: DESK,
        fields: &[may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "unit_key.taken_out_signed",
        title: "取钥匙签字",
        said: "取钥匙签字。{note}",
        kinds: &[Record("key_custody")],
        posts: DESK,
        fields: &[may("note")],
        after: &["unit_key.accepted"],
        effect: Effect::SignCustomer,
        ..STEP
    },
    Act {
        id: "unit_key.taken_out",
        title: "取出钥匙",
        said: "{who}取出钥匙[，用途：{archive.purpose}]。{note}",
        kinds: &[Record("key_custody")],
        posts: DESK,
        fields: &[may("archive.purpose"), may("note")],
        after: &["unit_key.accepted"],
        ..STEP
    },
    Act {
        id: "unit_key.returned",
        title: "放回钥匙",
        said: "{who}放回钥匙。{note}",
        kinds: &[Record("key_custody")],
        posts: DESK,
        fields: &[may("note")],
        after: &["unit_key.taken_out"],
        ..STEP
    },
    Act {
        id: "unit_key.custody_ended",
        title: "交还代管钥匙",
        said: "{who}把钥匙交还客户。{note}",
        kinds: &[Record("key_custody")],
        posts: DESK,
        fields: &[may("note")],
        after: &["unit_key.accepted"],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
];
