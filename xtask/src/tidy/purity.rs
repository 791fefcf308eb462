//! Purity (纯净): what calendar, rulebook and office must not contain; clause numbers and limits stand in rulebooks only.

use super::tree::Source;
use super::{Finding, chinese, has_word};

/// Crates without clock, IO, async and floats.
const PURE: &[&str] = &["crates/calendar/src/", "crates/rulebook/src/", "crates/office/src/"];
/// Words that they do not contain, and what to do instead.
const BANNED: &[(&str, &str)] = &[
    ("f32", "whole numbers: money in fen, shares in parts"),
    ("f64", "whole numbers: money in fen, shares in parts"),
    ("Timestamp::now", "let the moment come in as a value"),
    ("Zoned::now", "let the moment come in as a value"),
    ("SystemTime", "let the moment come in as a value"),
    ("Instant", "let the moment come in as a value"),
    ("std::fs", "let the text come in as a value"),
    ("std::net", "keep it out of the pure crates"),
    ("std::env", "let it come in as a value"),
    ("tokio", "keep it out of the pure crates"),
    ("async", "plain functions"),
];
/// The crate that knows no clause, and the file in which it declares defaults of its own settings.
const CASEWORK: &str = "crates/office/src/";
const DEFAULTS: &str = "crates/office/src/site/settings.rs";
/// Words of length: a number before one of them is a limit.
const LENGTHS: &[&str] = &["秒", "分钟", "小时", "天", "日内", "个工作日", "周内", "个月"];

/// Checks one file.
pub fn check(source: &Source, findings: &mut Vec<Finding>) {
    if !source.rust() || source.test() || !PURE.iter().any(|pure| source.path.starts_with(pure)) {
        return;
    }
    for (number, line) in source.statements() {
        for (word, instead) in BANNED.iter().filter(|(word, _)| has_word(line, word)) {
            findings.push(Finding::new(&source.path, number, format!("`{word}` in a pure crate, use {instead}")));
        }
        if !source.path.starts_with(CASEWORK) || source.path == DEFAULTS {
            continue;
        }
        if let Some(clause) = clause_number(line) {
            let sentence = format!("`{clause}` looks like a clause number: it belongs to a rulebook");
            findings.push(Finding::new(&source.path, number, sentence));
        }
        if let Some(limit) = limit(line) {
            let sentence = format!("`{limit}` looks like a limit: state it in a rulebook or as a setting");
            findings.push(Finding::new(&source.path, number, sentence));
        }
    }
}

/// Digits, a point, digits, that are neither a range nor a field of a tuple.
fn clause_number(line: &str) -> Option<String> {
    let letters: Vec<char> = line.chars().collect();
    for (place, letter) in letters.iter().enumerate() {
        let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
        if *letter != '.' || place == 0 || !digit(place - 1) || !digit(place + 1) {
            continue;
        }
        let begin = (0..place).rev().take_while(|at| digit(*at)).last().unwrap_or(place);
        if begin > 0 && (letters[begin - 1] == '.' || letters[begin - 1].is_alphanumeric()) {
            continue;
        }
        let rest = letters[begin..].iter().take_while(|letter| letter.is_ascii_alphanumeric() || **letter == '.');
        return Some(rest.collect());
    }
    None
}

/// A number with a word of length after it.
fn limit(line: &str) -> Option<String> {
    LENGTHS.iter().find_map(|length| {
        line.match_indices(length).find_map(|(place, _)| {
            let before = line[..place].trim_end();
            let number: String = before.chars().rev().take_while(|letter| letter.is_ascii_digit()).collect();
            let number: String = number.chars().rev().collect();
            let spelled = before.chars().next_back().is_some_and(|letter| "一二三四五六七八九十两半".contains(letter));
            let counted = !number.is_empty() || spelled && line.chars().filter(|letter| chinese(*letter)).count() > 0;
            counted.then(|| format!("{number}{length}"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::found_in;
    use super::*;

    #[test]
    fn pure_crates_have_no_floats_clock_or_files() {
        let found = |path: &str, text: &str| found_in(check, path, text).len();
        assert_eq!(found("crates/calendar/src/a.rs", "let a: f64 = b;\n"), 1);
        assert_eq!(found("crates/rulebook/src/a.rs", "let a = std::fs::read(b);\n"), 1);
        assert_eq!(found("crates/office/src/a.rs", "async fn a() {}\n"), 1);
        assert_eq!(found("crates/office/src/a.rs", "// no f64 here\nlet asynchronous = 1;\n"), 0);
        assert_eq!(found("crates/web/src/a.rs", "let a: f64 = b;\n"), 0);
    }

    #[test]
    fn office_knows_no_clause_and_no_limit() {
        let found = |text: &str| found_in(check, "crates/office/src/case/a.rs", text).len();
        assert_eq!(found("say(\"4.2.3f\")\n"), 1);
        assert_eq!(found("for n in 0..5 { pair.0.1 }\n"), 0);
        assert_eq!(found("say(\"请在 4 小时内处理\")\n"), 1);
        assert_eq!(found("say(\"请在三天内处理\")\n"), 1);
        assert_eq!(found("say(\"请尽快处理，今天也行\")\n"), 0);
        let defaults = found_in(check, DEFAULTS, "default: \"10 分钟\",\n");
        assert_eq!(defaults, []);
    }
}
