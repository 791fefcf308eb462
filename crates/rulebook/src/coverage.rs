//! Coverage (覆盖): which clauses of a book the engine enforces, which a part of the product carries, which still wait.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{At, Book, Kind};
use crate::nearest::nearest;
use crate::parse::by_number;
use crate::problem::Problem;
use crate::words::Vocabulary;

/// How a clause is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Computed by the engine (计算).
    Enforced,
    /// Carried by a screen, checklist, script, form field and so on (承载).
    Carried,
    /// Waits for a capability of the product (尚待).
    Pending,
}

/// What carries a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// `screen`, `checklist` …
    pub by: String,
    /// Its name in the product.
    pub name: String,
    /// The capability that will bring it, when it is not there yet.
    pub pending: Option<String>,
}

/// One clause of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoveredClause {
    /// Register number: `4.2.3f`.
    pub id: String,
    /// Number of the clause whose file states it.
    pub clause: String,
    /// Own words of its first rule.
    pub summary: String,
    /// How it is kept.
    pub standing: Standing,
    /// Table names of its computing rules.
    pub kinds: Vec<&'static str>,
    /// Its carriers.
    pub carriers: Vec<Carrier>,
    /// Ids of the capabilities that its computing rules wait for: nobody can make their facts happen yet.
    pub waits_for: Vec<String>,
}

/// A book's clauses and how each is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Book id.
    pub book: String,
    /// Every clause, in the order of the numbers.
    pub clauses: Vec<CoveredClause>,
}

impl Coverage {
    /// How many clauses stand so.
    pub fn count(&self, standing: Standing) -> usize {
        self.clauses.iter().filter(|clause| clause.standing == standing).count()
    }
}

/// The coverage of `book`. `carriers` names what the product has (screens, checklists, scripts …); a `carried` rule whose
/// `where` is none of these (the part before `/` is enough) is a problem unless it says what it is pending on, and so is
/// one that waits for a capability unknown to the vocabulary. A clause counts as pending while any of its rules waits:
/// a carrier of a capability to come, or a computing rule whose facts no act makes yet.
pub fn coverage(book: &Book, words: &Vocabulary, carriers: &[&str]) -> (Coverage, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut found: BTreeMap<&str, CoveredClause> = BTreeMap::new();
    for clause in &book.clauses {
        for rule in &clause.rules {
            let entry = found.entry(&rule.id.value).or_insert_with(|| CoveredClause {
                id: rule.id.value.clone(),
                clause: clause.number.clone(),
                summary: rule.summary.clone(),
                standing: Standing::Carried,
                kinds: Vec::new(),
                carriers: Vec::new(),
                waits_for: Vec::new(),
            });
            let Kind::Carried(carried) = &rule.kind else {
                entry.kinds.push(rule.kind.table());
                let awaited = awaited(&rule.kind, words);
                entry.waits_for.extend(awaited.into_iter().map(str::to_owned));
                continue;
            };
            let name = &carried.where_.value;
            let unknown = carried.pending.as_ref().filter(|pending| words.capability_of_id(pending).is_none());
            if let Some(unknown) = unknown {
                let sentence = format!("没有编号为 `{unknown}` 的 [[capability]]");
                let known = words.capabilities.iter().map(|it| it.id.as_str());
                let problem = Problem::error(&clause.path, carried.where_.span.clone(), sentence);
                problems.push(match nearest(unknown, known) {
                    Some(near) => problem.with_hint(format!("最接近的是 `{near}`")),
                    None => problem,
                });
            }
            let head = name.split('/').next().unwrap_or(name);
            if carried.pending.is_none() && !carriers.contains(&name.as_str()) && !carriers.contains(&head) {
                let sentence = format!("产品里没有 `{name}`，`{}` 无处承载", rule.id.value);
                let problem = Problem::error(&clause.path, carried.where_.span.clone(), sentence);
                problems.push(match nearest(name, carriers.iter().copied()) {
                    Some(near) => problem.with_hint(format!("最接近的是 `{near}`")),
                    None => problem.with_hint("还没有的，用 pending 写明等什么"),
                });
            }
            entry.carriers.push(Carrier {
                by: carried.by.value.clone(),
                name: name.clone(),
                pending: carried.pending.clone(),
            });
        }
    }
    let mut clauses: Vec<CoveredClause> = found.into_values().collect();
    for clause in &mut clauses {
        clause.waits_for.sort();
        clause.waits_for.dedup();
        let waiting = !clause.waits_for.is_empty() || clause.carriers.iter().any(|it| it.pending.is_some());
        clause.standing = match (waiting, clause.kinds.is_empty()) {
            (true, _) => Standing::Pending,
            (false, true) => Standing::Carried,
            (false, false) => Standing::Enforced,
        };
    }
    clauses.sort_by(|a, b| by_number(&a.id, &b.id));
    (Coverage { book: book.id.clone(), clauses }, problems)
}

/// The register numbers of `book` with a computing rule that waits: nobody can make its facts happen yet. What waits binds
/// nobody: no duty that nobody can do, no refusal that nobody can lift.
pub fn waiting(book: &Book, words: &Vocabulary) -> BTreeSet<String> {
    let rules = book.clauses.iter().flat_map(|clause| &clause.rules);
    rules.filter(|rule| !awaited(&rule.kind, words).is_empty()).map(|rule| rule.id.value.clone()).collect()
}

/// The capabilities that a rule cannot do without: those of a slot whose every fact is still to come.
fn awaited<'w>(kind: &Kind, words: &'w Vocabulary) -> Vec<&'w str> {
    let one = |fact: &str| words.pending(fact);
    let any = |facts: &[At<String>]| match facts.iter().map(|fact| one(&fact.value)).collect::<Option<Vec<_>>>() {
        Some(all) => all.first().copied(),
        None => None,
    };
    let all = |facts: &[At<String>]| facts.iter().find_map(|fact| one(&fact.value));
    let maybe = |fact: &Option<String>| fact.as_deref().and_then(one);
    let waits = match kind {
        Kind::Deadline(it) => vec![any(&it.from), if it.must_all { all(&it.must) } else { any(&it.must) }],
        Kind::Duty(it) => vec![one(&it.must.value), maybe(&it.of)],
        Kind::Rate(it) => vec![one(&it.of.value), one(&it.must.value), it.must_all.iter().find_map(|fact| one(fact))],
        Kind::Count(it) => vec![one(&it.of.value)],
        Kind::Route(it) => vec![any(&it.from)],
        Kind::Escalation(it) => vec![any(&it.from), maybe(&it.must)],
        Kind::Right(it) => vec![any(&it.from)],
        Kind::Block(it) => vec![one(&it.act.value), all(&it.until)],
        Kind::Sign(it) => vec![one(&it.act.value), one(&it.with), maybe(&it.blocks)],
        Kind::Form(it) => vec![maybe(&it.issued_by), maybe(&it.blocks)],
        Kind::Record(it) => vec![one(&it.act.value), maybe(&it.blocks)],
        Kind::Roster(it) => vec![one(&it.act.value)],
        Kind::Retention(it) => vec![one(&it.from.value), maybe(&it.blocks)],
        Kind::Classify(_) | Kind::Formula(_) | Kind::Carried(_) => Vec::new(),
    };
    waits.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse_book;
    use crate::sample;

    const CARRIED: &str = r#"
clause = "9"
title = "礼貌"
summary = "礼貌"
in_force = 2026-01-01

[[carried]]
id = "9a"
summary = "先问好"
by = "script"
where = "follow-up-script/3"

[[carried]]
id = "9b"
summary = "双手递物"
by = "checklist"
where = "curtesy"

[[carried]]
id = "9c"
summary = "统计图"
by = "figure"
where = "figures"
pending = "reports"

[[carried]]
id = "9d"
summary = "结案前要答复"
by = "screen"
where = "case"

[[block]]
id = "9d"
summary = "结案前要答复"
act = "投诉结案"
until = "答复投诉人"
"#;

    #[test]
    fn a_number_is_pending_while_one_of_its_rules_waits() {
        let words = sample::words();
        let mut files = sample::FILES.to_vec();
        files.push(("sample/9.toml", CARRIED));
        let (book, problems) = parse_book(&words, &files);
        assert!(problems.is_empty(), "{problems:?}");
        let (coverage, problems) = coverage(&book, &words, &["follow-up-script", "courtesy", "case"]);
        let standing = |id: &str| coverage.clauses.iter().find(|clause| clause.id == id).map(|clause| clause.standing);
        assert_eq!(standing("9a"), Some(Standing::Carried));
        assert_eq!(standing("9b"), Some(Standing::Carried));
        assert_eq!(standing("9c"), Some(Standing::Pending));
        assert_eq!(standing("9d"), Some(Standing::Enforced));
        assert_eq!(standing("6.4b"), Some(Standing::Pending), "nobody can send part three to finance yet");
        let waits = coverage.clauses.iter().find(|clause| clause.id == "6.4b").map(|clause| &clause.waits_for);
        assert_eq!(waits, Some(&vec!["fees".to_owned()]));
        assert_eq!(waiting(&book, &words).into_iter().collect::<Vec<_>>(), ["6.4b"]);
        let counts = [Standing::Enforced, Standing::Carried, Standing::Pending].map(|one| coverage.count(one));
        assert_eq!(counts, [16, 2, 2]);
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!(problem.sentence, "产品里没有 `curtesy`，`9b` 无处承载");
        assert_eq!(problem.hint.as_deref(), Some("最接近的是 `courtesy`"));
    }
}
