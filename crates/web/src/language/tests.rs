//! Every text of the code has its English, with the same placeholders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;

#[test]
fn chinese_is_said_as_it_stands() {
    assert_eq!(t("受理"), "受理");
    assert_eq!(speak(Language::English, || t("受理")), "Intake");
    assert_eq!(t!("{0} 条待上传", 3), "3 条待上传");
}

#[test]
fn a_hint_is_never_shown() {
    for language in Language::ALL {
        assert!(!speak(language, || t("事项|栏目")).contains('|'), "{language:?}");
    }
}

#[test]
fn traditional_keeps_the_words_of_the_trade() {
    speak(Language::Traditional, || {
        assert_eq!(t("设置"), "設定");
        assert_eq!(said("项目文件通过审批", None), "項目文件通過簽核");
        assert_eq!(said("头发与发票", None), "頭髮與發票");
        assert_eq!((t("回音"), t("调度"), t("重签")), ("回音", "調度", "重簽"));
        assert_eq!(said("社区服务窗口", None), "社區服務窗口");
    });
}

#[test]
fn english_of_data_falls_back_to_chinese() {
    speak(Language::English, || {
        assert_eq!(said("前台客服员", Some("front-desk clerk")), "front-desk clerk");
        assert_eq!(said("没有英文的岗位", None), "没有英文的岗位");
    });
}

#[test]
fn a_text_without_english_is_chinese_and_noted() {
    let odd: &'static str = concat!("没有", "英文");
    assert_eq!(speak(Language::English, || t(odd)), odd);
    assert!(missing().contains(&odd));
}

#[test]
fn placeholders_fill_in_order_by_number_and_by_count() {
    assert_eq!(fill("{} 与 {}", &[&1, &"乙"]), "1 与 乙");
    assert_eq!(fill("{1}, {0}", &[&1, &2]), "2, 1");
    assert_eq!(fill("{0} {0|case|cases}", &[&1]), "1 case");
    assert_eq!(fill("{0} {0|case|cases}", &[&0]), "0 cases");
    assert_eq!(fill("{} {2} {x", &[&1]), "1 {2} {x");
}

#[test]
fn the_device_comes_before_the_account_and_the_browser() {
    use Language::*;
    assert_eq!(choose(Some("en"), Some(Traditional), Some("zh-CN")), English);
    assert_eq!(choose(None, Some(Traditional), Some("en")), Traditional);
    assert_eq!(choose(Some("xx"), None, Some("en-GB;q=0.8, zh-HK;q=0.9")), Traditional);
    assert_eq!(choose(None, None, Some("fr, en;q=0.5")), English);
    assert_eq!(choose(None, None, Some("en;q=0, zh")), Chinese);
    assert_eq!(choose(None, None, Some("zh-Hant-CN")), Traditional);
    assert_eq!(choose(None, None, None), Chinese);
}

#[test]
fn every_text_of_the_code_has_its_english() {
    let mut absent = Vec::new();
    for (text, place) in texts_of_the_code() {
        if !ENGLISH.contains_key(text.as_str()) {
            absent.push(format!("{place}: {text}"));
        }
    }
    assert!(absent.is_empty(), "texts without English; add them to language/english/:\n{}", absent.join("\n"));
}

#[test]
fn the_catalogue_has_no_twins_no_leftovers_and_the_same_placeholders() {
    let used = texts_of_the_code();
    let mut seen = BTreeMap::new();
    for (area, words) in english::AREAS {
        for (chinese, english) in *words {
            if let Some(other) = seen.insert(*chinese, *area) {
                panic!("{chinese} stands twice: in {other} and in {area}");
            }
            assert!(used.contains_key(*chinese), "{area}: no code says {chinese} any more");
            assert!(!english.is_empty(), "{area}: {chinese} is empty");
            assert!(!english.contains('!'), "{area}: {english} has an exclamation mark");
            assert_eq!(fill::numbers(chinese), fill::numbers(english), "{area}: {chinese}");
        }
    }
}

#[test]
fn the_scan_finds_texts() {
    let found = texts_in(r##"t("甲") (t!("{} 乙", 1)) zh("丙") let_t("丁") t( "戊") x.get("己") t("引\"号")"##);
    assert_eq!(found, ["甲", "{} 乙", "丙", "戊", "引\"号"]);
}

fn texts_of_the_code() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    for path in sources(&root) {
        let source = std::fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for text in texts_in(code) {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            found.entry(text).or_insert(name);
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("english") && !path.ends_with("tests") {
                paths.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
            paths.push(path);
        }
    }
    paths
}

/// The literals behind `t(`, `t!(` and `zh(`, comments left out.
fn texts_in(code: &str) -> Vec<String> {
    let code: String =
        code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect();
    let mut found = Vec::new();
    for (at, _) in code.match_indices('(') {
        let before = code[..at].trim_end_matches('!');
        let name = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
        if !matches!(name, Some("t" | "zh")) {
            continue;
        }
        if let Some(literal) = code[at + 1..].trim_start().strip_prefix('"') {
            found.push(unquoted(literal));
        }
    }
    found
}

fn unquoted(literal: &str) -> String {
    let mut out = String::new();
    let mut chars = literal.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}
