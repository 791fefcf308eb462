//! Arrows between crates (依赖方向): who may use whom, where SQL may stand, where the operating system may be asked.

use std::collections::BTreeMap;

use anyhow::Context;
use serde::Deserialize;

use super::Finding;
use super::tree::Source;

/// Each crate and the crates of this project that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("calendar", &[]),
    ("rulebook", &["calendar"]),
    ("office", &["calendar", "rulebook"]),
    ("journal", &["calendar", "rulebook", "office"]),
    ("courier", &["calendar", "rulebook", "office", "journal"]),
    // The house for tests (feature `testing`) stands on the testbed.
    ("web", &["calendar", "rulebook", "office", "journal", "courier", "testbed"]),
    ("simulator", &["calendar", "rulebook", "office", "journal", "courier", "web"]),
    ("testbed", &[]),
];
/// Crates that may use every other one.
const ABOVE: &[&str] = &["app", "bench", "browser"];
/// Dependencies that only one crate may have.
const RESERVED: &[(&str, &[&str])] = &[
    ("rusqlite", &["journal", "bench"]),
    ("tokio-postgres", &["journal", "testbed", "bench"]),
    ("clap", &["app", "bench"]),
];
/// Beginnings of statements that only the journal writes.
const SQL: &[&str] =
    &["\"select ", "\"insert into ", "\"update ", "\"delete from ", "\"create table ", "\"drop table "];
/// Crates that speak SQL.
const SPEAKS_SQL: &[&str] = &["crates/journal/", "crates/testbed/", "crates/bench/"];
/// Where the operating system may be asked by its own means.
const SYSTEM: &[&str] = &["crates/app/src/os/", "crates/testbed/"];

/// What is read of a manifest.
#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
}

/// Checks the manifest of every crate.
pub fn check_manifests(sources: &[Source], findings: &mut Vec<Finding>) -> anyhow::Result<()> {
    for source in sources {
        let Some(name) = source.path.strip_prefix("crates/").and_then(|rest| rest.strip_suffix("/Cargo.toml")) else {
            continue;
        };
        let manifest: Manifest = toml::from_str(&source.text).with_context(|| source.path.clone())?;
        manifest_of(name, &source.path, manifest.dependencies.keys(), findings);
    }
    Ok(())
}

fn manifest_of<'a>(name: &str, path: &str, uses: impl Iterator<Item = &'a String>, findings: &mut Vec<Finding>) {
    let allowed = MAY_USE.iter().find(|(one, _)| *one == name).map(|(_, uses)| *uses);
    if allowed.is_none() && !ABOVE.contains(&name) {
        let sentence = format!("`{name}` has no place in the house: give it one in xtask/src/tidy/arrows.rs");
        findings.push(Finding::new(path, 1, sentence));
        return;
    }
    for used in uses {
        let own = MAY_USE.iter().any(|(one, _)| one == used) || ABOVE.contains(&used.as_str());
        if own && allowed.is_some_and(|allowed| !allowed.contains(&used.as_str())) {
            findings.push(Finding::new(path, 1, format!("`{name}` must not use `{used}`: arrows point down only")));
        }
        let reserved = RESERVED.iter().find(|(one, _)| one == used);
        if let Some((_, owners)) = reserved
            && !owners.contains(&name)
        {
            let sentence = format!("`{name}` must not use `{used}`: only {} may", owners.join(", "));
            findings.push(Finding::new(path, 1, sentence));
        }
    }
}

/// Checks one file for SQL and calls to the system in the wrong place.
pub fn check_source(source: &Source, findings: &mut Vec<Finding>) {
    if !source.rust() || !source.path.starts_with("crates/") || source.test() {
        return;
    }
    let sql = !SPEAKS_SQL.iter().any(|place| source.path.starts_with(place));
    let system = !SYSTEM.iter().any(|place| source.path.starts_with(place));
    for (number, line) in source.statements() {
        let lower = line.to_ascii_lowercase();
        if sql && SQL.iter().any(|begin| lower.contains(begin)) {
            let sentence = "SQL outside the journal: ask for a read or an act of `House`";
            findings.push(Finding::new(&source.path, number, sentence));
        }
        if system && (line.contains("std::os::") || line.contains("libc::")) {
            let sentence = "the operating system's own means outside app/src/os: move it there";
            findings.push(Finding::new(&source.path, number, sentence));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found_in;
    use super::*;

    fn manifest(name: &str, uses: &[&str]) -> Vec<String> {
        let uses: Vec<String> = uses.iter().map(|one| (*one).to_owned()).collect();
        let mut findings = Vec::new();
        manifest_of(name, "x", uses.iter(), &mut findings);
        findings.into_iter().map(|finding| finding.sentence).collect()
    }

    #[test]
    fn arrows_point_down() {
        assert_eq!(manifest("journal", &["office", "rusqlite", "serde"]), Vec::<String>::new());
        assert_eq!(manifest("office", &["journal"]), ["`office` must not use `journal`: arrows point down only"]);
        assert_eq!(manifest("web", &["rusqlite"]), ["`web` must not use `rusqlite`: only journal, bench may"]);
        assert_eq!(manifest("app", &["simulator", "web"]), Vec::<String>::new());
        assert_eq!(manifest("misc", &[]).len(), 1);
    }

    #[test]
    fn sql_and_the_system_have_their_place() {
        let found = |path: &str, text: &str| found_in(check_source, path, text).len();
        let statement = "tx.query(\"SELECT 1\")\n";
        assert_eq!(found("crates/web/src/a.rs", statement), 1);
        assert_eq!(found("crates/journal/src/a.rs", statement), 0);
        assert_eq!(found("crates/web/src/a.rs", "html! { \"Selected \" }\n"), 0);
        let system = "use std::os::unix::fs::PermissionsExt;\n";
        assert_eq!(found("crates/app/src/tls.rs", system), 1);
        assert_eq!(found("crates/app/src/os/unix.rs", system), 0);
    }
}
