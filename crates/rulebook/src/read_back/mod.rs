//! Read back (读回): what a rule says, in Chinese or English, told from the model alone, never from its summary.

mod acts_en;
mod acts_zh;
mod en;
pub(crate) mod parts;
#[cfg(test)]
mod tests;
mod zh;

use std::collections::BTreeMap;

use crate::model::{Book, Clause, Reading, Rule, SettingDeclaration};
use crate::words::Vocabulary;

/// Language of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 中文.
    Chinese,
    /// English; what the rulebook states only in Chinese stays Chinese.
    English,
}

/// Reads rules back. Holds the vocabulary, the declared settings, and what a site has set.
pub struct ReadBack<'a> {
    words: &'a Vocabulary,
    settings: BTreeMap<&'a str, &'a SettingDeclaration>,
    chosen: Option<&'a BTreeMap<String, String>>,
    lang: Lang,
}

impl<'a> ReadBack<'a> {
    /// For rules of `books`; settings are read with their defaults.
    pub fn new(words: &'a Vocabulary, books: &'a [Book], lang: Lang) -> ReadBack<'a> {
        let settings = books.iter().flat_map(|book| &book.settings);
        let settings = settings.map(|setting| (setting.name.as_str(), setting)).collect();
        ReadBack { words, settings, chosen: None, lang }
    }

    /// The same, with the settings that a site has chosen (name → value as written).
    pub fn with_chosen(mut self, chosen: &'a BTreeMap<String, String>) -> ReadBack<'a> {
        self.chosen = Some(chosen);
        self
    }

    /// A clause: its number, then one sentence for each rule, then its readings.
    pub fn clause(&self, clause: &Clause) -> Vec<String> {
        let mut lines = vec![match self.lang {
            Lang::Chinese => format!("{} {}", clause.number, clause.title),
            Lang::English => format!("Clause {}", clause.number),
        }];
        lines.extend(clause.rules.iter().map(|rule| format!("{} {}", rule.id.value, self.rule(rule))));
        lines.extend(clause.readings.iter().map(|reading| self.reading(reading)));
        lines
    }

    /// One sentence.
    pub fn rule(&self, rule: &Rule) -> String {
        match self.lang {
            Lang::Chinese => self.rule_zh(rule),
            Lang::English => self.rule_en(rule),
        }
    }

    /// A reading, and whether anybody confirmed it. Its words are the rulebook's, in either language.
    pub fn reading(&self, reading: &Reading) -> String {
        let Reading { words, means, basis, rival, setting, confirmed } = reading;
        let zh = self.lang == Lang::Chinese;
        let mut notes = Vec::new();
        notes.push(match confirmed {
            Some(who) if zh => format!("{who} 已确认"),
            Some(who) => format!("confirmed: {who}"),
            None if zh => "待确认".to_owned(),
            None => "to be confirmed".to_owned(),
        });
        let pairs =
            [(basis, "依据", "basis"), (rival, "另一读法", "other reading"), (setting, "由设置切换", "setting")];
        for (text, label_zh, label_en) in pairs {
            if let Some(text) = text {
                notes.push(if zh { format!("{label_zh}：{text}") } else { format!("{label_en}: {text}") });
            }
        }
        match self.lang {
            Lang::Chinese => format!("读法：“{words}”指{means}（{}）", notes.join("；")),
            Lang::English => format!("Reading: “{words}”: {means} ({})", notes.join("; ")),
        }
    }
}

/// Reads a clause back with the defaults of its own book's settings.
pub fn read_clause(clause: &Clause, book: &Book, words: &Vocabulary, lang: Lang) -> Vec<String> {
    ReadBack::new(words, std::slice::from_ref(book), lang).clause(clause)
}
