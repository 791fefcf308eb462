//! Words of the vocabulary in a rule (词): aliases replaced, unknown words reported with the nearest known one.

use std::ops::Range;

use calendar::BadPhrase;

use super::table::{Page, Table};
use crate::model::{At, Sort};
use crate::nearest::nearest;
use crate::problem::Problem;

impl<'a> Page<'a> {
    /// The vocabulary's word for what the book wrote.
    pub fn resolve<'w>(&'w self, word: &'w str) -> &'w str {
        self.aliases.get(word).map_or(word, String::as_str)
    }

    /// A word of one of `sorts`: an alias is replaced, an unknown word reported (and kept as written).
    pub fn word(&self, written: At<String>, sorts: &[Sort]) -> At<String> {
        let word = self.resolve(written.value.trim()).to_owned();
        match sorts.iter().find(|sort| self.knows(**sort, &word)) {
            Some(sort) => self.note_use(*sort, &word, written.span.clone()),
            None => self.unknown_word(&written, &word, sorts),
        }
        At { value: word, span: written.span }
    }

    /// A word that may be a fact or a post, and is free otherwise; a slip of the pen is pointed out.
    pub fn fact_or_words(&self, written: At<String>) -> At<String> {
        if self.knows(Sort::Fact, self.resolve(written.value.trim())) {
            return self.word(written, &[Sort::Fact]);
        }
        if self.knows(Sort::Post, self.resolve(written.value.trim())) {
            return self.word(written, &[Sort::Post]);
        }
        let facts = self.words.facts.iter().map(|fact| fact.zh.as_str());
        if let Some(near) = nearest(&written.value, facts).filter(|near| near.chars().count() > 3) {
            let sentence = format!("`{}` 不是词汇表里的事实，按普通文字处理", written.value);
            let problem = Problem::warning(self.file, written.span.clone(), sentence);
            self.report(problem.with_hint(format!("最接近的事实是 `{near}`")));
        }
        written
    }

    /// A form, or words for a record that is none.
    pub fn form_or_words(&self, written: At<String>) -> At<String> {
        let known = self.knows(Sort::Form, self.resolve(written.value.trim()));
        if known { self.word(written, &[Sort::Form]) } else { written }
    }

    /// A post, or words for a place that is none.
    pub fn post_or_words(&self, written: At<String>) -> At<String> {
        let known = self.knows(Sort::Post, self.resolve(written.value.trim()));
        if known { self.word(written, &[Sort::Post]) } else { written }
    }

    fn knows(&self, sort: Sort, word: &str) -> bool {
        match sort {
            Sort::Fact => self.words.fact(word).is_some(),
            Sort::Attribute => self.words.attribute(word).is_some(),
            Sort::Post => self.words.post(word).is_some(),
            Sort::Form => self.words.form(word).is_some(),
            Sort::Setting(_) | Sort::Clause => true,
        }
    }

    fn unknown_word(&self, written: &At<String>, word: &str, sorts: &[Sort]) {
        let names: Vec<&str> = sorts.iter().map(|sort| sort_zh(*sort)).collect();
        let sentence = format!("`{word}` 不是词汇表里的{}", names.join("或"));
        let others = [Sort::Fact, Sort::Attribute, Sort::Post, Sort::Form];
        let hint = match others.iter().find(|sort| self.knows(**sort, word)) {
            Some(other) => format!("它是{}", sort_zh(*other)),
            None => match nearest(word, sorts.iter().flat_map(|sort| self.list(*sort))) {
                Some(near) => format!("最接近的是 `{near}`"),
                None => format!("先在词汇表登记为 [[{}]]", sorts.first().map_or("fact", |sort| section(*sort))),
            },
        };
        self.error_with(written.span.clone(), sentence, hint);
    }

    fn list(&self, sort: Sort) -> Vec<&str> {
        match sort {
            Sort::Fact => self.words.facts.iter().map(|word| word.zh.as_str()).collect(),
            Sort::Attribute => self.words.attributes.iter().map(|word| word.zh.as_str()).collect(),
            Sort::Post => self.words.posts.iter().map(|word| word.zh.as_str()).collect(),
            Sort::Form => self.words.forms.iter().map(|word| word.zh.as_str()).collect(),
            Sort::Setting(_) | Sort::Clause => Vec::new(),
        }
    }

    /// A phrase that no form fits.
    pub fn bad_phrase(&self, span: Range<usize>, key: &str, bad: &BadPhrase) {
        let sentence = format!("`{key}` 看不懂 `{}`", bad.written);
        self.error_with(span, sentence, format!("可以写：{}", bad.forms.replace('\n', "；")));
    }
}

fn sort_zh(sort: Sort) -> &'static str {
    match sort {
        Sort::Fact => "事实",
        Sort::Attribute => "属性",
        Sort::Post => "岗位",
        Sort::Form => "单据",
        Sort::Setting(_) => "设置",
        Sort::Clause => "条款",
    }
}

fn section(sort: Sort) -> &'static str {
    match sort {
        Sort::Attribute => "attribute",
        Sort::Post => "post",
        Sort::Form => "form",
        _ => "fact",
    }
}

impl<'a> Table<'a> {
    /// One word of `sort`.
    pub fn word(&mut self, key: &'static str, sort: Sort) -> Option<At<String>> {
        self.text(key).map(|text| self.page.word(text, &[sort]))
    }

    /// One word of `sort` that must be there.
    pub fn need_word(&mut self, key: &'static str, sort: Sort) -> Option<At<String>> {
        self.need(key).map(|text| self.page.word(text, &[sort]))
    }

    /// One word of `sort`, without its place.
    pub fn plain_word(&mut self, key: &'static str, sort: Sort) -> Option<String> {
        self.word(key, sort).map(|word| word.value)
    }

    /// Words of `sort`.
    pub fn words(&mut self, key: &'static str, sort: Sort) -> Vec<At<String>> {
        self.texts(key).into_iter().map(|text| self.page.word(text, &[sort])).collect()
    }

    /// Words of `sort`, at least one.
    pub fn need_words(&mut self, key: &'static str, sort: Sort) -> Option<Vec<At<String>>> {
        if !self.has(key) {
            self.missing(key);
        }
        let words = self.words(key, sort);
        (!words.is_empty()).then_some(words)
    }

    /// Words of `sort`, without their places.
    pub fn plain_words(&mut self, key: &'static str, sort: Sort) -> Vec<String> {
        self.words(key, sort).into_iter().map(|word| word.value).collect()
    }
}
