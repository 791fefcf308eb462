use jiff::civil::{Date, date};

use super::*;
use crate::ledger::{Sheet, sheets};

const TODAY: Date = date(2026, 11, 16);

#[test]
fn the_sample_reads_back_whole_and_an_export_is_the_same_list() {
    let sheets = sheets(&sample().expect("it is made")).expect("it is readable");
    let draft = read(&sheets[0], TODAY);
    assert_eq!(draft.bad, []);
    let fen: Vec<i64> = draft.rows.iter().map(|(_, price)| price.fen).collect();
    assert_eq!(fen, [3_000, 1_550, 5_000, 2_500, 0]);
    assert_eq!(draft.rows[2].1.until, Some(date(2026, 12, 31)));
    assert!(draft.rows[4].1.free && draft.rows[4].1.warranty && draft.rows[3].1.kind == "material");
    let lines: Vec<Vec<String>> = draft.rows.iter().map(|(_, price)| line(price)).collect();
    let csv = crate::table::csv(&HEADINGS, &lines);
    let again = read(&crate::ledger::sheets(&csv).expect("readable")[0], TODAY);
    assert_eq!(again.bad, []);
    let prices = |draft: &Draft| draft.rows.iter().map(|(_, price)| price.clone()).collect::<Vec<_>>();
    assert_eq!(prices(&again), prices(&draft));
}

#[test]
fn titles_trades_in_lines_of_their_own_and_totals_are_no_items() {
    let draft = read(
        &Sheet::of_texts(&[
            &["演示花园有偿维修收费标准"],
            &["序号", "服务项目", "收费标准", "说明"],
            &["一、水电类"],
            &["1", "更换水龙头", "30元/只", "龙头另计"],
            &["2", "更换灯泡", "免费", "", ""],
            &["二、给排水", "二、给排水", "二、给排水", "二、给排水"],
            &["3", "疏通地漏", "５０ 元／处", ""],
            &[],
            &["合 计", "", "", ""],
            &["注：材料费另计"],
        ]),
        TODAY,
    );
    assert_eq!(draft.head_row, 2);
    let told: Vec<(usize, &str, &str, &str, i64)> =
        draft.rows.iter().map(|(n, it)| (*n, it.trade.as_str(), it.name.as_str(), it.unit.as_str(), it.fen)).collect();
    assert_eq!(told, [(4, "水电类", "更换水龙头", "只", 3_000), (7, "给排水", "疏通地漏", "处", 5_000)]);
    assert_eq!(draft.rows[0].1.from, TODAY);
    assert_eq!(draft.bad.iter().map(|it| (it.row, it.column.as_str())).collect::<Vec<_>>(), [(5, "单位")]);
    assert_eq!(draft.skipped.iter().map(|it| it.0).collect::<Vec<_>>(), [3, 6, 9, 10]);
}

#[test]
fn every_bad_row_is_listed_with_its_number_and_reason() {
    let head: &[&str] = &["工种", "项目", "种类", "单位", "单价", "生效日", "失效日", "免费"];
    let draft = read(
        &Sheet::of_texts(&[
            head,
            &["水电", "", "", "只", "30"],
            &["水电", "甲", "", "只", "面议"],
            &["水电", "乙", "", "只", "30.555"],
            &["水电", "丙", "", "只", "30", "下个月"],
            &["水电", "丁", "", "只", "30", "2026-12-01", "2026-11-30"],
            &["水电", "戊", "", "只", "0"],
            &["水电", "己", "", "只", "10", "", "", "是"],
            &["水电", "庚", "工资", "只", "10"],
            &["水电", "辛", "材料费", "", "10"],
            &["水电", "壬", "", "只", "30"],
            &["", "壬", "", "只", "35"],
        ]),
        TODAY,
    );
    let told: Vec<(usize, &str)> = draft.bad.iter().map(|bad| (bad.row, bad.column.as_str())).collect();
    let expected = [
        (2, "项目"),
        (3, "单价（元）"),
        (4, "单价（元）"),
        (5, "生效日"),
        (6, "失效日"),
        (7, "单价（元）"),
        (8, "单价（元）"),
        (9, "种类"),
        (10, "单位"),
        (12, "项目"),
    ];
    assert_eq!(told, expected);
    assert_eq!(draft.rows.len(), 1);
    assert!(draft.bad[9].reason.contains("第 11 行"), "{}", draft.bad[9].reason);
}

#[test]
fn columns_can_be_named_by_hand_and_a_sheet_without_them_is_refused() {
    let rows = Sheet::of_texts(&[&["项目", "收费", "人工费", "单位"], &["换锁", "20", "60", "把"]]);
    assert_eq!(read(&rows, TODAY).rows[0].1.fen, 2_000, "the first that is a price");
    let mapped = [(1, None), (2, Some(Column::Price))].into();
    assert_eq!(read_mapped(&rows, &mapped, TODAY).rows[0].1.fen, 6_000);
    let without = [(1, None), (2, None)].into();
    assert!(read_mapped(&rows, &without, TODAY).bad[0].reason.contains("单价"));
    assert!(read(&Sheet::of_texts(&[&["房号", "业主"], &["501", "演示"]]), TODAY).bad[0].reason.contains("表头"));
}
