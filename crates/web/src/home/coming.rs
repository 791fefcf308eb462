//! Rows of matters whose time is near or has passed though no clause set it (到时间的事项): a time told to a resident, a booked
//! visit, a follow-through.

use calendar::{DueAt, Moment};
use journal::reads::CaseRow;
use maud::{Markup, html};

use crate::components::work::{Owed, owed};
use crate::components::{Lamp, Light, Timing};

/// A matter, its time, what is to be done then, and the buttons that do it.
pub struct Coming<'a> {
    /// The matter.
    pub row: &'a CaseRow,
    /// Its time.
    pub at: Moment,
    /// The act as a verb.
    pub act: String,
    /// Buttons and links.
    pub does: Markup,
}

/// A group with a row each; nothing when there are none.
pub fn coming(heading: &str, timing: Timing, rows: &[Coming]) -> Markup {
    let texts: Vec<[String; 3]> = rows
        .iter()
        .map(|it| [timing.remaining(DueAt::clock(it.at)), timing.exact(it.at), format!("/cases/{}", it.row.id)])
        .collect();
    let shown: Vec<Owed> = rows
        .iter()
        .zip(&texts)
        .map(|(it, [left, exact, path])| Owed {
            light: Light { lamp: Lamp::Soft, words: left, exact, runs: None }.render(),
            act: &it.act,
            place: &it.row.place,
            title: &it.row.title,
            path,
            number: &it.row.number,
            clauses: &[],
            does: html! { span.row-does { (it.does) } },
        })
        .collect();
    owed(heading, &shown)
}
