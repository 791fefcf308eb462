//! Heads of clause files (条款头): the file is named after its clause, the summary is short, dates run forward.

use crate::model::Book;
use crate::problem::Problem;

/// Letters that a clause's summary may have.
const LONGEST: usize = 120;

/// Checks the head of every clause.
pub fn check(book: &Book, problems: &mut Vec<Problem>) {
    for clause in &book.clauses {
        let name = clause.path.rsplit(['/', '\\']).next().unwrap_or("");
        let stem = name.strip_suffix(".toml").unwrap_or(name);
        let number = clause.number.replace('(', "-").replace(')', "");
        let edition = stem.strip_prefix(&number).is_some_and(|rest| rest.is_empty() || rest.starts_with('@'));
        if !edition {
            let sentence = format!("文件 `{name}` 与条款号 `{}` 不一致", clause.number);
            let hint = format!("文件名写成 {0}.toml，旧版写成 {0}@A0.toml", clause.number);
            problems.push(Problem::warning(&clause.path, clause.span.clone(), sentence).with_hint(hint));
        }
        let letters = clause.summary.value.chars().count();
        if letters > LONGEST {
            let sentence = format!("条款摘要有 {letters} 个字，不超过 {LONGEST} 个为好");
            problems.push(Problem::warning(&clause.path, clause.summary.span.clone(), sentence));
        }
        if clause.until.is_some_and(|until| until < clause.in_force) {
            let sentence = format!("`{}` 的 `until` 早于 `in_force`", clause.number);
            problems.push(Problem::error(&clause.path, clause.span.clone(), sentence));
        }
    }
}
