//! The program as people call it (命令行): what it prints, what it leaves behind, how it ends.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use testbed::Folder;

/// Calls the program in a folder, with nothing of this machine's environment that it would read.
fn huiyin(folder: &Folder, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
    for name in ["HUIYIN_CONFIG", "HUIYIN_DATA", "HUIYIN_DATABASE", "HUIYIN_LISTEN", "HUIYIN_RULEBOOKS", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.current_dir(folder.path()).args(arguments).output().expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn coverage_counts_every_clause_once() {
    let folder = Folder::new("coverage");
    let output = huiyin(&folder, &["rules", "coverage", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let books: Vec<&str> = rows.iter().map(|row| row["rulebook"].as_str().expect("an id")).collect();
    let entries = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebooks")).expect("the rulebooks");
    let paths = entries.map(|entry| entry.expect("readable").path()).filter(|path| path.is_dir());
    let mut folders: Vec<String> =
        paths.map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    folders.sort();
    assert_eq!(books, folders);
    for row in &rows {
        let figure = |name: &str| row[name].as_u64().expect("a figure");
        assert_eq!(figure("clauses"), figure("enforced") + figure("carried") + figure("pending"), "{row}");
    }
}

#[test]
fn a_malformed_rulebook_is_told_with_its_place() {
    let folder = Folder::new("malformed");
    let book = folder.path().join("rulebooks/sample");
    std::fs::create_dir_all(&book).unwrap();
    std::fs::write(folder.path().join("rulebooks/words.toml"), "[[fact]]\nid = 3\n").unwrap();
    std::fs::write(book.join("book.toml"), "name = \n").unwrap();
    let output = huiyin(&folder, &["rules", "check", "--rulebooks", "rulebooks"]);
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    assert!(said(&output).contains("words.toml:2"), "{}", said(&output));
}

#[test]
fn a_mistake_in_the_configuration_changes_nothing() {
    let folder = Folder::new("mistake");
    std::fs::write(folder.path().join("huiyin.toml"), "lisen = \"0.0.0.0:80\"\n").unwrap();
    let output = huiyin(&folder, &["serve"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("lisen"), "{}", complained(&output));
    assert!(!folder.path().join("huiyin-data").exists());
}

#[test]
fn a_synchronised_folder_is_refused() {
    let folder = Folder::new("synchronised");
    let output = huiyin(&folder, &["serve", "--data", "OneDrive/office"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(complained(&output).contains("网盘"), "{}", complained(&output));
}

#[test]
fn the_manual_clock_is_for_demonstrations() {
    let folder = Folder::new("manual");
    let output = huiyin(&folder, &["serve", "--clock", "manual"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(complained(&output).contains("演示"), "{}", complained(&output));
}

#[test]
fn an_account_needs_a_founded_office() {
    let folder = Folder::new("unfounded");
    let output = huiyin(&folder, &["user", "add", "chen.demo", "--name", "陈演示", "--post", "前台客服员"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(complained(&output).contains("开户"), "{}", complained(&output));
}

/// One demonstration for every command that needs data: it takes a while to make.
#[test]
fn the_demonstration_verifies_rebuilds_exports_and_backs_up() {
    let folder = Folder::new("demonstration");
    let good = |arguments: &[&str]| {
        let output = huiyin(&folder, arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}{}", said(&output), complained(&output));
        said(&output)
    };
    let made = good(&["demo", "--no-serve", "--data", "d"]);
    assert!(made.contains("所有人的口令"), "{made}");
    let verified = good(&["journal", "verify", "--data", "d"]);
    assert_eq!(verified.matches("完好").count(), 2, "{verified}");
    good(&["journal", "rebuild", "--data", "d"]);
    let exported = good(&["journal", "export", "site.jsonl", "--keys-to", "site.keys", "--data", "d"]);
    let checked = good(&["journal", "verify", "--export", "site.jsonl"]);
    let line = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    assert_eq!(line(&checked), line(&exported));
    assert!(verified.contains(&line(&exported)), "{verified}");
    good(&["backup", "copy", "--keys-to", "copy-keys", "--data", "d"]);
    assert_eq!(huiyin(&folder, &["backup", "copy", "--keys-to", "copy-keys", "--data", "d"]).status.code(), Some(3));

    let dry = good(&["import", "households", "d/演示台账.xlsx", "--dry-run"]);
    assert!(dry.contains("坏行 0"), "{dry}");
    let again = good(&["import", "households", "d/演示台账.xlsx", "--data", "d"]);
    // The flat that was sold meanwhile keeps its buyer, and is told of.
    assert!(again.contains("新增 0 户，改动 0 户") && again.contains("其中 1 户保留了过户以后的业主"), "{again}");
    good(&["import", "sample", "prices.xlsx", "--prices"]);
    assert!(good(&["import", "prices", "prices.xlsx", "--dry-run"]).contains("好行 5，坏行 0"));
    std::fs::write(folder.path().join("own.csv"), "项目,单位,单价\n疏通马桶,次,80\n").expect("written");
    let first = good(&["import", "prices", "own.csv", "--data", "d"]);
    assert!(first.contains("新增 1 项，另定价 0 项，没变 0 项"), "{first}");
    let again = good(&["import", "prices", "own.csv", "--data", "d"]);
    assert!(again.contains("新增 0 项，另定价 0 项，没变 1 项"), "{again}");
    let simulated = good(&["rules", "simulate", "--data", "d"]);
    assert!(simulated.contains("complaint-instruction/4.2.2a"), "{simulated}");
    let left = good(&["rules", "simulate", "--data", "d", "--leave", "repair-residential", "--cases", "2"]);
    for part in ["结果不同", "改后 没有采用这一款", "现行 4.", "由此起算", "不再要求"] {
        assert!(left.contains(part), "{part}: {left}");
    }
    let year = [
        "rules",
        "simulate",
        "--year",
        "2026",
        "--units",
        "20",
        "--matters",
        "2",
        "--leave",
        "followup-9",
        "--cases",
        "1",
    ];
    let lived = good(&year);
    for part in ["人手模型", "[2026-0000", "改后 没有采用这一款"] {
        assert!(lived.contains(part), "{part}: {lived}");
    }
    let json = good(&[&year[..], &["--json"]].concat());
    let told: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((told["cases"].as_u64(), told["differing"].as_array().map(Vec::len)), (Some(40), Some(1)), "{json}");
    assert!(
        told["differing"][0]["differs"][0]["why_before"].as_array().is_some_and(|steps| !steps.is_empty()),
        "{json}"
    );
    assert_eq!(json, good(&[&year[..], &["--json"]].concat()), "the same seed, the same year");

    let added = good(&["user", "add", "chen.demo", "--name", "陈演示", "--post", "前台客服员", "--data", "d"]);
    assert!(added.contains("口令："), "{added}");
    let mut child = Command::new(env!("CARGO_BIN_EXE_huiyin"))
        .current_dir(folder.path())
        .args(["user", "passwd", "chen.demo", "--password-stdin", "--data", "d"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("piped").write_all("password\n".as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(3), "a common password is refused");
}
