//! Times in words.

use super::at;
use crate::words::{due_en, due_zh, exact, length_en, length_zh, moment_en, moment_zh, remaining_en, remaining_zh};
use crate::{DueAt, Zone, parse_date};

fn end_of(date: &str) -> DueAt {
    DueAt::end_of(&Zone::shanghai(), parse_date(date).expect("a date"))
}

#[test]
fn remaining_and_over() {
    let due = DueAt::clock(at("2026-11-16 13:00"));
    let cases = [
        ("2026-11-16 12:48", "还剩 12 分钟", "12 min left"),
        ("2026-11-16 12:47:30", "还剩 12 分钟", "12 min left"),
        ("2026-11-16 12:59:30", "不到 1 分钟", "less than 1 min left"),
        ("2026-11-16 13:00", "不到 1 分钟", "less than 1 min left"),
        ("2026-11-16 13:00:01", "刚刚超时", "just over"),
        ("2026-11-16 13:05:59", "已超 5 分钟", "5 min over"),
        ("2026-11-16 09:40", "还剩 3 小时 20 分钟", "3 h 20 min left"),
        ("2026-11-16 10:00", "还剩 3 小时", "3 h left"),
        ("2026-11-14 10:00", "还剩 2 天 3 小时", "2 d 3 h left"),
        ("2026-11-28 14:00", "已超 12 天", "12 d over"),
    ];
    for (now, zh, en) in cases {
        assert_eq!(remaining_zh(at(now), due), zh, "{now}");
        assert_eq!(remaining_en(at(now), due), en, "{now}");
    }
}

#[test]
fn the_end_of_a_day_is_over_at_midnight() {
    let due = end_of("2026-11-16");
    assert_eq!(remaining_zh(at("2026-11-16 23:59:59"), due), "不到 1 分钟");
    assert_eq!(remaining_zh(at("2026-11-17 00:00"), due), "刚刚超时");
    assert_eq!(remaining_zh(at("2026-11-16 09:00"), due), "还剩 15 小时");
}

#[test]
fn days_as_one_says_them() {
    let zone = Zone::shanghai();
    let now = at("2026-11-16 09:00");
    let cases = [
        (DueAt::clock(at("2026-11-16 17:00")), "今天 17:00", "today 17:00"),
        (DueAt::clock(at("2026-11-17 09:30")), "明天 09:30", "tomorrow 09:30"),
        (DueAt::clock(at("2026-11-19 09:30")), "周四 09:30", "Thursday 09:30"),
        (DueAt::clock(at("2026-11-15 09:30")), "昨天 09:30", "yesterday 09:30"),
        (end_of("2026-11-22"), "周日 24:00 前", "by Sunday 24:00"),
        (end_of("2026-11-23"), "11月23日 24:00 前", "by 23 Nov 24:00"),
        (end_of("2027-01-10"), "2027年1月10日 24:00 前", "by 10 Jan 2027 24:00"),
        (end_of("2026-11-16"), "今天 24:00 前", "by today 24:00"),
    ];
    for (due, zh, en) in cases {
        assert_eq!(due_zh(&zone, now, due), zh);
        assert_eq!(due_en(&zone, now, due), en);
    }
    assert_eq!(moment_zh(&zone, now, at("2026-11-16 08:20:59")), "今天 08:20");
    assert_eq!(moment_en(&zone, now, at("2026-11-03 08:20")), "3 Nov 08:20");
    assert_eq!(exact(&zone, end_of("2026-11-23")), "2026-11-23 24:00");
}

#[test]
fn lengths() {
    for (seconds, zh, en) in [
        (0, "0 秒", "0 s"),
        (59, "59 秒", "59 s"),
        (90, "1 分钟", "1 min"),
        (86_399, "23 小时 59 分钟", "23 h 59 min"),
        (86_400, "1 天", "1 d"),
    ] {
        assert_eq!((length_zh(seconds).as_str(), length_en(seconds).as_str()), (zh, en));
    }
}
