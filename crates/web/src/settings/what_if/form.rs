//! The form of a trial (推演表单): rulebooks, settings and days to change, and what to play it over.

use journal::SiteLaw;
use maud::{Markup, html};

use super::asked::{SETTINGS, Shelf, usual_from};
use crate::components::field::Field;
use crate::components::field::{Chip, Control, chips};
use crate::components::panel;
use crate::language::{said, t};
use crate::page::Filled;
use crate::rulebooks::replay::{MATTERS_MAX, UNITS_MAX};
use crate::state::Here;

/// The whole form, filled as it came.
pub fn render(here: &Here, law: &SiteLaw, shelf: &Shelf, filled: &Filled) -> Markup {
    html! {
        form method="get" action="/settings/what-if" {
            input type="hidden" name="run" value="yes";
            (panel(t("改什么"), html! {}, html! {
                p.dim { (t("改一改规程、设置或日历，拿本站点的真事或编出的一年走一遍，看与现行的差别。只看，不改任何记录。")) }
                (books(here, law, shelf, filled))
                (settings(law, shelf, filled))
                (days(filled))
            }))
            (panel(t("拿什么走一遍"), html! {}, over(here, filled)))
            div.acts { button.main { (t("推演")) } " " a.button href="/settings/what-if" { (t("清空")) } }
        }
    }
}

/// A row a rulebook: how it stands, what becomes of it, and which clauses that is about.
fn books(here: &Here, law: &SiteLaw, shelf: &Shelf, filled: &Filled) -> Markup {
    let changed = |id: &str| !filled.get(&format!("book.{id}")).is_empty();
    let open = shelf.ids().into_iter().any(|id| changed(id));
    html! {
        details.aside open[open] {
            summary { (t("规程和条款")) }
            div.scroll { table.plain-table.library { tbody { @for id in shelf.ids() {
                @let adopted = law.adopted(id, here.now);
                @let book = shelf.books.get(id).or_else(|| shelf.drafts.get(id));
                @let (how, clauses) = (format!("book.{id}"), format!("clauses.{id}"));
                @let chosen = filled.get(&how);
                tr {
                    td.wrap {
                        @if let Some(book) = book { a href={ "/rulebooks/" (id) } { (said(&book.name, Some(&book.name_en))) } }
                        div.small.dim { @match adopted {
                            Some((it, _)) if it.except.is_empty() => (t("采用中")),
                            Some((it, _)) => { (t("采用中")) " " (crate::t!("不含 {} 款", it.except.len())) },
                            None => (t("未采用")),
                        } }
                    }
                    td {
                        select name=(how) aria-label=(t("怎么改")) {
                            @for (value, words) in ways(shelf, id, adopted.is_some()) {
                                option value=(value) selected[value == chosen] { (words) }
                            }
                        }
                    }
                    td {
                        input name=(clauses) value=(filled.get(&clauses)) maxlength="400" placeholder=(t("条款编号，空格隔开"))
                            aria-label=(t("条款编号，空格隔开"));
                    }
                }
            } } } }
        }
    }
}

/// What can become of a rulebook.
fn ways(shelf: &Shelf, id: &str, adopted: bool) -> Vec<(&'static str, &'static str)> {
    let mut ways = vec![("", t("照旧"))];
    if shelf.books.contains_key(id) {
        ways.extend([("whole", t("采用全部")), ("only", t("只采用这些款")), ("without", t("采用，不含这些款"))]);
    }
    if adopted {
        ways.push(("leave", t("停用")));
    }
    if shelf.drafts.contains_key(id) {
        ways.push(("own", t("采用自编稿")));
    }
    ways
}

fn settings(law: &SiteLaw, shelf: &Shelf, filled: &Filled) -> Markup {
    let known = shelf.settings(law);
    let rows: Vec<(String, String)> = (1..=SETTINGS).map(|at| (format!("set{at}"), format!("value{at}"))).collect();
    html! {
        details.aside open[rows.iter().any(|(name, _)| !filled.get(name).is_empty())] {
            summary { (t("设置")) }
            @for (name, value) in &rows {
                div.pair {
                    select name=(name) aria-label=(t("设置")) {
                        option value="" { "—" }
                        @for (setting, now) in &known {
                            option value=(setting) selected[setting == filled.get(name)] {
                                (said(setting, None)) "（" (said(now, None)) "）"
                            }
                        }
                    }
                    input name=(value) value=(filled.get(value)) maxlength="400" placeholder=(t("改成")) aria-label=(t("改成"));
                }
            }
            p.small.dim { (t("括号里是现在的值；改成一栏留空就是默认值。")) }
        }
    }
}

fn days(filled: &Filled) -> Markup {
    let open = !filled.get("work").is_empty() || !filled.get("rest").is_empty();
    html! {
        details.aside open[open] {
            summary { (t("日历")) }
            div.pair {
                (Field { hint: t("写成 2026-10-10，几天用空格隔开。"), ..Field::line("work", t("这些天上班（调休）"), filled.get("work")) }.render())
                (Field { hint: t("写成 2026-10-10，几天用空格隔开。"), ..Field::line("rest", t("这些天放假"), filled.get("rest")) }.render())
            }
        }
    }
}

fn over(here: &Here, filled: &Filled) -> Markup {
    let today = here.house().laws().zone.date(here.now);
    let year = filled.get("of") == "year";
    let typed = |name: &'static str, usual: String| match filled.get(name) {
        "" => usual,
        typed => typed.to_owned(),
    };
    let (from, to) = (typed("from", usual_from(today).to_string()), typed("to", today.to_string()));
    let (of_year, seed) = (typed("year", today.year().to_string()), typed("seed", "7".to_owned()));
    let (units, matters) = (typed("units", "500".to_owned()), typed("matters", "5".to_owned()));
    let line = |name, label, hint, kind, value| {
        Field { hint, control: Control::Line { kind, value, most: 20 }, ..Field::line(name, label, "") }.render()
    };
    let most = crate::t!("最多 {}", UNITS_MAX);
    let most_matters = crate::t!("最多 {}", MATTERS_MAX);
    html! {
        (chips("of", t("拿什么走一遍"), false, &[
            Chip { value: "past", words: t("本站点的真事"), key: None, on: !year },
            Chip { value: "year", words: t("编出的一年"), key: None, on: year },
        ]))
        div.pair {
            (line("from", t("真事：受理的起日"), "", "date", &from))
            (line("to", t("真事：受理的止日"), "", "date", &to))
            (line("year", t("编一年：哪一年"), "", "number", &of_year))
            (line("seed", t("编一年：种子"), t("同一个数，同样的事。"), "number", &seed))
            (line("units", t("编一年：户数"), most.as_str(), "number", &units))
            (line("matters", t("编一年：每户一年几件事"), most_matters.as_str(), "number", &matters))
        }
    }
}
