//! A sample ledger (样表) that the program makes: the headings it understands, text columns, and rows of a fictional estate.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::Column;
use crate::headed::Columns;

/// Columns whose content must stay text: rooms, numbers with leading zeros, long numbers.
const TEXT: &[Column] = &[
    Column::Phase,
    Column::Building,
    Column::Stairwell,
    Column::Room,
    Column::Identity,
    Column::Phone,
    Column::Bank,
    Column::Parking,
];

/// Example rows in the order of the columns.
const ROWS: &[[&str; 19]] = &[
    [
        "",
        "3栋",
        "2单元",
        "5",
        "501",
        "住宅",
        "89.50",
        "演示甲",
        "",
        "13800000001、020-80000001",
        "演示乙 13800000002",
        "2021-06-18",
        "2021-09-01",
        "自住",
        "",
        "B1-023",
        "粤A00001",
        "",
        "示例行，导入前可删",
    ],
    [
        "",
        "3栋",
        "2单元",
        "5",
        "502",
        "住宅",
        "104.20",
        "演示丙、演示丁",
        "",
        "13800000003、13800000004",
        "",
        "2021-06-18",
        "",
        "出租",
        "演示戊 13800000005",
        "",
        "",
        "",
        "",
    ],
    [
        "",
        "商铺",
        "",
        "1",
        "S-12",
        "商铺",
        "45.00",
        "演示商行",
        "",
        "13800000006",
        "",
        "2021-06-18",
        "",
        "自用",
        "",
        "",
        "",
        "",
        "",
    ],
];

/// The workbook's bytes.
pub fn sample() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("业主台账")?;
    let head = Format::new().set_bold().set_font_name("微软雅黑").set_background_color(0x00E8_EEF2);
    let text = Format::new().set_font_name("微软雅黑").set_num_format("@");
    let plain = Format::new().set_font_name("微软雅黑");
    for (at, column) in (0u16..).zip(Column::all()) {
        sheet.write_with_format(0, at, column.heading(), &head)?;
        let format = if TEXT.contains(&column) { &text } else { &plain };
        sheet.set_column_format(at, format)?;
        sheet.set_column_width(at, if column == Column::Phone || column == Column::Emergency { 24.0 } else { 12.0 })?;
        for (row, cells) in (1u32..).zip(ROWS) {
            if let Some(value) = cells.get(usize::from(at)).filter(|value| !value.is_empty()) {
                sheet.write_with_format(row, at, *value, format)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}
