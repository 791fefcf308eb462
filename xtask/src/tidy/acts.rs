//! Acts and facts (动作与事实): what the office can do and what rulebooks speak of are one vocabulary, and every fact that a
//! rulebook waits for can happen, or is pending on a capability to come, never both.

use std::collections::{BTreeMap, BTreeSet};

use rulebook::model::Sort;

use super::Finding;
use super::tree::Source;
use crate::books::Books;

/// Compares the catalogue of acts, the vocabulary, the rulebooks and the announced capabilities.
pub fn check(books: &Books, sources: &[Source], findings: &mut Vec<Finding>) -> anyhow::Result<()> {
    let words = &books.words;
    let facts = books.words.facts.iter().map(|fact| (fact.zh.as_str(), fact.id.as_str()));
    let facts: BTreeMap<&str, &str> = facts.collect();
    let ids: BTreeSet<&str> = facts.values().copied().collect();
    let acts: BTreeSet<&str> =
        office::act::catalogue().map(|act| act.id).chain(office::period::ACTS.iter().copied()).collect();
    for act in acts.difference(&ids) {
        findings.push(Finding::new("rulebooks/words.toml", 1, format!("the act `{act}` is no fact: declare it")));
    }
    let office: Vec<&Source> = sources.iter().filter(|source| source.path.starts_with("crates/office/src/")).collect();
    let made = |id: &str| {
        let literal = format!("\"{id}\"");
        office.iter().any(|source| source.code().iter().any(|(_, line)| line.contains(&literal)))
    };
    for book in &books.books {
        for clause in &book.clauses {
            for used in clause.uses.iter().filter(|used| used.sort == Sort::Fact) {
                let Some(id) = facts.get(used.word.as_str()) else { continue };
                if !made(id) && words.pending(&used.word).is_none() {
                    let line = clause.text[..used.span.start.min(clause.text.len())].matches('\n').count() + 1;
                    let sentence = format!(
                        "nothing makes `{}` ({id}) happen: give it an act, or say what it is pending on",
                        used.word
                    );
                    findings.push(Finding::new(&format!("rulebooks/{}", clause.path), line, sentence));
                }
            }
        }
    }
    for fact in words.facts.iter().filter(|fact| fact.pending.is_some() && made(&fact.id)) {
        let sentence = format!("`{}` can happen already: it is not pending", fact.id);
        findings.push(Finding::new("rulebooks/words.toml", 1, sentence));
    }
    Ok(())
}
