//! Rates of a tariff (收费单价): yuan to four decimals, since water and power are priced below a fen. What is approved outside
//! the office is approved by who stands outside it.

use crate::event::Event;
use crate::money;
use crate::refusal::Refusal;

/// Digits of a rate after the point at most.
const DECIMALS: usize = 4;
/// Digits of a rate before the point at most.
const DIGITS: usize = 6;

/// A rate as typed, in ten-thousandths of a yuan: `2.8`, `0.5283`. None when it is no rate or nothing.
pub fn rate(typed: &str) -> Option<i64> {
    money::exact(typed, DIGITS, DECIMALS).filter(|rate| *rate > 0)
}

/// Whether what a tariff says can be so. Refused: a rate that is none, a sum of nothing.
pub(crate) fn sensible(what: &str, event: &Event) -> Result<(), Refusal> {
    let told = |id: &str| event.body.attributes.get(id).map(String::as_str);
    if event.name == "tariff.drafted" && told("tariff.rate").and_then(rate).is_none() {
        let next = "请写数字，单位是元，小数点后最多四位。";
        return Err(Refusal::new(what, "单价没有填对", next).at("tariff.rate"));
    }
    if event.name == "expense.posted" && told("fee.amount").is_none_or(|fen| fen.parse::<i64>().unwrap_or(0) <= 0) {
        let next = "请写支出了多少元；记错的作废原来的一笔，不写负数。";
        return Err(Refusal::new(what, "支出金额没有填对", next).at("fee.amount"));
    }
    Ok(())
}

/// The record that a tariff was approved.
pub(crate) const APPROVED: &str = "tariff.approved";

/// Who approves a tariff stands outside the office: the record of it is theirs.
pub(crate) fn approved_by(event: &mut Event) {
    event.body.posts.extend(event.body.attributes.get("tariff.approver").cloned());
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn a_rate_is_read_exactly_or_not_at_all() {
        assert_eq!(["2.8", " 2.80 ", "0.5283", "320"].map(rate), [28_000, 28_000, 5_283, 3_200_000].map(Some));
        assert_eq!(["", "0", "0.00", "-1", "2.80001", "2，80", "1e2", "1234567"].map(rate), [None; 8]);
    }
}
