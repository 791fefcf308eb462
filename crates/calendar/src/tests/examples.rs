//! Worked examples of three registers: every due moment that their tables name.

use super::{at, china, day, due};
use crate::{DueAt, Every, OnRestDay, Span, Zone, middle_third, next_month_day, next_time_after};
use jiff::civil::time;

fn check(cases: &[(&str, &str, &str, &str)]) {
    let calendar = china();
    for (id, from, span, end) in cases {
        assert_eq!(due(&calendar, from, span), *end, "{id}");
    }
}

#[test]
fn complaint_instruction() {
    check(&[
        ("ci-01", "2026-11-16 10:00", "2 小时", "2026-11-16 12:00"),
        ("ci-02", "2026-10-03 23:15", "2 小时", "2026-10-04 01:15"),
        ("ci-04", "2026-11-16 17:50", "当日", "2026-11-16 24:00"),
        ("ci-05", "2026-11-22 23:30", "当日", "2026-11-22 24:00"),
        ("ci-06", "2026-11-16 14:20", "1 小时", "2026-11-16 15:20"),
        ("ci-07", "2026-10-02 08:30", "1 小时", "2026-10-02 09:30"),
        ("ci-08", "2026-11-20 16:30", "4 小时", "2026-11-20 20:30"),
        ("ci-09", "2026-11-20 22:00", "4 小时", "2026-11-21 02:00"),
        ("ci-10", "2026-11-19 21:00", "当日", "2026-11-19 24:00"),
        ("ci-12", "2026-11-20 09:00", "3 天", "2026-11-23 24:00"),
        ("ci-13", "2026-10-01 09:00", "3 天", "2026-10-04 24:00"),
        ("ci-13 working days", "2026-10-01 09:00", "3 个工作日", "2026-10-10 24:00"),
        ("ci-14", "2026-09-18 09:00", "3 天", "2026-09-21 24:00"),
        ("ci-14 working days", "2026-09-18 09:00", "3 个工作日", "2026-09-22 24:00"),
        ("ci-16", "2026-11-16 09:00", "4 小时", "2026-11-16 13:00"),
        // The right begins two days after the day on which the limit ran out.
        ("ci-17", "2026-11-16 13:00", "2 天", "2026-11-18 24:00"),
        ("ci-19 limit", "2026-10-01 09:00", "3 天", "2026-10-04 24:00"),
        ("ci-20 limit", "2026-11-20 22:00", "4 小时", "2026-11-21 02:00"),
        ("ci-20", "2026-11-21 02:00", "2 天", "2026-11-23 24:00"),
        ("ci-24 soft", "2026-11-22 11:00", "10 分钟", "2026-11-22 11:10"),
        ("ci-32", "2026-11-16 14:00", "4 小时", "2026-11-16 18:00"),
        ("ci-37", "2026-11-16 12:00", "3 天", "2026-11-19 24:00"),
        ("ci-45", "2026-11-16 14:00", "2 小时", "2026-11-16 16:00"),
    ]);
}

#[test]
fn complaint_instruction_both_sides() {
    let (calendar, zone) = (china(), Zone::shanghai());
    let limit = |from, span| calendar.due_at(&zone, at(from), Span::parse(span).expect("a span"), false);
    let ci01 = limit("2026-11-16 10:00", "2 小时");
    assert!(ci01.met_by(at("2026-11-16 12:00:00")) && ci01.passed(at("2026-11-16 12:00:01")));
    assert!(limit("2026-11-16 17:50", "当日").passed(at("2026-11-17 08:05")), "ci-04");
    assert!(limit("2026-11-22 23:30", "当日").met_by(at("2026-11-22 23:55")), "ci-05");
    assert!(limit("2026-11-16 14:20", "1 小时").met_by(at("2026-11-16 15:20")), "ci-06");
    assert!(limit("2026-11-20 22:00", "4 小时").met_by(at("2026-11-21 01:59")), "ci-09");
    let ci10 = limit("2026-11-19 21:00", "当日");
    assert!(ci10.passed(at("2026-11-20 08:30")));
    assert_eq!(ci10.at, at("2026-11-20 00:00"));
    assert!(limit("2026-11-16 09:00", "4 小时").passed(at("2026-11-16 13:00:01")), "ci-16");
}

#[test]
fn a_span_counts_on_from_the_day_of_a_due_moment() {
    let (calendar, zone) = (china(), Zone::shanghai());
    // ci-19: the limit ended 2026-10-04 24:00; two days on is 10-06 24:00, although that midnight is already 10-05.
    let limit = calendar.due_at(&zone, at("2026-10-01 09:00"), Span::Days(3), false);
    let right = calendar.due_after(&zone, limit, Span::Days(2), false);
    assert_eq!(right.at, at("2026-10-07 00:00"));
    assert!(right.end_of_day);
    // ci-17: the same from a due moment told by the clock.
    let limit = calendar.due_at(&zone, at("2026-11-16 09:00"), Span::Seconds(14_400), false);
    assert_eq!(calendar.due_after(&zone, limit, Span::Days(2), false).at, at("2026-11-19 00:00"));
    let hours = calendar.due_after(&zone, limit, Span::Seconds(3600), false);
    assert_eq!(hours, DueAt::clock(at("2026-11-16 14:00")));
}

#[test]
fn repair_residential() {
    check(&[
        ("1 write", "2026-11-16 09:12", "2 分钟", "2026-11-16 09:14"),
        ("1 notify", "2026-11-16 09:12", "3 分钟", "2026-11-16 09:15"),
        ("4 write", "2026-10-01 23:59", "2 分钟", "2026-10-02 00:01"),
        ("4 notify", "2026-10-01 23:59", "3 分钟", "2026-10-02 00:02"),
        ("5 rival", "2026-11-16 09:14", "3 分钟", "2026-11-16 09:17"),
        ("6", "2026-11-16 09:20", "10 分钟", "2026-11-16 09:30"),
        ("7", "2026-11-15 22:55", "10 分钟", "2026-11-15 23:05"),
        ("10", "2026-11-16 16:50", "15 分钟", "2026-11-16 17:05"),
        ("11", "2026-11-16 17:22", "10 分钟", "2026-11-16 17:32"),
        ("23 notify", "2026-11-16 22:30", "10 分钟", "2026-11-16 22:40"),
        ("23 arrive", "2026-11-16 22:43", "15 分钟", "2026-11-16 22:58"),
        ("27", "2026-11-21 20:00", "3 分钟", "2026-11-21 20:03"),
        ("28 soft", "2026-11-16 09:14:50", "5 分钟", "2026-11-16 09:19:50"),
        ("29 soft", "2026-11-16 10:10", "30 分钟", "2026-11-16 10:40"),
        ("30", "2026-11-16 17:00", "当日", "2026-11-16 24:00"),
    ]);
}

#[test]
fn repair_residential_slips_and_appointments() {
    let (calendar, zone) = (china(), Zone::shanghai());
    let before = |at| calendar.due_before(&zone, at, Span::Seconds(300));
    let arrival = before(at("2026-11-21 14:00"));
    assert!(arrival.met_by(at("2026-11-21 13:55")) && arrival.passed(at("2026-11-21 13:57")), "8");
    assert_eq!(before(at("2026-10-02 00:03")).at, at("2026-10-01 23:58"), "9");
    let five = time(17, 0, 0, 0);
    let cases = [
        ("15", "2026-11-16 15:40", "2026-11-16 17:00"),
        ("16", "2026-11-16 17:30", "2026-11-17 17:00"),
        ("17", "2026-11-21 18:10", "2026-11-22 17:00"),
        ("18", "2026-10-02 10:00", "2026-10-02 17:00"),
    ];
    for (id, finished, end) in cases {
        assert_eq!(next_time_after(&zone, at(finished), &[five], |_| true), at(end), "{id}");
    }
    let cases =
        [("19", "2026-10-12", "2026-10-25"), ("20", "2026-11-25", "2026-11-25"), ("21", "2026-11-26", "2026-12-25")];
    for (id, booked, end) in cases {
        assert_eq!(next_month_day(day(booked), 25), day(end), "{id}");
    }
    assert_eq!(calendar.on_or_before(day("2026-10-25")), day("2026-10-23"), "19: the reminder");
    let sent = DueAt::end_of(&zone, day("2026-10-25"));
    assert!(sent.met_by(at("2026-10-25 23:59:59")) && sent.passed(at("2026-10-26 09:00")));
}

#[test]
fn followup_9() {
    check(&[
        ("R1", "2026-11-20 15:00", "2 天", "2026-11-22 24:00"),
        ("R1 working days", "2026-11-20 15:00", "2 个工作日", "2026-11-24 24:00"),
        ("R2", "2026-09-30 10:00", "2 天", "2026-10-02 24:00"),
        ("R2 working days", "2026-09-30 10:00", "2 个工作日", "2026-10-09 24:00"),
        ("R3", "2026-11-16 10:00", "30 天", "2026-12-16 24:00"),
        ("R4", "2026-09-10 10:00", "30 天", "2026-10-10 24:00"),
        ("R5 end", "2026-08-31 10:00", "5 天", "2026-09-05 24:00"),
        ("R6", "2026-11-21 02:30", "3 天", "2026-11-24 24:00"),
        ("R7", "2026-11-16 10:00", "15 天", "2026-12-01 24:00"),
        ("R8", "2026-10-03 10:00", "15 天", "2026-10-18 24:00"),
        ("R9", "2026-11-18 10:00", "5 天", "2026-11-23 24:00"),
        ("R25", "2026-10-10 10:00", "2 年", "2028-10-10 24:00"),
        ("R29", "2026-11-18 10:00", "2 天", "2026-11-20 24:00"),
        ("R33", "2026-11-20 10:00", "2 天", "2026-11-22 24:00"),
    ]);
    let third = middle_third(day("2026-03-01"), day("2026-08-31"));
    assert_eq!(third, Some((day("2026-05-01"), day("2026-07-01"))), "R5");
    assert!(china().is_workday(day("2026-10-10")), "R4, R24: a make-up working day");
}

#[test]
fn followup_9_periods() {
    let zone = Zone::shanghai();
    let calendar = china();
    let cases = [
        ("R18", "次周日", "2026-11-09", "2026-W46", "2026-11-22 24:00"),
        ("R19", "次周日", "2026-09-28", "2026-W40", "2026-10-11 24:00"),
        ("R20", "次月底", "2026-10-31", "2026-10", "2026-11-30 24:00"),
        ("R21", "每季度末", "2026-07-01", "2026-Q3", "2026-09-30 24:00"),
        ("R24", "下季首月 10 日", "2026-09-30", "2026-Q3", "2026-10-10 24:00"),
    ];
    for (id, every, in_period, key, end) in cases {
        let every = Every::parse(every).expect("a form");
        let list = every.instances(&calendar, &zone, day(in_period), day(in_period), OnRestDay::Stays);
        assert_eq!(list.len(), 1, "{id}");
        assert_eq!(list[0].period_key, key, "{id}");
        assert_eq!(list[0].due_at().civil(&zone).to_string(), end, "{id}");
    }
    let archive = DueAt::end_of(&zone, day("2026-10-10"));
    assert!(archive.passed(at("2026-10-12 09:00")), "R24");
}
