use jiff::civil::{Weekday, date, time};
use proptest::prelude::*;

use super::*;
use crate::zone::Zone;

#[test]
fn spans_read_in_every_form() {
    let cases = [
        ("30 秒", Span::Seconds(30)),
        ("15 分钟", Span::Seconds(900)),
        ("4小时", Span::Seconds(14_400)),
        ("３　天", Span::Days(3)),
        (" 3 个工作日 ", Span::Workdays(3)),
        ("2 周", Span::Days(14)),
        ("1 个月", Span::Months(1)),
        ("3 年", Span::Months(36)),
        ("当日", Span::Days(0)),
        ("次日", Span::Days(1)),
        ("0 分钟", Span::Seconds(0)),
    ];
    for (written, span) in cases {
        assert_eq!(Span::parse(written), Ok(span), "{written}");
    }
}

#[test]
fn other_words_are_refused_with_the_forms() {
    for written in
        ["", "三天", "3", "天", "-3 天", "3.5 天", "1 2 天", "0 天", "0 个月", "3 天内", "101 年", "1000000 秒"]
    {
        let refused = Span::parse(written).expect_err(written);
        assert_eq!(refused.written, written);
        assert!(refused.to_string().contains("N 个工作日"));
    }
}

#[test]
fn spans_read_back_in_the_largest_unit() {
    assert_eq!(Span::Seconds(5400).read_zh(), "90 分钟");
    assert_eq!(Span::Seconds(14_400).read_en(), "4 hours");
    assert_eq!(Span::Days(1).read_en(), "1 day");
    assert_eq!(Span::Days(0).to_string(), "当日");
    assert_eq!(Span::Months(36).read_zh(), "3 年");
    assert_eq!(Span::Workdays(2).read_en(), "2 working days");
}

#[test]
fn every_reads_each_form() {
    use DueIn as In;
    use Weekday::{Friday, Monday, Sunday};
    let at = |hour, minute| Some(time(hour, minute, 0, 0));
    let cases = [
        ("每天 17:00", Period::Day, In::Last, at(17, 0)),
        ("每天", Period::Day, In::Last, None),
        ("每天 24:00", Period::Day, In::Last, None),
        ("每周五", Period::Week, In::Weekday(Friday), None),
        ("每周五 ９：30", Period::Week, In::Weekday(Friday), at(9, 30)),
        ("每周天", Period::Week, In::Weekday(Sunday), None),
        ("每周一至周五 17:00", Period::Day, In::Weekdays(Monday, Friday), at(17, 0)),
        ("每个工作日 10:00", Period::Workday, In::Last, at(10, 0)),
        ("每个工作日", Period::Workday, In::Last, None),
        ("每周", Period::Week, In::Last, None),
        ("次周日", Period::Week, In::NextLast, None),
        ("每月 25 日 17:00", Period::Month, In::MonthDay(25), at(17, 0)),
        ("每月25日", Period::Month, In::MonthDay(25), None),
        ("每月底", Period::Month, In::Last, None),
        ("次月底", Period::Month, In::NextLast, None),
        ("次月 10 日", Period::Month, In::NextMonthDay(10), None),
        ("每季度末", Period::Quarter, In::Last, None),
        ("下季首月 10 日", Period::Quarter, In::NextMonthDay(10), None),
        ("季首月 10 日", Period::Quarter, In::NextMonthDay(10), None),
        ("每年 12 月 31 日", Period::Year, In::YearDay(12, 31), None),
        ("每年底", Period::Year, In::Last, None),
        ("每两小时", Period::Day, In::Hours(2), None),
        ("每 2 小时", Period::Day, In::Hours(2), None),
    ];
    for (written, period, due, time) in cases {
        let read = Every::parse(written);
        assert_eq!(read, Ok(Every { period, due, time }), "{written}");
        let read = read.expect("just compared");
        assert_eq!(Every::parse(&read.read_zh()), Ok(read.clone()), "read back of {written}");
        assert!(read.read_en().is_ascii());
    }
}

#[test]
fn every_refuses_what_no_month_has() {
    for written in [
        "每月 32 日",
        "每月 0 日",
        "每年 2 月 30 日",
        "每年 13 月 1 日",
        "每周八",
        "每天 25:00",
        "每 25 小时",
        "每 0 小时",
        "每月",
        "25 日",
    ] {
        assert!(Every::parse(written).is_err(), "{written}");
    }
}

#[test]
fn on_reads_each_form_and_reads_back() {
    let cases = [
        ("周一至周五", On::Weekdays(Weekday::Monday, Weekday::Friday)),
        ("周末", On::Weekdays(Weekday::Saturday, Weekday::Sunday)),
        ("周三", On::Weekdays(Weekday::Wednesday, Weekday::Wednesday)),
        ("工作日", On::Workday),
        ("休息日", On::RestDay),
        ("节假日", On::Holiday),
        ("服务时间", On::ServiceHours),
        ("服务时间外", On::OutsideServiceHours),
        ("班次内", On::Shift),
    ];
    for (written, on) in cases {
        assert_eq!(On::parse(written), Ok(on));
        assert_eq!(on.to_string(), written);
    }
    for written in ["周", "周一到周五", "平日", "服务时间以外"] {
        assert!(On::parse(written).is_err(), "{written}");
    }
}

#[test]
fn weekday_ranges_go_round_the_week() {
    use Weekday::{Friday, Monday, Saturday, Sunday, Tuesday};
    assert!(weekday_within(Saturday, Monday, Sunday));
    assert!(weekday_within(Saturday, Monday, Monday));
    assert!(!weekday_within(Saturday, Monday, Tuesday));
    assert!(!weekday_within(Monday, Friday, Saturday));
}

#[test]
fn clock_times_know_the_end_of_the_day() {
    assert_eq!(parse_time("17:00"), Ok(time(17, 0, 0, 0)));
    assert_eq!(parse_time("9:05:30"), Ok(time(9, 5, 30, 0)));
    assert!(parse_time("24:00").is_err());
    assert_eq!(parse_time_or_end("２４：００"), Ok(None));
    for written in ["24:01", "17", "17:0", "17:60", "117:00", "17:00:", "24:00:01"] {
        assert!(parse_time_or_end(written).is_err(), "{written}");
    }
}

#[test]
fn civil_moments_read_and_write_24_00() {
    let zone = Zone::shanghai();
    let end = CivilMoment::parse("2026-11-16 24:00").expect("a form");
    assert_eq!(end, CivilMoment { date: date(2026, 11, 16), time: None });
    let next = CivilMoment::parse("2026-11-17T00:00:00").expect("a form");
    assert_eq!(end.moment(&zone), next.moment(&zone));
    assert_eq!(end.to_string(), "2026-11-16 24:00");
    assert_eq!(CivilMoment::of_due(&zone, end.moment(&zone), true), end);
    assert_eq!(CivilMoment::of_due(&zone, end.moment(&zone), false), next);
    assert_eq!(CivilMoment::parse("2026-11-16 13:00:01").expect("a form").to_string(), "2026-11-16 13:00:01");
    assert_eq!(end.weekday_zh(), "周一");
    for written in ["2026-11-16", "2026-02-30 10:00", "16:00", "2026-11-16 25:00"] {
        assert!(CivilMoment::parse(written).is_err(), "{written}");
    }
    assert!(parse_date("2026-11-16T10:00").is_err());
}

#[test]
fn weekday_words() {
    assert_eq!(parse_weekday("周天"), Ok(Weekday::Sunday));
    assert_eq!(parse_weekday("周 一"), Ok(Weekday::Monday));
    assert!(parse_weekday("周八").is_err());
    assert!(parse_weekday("每周一").is_err());
}

#[test]
fn period_keys() {
    let day = date(2026, 11, 22);
    let cases = [
        (Period::Day, "2026-11-22", date(2026, 11, 22), date(2026, 11, 22)),
        (Period::Week, "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        (Period::Month, "2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        (Period::Quarter, "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        (Period::Year, "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ];
    for (period, key, first, last) in cases {
        assert_eq!(period.key(day), key);
        assert_eq!(period.bounds(day), (first, last));
        assert_eq!(Period::of_key(key), Ok((period, first)));
    }
    assert_eq!(Period::Week.key(date(2027, 1, 1)), "2026-W53");
    assert_eq!(Period::Workday.key(day), "2026-11-22");
    assert_eq!(Period::Month.next(date(2026, 12, 31)), date(2027, 1, 1));
    assert_eq!(Period::Quarter.previous(date(2026, 1, 1)), date(2025, 10, 1));
    for key in ["2026-Q5", "2026-W54", "2026-13", "2026-2-1", "26", "2026-02-30", "２０２６"] {
        assert!(Period::of_key(key).is_err(), "{key}");
    }
}

#[test]
fn period_words() {
    for (written, period) in [("每月", Period::Month), ("季", Period::Quarter), ("每个工作日", Period::Workday)]
    {
        assert_eq!(Period::parse(written), Ok(period));
    }
    assert_eq!(Period::parse(Period::Week.read_zh()), Ok(Period::Week));
    assert!(Period::parse("每旬").is_err());
    assert_eq!(OnRestDay::parse("顺延"), Ok(OnRestDay::Later));
    assert!(OnRestDay::parse("推迟").is_err());
}

proptest! {
    #[test]
    fn spans_read_back_to_themselves(n in 1i64..1200, unit in 0usize..4) {
        let span = [Span::Seconds(n), Span::Days(n), Span::Workdays(n), Span::Months(n)][unit];
        prop_assert_eq!(Span::parse(&span.read_zh()), Ok(span));
    }

    #[test]
    fn keys_lead_back_to_their_first_day(days in 0i32..20_000, kind in 0usize..5) {
        let period = [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year][kind];
        let day = date(2000, 1, 1).saturating_add(jiff::Span::new().days(days));
        let (first, last) = period.bounds(day);
        prop_assert!(first <= day && day <= last);
        prop_assert_eq!(Period::of_key(&period.key(day)), Ok((period, first)));
        prop_assert_eq!(period.key(first), period.key(last));
        prop_assert_ne!(period.key(day), period.key(period.next(day)));
    }

    #[test]
    fn no_text_makes_a_parser_fall_over(text in "\\PC{0,20}") {
        let _ = (Span::parse(&text), Every::parse(&text), On::parse(&text), Period::of_key(&text));
        let _ = (CivilMoment::parse(&text), parse_date(&text), parse_time_or_end(&text));
    }
}
