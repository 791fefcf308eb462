//! Names (命名): words that say nothing by themselves are no names of types, and no names of files.

use super::Finding;
use super::tree::Source;

/// Types may contain these words, not be them.
const BARE: &[(&str, &str)] = &[
    ("User", "Occupant, Account or Staff"),
    ("Order", "WorkOrder"),
    ("Type", "the noun with its kind: FormType, CaseKind"),
    ("Status", "Standing, State or the enum's own noun"),
    ("Data", "what it holds"),
    ("Info", "what it tells"),
    ("Record", "what is recorded"),
    ("Mail", "MailItem or Email"),
    ("File", "what the file is"),
];
/// Files that gather what has not been understood.
const HEAPS: &[&str] = &["utils", "util", "helpers", "helper", "manager", "service", "misc"];
/// Kinds of rule in the rulebook language are named as the tables of a clause file.
const LANGUAGE: &str = "crates/rulebook/src/";

/// Checks one file.
pub fn check(source: &Source, findings: &mut Vec<Finding>) {
    if !source.rust() {
        return;
    }
    let stem = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
    if HEAPS.contains(&stem) {
        findings.push(Finding::new(&source.path, 1, format!("`{stem}` is a heap: name the file after its noun")));
    }
    for (number, line) in source.statements() {
        for (name, instead) in BARE.iter().filter(|(name, _)| declares(line, name)) {
            if *name == "Record" && source.path.starts_with(LANGUAGE) {
                continue;
            }
            findings.push(Finding::new(&source.path, number, format!("a type named `{name}`, use {instead}")));
        }
    }
}

fn declares(line: &str, name: &str) -> bool {
    let mut words = line.split_whitespace().filter(|word| !word.starts_with("pub"));
    let keyword = matches!(words.next(), Some("struct" | "enum" | "type" | "trait" | "union"));
    let declared = words.next().unwrap_or_default();
    keyword && declared.split(['<', '(', '{', ';', ':', '=']).next() == Some(name)
}

#[cfg(test)]
mod tests {
    use super::super::found_in;
    use super::*;

    #[test]
    fn bare_names_are_found_and_longer_ones_are_not() {
        let found = |text: &str| found_in(check, "crates/web/src/a.rs", text).len();
        assert_eq!(found("pub struct User {\n"), 1);
        assert_eq!(found("pub(crate) enum Status<'a> {\n"), 1);
        assert_eq!(found("type Data = u8;\n"), 1);
        assert_eq!(found("struct Record(u8);\n"), 1);
        assert_eq!(found("struct WorkOrder;\nlet file = File::open(x);\n// struct User\n"), 0);
        assert_eq!(found_in(check, "crates/rulebook/src/model/kinds.rs", "pub struct Record {\n"), []);
        assert_eq!(found_in(check, "crates/web/src/helpers.rs", "").len(), 1);
    }
}
