//! The sample read back in both languages.

use std::collections::BTreeMap;

use insta::assert_snapshot;

use super::{Lang, ReadBack, read_clause};
use crate::model::Book;
use crate::parse::parse_book;
use crate::{sample, words::Vocabulary};

fn read(lang: Lang) -> String {
    let words = sample::words();
    let book = sample::book(&words);
    let clauses = book.clauses.iter().map(|clause| read_clause(clause, &book, &words, lang).join("\n"));
    clauses.collect::<Vec<_>>().join("\n\n")
}

#[test]
fn the_sample_in_chinese() {
    assert_snapshot!(read(Lang::Chinese), @r#"
4.2 投诉处理时限
4.2a “投诉受理”后，投诉类别为一类的，责任部门须在 4 小时内做到“投诉处理完毕”。
4.2b “投诉受理”后，投诉类别为二类的，责任部门须在当日 24:00 前做到“投诉处理完毕”。
4.2c “投诉受理”后，投诉类别为三类的，责任部门须在第 3 天 24:00 前（当日不计）做到“投诉处理完毕”。
4.2d “投诉受理”后，满“答复的上报期限”（默认 2 天）仍没有“答复投诉人”的，由客服主管上报最高管理者。
读法：“4 小时”指从受理时刻连续计时，夜间和休息日照算（待确认；另一读法：只算服务时间）
读法：“答复”指与处理完毕是两件事；处理完了没有答复，照样上报（待确认）

4.6 回访
4.6a “投诉处理完毕”后，客服中心在第 2 天 24:00 前（当日不计）做到“回访”的，每月不少于 100%（件数向上取整）；基数是期内完成的。
4.6b “维修完工”后，客服中心在第 30 天 24:00 前（当日不计）做到“回访”的，每月、每季度不少于 60%（件数向上取整）；基数是期内完成的。

4.7 造成损失的投诉
4.7a “损失认定”后，损失不少于 500 元的，由管理处经理走“召集处理”。
4.7b 损失不少于 500 元的，“召集处理”时，管理处经理须在《投诉处理记录》上记下投诉人、经过、处理结果，经管理者代表批准。
4.7c 损失不少于 500 元的，没有“处理记录批准”的，不得“投诉结案”。
读法：“达到 500 元”指含 500 元；同一投诉多项损失合并计算（待确认）

5.3 特快专递
5.3a “特快专递签收”后，在周一至周五，收发员须在 10 分钟内做到“送达收件人”。
5.3b “特快专递签收”后，在周末，由收发员走“代存”；“收件人要求送达”的，走“送达收件人”。

6.4 工作单回收
6.4a 每天 17:00 之前，维修班须做到“交回工作单”；本期没有“派出工作单”的，不用做。
6.4b 每月 25 日之前，客服前台须做到“第三联交财务”；本期没有“交回工作单”的，不用做；遇休息日提前。
6.4c 用《工作单》；第 1 联归业户，第 2 联归客服前台，第 3 联（计收）归财务。

8.5 逾期交费违约金
8.5a “出账”后，业户须至迟在次月底做到“交清费用”。
8.5b “违约金”是每天按未交本金的 0.3% 累计（单利）。
读法：“每天 0.3%”指单利，只对本金计，不封顶；合计后四舍五入到分（待确认）
"#);
}

#[test]
fn the_sample_in_english() {
    assert_snapshot!(read(Lang::English), @r#"
Clause 4.2
4.2a After “complaint accepted”, if class is first, the responsible department must reach “complaint resolved” within 4 hours.
4.2b After “complaint accepted”, if class is second, the responsible department must reach “complaint resolved” by 24:00 of the same day.
4.2c After “complaint accepted”, if class is third, the responsible department must reach “complaint resolved” by 24:00 of day 3 (the day itself not counted).
4.2d After “complaint accepted”, the service supervisor tells the top manager after the setting “答复的上报期限” (default 2 days) unless “complainant answered” has happened.
Reading: “4 小时”: 从受理时刻连续计时，夜间和休息日照算 (to be confirmed; other reading: 只算服务时间)
Reading: “答复”: 与处理完毕是两件事；处理完了没有答复，照样上报 (to be confirmed)

Clause 4.6
4.6a Each month, the service centre must reach “followed up” by 24:00 of day 2 (the day itself not counted) after at least 100% of “complaint resolved” (rounded up); counted are those finished in the period.
4.6b Each month, each quarter, the service centre must reach “followed up” by 24:00 of day 30 (the day itself not counted) after at least 60% of “repair completed” (rounded up); counted are those finished in the period.

Clause 4.7
4.7a After “loss assessed”, if loss is at least 500 yuan, the office manager goes on to “handling convened”.
4.7b If loss is at least 500 yuan, at “handling convened” the office manager must note complainant, course, result on “complaint handling record”, approved by the management representative.
4.7c If loss is at least 500 yuan, “complaint closed” is refused without “handling record approved”.
Reading: “达到 500 元”: 含 500 元；同一投诉多项损失合并计算 (to be confirmed)

Clause 5.3
5.3a After “express mail signed for”, from Monday to Friday, the mail clerk must reach “delivered to the addressee” within 10 minutes.
5.3b After “express mail signed for”, at weekends, the mail clerk goes on to “kept for the addressee”; on “delivery asked for”, to “delivered to the addressee”.

Clause 6.4
6.4a Each day, by 17:00, the repair team must reach “work slips returned”; nothing is owed in a period without “work slip issued”.
6.4b On day 25 of each month, the front desk must reach “part three sent to finance”; nothing is owed in a period without “work slips returned”; on a rest day it is due on the working day before.
6.4c “work slip” is used; part 1 goes to the owner, part 2 goes to the front desk, part 3 (计收) goes to 财务.

Clause 8.5
8.5a After “bill issued”, the owner must reach “bill paid” no later than the end of the month after the start.
8.5b “违约金” is 0.3% of open principal for each day (simple).
Reading: “每天 0.3%”: 单利，只对本金计，不封顶；合计后四舍五入到分 (to be confirmed)
"#);
}

#[test]
fn a_site_reads_its_own_settings() {
    let words = sample::words();
    let books = [sample::book(&words)];
    let chosen = BTreeMap::from([("答复的上报期限".to_owned(), "1 天".to_owned())]);
    let rule = &books[0].clauses[0].rules[3];
    let zh = ReadBack::new(&words, &books, Lang::Chinese).with_chosen(&chosen);
    assert_snapshot!(zh.rule(rule), @r#"“投诉受理”后，满“答复的上报期限”（本站设为 1 天）仍没有“答复投诉人”的，由客服主管上报最高管理者。"#);
    let en = ReadBack::new(&words, &books, Lang::English).with_chosen(&chosen);
    assert_snapshot!(en.rule(rule), @r#"After “complaint accepted”, the service supervisor tells the top manager after the setting “答复的上报期限” (here 1 day) unless “complainant answered” has happened."#);
}

/// Rules with every slot that the sample leaves out.
const RICH: &str = r#"
clause = "9"
title = "各种写法"
summary = "各种写法"
in_force = 2026-01-01

[[deadline]]
id = "9a"
summary = "各种"
from = ["投诉受理", "损失认定"]
opens = "首次"
same = "投诉人"
when = { "损失" = "< 500 元", "投诉类别" = "非 一类、二类", "经过" = "无" }
on = "工作日"
who = "责任部门"
by_other = "违规"
higher_rank_may = true
adopted_with = "other"
must = ["投诉处理完毕", "答复投诉人"]
must_all = true
due = "损失认定 后首个 周日"
soft = true
pause = { from = "代存", to = "收件人要求送达", then = "重计" }
closing = "投诉结案"
by_entry = true
ends_with = "召集处理"
waived_by = "处理记录批准"
alert = "客服主管"

[[deadline]]
id = "9b"
summary = "没有时限"
from = "投诉受理"
must = "答复投诉人"
closing = "投诉结案"

[[count]]
id = "9c"
summary = "多次"
of = "投诉受理"
distinct = "投诉人"
group_by = "投诉类别"
per = "月"
apart = "10 分钟"
threshold = ">= 3"
raises = "重点投诉"

[[classify]]
id = "9d"
summary = "归类"
ground = "投诉类别"
gives = "投诉类别"
values = [{ when = ["一类", "二类"], class = "一类" }, { when = "三类", class = "三类" }]

[[right]]
id = "9e"
summary = "可以"
from = "投诉受理"
who = "业户"
may = "越级找最高管理者"
opens = "条款 9a、9b 到期 后 2 天"
until = "投诉处理完毕"

[[block]]
id = "9f"
summary = "不得"
act = "投诉结案"
who = "客服主管"
only_by_who = true
until = ["答复投诉人", "回访"]
after = "召集处理"
until_fields = ["处理结果"]
not_before = { base = "投诉受理", after = { setting = "答复的上报期限" } }

[[sign]]
id = "9g"
summary = "签字"
act = "投诉处理记录"
with = "处理记录批准"
by = ["客服主管", "管理者代表"]
in_order = true
distinct = true
blocks = "投诉结案"

[[roster]]
id = "9h"
summary = "人选"
act = "回访"
all_of = ["客服主管"]
cover = ["管理处经理"]
not_same_as = "投诉处理完毕"

[[retention]]
id = "9i"
summary = "保存 3 年"
of = "投诉处理记录"
keep = "3 年"
from = "投诉结案"
keeper = "客服中心"
approved_by = "管理者代表"

[[carried]]
id = "9j"
summary = "礼貌"
by = "script"
where = "follow-up-script/3"
shown_by = ["回访", "处理结果"]
pending = "follow-up"
"#;

fn rich(words: &Vocabulary) -> Book {
    let mut files = sample::FILES.to_vec();
    files.push(("sample/9.toml", RICH));
    let (book, problems) = parse_book(words, &files);
    assert!(problems.is_empty(), "{problems:?}");
    book
}

#[test]
fn every_slot_is_told() {
    let words = sample::words();
    let book = rich(&words);
    let clause = book.clauses.last().expect("clause 9");
    assert_snapshot!(read_clause(clause, &book, &words, Lang::Chinese).join("\n"), @r#"
9 各种写法
9a “投诉受理”或“损失认定”（首次）后，在工作日，损失少于 500 元且投诉类别不是一类或二类且没有经过的，责任部门须至迟在“损失认定”后首个周日 24:00 把“投诉处理完毕”、“答复投诉人”都做到；按投诉人配对；过时只作软提醒，不算逾期；“代存”之后停表，“收件人要求送达”之后重新计时；“投诉结案”时还没有做到的，算未办；按录入时刻算；“召集处理”之后不再适用；经“处理记录批准”免办；逾期告知客服主管；别的岗位做的，算做到，但记违规；上级也可以做；与 other 同时采用时才适用。
9b “投诉受理”后，须在“投诉结案”之前做到“答复投诉人”。
9c 按投诉类别分组，每月“投诉受理”（同一投诉人只计一次）（相隔不到 10 分钟的算一次）不少于 3 件的，列入“重点投诉”。
9d 按投诉类别定投诉类别，先合的为准：一类或二类归为一类；三类归为三类。
9e “投诉受理”后，自条款 9a、9b 到期后 2 天起，业户可以“越级找最高管理者”，到“投诉处理完毕”为止。
9f 在末次“召集处理”之后没有“答复投诉人”、“回访”的，或没有填写处理结果的，或在“投诉受理”后“答复的上报期限”（默认 2 天）之前，或不是客服主管的，不得“投诉结案”。
9g 《投诉处理记录》须由客服主管、管理者代表签字（“处理记录批准”），按此次序，不得是同一人；齐备之前不得“投诉结案”。
9h “回访”须有客服主管参加，可由管理处经理代，不得与“投诉处理完毕”是同一人。
9i 《投诉处理记录》自“投诉结案”起由客服中心保存 3 年；处置须经管理者代表批准。
9j 由话术 follow-up-script/3 承载，做得怎样看回访、处理结果；尚待：follow-up。
"#);
    assert_snapshot!(read_clause(clause, &book, &words, Lang::English).join("\n"), @r#"
Clause 9
9a After the first “complaint accepted” or “loss assessed”, on working days, if loss is less than 500 yuan and class is not first or second and course is not given, the responsible department must reach “complaint resolved” and “complainant answered” no later than 24:00 of the first Sunday after “loss assessed”; paired by complainant; lateness is only an alarm; the clock stands from “kept for the addressee” to “delivery asked for”, then it starts again; missed when “complaint closed” happens without it; judged by the moment of entry; ends with “handling convened”; waived by “handling record approved”; the service supervisor is told of lateness; an act of another post counts and is a breach; a superior may do it too; holds only together with other.
9b After “complaint accepted”, somebody must reach “complainant answered” before “complaint closed”.
9c When the number of “complaint accepted” (once for each complainant) (less than 10 minutes apart being one) each month, for each class is at least 3, it is listed under “重点投诉”.
9d Class is told by class, the first that fits: first or second gives first; third gives third.
9e After “complaint accepted”, the owner may do “越级找最高管理者” from 2 days after the due moment of clause 9a, 9b on, until “complaint resolved”.
9f “complaint closed” is refused without “complainant answered” and “followed up” after the last “handling convened”, or without result, or before the setting “答复的上报期限” (default 2 days) after “complaint accepted”, or by anyone but the service supervisor.
9g “complaint handling record” must be signed by the service supervisor and the management representative (“handling record approved”), in this order, by different persons; until then “complaint closed” is refused.
9h “followed up” needs the service supervisor, may be covered by the office manager, is not done by the person of “complaint resolved”.
9i “complaint handling record” is kept by the service centre for 3 years from “complaint closed”; disposal is approved by the management representative.
9j Carried by script follow-up-script/3, shown by “followed up”, result; still to come: follow-up.
"#);
}

#[test]
fn shifts_and_openings_are_told() {
    let moment = |id: &str, zh: &str, en: &str| {
        format!("attribute = [\n  {{ id = \"shift.{id}\", zh = \"{zh}\", en = \"{en}\", unit = \"moment\" }},\n")
    };
    let text = include_str!("../../tests/sample/words.toml")
        .replacen("attribute = [\n", &moment("from", "当班开始", "on duty from"), 1)
        .replacen("attribute = [\n", &moment("to", "当班结束", "on duty until"), 1);
    let (words, problems) = Vocabulary::parse(&text);
    assert!(problems.is_empty(), "{problems:?}");
    let rules = r#"
clause = "9"
title = "值守"
summary = "值守"
in_force = 2026-01-01

[[duty]]
id = "9a"
summary = "值守"
every = "每天"
on = "休息日"
must = "投诉受理"
covering = { from = "当班开始", to = "当班结束", on = "服务时间" }

[[duty]]
id = "9a"
summary = "半日 50%"
every = "每天"
must = "投诉受理"
covering = { from = "当班开始", to = "当班结束", at_least = "50%" }

[[deadline]]
id = "9b"
summary = "开门"
from = "投诉受理"
must = "答复投诉人"
due = "后首个 服务时间"
"#;
    let mut files = sample::FILES.to_vec();
    files.push(("sample/9.toml", rules));
    let (book, problems) = parse_book(&words, &files);
    assert!(problems.is_empty(), "{problems:?}");
    let clause = book.clauses.last().expect("clause 9");
    assert_snapshot!(read_clause(clause, &book, &words, Lang::Chinese).join("\n"), @r#"
9 值守
9a 每天，在休息日，“投诉受理”（从当班开始到当班结束）合起来须排满服务时间，不空岗。
9a 每天，“投诉受理”（从当班开始到当班结束）合起来须达到工作日服务时间的 50%。
9b “投诉受理”后，须至迟在起算后首个服务时间开始时做到“答复投诉人”。
"#);
    assert_snapshot!(read_clause(clause, &book, &words, Lang::English).join("\n"), @r#"
Clause 9
9a Each day, on rest days, somebody must reach “complaint accepted”, whose stretches from on duty from to on duty until together leave no moment of the hours of service out.
9a Each day, somebody must reach “complaint accepted”, whose stretches from on duty from to on duty until together reach 50% of a working day's hours of service.
9b After “complaint accepted”, somebody must reach “complainant answered” no later than the next opening of the office after the start.
"#);
}
