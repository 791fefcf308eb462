//! Tables of limits (分行) are complete and their rows do not overlap; rules for one event do not conflict.

use std::collections::{BTreeMap, BTreeSet};

use super::at_one_time;
use super::overlap::{disjoint, on_apart};
use crate::model::{At, Book, Classify, Clause, Deadline, Kind, Rule, Test};
use crate::problem::Problem;
use crate::words::Vocabulary;

/// Checks limits against each other over the whole book, classes for completeness, and classifications.
pub fn check(words: &Vocabulary, book: &Book, problems: &mut Vec<Problem>) {
    let mut limits: Vec<(&Clause, &Rule, &Deadline)> = Vec::new();
    let mut grounds: Vec<(&Clause, &Rule, &Classify)> = Vec::new();
    for clause in &book.clauses {
        let mut rows = Vec::new();
        for rule in &clause.rules {
            match &rule.kind {
                Kind::Deadline(deadline) => {
                    for (other_clause, other, earlier) in &limits {
                        conflict((clause, rule, deadline), (other_clause, other, earlier), problems);
                    }
                    limits.push((clause, rule, deadline));
                    rows.push((rule, deadline));
                }
                Kind::Classify(classify) => grounds.push((clause, rule, classify)),
                _ => {}
            }
        }
        // A row that could not be read is told already.
        if !book.refused.iter().any(|id| id.starts_with(&clause.number)) {
            complete(words, clause, &rows, problems);
        }
    }
    classes(words, &grounds, problems);
}

type Limited<'a> = (&'a Clause, &'a Rule, &'a Deadline);

fn share(a: &[At<String>], b: &[At<String>]) -> bool {
    a.iter().any(|word| b.iter().any(|other| other.value == word.value))
}

/// Two different limits for one step of one bearer after one event, both in force, neither overriding the other.
fn conflict((clause, rule, a): Limited<'_>, (other_clause, other, b): Limited<'_>, problems: &mut Vec<Problem>) {
    let bearer = |rule: &Rule| rule.who.as_ref().map(|who| who.value.clone());
    let one_step = share(&a.from, &b.from)
        && share(&a.must, &b.must)
        && a.must_all == b.must_all
        && a.soft == b.soft
        && bearer(rule) == bearer(other);
    let overridden = overrides(clause, other_clause, other) || overrides(other_clause, clause, rule);
    let together = at_one_time(clause, other_clause) && !disjoint(&a.when, &b.when) && !on_apart(a.on, b.on);
    if one_step && a.limit != b.limit && together && !overridden {
        let sentence =
            format!("`{}` 与 `{}` 给同一件事定了不同的时限，条件又会同时成立", rule.id.value, other.id.value);
        let hint = "让 `when` 或 `on` 互不重叠；或在条款头用 `overrides` 写明谁优先";
        problems.push(Problem::error(&clause.path, rule.id.span.clone(), sentence).with_hint(hint));
    }
}

fn overrides(clause: &Clause, other: &Clause, rule: &Rule) -> bool {
    clause.overrides.iter().any(|name| *name == other.number || *name == rule.id.value)
}

/// Rows of one step that tell classes apart name every class, unless they say that they are partial.
fn complete(words: &Vocabulary, clause: &Clause, rows: &[(&Rule, &Deadline)], problems: &mut Vec<Problem>) {
    let mut told = BTreeSet::new();
    for (rule, first) in rows {
        let group: Vec<&Deadline> = rows
            .iter()
            .map(|(_, deadline)| *deadline)
            .filter(|deadline| share(&deadline.from, &first.from) && share(&deadline.must, &first.must))
            .collect();
        if group.len() < 2 || group.iter().any(|deadline| deadline.partial) {
            continue;
        }
        for condition in &first.when {
            let name = condition.attribute.value.as_str();
            let Some(attribute) = words.attribute(name).map(|place| &words.attributes[place]) else {
                continue;
            };
            let named: BTreeSet<&String> = group.iter().flat_map(|deadline| values(deadline, name)).collect();
            let all_name_it = group.iter().all(|deadline| values(deadline, name).next().is_some());
            let absent: Vec<&str> = attribute
                .values()
                .iter()
                .map(|(word, _)| word.as_str())
                .filter(|word| !named.iter().any(|named| named.as_str() == *word))
                .collect();
            let step = (name, first.must[0].value.as_str());
            if all_name_it && named.len() > 1 && !absent.is_empty() && told.insert(step) {
                let sentence = format!("`{}` 的分行没有写到 {name} {}", first.must[0].value, absent.join("、"));
                let hint = "补上这一行；有意不写的，加 partial = true";
                problems.push(Problem::warning(&clause.path, rule.id.span.clone(), sentence).with_hint(hint));
            }
        }
    }
}

/// The values of attribute `name` that a limit holds for.
fn values<'a>(deadline: &'a Deadline, name: &str) -> impl Iterator<Item = &'a String> {
    let name = name.to_owned();
    let conditions = deadline.when.iter().filter(move |condition| condition.attribute.value == name);
    conditions
        .filter_map(|condition| match &condition.test {
            Test::OneOf(words) => Some(words),
            _ => None,
        })
        .flatten()
}

/// Grounds that are told already: the class and the clause that tells it.
type Told<'a> = BTreeMap<&'a str, (&'a str, &'a Clause)>;

/// Every ground is told to a class over all rules that give it; no rule tells it twice, no two rules tell it differently.
fn classes(words: &Vocabulary, all: &[(&Clause, &Rule, &Classify)], problems: &mut Vec<Problem>) {
    let mut tables: BTreeMap<(&str, &str), Told<'_>> = BTreeMap::new();
    for (clause, rule, classify) in all {
        let names = (classify.ground.value.as_str(), classify.gives.value.as_str());
        let told = tables.entry(names).or_default();
        let mut own = BTreeSet::new();
        for (grounds, class) in &classify.values {
            for ground in grounds {
                let sentence = match told.get(ground.as_str()) {
                    _ if !own.insert(ground) => {
                        format!("`{}` 的 `{ground}` 写了两行，后一行永远轮不到", rule.id.value)
                    }
                    Some((other, before)) if other != class && at_one_time(before, clause) => {
                        format!("`{}` 把 `{ground}` 归为 {class}，别处归为 {other}", rule.id.value)
                    }
                    _ => {
                        told.insert(ground, (class, clause));
                        continue;
                    }
                };
                problems.push(Problem::error(&clause.path, rule.id.span.clone(), sentence));
            }
        }
    }
    for ((ground, gives), seen) in &tables {
        let Some(attribute) = words.attribute(ground).map(|place| &words.attributes[place]) else {
            continue;
        };
        let values = attribute.values().iter().map(|(word, _)| word.as_str());
        let absent: Vec<&str> = values.filter(|word| !seen.contains_key(word)).collect();
        let first = all.iter().find(|(_, _, one)| one.ground.value == *ground && one.gives.value == *gives);
        if let (false, Some((clause, rule, _))) = (absent.is_empty(), first) {
            let sentence = format!("{ground} {} 归为哪个{gives}，没有写到", absent.join("、"));
            problems.push(Problem::warning(&clause.path, rule.id.span.clone(), sentence));
        }
    }
}
