//! Clause texts, good and bad.

use insta::assert_snapshot;

use super::parse_book;
use crate::model::*;
use crate::words::Vocabulary;

/// The vocabulary of these tests.
const WORDS: &str = r#"
subject = [{ id = "complaint", zh = "投诉", en = "complaint" }]
fact = [
  { id = "complaint.received", zh = "投诉提出", en = "complaint made", subject = "complaint" },
  { id = "complaint.accepted", zh = "投诉受理", en = "complaint accepted", subject = "complaint" },
  { id = "complaint.resolved", zh = "投诉处理完毕", en = "complaint resolved", subject = "complaint" },
  { id = "complaint.closed", zh = "结案", en = "closed", subject = "complaint" },
]
attribute = [
  { id = "complaint.class", zh = "投诉类别", en = "class", unit = "choice", values = { "一类" = "first", "二类" = "second" } },
  { id = "case.loss", zh = "损失", en = "loss", unit = "money" },
  { id = "case.start", zh = "合同开始", en = "start", unit = "date" },
  { id = "case.end", zh = "合同结束", en = "end", unit = "date" },
  { id = "case.content", zh = "内容", en = "content", unit = "text" },
]
post = [
  { id = "manager", zh = "管理处经理", en = "office manager" },
  { id = "desk", zh = "前台客服员", en = "front-desk clerk", reports_to = "管理处经理" },
]
form = [{ id = "slip", code = "WX", zh = "维修单", en = "repair slip" }]
"#;

fn vocabulary() -> Vocabulary {
    let (words, problems) = Vocabulary::parse(WORDS);
    assert!(problems.is_empty(), "{problems:?}");
    words
}

const BOOK: &str = "name = \"示例\"\nname_en = \"Sample\"\nedition = \"A/0\"\ndocument = \"S\"\ngoverns = \"示例\"\nclauses = 1\nexamples = 0\n";
const HEAD: &str =
    "clause = \"4.2\"\ntitle = \"时限\"\nsummary = \"时限\"\nin_force = 2026-01-01\n";

/// One clause below the usual head: its rules and the rendered problems.
fn read(rules: &str) -> (Vec<Rule>, String) {
    let text = format!("{HEAD}\n{rules}");
    let words = vocabulary();
    let (book, problems) = parse_book(
        &words,
        &[("sample/book.toml", BOOK), ("sample/4.2.toml", &text)],
    );
    let shown: Vec<String> = problems
        .iter()
        .map(|problem| problem.render(&text))
        .collect();
    let rules = book
        .clauses
        .into_iter()
        .flat_map(|clause| clause.rules)
        .collect();
    (rules, shown.join("\n\n"))
}

#[test]
fn rows_share_the_rest_of_their_deadline() {
    let (rules, problems) = read(
        r#"
[[deadline]]
from = "投诉受理"
must = "投诉处理完毕"
when = { "损失" = ">= 500 元" }
[[deadline.limit]]
id = "4.2a"
summary = "一类 4 小时"
when = { "投诉类别" = "一类" }
within = "4 小时"
[[deadline.limit]]
id = "4.2b"
summary = "二类当日"
when = { "投诉类别" = "二类" }
due = "当日"
soft = true
"#,
    );
    assert_eq!(problems, "");
    let [first, second] = rules.as_slice() else {
        panic!("{rules:?}")
    };
    let (Kind::Deadline(a), Kind::Deadline(b)) = (&first.kind, &second.kind) else {
        panic!("{rules:?}")
    };
    assert_eq!(
        a.limit,
        Limit::Within(Slot::Stated(calendar::Span::Seconds(4 * 3600)))
    );
    assert_eq!(
        b.limit,
        Limit::Due(Anchor {
            base: AnchorBase::Opening,
            shift: AnchorShift::SameDay
        })
    );
    assert_eq!((a.soft, b.soft), (false, true));
    let test = |rule: &Deadline| {
        rule.when
            .iter()
            .map(|one| one.test.clone())
            .collect::<Vec<_>>()
    };
    let loss = Test::Compare(Comparison::AtLeast, Slot::Stated(50_000));
    assert_eq!(test(a), [loss.clone(), Test::OneOf(vec!["一类".into()])]);
    assert_eq!(test(b), [loss, Test::OneOf(vec!["二类".into()])]);
}

#[test]
fn rules_keep_the_order_of_the_file_over_all_kinds() {
    let (rules, problems) = read(
        r#"
[[carried]]
id = "4.2a"
summary = "礼貌"
by = "script"
where = "desk"
[[block]]
id = "4.2b"
summary = "结案前处理完毕"
act = "结案"
until = "投诉处理完毕"
[[carried]]
id = "4.2c"
summary = "耐心"
by = "script"
where = "desk"
"#,
    );
    assert_eq!(problems, "");
    let order: Vec<&str> = rules.iter().map(|rule| rule.id.value.as_str()).collect();
    assert_eq!(order, ["4.2a", "4.2b", "4.2c"]);
}

#[test]
fn every_problem_is_told_at_once_and_at_its_place() {
    let (rules, problems) = read(
        r#"
[[deadline]]
id = "4.2a"
summary = "一类 4 小时"
from = "投诉受里"
must = "管理处经理"
when = { "投诉类别" = "三类" }
witin = "4 小时"
opens = "有时"
"#,
    );
    assert!(rules.is_empty());
    assert_snapshot!(problems, @r#"
错误: `投诉受里` 不是词汇表里的事实
  --> sample/4.2.toml:10:8
   |
10 | from = "投诉受里"
   |        ^^^^^^^^^^
   |
建议: 最接近的是 `投诉受理`

错误: `管理处经理` 不是词汇表里的事实
  --> sample/4.2.toml:11:8
   |
11 | must = "管理处经理"
   |        ^^^^^^^^^^^^
   |
建议: 它是岗位

错误: `投诉类别` 没有值 `三类`
  --> sample/4.2.toml:12:19
   |
12 | when = { "投诉类别" = "三类" }
   |                       ^^^^^^
   |
建议: 可以写：`一类` `二类`

错误: 不认识的键 `witin`
  --> sample/4.2.toml:13:1
   |
13 | witin = "4 小时"
   | ^^^^^
   |
建议: 最接近的是 `within`

错误: `opens` 不能写 `有时`
  --> sample/4.2.toml:14:9
   |
14 | opens = "有时"
   |         ^^^^^^
   |
建议: 可以写：`每次` `首次` `末次`
"#);
}
