//! Trying a date (试一个日期): when the limits of a clause would fall if its opening fact happened at this moment.

use std::collections::BTreeMap;

use calendar::{DueAt, Moment};
use journal::SiteLaw;
use maud::{Markup, html};
use rulebook::model::{Book, Clause, Kind, Rule};
use rulebook::words::{Unit, Vocabulary};
use rulebook::{Adoption, Fact, Law, Obligation};

use crate::components::Timing;
use crate::components::panel as panel_of;
use crate::entry::posts;
use crate::language::{said, t};
use crate::security::Fault;
use crate::state::Here;

/// The box with its answer; nothing for a clause without limits.
pub fn panel(
    here: &Here,
    law: &SiteLaw,
    clause: &Clause,
    book: &Book,
    path: &str,
    (file, at): (&str, &str),
) -> Result<Markup, Fault> {
    let limits: Vec<&Rule> = clause.rules.iter().filter(|rule| matches!(rule.kind, Kind::Deadline(_))).collect();
    if limits.is_empty() {
        return Ok(html! {});
    }
    let laws = here.house().laws();
    let typed = at.parse::<jiff::civil::DateTime>().ok();
    let shown = typed.unwrap_or_else(|| laws.zone.civil(here.now));
    let answer = match typed {
        None if at.is_empty() => html! { p.dim { (t("填一个起算时间，看时限落在哪一刻。")) } },
        None => html! { p.late-words { (t("时间看不懂；请写成 2026-11-20T09:30 这样。")) } },
        Some(typed) => answer(here, law, &limits, clause, book, laws.zone.moment(typed)),
    };
    Ok(panel_of(
        t("试一个日期"),
        html! {},
        html! {
            form.inline method="get" action=(path) {
                @if !file.is_empty() { input type="hidden" name="file" value=(file); }
                input type="datetime-local" name="at" value=(shown.strftime("%Y-%m-%dT%H:%M")) aria-label=(t("起算时间"));
                button { (t("算一算")) }
            }
            (answer)
        },
    ))
}

fn answer(here: &Here, law: &SiteLaw, limits: &[&Rule], clause: &Clause, book: &Book, at: Moment) -> Markup {
    let tried = law_of(here, law, book);
    // The limit is read from the moment that was asked, not from now.
    let timing = Timing { now: at, zone: &here.house().laws().zone };
    let words = &here.house().laws().vocabulary;
    html! {
        ul.read-lines { @for rule in limits {
            @let found = due(&tried, words, rule, clause, book, at);
            li {
                b { (rule.id.value) } " "
                @match found {
                    None => { span.dim { (t("按这个时间没有产生时限：这一项还要看别的条件或步骤。")) } },
                    Some(it) => {
                        (said(&it.must.iter().map(|it| here.word(it)).collect::<Vec<_>>().join("、"), None)) " "
                        @match it.due {
                            Some(at) => { @let due = DueAt { at, end_of_day: it.end_of_day };
                                b { (calendar::words::exact(timing.zone, due)) } },
                            None => { (t("不计时")) },
                        }
                        @if it.soft { " " span.tag { (t("只提醒")) } }
                        div.small.dim { (posts::word(here.house().laws(), &it.bearer)) }
                    },
                }
            }
        } }
    }
}

/// The site's law with the book in force at any time, so that dates before its adoption can be tried too.
fn law_of(here: &Here, law: &SiteLaw, book: &Book) -> Law {
    let laws = here.house().laws();
    let mut charter = office::site::bound(&law.charter);
    let open = law.charter.adopted(here.now).filter(|it| it.book != book.id);
    let mut books: Vec<Book> = open.filter_map(|it| law.books.get(&it.digest)).map(|book| (**book).clone()).collect();
    books.push(book.clone());
    let ever = |book: &Book| Adoption::whole(&book.id, &book.digest, Moment(i64::MIN));
    charter.adoptions = books.iter().map(ever).collect();
    Law::compile(&books, &laws.vocabulary, &charter, &law.calendar, &laws.zone).0
}

/// The obligation of a rule when one of its opening facts happens at this moment, with the circumstances of the first of
/// its examples under which one arises.
fn due(law: &Law, words: &Vocabulary, rule: &Rule, clause: &Clause, book: &Book, at: Moment) -> Option<Obligation> {
    let Kind::Deadline(limit) = &rule.kind else { return None };
    let covering = clause.examples.iter().filter(|it| it.covers.iter().any(|id| id.value == rule.id.value));
    let mut givens = vec![BTreeMap::new()];
    givens.extend(covering.map(|example| attributes(words, book, &example.given)));
    for attributes in givens {
        for from in &limit.from {
            let name = book.aliases.get(&from.value).unwrap_or(&from.value);
            let Some(known) = words.fact(name) else { continue };
            let fact = Fact {
                seq: 1,
                name: words.facts[known].id.clone(),
                at,
                entered: at,
                by: Vec::new(),
                person: String::new(),
                attributes: attributes.clone(),
            };
            let derived = law.derive("try", &[fact], at);
            let own =
                derived.obligations.into_iter().find(|it| it.clause.id == rule.id.value && it.clause.book == book.id);
            if own.is_some() {
                return own;
            }
        }
    }
    None
}

/// The circumstances of an example as attributes; moments and amounts, which belong to its own days, are left out.
fn attributes(words: &Vocabulary, book: &Book, given: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let read = |(name, value): (&String, &String)| {
        let name = book.aliases.get(name).unwrap_or(name);
        let known = &words.attributes[words.attribute(name)?];
        let value = book.aliases.get(value).unwrap_or(value);
        let value = match known.unit {
            Unit::Choice(_) => known.value_id(value)?.to_owned(),
            Unit::Flag => if value == "是" { "yes" } else { "no" }.to_owned(),
            _ => return None,
        };
        Some((known.id.clone(), value))
    };
    given.iter().filter_map(read).collect()
}
