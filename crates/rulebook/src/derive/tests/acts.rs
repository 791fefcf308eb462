//! What refuses an act: blocks, signatures, fields, performers, keeping; and amounts.

use super::*;

fn missing(law: &Law, lines: &[&str], act: &str) -> Vec<String> {
    refused(law, lines, act).into_iter().flat_map(|(_, missing)| missing).collect()
}

const CLOSE: &str = "2026-11-20 18:00 结案";

#[test]
fn a_block_misses_facts_after_the_last_refusal_fields_and_values() {
    let law = law(
        "[[block]]\nid = \"1\"\nsummary = \"没有答复不得结案\"\nact = \"结案\"\nuntil = [\"答复\"]\nafter = \"退回\"\n\
             until_fields = [\"单号\"]\nuntil_values = { \"联系不上\" = \"否\" }\n",
    );
    let opened = "2026-11-20 10:00 受理";
    assert_eq!(missing(&law, &[opened], CLOSE), ["complaint.replied", "case.sheet", "case.unreachable"]);
    let filled = "2026-11-20 11:00 答复 - case.sheet=A case.unreachable=no";
    assert_eq!(refused(&law, &[opened, filled], CLOSE), []);
    assert_eq!(missing(&law, &[opened, filled, "2026-11-20 12:00 退回"], CLOSE), ["complaint.replied"]);
    assert_eq!(refused(&law, &[opened, filled, "2026-11-20 12:00 退回", "2026-11-20 12:00 答复"], CLOSE), []);
    let act = "2026-11-20 18:00 结案 - case.sheet=A case.unreachable=no";
    assert_eq!(missing(&law, &[opened, "2026-11-20 11:00 答复"], act), Vec::<String>::new());
    // A later fact does not help an earlier act.
    assert_eq!(
        missing(&law, &[opened, "2026-11-20 19:00 答复 - case.sheet=A case.unreachable=no"], act),
        ["complaint.replied"]
    );
    let derived = derive(&law, &[opened], "2026-11-20 12:00");
    assert_eq!(
        (derived.blocks[0].act.as_str(), derived.blocks[0].summary.as_str()),
        ("case.closed", "没有答复不得结案")
    );
}

#[test]
fn a_block_about_complaints_leaves_repairs_alone() {
    let law = law("[[block]]\nid = \"1\"\nsummary = \"试\"\nact = \"结案\"\nuntil = [\"答复\"]\n");
    assert_eq!(refused(&law, &["2026-11-20 10:00 完工"], CLOSE), []);
    assert_eq!(missing(&law, &["2026-11-20 10:00 受理"], CLOSE), ["complaint.replied"]);
}

#[test]
fn an_act_kept_for_one_post() {
    let law = law("[[block]]\nid = \"1\"\nsummary = \"试\"\nwho = \"客服\"\nact = \"答复\"\nonly_by_who = true\n\
             higher_rank_may = true\n");
    let try_as = |by: &str| missing(&law, &["2026-11-20 10:00 受理"], &format!("2026-11-20 11:00 答复 {by}"));
    assert_eq!(try_as("guard"), ["clerk"]);
    assert_eq!([try_as("clerk"), try_as("head"), try_as("-")], [const { Vec::<String>::new() }; 3]);
    let shown = derive(&law, &["2026-11-20 10:00 受理"], "2026-11-20 11:00").blocks;
    assert_eq!((shown[0].only.as_deref(), shown[0].missing.len()), (Some("clerk"), 0));
}

#[test]
fn not_before_and_not_after() {
    let early = law("[[block]]\nid = \"1\"\nsummary = \"试\"\nact = \"结案\"\nnot_before = \"受理 后 2 天\"\n");
    let opened = "2026-11-20 10:00 受理";
    assert_eq!(refused(&early, &[opened], "2026-11-22 23:59:59 结案").len(), 1);
    assert_eq!(refused(&early, &[opened], "2026-11-23 00:00 结案").len(), 0);
    assert_eq!(derive(&early, &[opened], "2026-11-20 11:00").next_change, Some(at("2026-11-23 00:00")));
    let late = law("[[block]]\nid = \"1\"\nsummary = \"试\"\nact = \"追问\"\n\
             not_after = { attribute = \"延至\", anchor = \"受理 后 2 天\" }\n");
    let plan = |date: &str| refused(&late, &[opened], &format!("2026-11-20 11:00 追问 - case.until={date}")).len();
    assert_eq!([plan("2026-11-22"), plan("2026-11-23")], [0, 1]);
}

#[test]
fn a_block_without_a_way_out_forbids() {
    let law =
        law("[[block]]\nid = \"1\"\nsummary = \"不得私下处理\"\nact = \"追问\"\nwhen = { \"类别\" = \"一类\" }\n");
    assert_eq!(refused(&law, &["2026-11-20 10:00 受理 - complaint.class=first"], "2026-11-20 11:00 追问").len(), 1);
    assert_eq!(refused(&law, &["2026-11-20 10:00 受理 - complaint.class=third"], "2026-11-20 11:00 追问").len(), 0);
}

const SIGN: &str = "[[sign]]\nid = \"1\"\nsummary = \"试\"\nact = \"处理完毕\"\nwith = \"签字\"\nblocks = \"结案\"\n";

#[test]
fn signatures_are_asked_after_the_act_by_each_post() {
    let law = law(&format!("{SIGN}by = [\"客服\", \"主管\"]\n"));
    let done = "2026-11-20 10:00 处理完毕";
    assert_eq!(refused(&law, &["2026-11-20 09:00 受理"], CLOSE), []);
    assert_eq!(missing(&law, &["2026-11-20 09:00 签字 clerk", done, "2026-11-20 11:00 签字 head"], CLOSE), ["clerk"]);
    assert_eq!(refused(&law, &[done, "2026-11-20 10:00 签字 clerk", "2026-11-20 11:00 签字 head"], CLOSE), []);
    assert_eq!(
        missing(&law, &[done, "2026-11-20 11:00 签字 clerk,head", "2026-11-20 12:00 处理完毕"], CLOSE),
        ["clerk", "head"]
    );
}

#[test]
fn signatures_in_order_by_different_persons_or_by_any() {
    let done = "2026-11-20 10:00 处理完毕";
    let ordered = law(&format!("{SIGN}by = [\"客服\", \"主管\"]\nin_order = true\n"));
    let reversed = [done, "2026-11-20 11:00 签字 head", "2026-11-20 12:00 签字 clerk"];
    assert_eq!(missing(&ordered, &reversed, CLOSE), ["head"]);
    let distinct = law(&format!("{SIGN}by = [\"客服\", \"主管\"]\ndistinct = true\n"));
    let one_person = [done, "2026-11-20 11:00 签字 clerk @王", "2026-11-20 12:00 签字 head @王"];
    assert_eq!(missing(&distinct, &one_person, CLOSE), ["head"]);
    let two = [done, "2026-11-20 11:00 签字 clerk @王", "2026-11-20 12:00 签字 head @李"];
    assert_eq!(refused(&distinct, &two, CLOSE), []);
    let any = law(&format!("{SIGN}by = [\"客服\", \"主管\"]\nany = true\n"));
    assert_eq!(missing(&any, &[done], CLOSE), ["complaint.signed"]);
    assert_eq!(refused(&any, &[done, "2026-11-20 11:00 签字 head"], CLOSE), []);
}

#[test]
fn each_entry_needs_its_own_signature() {
    let law = law(&format!("{SIGN}each_entry = true\n"));
    let entry = |hour: u8| format!("2026-11-20 {hour:02}:00 处理完毕");
    let sign = |hour: u8| format!("2026-11-20 {hour:02}:30 签字");
    let lines = [entry(9), sign(9), entry(10), sign(10), entry(11)];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(missing(&law, &lines, CLOSE), ["complaint.signed"]);
    assert_eq!(refused(&law, &lines[..4], CLOSE), []);
    // A spare signature before an entry does not cover it.
    assert_eq!(missing(&law, &["2026-11-20 08:00 签字", "2026-11-20 09:00 处理完毕"], CLOSE), ["complaint.signed"]);
}

#[test]
fn records_and_forms_ask_for_fields() {
    let record =
        law("[[record]]\nid = \"1\"\nsummary = \"试\"\nact = \"处理完毕\"\nfields = [\"单号\"]\nblocks = \"结案\"\n\
             approved_by = \"主管\"\n");
    let done = "2026-11-20 10:00 处理完毕 clerk";
    assert_eq!(missing(&record, &[done], CLOSE), ["case.sheet", "head"]);
    let approved = "2026-11-20 11:00 追问 head case.sheet=A";
    assert_eq!(refused(&record, &[done, approved], CLOSE), []);
    let quiet = law("[[record]]\nid = \"1\"\nsummary = \"试\"\nact = \"处理完毕\"\nfields = [\"单号\"]\n");
    let gaps = |lines: &[&str]| derive(&quiet, lines, "2026-11-20 12:00").gaps.len();
    assert_eq!(
        [gaps(&["2026-11-20 10:00 受理"]), gaps(&[done]), gaps(&["2026-11-20 10:00 处理完毕 - case.sheet=A"])],
        [0, 1, 0]
    );
    assert_eq!(refused(&quiet, &[done], CLOSE), []);
    let form = law(
        "[[form]]\nid = \"1\"\nsummary = \"试\"\nform = \"单子\"\nfields = [\"单号\", \"客户\"]\nissued_by = \"受理\"\n\
             blocks = \"处理完毕\"\n",
    );
    assert_eq!(missing(&form, &["2026-11-20 09:00 受理 - case.customer=王"], done), ["case.sheet"]);
}

#[test]
fn a_roster_judges_who_took_part() {
    let rules = "[[deadline]]\nid = \"1\"\nsummary = \"试\"\nfrom = \"处理完毕\"\nmust = \"回访\"\nwithin = \"2 天\"\n\
        [[roster]]\nid = \"2\"\nsummary = \"试\"\nact = \"回访\"\nall_of = [\"客服\", \"前台\"]\ncover = [\"领导\"]\n\
             by_other = \"不算\"\n";
    let law = law(rules);
    let state = |by: &str| {
        let visit = format!("2026-11-20 11:00 回访 {by}");
        derive(&law, &["2026-11-20 10:00 处理完毕", &visit], "2026-11-20 12:00")
    };
    assert_eq!(state("clerk").obligations[0].state, State::Open);
    assert_eq!(state("clerk").gaps[0].missing, ["desk"]);
    assert_eq!([state("clerk,desk").obligations[0].state, state("leader").obligations[0].state], [State::Met; 2]);
    let strict = rules.replace("不算", "拒绝");
    let strict = super::law(&strict);
    assert_eq!(missing(&strict, &["2026-11-20 10:00 处理完毕"], "2026-11-20 11:00 回访 clerk"), ["desk"]);
    assert_eq!(refused(&strict, &["2026-11-20 10:00 处理完毕"], "2026-11-20 11:00 回访 clerk,desk"), []);
}

#[test]
fn nobody_may_check_their_own_work() {
    let law = law(
        "[[roster]]\nid = \"2\"\nsummary = \"试\"\nact = \"签字\"\nany_of = [\"主管\"]\nnot_same_as = \"处理完毕\"\n\
             by_other = \"拒绝\"\n",
    );
    let done = "2026-11-20 10:00 处理完毕 clerk @王";
    assert_eq!(missing(&law, &[done], "2026-11-20 11:00 签字 head @王"), ["head"]);
    assert_eq!(refused(&law, &[done], "2026-11-20 11:00 签字 head @李"), []);
}

#[test]
fn an_act_kept_for_the_bearer_of_an_open_obligation() {
    let law = law(
        "[[deadline]]\nid = \"1\"\nsummary = \"试\"\nwho = \"客服\"\nby_other = \"拒绝\"\nfrom = \"受理\"\nmust = \"答复\"\n\
             within = \"4 小时\"\n",
    );
    let opened = "2026-11-20 10:00 受理";
    assert_eq!(missing(&law, &[opened], "2026-11-20 11:00 答复 guard"), ["clerk"]);
    assert_eq!(refused(&law, &[opened], "2026-11-20 11:00 答复 clerk"), []);
    // Nothing is owed any more: the clause has nothing to say.
    assert_eq!(refused(&law, &[opened, "2026-11-20 10:30 答复 clerk"], "2026-11-20 11:00 答复 guard"), []);
}

#[test]
fn keeping_ends_on_its_last_day_and_then_a_person_decides() {
    let law = law(
        "[[retention]]\nid = \"1\"\nsummary = \"试\"\nof = \"单子\"\nkeep = \"2 年\"\nfrom = \"结案\"\nkeeper = \"客服\"\n\
             blocks = \"退回\"\napproved_by = \"领导\"\n",
    );
    let filed = "2026-10-10 10:00 结案";
    let derived = derive(&law, &["2026-10-10 09:00 受理", filed], "2026-10-11 00:00");
    assert_eq!(derived.keeps[0].until.as_deref(), Some("2028-10-10"));
    assert_eq!(derived.keeps[0].of, "slip");
    let refusal = |moment: &str| law.refusals(&facts(&[filed]), &facts(&[&format!("{moment} 退回")])[0]);
    assert_eq!(refusal("2028-10-10 23:59:59")[0].not_before, Some(at("2028-10-10 24:00")));
    assert_eq!(
        (refusal("2028-10-11 00:00")[0].not_before, refusal("2028-10-11 00:00")[0].only.as_deref()),
        (None, Some("leader"))
    );
}

#[test]
fn amounts_are_exact() {
    let amount = |way: &str, lines: &[&str], as_of: &str| {
        let law = law(&format!("[[formula]]\nid = \"1\"\nsummary = \"试\"\ngives = \"金额\"\n{way}\n"));
        derive(&law, lines, as_of).amounts.first().map(|amount| amount.fen)
    };
    let accrue = "accrue = { on = \"损失\", rate = \"0.3%\" }";
    let paid = [
        "2026-04-10 18:00 受理 - case.loss=30000",
        "2026-04-13 09:00 追问 - case.loss=20000",
        "2026-04-15 09:00 追问 - case.loss=0",
    ];
    assert_eq!(amount(accrue, &paid, "2026-05-01 00:00"), Some(390));
    assert_eq!(amount(accrue, &paid[..1], "2026-04-10 23:59"), Some(0));
    assert_eq!(amount(accrue, &paid[..1], "2026-04-11 00:00"), Some(90));
    assert_eq!(amount("sum = { of = \"损失\" }", &paid, "2026-05-01 00:00"), Some(50_000));
    assert_eq!(
        amount(
            "multiply = { of = \"损失\", by = \"50%\" }",
            &["2026-04-10 18:00 受理 - case.loss=3"],
            "2026-05-01 00:00"
        ),
        Some(2)
    );
    assert_eq!(amount("fixed = \"50 元\"", &["2026-04-10 18:00 受理"], "2026-05-01 00:00"), Some(5000));
    assert_eq!(amount("sum = { of = \"损失\" }", &["2026-04-10 18:00 受理"], "2026-05-01 00:00"), None);
}

#[test]
fn a_score_weighs_numbers_and_waits_for_all_of_them() {
    let law = law("[[formula]]\nid = \"1\"\nsummary = \"试\"\ngives = \"得分\"\n\
             weigh = [{ of = \"人数\", by = \"40%\" }, { of = \"次数\", by = \"60%\" }]\n");
    let score = |line: &str| {
        let amounts = derive(&law, &[line], "2026-11-20 12:00").amounts;
        amounts.first().map(|one| (one.fen, one.score))
    };
    assert_eq!(score("2026-11-20 10:00 受理 - case.people=90 case.times=81"), Some((8460, true)));
    assert_eq!(score("2026-11-20 10:00 受理 - case.people=90"), None);
}

#[test]
fn amounts_for_each_one_counted_and_for_each_breach() {
    let amount = |rules: &str, lines: &[&str]| {
        let law = law(rules);
        derive(&law, lines, "2026-05-01 00:00").amounts.first().map(|amount| amount.fen)
    };
    let each =
        "[[formula]]\nid = \"1\"\nsummary = \"试\"\ngives = \"金额\"\neach = { of = \"人数\", amount = \"30 元\" }\n";
    assert_eq!(amount(each, &["2026-04-10 18:00 受理 - case.people=3"]), Some(9000));
    assert_eq!(amount(each, &["2026-04-10 18:00 受理"]), None);
    let sum =
        "[[formula]]\nid = \"1\"\nsummary = \"试\"\ngives = \"金额\"\nsum = { of = \"损失\", times = \"人数\" }\n";
    let lines = ["2026-04-10 18:00 受理 - case.loss=4500 case.people=2", "2026-04-10 19:00 追问 - case.loss=6000"];
    assert_eq!(amount(sum, &lines), Some(15_000));
    let owed = |more: &str, soft: &str| {
        format!(
            "[[deadline]]\nid = \"1\"\nsummary = \"试\"\nfrom = \"受理\"\nmust = \"答复\"\nwithin = \"4 小时\"\n\
             closing = \"结案\"\n{soft}[[formula]]\nid = \"2\"\nsummary = \"试\"\ngives = \"金额\"\nfixed = \"30 元\"\n\
             breach_of = [\"1\"]\n{more}"
        )
    };
    let twice = ["2026-04-10 10:00 受理", "2026-04-10 15:00 答复", "2026-04-11 10:00 受理", "2026-04-11 15:00 答复"];
    let once = owed("", "");
    assert_eq!(amount(&once, &twice), Some(3000));
    assert_eq!(amount(&owed("each_breach = true\n", ""), &twice), Some(6000));
    assert_eq!(amount(&once, &["2026-04-10 10:00 受理", "2026-04-10 14:00 答复"]), None);
    assert_eq!(amount(&once, &["2026-04-10 10:00 受理"]), Some(3000));
    let soft = owed("", "soft = true\n");
    assert_eq!(amount(&soft, &twice), None);
    assert_eq!(amount(&soft, &["2026-04-10 10:00 受理", "2026-04-10 11:00 结案"]), Some(3000));
}
