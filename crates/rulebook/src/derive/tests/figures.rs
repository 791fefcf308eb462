//! Figures: rates, counts, duties.

use super::*;
use crate::answer::{ClauseRef, Figure, Member};

fn clause(id: &str) -> ClauseRef {
    ClauseRef { book: "book".into(), id: id.into() }
}

fn members(law: &Law, subjects: &[&[&str]], as_of: &str) -> Vec<Member> {
    let look = |(place, lines): (usize, &&[&str])| law.derive(&format!("s{place}"), &facts(lines), at(as_of)).members;
    subjects.iter().enumerate().flat_map(look).collect()
}

fn figure(law: &Law, subjects: &[&[&str]], period: &str, as_of: &str) -> Figure {
    law.figure(&clause("1"), period, members(law, subjects, as_of).iter(), at(as_of))
}

fn rate(slots: &str) -> Law {
    law(&format!("[[rate]]\nid = \"1\"\nsummary = \"试\"\nof = \"处理完毕\"\nmust = \"回访\"\n{slots}"))
}

const MONTHLY: &str = "within = \"2 天\"\nat_least = \"60%\"\nper = \"月\"\n";

#[test]
fn needed_is_rounded_up_and_the_verdict_unrounded() {
    let law = rate(MONTHLY);
    let done: &[&str] = &["2026-11-02 10:00 处理完毕", "2026-11-04 23:59 回访"];
    let not: &[&str] = &["2026-11-02 10:00 处理完毕"];
    let five = figure(&law, &[done, done, done, not, not], "2026-11", "2026-12-01 00:00");
    assert_eq!((five.base, five.needed, five.done, five.on_target), (5, Some(3), 3, Some(true)));
    let seven = figure(&law, &[done, done, done, done, not, not, not], "2026-11", "2026-12-01 00:00");
    assert_eq!((seven.base, seven.needed, seven.done, seven.on_target), (7, Some(5), 4, Some(false)));
    assert!(!five.provisional);
    let none = figure(&law, &[done], "2026-12", "2027-01-01 00:00");
    assert_eq!((none.base, none.on_target), (0, None));
}

#[test]
fn acts_after_the_window_count_only_when_they_may() {
    let late: &[&str] = &["2026-11-02 10:00 处理完毕", "2026-11-05 00:00 回访"];
    let strict = figure(&rate(MONTHLY), &[late], "2026-11", "2026-12-01 00:00");
    assert_eq!((strict.done, strict.in_time), (0, 0));
    let lenient = figure(&rate(&format!("{MONTHLY}late_counts = true\n")), &[late], "2026-11", "2026-12-01 00:00");
    assert_eq!((lenient.done, lenient.in_time), (1, 0));
}

#[test]
fn a_figure_is_provisional_while_a_window_is_open() {
    let law = rate("within = \"30 天\"\nat_least = \"60%\"\nper = \"月\"\n");
    let open: &[&str] = &["2026-11-30 10:00 处理完毕"];
    let done: &[&str] = &["2026-11-30 10:00 处理完毕", "2026-12-01 10:00 回访"];
    let provisional = |subject: &[&str], as_of: &str| figure(&law, &[subject], "2026-11", as_of).provisional;
    assert!(provisional(open, "2026-12-30 23:59:59"));
    assert!(!provisional(open, "2026-12-30 24:00"));
    assert!(!provisional(done, "2026-12-01 10:00"));
    let early: &[&str] = &["2026-11-02 10:00 处理完毕", "2026-11-03 10:00 回访"];
    assert!(provisional(early, "2026-11-30 23:59:59") && !provisional(early, "2026-11-30 24:00"));
}

#[test]
fn the_base_decides_the_period() {
    let law = rate("within = \"2 天\"\nat_least = \"60%\"\nper = [\"月\", \"周\"]\nbase = \"到期于期内\"\n");
    let periods = |law: &Law, line: &str| {
        members(law, &[&[line]], "2026-12-31 00:00").into_iter().map(|row| row.period).collect::<Vec<_>>()
    };
    assert_eq!(periods(&law, "2026-11-29 10:00 处理完毕"), ["2026-12", "2026-W49"]);
    let week = rate("at_least = \"60%\"\nper = \"周\"\nbase = \"上一周完成\"\n");
    assert_eq!(periods(&week, "2026-11-15 10:00 处理完毕"), ["2026-W47"]);
    // The batch of a week may be done up to its Sunday.
    let counted =
        |act: &str| figure(&week, &[&["2026-11-10 10:00 处理完毕", act]], "2026-W47", "2026-12-01 00:00").done;
    assert_eq!(
        [counted("2026-11-11 10:00 回访"), counted("2026-11-22 23:59:59 回访"), counted("2026-11-23 00:00 回访")],
        [1, 1, 0]
    );
}

#[test]
fn an_act_must_show_performers_method_and_record() {
    let law = rate(&format!(
        "{MONTHLY}counted = {{ by = [\"客服\", \"前台\"], methods = [\"上门\"], record = [\"单号\"] }}\n"
    ));
    let done = |act: &str| figure(&law, &[&["2026-11-02 10:00 处理完毕", act]], "2026-11", "2026-12-01 00:00").done;
    assert_eq!(done("2026-11-03 10:00 回访 clerk,desk follow_up.method=visit case.sheet=A"), 1);
    assert_eq!(done("2026-11-03 10:00 回访 clerk follow_up.method=visit case.sheet=A"), 0);
    assert_eq!(done("2026-11-03 10:00 回访 clerk,desk follow_up.method=phone case.sheet=A"), 0);
    assert_eq!(done("2026-11-03 10:00 回访 clerk,desk follow_up.method=visit"), 0);
    assert_eq!(done("2026-11-03 10:00 回访 - follow_up.method=visit case.sheet=A"), 0);
}

#[test]
fn exempt_members_leave_the_base_with_their_proof() {
    let law = rate(&format!("{MONTHLY}exempt = [{{ word = \"联系不上\", attachment = \"通话记录\" }}]\n"));
    let look = |line: &str| figure(&law, &[&["2026-11-02 10:00 处理完毕", line]], "2026-11", "2026-12-01 00:00");
    let proved = look("2026-11-03 10:00 追问 - case.unreachable=yes case.call_log=三次未接");
    assert_eq!((proved.base, proved.exempt, proved.on_target), (0, 1, None));
    assert_eq!(look("2026-11-03 10:00 追问 - case.unreachable=yes").base, 1);
    assert_eq!(look("2026-11-03 10:00 追问 - case.unreachable=no case.call_log=有").base, 1);
    let withdrawn = look("2026-11-03 10:00 撤销");
    assert_eq!((withdrawn.base, withdrawn.exempt), (0, 0));
}

#[test]
fn participants_weigh_and_acts_reach_several() {
    let law = rate("within = \"15 天\"\nat_least = \"10%\"\nper = \"月\"\nbase = \"本次参加者\"\nsize = \"人数\"\n");
    let event: &[&str] = &[
        "2026-11-02 10:00 处理完毕 - case.people=37",
        "2026-11-03 10:00 回访",
        "2026-11-04 10:00 回访 - case.people=2",
    ];
    let figure = figure(&law, &[event], "2026-11", "2026-12-01 00:00");
    assert_eq!((figure.base, figure.needed, figure.done, figure.on_target), (37, Some(4), 3, Some(false)));
}

#[test]
fn all_acts_are_needed_and_the_others_may_come_before() {
    let law = rate(&format!("{MONTHLY}must_all = [\"追问\", \"回访\"]\n"));
    let done = |lines: &[&str]| figure(&law, &[lines], "2026-11", "2026-12-01 00:00").done;
    assert_eq!(done(&["2026-10-01 10:00 追问", "2026-11-02 10:00 处理完毕", "2026-11-03 10:00 回访"]), 1);
    assert_eq!(done(&["2026-11-02 10:00 处理完毕", "2026-11-03 10:00 回访"]), 0);
    assert_eq!(done(&["2026-11-02 10:00 处理完毕", "2026-11-03 10:00 回访", "2026-11-05 00:00 追问"]), 0);
}

#[test]
fn a_rate_that_nobody_has_set_has_no_verdict() {
    let setting = "[[setting]]\nname = \"率\"\nunit = \"share\"\ndefault = \"未定\"\nbasis = \"试\"\n";
    let rule = "[[rate]]\nid = \"1\"\nsummary = \"试\"\nof = \"处理完毕\"\nmust = \"回访\"\nwithin = \"2 天\"\n\
         at_least = { setting = \"率\" }\nper = \"月\"\n";
    let book = book(setting, rule);
    let done: &[&str] = &["2026-11-02 10:00 处理完毕", "2026-11-03 10:00 回访"];
    let unset = figure(&law_of(&book, &charter()), &[done], "2026-11", "2026-12-01 00:00");
    assert_eq!((unset.needed, unset.on_target, unset.done), (None, None, 1));
    let mut chosen = charter();
    chosen.settings.insert("率".into(), "20%".into());
    let set = figure(&law_of(&book, &chosen), &[done], "2026-11", "2026-12-01 00:00");
    assert_eq!((set.needed, set.on_target), (Some(1), Some(true)));
}

fn count(slots: &str) -> Law {
    law(&format!("[[count]]\nid = \"1\"\nsummary = \"试\"\nof = \"受理\"\nraises = \"重复\"\n{slots}"))
}

fn raised(law: &Law, lines: &[&str], period: Option<&str>) -> Vec<(String, i64, bool)> {
    let subjects: Vec<&[&str]> = lines.chunks(1).collect();
    let members = members(law, &subjects, "2027-01-01 00:00");
    let raised = law.raised(&clause("1"), period, members.iter());
    raised.into_iter().map(|one| (one.group, one.count, one.reached)).collect()
}

#[test]
fn counts_by_group_and_distinct_value() {
    let law = count("group_by = [\"客户\"]\ndistinct = \"单号\"\nper = \"季\"\nthreshold = \">= 2\"\n");
    let lines = [
        "2026-10-01 10:00 受理 - case.customer=王 case.sheet=A",
        "2026-12-31 23:59 受理 - case.customer=王 case.sheet=B",
        "2026-11-01 10:00 受理 - case.customer=李 case.sheet=C",
        "2026-11-02 10:00 受理 - case.customer=李 case.sheet=C",
        "2026-09-30 10:00 受理 - case.customer=李 case.sheet=D",
    ];
    assert_eq!(raised(&law, &lines, Some("2026-Q4")), [("李".to_owned(), 1, false), ("王".to_owned(), 2, true)]);
}

#[test]
fn a_sliding_span_reaches_over_months() {
    let law = count("group_by = [\"客户\"]\nwithin = \"30 天\"\nthreshold = \">= 2\"\n");
    let second = |date: &str| {
        let line = format!("{date} 09:00 受理 - case.customer=王");
        raised(&law, &["2026-11-01 09:00 受理 - case.customer=王", &line], None)[0].2
    };
    assert!(second("2026-12-01"));
    assert!(!second("2026-12-02"));
}

#[test]
fn what_comes_close_together_counts_once() {
    let law = count("group_by = [\"客户\"]\nper = \"月\"\napart = \"10 分钟\"\nthreshold = \">= 2\"\n");
    let raised = |times: &[&str]| {
        let lines: Vec<String> =
            times.iter().map(|time| format!("2026-11-02 {time} 受理 - case.customer=王")).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let members = members(&law, &[&lines], "2027-01-01 00:00");
        let raised = law.raised(&clause("1"), None, members.iter());
        (raised[0].count, raised[0].reached)
    };
    assert_eq!(raised(&["09:00", "09:09"]), (1, false));
    assert_eq!(raised(&["09:00", "09:10"]), (2, true));
    // From the last one counted, not from the last one.
    assert_eq!(raised(&["09:00", "09:06", "09:12"]), (2, true));
}

fn duties(slots: &str, lines: &[&str], from: &str, to: &str, as_of: &str) -> Vec<(String, State)> {
    let law = law(&format!("[[duty]]\nid = \"1\"\nsummary = \"试\"\nmust = \"月报\"\n{slots}"));
    let date = |text: &str| text.parse().expect("a date");
    let owed = law.duties(date(from), date(to), &facts(lines), at(as_of));
    let due =
        |due: Option<Moment>, end| CivilMoment::of_due(&Zone::shanghai(), due.expect("a due moment"), end).to_string();
    owed.iter().map(|one| (due(one.due, one.end_of_day), one.state)).collect()
}

#[test]
fn a_duty_falls_due_each_period() {
    let monthly = "every = \"每月 25 日\"\n";
    let done = ["2026-10-25 23:59 月报", "2026-11-26 00:00 月报"];
    assert_eq!(
        duties(monthly, &done, "2026-10-15", "2026-12-01", "2026-12-01 00:00"),
        [
            ("2026-10-25 24:00".to_owned(), State::Met),
            ("2026-11-25 24:00".to_owned(), State::MetLate),
            ("2026-12-25 24:00".to_owned(), State::Open),
        ]
    );
    let earlier =
        duties(&format!("{monthly}on_rest_day = \"提前\"\n"), &[], "2026-10-01", "2026-10-31", "2026-10-26 00:00");
    assert_eq!(earlier, [("2026-10-23 24:00".to_owned(), State::Overdue)]);
}

#[test]
fn a_duty_of_rest_days_is_owed_on_no_other() {
    // 10 October is worked instead of a day of the holiday.
    let owed = duties(
        "every = \"每天\"\non = \"休息日\"\n",
        &["2026-10-11 10:00 月报"],
        "2026-10-07",
        "2026-10-12",
        "2026-10-13 00:00",
    );
    assert_eq!(owed, [("2026-10-07 24:00".to_owned(), State::Overdue), ("2026-10-11 24:00".to_owned(), State::Met)]);
}

#[test]
fn a_covering_duty_may_ask_for_a_share_of_a_working_day() {
    // A working day has nine hours of service, half of them are four and a half, at whatever hours of the rest day.
    let half = "every = \"每天\"\ncovering = { from = \"当班开始\", to = \"当班结束\", at_least = \"50%\" }\n";
    let open = |from: &str, to: &str| {
        format!("2026-10-01 09:00 月报 - case.on_duty={} case.off_duty={}", at(from).0, at(to).0)
    };
    let state = |lines: &[&str]| duties(half, lines, "2026-10-03", "2026-10-03", "2026-10-04 00:00")[0].1;
    let early = open("2026-10-03 06:00", "2026-10-03 08:00");
    assert_eq!(state(&[&early, &open("2026-10-03 07:00", "2026-10-03 10:30")]), State::Met);
    assert_eq!(state(&[&early, &open("2026-10-03 07:00", "2026-10-03 10:29")]), State::Overdue);
    assert_eq!(state(&[&early, &open("2026-10-04 00:00", "2026-10-04 12:00")]), State::Overdue);
}

#[test]
fn a_covering_duty_leaves_no_moment_out() {
    let whole = "every = \"每天\"\ncovering = { from = \"当班开始\", to = \"当班结束\" }\n";
    let shift = |from: &str, to: &str| {
        format!("2026-10-01 09:00 月报 - case.on_duty={} case.off_duty={}", at(from).0, at(to).0)
    };
    let night = shift("2026-10-02 20:00", "2026-10-03 08:00");
    let day = shift("2026-10-03 07:30", "2026-10-03 16:00");
    let late = shift("2026-10-03 16:30", "2026-10-04 00:00");
    let closing = shift("2026-10-03 16:00", "2026-10-03 16:30");
    let three = [night.as_str(), &day, &late];
    let state = |slots: &str, lines: &[&str], as_of: &str| duties(slots, lines, "2026-10-03", "2026-10-03", as_of);
    let due = "2026-10-03 24:00".to_owned();
    assert_eq!(state(whole, &three, "2026-10-03 12:00"), [(due.clone(), State::Open)]);
    assert_eq!(state(whole, &three, "2026-10-04 00:00"), [(due.clone(), State::Overdue)]);
    let four = [night.as_str(), &day, &late, &closing];
    assert_eq!(state(whole, &four, "2026-10-04 00:00"), [(due.clone(), State::Met)]);
    let law = law(&format!("[[duty]]\nid = \"1\"\nsummary = \"试\"\nmust = \"月报\"\n{whole}"));
    let date = "2026-10-03".parse().expect("a date");
    let gaps = law.uncovered(date, date, &facts(&three), at("2026-10-04 00:00"));
    let told: Vec<_> = gaps.iter().map(|gap| (gap.from, gap.to)).collect();
    assert_eq!(told, [(at("2026-10-03 16:00"), at("2026-10-03 16:30"))]);
    // Hours of service until 17:30: nobody is needed in the evening.
    let open = "every = \"每天\"\ncovering = { from = \"当班开始\", to = \"当班结束\", on = \"服务时间\" }\n";
    let until = shift("2026-10-03 16:30", "2026-10-03 17:30");
    assert_eq!(state(open, &[&day, &closing, &until], "2026-10-04 00:00"), [(due.clone(), State::Met)]);
    let short = shift("2026-10-03 16:30", "2026-10-03 17:29");
    assert_eq!(state(open, &[&day, &closing, &short], "2026-10-04 00:00"), [(due, State::Overdue)]);
}

#[test]
fn a_rest_day_may_waive_a_duty() {
    let friday = "every = \"每周五 09:00\"\non_rest_day = \"免办\"\n";
    let done = ["2026-10-09 09:00 月报"];
    let two_weeks = duties(friday, &done, "2026-09-28", "2026-10-11", "2026-10-12 00:00");
    let states: Vec<State> = two_weeks.iter().map(|one| one.1).collect();
    assert_eq!(states, [State::Waived, State::Met]);
    let held = ["2026-10-02 09:30 月报"];
    assert_eq!(duties(friday, &held, "2026-09-28", "2026-10-04", "2026-10-12 00:00")[0].1, State::MetLate);
}

#[test]
fn an_act_belongs_to_the_period_that_it_names_or_in_which_it_is_due() {
    let next = "every = \"次月底\"\n";
    // Made in December without naming a month: November's report, due at the end of December.
    let unnamed = duties(next, &["2026-12-05 10:00 月报"], "2026-10-01", "2026-11-30", "2027-01-15 00:00");
    assert_eq!(unnamed.iter().map(|one| one.1).collect::<Vec<_>>(), [State::Overdue, State::Met]);
    let named = format!("{next}period_attribute = \"所属期间\"\n");
    let october = duties(
        &named,
        &["2026-12-02 10:00 月报 - case.month=2026-10-31"],
        "2026-10-01",
        "2026-11-30",
        "2027-01-15 00:00",
    );
    assert_eq!(october.iter().map(|one| one.1).collect::<Vec<_>>(), [State::MetLate, State::Overdue]);
}

#[test]
fn nothing_is_owed_without_what_the_duty_is_about_and_often_is_more_than_once() {
    let about = "every = \"每周日\"\nof = \"完工\"\nat_least = \"2\"\n";
    let empty = duties(about, &["2026-11-02 10:00 完工"], "2026-11-09", "2026-11-15", "2026-11-16 00:00");
    assert_eq!(empty, []);
    let once = ["2026-11-10 10:00 完工", "2026-11-11 10:00 月报"];
    assert_eq!(duties(about, &once, "2026-11-09", "2026-11-15", "2026-11-16 00:00")[0].1, State::Overdue);
    let twice = ["2026-11-10 10:00 完工", "2026-11-11 10:00 月报", "2026-11-12 10:00 月报"];
    assert_eq!(duties(about, &twice, "2026-11-09", "2026-11-15", "2026-11-16 00:00")[0].1, State::Met);
}
