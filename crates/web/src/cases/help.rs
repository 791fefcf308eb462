//! How a choice is made (判定依据): what the clauses of the office say about the choices of an act, each with its clause. Read
//! from the rulebooks in force, else from those that come with the program.

use std::collections::BTreeSet;
use std::sync::Arc;

use calendar::Moment;
use journal::Laws;
use journal::house::SiteLaw;
use maud::{Markup, html};
use office::act::Act;
use rulebook::ClauseRef;
use rulebook::model::{Book, Kind, Sort};
use rulebook::words::Unit;

use crate::components::marks;
use crate::language::{said, t};

/// One criterion: what leads to a choice, in the clause's own words.
struct Criterion {
    gives: String,
    when: String,
    summary: String,
    clause: ClauseRef,
}

/// The books in force at a moment.
pub fn adopted(law: &SiteLaw, now: Moment) -> Vec<&Arc<Book>> {
    let ids: BTreeSet<&str> = law.charter.adoptions.iter().map(|it| it.book.as_str()).collect();
    ids.into_iter().filter_map(|id| law.adopted(id, now)).map(|(_, book)| book).collect()
}

/// The attributes or facts that books speak of, by id: what else a page could offer is seldom wanted.
pub fn named(laws: &Laws, books: &[&Arc<Book>], sort: Sort) -> BTreeSet<String> {
    let words: BTreeSet<&str> = books
        .iter()
        .flat_map(|book| &book.clauses)
        .flat_map(|clause| &clause.uses)
        .filter(|used| used.sort == sort)
        .map(|used| used.word.as_str())
        .collect();
    let facts = laws.vocabulary.facts.iter().filter(|_| sort == Sort::Fact).map(|it| (&it.zh, &it.id));
    let attributes = laws.vocabulary.attributes.iter().filter(|_| sort == Sort::Attribute).map(|it| (&it.zh, &it.id));
    facts.chain(attributes).filter(|(zh, _)| words.contains(zh.as_str())).map(|(_, id)| id.clone()).collect()
}

/// The criteria for the choices of an act and the readings that define its values; nothing where no clause says any.
pub fn show(laws: &Laws, adopted: &[&Arc<Book>], act: &Act) -> Markup {
    let mut criteria = criteria(laws, adopted, act);
    let in_force = !criteria.is_empty();
    if !in_force {
        let shipped: Vec<&Arc<Book>> = laws.shipped.values().map(|it| &it.book).collect();
        criteria = self::criteria(laws, &shipped, act);
    }
    let defined = defined(laws, adopted, act);
    let mut classes: Vec<&str> = Vec::new();
    for one in &criteria {
        if !classes.contains(&one.gives.as_str()) {
            classes.push(&one.gives);
        }
    }
    html! {
        @if !criteria.is_empty() || !defined.is_empty() {
            details.small.how {
                summary { (t("怎样判定")) }
                @if !in_force && !criteria.is_empty() { p.dim { (t("采用的规程没有写，这里是随程序带来的规程的判法，供参考。")) } }
                @for class in classes {
                    h3 { (said(class, None)) }
                    ul {
                        @for one in criteria.iter().filter(|one| one.gives == class) {
                            li { b { (said(&one.when, None)) } " " (said(&one.summary, None)) " " (marks::clause(&one.clause, None)) }
                        }
                    }
                }
                @if !defined.is_empty() {
                    ul {
                        @for (words, means, clause) in &defined {
                            li { b { (said(words, None)) } " " (said(means, None)) " " (marks::clause(clause, None)) }
                        }
                    }
                }
            }
        }
    }
}

fn criteria(laws: &Laws, books: &[&Arc<Book>], act: &Act) -> Vec<Criterion> {
    let asked = asked(laws, act);
    let mut found = Vec::new();
    for book in books {
        for clause in &book.clauses {
            for rule in &clause.rules {
                let Kind::Classify(it) = &rule.kind else { continue };
                if !asked.contains(it.gives.value.as_str()) {
                    continue;
                }
                for (when, gives) in &it.values {
                    found.push(Criterion {
                        gives: gives.clone(),
                        when: when.join("、"),
                        // The clause tells more than its rule, often with examples.
                        summary: clause.summary.value.clone(),
                        clause: ClauseRef { book: book.id.clone(), id: rule.id.value.clone() },
                    });
                }
            }
        }
    }
    found
}

/// Readings that say what a value of a choice is: 重大投诉 for 重大 of a complaint.
fn defined(laws: &Laws, books: &[&Arc<Book>], act: &Act) -> Vec<(String, String, ClauseRef)> {
    let words = &laws.vocabulary;
    let mut names: BTreeSet<String> = BTreeSet::new();
    for field in act.fields {
        let Some(at) = words.attribute_of_id(field.attribute) else { continue };
        let subject = field.attribute.split('.').next().unwrap_or_default();
        let subject = words.subjects.iter().find(|it| it.id == subject).map_or("", |it| it.zh.as_str());
        if let Unit::Choice(values) = &words.attributes[at].unit {
            names.extend(values.iter().map(|(zh, _)| format!("{zh}{subject}")));
        }
    }
    let readings = books.iter().flat_map(|book| book.clauses.iter().map(move |clause| (book, clause)));
    readings
        .flat_map(|(book, clause)| clause.readings.iter().map(move |reading| (book, clause, reading)))
        .filter(|(_, _, reading)| names.contains(&reading.words))
        .map(|(book, clause, reading)| {
            let clause = ClauseRef { book: book.id.clone(), id: clause.number.clone() };
            (reading.words.clone(), reading.means.clone(), clause)
        })
        .collect()
}

/// The words of the attributes that an act asks for.
fn asked<'a>(laws: &'a Laws, act: &Act) -> BTreeSet<&'a str> {
    let words = &laws.vocabulary;
    let ids = act.fields.iter().filter_map(|field| words.attribute_of_id(field.attribute));
    ids.map(|at| words.attributes[at].zh.as_str()).collect()
}
