//! Checks rulebooks on disk (检查规程): `cargo run -p huiyin-rulebook --example check -- [DIR] [BOOK …]`.
//!
//! Prints every problem with its place, then one line of counts. Exit status 1 when there is an error.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rulebook::problem::Severity;
use rulebook::words::WORDS_FILE;
use rulebook::{Vocabulary, check_all, parse_book};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (dir, wanted) = match arguments.split_first() {
        Some((first, rest)) if Path::new(first).is_dir() => (PathBuf::from(first), rest),
        _ => (PathBuf::from("rulebooks"), arguments.as_slice()),
    };
    match check(&dir, wanted) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("读不了 {}：{error}", dir.display());
            ExitCode::FAILURE
        }
    }
}

/// Whether no error was found.
fn check(dir: &Path, wanted: &[String]) -> io::Result<bool> {
    let mut texts = BTreeMap::new();
    texts.insert(
        WORDS_FILE.to_owned(),
        std::fs::read_to_string(dir.join(WORDS_FILE))?,
    );
    let (words, mut problems) = Vocabulary::parse(&texts[WORDS_FILE]);
    let mut books = Vec::new();
    for folder in sorted(dir)? {
        let Some(id) = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
        else {
            continue;
        };
        if !folder.is_dir() || !(wanted.is_empty() || wanted.contains(&id)) {
            continue;
        }
        let mut files = Vec::new();
        for path in sorted(&folder)? {
            if path.extension().is_some_and(|end| end == "toml") {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                files.push((format!("{id}/{name}"), std::fs::read_to_string(&path)?));
            }
        }
        let pairs: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        let (book, found) = parse_book(&words, &pairs);
        problems.extend(found);
        books.push(book);
        texts.extend(files);
    }
    problems.extend(check_all(&words, &books));
    let colours = io::stdout().is_terminal();
    for problem in &problems {
        let text = texts.get(&problem.file).map_or("", String::as_str);
        let shown = if colours {
            problem.render_coloured(text)
        } else {
            problem.render(text)
        };
        println!("{shown}\n");
    }
    let count = |severity| {
        problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    };
    let rules: usize = books
        .iter()
        .flat_map(|book| &book.clauses)
        .map(|clause| clause.rules.len())
        .sum();
    let examples: usize = books
        .iter()
        .flat_map(|book| &book.clauses)
        .map(|clause| clause.examples.len())
        .sum();
    let errors = count(Severity::Error);
    println!(
        "{} 部规程，{rules} 条规则，{examples} 个示例；{errors} 个错误，{} 处注意，{} 条提示",
        books.len(),
        count(Severity::Warning),
        count(Severity::Note),
    );
    Ok(errors == 0)
}

fn sorted(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<_>> = std::fs::read_dir(dir)?.collect();
    let mut paths: Vec<PathBuf> = entries?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}
