//! A list as a file (表格): a workbook or CSV with one head row. Texts only; a cell that a spreadsheet would take for a
//! formula is kept a text.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A workbook with one sheet: the head row bold and held in place. A sheet's name is cut to what Excel takes.
pub fn workbook(title: &str, head: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let name: String = title.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect();
    sheet.set_name(name)?;
    let bold = Format::new().set_bold();
    for (column, words) in (0u16..).zip(head) {
        sheet.write_string_with_format(0, column, *words, &bold)?;
    }
    for (line, row) in (1u32..).zip(rows) {
        for (column, words) in (0u16..).zip(row) {
            sheet.write_string(line, column, words)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    book.save_to_buffer()
}

/// CSV in UTF-8 with the mark that Excel wants before Chinese text.
pub fn csv(head: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    let lines = std::iter::once(head.iter().map(|it| (*it).to_owned()).collect()).chain(rows.iter().cloned());
    for line in lines {
        let cells: Vec<String> = line.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_and_disarms() {
        let rows = vec![vec!["甲,乙".to_owned(), "=1+1".to_owned()], vec!["说\"好\"".to_owned(), "丙".to_owned()]];
        let text = String::from_utf8(csv(&["一", "二"], &rows)).expect("utf-8");
        assert_eq!(text, "\u{feff}一,二\r\n\"甲,乙\",'=1+1\r\n\"说\"\"好\"\"\",丙\r\n");
    }

    #[test]
    fn a_workbook_is_made() {
        let book = workbook("事项/登记簿", &["编号"], &[vec!["WX-202611-0001".into()]]).expect("made");
        assert_eq!(&book[..2], b"PK");
    }
}
