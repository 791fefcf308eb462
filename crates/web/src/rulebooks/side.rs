//! What the pages of adoption share (采用页): tabs, both sides of a conflict, what a change would have made of the past.

use std::sync::Arc;

use calendar::Moment;
use journal::SiteLaw;
use journal::house::Trial;
use maud::{Markup, html};
use rulebook::model::{Book, Clause, Rule};
use rulebook::{Charter, ClauseRef, Conflict, Lang, ReadBack};

use super::{outcome, replay};
use crate::components::panel::{Tab, tabs};
use crate::components::refusal::refusal;
use crate::components::{Tone, clause as chip, panel, tag};
use crate::language::{self, Language, said, t};
use crate::security::Fault;
use crate::state::Here;

/// The tabs of 规程; `here` is the place of the present one.
pub fn of_rulebooks(law: &SiteLaw, now: Moment, here: usize) -> Markup {
    let open = law.law.conflicts(now).iter().filter(|it| !law.log.settled.contains_key(&it.sides)).count();
    let open = u64::try_from(open).ok().filter(|open| *open > 0);
    let tab = |words, path, count| Tab { words, path, count };
    let shown = [
        tab(t("规程库"), "/rulebooks", None),
        tab(t("章程"), "/rulebooks/charter", None),
        tab(t("冲突"), "/rulebooks/conflicts", open),
        tab(t("自编规程"), "/rulebooks/own", None),
    ];
    tabs(t("规程"), &shown, here)
}

/// The language of read-backs.
pub fn lang() -> Lang {
    match language::current() {
        Language::English => Lang::English,
        _ => Lang::Chinese,
    }
}

/// The edition of a clause that the site has, also one that is planned.
fn edition_of<'a>(law: &'a SiteLaw, clause: &ClauseRef, now: Moment) -> Option<&'a Arc<Book>> {
    let adoption = law.charter.adoption(&clause.book, now).or_else(|| law.planned(&clause.book, now))?;
    law.books.get(&adoption.digest)
}

/// The name of a rulebook: of the edition that comes with the program, else of one that the site has; its id when there is neither.
pub fn name(here: &Here, law: Option<&SiteLaw>, id: &str) -> String {
    let shipped = here.house().laws().shipped.get(id).map(|it| &it.book);
    let own = || law.and_then(|law| law.books.values().find(|it| it.id == id));
    shipped.or_else(own).map_or(id.to_owned(), |it| said(&it.name, Some(&it.name_en)).into_owned())
}

/// The rules of a register number that hold under the site's settings, with their clause.
fn rules<'a>(book: &'a Book, charter: &Charter, id: &str) -> Vec<(&'a Clause, &'a Rule)> {
    let all = book.clauses.iter().flat_map(|clause| clause.rules.iter().map(move |rule| (clause, rule)));
    let own: Vec<_> = all.filter(|(_, rule)| rule.id.value == id).collect();
    let held: Vec<_> = own.iter().filter(|(_, rule)| switched_on(book, charter, rule)).copied().collect();
    if held.is_empty() { own } else { held }
}

/// Whether the settings that a rule asks for stand as it asks.
fn switched_on(book: &Book, charter: &Charter, rule: &Rule) -> bool {
    rule.kind.when().iter().all(|condition| {
        let Some(name) = condition.setting() else { return true };
        let default = book.settings.iter().find(|it| it.name == name).map(|it| it.default.as_str());
        let value = charter.settings.get(name).map(String::as_str).or(default).unwrap_or_default();
        match &condition.test {
            rulebook::model::Test::OneOf(words) => words.iter().any(|word| word == value),
            rulebook::model::Test::NotOneOf(words) => !words.iter().any(|word| word == value),
            _ => true,
        }
    })
}

/// Both sides of a conflict beside each other: what each clause says, from which document, and which is lit.
pub fn both(here: &Here, law: &SiteLaw, conflict: &Conflict) -> Markup {
    both_with(here, law, None, conflict)
}

/// The same where an edition that is not adopted yet is one side.
pub fn both_with(here: &Here, law: &SiteLaw, tried: Option<&Arc<Book>>, conflict: &Conflict) -> Markup {
    let words = &here.house().laws().vocabulary;
    let settled = law.log.settled.get(&conflict.sides);
    let prefer = settled.and_then(|it| it.prefer.as_ref());
    html! {
        div.pair {
            @for (place, side) in conflict.sides.iter().enumerate() {
                @let book = tried.filter(|it| it.id == side.book).or_else(|| edition_of(law, side, here.now));
                @let lit = match prefer { Some(prefer) => prefer == side, None => conflict.stricter == Some(place) };
                div {
                    p {
                        (chip(side, None)) " "
                        @if let Some(book) = book { b { (said(&book.name, Some(&book.name_en))) } }
                        @if lit { " " (tag(t("亮灯"), Tone::Plain)) }
                        @if prefer.is_some() && !lit { " " (tag(t("只统计"), Tone::Mind)) }
                    }
                    @if let Some(book) = book {
                        @let reader = ReadBack::new(words, std::slice::from_ref(&**book), lang()).with_chosen(&law.charter.settings);
                        @for (clause, rule) in rules(book, &law.charter, &side.id) {
                            p { (said(&reader.rule(rule), None)) }
                            p.small.dim { (said(&book.document, None)) " " (said(&clause.place, None)) }
                        }
                    }
                }
            }
        }
    }
}

/// The act that a conflict is about.
pub fn act(here: &Here, conflict: &Conflict) -> String {
    let words = &here.house().laws().vocabulary;
    let english = words.fact_of_id(&conflict.act).map(|at| words.facts[at].en.as_str());
    let english = english.or_else(|| words.form_of_id(&conflict.act).map(|at| words.forms[at].en.as_str()));
    let act = here.word(&conflict.act);
    said(&act, english).into_owned()
}

/// What a conflict is about: 回访：时限、比率.
pub fn about(here: &Here, conflict: &Conflict) -> String {
    let act = act(here, conflict);
    let aspects: Vec<&str> = conflict.aspects.iter().map(|it| it.word(lang())).collect();
    match lang() {
        Lang::English => format!("{act}: {}", aspects.join(", ")),
        Lang::Chinese => format!("{act}：{}", said(&aspects.join("、"), None)),
    }
}

/// Months that a trial may look back.
const MONTHS: [u32; 3] = [1, 3, 6];
/// Cases told with both derivations.
const SHOWN: usize = 6;

/// The past under another charter: the box with its choice of months, and the answer once asked. Nothing is written.
pub async fn past(
    here: &Here,
    law: &Arc<SiteLaw>,
    tried: &Trial,
    (path, own): (&str, bool),
    months: u32,
) -> Result<Markup, Fault> {
    let answer = if MONTHS.contains(&months) {
        let from = here.now.plus_seconds(-i64::from(months) * 30 * 86_400);
        match replay::past(here, law, tried, (from, here.now.plus_micros(1)), SHOWN).await? {
            Ok(past) => outcome::told(here, &past.outcomes, outcome::About::Past(past.newest)),
            Err(no) => refusal(&no),
        }
    } else {
        html! { p.dim { (t("用本站点最近的事项重算一遍，看改后哪些应办、期限会不同。只看，不改任何记录。")) } }
    };
    Ok(panel(
        t("放到往事里试"),
        html! { a href="/settings/what-if" { (t("推演更多")) } },
        html! {
            form.inline method="get" action=(path) {
                @if own { input type="hidden" name="own" value="true"; }
                @for choice in MONTHS {
                    button name="months" value=(choice) { (crate::t!("最近 {} 个月", choice)) }
                }
            }
            (answer)
        },
    ))
}
