//! The monthly notice of a unit (费用通知单): its charges, printed at month end, delivered, paid through the bank, urged when it is
//! late; objections, extensions and the late charge. A wrong charge is taken back by a second person, never rubbed out.

use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::{self, Record};
use crate::fee_notice as notice;

const NOTICE: &[CaseKind] = &[Record(notice::REGISTER)];
const FINANCE: &[&str] = &["finance"];
/// Who carries notices to the doors and asks for what is late.
const SERVICE: &[&str] = &[
    "finance",
    "front_desk",
    "receptionist",
    "service_centre",
    "service_supervisor",
    "service_centre_head",
    "area_staff",
    "office_manager",
];
/// Who stands above the office that asks for the money.
const ABOVE: &[&str] = &["office_manager", "company_manager", "company_leader"];

/// A step of a notice.
const OF_NOTICE: Act = Act { kinds: NOTICE, posts: FINANCE, ..STEP };
/// A step of urging: it makes sense while something is open past its day.
const URGES: Act = Act {
    kinds: NOTICE,
    posts: SERVICE,
    fields: &[may("note")],
    after: &[notice::FELL_DUE],
    without: &[notice::CLEARED, "case.closed", "case.withdrawn"],
    ..STEP
};

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: notice::OPENED,
        title: "开立费用通知单",
        said: "{who}开立到 {fee.billed_to} 为止的费用通知单[，由{fee.payer}缴]。{note}",
        kinds: NOTICE,
        posts: FINANCE,
        fields: &[need("fee.billed_to"), may("fee.payer"), may("note")],
        ..OPENING
    },
    Act {
        id: notice::LISTED,
        title: "列入费用",
        said: "{who}列入{fee.kind} {fee.amount} 元[（{fee.basis}）]。{note}",
        fields: &[need("fee.kind"), need("fee.amount"), may("fee.basis"), may("note")],
        without: &[notice::PRINTED, notice::VOIDED],
        ..OF_NOTICE
    },
    Act {
        id: notice::PRINTED,
        title: "打印费用通知单",
        said: "{who}打出费用通知单，本月 {fee.billed} 元[，以前欠 {fee.earlier_arrears} 元][，{fee.pay_by} 前缴清]。{note}",
        fields: &[may("note")],
        after: &[notice::LISTED],
        without: &[notice::VOIDED],
        again: false,
        effect: Effect::Issue("fee_notice"),
        ..OF_NOTICE
    },
    Act {
        id: notice::VOIDED,
        title: "作废费用通知单",
        said: "{who}作废这张费用通知单：{note}",
        fields: &[need("note")],
        without: &[notice::PRINTED, notice::VOIDED],
        again: false,
        effect: Effect::Withdraw,
        ..OF_NOTICE
    },
    Act {
        id: notice::DELIVERED,
        title: "送达费用通知单",
        said: "{who}记录 {fee.delivered_on} 送达费用通知单，{fee.delivered_by}。{note}",
        posts: SERVICE,
        fields: &[need("fee.delivered_on"), need("fee.delivered_by"), may("note")],
        after: &[notice::PRINTED],
        ..OF_NOTICE
    },
    Act {
        id: "fee.bank_collection_sent",
        title: "交银行代收",
        said: "{who}交银行代收。{note}",
        fields: &[may("note")],
        after: &[notice::PRINTED],
        without: &[notice::CLEARED, "case.closed", "case.withdrawn"],
        ..OF_NOTICE
    },
    Act {
        id: notice::NOT_COLLECTED,
        title: "代收不成",
        said: "银行没有收到：{case.reason}。{who}记录。{note}",
        fields: &[need("case.reason"), may("note")],
        after: &[notice::PRINTED],
        without: &[notice::CLEARED, "case.closed", "case.withdrawn"],
        ..OF_NOTICE
    },
    Act {
        id: notice::SLIP,
        title: "银行回单到达",
        said: "{who}收到银行回单 {fee.received} 元[，{fee.deposited_on} 存款][，回单号 {fee.reference}]。{note}",
        fields: &[need("fee.received"), may("fee.deposited_on"), may("fee.reference"), may("note")],
        after: &[notice::PRINTED],
        ..OF_NOTICE
    },
    Act {
        id: "fee.receipt_issued",
        title: "开具财务票据",
        said: "{who}开具财务票据[，票号 {fee.invoice}]。{note}",
        fields: &[need("fee.invoice"), may("note")],
        ..OF_NOTICE
    },
    Act {
        id: notice::REVERSAL_ASKED,
        title: "申请冲减",
        said: "{who}申请冲减{fee.reversed_kind} {fee.reversal} 元：{case.reason}",
        fields: &[need("fee.reversed_kind"), need("fee.reversal"), need("case.reason")],
        after: &[notice::PRINTED],
        ..OF_NOTICE
    },
    Act {
        id: notice::REVERSED,
        title: "批准冲减",
        said: "{who}批准冲减。{note}",
        posts: ABOVE,
        fields: &[may("note")],
        after: &[notice::REVERSAL_ASKED],
        effect: Effect::SignStaff,
        ..OF_NOTICE
    },
    Act {
        id: "fee.reversal_refused",
        title: "不准冲减",
        said: "{who}不准冲减：{note}",
        posts: ABOVE,
        fields: &[need("note")],
        after: &[notice::REVERSAL_ASKED],
        effect: Effect::SignStaff,
        ..OF_NOTICE
    },
    Act { id: "fee.reminder_sent", title: "发催缴信息", said: "{who}发出催缴信息。{note}", ..URGES },
    Act { id: "fee.reminder_called", title: "电话催缴", said: "{who}打电话催缴。{note}", ..URGES },
    Act { id: "fee.reminder_letter", title: "寄催缴函", said: "{who}寄出催缴函。{note}", ..URGES },
    Act { id: "fee.arrears_reported", title: "欠费报经理", said: "{who}把欠费报经理。{note}", ..URGES },
    Act {
        id: "fee.objected",
        title: "提出费用异议",
        said: "住户提出异议：{fee.objection}[（技术问题：{fee.technical}）]。{who}记录。{note}",
        posts: SERVICE,
        fields: &[need("fee.objection"), may("fee.technical"), may("note")],
        after: &[notice::PRINTED],
        ..OF_NOTICE
    },
    Act {
        id: notice::EXTENDED,
        title: "批准延期缴费",
        said: "{who}批准延到 {fee.extended_to} 缴费：{case.reason}",
        posts: ABOVE,
        fields: &[need("fee.extended_to"), need("case.reason")],
        after: &[notice::PRINTED],
        without: &[notice::CLEARED, "case.closed", "case.withdrawn"],
        effect: Effect::SignStaff,
        ..OF_NOTICE
    },
    Act {
        id: "fee.late_charge_decided",
        title: "决定违约金",
        said: "{who}决定违约金：{fee.late_charge_decision}。{note}",
        posts: ABOVE,
        fields: &[need("fee.late_charge_decision"), need("note")],
        after: &[notice::FELL_DUE],
        effect: Effect::SignStaff,
        ..OF_NOTICE
    },
    Act {
        id: notice::LATE_POSTED,
        title: "违约金入账",
        said: "{who}把违约金 {fee.late_charge} 元记入应缴。{note}",
        fields: &[may("note")],
        after: &[notice::FELL_DUE],
        ..OF_NOTICE
    },
];
