//! The sample rulebook of the tests (示例规程), read from `tests/sample`.

use crate::model::Book;
use crate::parse::parse_book;
use crate::words::Vocabulary;

/// Its files.
pub const FILES: [(&str, &str); 8] = [
    ("sample/book.toml", include_str!("../tests/sample/sample/book.toml")),
    ("sample/words.toml", include_str!("../tests/sample/sample/words.toml")),
    ("sample/4.2.toml", include_str!("../tests/sample/sample/4.2.toml")),
    ("sample/4.6.toml", include_str!("../tests/sample/sample/4.6.toml")),
    ("sample/4.7.toml", include_str!("../tests/sample/sample/4.7.toml")),
    ("sample/5.3.toml", include_str!("../tests/sample/sample/5.3.toml")),
    ("sample/6.4.toml", include_str!("../tests/sample/sample/6.4.toml")),
    ("sample/8.5.toml", include_str!("../tests/sample/sample/8.5.toml")),
];

/// Its vocabulary.
pub fn words() -> Vocabulary {
    let (words, problems) = Vocabulary::parse(include_str!("../tests/sample/words.toml"));
    assert!(problems.is_empty(), "{problems:?}");
    words
}

/// The book, without a problem.
pub fn book(words: &Vocabulary) -> Book {
    let (book, problems) = parse_book(words, &FILES);
    assert!(problems.is_empty(), "{problems:?}");
    book
}

/// The files with one passage of one of them replaced, which must stand there once.
pub fn with(file: &str, old: &str, new: &str) -> Vec<(&'static str, String)> {
    let change = |(path, text): (&'static str, &str)| {
        if path.strip_prefix("sample/") != Some(file) {
            return (path, text.to_owned());
        }
        assert_eq!(text.matches(old).count(), 1, "{file}: {old}");
        (path, text.replace(old, new))
    };
    FILES.into_iter().map(change).collect()
}
