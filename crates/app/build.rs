//! Puts rulebooks and calendars into the binary (内嵌规程): a table of paths and texts, so that the program runs from one
//! file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..");
    let mut table = String::new();
    for (name, folder, meaning) in [
        ("RULEBOOKS", "rulebooks", "Every file of `rulebooks/` (规程): path below it with `/`, text."),
        ("CALENDARS", "calendars", "Every file of `calendars/` (日历): path below it with `/`, text."),
    ] {
        let folder = root.join(folder).canonicalize()?;
        let mut files = Vec::new();
        collect(&folder, &mut files)?;
        files.sort();
        let _ = writeln!(table, "/// {meaning}\npub static {name}: &[(&str, &str)] = &[");
        for file in &files {
            let below = file.strip_prefix(&folder).expect("collected below it");
            let path: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            let _ = writeln!(table, "    ({:?}, include_str!({:?})),", path.join("/"), file.to_string_lossy());
        }
        table.push_str("];\n");
    }
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it")).join("shipped.rs");
    std::fs::write(out, table)
}

/// Adds the TOML files below `folder`, and tells cargo to look at each folder again when it changes.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|end| end == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
