//! Fee accounts (收费账户): who pays for a unit, the passbook from which the bank collects, and what is taken at the
//! counter, each payment with a receipt of its own (收款收据).

use super::{Act, Effect, OPENING, STEP, may, need};
use crate::case::CaseKind::{self, Record};

const ACCOUNT: &[CaseKind] = &[Record("fee_accounts")];
/// Where money of a unit is taken: its account, its moving in, the notice that it is for.
const TAKES: &[CaseKind] = &[Record("fee_accounts"), Record("move_ins"), Record(crate::fee_notice::REGISTER)];
const OPENS: &[&str] = &["finance", "front_desk", "service_centre", "service_supervisor", "service_centre_head"];

/// The acts.
pub(super) const ACTS: &[Act] = &[
    Act {
        id: "fee.account_opened",
        title: "建立收费账户",
        said: "{who}建立收费账户[，由{fee.payer}缴费][，{customer.move_in_date} 入伙]。{note}",
        kinds: ACCOUNT,
        posts: OPENS,
        fields: &[may("fee.payer"), may("customer.move_in_date"), may("note")],
        ..OPENING
    },
    Act {
        id: "fee.passbook_opened",
        title: "登记存折",
        said: "{who}登记存折：{fee.bank}，尾号 {customer.bank_account}。{note}",
        kinds: ACCOUNT,
        posts: OPENS,
        fields: &[need("fee.bank"), need("customer.bank_account"), may("note")],
        ..STEP
    },
    Act {
        id: crate::fee::PAID,
        title: "柜台收费",
        said: "{who}收到{fee.kind} {fee.received} 元，{fee.method}[，流水号 {fee.reference}]，{fee.paid_on}。{note}",
        kinds: TAKES,
        posts: &["finance"],
        fields: &[
            need("fee.kind"),
            need("fee.received"),
            need("fee.paid_on"),
            need("fee.method"),
            may("fee.reference"),
            may("note"),
        ],
        effect: Effect::Issue(crate::fee::RECEIPT),
        ..STEP
    },
    Act {
        id: "fee.receipt_voided",
        title: "作废收款收据",
        said: "{who}作废最后一张收款收据：{note}",
        kinds: TAKES,
        posts: &["finance"],
        fields: &[need("note")],
        after: &[crate::fee::PAID],
        effect: Effect::Void(crate::fee::RECEIPT),
        ..STEP
    },
];
