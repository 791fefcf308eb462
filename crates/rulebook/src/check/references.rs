//! References (引用): every number, clause and book that is named exists.

use std::collections::{BTreeMap, BTreeSet};

use calendar::On;

use super::at_one_time;
use super::overlap::{disjoint, on_apart};
use crate::model::{Book, Clause, Kind, Rule, Sort};
use crate::nearest::nearest;
use crate::problem::Problem;

/// Rule numbers of `covers` and of anchors, `overrides`, `see` and `adopted_with`.
pub fn check(book: &Book, books: &[Book], problems: &mut Vec<Problem>) {
    let ids: BTreeSet<&str> =
        book.clauses.iter().flat_map(|clause| &clause.rules).map(|rule| rule.id.value.as_str()).collect();
    let known = |id: &str| ids.contains(id) || book.refused.iter().any(|refused| refused == id);
    let absent = |file: &str, span: std::ops::Range<usize>, id: &str| {
        let problem = Problem::error(file, span, format!("本规程没有条款 `{id}`"));
        match nearest(id, ids.iter().copied()) {
            Some(near) => problem.with_hint(format!("最接近的是 `{near}`")),
            None => problem,
        }
    };
    for clause in &book.clauses {
        for used in clause.uses.iter().filter(|used| used.sort == Sort::Clause && !known(&used.word)) {
            problems.push(absent(&clause.path, used.span.clone(), &used.word));
        }
        for covered in clause.examples.iter().flat_map(|example| &example.covers) {
            if !known(&covered.value) {
                problems.push(absent(&clause.path, covered.span.clone(), &covered.value));
            }
        }
        elsewhere(clause, book, books, problems);
        numbers(clause, problems);
    }
    twice(book, problems);
}

/// `overrides` and `see` name clauses, also of other books; `adopted_with` names books.
fn elsewhere(clause: &Clause, book: &Book, books: &[Book], problems: &mut Vec<Problem>) {
    let exists = |name: &str| match name.split_once('/') {
        Some((id, number)) => books.iter().find(|book| book.id == id).is_none_or(|book| has_clause(book, number)),
        None => has_clause(book, name),
    };
    for (key, names) in [("overrides", &clause.overrides), ("see", &clause.see)] {
        for name in names.iter().filter(|name| !exists(name)) {
            let sentence = format!("`{key}` 指的条款 `{name}` 不存在");
            problems.push(Problem::error(&clause.path, clause.span.clone(), sentence));
        }
    }
}

fn has_clause(book: &Book, number: &str) -> bool {
    let rule = |clause: &Clause| clause.rules.iter().any(|rule| rule.id.value == number);
    book.clauses.iter().any(|clause| clause.number == number || rule(clause))
        || book.refused.iter().any(|id| id == number)
}

/// A rule's number begins with its clause's.
fn numbers(clause: &Clause, problems: &mut Vec<Problem>) {
    for rule in clause.rules.iter().filter(|rule| !rule.id.value.starts_with(&clause.number)) {
        let sentence = format!("编号 `{}` 不以条款号 `{}` 开头", rule.id.value, clause.number);
        problems.push(Problem::warning(&clause.path, rule.id.span.clone(), sentence));
    }
}

/// The days or hours of the opening on which a deadline holds.
fn days(rule: &Rule) -> Option<On> {
    match &rule.kind {
        Kind::Deadline(deadline) => deadline.on,
        _ => None,
    }
}

/// Kinds that open obligations are told apart by their number: two of one kind that can hold at once must not share it.
/// The members of rates and counts stand under that number too.
fn twice(book: &Book, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<(&str, &str), Vec<(&Clause, &Rule)>> = BTreeMap::new();
    for clause in &book.clauses {
        for rule in &clause.rules {
            let table = match rule.kind {
                Kind::Rate(_) | Kind::Count(_) => "rate、count",
                Kind::Deadline(_) | Kind::Duty(_) | Kind::Escalation(_) => rule.kind.table(),
                _ => continue,
            };
            let earlier = seen.entry((table, &rule.id.value)).or_default();
            let together = |(other, before): &&(&Clause, &Rule)| {
                let apart = disjoint(before.kind.when(), rule.kind.when()) || on_apart(days(before), days(rule));
                at_one_time(other, clause) && !apart
            };
            if let Some((other, _)) = earlier.iter().find(together) {
                let sentence =
                    format!("编号 `{}` 已有一条 [[{table}]]（{}），条件会同时成立", rule.id.value, other.path);
                problems.push(Problem::error(&clause.path, rule.id.span.clone(), sentence));
            }
            earlier.push((clause, rule));
        }
    }
}
