//! `cargo xtask tidy` (整理): what the compiler does not see. Every finding says where, what is wrong, and what to do.

mod acts;
mod arrows;
mod names;
mod purity;
mod sizes;
pub mod tree;
mod words;

use tree::sources;

use crate::books::Books;

/// One finding.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    path: String,
    line: usize,
    sentence: String,
}

impl Finding {
    fn new(path: &str, line: usize, sentence: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, sentence: sentence.into() }
    }
}

/// Runs every check. False when something was found.
pub fn run() -> anyhow::Result<bool> {
    let sources = sources()?;
    let mut findings = Vec::new();
    for source in &sources {
        sizes::check(source, &mut findings);
        names::check(source, &mut findings);
        purity::check(source, &mut findings);
        words::check(source, &mut findings);
        arrows::check_source(source, &mut findings);
    }
    arrows::check_manifests(&sources, &mut findings)?;
    acts::check(&Books::read()?, &sources, &mut findings)?;
    findings.sort();
    for finding in &findings {
        println!("{}:{}: {}", finding.path, finding.line, finding.sentence);
    }
    println!("xtask tidy: {} files, {} findings", sources.len(), findings.len());
    Ok(findings.is_empty())
}

/// Whether `word` stands in `line` with no letter, digit or underscore beside it.
fn has_word(line: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(place, _)| {
        let before = line[..place].chars().next_back();
        let after = line[place + word.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

/// Whether a letter is Chinese.
fn chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

#[cfg(test)]
type Check = fn(&tree::Source, &mut Vec<Finding>);

#[cfg(test)]
fn found_in(check: Check, path: &str, text: &str) -> Vec<(usize, String)> {
    let mut findings = Vec::new();
    check(&tree::Source { path: path.into(), text: text.into() }, &mut findings);
    findings.into_iter().map(|finding| (finding.line, finding.sentence)).collect()
}
