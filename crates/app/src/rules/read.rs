//! `huiyin rules read` (读回): clauses said as the machine understands them.

use std::io::Write as _;

use clap::Args;
use rulebook::ReadBack;

use super::Source;
use crate::ending::Ending;

/// 读回条款
#[derive(Debug, Args)]
pub struct Arguments {
    /// 规程/条款，例如 complaint-instruction/4.2.3 或 4.2.3f；只写规程名读整部；不写读全部
    #[arg(value_name = "条款")]
    names: Vec<String>,
    #[command(flatten)]
    source: Source,
}

/// Prints what the clauses say.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let source = &arguments.source;
    let shelf = source.shelf(&[])?;
    let reader = ReadBack::new(&shelf.words, &shelf.books, source.lang());
    let mut out = std::io::stdout().lock();
    let is_book = |name: &str| shelf.books.iter().any(|book| book.id == name);
    let all: Vec<String> = match arguments.names.as_slice() {
        [] => shelf.books.iter().map(|book| book.id.clone()).collect(),
        [book, number] if is_book(book) && !is_book(number) && !number.contains('/') => {
            vec![format!("{book}/{number}")]
        }
        names => names.to_vec(),
    };
    let mut last = "";
    for name in &all {
        for named in shelf.named(name)? {
            if named.book.id != last {
                last = &named.book.id;
                let title = source.say(&named.book.name, &named.book.name_en);
                writeln!(out, "{title}（{}，{}）\n", named.book.id, named.book.edition)?;
            }
            match named.rule {
                None => writeln!(out, "{}\n", reader.clause(named.clause).join("\n  "))?,
                Some(rule) => {
                    writeln!(out, "{} {}", rule.id.value, reader.rule(rule))?;
                    for reading in &named.clause.readings {
                        writeln!(out, "  {}", reader.reading(reading))?;
                    }
                    writeln!(out)?;
                }
            }
        }
    }
    Ok(Ending::Done)
}
