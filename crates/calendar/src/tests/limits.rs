//! The conventions T1 to T4 and T7, leap days, month ends, anchors and recurring moments, both sides of each limit.

use super::{at, china, day, due};
use crate::{
    CivilMoment, DueAt, Every, Instance, OnRestDay, Span, Zone, middle_third, month_end, next_month_day,
    next_quarter_day, next_time_after, next_weekday,
};
use jiff::civil::{Date, Weekday, date, time};

#[test]
fn minutes_run_day_and_night_and_the_limit_itself_counts() {
    let calendar = china();
    let zone = Zone::shanghai();
    let due = calendar.due_at(&zone, at("2026-10-01 23:59"), Span::Seconds(120), true);
    assert_eq!(due, DueAt::clock(at("2026-10-02 00:01")));
    assert!(due.met_by(at("2026-10-02 00:01:00")));
    assert!(!due.met_by(at("2026-10-02 00:01:00").plus_micros(1)));
}

#[test]
fn a_day_ends_strictly_before_midnight() {
    let calendar = china();
    let due = calendar.due_at(&Zone::shanghai(), at("2026-11-16 00:00"), Span::Days(0), false);
    assert!(due.end_of_day && due.met_by(at("2026-11-16 23:59:59")));
    assert!(!due.met_by(at("2026-11-17 00:00")));
    assert!(due.passed(at("2026-11-16 24:00")));
}

#[test]
fn months_clamp_and_leap_days_hold() {
    let calendar = china();
    let cases = [
        ("2026-10-31 10:00", "1 个月", "2026-11-30 24:00"),
        ("2026-10-05 10:00", "1 个月", "2026-11-05 24:00"),
        ("2024-01-31 10:00", "1 个月", "2024-02-29 24:00"),
        ("2025-01-31 10:00", "1 个月", "2025-02-28 24:00"),
        ("2024-02-29 10:00", "1 年", "2025-02-28 24:00"),
        ("2024-02-29 10:00", "4 年", "2028-02-29 24:00"),
        ("2026-10-10 10:00", "2 年", "2028-10-10 24:00"),
        ("2024-02-28 23:59", "1 天", "2024-02-29 24:00"),
        ("2025-12-31 23:59", "次日", "2026-01-01 24:00"),
        ("2026-11-16 09:00", "1 周", "2026-11-23 24:00"),
        ("2026-11-16 09:00", "90 分钟", "2026-11-16 10:30"),
        ("2026-11-16 09:00", "30 秒", "2026-11-16 09:00:30"),
    ];
    for (from, span, end) in cases {
        assert_eq!(due(&calendar, from, span), end, "{from} {span}");
    }
}

#[test]
fn rolling_moves_an_end_on_a_rest_day_only() {
    let calendar = china();
    let zone = Zone::shanghai();
    let end = |from: &str, span: &str, roll| {
        let span = Span::parse(span).expect("a span");
        calendar.due_at(&zone, at(from), span, roll).civil(&zone).date
    };
    assert_eq!(end("2026-10-01 09:00", "3 天", false), day("2026-10-04"));
    assert_eq!(end("2026-10-01 09:00", "3 天", true), day("2026-10-08"));
    assert_eq!(end("2026-11-16 09:00", "3 天", true), day("2026-11-19"));
    // The end on a make-up Saturday stays.
    assert_eq!(end("2026-10-07 09:00", "3 天", true), day("2026-10-10"));
    assert_eq!(end("2026-09-03 09:00", "1 个月", true), day("2026-10-08"));
    assert_eq!(end("2026-11-20 09:00", "1 个工作日", true), day("2026-11-23"));
}

#[test]
fn before_a_moment() {
    let calendar = china();
    let zone = Zone::shanghai();
    let before = |from: &str, span: &str| {
        let span = Span::parse(span).expect("a span");
        calendar.due_before(&zone, at(from), span).civil(&zone).to_string()
    };
    assert_eq!(before("2026-11-21 14:00", "5 分钟"), "2026-11-21 13:55");
    assert_eq!(before("2026-10-02 00:03", "5 分钟"), "2026-10-01 23:58");
    assert_eq!(before("2026-11-21 14:00", "3 天"), "2026-11-18 24:00");
    assert_eq!(before("2026-10-09 14:00", "2 个工作日"), "2026-09-30 24:00");
    assert_eq!(before("2026-03-31 14:00", "1 个月"), "2026-02-28 24:00");
}

#[test]
fn clock_changes_of_other_zones() {
    let calendar = china();
    let berlin = Zone::named("Europe/Berlin").expect("bundled");
    let noon = berlin.moment(date(2026, 3, 28).at(12, 0, 0, 0));
    let hours = calendar.due_at(&berlin, noon, Span::Seconds(24 * 3600), false);
    assert_eq!(hours.civil(&berlin).to_string(), "2026-03-29 13:00");
    let day = calendar.due_at(&berlin, noon, Span::Days(1), false);
    assert_eq!(day.civil(&berlin).to_string(), "2026-03-29 24:00");
    assert_eq!(day.at.seconds_since(noon), 35 * 3600);
}

#[test]
fn the_next_time_is_strictly_after() {
    let zone = Zone::shanghai();
    let five = time(17, 0, 0, 0);
    let every_day = |_| true;
    assert_eq!(next_time_after(&zone, at("2026-11-16 16:59:59"), &[five], every_day), at("2026-11-16 17:00"));
    assert_eq!(next_time_after(&zone, at("2026-11-16 17:00"), &[five], every_day), at("2026-11-17 17:00"));
    assert_eq!(next_time_after(&zone, at("2026-11-16 23:30"), &[time(0, 0, 0, 0)], every_day), at("2026-11-17 00:00"));
}

#[test]
fn the_next_of_several_times_falls_on_days_of_its_kind() {
    let (zone, calendar) = (Zone::shanghai(), china());
    let rounds = [time(17, 0, 0, 0), time(9, 30, 0, 0)];
    let working = |from: &str| next_time_after(&zone, at(from), &rounds, |date| calendar.is_workday(date));
    assert_eq!(working("2026-11-17 09:29:59"), at("2026-11-17 09:30"));
    assert_eq!(working("2026-11-17 09:30"), at("2026-11-17 17:00"));
    assert_eq!(working("2026-11-20 17:00"), at("2026-11-23 09:30"));
    assert_eq!(working("2026-10-01 08:00"), at("2026-10-08 09:30"));
    assert_eq!(working("2026-09-20 08:00"), at("2026-09-20 09:30"));
    assert_eq!(next_time_after(&zone, at("2026-09-20 08:00"), &rounds, |_| false), at("2026-09-20 08:00"));
}

#[test]
fn days_of_months_weeks_and_quarters() {
    assert_eq!(next_month_day(day("2026-11-25"), 25), day("2026-11-25"));
    assert_eq!(next_month_day(day("2026-11-26"), 25), day("2026-12-25"));
    assert_eq!(next_month_day(day("2026-02-10"), 31), day("2026-02-28"));
    assert_eq!(next_month_day(day("2026-12-31"), 30), day("2027-01-30"));
    assert_eq!(next_weekday(day("2026-11-22"), Weekday::Sunday), day("2026-11-29"));
    assert_eq!(next_weekday(day("2026-11-21"), Weekday::Sunday), day("2026-11-22"));
    assert_eq!(month_end(day("2026-11-16"), false), day("2026-11-30"));
    assert_eq!(month_end(day("2026-12-31"), true), day("2027-01-31"));
    assert_eq!(next_quarter_day(day("2026-09-30"), 10), day("2026-10-10"));
    assert_eq!(next_quarter_day(day("2026-10-01"), 31), day("2027-01-31"));
}

#[test]
fn the_middle_third() {
    let third = |a, b| middle_third(day(a), day(b));
    assert_eq!(third("2026-03-01", "2026-08-31"), Some((day("2026-05-01"), day("2026-07-01"))));
    assert_eq!(third("2026-11-01", "2026-11-03"), Some((day("2026-11-02"), day("2026-11-02"))));
    assert_eq!(third("2026-11-01", "2026-11-01"), Some((day("2026-11-01"), day("2026-11-01"))));
    assert_eq!(third("2026-11-01", "2026-11-04"), Some((day("2026-11-02"), day("2026-11-03"))));
    assert_eq!(third("2026-11-01", "2026-11-05"), Some((day("2026-11-02"), day("2026-11-04"))));
    assert_eq!(third("2026-11-01", "2026-11-02"), Some((day("2026-11-01"), day("2026-11-02"))));
    assert_eq!(third("2026-11-02", "2026-11-01"), None);
}

fn instances(every: &str, from: &str, to: &str, on: OnRestDay) -> Vec<Instance> {
    let every = Every::parse(every).expect("a form");
    every.instances(&china(), &Zone::shanghai(), day(from), day(to), on)
}

fn dues(every: &str, from: &str, to: &str, on: OnRestDay) -> Vec<String> {
    let zone = Zone::shanghai();
    let list = instances(every, from, to, on);
    list.iter().map(|i| format!("{} {}", i.period_key, i.due_at().civil(&zone))).collect()
}

#[test]
fn recurring_moments() {
    use OnRestDay::{Earlier, Later, Stays};
    let cases: [(&str, &str, &str, OnRestDay, &[&str]); 16] = [
        (
            "每天 17:00",
            "2026-11-21",
            "2026-11-22",
            Stays,
            &["2026-11-21 2026-11-21 17:00", "2026-11-22 2026-11-22 17:00"],
        ),
        ("每周五", "2026-11-16", "2026-11-22", Stays, &["2026-W47 2026-11-20 24:00"]),
        ("每周", "2026-11-22", "2026-11-23", Stays, &["2026-W47 2026-11-22 24:00", "2026-W48 2026-11-29 24:00"]),
        ("次周日", "2026-11-09", "2026-11-15", Stays, &["2026-W46 2026-11-22 24:00"]),
        (
            "每周一至周五 10:00",
            "2026-10-01",
            "2026-10-05",
            Stays,
            &["2026-10-01 2026-10-01 10:00", "2026-10-02 2026-10-02 10:00", "2026-10-05 2026-10-05 10:00"],
        ),
        (
            "每个工作日 10:00",
            "2026-10-01",
            "2026-10-10",
            Stays,
            &["2026-10-08 2026-10-08 10:00", "2026-10-09 2026-10-09 10:00", "2026-10-10 2026-10-10 10:00"],
        ),
        ("每月 25 日", "2026-10-01", "2026-10-31", Stays, &["2026-10 2026-10-25 24:00"]),
        ("每月 25 日", "2026-10-01", "2026-10-31", Earlier, &["2026-10 2026-10-23 24:00"]),
        ("每月 25 日 17:00", "2026-10-01", "2026-10-31", Later, &["2026-10 2026-10-26 17:00"]),
        ("每月 31 日", "2026-11-01", "2026-11-30", Stays, &["2026-11 2026-11-30 24:00"]),
        ("每月底", "2024-02-10", "2024-02-10", Stays, &["2024-02 2024-02-29 24:00"]),
        ("次月底", "2026-10-15", "2026-10-15", Stays, &["2026-10 2026-11-30 24:00"]),
        ("次月 10 日", "2026-09-30", "2026-09-30", Later, &["2026-09 2026-10-10 24:00"]),
        ("下季首月 10 日", "2026-07-01", "2026-09-30", Stays, &["2026-Q3 2026-10-10 24:00"]),
        ("每季度末", "2026-08-01", "2026-08-01", Stays, &["2026-Q3 2026-09-30 24:00"]),
        ("每年 2 月 29 日", "2025-06-01", "2025-06-01", Stays, &["2025 2025-02-28 24:00"]),
    ];
    for (every, from, to, on, expected) in cases {
        assert_eq!(dues(every, from, to, on), expected, "{every} {from}");
    }
}

#[test]
fn slots_of_hours() {
    let zone = Zone::shanghai();
    let slots = instances("每两小时", "2026-11-22", "2026-11-22", OnRestDay::Stays);
    assert_eq!(slots.len(), 12);
    assert_eq!(slots[4].period_key, "2026-11-22T08");
    assert_eq!(slots[4].opens, at("2026-11-22 08:00"));
    assert_eq!(slots[4].due_at(), DueAt::clock(at("2026-11-22 10:00")));
    assert_eq!(slots[11].due_at().civil(&zone), CivilMoment { date: day("2026-11-22"), time: None });
    let uneven = instances("每 5 小时", "2026-11-22", "2026-11-22", OnRestDay::Stays);
    assert_eq!(uneven.len(), 5);
    assert_eq!(uneven[4].opens, at("2026-11-22 20:00"));
    assert!(uneven[4].end_of_day);
}

#[test]
fn the_last_period_of_the_calendar_ends_the_list() {
    let every = Every::parse("每月底").expect("a form");
    let list = every.instances(&china(), &Zone::shanghai(), date(9999, 11, 1), Date::MAX, OnRestDay::Stays);
    assert_eq!(list.len(), 2);
}

fn steps(from: &str, span: &str, roll: bool) -> (Vec<String>, Vec<String>) {
    let span = Span::parse(span).expect("a span");
    let due = china().due(&Zone::shanghai(), at(from), span, roll);
    due.steps.into_iter().map(|step| (step.zh, step.en)).unzip()
}

#[test]
fn natural_days_are_explained() {
    let (zh, en) = steps("2026-03-06 09:00", "3 天", false);
    assert_eq!(
        zh,
        [
            "自 2026-03-06（周五）09:00 起，时限 3 天",
            "当日不计入：03-07 第 1 天，03-08 第 2 天，03-09 第 3 天",
            "遇休息日不顺延；03-09 为周一",
            "限 2026-03-09（周一）24:00",
        ]
    );
    assert_eq!(
        en,
        [
            "from Friday 2026-03-06 09:00, limit 3 days",
            "the day itself is not counted: 03-07 day 1, 03-08 day 2, 03-09 day 3",
            "not moved by rest days; 03-09 is a Monday",
            "due Monday 2026-03-09 24:00",
        ]
    );
}

#[test]
fn working_days_are_explained_with_holidays_and_make_up_days() {
    let (zh, _) = steps("2026-10-01 09:00", "3 个工作日", false);
    assert_eq!(
        zh,
        [
            "自 2026-10-01（周四）09:00 起，时限 3 个工作日",
            "当日不计入：10-08 第 1 个工作日，10-09 第 2 个工作日，10-10 第 3 个工作日",
            "10-02 至 10-07 国庆节放假（国办发明电〔2025〕7号），不计",
            "10-10（周六）国庆节调休上班（国办发明电〔2025〕7号），计入",
            "限 2026-10-10（周六）24:00",
        ]
    );
    let (zh, en) = steps("2026-12-31 09:00", "2 个工作日", false);
    assert!(zh.contains(&"2027 年的放假通知还没有录入，按周末休息推算，未确认".to_owned()), "{zh:?}");
    assert!(zh.contains(&"周末不计".to_owned()));
    assert!(en.iter().any(|step| step.contains("not confirmed")));
    assert_eq!(zh[1], "当日不计入：2027-01-01 第 1 个工作日，2027-01-04 第 2 个工作日");
}

#[test]
fn moving_months_and_minutes_are_explained() {
    let (zh, en) = steps("2026-10-01 09:00", "3 天", true);
    assert_eq!(zh[2], "10-04 为周日，国庆节放假（国办发明电〔2025〕7号），顺延到 10-08（周四）");
    assert_eq!(en[2], "10-04 is a Sunday, National Day holiday (国办发明电〔2025〕7号): moved to Thursday 10-08");
    let (zh, _) = steps("2026-10-31 09:00", "1 个月", false);
    assert_eq!(zh[1], "当日不计入；11 月没有 31 日，取月末 11-30");
    let (zh, _) = steps("2026-11-16 09:00", "30 天", false);
    assert_eq!(zh[1], "当日不计入：11-17 第 1 天 …… 12-16 第 30 天");
    let (zh, _) = steps("2026-11-16 09:00", "4 小时", false);
    assert_eq!(zh[1], "按钟点连续计时，夜间和休息日照算");
    assert_eq!(zh[2], "限 2026-11-16（周一）13:00");
    let (zh, _) = steps("2026-11-16 09:00", "3 天", true);
    assert_eq!(zh[2], "11-19 为周四，是工作日，不用顺延");
}
