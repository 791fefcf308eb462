//! Each check with a text that passes and one that does not. The sample passes; a test changes one passage of it.

use insta::assert_snapshot;

use super::check_all;
use crate::parse::parse_book;
use crate::problem::{Problem, Severity};
use crate::sample;

/// Problems of the sample with one passage replaced, notes left out, each with the line it stands on.
fn problems(file: &str, old: &str, new: &str) -> String {
    let words = sample::words();
    let files = sample::with(file, old, new);
    let pairs: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let (book, mut found) = parse_book(&words, &pairs);
    found.extend(check_all(&words, &[book]));
    found.retain(|problem| problem.severity > Severity::Note);
    let line = |problem: &Problem| {
        let text = &files.iter().find(|(path, _)| *path == problem.file).expect("a file of the book").1;
        let (line, _) = crate::problem::line_and_column(text, problem.span.start);
        let hint = problem.hint.as_ref().map_or(String::new(), |hint| format!("（{hint}）"));
        format!("{}:{line} {}{hint}", problem.file, problem.sentence)
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_sample_passes() {
    assert_eq!(problems("4.2.toml", "第 4.2 条", "第 4.2 条"), "");
}

#[test]
fn numbers_of_the_summary_are_those_of_the_rule() {
    assert_snapshot!(problems("4.2.toml", "within  = \"4 小时\"", "within  = \"5 小时\""), @r#"
sample/4.2.toml:23 规则 `4.2a` 写了 `5 小时`，它的摘要没有提到
sample/4.2.toml:23 摘要里的 `4 小时` 在规则 `4.2a` 里找不到（规则写的是 `5 小时`）
"#);
    assert_snapshot!(problems("4.2.toml", "\"三类三天内处理完\"", "\"三类四天内处理完\""), @r#"
sample/4.2.toml:35 规则 `4.2c` 写了 `3 天`，它的摘要没有提到
sample/4.2.toml:35 摘要里的 `四天` 在规则 `4.2c` 里找不到（规则写的是 `3 天`）
"#);
    assert_snapshot!(problems("4.6.toml", "\"60%\"", "\"61%\""), @r#"
sample/4.6.toml:19 规则 `4.6b` 写了 `61%`，它的摘要没有提到
sample/4.6.toml:19 摘要里的 `60%` 在规则 `4.6b` 里找不到（规则写的是 `30 天`、`61%`）
"#);
    assert_snapshot!(problems("6.4.toml", "每天 17:00 前交回\"", "每天 17:30 前交回\""), @r#"
sample/6.4.toml:9 规则 `6.4a` 写了 `17:00`，它的摘要没有提到
sample/6.4.toml:9 摘要里的 `17:30` 在规则 `6.4a` 里找不到（规则写的是 `每天 17:00`）
"#);
    // The default of a setting may be mentioned, and nothing else.
    assert_snapshot!(problems("4.2.toml", "\"2 天仍未答复", "\"48 小时仍未答复"), @r#"sample/4.2.toml:41 摘要里的 `48 小时` 在规则 `4.2d` 里找不到（规则写的是 设置 `答复的上报期限`）"#);
    // The same length in another unit is the same number.
    assert_eq!(problems("4.2.toml", "within  = \"4 小时\"", "within  = \"240 分钟\""), "");
}

#[test]
fn rules_that_share_a_number_never_hold_at_once() {
    let on = |first: &str, second: &str| {
        let rule = |on: &str, within: &str| {
            format!(
                "[[deadline]]\nid = \"4.2x\"\nsummary = \"{within}内答复\"\nwho = \"责任部门\"\nfrom = \"投诉受理\"\n\
                 must = \"答复投诉人\"\non = \"{on}\"\nwithin = \"{within}\"\n\n"
            )
        };
        let both = format!("{}{}[[deadline]]\nfrom = \"投诉受理\"\n", rule(first, "1 小时"), rule(second, "2 小时"));
        problems("4.2.toml", "[[deadline]]\nfrom = \"投诉受理\"\n", &both)
    };
    let shared = "编号 `4.2x` 已有一条 [[deadline]]";
    assert!(!on("工作日", "休息日").contains(shared));
    assert!(on("工作日", "周一至周五").contains(shared));
    let count = "[[count]]\nid = \"4.6b\"\nsummary = \"每月维修完工 2 次的列出\"\nof = \"维修完工\"\nper = \"月\"\n\
                 threshold = \">= 2\"\nraises = \"多次维修\"\n\n[[example]]\nname   = \"投诉 100 件";
    let mixed = problems("4.6.toml", "[[example]]\nname   = \"投诉 100 件", count);
    assert!(mixed.contains("编号 `4.6b` 已有一条 [[rate、count]]"), "{mixed}");
}

#[test]
fn counts_are_those_of_the_book() {
    assert_snapshot!(problems("book.toml", "clauses  = 16", "clauses  = 17"), @r#"sample/book.toml:6 book.toml 写明 17 条，实际有 16 个编号"#);
    assert_snapshot!(problems("book.toml", "examples = 2", "examples = 3"), @r#"sample/book.toml:6 book.toml 写明登记示例 3 个，实际 2 个（执行 1，不执行 1）"#);
    assert_snapshot!(problems("4.2.toml", "example = \"sample-2\"", "example = \"sample-1\""), @r#"
sample/book.toml:6 登记示例 `sample-1` 既执行又写了不执行
sample/book.toml:6 book.toml 写明登记示例 2 个，实际 1 个（执行 1，不执行 1）
"#);
}

#[test]
fn a_rule_that_could_not_be_read_is_told_once() {
    assert_snapshot!(problems("4.2.toml", "within  = \"4 小时\"", "within  = \"四小时\""), @r#"sample/4.2.toml:25 `within` 看不懂 `四小时`（可以写：N 秒；N 分钟；N 小时；N 天；N 个工作日；N 周；N 个月；N 年；当日；次日）"#);
}

#[test]
fn rows_do_not_overlap_and_name_every_class() {
    let second = "when    = { \"投诉类别\" = \"二类\" }";
    assert_snapshot!(problems("4.2.toml", second, "when    = { \"投诉类别\" = [\"二类\", \"一类\"] }"), @r#"sample/4.2.toml:28 `4.2b` 与 `4.2a` 给同一件事定了不同的时限，条件又会同时成立（让 `when` 或 `on` 互不重叠；或在条款头用 `overrides` 写明谁优先）"#);
    assert_snapshot!(problems("4.2.toml", second, "when    = { \"投诉类别\" = \"非 三类\" }"), @r#"sample/4.2.toml:28 `4.2b` 与 `4.2a` 给同一件事定了不同的时限，条件又会同时成立（让 `when` 或 `on` 互不重叠；或在条款头用 `overrides` 写明谁优先）"#);
    let row = "[[deadline.limit]]\nid      = \"4.2b\"\nsummary = \"二类当日处理完\"\nwhen    = { \"投诉类别\" = \"二类\" }\nwithin  = \"当日\"\n";
    let without = problems("4.2.toml", row, "");
    assert_snapshot!(without, @r#"
sample/4.2.toml:22 `投诉处理完毕` 的分行没有写到 投诉类别 二类（补上这一行；有意不写的，加 partial = true）
sample/4.2.toml:45 本规程没有条款 `4.2b`（最接近的是 `4.2a`）
sample/book.toml:6 book.toml 写明 16 条，实际有 15 个编号
"#);
    let partial = problems("4.2.toml", "must = \"处理完毕\"\n", "must = \"处理完毕\"\npartial = true\n");
    assert_eq!(partial, "");
}

#[test]
fn clauses_conflict_unless_one_overrides() {
    let rule = "[[duty]]\nid      = \"6.4a\"";
    let conflict = "[[deadline]]\nid = \"6.4d\"\nsummary = \"一类 2 小时内处理完\"\nfrom = \"投诉受理\"\nwho = \"责任部门\"\nmust = \"投诉处理完毕\"\nwithin = \"2 小时\"\nwhen = { \"投诉类别\" = \"一类\" }\n\n[[duty]]\nid      = \"6.4a\"";
    assert_snapshot!(problems("6.4.toml", rule, conflict), @r#"
sample/6.4.toml:8 `6.4d` 与 `4.2a` 给同一件事定了不同的时限，条件又会同时成立（让 `when` 或 `on` 互不重叠；或在条款头用 `overrides` 写明谁优先）
sample/book.toml:6 book.toml 写明 16 条，实际有 17 个编号
"#);
    let head = "in_force = 2026-01-01\n\n[[duty]]\nid      = \"6.4a\"";
    let overriding = format!("in_force = 2026-01-01\noverrides = [\"4.2\"]\n\n{conflict}");
    assert_snapshot!(problems("6.4.toml", head, &overriding), @r#"sample/book.toml:6 book.toml 写明 16 条，实际有 17 个编号"#);
}

#[test]
fn doubtful_words_need_a_reading() {
    assert_snapshot!(problems("book.toml", "words = \"天、日\"", "words = \"星期\""), @r#"
sample/4.2.toml:3 4.2 的 `天` 没有写明读法（在本条加 [[reading]]，或在 book.toml 写全书的 [[reading]]）
sample/4.6.toml:3 4.6 的 `天` 没有写明读法（在本条加 [[reading]]，或在 book.toml 写全书的 [[reading]]）
sample/6.4.toml:3 6.4 的 `日` 没有写明读法（在本条加 [[reading]]，或在 book.toml 写全书的 [[reading]]）
"#);
    assert_snapshot!(problems("8.5.toml", "summary = \"当月费用次月底前交清\"", "summary = \"当月费用及时交清，最迟次月底\""), @r#"sample/8.5.toml:3 8.5 的 `及时` 没有写明读法（在本条加 [[reading]]，或在 book.toml 写全书的 [[reading]]）"#);
}

#[test]
fn references_name_what_exists() {
    assert_snapshot!(problems("4.6.toml", "covers = [\"4.6a\"]", "covers = [\"4.6c\"]"), @r#"sample/4.6.toml:29 本规程没有条款 `4.6c`（最接近的是 `4.2c`）"#);
    assert_snapshot!(problems("4.7.toml", "see      = [\"4.2\"]", "see      = [\"4.3\"]"), @r#"sample/4.7.toml:1 `see` 指的条款 `4.3` 不存在"#);
    assert_snapshot!(problems("8.5.toml", "due     = \"次月底\"", "due     = \"条款 9.9 到期 后 2 天\""), @r#"
sample/8.5.toml:13 规则 `8.5a` 写了 `2 天`，它的摘要没有提到
sample/8.5.toml:17 本规程没有条款 `9.9`
"#);
}

#[test]
fn settings_are_declared_of_the_unit_and_used() {
    assert_snapshot!(problems("4.2.toml", "setting = \"答复的上报期限\"", "setting = \"答复的上报期\""), @r#"
sample/4.2.toml:41 摘要里的 `2 天` 在规则 `4.2d` 里找不到（规则写的是 设置 `答复的上报期`）
sample/4.2.toml:44 设置 `答复的上报期` 没有声明（最接近的是 `答复的上报期限`）
sample/book.toml:10 设置 `答复的上报期限` 没有条款使用
"#);
    assert_snapshot!(problems("4.6.toml", "within   = \"2 天\"", "within   = { setting = \"答复的上报期限\" }"), @"");
    assert_snapshot!(problems("book.toml", "unit    = \"span\"\ndefault = \"2 天\"", "unit    = \"share\"\ndefault = \"2 天\""), @r#"
sample/book.toml:12 默认值 `2 天` 不合单位 share（可以写：N%（如 60%、0.3%，最多三位小数）；未定）
sample/4.2.toml:44 设置 `答复的上报期限` 的单位是 share，这里要 span
"#);
    assert_snapshot!(problems("book.toml", "unit    = \"span\"\ndefault = \"2 天\"", "unit    = \"share\"\ndefault = \"2%\""), @r#"
sample/4.2.toml:41 摘要里的 `2 天` 在规则 `4.2d` 里找不到（规则写的是 设置 `答复的上报期限`）
sample/4.2.toml:44 设置 `答复的上报期限` 的单位是 share，这里要 span
"#);
}

#[test]
fn a_reading_of_the_book_names_a_declared_setting() {
    let rival = "rival = \"工作日\"";
    assert_snapshot!(problems("book.toml", rival, "rival = \"工作日\"\nsetting = \"日历\""), @r#"sample/book.toml:1 全书读法用的设置 `日历` 没有声明"#);
    assert_eq!(problems("book.toml", rival, "rival = \"工作日\"\nsetting = \"答复的上报期限\""), "");
}

#[test]
fn a_shared_setting_is_declared_alike() {
    let words = sample::words();
    let (first, mut second) = (sample::book(&words), sample::book(&words));
    "other".clone_into(&mut second.id);
    "1 天".clone_into(&mut second.settings[0].default);
    let told = |books: &[crate::model::Book]| {
        let found = check_all(&words, books);
        found.iter().filter(|problem| problem.sentence.contains("声明")).count()
    };
    assert_eq!(told(&[first.clone(), second.clone()]), 1);
    "2 天".clone_into(&mut second.settings[0].default);
    assert_eq!(told(&[first, second]), 0);
}

#[test]
fn editions_follow_without_gap() {
    let words = sample::words();
    let edition = |number_of_days: i8| {
        let earlier = include_str!("../../tests/sample/sample/8.5.toml");
        let until = format!("in_force = 2025-01-01\nuntil = 2025-12-{number_of_days}");
        let earlier = earlier.replace("in_force = 2026-01-01", &until);
        let mut files = sample::FILES.to_vec();
        files.push(("sample/8.5@0.toml", &earlier));
        let (book, _) = parse_book(&words, &files);
        let found = check_all(&words, &[book]);
        let found = found.into_iter().filter(|problem| problem.severity == Severity::Error);
        found.map(|problem| problem.sentence).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(edition(31), "");
    assert_snapshot!(edition(30), @r#"`8.5` 的两个版次之间有空档：前一版到 2025-12-30，这一版从 2026-01-01 起"#);
    let (book, _) = parse_book(&words, &{
        let mut files = sample::FILES.to_vec();
        files.push(("sample/8.5@0.toml", include_str!("../../tests/sample/sample/8.5.toml")));
        files
    });
    let found = check_all(&words, &[book]);
    assert!(found.iter().any(|problem| problem.sentence.contains("没有写 `until`")));
}

#[test]
fn circles_are_found() {
    let route = "[[route]]\nid      = \"4.7a\"";
    let back = "[[escalation]]\nid = \"4.7d\"\nsummary = \"退回客服主管\"\nfrom = \"损失认定\"\nwho = \"最高管理者\"\nto = \"客服主管\"\n\n[[route]]\nid      = \"4.7a\"";
    assert_snapshot!(problems("4.7.toml", route, back), @r#"
sample/4.2.toml:40 上报绕成了一个圈：客服主管 → 最高管理者 → 客服主管
sample/4.7.toml:13 `4.7d` 由 最高管理者 上报给下级 客服主管
sample/book.toml:6 book.toml 写明 16 条，实际有 17 个编号
"#);
    assert_snapshot!(problems("4.7.toml", "until   = \"处理记录批准\"", "until   = \"投诉结案\""), @r#"sample/4.7.toml:34 `投诉结案` 等的是它自己，永远做不成"#);
    let due = problems("8.5.toml", "due     = \"次月底\"", "due     = \"条款 8.5a 到期 当月底\"");
    assert_snapshot!(due, @r#"sample/8.5.toml:12 到期时刻互相等待，绕成了一个圈：8.5a → 8.5a"#);
}

#[test]
fn heads_fit_their_files() {
    assert_snapshot!(problems("8.5.toml", "clause   = \"8.5\"", "clause   = \"8.6\""), @r#"
sample/8.5.toml:1 文件 `8.5.toml` 与条款号 `8.6` 不一致（文件名写成 8.6.toml，旧版写成 8.6@A0.toml）
sample/8.5.toml:12 编号 `8.5a` 不以条款号 `8.6` 开头
sample/8.5.toml:20 编号 `8.5b` 不以条款号 `8.6` 开头
"#);
    assert_snapshot!(problems("8.5.toml", "in_force = 2026-01-01", "in_force = 2026-01-01\nuntil = 2025-01-01"), @r#"sample/8.5.toml:1 `8.5` 的 `until` 早于 `in_force`"#);
}
