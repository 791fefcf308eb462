//! Fees of a unit (管理费): what is taken at the counter, each payment with its receipt. Sums in fen.

use crate::case::Case;
use crate::event::{Event, Touch};
use crate::refusal::Refusal;
use jiff::civil::Date;

/// The register of accounts, one a unit.
pub const ACCOUNTS: &str = "fee_accounts";
/// The act by which money is taken at the counter.
pub const PAID: &str = "fee.paid_at_counter";
/// The act by which the latest receipt is made void.
pub const VOIDED: &str = "fee.receipt_voided";
/// The receipt given for it.
pub const RECEIPT: &str = "counter_receipt";
/// Ways of paying that leave a reference with a bank or a platform.
const REFERRED: [&str; 4] = ["card", "wechat", "alipay", "transfer"];

/// Whether what is told of a payment can be so. Refused: no sum, a day to come, a payment through a bank or a platform without
/// its reference or with one that stands on another receipt of this record, voiding a receipt that is void.
pub(crate) fn sensible(what: &str, case: &Case, event: &Event, today: Date) -> Result<(), Refusal> {
    let told = |id: &str| event.body.attributes.get(id).map_or("", |value| value.trim());
    match event.name.as_str() {
        PAID => {
            if told("fee.received").parse::<i64>().unwrap_or(0) <= 0 {
                let next = "请写收到了多少元；收错的作废那张收据，不写负数。";
                return Err(Refusal::new(what, "收款金额没有填对", next).at("fee.received"));
            }
            if told("fee.paid_on").parse::<Date>().is_ok_and(|day| today < day) {
                return Err(Refusal::new(what, "收款日期还没有到", "请写收到钱的日期。").at("fee.paid_on"));
            }
            let reference = told("fee.reference");
            if reference.is_empty() && REFERRED.contains(&told("fee.method")) {
                let next = "请抄上刷卡小票、微信、支付宝或银行的流水号，对账和退款都要用。";
                return Err(Refusal::new(what, "没有写支付流水号", next).at("fee.reference"));
            }
            let known = (!reference.is_empty()).then(|| referred(case, reference)).flatten();
            match known {
                Some(number) => {
                    let why = format!("流水号 {reference} 已经开过收据 {number}");
                    Err(Refusal::new(what, why, "同一笔钱只开一张收据；请核对流水号。").at("fee.reference"))
                }
                None => Ok(()),
            }
        }
        VOIDED if case.form(RECEIPT).is_none() => {
            Err(Refusal::new(what, "没有有效的收款收据", "已经作废的收据不用再作废。"))
        }
        _ => Ok(()),
    }
}

/// The receipt that stands on this reference; none when it was made void.
fn referred(case: &Case, reference: &str) -> Option<String> {
    let paid = case.entries.iter().filter(|entry| entry.event.name == PAID);
    let same = paid.filter(|entry| entry.event.body.attributes.get("fee.reference").is_some_and(|it| it == reference));
    let number = same.filter_map(|entry| entry.event.body.form.as_ref().map(|form| form.number.clone())).last()?;
    let void = case.entries.iter().filter_map(|entry| entry.event.body.form.as_ref());
    let void = void.filter(|form| matches!(form.touch, Touch::Voided)).any(|form| form.number == number);
    (!void).then_some(number)
}
