//! Times that the reader told residents and that have passed (答应的时间已过): kept, or another one agreed.

use calendar::Moment;
use journal::reads::CaseRow;
use maud::{Markup, html};
use office::{act, promise};

use super::coming::{Coming, coming};
use crate::components::Timing;
use crate::language::{said, t};

/// The group with a row a time.
pub fn passed(timing: Timing, rows: &[(CaseRow, String, Moment, bool)]) -> Markup {
    let rows: Vec<Coming> = rows
        .iter()
        .map(|(row, name, due, _)| {
            let anew = name == promise::ANEW;
            let words = match act::find(name) {
                Some(_) if anew => t("答应解决的时间到了").to_owned(),
                Some(act) => said(act.title, None).into_owned(),
                None => String::new(),
            };
            let does = html! {
                a.button href={ "/cases/" (row.id) "/acts/" (name) } { @if anew { (t("改约时间")) } @else { (t("去办理")) } }
            };
            Coming { row, at: *due, act: words, does }
        })
        .collect();
    coming(t("我答应的时间已过"), timing, &rows)
}
