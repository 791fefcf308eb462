//! Checks rulebooks on disk (检查规程): `cargo run -p huiyin-rulebook --example check -- [DIR] [BOOK …] [--read|--read-en]`.
//!
//! Prints every problem with its place, then one line of counts. Exit status 1 when there is an error. With `--read` it
//! prints what the rules say, read back from the model, and how each clause is kept.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rulebook::model::Book;
use rulebook::words::WORDS_FILE;
use rulebook::{Lang, ReadBack, Severity, Standing, Vocabulary, check_all, coverage, parse_book};

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let read = [("--read", Lang::Chinese), ("--read-en", Lang::English)];
    let read = read
        .into_iter()
        .find(|(flag, _)| arguments.iter().any(|argument| argument == flag));
    arguments.retain(|argument| !argument.starts_with("--"));
    let (dir, wanted) = match arguments.split_first() {
        Some((first, rest)) if Path::new(first).is_dir() => (PathBuf::from(first), rest),
        _ => (PathBuf::from("rulebooks"), arguments.as_slice()),
    };
    match check(&dir, wanted, read.map(|(_, lang)| lang)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("读不了 {}：{error}", dir.display());
            ExitCode::FAILURE
        }
    }
}

/// Whether no error was found.
fn check(dir: &Path, wanted: &[String], read: Option<Lang>) -> io::Result<bool> {
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
    if let Some(lang) = read {
        books
            .iter()
            .for_each(|book| print_book(book, &books, &words, lang));
        return Ok(true);
    }
    if problems
        .iter()
        .any(|problem| problem.file == WORDS_FILE && problem.severity == Severity::Error)
    {
        // Every word of every book would be unknown.
        problems.retain(|problem| problem.file == WORDS_FILE);
        books.clear();
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

/// Prints what a book says and how its clauses are kept.
fn print_book(book: &Book, books: &[Book], words: &Vocabulary, lang: Lang) {
    let reader = ReadBack::new(words, books, lang);
    for clause in &book.clauses {
        println!("{}\n", reader.clause(clause).join("\n  "));
    }
    let (coverage, _) = coverage(book, &[]);
    for clause in &coverage.clauses {
        let carriers = clause
            .carriers
            .iter()
            .map(|carrier| format!("{} {}", carrier.by, carrier.name));
        let how: Vec<String> = clause
            .kinds
            .iter()
            .map(|kind| (*kind).to_owned())
            .chain(carriers)
            .collect();
        println!("{}\t{:?}\t{}", clause.id, clause.standing, how.join(", "));
    }
    let [enforced, carried, pending] = [Standing::Enforced, Standing::Carried, Standing::Pending]
        .map(|standing| coverage.count(standing));
    println!(
        "{}：{} 条，计算 {enforced}，承载 {carried}，尚待 {pending}\n",
        book.name,
        coverage.clauses.len()
    );
}

fn sorted(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<_>> = std::fs::read_dir(dir)?.collect();
    let mut paths: Vec<PathBuf> = entries?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}
