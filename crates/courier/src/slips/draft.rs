//! From a sheet to slips (回单预览): the head row is found, columns are mapped, totals are left out, every bad row is listed with its
//! reason.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use office::money;
use rust_xlsxwriter::XlsxError;
use serde::{Deserialize, Serialize};

use crate::headed::{self, BadRow, Columns, headings};
use crate::ledger::{Cell, Sheet};
use crate::table;

/// A column that the import understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 通知单编号.
    Number,
    /// 房号.
    Room,
    /// 金额（元）.
    Sum,
    /// 存款日期.
    Deposited,
    /// 回单号.
    Reference,
    /// 结果.
    Result,
}

use Column::*;

impl Columns for Column {
    const HEADINGS: &'static [(Column, &'static str, &'static [&'static str])] = &[
        (Number, "通知单编号", &["编号", "单号", "通知单号", "缴费单号", "用户编号", "客户编号", "合同号", "备用域"]),
        (Room, "房号", &["单元", "住址", "地址", "户号", "房间号", "物业地址"]),
        (
            Sum,
            "金额（元）",
            &["金额(元)", "金额", "扣款金额", "实扣金额", "实收金额", "代收金额", "交易金额", "存款金额"],
        ),
        (Deposited, "存款日期", &["扣款日期", "交易日期", "入账日期", "日期", "代收日期", "记账日期"]),
        (Reference, "回单号", &["流水号", "交易流水号", "银行流水号", "凭证号", "回单编号", "交易流水"]),
        (Result, "结果", &["扣款结果", "处理结果", "状态", "返回信息", "失败原因", "返回码说明", "处理状态", "原因"]),
    ];
}

/// Headings of the sample, which the import reads.
pub const HEADINGS: [&str; 6] = ["通知单编号", "房号", "金额（元）", "存款日期", "回单号", "结果"];

/// Rows of a fictional bank.
const ROWS: &[[&str; 6]] = &[
    ["FZ-202610-0001", "", "198.90", "2026-11-03", "HD20261103001", "成功"],
    ["", "3-2-501", "250.60", "2026-11-03", "HD20261103002", "成功"],
    ["FZ-202610-0003", "", "371.80", "2026-11-03", "", "余额不足"],
];

/// A workbook that shows the columns.
pub fn sample() -> std::result::Result<Vec<u8>, XlsxError> {
    let rows: Vec<Vec<String>> = ROWS.iter().map(|row| row.iter().map(|it| (*it).to_owned()).collect()).collect();
    table::workbook("银行回单", &HEADINGS, &rows)
}

/// What the bank says of one debit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// Number of the notice or of its form; empty when only the room is told.
    pub number: String,
    /// The room as written; empty when the number is told.
    pub room: String,
    /// Fen.
    pub fen: i64,
    /// Day of the deposit.
    pub deposited: Option<Date>,
    /// The bank's own number.
    pub reference: String,
    /// Why it was not collected, in the bank's words; empty when it was.
    pub failed: String,
}

/// What an import would do.
pub type Draft = headed::Draft<Column, Slip>;
type Fields<'a> = headed::Fields<'a, Column>;

/// Rows among which the head row is looked for.
const HEAD_WITHIN: usize = 30;
/// Digits of a sum before the point at most.
const DIGITS: usize = 8;

/// Reads a sheet, its headings mapped by their words.
pub fn read(sheet: &Sheet) -> Draft {
    read_mapped(sheet, &BTreeMap::new())
}

/// Reads a sheet; `mapped` says for columns of the sheet what they are (none: not imported), instead of their words.
pub fn read_mapped(sheet: &Sheet, mapped: &BTreeMap<usize, Option<Column>>) -> Draft {
    let mut draft = Draft { sheet: sheet.name.clone(), ..Draft::default() };
    let told =
        |row: usize, column: &str, shown: String, reason: String| BadRow { row, column: column.into(), shown, reason };
    let named = |cells: &Vec<Cell>| {
        let known: Vec<Column> = cells.iter().filter_map(|cell| Column::of(&cell.text())).collect();
        known.contains(&Sum) && (known.contains(&Number) || known.contains(&Room))
    };
    let Some(head) = sheet.rows.iter().take(HEAD_WITHIN).position(named) else {
        let reason = "找不到表头：需要一行至少有“金额”，和“通知单编号”或“房号”。";
        draft.bad.push(told(1, "", String::new(), reason.into()));
        return draft;
    };
    draft.head_row = head + 1;
    draft.headings = headings(&sheet.rows[head], mapped);
    if !draft.headings.iter().any(|it| it.column == Some(Sum)) {
        let reason = format!("没有一列是{}；请在列对应里指定。", Sum.heading());
        draft.bad.push(told(head + 1, Sum.heading(), String::new(), reason));
        return draft;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (n, cells) in sheet.rows.iter().enumerate().skip(head + 1) {
        let (number, fields) = (n + 1, Fields { headings: &draft.headings, cells });
        let Some(first) = cells.iter().find(|cell| !cell.is_blank()).map(Cell::text) else { continue };
        if ["合计", "总计", "共计", "小计"].iter().any(|it| first.replace(' ', "").starts_with(it)) {
            draft.skipped.push((number, format!("“{}”行", first.chars().take(12).collect::<String>())));
            continue;
        }
        match slip(&fields) {
            Err((column, reason)) => {
                draft.bad.push(told(number, column.heading(), fields.text(column), reason.to_owned()))
            }
            Ok(slip) => match seen.get(&slip.reference).filter(|_| !slip.reference.is_empty()) {
                Some(at) => {
                    let reason = format!("回单号和第 {at} 行一样；同一张回单只留一行。");
                    draft.bad.push(told(number, Reference.heading(), slip.reference, reason));
                }
                None => {
                    seen.insert(slip.reference.clone(), number);
                    draft.rows.push((number, slip));
                }
            },
        }
    }
    draft
}

/// The slip of a row, or why it is none.
fn slip(fields: &Fields<'_>) -> std::result::Result<Slip, (Column, &'static str)> {
    if let Some(column) =
        fields.headings.iter().filter_map(|it| it.column).find(|it| matches!(fields.cell(*it), Cell::Broken))
    {
        return Err((column, "单元格是错误值（如 #N/A）；请改正后再导入。"));
    }
    let (number, room) = (fields.text(Number).to_uppercase(), fields.text(Room));
    if number.is_empty() && room.is_empty() {
        return Err((Number, "没有通知单编号，也没有房号，不知道是谁缴的。"));
    }
    let sum: String = fields.text(Sum).chars().filter(|c| !"￥¥,， 元".contains(*c)).collect();
    let fen = money::fen(&sum, DIGITS).filter(|fen| *fen > 0);
    let Some(fen) = fen else { return Err((Sum, "金额应为元，大于零，最多两位小数，如 250.60。")) };
    let deposited = match fields.cell(Deposited) {
        cell if cell.is_blank() => None,
        cell => match day(cell) {
            Some(day) => Some(day),
            None => return Err((Deposited, "日期看不懂；请写成 2026-11-03 或 20261103 这样。")),
        },
    };
    let result = fields.text(Result);
    let fine = ["", "成功", "扣款成功", "已扣款", "交易成功", "0000", "00", "Y", "1", "处理成功", "代收成功"];
    let failed = if fine.contains(&result.as_str()) { String::new() } else { result };
    Ok(Slip { number, room, fen, deposited, reference: fields.text(Reference), failed })
}

/// A day as spreadsheets and banks write it: 2026-11-03, 20261103.
fn day(cell: &Cell) -> Option<Date> {
    cell.date().or_else(|| {
        let text = cell.text();
        let whole = text.len() == 8 && text.bytes().all(|it| it.is_ascii_digit());
        whole.then(|| format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok()).flatten()
    })
}
