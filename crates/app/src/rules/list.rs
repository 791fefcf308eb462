//! `huiyin rules list` (列出规程): one row a book.

use std::io::Write as _;

use clap::Args;
use serde::Serialize;

use super::Source;
use crate::ending::Ending;
use crate::table::{Align, lines};

/// 列出规程
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    source: Source,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// One book in JSON.
#[derive(Serialize)]
struct Row<'a> {
    rulebook: &'a str,
    name: &'a str,
    edition: &'a str,
    document: &'a str,
    clauses: usize,
    rules: usize,
    examples: usize,
    digest: &'a str,
}

/// Prints the books.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let source = &arguments.source;
    let shelf = source.shelf(&[])?;
    let rows: Vec<Row> = shelf
        .books
        .iter()
        .map(|book| Row {
            rulebook: &book.id,
            name: source.say(&book.name, &book.name_en),
            edition: &book.edition,
            document: &book.document,
            clauses: book.clauses_declared,
            rules: book.clauses.iter().map(|clause| clause.rules.len()).sum(),
            examples: book.clauses.iter().map(|clause| clause.examples.len()).sum(),
            digest: &book.digest,
        })
        .collect();
    let mut out = std::io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
        return Ok(Ending::Done);
    }
    let head = match source.say("zh", "en") {
        "zh" => ["规程", "版次", "条", "规则", "示例", "名称", "文号"],
        _ => ["rulebook", "edition", "clauses", "rules", "examples", "name", "document"],
    };
    let mut table = vec![head.map(str::to_owned).to_vec()];
    table.extend(rows.iter().map(|row| {
        let figures = [row.clauses, row.rules, row.examples].map(|figure| figure.to_string());
        let [clauses, rules, examples] = figures;
        vec![row.rulebook.into(), row.edition.into(), clauses, rules, examples, row.name.into(), row.document.into()]
    }));
    let right = Align::Right;
    write!(out, "{}", lines(&[Align::Left, Align::Left, right, right, right, Align::Left, Align::Left], &table))?;
    Ok(Ending::Done)
}
