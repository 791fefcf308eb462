//! Words of the vocabulary that no rulebook uses (闲词), and rates whose yearly figure should be known.

use std::collections::BTreeSet;

use crate::model::{Book, Clause, Kind, Mechanism, Slot, Sort};
use crate::problem::Problem;
use crate::read_back::parts::share_text;
use crate::words::{Vocabulary, WORDS_FILE};

/// One note for each section of the vocabulary with words that neither rule nor example of `books` uses.
pub fn check(words: &Vocabulary, books: &[Book], problems: &mut Vec<Problem>) {
    let mut used: BTreeSet<(Sort, &str)> = BTreeSet::new();
    for clause in books.iter().flat_map(|book| &book.clauses) {
        used.extend(clause.uses.iter().map(|one| (one.sort, one.word.as_str())));
        for token in tokens(clause) {
            used.extend([Sort::Fact, Sort::Attribute, Sort::Post].map(|sort| (sort, token)));
        }
    }
    let sections = [(Sort::Fact, "事实"), (Sort::Attribute, "属性"), (Sort::Post, "岗位"), (Sort::Form, "单据")];
    for (sort, name) in sections {
        let mut unused = declared(words, sort);
        unused.retain(|(word, _)| !used.contains(&(sort, *word)));
        let Some((_, place)) = unused.first() else {
            continue;
        };
        let list: Vec<&str> = unused.iter().map(|(word, _)| *word).collect();
        let sentence = format!("{} 个{name}没有规程使用：{}", list.len(), list.join("、"));
        problems.push(Problem::note(WORDS_FILE, *place..*place, sentence));
    }
}

/// The words of a section and where each is declared.
fn declared(words: &Vocabulary, sort: Sort) -> Vec<(&str, usize)> {
    match sort {
        Sort::Fact => words.facts.iter().map(|word| (word.zh.as_str(), word.span.start)).collect(),
        Sort::Attribute => words.attributes.iter().map(|word| (word.zh.as_str(), word.span.start)).collect(),
        Sort::Post => words.posts.iter().map(|word| (word.zh.as_str(), word.span.start)).collect(),
        Sort::Form => words.forms.iter().map(|word| (word.zh.as_str(), word.span.start)).collect(),
        Sort::Setting(_) | Sort::Clause => Vec::new(),
    }
}

/// Words of the sentences of examples: facts, attributes before `=`, posts.
fn tokens(clause: &Clause) -> impl Iterator<Item = &str> {
    let sentences = clause.examples.iter().flat_map(|example| &example.happens);
    sentences
        .flat_map(|sentence| sentence.value.split([' ', '、']))
        .map(|word| word.split_once('=').map_or(word, |(name, _)| name))
}

/// A daily rate reads harmless; its yearly figure is told beside it.
pub fn yearly(book: &Book, problems: &mut Vec<Problem>) {
    for clause in &book.clauses {
        for rule in &clause.rules {
            let Kind::Formula(formula) = &rule.kind else {
                continue;
            };
            let Mechanism::Accrue { rate: Slot::Stated(parts), .. } = &formula.mechanism else {
                continue;
            };
            let year = share_text(parts.saturating_mul(365));
            let sentence = format!("`{}` 按天计，一年合 {year}", rule.id.value);
            let problem = Problem::note(&clause.path, rule.id.span.clone(), sentence);
            problems.push(problem.with_hint("封不封顶，宜写一条 [[reading]]"));
        }
    }
}
