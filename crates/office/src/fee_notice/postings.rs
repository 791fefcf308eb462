//! The books of fees (记账): every step that moves money as postings whose debit and credit are equal, on the usual accounts. A step
//! is never changed: what was wrong is posted the other way round. Sums in fen.

use std::collections::BTreeMap;

use calendar::Moment;

use super::{LATE_POSTED, LISTED, REGISTER, SLIP, VOIDED};
use crate::case::Case;
use crate::event::{Entry, Touch};
use crate::fee;

/// An account of the books, with its number in the chart of accounts of enterprises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// 1001 库存现金.
    Cash,
    /// 1002 银行存款.
    Bank,
    /// 1012 其他货币资金: WeChat, Alipay.
    Platform,
    /// 1122 应收账款.
    Receivable,
    /// 2203 预收账款: taken without a notice.
    Prepaid,
    /// 2241 其他应付款: water and electricity taken for others.
    ForOthers,
    /// 6001 主营业务收入.
    Income,
    /// 6301 营业外收入: late charges.
    OtherIncome,
}

impl Account {
    /// Every account in the order of their numbers.
    pub const ALL: [Account; 8] = [
        Account::Cash,
        Account::Bank,
        Account::Platform,
        Account::Receivable,
        Account::Prepaid,
        Account::ForOthers,
        Account::Income,
        Account::OtherIncome,
    ];

    /// Its number.
    pub fn code(self) -> &'static str {
        match self {
            Account::Cash => "1001",
            Account::Bank => "1002",
            Account::Platform => "1012",
            Account::Receivable => "1122",
            Account::Prepaid => "2203",
            Account::ForOthers => "2241",
            Account::Income => "6001",
            Account::OtherIncome => "6301",
        }
    }

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Account::Cash => "库存现金",
            Account::Bank => "银行存款",
            Account::Platform => "其他货币资金",
            Account::Receivable => "应收账款",
            Account::Prepaid => "预收账款",
            Account::ForOthers => "其他应付款",
            Account::Income => "主营业务收入",
            Account::OtherIncome => "营业外收入",
        }
    }

    /// The account with this number.
    pub fn of_code(code: &str) -> Option<Account> {
        Account::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// One side of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The entry's place in the site's journal.
    pub seq: i64,
    /// When it happened.
    pub at: Moment,
    /// Where it is posted.
    pub account: Account,
    /// Kind of the charge or way of payment, a value id; empty when there is none.
    pub detail: String,
    /// Debit in fen, below zero for what is taken back.
    pub debit: i64,
    /// Credit.
    pub credit: i64,
}

/// Every posting of a record in the order of its entries; none of a record that moves no money.
pub fn postings(case: &Case) -> Vec<Posting> {
    let notice = case.kind.id() == REGISTER;
    if !notice && ![fee::ACCOUNTS, "move_ins"].contains(&case.kind.id()) {
        return Vec::new();
    }
    let owed = if notice { Account::Receivable } else { Account::Prepaid };
    let mut all: Vec<Posting> = Vec::new();
    let mut receipts: BTreeMap<&str, (Account, String, i64)> = BTreeMap::new();
    for entry in &case.entries {
        let told = |id: &str| entry.event.body.attributes.get(id).map_or("", String::as_str);
        let fen = |id: &str| told(id).parse::<i64>().unwrap_or(0);
        let form = entry.event.body.form.as_ref();
        match entry.event.name.as_str() {
            LISTED => {
                let other = if ["water", "electricity"].contains(&told("fee.kind")) {
                    Account::ForOthers
                } else {
                    Account::Income
                };
                both(&mut all, entry, (owed, other), told("fee.kind"), fen("fee.amount"));
            }
            SLIP => both(&mut all, entry, (Account::Bank, owed), "", fen("fee.received")),
            LATE_POSTED => both(&mut all, entry, (owed, Account::OtherIncome), "", fen("fee.late_charge")),
            fee::PAID => {
                let (into, way, fen) =
                    (paid_into(told("fee.method")), told("fee.method").to_owned(), fen("fee.received"));
                both(&mut all, entry, (into, owed), &way, fen);
                receipts.extend(form.map(|form| (form.number.as_str(), (into, way, fen))));
            }
            fee::VOIDED => {
                let void = form.filter(|form| matches!(form.touch, Touch::Voided));
                if let Some((into, way, fen)) = void.and_then(|form| receipts.remove(form.number.as_str())) {
                    both(&mut all, entry, (into, owed), &way, -fen);
                }
            }
            // A notice is void only while nothing came in for it: it was never owed.
            VOIDED => {
                let back: Vec<Posting> = all.clone();
                for it in back {
                    let (debit, credit) = (-it.debit, -it.credit);
                    all.push(Posting { seq: entry.seq, at: entry.event.happened, debit, credit, ..it });
                }
            }
            _ => {}
        }
    }
    all
}

fn paid_into(method: &str) -> Account {
    match method {
        "cash" => Account::Cash,
        "wechat" | "alipay" => Account::Platform,
        _ => Account::Bank,
    }
}

fn both(all: &mut Vec<Posting>, entry: &Entry, (debit, credit): (Account, Account), detail: &str, fen: i64) {
    if fen == 0 {
        return;
    }
    let side = |account: Account, debit: i64, credit: i64| Posting {
        seq: entry.seq,
        at: entry.event.happened,
        account,
        detail: detail.to_owned(),
        debit,
        credit,
    };
    all.extend([side(debit, fen, 0), side(credit, 0, fen)]);
}
