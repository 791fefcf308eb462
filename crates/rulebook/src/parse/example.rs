//! Worked examples (示例) as data; their sentences are read where they are executed.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::slots::number_of;
use super::table::{Page, Table, at};
use super::when::value_word;
use crate::model::{Example, Sort, Tally};

/// Reads all `[[example]]` of a clause file.
pub fn examples(root: &mut Table<'_>) -> Vec<Example> {
    root.tables("example").into_iter().filter_map(example).collect()
}

fn example(mut table: Table<'_>) -> Option<Example> {
    let name = table.need("name");
    if !table.has("covers") {
        table.missing("covers");
    }
    let settings = table.values("settings");
    for (setting, _) in &settings {
        table.page.note_use(Sort::Setting(""), &setting.value, setting.span.clone());
    }
    let read = Example {
        name: at(0..0, ""),
        covers: table.texts("covers"),
        example: table.plains("example"),
        given: attributes(&mut table, "given"),
        settings: settings.into_iter().map(|(setting, value)| (setting.value, value.value)).collect(),
        happens: table.texts("happens"),
        as_of: table.moment_text("as_of"),
        tally: tally(&mut table),
        period: table.moment_text("period"),
        expect: table.texts("expect"),
    };
    if !table.has("expect") {
        table.missing("expect");
    }
    table.page.take_written();
    table.finish();
    Some(Example { name: name?, ..read })
}

/// Attribute words with values that fit them.
fn attributes(table: &mut Table<'_>, key: &'static str) -> BTreeMap<String, String> {
    let page = table.page;
    let mut found = BTreeMap::new();
    for (word, value) in table.values(key) {
        let word = page.word(word, &[Sort::Attribute]).value;
        let known = page.words.attribute(&word).map(|place| &page.words.attributes[place]);
        let value = value_word(page, value, known);
        found.insert(word, value);
    }
    found
}

fn tally(table: &mut Table<'_>) -> Option<Tally> {
    let mut tally = table.table("tally")?;
    let of = tally.need_word("of", Sort::Fact);
    if !tally.has("total") {
        tally.missing("total");
    }
    let total = tally.integer("total");
    let given = attributes(&mut tally, "given");
    let done = attributes(&mut tally, "done");
    let on_day = days(&mut tally);
    let by = tally.plain_words("by", Sort::Post);
    let date = tally.date("date");
    tally.finish();
    Some(Tally { of: of?.value, total: total?, given, on_day, done, by, date })
}

/// `{ 1 = 60, 2 = 39 }`.
fn days(table: &mut Table<'_>) -> BTreeMap<i64, i64> {
    let mut days = BTreeMap::new();
    let Some(on_day) = table.table("on_day") else {
        return days;
    };
    for (day, value) in on_day.all() {
        let number = day.value.parse::<i64>();
        match (number, number_of(value.get_ref())) {
            (Ok(day), Some(done)) => {
                days.insert(day, done);
            }
            _ => on_day.page.error_with(day.span, "`on_day` 看不懂", "写成 { 第几天 = 件数 }，如 { 1 = 60, 2 = 39 }"),
        }
    }
    days
}

/// Reads all `[[not_executed]]`.
pub fn not_executed(root: &mut Table<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for mut table in root.tables("not_executed") {
        let names = table.texts("example");
        let why = table.need("why");
        if names.is_empty() {
            table.missing("example");
        }
        table.finish();
        if let Some(why) = why {
            found.extend(names.into_iter().map(|name| (name.value, why.value.clone())));
        }
    }
    found
}

/// The `[alias]` table of a book's `words.toml`.
pub fn aliases(page: &Page<'_>, root: &mut Table<'_>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let Some(table) = root.table("alias") else {
        return found;
    };
    let words = page.words;
    for (wording, value) in table.all() {
        let DeValue::String(word) = value.get_ref() else {
            table.mistyped(&wording.value, value, "文字（加双引号）");
            continue;
        };
        let known = words.fact(word).is_some()
            || words.attribute(word).is_some()
            || words.post(word).is_some()
            || words.form(word).is_some()
            || words.attributes.iter().any(|attribute| attribute.value_id(word).is_some());
        if !known {
            page.error(value.span(), format!("`{word}` 不在词汇表里"));
        }
        found.insert(wording.value, word.to_string());
    }
    found
}
