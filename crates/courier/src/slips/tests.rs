use jiff::civil::date;

use super::*;
use crate::ledger::{Sheet, sheets};

#[test]
fn the_sample_reads_back_with_what_failed() {
    let draft = read(&sheets(&sample().expect("it is made")).expect("readable")[0]);
    assert_eq!(draft.bad, []);
    let told: Vec<(i64, &str, &str)> =
        draft.rows.iter().map(|(_, it)| (it.fen, it.room.as_str(), it.failed.as_str())).collect();
    assert_eq!(told, [(19_890, "", ""), (25_060, "3-2-501", ""), (37_180, "", "余额不足")]);
}

#[test]
fn a_banks_own_words_are_read_and_bad_rows_named() {
    let draft = read(&Sheet::of_texts(&[
        &["代收回盘 20261103"],
        &["序号", "客户编号", "交易金额", "交易日期", "交易流水号", "返回信息"],
        &["1", "fz-202610-0001", "1,198.90元", "20261103", "A1", "扣款成功"],
        &["2", "FZ-202610-0002", "-5", "20261103", "A2", "扣款成功"],
        &["3", "FZ-202610-0003", "12.345", "20261103", "A3", ""],
        &["4", "FZ-202610-0004", "10", "十一月三日", "A4", ""],
        &["5", "", "10", "20261103", "A5", ""],
        &["6", "FZ-202610-0006", "10", "20261103", "A1", ""],
        &["合计", "", "1198.90", "", "", ""],
    ]));
    assert_eq!(draft.rows.len(), 1);
    let (_, first) = &draft.rows[0];
    assert_eq!(
        (first.number.as_str(), first.fen, first.deposited),
        ("FZ-202610-0001", 119_890, Some(date(2026, 11, 3)))
    );
    let bad: Vec<(usize, &str)> = draft.bad.iter().map(|it| (it.row, it.column.as_str())).collect();
    assert_eq!(bad, [(4, "金额（元）"), (5, "金额（元）"), (6, "存款日期"), (7, "通知单编号"), (8, "回单号")]);
    assert_eq!(draft.skipped.len(), 1);
    let nothing = read(&Sheet::of_texts(&[&["a", "b"], &["1", "2"]]));
    assert!(nothing.rows.is_empty() && nothing.bad[0].reason.contains("找不到表头"));
}
