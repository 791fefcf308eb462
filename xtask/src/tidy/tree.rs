//! The project's own files (源文件): read once, with what is test and what is not.

use std::path::Path;

use anyhow::Context;

/// One text file.
pub struct Source {
    /// Path below the root with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Folders that are not the project's own writing.
const SKIPPED: &[&str] = &["target", ".git", ".local"];
/// Endings that are read.
const READ: &[&str] = &["rs", "toml", "md", "css", "js", "sql", "sh", "html", "svg"];

/// Every text file of the project, in order of path.
pub fn sources() -> anyhow::Result<Vec<Source>> {
    let root = crate::root();
    let mut found = Vec::new();
    collect(&root, &root, &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            // A folder of data that somebody made here is no source.
            if !SKIPPED.contains(&name.as_str()) && !name.starts_with("huiyin-") {
                collect(root, &path, found)?;
            }
            continue;
        }
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if !READ.contains(&ending.as_str()) && folder != root.join(".ci") {
            continue;
        }
        let below = path.strip_prefix(root).unwrap_or(&path);
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let text = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        found.push(Source { path: parts.join("/"), text });
    }
    Ok(())
}

impl Source {
    /// Whether it is Rust.
    pub fn rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether the whole file is a test.
    pub fn test(&self) -> bool {
        let tests = self.path.contains("/tests/") || self.path.ends_with("tests.rs");
        tests || self.path.starts_with("crates/testbed/")
    }

    /// Lines before the tests at its end: number from 1, text.
    pub fn code(&self) -> Vec<(usize, &str)> {
        let mut lines = Vec::new();
        let mut marked = false;
        for (place, line) in self.text.lines().enumerate() {
            if marked && line.starts_with("mod ") && line.ends_with('{') {
                lines.pop();
                break;
            }
            marked = line == "#[cfg(test)]";
            lines.push((place + 1, line));
        }
        lines
    }

    /// Code lines without comments. Strings keep their content; `//` inside a string of an address is kept too.
    pub fn statements(&self) -> Vec<(usize, &str)> {
        let code = self.code().into_iter().filter(|(_, line)| !line.trim_start().starts_with("//"));
        code.map(|(number, line)| (number, without_comment(line))).collect()
    }
}

/// The line up to a `//` that is neither inside a string nor part of an address.
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let mut before = ' ';
    let mut letters = line.char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        match letter {
            '"' if before != '\\' && before != '\'' => quoted = !quoted,
            '/' if !quoted && letters.peek().is_some_and(|(_, next)| *next == '/') => return &line[..place],
            _ => {}
        }
        before = letter;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source { path: "crates/x/src/a.rs".into(), text: text.into() }
    }

    #[test]
    fn tests_at_the_end_are_no_code() {
        let text = "//! A.\nfn a() {}\n\n#[cfg(test)]\nmod tests {\n    1.5\n}\n";
        let source_of_tests = source(text);
        let lines: Vec<&str> = source_of_tests.code().into_iter().map(|(_, line)| line).collect();
        assert_eq!(lines, ["//! A.", "fn a() {}", ""]);
        let kept = source("#[cfg(test)]\nmod tests;\nfn b() {}\n");
        assert_eq!(kept.code().len(), 3);
    }

    #[test]
    fn comments_are_cut_and_addresses_are_not() {
        let text = "let a = 1; // 2.5\n// f64\nlet b = \"http://x\";\n";
        let source = source(text);
        let lines: Vec<&str> = source.statements().into_iter().map(|(_, line)| line).collect();
        assert_eq!(lines, ["let a = 1; ", "let b = \"http://x\";"]);
    }
}
