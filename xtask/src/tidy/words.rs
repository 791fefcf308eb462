//! Words that have no business in the project (不该出现的字): traces of workplaces and tools, urgent prose.

use super::Finding;
use super::tree::Source;

/// Written in parts, so that this file does not find itself.
const BANNED: &[(&[&str], &str)] = &[
    (&["/wo", "rk/"], "a path of somebody's workplace"),
    (&["su", "bagent"], "how it was made is no part of what it is"),
    (&["AI a", "gent"], "how it was made is no part of what it is"),
    (&["language ", "model"], "how it was made is no part of what it is"),
    (&["TO", "DO"], "finish it, or file an issue and name its number"),
    (&["FIX", "ME"], "finish it, or file an issue and name its number"),
];

/// Checks one file.
pub fn check(source: &Source, findings: &mut Vec<Finding>) {
    for (number, line) in source.text.lines().enumerate() {
        for (parts, why) in BANNED {
            let word = parts.concat();
            if line.contains(&word) {
                findings.push(Finding::new(&source.path, number + 1, format!("`{word}`: {why}")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found_in;
    use super::*;

    #[test]
    fn each_banned_word_is_found_once() {
        for (parts, _) in BANNED {
            assert_eq!(found_in(check, "a.md", &format!("a\nsee {}x\n", parts.concat())).len(), 1);
        }
        assert_eq!(found_in(check, "a.md", "the user-agent header, work/place, to do\n"), []);
    }
}
