//! Counts of book.toml (条数): as many register numbers and worked examples as it declares.

use std::collections::BTreeSet;

use crate::model::Book;
use crate::problem::Problem;

/// Distinct rule numbers must equal `clauses`; register examples executed and not executed must equal `examples`.
pub fn check(book: &Book, problems: &mut Vec<Problem>) {
    let mut report = |sentence: String| problems.push(Problem::error(&book.path, book.declared_at.clone(), sentence));
    let rules = book.clauses.iter().flat_map(|clause| &clause.rules).map(|rule| rule.id.value.as_str());
    let ids: BTreeSet<&str> = rules.chain(book.refused.iter().map(String::as_str)).collect();
    if ids.len() != book.clauses_declared {
        let sentence = format!("book.toml 写明 {} 条，实际有 {} 个编号", book.clauses_declared, ids.len());
        report(sentence);
    }
    let mut executed = BTreeSet::new();
    let mut skipped = BTreeSet::new();
    for clause in &book.clauses {
        executed.extend(clause.examples.iter().flat_map(|example| &example.example).map(String::as_str));
        skipped.extend(clause.not_executed.iter().map(|(name, _)| name.as_str()));
    }
    if let Some(both) = executed.intersection(&skipped).next() {
        report(format!("登记示例 `{both}` 既执行又写了不执行"));
    }
    let all = executed.union(&skipped).count();
    if all != book.examples_declared {
        let (done, not) = (executed.len(), skipped.len());
        report(format!(
            "book.toml 写明登记示例 {} 个，实际 {all} 个（执行 {done}，不执行 {not}）",
            book.examples_declared
        ));
    }
}
