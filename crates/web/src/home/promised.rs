//! Times that the reader told residents and that have passed (答应的时间已过): kept, or another one agreed.

use calendar::{DueAt, Moment};
use journal::reads::CaseRow;
use maud::{Markup, html};
use office::{act, promise};

use crate::components::work::{Owed, owed};
use crate::components::{Lamp, Light, Timing};
use crate::language::{said, t};

/// The group with a row a time.
pub fn passed(timing: Timing, rows: &[(CaseRow, String, Moment, bool)]) -> Markup {
    let texts: Vec<[String; 4]> = rows
        .iter()
        .map(|(row, name, due, _)| {
            let words = match act::find(name) {
                Some(_) if name == promise::ANEW => t("答应解决的时间到了").to_owned(),
                Some(act) => said(act.title, None).into_owned(),
                None => String::new(),
            };
            [timing.remaining(DueAt::clock(*due)), timing.exact(*due), words, format!("/cases/{}", row.id)]
        })
        .collect();
    let shown: Vec<Owed> = rows
        .iter()
        .zip(&texts)
        .map(|((row, name, ..), [left, exact, words, path])| Owed {
            light: Light { lamp: Lamp::Soft, words: left, exact, runs: None }.render(),
            act: words,
            place: &row.place,
            title: &row.title,
            path,
            number: &row.number,
            clauses: &[],
            does: html! {
                span.row-does {
                    a.button href={ (path) "/acts/" (name) } {
                        @if name == promise::ANEW { (t("改约时间")) } @else { (t("办")) }
                    }
                }
            },
        })
        .collect();
    owed(t("我答应的时间已过"), &shown)
}
