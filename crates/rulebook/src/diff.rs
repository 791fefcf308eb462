//! Two editions of a book compared (版次比较): what changed, in words, told by the read-back.

use std::collections::BTreeMap;

use crate::model::{Book, Rule};
use crate::parse::by_number;
use crate::read_back::{Lang, ReadBack};
use crate::words::Vocabulary;

/// Which part of a book differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The rules of a register number.
    Rule,
    /// The readings of a clause.
    Reading,
    /// A setting.
    Setting,
}

/// How it differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// 新增.
    Added,
    /// 删去.
    Removed,
    /// 改动: it says something else.
    Changed,
    /// 改写: other words in the summary, the same rule.
    Reworded,
}

/// One difference between two editions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which part.
    pub part: Part,
    /// Register number, clause number, or name of the setting.
    pub place: String,
    /// How.
    pub change: Change,
    /// Sentences of the earlier edition.
    pub before: Vec<String>,
    /// Sentences of the later edition.
    pub after: Vec<String>,
}

impl Difference {
    /// The difference as one line.
    pub fn sentence(&self, lang: Lang) -> String {
        let zh = lang == Lang::Chinese;
        let (before, after) = (self.before.join(" "), self.after.join(" "));
        let place = &self.place;
        match (self.change, zh) {
            (Change::Added, true) => format!("{place} 新增：{after}"),
            (Change::Removed, true) => format!("{place} 删去：{before}"),
            (Change::Changed, true) => format!("{place} 改动：原为：{before} 现为：{after}"),
            (Change::Reworded, true) => {
                format!("{place} 改写（规则不变）：原为：{before} 现为：{after}")
            }
            (Change::Added, false) => format!("{place} added: {after}"),
            (Change::Removed, false) => format!("{place} removed: {before}"),
            (Change::Changed, false) => format!("{place} changed: from: {before} to: {after}"),
            (Change::Reworded, false) => {
                format!("{place} reworded, same rule: from: {before} to: {after}")
            }
        }
    }
}

/// What one place of a book says.
#[derive(Default, PartialEq, Eq)]
struct Said {
    rule: Vec<String>,
    summary: Vec<String>,
}

/// What differs between two editions of a book, in the order of their numbers. Sentences name settings with the defaults
/// of their own edition, so that a changed default shows at every rule that rests on it.
pub fn diff(old: &Book, new: &Book, words: &Vocabulary, lang: Lang) -> Vec<Difference> {
    let mut differences = Vec::new();
    compare(Part::Rule, rules(old, words, lang), rules(new, words, lang), &mut differences);
    compare(Part::Reading, readings(old, words, lang), readings(new, words, lang), &mut differences);
    compare(Part::Setting, settings(old), settings(new), &mut differences);
    differences.sort_by(|a, b| a.part.cmp(&b.part).then_with(|| by_number(&a.place, &b.place)));
    differences
}

fn rules(book: &Book, words: &Vocabulary, lang: Lang) -> BTreeMap<String, Said> {
    let reader = ReadBack::new(words, std::slice::from_ref(book), lang);
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    let all: Vec<&Rule> = book.clauses.iter().flat_map(|clause| &clause.rules).collect();
    for rule in all {
        let place = said.entry(rule.id.value.clone()).or_default();
        place.rule.push(reader.rule(rule));
        place.summary.push(rule.summary.clone());
    }
    said
}

fn readings(book: &Book, words: &Vocabulary, lang: Lang) -> BTreeMap<String, Said> {
    let reader = ReadBack::new(words, std::slice::from_ref(book), lang);
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    for clause in &book.clauses {
        for reading in &clause.readings {
            said.entry(clause.number.clone()).or_default().rule.push(reader.reading(reading));
        }
    }
    for reading in &book.readings {
        said.entry(book.name.clone()).or_default().rule.push(reader.reading(reading));
    }
    said
}

fn settings(book: &Book) -> BTreeMap<String, Said> {
    let one = |text: String| Said { rule: vec![text], summary: Vec::new() };
    book.settings.iter().map(|setting| (setting.name.clone(), one(setting.default.clone()))).collect()
}

fn compare(part: Part, old: BTreeMap<String, Said>, new: BTreeMap<String, Said>, differences: &mut Vec<Difference>) {
    let mut new = new;
    for (place, before) in old {
        let (change, before, after) = match new.remove(&place) {
            None => (Change::Removed, before.rule, Vec::new()),
            Some(after) if after.rule != before.rule => (Change::Changed, before.rule, after.rule),
            Some(after) if after.summary != before.summary => (Change::Reworded, before.summary, after.summary),
            Some(_) => continue,
        };
        differences.push(Difference { part, place, change, before, after });
    }
    for (place, after) in new {
        differences.push(Difference { part, place, change: Change::Added, before: Vec::new(), after: after.rule });
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::parse::parse_book;
    use crate::sample;

    fn changed(file: &str, old: &str, new: &str, lang: Lang) -> String {
        let words = sample::words();
        let files = sample::with(file, old, new);
        let pairs: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let (later, problems) = parse_book(&words, &pairs);
        assert!(problems.is_empty(), "{problems:?}");
        let differences = diff(&sample::book(&words), &later, &words, lang);
        differences.iter().map(|one| one.sentence(lang)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn nothing_changed_is_no_difference() {
        assert_eq!(changed("8.5.toml", "第 8.5 条", "第 8.5 节", Lang::Chinese), "");
    }

    #[test]
    fn changes_are_told_in_words() {
        let longer = changed("4.2.toml", "within  = \"4 小时\"", "within  = \"5 小时\"", Lang::Chinese);
        assert_snapshot!(longer, @r#"4.2a 改动：原为：“投诉受理”后，投诉类别为一类的，责任部门须在 4 小时内做到“投诉处理完毕”。 现为：“投诉受理”后，投诉类别为一类的，责任部门须在 5 小时内做到“投诉处理完毕”。"#);
        let renamed = changed("5.3.toml", "id      = \"5.3a\"", "id      = \"5.3c\"", Lang::English);
        assert_snapshot!(renamed, @r#"
5.3a removed: After “express mail signed for”, from Monday to Friday, the mail clerk must reach “delivered to the addressee” within 10 minutes.
5.3c added: After “express mail signed for”, from Monday to Friday, the mail clerk must reach “delivered to the addressee” within 10 minutes.
"#);
        let reworded = changed("8.5.toml", "\"当月费用次月底前交清\"", "\"费用最迟次月底交清\"", Lang::Chinese);
        assert_snapshot!(reworded, @r#"8.5a 改写（规则不变）：原为：当月费用次月底前交清 现为：费用最迟次月底交清"#);
        let default = changed("book.toml", "default = \"2 天\"", "default = \"1 天\"", Lang::Chinese);
        assert_snapshot!(default, @r#"
4.2d 改动：原为：“投诉受理”后，满“答复的上报期限”（默认 2 天）仍没有“答复投诉人”的，由客服主管上报最高管理者。 现为：“投诉受理”后，满“答复的上报期限”（默认 1 天）仍没有“答复投诉人”的，由客服主管上报最高管理者。
答复的上报期限 改动：原为：2 天 现为：1 天
"#);
        let reading = changed("4.7.toml", "含 500 元；", "不含 500 元；", Lang::Chinese);
        assert_snapshot!(reading, @r#"4.7 改动：原为：读法：“达到 500 元”指含 500 元；同一投诉多项损失合并计算（待确认） 现为：读法：“达到 500 元”指不含 500 元；同一投诉多项损失合并计算（待确认）"#);
    }
}
