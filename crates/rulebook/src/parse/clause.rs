//! One clause file (条款).

use std::collections::BTreeMap;

use super::table::{Page, Table};
use super::{example, kinds};
use crate::model::{Clause, Reading};
use crate::problem::Problem;
use crate::words::Vocabulary;

/// What a clause file gave.
pub struct ReadClause {
    /// The clause; none when its head is incomplete.
    pub clause: Option<Clause>,
    /// Numbers of rules that could not be read.
    pub refused: Vec<String>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Reads a clause file.
pub fn clause(path: &str, text: &str, words: &Vocabulary, aliases: &BTreeMap<String, String>) -> ReadClause {
    let page = Page::new(path, text, words, aliases);
    let (root, errors) = toml::de::DeTable::parse_recoverable(text);
    page.syntax(&errors);
    let mut table = Table::new(&page, root.get_ref(), 0..first_line(text));
    let number = table.need("clause");
    let title = table.need("title");
    let summary = table.need("summary");
    let place = table.plain("place").unwrap_or_default();
    if !table.has("in_force") {
        table.missing("in_force");
    }
    let in_force = table.date("in_force");
    let until = table.date("until");
    let overrides = table.plains("overrides");
    let see = table.plains("see");
    let readings = readings(&mut table);
    let rules = kinds::rules(&mut table);
    let examples = example::examples(&mut table);
    let not_executed = example::not_executed(&mut table);
    table.finish();
    let (problems, uses) = page.close();
    let mut refused = rules.refused;
    let clause = (|| {
        let number = number?;
        Some(Clause {
            path: path.to_owned(),
            text: text.to_owned(),
            span: number.span,
            number: number.value,
            title: title?.value,
            summary: summary?,
            place,
            in_force: in_force?,
            until,
            overrides,
            see,
            readings,
            rules: rules.read.clone(),
            examples,
            not_executed,
            uses,
        })
    })();
    if clause.is_none() {
        refused.extend(rules.read.into_iter().map(|rule| rule.id.value));
    }
    ReadClause { clause, refused, problems }
}

fn first_line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// Reads all `[[reading]]`, of a clause or of a book.
pub fn readings(root: &mut Table<'_>) -> Vec<Reading> {
    let mut readings = Vec::new();
    for mut table in root.tables("reading") {
        let words = table.need("words");
        let means = table.need("means");
        let basis = table.plain("basis");
        let rival = table.plain("rival");
        let setting = table.text("setting");
        let confirmed = table.moment_text("confirmed");
        if let Some(setting) = &setting {
            table.page.note_use(crate::model::Sort::Setting(""), &setting.value, setting.span.clone());
        }
        table.finish();
        if let (Some(words), Some(means)) = (words, means) {
            let setting = setting.map(|setting| setting.value);
            readings.push(Reading { words: words.value, means: means.value, basis, rival, setting, confirmed });
        }
    }
    readings
}
