//! Tests of examples: lines read, answers compared, numbers guarded.

use calendar::{Calendar, Zone};

use super::answers::{Late, Line};
use super::compare::compare;
use super::{Examiner, check_examples};
use crate::model::{At, Book};
use crate::parse::parse_book;
use crate::problem::Problem;
use crate::sample;
use crate::words::Vocabulary;

/// Examples for the clauses of the sample: from the day's work, on both sides of each limit.
const MORE: [(&str, &str); 6] = [
    (
        "sample/4.2.toml",
        r#"
[[example]]
name    = "二类：过了 24:00 就是逾期"
covers  = ["4.2b"]
given   = { "投诉类别" = "二类" }
happens = ["2026-03-06 22:30 投诉受理", "2026-03-07 00:00 处理完毕"]
expect  = ["投诉处理完毕 限 2026-03-06 24:00", "投诉处理完毕 逾期 1 天"]

[[example]]
name    = "三类：周五受理，周一截止；处理好了却没答复，周日 24:00 照样上报"
covers  = ["4.2c", "4.2d"]
given   = { "投诉类别" = "三类" }
happens = ["2026-03-06 09:00 投诉受理", "2026-03-09 23:59 投诉处理完毕"]
expect  = ["投诉处理完毕 限 2026-03-10 00:00", "投诉处理完毕 按时", "上报最高管理者于2026-03-08 24:00"]

[[example]]
name     = "站点改成 1 天"
covers   = ["4.2d"]
settings = { "答复的上报期限" = "1 天" }
happens  = ["2026-03-06 09:00 投诉受理"]
as_of    = "2026-03-07 23:00"
expect   = ["待上报 最高管理者 于 2026-03-07 24:00"]
"#,
    ),
    (
        "sample/4.6.toml",
        r#"
[[example]]
name   = "第 3 天才回访的不算数；没有一件时没有数据"
covers = ["4.6a", "4.6b"]
period = "2026-03"
tally  = { of = "投诉处理完毕", total = 2, on_day = { 2 = 1, 3 = 1 }, date = 2026-03-02 }
expect = ["须 2 件", "已 1 件", "不达标", "无数据"]

[[example]]
name   = "维修 100 件须回访 60 件，第 30 天回访的算，第 31 天的不算"
covers = ["4.6b"]
period = "2026-Q1"
tally  = { of = "维修完工", total = 100, on_day = { 1 = 30, 30 = 30, 31 = 1 }, date = 2026-03-02 }
expect = ["须 60 件", "已 60 件", "达标"]

[[example]]
name   = "窗口还开着，只能暂计"
covers = ["4.6b"]
period = "2026-03"
as_of  = "2026-04-10 00:00"
tally  = { of = "维修完工", total = 7, on_day = { 1 = 2 }, date = 2026-03-30 }
expect = ["须 5 件", "已 2 件", "暂计"]
"#,
    ),
    (
        "sample/4.7.toml",
        r#"
[[example]]
name    = "499 元：按普通投诉办"
covers  = ["4.7b", "4.7c"]
given   = { "损失" = "499 元" }
happens = ["2026-03-06 09:00 损失认定", "2026-03-07 09:00 召集处理"]
expect  = ["可以 投诉结案"]

[[example]]
name    = "500 元整：召集，未批准不得结案；召集了就该有记录"
covers  = ["4.7a", "4.7b", "4.7c"]
given   = { "损失" = "500 元" }
happens = ["2026-03-06 09:00 损失认定", "2026-03-07 09:00 召集处理 经过=口角"]
expect  = ["不得 投诉结案", "缺 处理记录批准", "缺 投诉人", "缺 处理结果", "缺 管理者代表"]

[[example]]
name    = "499 元不召集"
covers  = ["4.7a"]
happens = ["2026-03-06 09:00 损失认定 损失=499 元"]
expect  = []

[[example]]
name    = "还没召集"
covers  = ["4.7a"]
happens = ["2026-03-06 09:00 损失认定 损失=500 元"]
expect  = ["走 召集处理"]
"#,
    ),
    (
        "sample/5.3.toml",
        r#"
[[example]]
name    = "周五 17:55 收到，18:05 前送到"
covers  = ["5.3a", "5.3b"]
happens = ["2026-03-06 17:55 特快专递签收", "2026-03-06 18:05 送达收件人"]
expect  = ["送达收件人 限 2026-03-06 18:05", "送达收件人 按时"]

[[example]]
name    = "两件：周六没要求的代存，周日要求的送达"
covers  = ["5.3a", "5.3b"]
happens = [
  "2026-03-07 09:00 [甲] 特快专递签收",
  "2026-03-08 09:00 [乙] 特快专递签收", "2026-03-08 09:20 [乙] 收件人要求送达",
]
expect  = ["[乙] 走 送达收件人", "[甲] 走 代存"]
"#,
    ),
    (
        "sample/6.4.toml",
        r#"
[[example]]
name    = "16:59 派出，17:00 交回正好；第三联 1 月 25 日是周日，提前到 23 日"
covers  = ["6.4a", "6.4b"]
happens = ["2026-01-06 16:59 派出工作单", "2026-01-06 17:00 交回工作单", "2026-01-24 09:00 第三联交财务"]
as_of   = "2026-01-25 00:00"
expect  = [
  "交回工作单 限 2026-01-06 17:00", "交回工作单 按时",
  "第三联交财务 限 2026-01-23 24:00", "第三联交财务 逾期 1 天",
]

[[example]]
name    = "3 月 25 日是周三"
covers  = ["6.4b"]
happens = ["2026-03-06 17:01 交回工作单"]
expect  = ["第三联交财务 限 2026-03-25 24:00", "第三联交财务 未到期"]
"#,
    ),
    (
        "sample/8.5.toml",
        r#"
[[example]]
name    = "先交 100，再交清：3 天按 300，2 天按 200"
covers  = ["8.5a", "8.5b"]
happens = [
  "2026-04-10 18:00 出账 未交本金=300 元",
  "2026-04-13 09:00 交清费用 未交本金=200 元", "2026-04-15 09:00 交清费用 未交本金=0 元",
]
expect  = ["交清费用 限 2026-05-31 24:00", "交清费用 按时", "违约金 3.90 元"]
"#,
    ),
];

fn calendar() -> Calendar {
    Calendar::of_years(&[include_str!("../../../../calendars/cn/2026.toml")]).expect("the year can be read")
}

/// The sample with more examples, and one passage replaced.
fn book(words: &Vocabulary, old: &str, new: &str) -> Book {
    let texts = sample::FILES.map(|(path, text)| {
        let more = MORE.iter().find(|(name, _)| *name == path).map_or("", |(_, more)| more);
        (path, format!("{text}{more}"))
    });
    assert!(old.is_empty() || texts.iter().filter(|(_, text)| text.contains(old)).count() == 1, "{old}");
    let texts = texts.map(|(path, text)| (path, if old.is_empty() { text } else { text.replace(old, new) }));
    let pairs = texts.each_ref().map(|(path, text)| (*path, text.as_str()));
    let (book, problems) = parse_book(words, &pairs);
    assert!(problems.is_empty(), "{problems:#?}");
    book
}

/// What the examples say of the sample with one passage replaced.
fn examine(old: &str, new: &str) -> Vec<Problem> {
    let words = sample::words();
    let (zone, calendar) = (Zone::shanghai(), calendar());
    Examiner::new(&words, &[book(&words, old, new)], &calendar, &zone).examine()
}

#[test]
fn the_sample_answers_as_it_says_and_guards_every_number() {
    let words = sample::words();
    let (zone, calendar) = (Zone::shanghai(), calendar());
    let books = [book(&words, "", "")];
    let found = check_examples(&words, &books, &calendar, &zone);
    let list: Vec<&str> = found.iter().map(|problem| problem.sentence.as_str()).collect();
    assert_eq!(list, Vec::<&str>::new());
    assert_eq!(Examiner::new(&words, &books, &calendar, &zone).mutate().tried, 28);
}

#[test]
fn a_wrong_expectation_is_told_with_the_whole_answer_at_its_place() {
    let found = examine("送达收件人 限 2026-03-06 18:05", "送达收件人 限 2026-03-06 18:06");
    assert_eq!(found.len(), 1);
    let Problem { file, sentence, hint, span, .. } = &found[0];
    assert_eq!(file, "sample/5.3.toml");
    assert_eq!(
        sentence,
        "示例“周五 17:55 收到，18:05 前送到”应有而没有 `送达收件人 限 2026-03-06 18:06`，多出 `送达收件人 限 2026-03-06 18:05`"
    );
    assert_eq!(hint.as_deref(), Some("实际的完整回答：送达收件人 限 2026-03-06 18:05；送达收件人 按时"));
    let text = MORE[3].1;
    let start =
        span.start - sample::FILES.iter().find(|(path, _)| *path == "sample/5.3.toml").map_or(0, |file| file.1.len());
    assert!(text[start..].starts_with("\"送达收件人 限"), "{}", &text[start..]);
}

#[test]
fn lines_that_cannot_be_read_are_told() {
    let wrong = |old: &str, new: &str| {
        let found = examine(old, new);
        assert_eq!(found.len(), 1, "{found:#?}");
        found[0].sentence.clone()
    };
    assert_eq!(wrong("2026-03-06 18:05 送达收件人", "2026-03-06 18:5x 送达收件人"), "时刻看不懂 `2026-03-06 18:5x`");
    assert_eq!(wrong("2026-03-06 18:05 送达收件人", "2026-03-06 18:05 送达"), "`送达` 不是词汇表里的事实");
    assert_eq!(wrong("2026-03-06 18:05 送达收件人", "2026-03-06 18:05"), "缺少事件");
    assert_eq!(wrong("18:05 送达收件人\"", "18:05 送达收件人 由 邮差\""), "`邮差` 不是词汇表里的岗位");
    assert_eq!(wrong("18:05 送达收件人\"", "18:05 送达收件人 由\""), "`由` 后面缺少岗位");
    assert_eq!(wrong("18:05 送达收件人\"", "18:05 送达收件人 很快\""), "看不懂 `很快`");
    assert_eq!(wrong("18:05 送达收件人\"", "18:05 送达收件人 录入=昨天\""), "录入时刻看不懂 `昨天`");
    assert_eq!(wrong("损失认定 损失=500 元", "损失认定 损失=五百元"), "`损失` 没有值 `五百元`");
    assert_eq!(wrong("on_day = { 2 = 1, 3 = 1 }", "on_day = { 2 = 2, 3 = 1 }"), "总数 2 比做了的 3 还少");
}

#[test]
fn a_number_that_no_example_guards_is_named() {
    let words = sample::words();
    let (zone, calendar) = (Zone::shanghai(), calendar());
    let unguarded = book(&words, "covers  = [\"4.2c\", \"4.2d\"]", "covers  = [\"4.2d\"]");
    let mutation = Examiner::new(&words, &[unguarded], &calendar, &zone).mutate();
    let told: Vec<&str> = mutation.survivors.iter().map(|problem| problem.sentence.as_str()).collect();
    // The example now expects lines of a rule that it does not cover: it fails, and guards nothing.
    assert_eq!(
        told,
        [
            "规则 `4.2c` 的 `3 天`改成 `2 天`，没有示例发现",
            "规则 `4.2c` 的 `3 天`改成 `4 天`，没有示例发现",
            "规则 `4.2d` 的 `2 天`（设置 `答复的上报期限` 的默认值）改成 `1 天`，没有示例发现",
            "规则 `4.2d` 的 `2 天`（设置 `答复的上报期限` 的默认值）改成 `3 天`，没有示例发现",
        ]
    );
    let hint = mutation.survivors[0].hint.as_deref().unwrap_or_default();
    assert_eq!(hint, "加一个踩线的示例：正好在这个数上，和差一点");
}

fn line(text: &str, late: Option<Late>) -> Line {
    Line { text: text.to_owned(), late }
}

fn agrees(actual: Vec<Line>, expected: &[&str]) -> bool {
    let expected: Vec<At<String>> = expected.iter().map(|line| At { value: (*line).to_owned(), span: 0..0 }).collect();
    compare(actual, &expected, &Zone::shanghai()).agrees()
}

#[test]
fn answers_are_compared_as_often_as_they_stand_in_any_order() {
    let actual = || vec![line("回访 限 2026-03-06 24:00", None), line("走 代存", None), line("走 代存", None)];
    assert!(agrees(actual(), &["走 代存", "回访限 2026-03-07 00:00", "走 代存"]));
    assert!(!agrees(actual(), &["走 代存", "回访 限 2026-03-06 24:00"]));
    assert!(!agrees(actual(), &["走 代存", "走 代存", "走 代存", "回访 限 2026-03-06 24:00"]));
    assert!(!agrees(actual(), &["走 代存", "走 代存", "回访 限 2026-03-07 24:00"]));
    assert!(agrees(vec![line("到场 限 2026-03-06 09:14", None)], &["到场 限 2026-03-06 09:14:00"]));
    assert!(!agrees(vec![line("到场 限 2026-03-06 09:14", None)], &["到场 限 2026-03-06 09:14:01"]));
}

#[test]
fn a_stated_lateness_must_be_right() {
    let late = |seconds, days| vec![line("到场 逾期", Some(Late { seconds, days }))];
    for right in ["到场 逾期", "到场 逾期 90 秒", "到场 逾期 1 分钟"] {
        assert!(agrees(late(90, 0), &[right]), "{right}");
    }
    for wrong in ["到场 逾期 89 秒", "到场 逾期 2 分钟", "到场 逾期 1 天", "到场 逾期 很久", "到场 逾期 90"]
    {
        assert!(!agrees(late(90, 0), &[wrong]), "{wrong}");
    }
    assert!(agrees(late(7200, 1), &["到场 逾期 1 天"]) && agrees(late(7200, 1), &["到场 逾期 2 小时"]));
    assert!(agrees(vec![line("到场 软提醒", Some(Late { seconds: 10, days: 0 }))], &["到场 软提醒 迟 10 秒"]));
    assert!(!agrees(vec![line("到场 按时", None)], &["到场 按时 10 秒"]));
}
