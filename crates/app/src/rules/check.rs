//! `huiyin rules check` (检查规程): every problem with its place, then one line of counts.

use std::io::{IsTerminal as _, Write as _};

use calendar::Zone;
use clap::Args;
use rulebook::{Examiner, Problem, Severity, check_all, coverage};

use super::{Source, carriers};
use crate::ending::Ending;
use crate::shelf::{self, Shelf};

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
    let carriers = carriers::names();
    let carriers: Vec<&str> = carriers.iter().map(String::as_str).collect();
    problems.extend(shelf.books.iter().flat_map(|book| coverage(book, &shelf.words, &carriers).1));
    let mut tried = None;
    if !arguments.without_examples {
        let (calendar, zone) = (shelf::calendar()?, Zone::shanghai());
        let examiner = Examiner::new(&shelf.words, &shelf.books, &calendar, &zone);
        problems.extend(examiner.examine());
        let mutation = examiner.mutate();
        tried = Some(mutation.tried);
        problems.extend(mutation.survivors);
    }
    problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    let mut out = std::io::stdout().lock();
    let colours = out.is_terminal();
    let shown = |problem: &&Problem| !arguments.errors_only || problem.severity == Severity::Error;
    for problem in problems.iter().filter(shown) {
        let text = shelf.text_of(problem);
        let rendered = if colours { problem.render_coloured(text) } else { problem.render(text) };
        writeln!(out, "{rendered}\n")?;
    }
    if let Some(tried) = tried {
        writeln!(out, "示例全部执行过；数字改动 {tried} 处")?;
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
