//! The languages (语言): the same pages in English and Traditional Chinese, on screen and on paper.

use browser::{DESK, Manner, Server, Storage, Window};

/// What may stand in Chinese on an English page: names, the words of people, what the site calls itself.
const NAMES: &[&str] = &["演示花园", "演示物业服务有限公司", "回音", "演示住户", "厨房水龙头滴水", "简", "繁"];

#[test]
fn pages_speak_english_and_traditional_chinese() {
    super::walk(async {
        let server = Server::first_day(Storage::Sqlite);
        let english = Manner { languages: "en", ..Manner::default() };
        let traditional = Manner { languages: "zh-TW", ..Manner::default() };
        let (en, tw) = tokio::join!(Window::open_as(DESK, english), Window::open_as(DESK, traditional));
        en.sign_in(&server.url(""), "desk1").await;
        let number = super::take_in(&en, &server, "1-1-101", "厨房水龙头滴水").await;
        en.sign_in(&server.url(""), "engineer").await;
        let case = super::assign(&en, &server, "厨房水龙头滴水", "repair1").await;
        for step in ["take", "arrive", "verify"] {
            super::step(&en, &server, &case, step, &[]).await;
        }
        let mut chinese = Vec::new();
        let pages = |case: &str| {
            ["/", "/desk", "/dispatch", "/cases"].map(str::to_owned).into_iter().chain([
                format!("/cases/{number}"),
                format!("/jobs/{case}"),
                format!("/forms/{number}/print"),
            ])
        };
        for path in pages(&case) {
            en.go(&server.url(&path)).await;
            let name = path.trim_matches('/').replace('/', "-");
            en.picture(&format!("en-{name}")).await;
            // The paper is the office's own form; what stands on it is data.
            let script = "document.querySelectorAll('.sheet td .label, .sheet .sign-box').forEach((it) => it.remove())";
            en.run(script, vec![]).await;
            chinese.extend(left(&en.text().await).into_iter().map(|line| format!("{path}: {line}")));
        }
        assert!(chinese.is_empty(), "Chinese on English pages:\n{}", chinese.join("\n"));

        tw.sign_in(&server.url(""), "desk1").await;
        for (path, words) in [("/", "工作臺"), ("/desk", "來人的話"), ("/cases", "事項")] {
            tw.go(&server.url(path)).await;
            tw.says(words).await;
        }
        for path in pages(&case) {
            tw.go(&server.url(&path)).await;
            let name = path.trim_matches('/').replace('/', "-");
            tw.picture(&format!("tw-{name}")).await;
        }
        en.close().await;
        tw.close().await;
    });
}

/// The lines that are Chinese beyond names.
fn left(text: &str) -> Vec<String> {
    let staff = ["林演前", "石演工", "江演修", "田演理", "陆演木", "尹演泥"];
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut rest = line.to_owned();
        for name in NAMES.iter().chain(&staff) {
            rest = rest.replace(name, "");
        }
        // The office names the trades of its repairers itself.
        for trade in ["水", "电", "门窗", "土建"] {
            rest = if rest.trim() == trade { String::new() } else { rest.replace(&format!("({trade})"), "") };
        }
        // A masked name keeps its first sign.
        while let Some(at) = rest.find("**") {
            let before = rest[..at].char_indices().next_back().map_or(at, |(at, _)| at);
            rest.replace_range(before..at + 2, "");
        }
        if rest.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it)) {
            lines.push(line.to_owned());
        }
    }
    lines.sort();
    lines.dedup();
    lines
}
