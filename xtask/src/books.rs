//! The rulebooks of the project as files (规程), parsed once for the tasks that look into them.

use std::path::Path;

use anyhow::{Context, ensure};
use rulebook::model::Book;
use rulebook::words::WORDS_FILE;
use rulebook::{Severity, Vocabulary, parse_book};

/// The vocabulary and every book of `rulebooks/`.
pub struct Books {
    /// The vocabulary.
    pub words: Vocabulary,
    /// The books by id.
    pub books: Vec<Book>,
}

impl Books {
    /// Reads them. Refuses a vocabulary with errors; what is wrong with a book is `rules check`'s to tell.
    pub fn read() -> anyhow::Result<Books> {
        let folder = crate::root().join("rulebooks");
        let (words, problems) = Vocabulary::parse(&text(&folder.join(WORDS_FILE))?);
        let wrong = problems.iter().find(|problem| problem.severity == Severity::Error);
        ensure!(wrong.is_none(), "rulebooks/{WORDS_FILE}: {}", wrong.map_or("", |problem| problem.sentence.as_str()));
        let mut books = Vec::new();
        for book in sorted(&folder)?.into_iter().filter(|path| path.join("book.toml").is_file()) {
            let id = name(&book);
            let mut files = Vec::new();
            for file in sorted(&book)?.into_iter().filter(|file| file.extension().is_some_and(|end| end == "toml")) {
                files.push((format!("{id}/{}", name(&file)), text(&file)?));
            }
            let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            books.push(parse_book(&words, &files).0);
        }
        Ok(Books { words, books })
    }
}

/// A text file.
pub fn text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn sorted(folder: &Path) -> anyhow::Result<Vec<std::path::PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}
