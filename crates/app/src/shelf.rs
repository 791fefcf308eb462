//! The texts that a command works on (书架): those in the binary, or those of a folder; parsed once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use calendar::Calendar;
use rulebook::model::{Book, Clause, Rule};
use rulebook::words::WORDS_FILE;
use rulebook::{Problem, Severity, Vocabulary, parse_book};

use crate::shipped;

/// Texts by path below `rulebooks/`.
pub type Texts = BTreeMap<String, String>;

/// Rulebooks with the texts that they were read from.
pub struct Shelf {
    /// Every text by its path below the rulebooks folder: `followup-9/4.1.toml`.
    pub texts: Texts,
    /// The vocabulary.
    pub words: Vocabulary,
    /// The books by id.
    pub books: Vec<Book>,
    /// What is wrong with the texts. A rule with a mistake stands in no book.
    pub problems: Vec<Problem>,
}

/// The texts in the binary, or those of `folder`.
pub fn texts(folder: Option<&Path>) -> anyhow::Result<Texts> {
    let Some(folder) = folder else {
        return Ok(shipped::RULEBOOKS.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect());
    };
    let mut texts = Texts::new();
    let words = folder.join(WORDS_FILE);
    texts.insert(WORDS_FILE.to_owned(), read(&words)?);
    for path in sorted(folder)?.into_iter().filter(|path| path.is_dir()) {
        let id = name(&path);
        if !path.join("book.toml").is_file() {
            continue;
        }
        for file in sorted(&path)?.into_iter().filter(|file| file.extension().is_some_and(|end| end == "toml")) {
            texts.insert(format!("{id}/{}", name(&file)), read(&file)?);
        }
    }
    if texts.len() == 1 {
        bail!("{} 里没有规程：每部规程是一个文件夹，里面有 book.toml", folder.display());
    }
    Ok(texts)
}

/// The calendar of the binary: every year with a notice on file.
pub fn calendar() -> anyhow::Result<Calendar> {
    let years: Vec<&str> = shipped::CALENDARS.iter().map(|(_, text)| *text).collect();
    Calendar::of_years(&years).context("内嵌的日历读不进来")
}

impl Shelf {
    /// Parses the texts: everything, or only the books of these ids. Refuses an id that no folder has.
    pub fn of(texts: Texts, wanted: &[String]) -> anyhow::Result<Shelf> {
        let words = texts.get(WORDS_FILE).map_or("", String::as_str);
        let (words, mut problems) = Vocabulary::parse(words);
        let mut folders: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for (path, text) in &texts {
            if let Some((id, _)) = path.split_once('/') {
                folders.entry(id).or_default().push((path, text));
            }
        }
        if let Some(unknown) = wanted.iter().find(|id| !folders.contains_key(id.as_str())) {
            let known: Vec<&str> = folders.keys().copied().collect();
            bail!("没有规程 {unknown}。现有：{}", known.join("、"));
        }
        let broken = problems.iter().any(|problem| problem.severity == Severity::Error);
        let mut books = Vec::new();
        for (id, files) in &folders {
            // Without a vocabulary every word of every book would be unknown.
            if broken || !(wanted.is_empty() || wanted.iter().any(|one| one == id)) {
                continue;
            }
            let (book, found) = parse_book(&words, files);
            problems.extend(found);
            books.push(book);
        }
        Ok(Shelf { texts, words, books, problems })
    }

    /// The text that a problem points into.
    pub fn text_of(&self, problem: &Problem) -> &str {
        self.texts.get(&problem.file).map_or("", String::as_str)
    }

    /// The clauses and rules that a person names: `4.2.3`, `4.2.3f`, `complaint-instruction/4.2.3f`, or a book's id.
    /// A clause is found by its own number or by that of one of its rules. Refuses a name that finds nothing.
    pub fn named(&self, name: &str) -> anyhow::Result<Vec<Named<'_>>> {
        let (book, number) = match name.split_once('/') {
            Some((book, number)) => (Some(book), number),
            None if self.books.iter().any(|book| book.id == name) => (Some(name), ""),
            None => (None, name),
        };
        let mut found = Vec::new();
        for book in self.books.iter().filter(|one| book.is_none_or(|book| one.id == book)) {
            for clause in &book.clauses {
                if number.is_empty() || clause.number == number {
                    found.push(Named { book, clause, rule: None });
                    continue;
                }
                let rules = clause.rules.iter().filter(|rule| rule.id.value == number);
                found.extend(rules.map(|rule| Named { book, clause, rule: Some(rule) }));
            }
        }
        if found.is_empty() {
            bail!("找不到条款 {name}。写法：规程/条款，例如 complaint-instruction/4.2.3f；huiyin rules list 列出规程");
        }
        Ok(found)
    }
}

/// A clause, or one of its rules.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    /// Its book.
    pub book: &'a Book,
    /// The clause.
    pub clause: &'a Clause,
    /// The rule; none is the whole clause.
    pub rule: Option<&'a Rule>,
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("读不了 {}", path.display()))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn sorted(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("读不了文件夹 {}", folder.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.with_context(|| format!("读不了文件夹 {}", folder.display()))?.path());
    }
    paths.sort();
    Ok(paths)
}
