//! A sample price list (样表) that the program makes, and the lines of an export, under the same headings: what is exported can
//! be imported again.

use office::price::{KINDS, Price};
use rust_xlsxwriter::XlsxError;

use crate::table;

/// Headings of sample and export, which the import reads.
pub const HEADINGS: [&str; 10] =
    ["工种", "项目", "种类", "单位", "单价（元）", "生效日", "失效日", "免费", "保修期内免费", "备注"];

/// Rows of a fictional office.
const ROWS: &[[&str; 10]] = &[
    ["水电", "更换水龙头", "人工", "只", "30", "2026-01-01", "", "", "", "龙头另计或业主自备"],
    ["水电", "更换插座、开关", "人工", "只", "15.50", "2026-01-01", "", "", "", ""],
    ["给排水", "疏通地漏", "人工", "处", "50", "2026-01-01", "2026-12-31", "", "", "含药剂"],
    ["给排水", "角阀", "材料", "只", "25", "2026-01-01", "", "", "", "铜质 4 分"],
    ["门窗五金", "调整门锁", "人工", "把", "0", "2026-01-01", "", "是", "是", ""],
];

/// The workbook's bytes.
pub fn sample() -> Result<Vec<u8>, XlsxError> {
    let rows: Vec<Vec<String>> = ROWS.iter().map(|row| row.iter().map(|it| (*it).to_owned()).collect()).collect();
    table::workbook("有偿维修收费标准", &HEADINGS, &rows)
}

/// The cells of an item under [`HEADINGS`].
pub fn line(price: &Price) -> Vec<String> {
    let flag = |on: bool| if on { "是".to_owned() } else { String::new() };
    let kind = KINDS.iter().find(|(id, _)| *id == price.kind).map_or("", |(_, word)| word);
    vec![
        price.trade.clone(),
        price.name.clone(),
        kind.to_owned(),
        price.unit.clone(),
        format!("{}.{:02}", price.fen / 100, price.fen % 100),
        price.from.to_string(),
        price.until.map(|it| it.to_string()).unwrap_or_default(),
        flag(price.free),
        flag(price.warranty),
        price.remark.clone(),
    ]
}
