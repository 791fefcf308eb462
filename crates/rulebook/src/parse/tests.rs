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
const HEAD: &str = "clause = \"4.2\"\ntitle = \"时限\"\nsummary = \"时限\"\nin_force = 2026-01-01\n";

/// One clause below the usual head: its rules and the rendered problems.
fn read(rules: &str) -> (Vec<Rule>, String) {
    let text = format!("{HEAD}\n{rules}");
    let words = vocabulary();
    let (book, problems) = parse_book(&words, &[("sample/book.toml", BOOK), ("sample/4.2.toml", &text)]);
    let shown: Vec<String> = problems.iter().map(|problem| problem.render(&text)).collect();
    let rules = book.clauses.into_iter().flat_map(|clause| clause.rules).collect();
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
    let [first, second] = rules.as_slice() else { panic!("{rules:?}") };
    let (Kind::Deadline(a), Kind::Deadline(b)) = (&first.kind, &second.kind) else { panic!("{rules:?}") };
    assert_eq!(a.limit, Limit::Within(Slot::Stated(calendar::Span::Seconds(4 * 3600))));
    assert_eq!(b.limit, Limit::Due(Anchor { base: AnchorBase::Opening, shift: AnchorShift::SameDay }));
    assert_eq!((a.soft, b.soft), (false, true));
    let test = |rule: &Deadline| rule.when.iter().map(|one| one.test.clone()).collect::<Vec<_>>();
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

#[test]
fn bad_phrases_list_the_forms_that_would_do() {
    let (_, problems) = read(
        r#"
[[deadline]]
id = "4.2a"
summary = "一"
from = "投诉受理"
must = "投诉处理完毕"
due = "内容 后 2 天"

[[deadline]]
id = "4.2b"
summary = "二"
from = "投诉受理"
must = "投诉处理完毕"
due = "投诉受理 过 2 天"
on = "礼拜天"

[[rate]]
id = "4.2c"
summary = "三"
of = "投诉受理"
must = "投诉处理完毕"
at_least = "101%"
per = "旬"

[[count]]
id = "4.2d"
summary = "四"
of = "投诉受理"
when = { "投诉类别" = ">= 3", "损失" = ">= 500" }
per = "月"
threshold = "3"
raises = "多"
"#,
    );
    assert_snapshot!(problems, @r#"
错误: `内容` 不是日期或时刻，不能作起点
  --> sample/4.2.toml:12:7
   |
12 | due = "内容 后 2 天"
   |       ^^^^^^^^^^^^^^

错误: 看不懂 `投诉受理 过 2 天`
  --> sample/4.2.toml:19:7
   |
19 | due = "投诉受理 过 2 天"
   |       ^^^^^^^^^^^^^^^^^^
   |
建议: 起点和移动之间空一格，移动可以写：后 4 小时；前 5 分钟；后首个 17:00；后首个 周一至周五 09:30、17:00；后首个 25 日；后首个 周日 [HH:MM]；后首个 服务时间；当日；当月底；次月底；下季首月 10 日

错误: `on` 看不懂 `礼拜天`
  --> sample/4.2.toml:20:6
   |
20 | on = "礼拜天"
   |      ^^^^^^^^
   |
建议: 可以写：周一至周五；周末；周X；工作日；休息日；节假日；服务时间；服务时间外；班次内

错误: `at_least` 看不懂 `101%`
  --> sample/4.2.toml:27:12
   |
27 | at_least = "101%"
   |            ^^^^^^
   |
建议: 可以写：N%（0% 至 100%）

错误: `per` 看不懂 `旬`
  --> sample/4.2.toml:28:7
   |
28 | per = "旬"
   |       ^^^^
   |
建议: 可以写：每天；每周；每月；每季度；每年；每个工作日；日；周；月；季；年

错误: `投诉类别` 不是数目或金额，不能比大小
  --> sample/4.2.toml:34:19
   |
34 | when = { "投诉类别" = ">= 3", "损失" = ">= 500" }
   |                       ^^^^^^

错误: `损失` 看不懂 `>= 500`
  --> sample/4.2.toml:34:34
   |
34 | when = { "投诉类别" = ">= 3", "损失" = ">= 500" }
   |                                        ^^^^^^^^
   |
建议: 可以写：>= 500 元（或 > <= <）

错误: `threshold` 看不懂 `3`
  --> sample/4.2.toml:36:13
   |
36 | threshold = "3"
   |             ^^^
   |
建议: 可以写：>= 3（或 > <= <）
"#);
}

#[test]
fn slots_that_need_each_other_say_so() {
    let (_, problems) = read(
        r#"
[[deadline]]
id = "4.2a"
summary = "一"
from = "投诉受理"
must = "投诉处理完毕"
within = "2 天"
due = "当日"

[[block]]
id = "4.2b"
summary = "二"
act = "结案"
only_by_who = true

[[formula]]
id = "4.2c"
summary = "三"
gives = "违约金"

[[carried]]
id = "4.2d"
summary = "四"
by = "poster"

[[deadline]]
id = "4.2e"
summary = "五"
from = "投诉受理"
must = "投诉处理完毕"
[[deadline.limit]]
id = "4.2f"
summary = "六"
within = "2 天"
"#,
    );
    assert_snapshot!(problems, @r#"
错误: `within` 和 `due` 只能写一个
 --> sample/4.2.toml:7:1
  |
7 | [[deadline]]
  | ^^^^^^^^^^^^

错误: `only_by_who` 要与 `who` 一起写
  --> sample/4.2.toml:15:1
   |
15 | [[block]]
   | ^^^^^^^^^

错误: `sum` `multiply` `weigh` `each` `accrue` `fixed` 要写且只写一个
  --> sample/4.2.toml:21:1
   |
21 | [[formula]]
   | ^^^^^^^^^^^
   |
建议: 如 sum = { of = "应收金额" }；fixed = "50 元"

错误: 缺少 `where`
  --> sample/4.2.toml:26:1
   |
26 | [[carried]]
   | ^^^^^^^^^^^

错误: `by` 不能写 `poster`
  --> sample/4.2.toml:29:6
   |
29 | by = "poster"
   |      ^^^^^^^^
   |
建议: 可以写：screen checklist script survey form_field review_question figure register setting notice

错误: 有分行时，`id` 和 `summary` 写在每一行 [[….limit]] 里
  --> sample/4.2.toml:32:6
   |
32 | id = "4.2e"
   |      ^^^^^^

错误: 有分行时，`id` 和 `summary` 写在每一行 [[….limit]] 里
  --> sample/4.2.toml:33:11
   |
33 | summary = "五"
   |           ^^^^
"#);
}

#[test]
fn anchors_are_read_in_all_their_forms() {
    let due = |phrase: &str| {
        let (rules, problems) = read(&format!(
            "[[deadline]]\nid = \"4.2a\"\nsummary = \"一\"\nfrom = \"投诉受理\"\nmust = \"投诉处理完毕\"\ndue = {phrase}\n"
        ));
        assert_eq!(problems, "", "{phrase}");
        match rules.into_iter().next().map(|rule| rule.kind) {
            Some(Kind::Deadline(Deadline { limit: Limit::Due(anchor), .. })) => anchor,
            other => panic!("{phrase}: {other:?}"),
        }
    };
    let base = |phrase| due(phrase).base;
    assert_eq!(base("\"合同开始 前 5 分钟\""), AnchorBase::Attribute("合同开始".into()));
    assert_eq!(base("\"投诉提出 后首个 17:00\""), AnchorBase::Fact("投诉提出".into()));
    let dues = AnchorBase::ClauseDue(vec!["4.2f".into(), "4.2g".into()]);
    assert_eq!(base("\"条款 4.2f、4.2g 到期 后 2 天\""), dues);
    let later = AnchorBase::Later(vec!["合同开始".into(), "投诉提出".into()]);
    assert_eq!(base("\"合同开始、投诉提出 较晚者 后 1 个月\""), later);
    let third = AnchorBase::MiddleThird("合同开始".into(), "合同结束".into());
    assert_eq!(base("\"合同开始 至 合同结束 中段\""), third);
    let table = due("{ base = \"合同开始\", before = { setting = \"提前量\" } }");
    assert_eq!(table.shift, AnchorShift::Before(Slot::Setting("提前量".into())));
    assert_eq!(due("{ next_day = \"25 日\" }").shift, AnchorShift::NextMonthDay(Slot::Stated(25)));
}

#[test]
fn an_alias_stands_for_its_word() {
    let words = vocabulary();
    let clause =
        format!("{HEAD}\n[[block]]\nid = \"4.2a\"\nsummary = \"一\"\nact = \"了结\"\nwhen = {{ \"等级\" = \"甲\" }}\n");
    let aliases = "[alias]\n\"了结\" = \"结案\"\n\"等级\" = \"投诉类别\"\n\"甲\" = \"一类\"\n";
    let files = [("sample/book.toml", BOOK), ("sample/words.toml", aliases), ("sample/4.2.toml", &clause)];
    let (book, problems) = parse_book(&words, &files);
    assert!(problems.is_empty(), "{problems:?}");
    let Kind::Block(block) = &book.clauses[0].rules[0].kind else { panic!("{book:?}") };
    assert_eq!(block.act.value, "结案");
    assert_eq!(block.when[0].attribute.value, "投诉类别");
    assert_eq!(block.when[0].test, Test::OneOf(vec!["一类".into()]));
    let (_, problems) = parse_book(&words, &[("s/book.toml", BOOK), ("s/words.toml", "[alias]\n\"甲\" = \"乙\"\n")]);
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn digest_follows_the_texts_and_clauses_their_numbers() {
    let words = vocabulary();
    let clause = |number: &str| HEAD.replace("4.2", number);
    let (nine, ten) = (clause("4.9"), clause("4.10"));
    let files = [("s/book.toml", BOOK), ("s/4.10.toml", &ten), ("s/4.9.toml", &nine)];
    let (book, _) = parse_book(&words, &files);
    let numbers: Vec<&str> = book.clauses.iter().map(|clause| clause.number.as_str()).collect();
    assert_eq!(numbers, ["4.9", "4.10"]);
    let mut turned = files;
    turned.reverse();
    assert_eq!(parse_book(&words, &turned).0.digest, book.digest);
    let other = format!("{nine}# 一处注释\n");
    let changed = [("s/book.toml", BOOK), ("s/4.10.toml", ten.as_str()), ("s/4.9.toml", other.as_str())];
    assert_ne!(parse_book(&words, &changed).0.digest, book.digest);
    // The same text under another id is another book.
    let twin = files.map(|(path, text)| (path.replace("s/", "t/"), text));
    let twin: Vec<(&str, &str)> = twin.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    assert_ne!(parse_book(&words, &twin).0.digest, book.digest);
}

#[test]
fn broken_toml_is_told_in_chinese_beside_the_rest() {
    let (_, problems) = read("[[block]]\nid = \"4.2a\"\nsummary = 没有引号\nact = \"结案\"\nact = \"结案\"\n");
    assert_snapshot!(problems, @r#"
错误: 值没有加引号
 --> sample/4.2.toml:8:11
  |
8 | summary = 没有引号
  |           ^^^^^^^^
  |
建议: 中文值前后各要一个英文双引号

错误: 同一个键写了两次
  --> sample/4.2.toml:10:1
   |
10 | act = "结案"
   | ^^^
   |
建议: 合并成一个，或改成 [[…]] 的另一条
"#);
}

#[test]
fn the_vocabulary_refuses_doubles_circles_and_unknown_units() {
    let text = r#"
[[subject]]
id = "case"
zh = "事项"
[[fact]]
id = "a"
zh = "登记"
subject = "cases"
[[fact]]
id = "a"
zh = "结案"
subject = "case"
[[attribute]]
id = "b"
zh = "登记"
unit = "colour"
[[attribute]]
id = "c"
zh = "类别"
unit = "choice"
values = { "有" = "x", "其他" = "x" }
[[post]]
id = "p"
zh = "甲"
reports_to = "乙"
[[post]]
id = "q"
zh = "乙"
reports_to = "甲"
rank = 3
"#;
    let (words, problems) = Vocabulary::parse(text);
    let shown: Vec<String> = problems
        .iter()
        .map(|problem| format!("{} {}", crate::problem::line_and_column(text, problem.span.start).0, problem.sentence))
        .collect();
    assert_snapshot!(shown.join("\n"), @r#"
8 没有编号为 `cases` 的 [[subject]]
10 编号 `a` 已经登记过
14 `登记` 既是事实又是属性
16 `unit` 不能写 `colour`
21 值不能叫 `有`，条件里它另有意思
21 值的编号 `x` 用了两次
29 `乙` 与 `甲` 互相汇报，成了一个圈
30 不认识的键 `rank`
"#);
    assert_eq!(words.facts.len(), 1);
    let (a, b) = (words.post("甲").expect("甲"), words.post("乙").expect("乙"));
    assert!(words.answers_to(a, b) != words.answers_to(b, a));
    assert_eq!(words.rank(a) + words.rank(b), 1);
}

proptest::proptest! {
    /// No text stops the parser, the checks or the drawing of problems, and each problem lies in its file.
    #[test]
    fn any_text_is_read_to_its_end(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..40),
        noise in "\\PC{0,20}",
        at in 0_usize..40,
    ) {
        let mut pieces: Vec<&str> = pieces;
        pieces.insert(at.min(pieces.len()), &noise);
        let text = pieces.concat();
        let words = vocabulary();
        let (_, found) = Vocabulary::parse(&text);
        for problem in &found {
            problem.render(&text);
        }
        for name in ["s/4.2.toml", "s/book.toml", "s/words.toml"] {
            let (book, mut found) = parse_book(&words, &[(name, &text)]);
            found.extend(crate::check_all(&words, &[book]));
            for problem in found.iter().filter(|problem| problem.file == name) {
                proptest::prop_assert!(problem.span.end <= text.len());
                problem.render(&text);
            }
        }
    }
}

/// Pieces of clause files, so that most random texts get past the first bracket.
const PIECES: [&str; 44] = [
    "\n[[deadline]]\n",
    "\n[[deadline.limit]]\n",
    "\n[[duty]]\n",
    "\n[[rate]]\n",
    "\n[[block]]\n",
    "\n[[formula]]\n",
    "\n[[example]]\n",
    "\n[[setting]]\n",
    "\n[alias]\n",
    "\n[[fact]]\n",
    "\n[[attribute]]\n",
    "\n[[classify]]\n",
    "clause",
    "id",
    "summary",
    "from",
    "must",
    "within",
    "due",
    "when",
    "every",
    "at_least",
    "per",
    "values",
    "default",
    " = ",
    "= [",
    "]\n",
    "= { ",
    " }\n",
    "\"",
    "'",
    "\"4 小时\"\n",
    "\"投诉受理\"\n",
    "\"投诉类别\"",
    "\"非 一类、\"",
    "\">= 9223372036854775807 元\"\n",
    "\"条款 到期 后 3 天\"\n",
    "\"至 中段\"\n",
    "2026-01-01\n",
    "99999999999999999999\n",
    "\"每月 99 日\"\n",
    ", ",
    "\n",
];
