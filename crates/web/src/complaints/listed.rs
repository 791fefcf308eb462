//! A list of complaints, page by page in its own order (投诉名单): one way for measures, lessons and the lists behind figures.

use maud::Markup;

use crate::components::register::{Column, Register, Row};
use crate::page::Filled;

/// Such a list.
pub struct Listed<'a> {
    /// Its element; the last part of its address.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// What was asked for.
    pub filled: &'a Filled,
    /// The parts of the address that choose what stands in it.
    pub chosen_by: &'a [&'a str],
    /// Columns.
    pub columns: &'a [Column<'a>],
    /// The rows of this page.
    pub rows: &'a [Row],
    /// The key of the next page, when there is one.
    pub next: Option<&'a str>,
    /// What is said when there is none.
    pub empty: Markup,
    /// May be taken along as a file.
    pub export: bool,
}

impl Listed<'_> {
    /// The list.
    pub fn render(self) -> Markup {
        let path = format!("/complaints/{}", self.id);
        Register {
            query: &self.filled.query(self.chosen_by),
            total: &crate::t!("本页 {} 件", self.rows.len()),
            next: self.next,
            further: !self.filled.get("after").is_empty(),
            export: self.export,
            ..Register::of((self.id, self.title, &path), self.columns, self.rows, self.empty)
        }
        .render()
    }
}

/// The key of the page that is asked for; none for the first.
pub fn after(filled: &Filled) -> Option<String> {
    Some(filled.get("after").to_owned()).filter(|it| !it.is_empty())
}
