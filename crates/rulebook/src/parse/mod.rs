//! Text to model (解析): all files of one rulebook, all problems at once.

mod anchor;
mod clause;
mod example;
mod head;
mod kinds;
pub mod phrase;
pub mod slots;
pub mod table;
#[cfg(test)]
mod tests;
mod when;
mod word;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use calendar::{Every, Span, parse_time};
use toml::de::DeTable;

use crate::model::{Book, Clause, SettingDeclaration};
use crate::problem::Problem;
use crate::words::Vocabulary;
use table::{Page, Table};

/// Reads the files of one rulebook: `book.toml`, its own `words.toml`, and one file for each clause.
///
/// `files` are (path, text); a path is `<book id>/<file>.toml`, so that the folder names the book. Rules that cannot be
/// read are left out and their numbers listed in `Book::refused`; what is wrong with them is in the problems.
pub fn parse_book(words: &Vocabulary, files: &[(&str, &str)]) -> (Book, Vec<Problem>) {
    let mut files: Vec<(&str, &str)> = files.to_vec();
    files.sort();
    let mut problems = Vec::new();
    let named = |name: &str| files.iter().find(|(path, _)| file_name(path) == name).copied();
    let folder = files.first().map_or("", |(path, _)| folder_name(path));
    let aliases = match named("words.toml") {
        Some((path, text)) => read_aliases(path, text, words, &mut problems),
        None => BTreeMap::new(),
    };
    let mut book = match named("book.toml") {
        Some((path, text)) => read_head(path, text, words, &mut problems),
        None => {
            let path = format!("{folder}/book.toml");
            problems.push(Problem::error(&path, 0..0, "缺少 book.toml"));
            Book { path, ..empty_book() }
        }
    };
    for (path, text) in &files {
        if ["book.toml", "words.toml"].contains(&file_name(path)) {
            continue;
        }
        let read = clause::clause(path, text, words, &aliases);
        problems.extend(read.problems);
        book.refused.extend(read.refused);
        book.clauses.extend(read.clause);
    }
    let order = |a: &Clause, b: &Clause| by_number(&a.number, &b.number).then(a.in_force.cmp(&b.in_force));
    book.clauses.sort_by(order);
    book.id = folder.to_owned();
    book.aliases = aliases;
    book.digest = digest(folder, &files);
    (book, problems)
}

/// The order of clause numbers: part by part, numbers as numbers (4.2.9 before 4.2.10).
pub fn by_number(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> Vec<(u64, String)> {
        let split = |part: &str| {
            let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            (part[..digits].parse().unwrap_or(u64::MAX), part[digits..].to_owned())
        };
        text.split(['.', '-', '(']).map(split).collect()
    };
    parts(a).cmp(&parts(b))
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn folder_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).nth(1).unwrap_or("")
}

/// blake3 over the book's id and path and text of every file, each with its length, in order of path. The id belongs to it: a
/// company may keep one text under two ids, and what is on file is found by its digest.
fn digest(id: &str, files: &[(&str, &str)]) -> String {
    let mut hasher = blake3::Hasher::new();
    let texts = files.iter().flat_map(|(path, text)| [file_name(path), text]);
    for part in std::iter::once(id).chain(texts) {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

fn empty_book() -> Book {
    Book {
        id: String::new(),
        name: String::new(),
        name_en: String::new(),
        edition: String::new(),
        governs: String::new(),
        document: String::new(),
        clauses_declared: 0,
        examples_declared: 0,
        settings: Vec::new(),
        readings: Vec::new(),
        aliases: BTreeMap::new(),
        clauses: Vec::new(),
        refused: Vec::new(),
        path: String::new(),
        declared_at: 0..0,
        digest: String::new(),
    }
}

fn read_aliases(path: &str, text: &str, words: &Vocabulary, problems: &mut Vec<Problem>) -> BTreeMap<String, String> {
    let none = BTreeMap::new();
    let page = Page::new(path, text, words, &none);
    let (root, errors) = DeTable::parse_recoverable(text);
    page.syntax(&errors);
    let mut table = Table::new(&page, root.get_ref(), 0..0);
    let aliases = example::aliases(&page, &mut table);
    table.finish();
    problems.extend(page.close().0);
    aliases
}

fn read_head(path: &str, text: &str, words: &Vocabulary, problems: &mut Vec<Problem>) -> Book {
    let none = BTreeMap::new();
    let page = Page::new(path, text, words, &none);
    let (root, errors) = DeTable::parse_recoverable(text);
    page.syntax(&errors);
    let mut table = Table::new(&page, root.get_ref(), 0..text.find('\n').unwrap_or(text.len()));
    let mut need = |key| table.need(key).map(|text| text.value).unwrap_or_default();
    let mut book = Book {
        name: need("name"),
        name_en: need("name_en"),
        edition: need("edition"),
        document: need("document"),
        governs: need("governs"),
        path: path.to_owned(),
        ..empty_book()
    };
    book.clauses_declared = table.need_count("clauses").unwrap_or(0);
    book.examples_declared = table.need_count("examples").unwrap_or(0);
    book.declared_at = table.place_of("clauses").unwrap_or(0..0);
    book.readings = clause::readings(&mut table);
    book.settings = table.tables("setting").into_iter().filter_map(setting).collect();
    table.finish();
    problems.extend(page.close().0);
    book
}

/// What a setting may be.
const UNITS: [(&str, &str); 10] = [
    ("span", "span"),
    ("time", "time"),
    ("share", "share"),
    ("number", "number"),
    ("day", "day"),
    ("every", "every"),
    ("flag", "flag"),
    ("choice", "choice"),
    ("money", "money"),
    ("post", "post"),
];

fn setting(mut table: Table<'_>) -> Option<SettingDeclaration> {
    let page = table.page;
    let name = table.need("name");
    if !table.has("unit") {
        table.missing("unit");
    }
    let unit = table.one_of("unit", &UNITS);
    if !table.has("default") {
        table.missing("default");
    }
    let default = table.take("default").and_then(table::as_text);
    let choices = table.plains("choices");
    let basis = table.plain("basis").unwrap_or_default();
    let stated = table.flag("stated").unwrap_or(false);
    if let (Some(unit), Some(default)) = (unit, &default)
        && let Err(forms) = fits(page, unit, &default.value, &choices)
    {
        let sentence = format!("默认值 `{}` 不合单位 {unit}", default.value);
        page.error_with(default.span.clone(), sentence, format!("可以写：{}", forms.replace('\n', "；")));
    }
    table.finish();
    let name = name?;
    Some(SettingDeclaration {
        span: name.span,
        name: name.value,
        default: default?.value,
        unit: unit?.to_owned(),
        choices,
        basis,
        stated,
    })
}

/// Whether a setting's value is of its unit; else the forms that would be, each on a line or parted by ；.
pub fn fits(page: &Page<'_>, unit: &str, value: &str, choices: &[String]) -> Result<(), String> {
    let value = if unit == "post" { page.resolve(value) } else { value };
    setting_fits(page.words, unit, value, choices)
}

/// Whether a value that a site writes for a setting is of the setting's unit; else the forms that would be. `text` takes
/// everything.
pub fn setting_fits(words: &Vocabulary, unit: &str, value: &str, choices: &[String]) -> Result<(), String> {
    let forms = |bad: calendar::BadPhrase| bad.forms.to_owned();
    match unit {
        "text" => Ok(()),
        "span" => Span::parse(value).map(drop).map_err(forms),
        "time" => parse_time(value).map(drop).map_err(forms),
        "every" => Every::parse(value).map(drop).map_err(forms),
        "share" if value == "未定" => Ok(()),
        "share" => phrase::share(value).map(drop).map_err(|bad| format!("{}；未定", bad.forms)),
        "number" => phrase::count(value).map(drop).map_err(forms),
        "day" => phrase::day(value).map(drop).map_err(forms),
        "money" => phrase::amount(value).map(drop).map_err(forms),
        "flag" if value == "是" || value == "否" => Ok(()),
        "flag" => Err("是；否".to_owned()),
        "post" if words.post(value).is_some() => Ok(()),
        "post" => Err("词汇表里的岗位".to_owned()),
        _ if choices.iter().any(|choice| choice == value) => Ok(()),
        _ => Err(choices.join("；")),
    }
}
