//! What the tests need from the machine (所需): installed through apt where that is possible, else named exactly.

use std::path::Path;

use crate::run;

/// One thing, how its presence is seen, and the Debian packages that bring it.
struct Need {
    what: &'static str,
    present: fn() -> bool,
    packages: &'static [&'static str],
}

/// Names of the browser on different systems.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

const NEEDS: &[Need] = &[
    Need {
        what: "Chromium and chromedriver (browser tests)",
        present: || on_path("chromedriver") && BROWSERS.iter().any(|browser| on_path(browser)),
        packages: &["chromium", "chromium-driver"],
    },
    Need {
        what: "a Chinese font (screenshots, print)",
        present: chinese_font,
        packages: &["fontconfig", "fonts-noto-cjk"],
    },
    Need {
        what: "PostgreSQL server programs (both-database tests)",
        present: || on_path("initdb") || debian_postgres(),
        packages: &["postgresql", "postgresql-client"],
    },
    Need { what: "pdftotext (print tests)", present: || on_path("pdftotext"), packages: &["poppler-utils"] },
];

/// Makes sure that everything is there. False, with the command to run, when it is not and cannot be installed here.
pub fn make_sure() -> anyhow::Result<bool> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.present)()).collect();
    if missing.is_empty() {
        return Ok(true);
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    println!("The tests need:");
    for need in &missing {
        println!("  {} — {}", need.what, need.packages.join(" "));
    }
    let install = [&["install", "-y", "--no-install-recommends"], packages.as_slice()].concat();
    if !(is_root() && on_path("apt-get")) {
        println!("Install them and run `cargo xtask test` again. On Debian or Ubuntu:");
        println!("  sudo apt-get update && sudo apt-get {}", install.join(" "));
        return Ok(false);
    }
    println!("Installing through apt.");
    let installed = run::shown("apt-get", &["update"])? && run::shown("apt-get", &install)?;
    let still: Vec<&str> = NEEDS.iter().filter(|need| !(need.present)()).map(|need| need.what).collect();
    if installed && still.is_empty() {
        return Ok(true);
    }
    println!("Still missing: {}. Install by hand and run again:", still.join("; "));
    println!("  apt-get update && apt-get {}", install.join(" "));
    Ok(false)
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Debian keeps the server programs off the path, one folder a version.
fn debian_postgres() -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.map(|version| version.path().join("bin/initdb")).any(|program| Path::is_file(&program))
}

fn chinese_font() -> bool {
    run::told("fc-list", &[":lang=zh-cn", "family"]).is_some_and(|fonts| !fonts.trim().is_empty())
}

fn is_root() -> bool {
    run::told("id", &["-u"]).is_some_and(|id| id.trim() == "0")
}
