//! Sizes and headers (篇幅): files, functions and lines that a reader can hold; a header that says what the file is.

use super::tree::Source;
use super::{Finding, chinese};

/// Lines of a file at most, tests apart.
const FILE: usize = 500;
/// Lines of a function at most.
const FUNCTION: usize = 70;
/// Letters of a line at most; markup and texts of pages are not broken by the formatter, hence not 120.
const LINE: usize = 140;

/// Checks one file.
pub fn check(source: &Source, findings: &mut Vec<Finding>) {
    let written = ["rs", "css", "js", "sql"].iter().any(|end| source.path.ends_with(&format!(".{end}")));
    if !written {
        return;
    }
    // Tests hold snapshots of what is shown, which cannot be broken; style sheets and scripts have a line a rule.
    for (place, line) in source.code() {
        if line.chars().count() > LINE && source.rust() && !source.test() {
            findings.push(Finding::new(&source.path, place, format!("more than {LINE} columns, break the line")));
        }
    }
    let lines = source.code().len();
    if lines > FILE && !source.test() {
        let sentence = format!("{lines} lines apart from tests, more than {FILE}: divide the file by nouns");
        findings.push(Finding::new(&source.path, FILE + 1, sentence));
    }
    if source.rust() && !source.test() {
        header(source, findings);
        functions(source, findings);
    }
}

fn header(source: &Source, findings: &mut Vec<Finding>) {
    let lines: Vec<&str> = source.text.lines().take_while(|line| line.starts_with("//!")).collect();
    if lines.is_empty() {
        findings.push(Finding::new(&source.path, 1, "no `//!` header: say in a sentence what the file is"));
    } else if !source.path.contains("/language/english/") && !lines.iter().any(|line| line.chars().any(chinese)) {
        let sentence = "the `//!` header has no Chinese word: name the thing as the trade does";
        findings.push(Finding::new(&source.path, 1, sentence));
    }
}

/// Functions are as long as the lines from their `fn` to the closing brace of the same depth.
fn functions(source: &Source, findings: &mut Vec<Finding>) {
    let code = source.code();
    let depth = |line: &str| line.len() - line.trim_start().len();
    for (place, (number, line)) in code.iter().enumerate() {
        let head = line.trim_start();
        let begins = ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn ", "async fn ", "pub async fn "];
        if !begins.iter().any(|begin| head.starts_with(begin)) || head.ends_with(';') || head.ends_with('}') {
            continue;
        }
        let closing = " ".repeat(depth(line)) + "}";
        let end = code[place..].iter().position(|(_, line)| *line == closing);
        let Some(length) = end else { continue };
        if length + 1 > FUNCTION {
            let sentence = format!("a function of {} lines, more than {FUNCTION}: name its parts", length + 1);
            findings.push(Finding::new(&source.path, *number, sentence));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found_in;
    use super::*;

    #[test]
    fn both_sides_of_each_limit() {
        let path = "crates/x/src/a.rs";
        let header = "//! A thing (物).\n";
        let line = |letters: usize| format!("{header}// {}\n", "字".repeat(letters - 3));
        assert_eq!(found_in(check, path, &line(140)), []);
        assert_eq!(found_in(check, path, &line(141)).len(), 1);
        let file = |lines: usize| format!("{header}{}", "\n".repeat(lines - 1));
        assert_eq!(found_in(check, path, &file(500)), []);
        assert_eq!(found_in(check, path, &file(501)).len(), 1);
        assert_eq!(found_in(check, "crates/x/src/tests.rs", &file(501)), []);
        let function = |lines: usize| format!("{header}fn a() {{\n{}}}\n", "    b();\n".repeat(lines - 2));
        assert_eq!(found_in(check, path, &function(70)), []);
        assert_eq!(found_in(check, path, &function(71))[0].0, 2);
    }

    #[test]
    fn headers_name_the_thing_in_both_languages() {
        assert_eq!(found_in(check, "a.rs", "fn a() {}\n").len(), 1);
        assert_eq!(found_in(check, "a.rs", "//! A thing.\n").len(), 1);
        assert_eq!(found_in(check, "a.rs", "//! A thing\n//! (物).\n"), []);
    }
}
