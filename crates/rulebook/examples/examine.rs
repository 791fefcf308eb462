//! Executes the worked examples of rulebooks on disk (执行示例): `cargo run -p huiyin-rulebook --example examine -- [DIR]
//! [BOOK …]` with `--mutate` to change each number by one and see that an example notices.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use calendar::{Calendar, Zone};
use rulebook::{Examiner, Vocabulary, parse_book};

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mutate = arguments.iter().any(|argument| argument == "--mutate");
    arguments.retain(|argument| !argument.starts_with("--"));
    let (dir, wanted) = match arguments.split_first() {
        Some((first, rest)) if Path::new(first).is_dir() => (PathBuf::from(first), rest.to_vec()),
        _ => (PathBuf::from("rulebooks"), arguments),
    };
    let mut texts = BTreeMap::new();
    let (words, mut problems) = Vocabulary::parse(&read(&dir.join("words.toml")));
    let mut books = Vec::new();
    for folder in sorted(&dir) {
        let id = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !folder.is_dir() || !(wanted.is_empty() || wanted.contains(&id)) {
            continue;
        }
        let files: Vec<(String, String)> = sorted(&folder)
            .iter()
            .map(|path| (format!("{id}/{}", path.file_name().unwrap_or_default().to_string_lossy()), read(path)))
            .collect();
        let pairs: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let (book, found) = parse_book(&words, &pairs);
        problems.extend(found);
        books.push(book);
        texts.extend(files);
    }
    let years: Vec<String> = sorted(&dir.join("../calendars/cn")).iter().map(|path| read(path)).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    let calendar = Calendar::of_years(&years).expect("the calendars can be read");
    let zone = Zone::shanghai();
    let examiner = Examiner::new(&words, &books, &calendar, &zone);
    problems.extend(examiner.examine());
    if mutate {
        let mutation = examiner.mutate();
        println!("{} 处改动，{} 处没有示例发现", mutation.tried, mutation.survivors.len());
        problems.extend(mutation.survivors);
    }
    for problem in &problems {
        println!("{}\n", problem.render(texts.get(&problem.file).map_or("", String::as_str)));
    }
    let examples: usize = books.iter().flat_map(|book| &book.clauses).map(|clause| clause.examples.len()).sum();
    println!("{examples} 个示例，{} 个问题", problems.len());
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn sorted(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths
}
