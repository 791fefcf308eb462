//! Sheets with a head row (表头): which column of a sheet is what, by its heading or as it was said, and what an import of its rows
//! would do. The ledger and the price list are read by it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ledger::Cell;

/// Columns that an import understands.
pub trait Columns: Copy + PartialEq + 'static {
    /// Each with its own heading and the others under which offices keep it, in the order of the list.
    const HEADINGS: &'static [(Self, &'static str, &'static [&'static str])];

    /// Every column in the order of the list.
    fn all() -> impl Iterator<Item = Self> {
        Self::HEADINGS.iter().map(|(column, _, _)| *column)
    }

    /// Its own heading.
    fn heading(self) -> &'static str {
        Self::HEADINGS.iter().find(|(column, _, _)| *column == self).map_or("", |(_, heading, _)| heading)
    }

    /// The column that a heading names; blanks, full-width brackets and stars do not matter.
    fn of(heading: &str) -> Option<Self> {
        let plain: String = heading
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊' | ':' | '：'))
            .map(|c| match c {
                '（' => '(',
                '）' => ')',
                other => other,
            })
            .collect();
        let named = |(_, own, others): &&(Self, &str, &[&str])| *own == plain || others.contains(&plain.as_str());
        Self::HEADINGS.iter().find(named).map(|(column, _, _)| *column)
    }
}

/// A row that cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRow {
    /// Row number as the spreadsheet shows it.
    pub row: usize,
    /// Heading of the column concerned.
    pub column: String,
    /// What stands there.
    pub shown: String,
    /// Why, and what to do.
    pub reason: String,
}

/// A heading of the sheet and the column it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading<C> {
    /// Column of the sheet, from 0.
    pub at: usize,
    /// As written.
    pub written: String,
    /// What it was taken for; none is not imported.
    pub column: Option<C>,
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft<C, R> {
    /// Name of the sheet.
    pub sheet: String,
    /// Row number of the head row; 0 when none was found.
    pub head_row: usize,
    /// Headings.
    pub headings: Vec<Heading<C>>,
    /// Good rows with their row numbers.
    pub rows: Vec<(usize, R)>,
    /// Bad rows.
    pub bad: Vec<BadRow>,
    /// Rows left out on purpose: blank ones are not listed, titles and totals are.
    pub skipped: Vec<(usize, String)>,
}

impl<C, R> Default for Draft<C, R> {
    fn default() -> Self {
        let sheet = String::new();
        Draft { sheet, head_row: 0, headings: Vec::new(), rows: Vec::new(), bad: Vec::new(), skipped: Vec::new() }
    }
}

/// The headings of a head row; `mapped` says for columns of the sheet what they are (none: not imported), instead of their words.
pub(crate) fn headings<C: Columns>(cells: &[Cell], mapped: &BTreeMap<usize, Option<C>>) -> Vec<Heading<C>> {
    let mut taken: Vec<C> = mapped.values().flatten().copied().collect();
    let heading = |(at, cell): (usize, &Cell)| {
        let written = cell.text();
        let column = match mapped.get(&at) {
            Some(column) => *column,
            None => C::of(&written).filter(|column| !taken.contains(column)),
        };
        taken.extend(column);
        Heading { at, written, column }
    };
    cells.iter().enumerate().filter(|(_, cell)| !cell.text().is_empty()).map(heading).collect()
}

/// The cells of a row under their headings.
pub(crate) struct Fields<'a, C> {
    pub headings: &'a [Heading<C>],
    pub cells: &'a [Cell],
}

impl<C: Columns> Fields<'_, C> {
    /// The cell of a column; empty where the sheet has none.
    pub fn cell(&self, column: C) -> &Cell {
        let heading = self.headings.iter().find(|heading| heading.column == Some(column));
        heading.and_then(|heading| self.cells.get(heading.at)).unwrap_or(&Cell::Empty)
    }

    /// Its text; nothing for a blank one.
    pub fn text(&self, column: C) -> String {
        let cell = self.cell(column);
        if cell.is_blank() { String::new() } else { cell.text() }
    }
}
