//! Workbooks and CSV as sheets of cells (工作表): .xlsx, .xls, .ods, and text in UTF-8 or GB18030. Merged cells are filled.

use std::fmt;
use std::io::Cursor;

use calamine::{Data, Dimensions, Range, Reader, Sheets};

use super::Cell;
use crate::text;

/// Bytes of a file that is taken at all.
const FILE_LIMIT: usize = 20 << 20;
/// Cells of a sheet; beyond it the file is not a ledger.
const CELL_LIMIT: usize = 4_000_000;
/// Bytes of a workbook once unpacked.
const UNPACKED_LIMIT: u64 = 400 << 20;

/// A sheet; rows and columns count from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name; empty for CSV.
    pub name: String,
    /// Rows from the first of the file, so that row n is line n + 1 for a person.
    pub rows: Vec<Vec<Cell>>,
}

/// Why a file cannot be read as a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotReadable(pub String);

impl fmt::Display for NotReadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotReadable {}

fn no(text: impl Into<String>) -> NotReadable {
    NotReadable(text.into())
}

/// The sheets of a file that are not empty. The content decides what it is, not the name.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, NotReadable> {
    if bytes.len() > FILE_LIMIT {
        return Err(no("文件超过 20 MB，不是业主台账的大小；请按楼栋分开导入。"));
    }
    if bytes.is_empty() {
        return Err(no("文件是空的；请确认选对了文件。"));
    }
    let packed = bytes.starts_with(b"PK\x03\x04");
    let old = bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if !packed && !old {
        return csv(bytes);
    }
    if packed {
        unpacked_size(bytes)?;
    }
    let book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes))
        .map_err(|_| no("不能读这个工作簿：文件可能损坏或带密码。请用 Excel 打开后另存为 .xlsx 再导入。"))?;
    workbook(book)
}

/// The directory of a packed workbook tells what it unpacks to.
fn unpacked_size(bytes: &[u8]) -> Result<(), NotReadable> {
    let mut at = 0;
    let mut total: u64 = 0;
    // Entries of the central directory begin with PK 01 02; the unpacked size stands at offset 24.
    while let Some(found) = bytes[at..].windows(4).position(|four| four == b"PK\x01\x02") {
        at += found;
        let Some(size) = bytes.get(at + 24..at + 28) else { break };
        total += u64::from(u32::from_le_bytes([size[0], size[1], size[2], size[3]]));
        at += 46;
        if at >= bytes.len() {
            break;
        }
    }
    if total > UNPACKED_LIMIT {
        return Err(no("工作簿解开后太大，不像业主台账；没有读取。"));
    }
    Ok(())
}

fn workbook<R: std::io::Read + std::io::Seek + Clone>(mut book: Sheets<R>) -> Result<Vec<Sheet>, NotReadable> {
    let mut all = Vec::new();
    for name in book.sheet_names() {
        let range =
            book.worksheet_range(&name).map_err(|_| no(format!("不能读工作表“{name}”；请另存为 .xlsx 再导入。")))?;
        if range.get_size().0 * range.get_size().1 > CELL_LIMIT {
            return Err(no(format!("工作表“{name}”超过 400 万格；请删去空白区域或分开导入。")));
        }
        let merged = match &mut book {
            Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(&name).unwrap_or_default(),
            Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(&name).unwrap_or_default(),
            _ => Vec::new(),
        };
        let sheet = Sheet { rows: rows(&range, &merged), name };
        if sheet.rows.iter().flatten().any(|cell| !cell.is_blank()) {
            all.push(sheet);
        }
    }
    if all.is_empty() {
        return Err(no("工作簿里没有内容。"));
    }
    Ok(all)
}

fn rows(range: &Range<Data>, merged: &[Dimensions]) -> Vec<Vec<Cell>> {
    let Some((last_row, last_column)) = range.end() else { return Vec::new() };
    let mut rows: Vec<Vec<Cell>> = (0..=last_row)
        .map(|row| (0..=last_column).map(|column| range.get_value((row, column)).map_or(Cell::Empty, cell)).collect())
        .collect();
    for area in merged {
        let ((top, left), (bottom, right)) = (area.start, area.end);
        let Some(value) = rows.get(top as usize).and_then(|row| row.get(left as usize)).cloned() else { continue };
        for row in rows.iter_mut().take(bottom as usize + 1).skip(top as usize) {
            for cell in row.iter_mut().take(right as usize + 1).skip(left as usize) {
                *cell = value.clone();
            }
        }
    }
    rows
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(text) if text.trim().is_empty() => Cell::Empty,
        Data::String(text) => Cell::Text(text.clone()),
        Data::Bool(flag) => Cell::Text(if *flag { "是" } else { "否" }.into()),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            jiff::civil::Date::new(year as i16, month as i8, day as i8).map_or(Cell::Broken, Cell::Date)
        }
        Data::DateTime(moment) => Cell::Number(moment.as_f64()),
        Data::DateTimeIso(text) => text.get(..10).and_then(|day| day.parse().ok()).map_or(Cell::Broken, Cell::Date),
        Data::DurationIso(text) => Cell::Text(text.clone()),
        Data::Error(_) => Cell::Broken,
        Data::Empty => Cell::Empty,
    }
}

fn csv(bytes: &[u8]) -> Result<Vec<Sheet>, NotReadable> {
    let Some(text) = text::decode(bytes) else {
        return Err(no("看不懂这个文件：不是工作簿，也不是 UTF-8 或 GB18030 的文本。请用 Excel 另存为 .xlsx。"));
    };
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.matches('\t').count() > first.matches(',').count() { b'\t' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            no(format!("第 {line} 行的引号不成对；请用 Excel 打开后另存为 .xlsx。"))
        })?;
        let line = record.position().map_or(0, csv::Position::line) as usize;
        while rows.len() + 1 < line {
            rows.push(Vec::new());
        }
        rows.push(record.iter().map(text_cell).collect());
    }
    if rows.iter().flatten().all(Cell::is_blank) {
        return Err(no("文件里没有内容。"));
    }
    Ok(vec![Sheet { name: String::new(), rows }])
}

fn text_cell(text: &str) -> Cell {
    // Some programs write ="0123" so that Excel keeps the zeros.
    let text = text.trim();
    let text = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

#[cfg(test)]
impl Sheet {
    /// A sheet of texts; an empty one is an empty cell.
    pub(crate) fn of_texts(rows: &[&[&str]]) -> Sheet {
        let cell = |text: &&str| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) };
        Sheet { name: "t".into(), rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect() }
    }
}
