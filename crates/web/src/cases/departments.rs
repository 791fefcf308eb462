//! The departments of a matter (有关部门): each has to answer that it knows; who has not stands first.

use journal::reads::CasePage;
use maud::{Markup, html};

use crate::components::{Tone, panel, tag};
use crate::language::t;

/// Attributes that name departments, several parted by 、.
const NAMED: [&str; 1] = ["case.department"];
/// The act of a department that answers, and the attribute that names it.
const ANSWERED: &str = "case.department_acknowledged";
const WHICH: &str = "case.acknowledging";

/// The departments with who has answered; nothing where the matter concerns fewer than two.
fn departments(page: &CasePage) -> Vec<(String, bool)> {
    let mut named: Vec<String> = Vec::new();
    for entry in &page.case.entries {
        for id in NAMED {
            let told = entry.event.body.attributes.get(id).map_or("", String::as_str);
            for one in told.split(['、', '，', ',', ' ']).map(str::trim).filter(|it| !it.is_empty()) {
                if !named.iter().any(|known| known == one) {
                    named.push(one.to_owned());
                }
            }
        }
    }
    let answers = page.case.entries.iter().filter(|entry| entry.event.name == ANSWERED);
    let answered: Vec<&str> =
        answers.filter_map(|entry| entry.event.body.attributes.get(WHICH)).map(|it| it.trim()).collect();
    let mut found: Vec<(String, bool)> =
        named.into_iter().map(|one| (one.clone(), answered.contains(&one.as_str()))).collect();
    found.sort_by_key(|(_, answered)| *answered);
    if found.len() < 2 { Vec::new() } else { found }
}

/// The panel of a matter of several departments.
pub fn panel_of(page: &CasePage) -> Markup {
    let all = departments(page);
    let may = page.offers.iter().any(|offer| offer.act == ANSWERED && offer.refused.is_none());
    html! { @if !all.is_empty() {
        (panel(t("有关部门"), html! {}, html! {
            ul.rows { @for (name, answered) in &all { li {
                (name) " "
                @if *answered { (tag(t("已应声"), Tone::Plain)) } @else {
                    (tag(t("还没有应声"), Tone::Mind)) " "
                    @if may {
                        @let asked = format!("{ANSWERED}?{WHICH}={}", crate::page::escaped(name));
                        a.small href={ "/cases/" (page.case.id) "/acts/" (asked) } { (t("应声")) }
                    }
                }
            } } }
        }))
    } }
}
