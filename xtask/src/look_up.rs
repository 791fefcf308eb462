//! `cargo xtask where <词>` (在哪里): a word of the trade from rulebook to page.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use crate::books::Books;
use crate::tidy::tree::{Source, sources};

/// Lines shown of one file at most.
const LINES: usize = 3;

/// Show where a word of the trade lives
#[derive(Args)]
pub struct Arguments {
    /// A word or a part of it, Chinese or English: 回访, follow_up
    word: String,
}

/// Part of the house, and which files belong to it, the first that fits.
const PARTS: &[(&str, fn(&str) -> bool)] = &[
    ("tests and stories", |path| path.contains("/tests/") || path.ends_with("tests.rs") || path.contains("/stories/")),
    ("office (what may happen)", |path| path.starts_with("crates/office/")),
    ("views and reads", |path| path.starts_with("crates/journal/")),
    ("pages", |path| path.starts_with("crates/web/")),
    ("in and out", |path| path.starts_with("crates/courier/")),
    ("other code", |path| path.starts_with("crates/")),
    ("documents", |path| path.ends_with(".md")),
];

/// Prints vocabulary entries, clauses and code places. False when the word is nowhere.
pub fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let books = Books::read()?;
    let word = arguments.word.as_str();
    let entries = entries(&books, word);
    println!("words (rulebooks/words.toml)");
    for (id, zh, en, what) in &entries {
        println!("  {zh}  {id}  {en}  [{what}]");
    }
    let names: BTreeSet<&str> = entries.iter().map(|(_, zh, _, _)| zh.as_str()).collect();
    let clauses = clauses(&books, word, &names);
    println!("\nclauses");
    for line in &clauses {
        println!("  {line}");
    }
    let mut needles: BTreeSet<&str> = entries.iter().map(|(id, ..)| id.as_str()).collect();
    needles.insert(word);
    let places = places(&sources()?, &needles);
    for (part, _) in PARTS {
        let Some(lines) = places.get(part) else { continue };
        println!("\n{part}");
        for line in lines {
            println!("  {line}");
        }
    }
    let found = !(entries.is_empty() && clauses.is_empty() && places.is_empty());
    if !found {
        println!("\n{word} is nowhere. Words are declared in rulebooks/words.toml.");
    }
    Ok(found)
}

/// Entries of the vocabulary that contain the word: id, Chinese, English, sort.
fn entries(books: &Books, word: &str) -> Vec<(String, String, String, &'static str)> {
    let words = &books.words;
    let facts = words.facts.iter().map(|it| (&it.id, &it.zh, &it.en, "fact"));
    let attributes = words.attributes.iter().map(|it| (&it.id, &it.zh, &it.en, "attribute"));
    let posts = words.posts.iter().map(|it| (&it.id, &it.zh, &it.en, "post"));
    let forms = words.forms.iter().map(|it| (&it.id, &it.zh, &it.en, "form"));
    let all = facts.chain(attributes).chain(posts).chain(forms);
    all.filter(|(id, zh, en, _)| [id, zh, en].into_iter().any(|text| text.contains(word)))
        .map(|(id, zh, en, sort)| (id.clone(), zh.clone(), en.clone(), sort))
        .collect()
}

/// Clauses that use one of the words, or say the word in title or summary.
fn clauses(books: &Books, word: &str, names: &BTreeSet<&str>) -> Vec<String> {
    let mut found = Vec::new();
    for book in &books.books {
        for clause in &book.clauses {
            let said = clause.title.contains(word) || clause.summary.value.contains(word);
            let used = clause.uses.iter().any(|one| names.contains(one.word.as_str()));
            if said || used {
                found.push(format!("rulebooks/{}  {}", clause.path, clause.title));
            }
        }
    }
    found
}

/// Lines of code and documents that name one of the needles, by part of the house.
fn places(sources: &[Source], needles: &BTreeSet<&str>) -> BTreeMap<&'static str, Vec<String>> {
    let mut found: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.path.ends_with(".toml")) {
        let Some((part, _)) = PARTS.iter().find(|(_, belongs)| belongs(&source.path)) else { continue };
        let hit = |line: &&str| needles.iter().any(|needle| line.contains(needle));
        let lines: Vec<usize> =
            source.text.lines().enumerate().filter(|(_, line)| hit(line)).map(|(place, _)| place + 1).collect();
        if let Some(first) = lines.first() {
            let more: Vec<String> = lines.iter().skip(1).take(LINES - 1).map(usize::to_string).collect();
            let more = if more.is_empty() { String::new() } else { format!(", {}", more.join(", ")) };
            let rest = if lines.len() > LINES { format!(" … {} lines", lines.len()) } else { String::new() };
            found.entry(part).or_default().push(format!("{}:{first}{more}{rest}", source.path));
        }
    }
    found
}
