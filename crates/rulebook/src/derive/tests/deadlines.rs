//! Deadlines: limits on both sides, rounds, pairing, pauses, moves, ends.

use super::*;
use State::{Met, MetLate, Missed, NotApplicable, Open, Overdue, Waived};

const HOURS: &str =
    "[[deadline]]\nid = \"1\"\nsummary = \"试\"\nfrom = \"受理\"\nmust = \"处理完毕\"\nwithin = \"4 小时\"\n";

fn with(slots: &str) -> Law {
    law(&format!("{HOURS}{slots}"))
}

#[test]
fn hours_include_the_last_second() {
    let law = with("");
    let state = |done: &str| derive(&law, &["2026-11-20 22:00 受理", done], "2026-11-22 00:00").obligations[0].state;
    assert_eq!(state("2026-11-21 02:00 处理完毕"), Met);
    assert_eq!(state("2026-11-21 02:00:01 处理完毕"), MetLate);
    let at_due = derive(&law, &["2026-11-20 22:00 受理"], "2026-11-21 02:00");
    assert_eq!(at_due.obligations[0].state, Open);
    assert_eq!(at_due.next_change, Some(Moment(at("2026-11-21 02:00").0 + 1)));
    assert_eq!(derive(&law, &["2026-11-20 22:00 受理"], "2026-11-21 02:00:01").obligations[0].state, Overdue);
}

#[test]
fn days_end_before_the_next_midnight() {
    let law = law(&HOURS.replace("4 小时", "3 天"));
    let state = |done: &str| derive(&law, &["2026-11-20 09:00 受理", done], "2026-11-30 00:00");
    assert_eq!(owed(&state("2026-11-23 23:59:59 处理完毕")), [line("1", "2026-11-23 24:00", Met)]);
    assert_eq!(owed(&state("2026-11-24 00:00 处理完毕")), [line("1", "2026-11-23 24:00", MetLate)]);
    let open = derive(&law, &["2026-11-20 09:00 受理"], "2026-11-23 23:59:59");
    assert_eq!((open.obligations[0].state, open.next_change), (Open, Some(at("2026-11-23 24:00"))));
    assert_eq!(derive(&law, &["2026-11-20 09:00 受理"], "2026-11-23 24:00").obligations[0].state, Overdue);
}

#[test]
fn working_days_leave_out_the_holiday_and_take_the_make_up_day() {
    let law = law(&HOURS.replace("4 小时", "3 个工作日"));
    // 1 to 7 October are days off; Saturday 10 October is worked.
    assert_eq!(
        owed(&derive(&law, &["2026-10-01 09:00 受理"], "2026-10-01 09:00")),
        [line("1", "2026-10-10 24:00", Open)]
    );
}

#[test]
fn an_act_of_the_opening_moment_counts_and_one_before_does_not() {
    let law = with("");
    let same = derive(&law, &["2026-11-20 10:00 处理完毕", "2026-11-20 10:00 受理"], "2026-11-20 11:00");
    assert_eq!(same.obligations[0].state, Met);
    let before = derive(&law, &["2026-11-20 09:59:59 处理完毕", "2026-11-20 10:00 受理"], "2026-11-20 11:00");
    assert_eq!(before.obligations[0].state, Open);
}

#[test]
fn each_opening_is_a_round_and_one_act_fulfils_all_open_ones() {
    let lines =
        ["2026-11-20 10:00 受理", "2026-11-20 11:00 受理", "2026-11-20 14:30 处理完毕", "2026-11-20 15:00 受理"];
    let each = derive(&with(""), &lines, "2026-11-20 16:00");
    let rounds: Vec<(u32, State)> = each.obligations.iter().map(|one| (one.round, one.state)).collect();
    assert_eq!(rounds, [(1, MetLate), (2, Met), (3, Open)]);
    let first = derive(&with("opens = \"首次\"\n"), &lines, "2026-11-20 16:00");
    assert_eq!(owed(&first), [line("1", "2026-11-20 14:00", MetLate)]);
    let last = derive(&with("opens = \"末次\"\n"), &lines, "2026-11-20 16:00");
    assert_eq!(owed(&last), [line("1", "2026-11-20 15:00", Met), line("1", "2026-11-20 19:00", Open)]);
}

#[test]
fn same_pairs_by_the_facts_own_values() {
    let law = with("same = [\"单号\"]\n");
    let lines = [
        "2026-11-20 10:00 受理 - case.sheet=A",
        "2026-11-20 10:30 受理 - case.sheet=B",
        "2026-11-20 11:00 处理完毕 - case.sheet=B",
    ];
    let states: Vec<State> = derive(&law, &lines, "2026-11-20 12:00").obligations.iter().map(|one| one.state).collect();
    assert_eq!(states, [Open, Met]);
}

#[test]
fn all_of_several_acts_end_with_the_last() {
    let rules = HOURS.replace("must = \"处理完毕\"", "must = [\"处理完毕\", \"答复\"]\nmust_all = true");
    let law = law(&rules);
    let lines = ["2026-11-20 10:00 受理", "2026-11-20 11:00 处理完毕", "2026-11-20 14:00:01 答复"];
    assert_eq!(derive(&law, &lines[..2], "2026-11-20 12:00").obligations[0].state, Open);
    let all = derive(&law, &lines, "2026-11-20 15:00");
    assert_eq!((all.obligations[0].state, all.obligations[0].must_all), (MetLate, true));
    assert_eq!(all.obligations[0].ended, Some(at("2026-11-20 14:00:01")));
}

const CLASSES: &str = "[[deadline]]\nfrom = \"受理\"\nmust = \"处理完毕\"\n\
    [[deadline.limit]]\nid = \"1a\"\nsummary = \"试\"\nwhen = { \"类别\" = \"一类\" }\nwithin = \"4 小时\"\n\
    [[deadline.limit]]\nid = \"1b\"\nsummary = \"试\"\nwhen = { \"类别\" = \"三类\" }\nwithin = \"3 天\"\n";

#[test]
fn a_change_of_class_moves_the_due_moment_while_open() {
    let law = law(CLASSES);
    let lines = ["2026-11-20 10:00 受理 - complaint.class=first", "2026-11-20 11:00 追问 - complaint.class=third"];
    assert_eq!(owed(&derive(&law, &lines[..1], "2026-11-20 11:00")), [line("1a", "2026-11-20 14:00", Open)]);
    let moved = derive(&law, &lines, "2026-11-20 15:00");
    assert_eq!(owed(&moved), [line("1a", "2026-11-20 14:00", NotApplicable), line("1b", "2026-11-23 24:00", Open)]);
    assert_eq!(moved.obligations[0].ended, Some(at("2026-11-20 11:00")));
}

#[test]
fn a_class_given_after_the_end_changes_nothing() {
    let law = law(CLASSES);
    let lines = [
        "2026-11-20 10:00 受理 - complaint.class=first",
        "2026-11-20 13:00 处理完毕 - complaint.class=third",
        "2026-11-20 14:00 追问 - complaint.class=third",
    ];
    assert_eq!(owed(&derive(&law, &lines, "2026-11-21 00:00")), [line("1a", "2026-11-20 14:00", Met)]);
    assert_eq!(owed(&derive(&law, &["2026-11-20 10:00 受理"], "2026-11-21 00:00")), []);
}

#[test]
fn minutes_grow_by_the_pause_and_stand_still_in_it() {
    let law = with("pause = { from = \"暂停\", to = \"恢复\", then = \"续计\" }\n");
    let lines =
        ["2026-11-20 10:00 受理", "2026-11-20 11:00 暂停", "2026-11-20 13:30 恢复", "2026-11-20 16:30 处理完毕"];
    assert_eq!(owed(&derive(&law, &lines, "2026-11-20 17:00")), [line("1", "2026-11-20 16:30", Met)]);
    let paused = derive(&law, &lines[..2], "2026-11-25 00:00");
    assert_eq!((owed(&paused), paused.next_change), (vec![line("1", "", Open)], None));
    // A pause that begins after the due moment does not help any more.
    let late = ["2026-11-20 10:00 受理", "2026-11-20 14:00:01 暂停", "2026-11-20 20:00 恢复"];
    assert_eq!(owed(&derive(&law, &late, "2026-11-20 21:00")), [line("1", "2026-11-20 14:00", Overdue)]);
}

#[test]
fn days_grow_by_the_midnights_of_the_pause() {
    let rules = HOURS.replace("4 小时", "3 天");
    let law = law(&format!("{rules}pause = {{ from = \"暂停\", to = \"恢复\", then = \"续计\" }}\n"));
    let lines = ["2026-11-16 10:00 受理", "2026-11-17 09:00 暂停", "2026-11-19 08:00 恢复"];
    assert_eq!(owed(&derive(&law, &lines, "2026-11-19 09:00")), [line("1", "2026-11-21 24:00", Open)]);
    let within_a_day = ["2026-11-16 10:00 受理", "2026-11-17 09:00 暂停", "2026-11-17 18:00 恢复"];
    assert_eq!(owed(&derive(&law, &within_a_day, "2026-11-18 09:00")), [line("1", "2026-11-19 24:00", Open)]);
}

#[test]
fn a_clock_that_starts_again_counts_from_the_end_of_the_pause() {
    let law = with("pause = { from = \"暂停\", to = \"恢复\", then = \"重计\" }\n");
    let lines = ["2026-11-20 10:00 受理", "2026-11-20 11:00 暂停", "2026-11-20 13:30 恢复"];
    assert_eq!(owed(&derive(&law, &lines, "2026-11-20 14:00")), [line("1", "2026-11-20 17:30", Open)]);
}

#[test]
fn an_approved_move_counts_only_before_the_due_moment() {
    let law = with("moved_by = { fact = \"批准延期\", to = \"延至\" }\n");
    let moved = |when: &str| format!("{when} 批准延期 - case.until=2026-11-25");
    let in_time = moved("2026-11-20 14:00");
    assert_eq!(
        owed(&derive(&law, &["2026-11-20 10:00 受理", &in_time], "2026-11-24 00:00")),
        [line("1", "2026-11-25 24:00", Open)]
    );
    let late = moved("2026-11-20 14:00:01");
    assert_eq!(
        owed(&derive(&law, &["2026-11-20 10:00 受理", &late], "2026-11-24 00:00")),
        [line("1", "2026-11-20 14:00", Overdue)]
    );
}

#[test]
fn closing_without_the_act_is_missed_and_with_it_at_the_same_moment_is_not() {
    let law = with("closing = \"结案\"\n");
    let missed = derive(
        &law,
        &["2026-11-20 10:00 受理", "2026-11-20 11:00 结案", "2026-11-20 12:00 处理完毕"],
        "2026-11-21 00:00",
    );
    assert_eq!(missed.obligations[0].state, Missed);
    let done = derive(
        &law,
        &["2026-11-20 10:00 受理", "2026-11-20 11:00 结案", "2026-11-20 11:00 处理完毕"],
        "2026-11-21 00:00",
    );
    assert_eq!(done.obligations[0].state, Met);
}

#[test]
fn a_step_without_a_clock_waits_for_closing() {
    let law = law(&HOURS.replace("within = \"4 小时\"", "closing = \"结案\""));
    assert_eq!(owed(&derive(&law, &["2026-01-01 10:00 受理"], "2026-11-21 00:00")), [line("1", "", Open)]);
    let missed = derive(&law, &["2026-01-01 10:00 受理", "2026-11-20 10:00 结案"], "2026-11-21 00:00");
    assert_eq!(owed(&missed), [line("1", "", Missed)]);
}

#[test]
fn waivers_ends_and_withdrawal() {
    let law = with("waived_by = \"批准免办\"\nends_with = \"退回\"\n");
    let state = |end: &str| derive(&law, &["2026-11-20 10:00 受理", end], "2026-11-21 00:00").obligations[0].state;
    assert_eq!(state("2026-11-20 11:00 批准免办"), Waived);
    assert_eq!(state("2026-11-20 11:00 退回"), NotApplicable);
    assert_eq!(state("2026-11-20 11:00 撤销"), NotApplicable);
    let own = with("closing = \"撤销\"\n");
    let lines = ["2026-11-20 10:00 受理", "2026-11-20 11:00 撤销"];
    assert_eq!(derive(&own, &lines, "2026-11-21 00:00").obligations[0].state, Missed);
}

#[test]
fn by_entry_judges_the_moment_of_entry() {
    let rules = HOURS.replace("4 小时", "当日");
    let law = law(&format!("{rules}by_entry = true\n"));
    let done = "2026-11-16 17:50 处理完毕 - 录入=2026-11-17T08:05";
    let lines = ["2026-11-16 10:00 受理", done];
    assert_eq!(owed(&derive(&law, &lines, "2026-11-17 09:00")), [line("1", "2026-11-16 24:00", MetLate)]);
    // Before it was entered nobody knew.
    assert_eq!(owed(&derive(&law, &lines, "2026-11-16 23:00")), [line("1", "2026-11-16 24:00", Open)]);
}

#[test]
fn whose_act_counts() {
    let lines = |by: &str| ["2026-11-20 10:00 受理".to_owned(), format!("2026-11-20 11:00 处理完毕 {by}")];
    let state = |law: &Law, by: &str| {
        let lines = lines(by);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        derive(law, &lines, "2026-11-20 12:00").obligations[0].state
    };
    let ignored = with("who = \"客服\"\nby_other = \"不算\"\n");
    assert_eq!([state(&ignored, "clerk"), state(&ignored, "head"), state(&ignored, "-")], [Met, Open, Met]);
    let superior = with("who = \"客服\"\nby_other = \"不算\"\nhigher_rank_may = true\n");
    assert_eq!([state(&superior, "head"), state(&superior, "leader"), state(&superior, "desk")], [Met, Met, Open]);
    let mut bound = charter();
    bound.bindings.insert("clerk".into(), vec!["desk".into()]);
    let bound = law_of(&book("", &format!("{HOURS}who = \"客服\"\nby_other = \"不算\"\n")), &bound);
    assert_eq!([state(&bound, "desk"), state(&bound, "clerk"), state(&bound, "guard")], [Met, Met, Open]);
    let lines = ["2026-11-20 10:00 受理"];
    assert_eq!(derive(&bound, &lines, "2026-11-20 12:00").obligations[0].bearer, "desk");
}

#[test]
fn an_act_that_is_itself_a_breach_still_fulfils() {
    let law = with("who = \"客服\"\nby_other = \"违规\"\n");
    let derived = derive(&law, &["2026-11-20 10:00 受理", "2026-11-20 11:00 处理完毕 guard"], "2026-11-20 12:00");
    assert_eq!(derived.obligations[0].state, Met);
    assert_eq!(derived.gaps.len(), 1);
    assert!(derived.gaps[0].breach && derived.gaps[0].missing == ["clerk"]);
    let right = derive(&law, &["2026-11-20 10:00 受理", "2026-11-20 11:00 处理完毕 clerk"], "2026-11-20 12:00");
    assert_eq!(right.gaps, []);
}

#[test]
fn a_breach_is_told_at_the_due_moment() {
    let law = with("alert = \"领导\"\n");
    let told = |lines: &[&str], as_of: &str| derive(&law, lines, as_of).escalations;
    assert_eq!(told(&["2026-11-20 10:00 受理"], "2026-11-20 14:00"), []);
    let late = told(&["2026-11-20 10:00 受理", "2026-11-20 14:00:01 处理完毕"], "2026-11-20 15:00");
    assert_eq!((late[0].to.as_str(), late[0].at, late[0].fired), ("leader", at("2026-11-20 14:00"), true));
    assert_eq!(told(&["2026-11-20 10:00 受理", "2026-11-20 14:00 处理完毕"], "2026-11-20 15:00"), []);
}

#[test]
fn anchors() {
    let due = |anchor: &str, lines: &[&str]| {
        let law = law(&HOURS.replace("within = \"4 小时\"", &format!("due = \"{anchor}\"")));
        owed(&derive(&law, lines, "2026-12-01 00:00"))[0].1.clone()
    };
    let appointment = format!("2026-11-20 10:00 受理 - case.appointment={}", at("2026-11-21 00:03").0);
    assert_eq!(due("预约 前 5 分钟", &[&appointment]), "2026-11-20 23:58");
    assert_eq!(due("预约 前 5 分钟", &["2026-11-20 10:00 受理"]), "");
    assert_eq!(due("后首个 17:00", &["2026-11-20 16:59 受理"]), "2026-11-20 17:00");
    assert_eq!(due("后首个 17:00", &["2026-11-20 17:00 受理"]), "2026-11-21 17:00");
    assert_eq!(due("后首个 服务时间", &["2026-11-20 08:29 受理"]), "2026-11-20 08:30");
    assert_eq!(due("后首个 服务时间", &["2026-11-20 08:30 受理"]), "2026-11-21 08:30");
    assert_eq!(due("后首个 服务时间", &["2026-11-20 17:30 受理"]), "2026-11-21 08:30");
    assert_eq!(due("后首个 周一至周五 09:30、17:00", &["2026-11-20 09:30 受理"]), "2026-11-20 17:00");
    assert_eq!(due("后首个 周一至周五 09:30、17:00", &["2026-11-20 17:00 受理"]), "2026-11-23 09:30");
    assert_eq!(due("后首个 25 日", &["2026-11-25 17:00 受理"]).as_str(), "2026-11-25 24:00");
    assert_eq!(due("后首个 周日", &["2026-11-15 10:00 受理"]), "2026-11-22 24:00");
    assert_eq!(due("延至", &["2026-11-15 10:00 受理 - case.until=2026-11-18"]), "2026-11-18 24:00");
    assert_eq!(due("延至 后 2 天", &["2026-11-15 10:00 受理 - case.until=2026-11-18"]), "2026-11-20 24:00");
    assert_eq!(due("下季首月 10 日", &["2026-11-15 10:00 受理"]), "2027-01-10 24:00");
    assert_eq!(due("追问 后 1 小时", &["2026-11-15 10:00 受理", "2026-11-15 12:00 追问"]), "2026-11-15 13:00");
    assert_eq!(due("追问 后 1 小时", &["2026-11-15 08:00 追问", "2026-11-15 10:00 受理"]), "2026-11-15 09:00");
    let later = "2026-11-15 10:00 受理 - case.begins=2026-11-10 case.ends=2026-11-12";
    assert_eq!(due("开始日、结束日 较晚者", &[later]), "2026-11-12 24:00");
}

#[test]
fn days_of_a_month_move_on_from_rest_days_where_the_site_says_so() {
    let due = |anchor: &str, roll: &str, opened: &str| {
        let roll_flag = "[[setting]]\nname = \"遇休息日顺延\"\nunit = \"flag\"\ndefault = \"否\"\nbasis = \"试\"\n";
        let book = book(roll_flag, &HOURS.replace("within = \"4 小时\"", &format!("due = \"{anchor}\"")));
        let mut charter = charter();
        charter.settings.insert(crate::law::ROLL.into(), roll.into());
        owed(&derive(&law_of(&book, &charter), &[opened], "2026-05-01 00:00"))[0].1.clone()
    };
    let opened = "2026-04-30 20:00 受理";
    assert_eq!(due("后首个 10 日", "否", opened), "2026-05-10 24:00");
    assert_eq!(due("后首个 10 日", "是", opened), "2026-05-11 24:00");
    assert_eq!(due("后首个 12 日", "是", opened), "2026-05-12 24:00");
    assert_eq!(due("下季首月 10 日", "是", "2026-04-30 20:00 受理"), "2026-07-10 24:00");
    assert_eq!(due("后首个 周日", "是", opened), "2026-05-03 24:00");
}

#[test]
fn an_act_before_the_middle_third_does_not_fulfil_it() {
    let law = law(&HOURS.replace("within = \"4 小时\"", "due = \"开始日 至 结束日 中段\""));
    let opening = "2026-03-01 09:00 受理 - case.begins=2026-03-01 case.ends=2026-08-31";
    let early = derive(&law, &[opening, "2026-04-30 10:00 处理完毕"], "2026-05-01 00:00");
    assert_eq!(owed(&early), [line("1", "2026-07-01 24:00", Open)]);
    assert_eq!(early.obligations[0].not_before, Some(at("2026-05-01 00:00")));
    let inside = derive(&law, &[opening, "2026-04-30 10:00 处理完毕", "2026-05-01 00:00 处理完毕"], "2026-08-01 00:00");
    assert_eq!(inside.obligations[0].state, Met);
}

#[test]
fn days_on_which_a_rule_holds() {
    let weekend = with("on = \"周末\"\n");
    assert_eq!(derive(&weekend, &["2026-11-20 10:00 受理"], "2026-11-20 10:00").obligations.len(), 0);
    assert_eq!(derive(&weekend, &["2026-11-21 10:00 受理"], "2026-11-21 10:00").obligations.len(), 1);
    let book = book("", &format!("{HOURS}on = \"服务时间\"\n"));
    let opened = |hours: &str, moment: &str| {
        let mut charter = charter();
        charter.settings.insert(crate::SERVICE_HOURS.into(), hours.into());
        derive(&law_of(&book, &charter), &[&format!("{moment} 受理")], "2026-12-01 00:00").obligations.len()
    };
    let usual = |moment: &str| opened("", moment);
    assert_eq!([usual("2026-11-20 08:29:59"), usual("2026-11-20 08:30"), usual("2026-11-20 17:30")], [0, 1, 0]);
    let workdays = |moment: &str| opened("工作日 09:00-18:00；休息日 休息", moment);
    assert_eq!([workdays("2026-11-20 08:30"), workdays("2026-11-20 17:30"), workdays("2026-11-21 10:00")], [0, 1, 0]);
}

#[test]
fn minutes_that_an_attribute_says_job_by_job() {
    let slot = "due = { base = \"受理\", after_minutes = \"人数\" }";
    let law = law(&HOURS.replace("within = \"4 小时\"", slot));
    let opened = "2026-11-20 10:00 受理 - case.people=60";
    let done = |at: &str| derive(&law, &[opened, at], "2026-11-22 00:00");
    assert_eq!(owed(&done("2026-11-20 11:00 处理完毕")), [line("1", "2026-11-20 11:00", Met)]);
    assert_eq!(owed(&done("2026-11-20 11:00:01 处理完毕")), [line("1", "2026-11-20 11:00", MetLate)]);
    let unsaid = derive(&law, &["2026-11-20 10:00 受理"], "2026-11-22 00:00");
    assert_eq!((unsaid.obligations[0].due, unsaid.obligations[0].state), (None, Open));
}

#[test]
fn an_act_before_the_first_moment_does_not_count() {
    let slots = "due = \"开始日\"\nnot_before = \"开始日 前 2 天\"\n";
    let law = law(&HOURS.replace("within = \"4 小时\"\n", slots));
    let opened = "2026-11-10 10:00 受理 - case.begins=2026-11-16";
    let done = |at: &str| derive(&law, &[opened, at], "2026-11-16 12:00");
    assert_eq!(owed(&done("2026-11-16 09:00 处理完毕")), [line("1", "2026-11-16 24:00", Met)]);
    let early = done("2026-11-13 23:59:59 处理完毕");
    assert_eq!(owed(&early), [line("1", "2026-11-16 24:00", Open)]);
    assert_eq!(early.obligations[0].not_before, Some(at("2026-11-14 24:00")));
    assert_eq!(done("2026-11-15 00:00 处理完毕").obligations[0].state, Met);
}

#[test]
fn working_days_that_an_attribute_says_job_by_job() {
    let slot = "due = { base = \"受理\", after_workdays = \"人数\" }";
    let law = law(&HOURS.replace("within = \"4 小时\"", slot));
    let due = |days: &str| {
        let opened = format!("2026-09-30 10:00 受理 - case.people={days}");
        derive(&law, &[&opened], "2026-10-01 00:00").obligations[0].due
    };
    // Off until the 7th; Saturday the 10th is worked.
    assert_eq!(due("2"), Some(at("2026-10-10 00:00")));
    assert_eq!(due("3"), Some(at("2026-10-11 00:00")));
    assert_eq!([due("0"), due("-1"), due("1001")], [None; 3]);
}
