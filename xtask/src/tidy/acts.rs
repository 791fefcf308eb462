//! Acts and facts (动作与事实): what the office can do and what rulebooks speak of are one vocabulary, and every fact that a
//! rulebook waits for can happen, or belongs to a capability that is announced.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use rulebook::model::Sort;
use serde::Deserialize;

use super::Finding;
use super::tree::Source;
use crate::books::{Books, text};

/// The announced capabilities.
const PENDING: &str = "rulebooks/pending.toml";

/// `rulebooks/pending.toml`: capability → facts that it will bring.
#[derive(Deserialize)]
struct Pending {
    capability: BTreeMap<String, Capability>,
}

#[derive(Deserialize)]
struct Capability {
    facts: Vec<String>,
}

/// Compares the catalogue of acts, the vocabulary, the rulebooks and the announced capabilities.
pub fn check(books: &Books, sources: &[Source], findings: &mut Vec<Finding>) -> anyhow::Result<()> {
    let pending: Pending = toml::from_str(&text(&crate::root().join(PENDING))?).context(PENDING)?;
    let facts = books.words.facts.iter().map(|fact| (fact.zh.as_str(), fact.id.as_str()));
    let facts: BTreeMap<&str, &str> = facts.collect();
    let ids: BTreeSet<&str> = facts.values().copied().collect();
    let acts: BTreeSet<&str> = office::act::catalogue().map(|act| act.id).collect();
    for act in acts.difference(&ids) {
        findings.push(Finding::new("rulebooks/words.toml", 1, format!("the act `{act}` is no fact: declare it")));
    }
    let office: Vec<&Source> = sources.iter().filter(|source| source.path.starts_with("crates/office/src/")).collect();
    let made = |id: &str| {
        let literal = format!("\"{id}\"");
        office.iter().any(|source| source.code().iter().any(|(_, line)| line.contains(&literal)))
    };
    let announced: BTreeMap<&str, &str> = pending
        .capability
        .iter()
        .flat_map(|(name, capability)| capability.facts.iter().map(|fact| (fact.as_str(), name.as_str())))
        .collect();
    for book in &books.books {
        for clause in &book.clauses {
            for used in clause.uses.iter().filter(|used| used.sort == Sort::Fact) {
                let Some(id) = facts.get(used.word.as_str()) else { continue };
                if !made(id) && !announced.contains_key(id) {
                    let line = clause.text[..used.span.start.min(clause.text.len())].matches('\n').count() + 1;
                    let sentence = format!(
                        "nothing makes `{}` ({id}) happen: give it an act, or announce its capability in {PENDING}",
                        used.word
                    );
                    findings.push(Finding::new(&format!("rulebooks/{}", clause.path), line, sentence));
                }
            }
        }
    }
    for (fact, capability) in &announced {
        let wrong = match (ids.contains(fact), made(fact)) {
            (false, _) => "is no fact of words.toml",
            (true, true) => "can happen already: take it off the list",
            (true, false) => continue,
        };
        findings.push(Finding::new(PENDING, 1, format!("`{fact}` of `{capability}` {wrong}")));
    }
    Ok(())
}
