//! Columns on a terminal (列表): aligned also when Chinese letters are twice as wide.

use unicode_width::UnicodeWidthStr;

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// Rows as text, one line each, two blanks between columns, no blanks at the end. Rows may be shorter than `columns`.
pub fn lines(columns: &[Align], rows: &[Vec<String>]) -> String {
    let width = |place: usize| rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for ((cell, width), align) in row.iter().zip(&widths).zip(columns) {
            let blanks = " ".repeat(width - cell.width());
            match align {
                Align::Left => line.extend([cell, blanks.as_str()]),
                Align::Right => line.extend([blanks.as_str(), cell]),
            }
            line.push_str("  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_letters_take_two_places() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [row(["规程", "条", "说明"]), row(["followup-9", "61", "x"])];
        let text = lines(&[Align::Left, Align::Right, Align::Left], &rows);
        assert_eq!(text, "规程        条  说明\nfollowup-9  61  x\n");
    }
}
