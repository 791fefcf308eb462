//! `huiyin rules coverage` (覆盖): how every clause is kept: computed, carried by a part of the product, or pending.

use std::io::Write as _;

use clap::Args;
use rulebook::{Coverage, Standing, coverage};
use serde::Serialize;

use super::{Source, carriers};
use crate::ending::Ending;
use crate::table::{Align, lines};

/// 覆盖情况
#[derive(Debug, Args)]
pub struct Arguments {
    /// 只看这些规程
    #[arg(value_name = "规程")]
    books: Vec<String>,
    #[command(flatten)]
    source: Source,
    /// 逐条列出由什么承载
    #[arg(long, conflicts_with = "json")]
    list: bool,
    /// 输出 JSON：[{"rulebook","clauses","enforced","carried","pending"}]
    #[arg(long)]
    json: bool,
}

/// One book in JSON.
#[derive(Serialize)]
struct Row<'a> {
    rulebook: &'a str,
    clauses: usize,
    enforced: usize,
    carried: usize,
    pending: usize,
}

impl<'a> Row<'a> {
    fn of(coverage: &'a Coverage) -> Row<'a> {
        Row {
            rulebook: &coverage.book,
            clauses: coverage.clauses.len(),
            enforced: coverage.count(Standing::Enforced),
            carried: coverage.count(Standing::Carried),
            pending: coverage.count(Standing::Pending),
        }
    }
}

/// Prints one row a book, or one a clause.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let source = &arguments.source;
    let shelf = source.shelf(&arguments.books)?;
    let carriers = carriers::names();
    let names: Vec<&str> = carriers.iter().map(String::as_str).collect();
    let found: Vec<Coverage> = shelf.books.iter().map(|book| coverage(book, &shelf.words, &names).0).collect();
    let mut out = std::io::stdout().lock();
    if arguments.json {
        let rows: Vec<Row> = found.iter().map(Row::of).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
        return Ok(Ending::Done);
    }
    if arguments.list {
        for one in &found {
            writeln!(out, "{}", one.book)?;
            write!(out, "{}", list(one, source))?;
        }
        return Ok(Ending::Done);
    }
    let head = match source.say("zh", "en") {
        "zh" => ["规程", "条", "计算", "承载", "尚待"],
        _ => ["rulebook", "clauses", "enforced", "carried", "pending"],
    };
    let mut table = vec![head.map(str::to_owned).to_vec()];
    table.extend(found.iter().map(Row::of).map(|row| {
        let figures = [row.clauses, row.enforced, row.carried, row.pending];
        std::iter::once(row.rulebook.to_owned()).chain(figures.map(|figure| figure.to_string())).collect()
    }));
    write!(out, "{}", lines(&[Align::Left, Align::Right, Align::Right, Align::Right, Align::Right], &table))?;
    Ok(Ending::Done)
}

/// One line a clause: number, standing, what keeps it, own words.
fn list(coverage: &Coverage, source: &Source) -> String {
    let row = |clause: &rulebook::coverage::CoveredClause| {
        let standing = match clause.standing {
            Standing::Enforced => source.say("计算", "enforced"),
            Standing::Carried => source.say("承载", "carried"),
            Standing::Pending => source.say("尚待", "pending"),
        };
        let carriers = clause.carriers.iter().map(|carrier| match &carrier.pending {
            Some(pending) => format!("{} {} ({} {pending})", carrier.by, carrier.name, source.say("待", "waits for")),
            None => format!("{} {}", carrier.by, carrier.name),
        });
        let mut kinds: Vec<String> = clause.kinds.iter().map(|kind| (*kind).to_owned()).collect();
        kinds.dedup();
        kinds.extend(carriers);
        kinds.extend(clause.waits_for.iter().map(|waits| format!("({} {waits})", source.say("待", "waits for"))));
        vec![format!("  {}", clause.id), standing.to_owned(), kinds.join(", "), clause.summary.clone()]
    };
    let rows: Vec<Vec<String>> = coverage.clauses.iter().map(row).collect();
    lines(&[Align::Left; 4], &rows)
}
