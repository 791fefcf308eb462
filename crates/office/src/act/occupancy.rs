//! Acts of who lives where (迁入、迁出、过户): registered, account, meters, keys, papers; moved out; sold.

use super::dossier::{DESK, MONEY};
use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::Record;

const METER: &[&str] = &[
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
    "estate_officer",
    "engineering_supervisor",
    "technician",
];
const SIGN: &[&str] = &[
    "resident",
    "service_centre",
    "front_desk",
    "receptionist",
    "service_supervisor",
    "service_centre_head",
    "office_manager",
    "estate_officer",
];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "customer.registered",
        title: "入住登记",
        said: "{who}给客户做好入住登记[，{customer.kind_of}]。{note}",
        kinds: &[Record("move_ins")],
        posts: DESK,
        fields: &[may("customer.kind_of"), may("dossier.move_in_forms"), may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "customer.bank_account_taken",
        title: "登记托收账号",
        said: "{who}登记托收账号，尾号 {customer.bank_account}。{note}",
        kinds: &[Record("move_ins")],
        posts: DESK,
        fields: &[need("customer.bank_account"), may("note")],
        ..STEP
    },
    Act {
        id: "customer.paid_list_given",
        title: "发有偿服务清单",
        said: "{who}发给有偿服务清单，标准 {price.edition} 版。{note}",
        kinds: &[Record("move_ins")],
        posts: DESK,
        fields: &[need("price.edition"), may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "customer.meter_confirmed",
        title: "确认水电表底数",
        said: "{who}与客户确认底数：水 {meter.water}，电 {meter.power}。{note}",
        kinds: &[Record("meter_readings")],
        posts: METER,
        fields: &[need("meter.water"), need("meter.power"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.meter_signed",
        title: "表底数签字",
        said: "{who}记下表底数签字。{note}",
        kinds: &[Record("meter_readings"), Record("move_ins"), Record("move_outs")],
        posts: SIGN,
        fields: &[may("note")],
        after: &["customer.meter_confirmed"],
        effect: Effect::SignCustomer,
        ..STEP
    },
    Act {
        id: "customer.first_utility_billed",
        title: "出首期水电账单",
        said: "{who}出首期水电账单。{note}",
        kinds: &[Record("meter_readings"), Record("move_ins")],
        posts: MONEY,
        fields: &[may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "customer.keys_handed",
        title: "交付钥匙",
        said: "{who}交付钥匙[ {key.count} 把]。{note}",
        kinds: &[Record("move_ins")],
        posts: DESK,
        fields: &[may("key.count"), may("note")],
        again: false,
        effect: Effect::SignCustomer,
        ..STEP
    },
    Act {
        id: "customer.move_in_closed",
        title: "迁入办结",
        said: "{who}迁入办结。{note}",
        kinds: &[Record("move_ins")],
        posts: DESK,
        fields: &[may("dossier.move_in_forms"), may("note")],
        after: &["customer.registered"],
        again: false,
        ..STEP
    },
    Act {
        id: "customer.moved_out",
        title: "登记迁出",
        said: "{who}登记迁出，{customer.move_out_date}。{note}",
        kinds: &[Record("move_outs")],
        posts: DESK,
        fields: &[need("customer.move_out_date"), may("note")],
        ..OPENING
    },
    Act {
        id: "customer.keys_returned",
        title: "收回钥匙",
        said: "{who}收回钥匙[ {key.count} 把]。{note}",
        kinds: &[Record("move_outs")],
        posts: DESK,
        fields: &[may("key.count"), may("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "customer.permits_taken_back",
        title: "收回证卡",
        said: "{who}收回停车证、身份卡、车牌：{note}",
        kinds: &[Record("move_outs")],
        posts: DESK,
        fields: &[need("note")],
        again: false,
        ..STEP
    },
    Act {
        id: "customer.move_out_closed",
        title: "迁出办结",
        said: "{who}迁出办结，{customer.settled_up}。{note}",
        kinds: &[Record("move_outs")],
        posts: DESK,
        fields: &[need("customer.settled_up"), may("note")],
        after: &["customer.meter_confirmed", "customer.keys_returned"],
        again: false,
        effect: Effect::Close,
        ..STEP
    },
    Act {
        id: "customer.owner_changed",
        title: "登记过户",
        said: "{who}登记过户，{customer.owner_since} 起，凭{dossier.change_basis}。{note}",
        kinds: &[Record("ownership_changes")],
        posts: DESK,
        fields: &[need("customer.owner_since"), need("dossier.change_basis"), may("note")],
        ..OPENING
    },
];
