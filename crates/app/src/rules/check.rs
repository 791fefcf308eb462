//! `huiyin rules check` (检查规程): every problem with its place, then one line of counts.

use std::io::{IsTerminal as _, Write as _};

use anyhow::Context as _;
use calendar::{Calendar, Zone};
use clap::Args;
use rulebook::{Problem, Severity, check_all, check_examples};

use super::Source;
use crate::ending::Ending;
use crate::shelf::Shelf;
use crate::shipped;

/// 检查规程
#[derive(Debug, Args)]
pub struct Arguments {
    /// 只查这些规程
    #[arg(value_name = "规程")]
    books: Vec<String>,
    #[command(flatten)]
    source: Source,
    /// 只报错误，不报注意和提示
    #[arg(long)]
    errors_only: bool,
    /// 不执行示例，也不逐个改动数字
    #[arg(long)]
    without_examples: bool,
}

/// Prints the problems; not in order when one of them is an error.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let mut shelf = arguments.source.shelf(&arguments.books)?;
    let mut problems = std::mem::take(&mut shelf.problems);
    problems.extend(check_all(&shelf.words, &shelf.books));
    if !arguments.without_examples {
        let years: Vec<&str> = shipped::CALENDARS.iter().map(|(_, text)| *text).collect();
        let calendar = Calendar::of_years(&years).context("自带的日历读不了")?;
        problems.extend(check_examples(&shelf.words, &shelf.books, &calendar, &Zone::shanghai()));
    }
    let mut out = std::io::stdout().lock();
    let colours = out.is_terminal();
    let shown = |problem: &&Problem| !arguments.errors_only || problem.severity == Severity::Error;
    for problem in problems.iter().filter(shown) {
        let text = shelf.text_of(problem);
        let rendered = if colours { problem.render_coloured(text) } else { problem.render(text) };
        writeln!(out, "{rendered}\n")?;
    }
    writeln!(out, "{}", counts(&shelf, &problems))?;
    let wrong = problems.iter().any(|problem| problem.severity == Severity::Error);
    Ok(if wrong { Ending::NotInOrder } else { Ending::Done })
}

/// The closing line.
fn counts(shelf: &Shelf, problems: &[Problem]) -> String {
    let clauses = || shelf.books.iter().flat_map(|book| &book.clauses);
    let of = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    format!(
        "{} 部规程，{} 条规则，{} 个示例；{} 个错误，{} 处注意，{} 条提示",
        shelf.books.len(),
        clauses().map(|clause| clause.rules.len()).sum::<usize>(),
        clauses().map(|clause| clause.examples.len()).sum::<usize>(),
        of(Severity::Error),
        of(Severity::Warning),
        of(Severity::Note),
    )
}
