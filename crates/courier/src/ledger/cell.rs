//! One cell of a sheet (单元格), as text that a person would see, with what its type gives away.

use jiff::civil::Date;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number that the program stored as one; the text it shows.
    Number(f64),
    /// A cell typed as a date.
    Date(Date),
    /// An error value such as #N/A.
    Broken,
}

/// Digits that a spreadsheet keeps of a number; what is longer has been changed.
const KEPT_DIGITS: f64 = 1e15;

impl Cell {
    /// The text that a person sees, trimmed; whole numbers without a point.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty | Cell::Broken => String::new(),
            Cell::Text(text) => text.trim().to_owned(),
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e18 => format!("{number:.0}"),
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
        }
    }

    /// Nothing in it, or a word for nothing.
    pub fn is_blank(&self) -> bool {
        matches!(self.text().as_str(), "" | "无" | "-" | "—" | "/" | "\\" | "－")
    }

    /// A number too long for a spreadsheet, or one already shown in powers of ten: its last digits are lost.
    pub fn damaged(&self) -> bool {
        match self {
            Cell::Number(number) => number.abs() >= KEPT_DIGITS,
            Cell::Text(text) => {
                let text = text.trim();
                text.contains("E+") && text.chars().all(|c| c.is_ascii_digit() || ".E+".contains(c))
            }
            _ => false,
        }
    }

    /// A date, from a date cell, a serial number of the spreadsheet, or the usual spellings.
    pub fn date(&self) -> Option<Date> {
        match self {
            Cell::Date(date) => Some(*date),
            Cell::Number(serial) if (20_000.0..80_000.0).contains(serial) => {
                let days = *serial as i32;
                Date::constant(1899, 12, 30).checked_add(jiff::Span::new().days(days)).ok()
            }
            Cell::Text(text) => spelled(text),
            _ => None,
        }
    }
}

/// 2020-1-2, 2020/01/02, 2020.1.2, 2020年1月2日, 20200102.
fn spelled(text: &str) -> Option<Date> {
    let text = text.trim().split(' ').next().unwrap_or_default();
    if text.len() == 8 && text.chars().all(|c| c.is_ascii_digit()) {
        return Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok();
    }
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
