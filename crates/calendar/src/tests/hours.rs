//! Hours of service and shifts; open time against counting minute by minute.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{at, china, day};
use crate::{Calendar, DayOrder, Moment, OfficeTime, On, OpenHours, ServiceHours, Shifts, Sources, Zone};

const WRITTEN: &str = "工作日 08:30-12:00、13:30-17:30；休息日 09:00-17:00；节假日 休息；\
    7 月 1 日至 8 月 31 日 工作日 08:00-12:00、14:30-18:00";
const NIGHT: &str = "每天 22:00-06:00；周六 21:00-02:00、05:00-07:00；节假日 10:00-11:00";

fn hours(written: &str) -> ServiceHours {
    ServiceHours::parse(written).expect(written)
}

fn open(written: &str) -> OpenHours {
    OpenHours::new(&china(), &Zone::shanghai(), &hours(written))
}

static DAY: LazyLock<OpenHours> = LazyLock::new(|| open(WRITTEN));
static OVER_NIGHT: LazyLock<OpenHours> = LazyLock::new(|| open(NIGHT));
static BERLIN: LazyLock<OpenHours> =
    LazyLock::new(|| OpenHours::new(&china(), &Zone::named("Europe/Berlin").expect("bundled"), &hours(NIGHT)));

#[test]
fn hours_read_and_read_back() {
    for written in [
        WRITTEN,
        NIGHT,
        "每天 08:30-17:30",
        "周一至周五 08:30-17:30；周六 09:00-12:00",
        "每天 00:00-24:00",
        "休息日 休息",
    ] {
        assert_eq!(hours(&hours(written).to_string()), hours(written));
        assert_eq!(hours(written).to_string(), written);
    }
    assert_eq!(hours("08：30 - 17：30").to_string(), "每天 08:30-17:30");
    assert_eq!(hours("全天").to_string(), "每天 00:00-24:00");
    assert_eq!(hours("工作日 8:30至12:00，13:30至17:30").to_string(), "工作日 08:30-12:00、13:30-17:30");
    for written in [
        "",
        "工作日",
        "08:30",
        "班次内 08:00-09:00",
        "平日 08:00-09:00",
        "08:00-25:00",
        "24:00-08:00",
        "休息 08:00-09:00",
    ] {
        assert!(ServiceHours::parse(written).is_err(), "{written}");
    }
}

#[test]
fn the_hours_of_a_day_name_their_layer() {
    let calendar = china();
    let on = |date: &str| {
        let (spans, layer) = hours(WRITTEN).on(&calendar, day(date));
        let spans: Vec<String> = spans.iter().map(ToString::to_string).collect();
        format!("{layer} {}", spans.join("、"))
    };
    assert_eq!(on("2026-11-16"), "工作日 08:30-12:00、13:30-17:30");
    assert_eq!(on("2026-11-21"), "休息日 09:00-17:00");
    assert_eq!(on("2026-10-03"), "节假日 ");
    assert_eq!(on("2026-10-10"), "工作日 08:30-12:00、13:30-17:30");
    assert_eq!(on("2026-07-06"), "7 月 1 日至 8 月 31 日 工作日 08:00-12:00、14:30-18:00");
    let weekly = hours("周一至周日 09:00-18:00；周六 10:00-12:00；7 月 1 日至 8 月 31 日 每天 08:00-09:00");
    assert_eq!(weekly.on(&calendar, day("2026-11-21")).1, "周六");
    assert_eq!(weekly.on(&calendar, day("2026-07-04")).1, "7 月 1 日至 8 月 31 日 每天");
    assert_eq!(hours("工作日 09:00-18:00").on(&calendar, day("2026-11-21")).0, []);
}

#[test]
fn an_order_with_hours_stands_over_all() {
    let order = DayOrder {
        by: crate::Orderer::Site,
        date: day("2026-10-03"),
        workday: Some(false),
        hours: Some(vec![crate::ClockSpan::parse("09:00-12:00").expect("a span")]),
        why: "国庆值守".to_owned(),
        known_from: at("2026-09-28 10:00"),
    };
    let sources = Sources { orders: vec![order], ..china().sources().clone() };
    let calendar = Calendar::new(sources);
    assert_eq!(hours(WRITTEN).on(&calendar, day("2026-10-03")).1, "本处安排：国庆值守");
    let zone = Zone::shanghai();
    assert!(hours(WRITTEN).is_open(&calendar, &zone, at("2026-10-03 11:59:59")));
    let before = calendar.as_known_at(at("2026-09-28 09:59"));
    assert!(!hours(WRITTEN).is_open(&before, &zone, at("2026-10-03 11:00")));
}

#[test]
fn open_at_the_start_and_closed_at_the_end() {
    let cases = [
        ("2026-11-16 08:29:59", false),
        ("2026-11-16 08:30", true),
        ("2026-11-16 12:00", false),
        ("2026-11-16 13:30", true),
        ("2026-11-16 17:29:59", true),
        ("2026-11-16 17:30", false),
        ("2026-10-03 10:00", false),
    ];
    for (moment, expected) in cases {
        assert_eq!(DAY.is_open(at(moment)), expected, "{moment}");
    }
}

#[test]
fn over_midnight() {
    // Thursday night into Friday; Friday night meets Saturday's own hours; Saturday's go over into Sunday.
    for (moment, expected) in [
        ("2026-11-19 22:00", true),
        ("2026-11-20 05:59:59", true),
        ("2026-11-20 06:00", false),
        ("2026-11-21 06:30", true),
        ("2026-11-21 07:00", false),
        ("2026-11-21 21:00", true),
        ("2026-11-22 01:59:59", true),
        ("2026-11-22 02:00", false),
        ("2026-11-22 22:00", true),
    ] {
        assert_eq!(OVER_NIGHT.is_open(at(moment)), expected, "{moment}");
    }
    // 22:00 to 24:00 of Friday, 00:00 to 07:00 and 21:00 to 24:00 of Saturday.
    let sum = OVER_NIGHT.open_seconds_between(at("2026-11-20 12:00"), at("2026-11-21 24:00"));
    assert_eq!(sum, (2 + 7 + 3) * 3600);
}

#[test]
fn spans_within_and_across_each_other_count_once() {
    let hours = open("每天 08:00-18:00、09:00-10:00、17:00-19:00、19:00-20:00");
    let sum = hours.open_seconds_between(at("2026-11-16 00:00"), at("2026-11-16 24:00"));
    assert_eq!(sum, 12 * 3600);
    assert!(hours.is_open(at("2026-11-16 12:00")));
}

#[test]
fn using_up_a_day_ends_at_the_closing_instant() {
    let add = |from: &str, n: i64| DAY.add_open_seconds(at(from), n);
    assert_eq!(add("2026-11-16 16:30", 3600), Some(at("2026-11-16 17:30")));
    assert_eq!(add("2026-11-16 16:30", 3601), Some(at("2026-11-17 08:30:01")));
    assert_eq!(add("2026-11-16 18:00", 0), Some(at("2026-11-16 18:00")));
    assert_eq!(add("2026-11-16 11:00", 2 * 3600), Some(at("2026-11-16 14:30")));
    // Over the National Day holiday and its closed days.
    assert_eq!(add("2026-09-30 17:00", 3600), Some(at("2026-10-08 09:00")));
}

#[test]
fn ten_years_ahead_and_never() {
    let far = DAY.add_open_seconds(at("2026-11-16 08:30"), 10 * 250 * 8 * 3600).expect("opens again");
    assert_eq!(DAY.open_seconds_between(at("2026-11-16 08:30"), far), 10 * 250 * 8 * 3600);
    let holidays = open("节假日 10:00-11:00");
    assert_eq!(holidays.add_open_seconds(at("2026-10-07 10:30"), 1800), Some(at("2026-10-07 11:00")));
    assert_eq!(holidays.add_open_seconds(at("2026-10-07 10:30"), 1801), None);
    assert_eq!(open("每天 休息").add_open_seconds(at("2026-10-07 10:30"), 1), None);
    // Beyond the table on both sides.
    let always = open("全天");
    assert_eq!(always.add_open_seconds(at("2200-01-01 00:00"), 86_400), Some(at("2200-01-02 00:00")));
    assert_eq!(always.add_open_seconds(at("1960-01-01 00:00"), 86_400), Some(at("1960-01-02 00:00")));
    let span = at("2018-12-31 00:00").seconds_since(at("2018-12-30 00:00"));
    assert_eq!(always.add_open_seconds(at("2018-12-30 00:00"), 3 * span), Some(at("2019-01-02 00:00")));
}

fn shifts() -> Shifts {
    Shifts::parse("白班 08:00-20:00；夜班 20:00-08:00；正常班 工作日 08:30-17:30").expect("shifts")
}

#[test]
fn shifts_over_midnight() {
    let (calendar, zone, shifts) = (china(), Zone::shanghai(), shifts());
    let on = |moment: &str| shifts.shift_at(&calendar, &zone, at(moment)).map(|turn| turn.shift.name.as_str());
    assert_eq!(on("2026-11-22 07:59:59"), Some("夜班"));
    assert_eq!(on("2026-11-22 08:00"), Some("白班"));
    assert_eq!(on("2026-11-22 20:00"), Some("夜班"));
    assert_eq!(on("2026-11-16 08:29"), Some("白班"));
    assert_eq!(on("2026-11-16 08:30"), Some("正常班"));
    assert_eq!(on("2026-11-16 17:30"), Some("白班"));
    let end = |moment: &str| shifts.shift_end(&calendar, &zone, at(moment));
    // work-order, examples 13 and 14.
    assert_eq!(end("2026-11-16 17:20"), Some(at("2026-11-16 17:30")));
    assert_eq!(end("2026-11-22 07:50"), Some(at("2026-11-22 08:00")));
    assert_eq!(end("2026-11-21 23:00"), Some(at("2026-11-22 08:00")));
    assert_eq!(Shifts::default().shift_end(&calendar, &zone, at("2026-11-21 23:00")), None);
}

#[test]
fn of_two_that_begin_together_the_first_written_is_on() {
    let shifts = Shifts::parse("长班 08:00-20:00；短班 08:00-12:00").expect("shifts");
    let (calendar, zone) = (china(), Zone::shanghai());
    let on = shifts.shift_at(&calendar, &zone, at("2026-11-16 09:00")).expect("on");
    assert_eq!(on.shift.name, "长班");
}

#[test]
fn the_next_shift() {
    let (calendar, zone) = (china(), Zone::shanghai());
    let office = Shifts::parse("正常班 工作日 08:30-17:30").expect("a shift");
    let next = |moment: &str| office.next_shift(&calendar, &zone, at(moment)).map(|turn| turn.begins);
    assert_eq!(next("2026-09-30 17:40"), Some(at("2026-10-08 08:30")));
    assert_eq!(next("2026-11-16 08:29"), Some(at("2026-11-16 08:30")));
    assert_eq!(next("2026-11-16 08:30"), Some(at("2026-11-17 08:30")));
    assert_eq!(Shifts::default().next_shift(&calendar, &zone, at("2026-11-16 08:29")), None);
}

#[test]
fn shifts_read_and_read_back() {
    assert_eq!(shifts().to_string(), "白班 每天 08:00-20:00；夜班 每天 20:00-08:00；正常班 工作日 08:30-17:30");
    assert_eq!(Shifts::parse(&shifts().to_string()), Ok(shifts()));
    for written in ["", "白班", "08:00-20:00", "白班 服务时间 08:00-20:00", "白班 08:00"] {
        assert!(Shifts::parse(written).is_err(), "{written}");
    }
}

#[test]
fn what_holds_at_a_moment() {
    let time = OfficeTime {
        zone: Zone::shanghai(),
        calendar: china(),
        hours: hours(WRITTEN),
        shifts: Shifts::parse("白班 08:00-20:00").expect("a shift"),
    };
    let holds = |on: &str, moment: &str| time.holds(On::parse(on).expect("a form"), at(moment));
    assert!(holds("服务时间", "2026-11-16 09:00") && !holds("服务时间外", "2026-11-16 09:00"));
    assert!(holds("服务时间外", "2026-11-16 12:30"));
    assert!(holds("班次内", "2026-11-16 19:59") && !holds("班次内", "2026-11-16 20:00"));
    assert!(holds("工作日", "2026-10-10 23:59") && holds("节假日", "2026-10-01 00:00"));
    let before = time.as_known_at(at("2025-10-31 00:00"));
    assert!(!before.holds(On::Holiday, at("2026-10-01 00:00")));
}

fn minutes_open(hours: &OpenHours, from: Moment, minutes: i64) -> i64 {
    (0..minutes).filter(|n| hours.is_open(from.plus_seconds(n * 60))).count() as i64 * 60
}

fn any_moment() -> impl Strategy<Value = Moment> {
    // Whole minutes from 2025 to 2028: clock changes, holidays, the end of the notices.
    (28_926_240i64..30_500_000).prop_map(|minutes| Moment(minutes * 60_000_000))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn open_time_is_counting_minute_by_minute(from in any_moment(), minutes in 0i64..6000, which in 0usize..3) {
        let hours = [&*DAY, &*OVER_NIGHT, &*BERLIN][which];
        let until = from.plus_seconds(minutes * 60);
        prop_assert_eq!(hours.open_seconds_between(from, until), minutes_open(hours, from, minutes));
    }
}

proptest! {
    #[test]
    fn adding_undoes_counting(from in any_moment(), n in 1i64..4_000_000, which in 0usize..3) {
        let hours = [&*DAY, &*OVER_NIGHT, &*BERLIN][which];
        let end = hours.add_open_seconds(from, n).expect("opens again");
        prop_assert!(end > from);
        prop_assert_eq!(hours.open_seconds_between(from, end), n);
        // The first such moment: just before it is open, and a microsecond earlier something is missing.
        prop_assert!(hours.is_open(end.plus_micros(-1)));
        prop_assert!(hours.open_micros_between(from, end.plus_micros(-1)) < n * 1_000_000);
    }

    #[test]
    fn open_time_adds_up_and_keeps_order(
        a in any_moment(), b in any_moment(), c in any_moment(), n in 0i64..1_000_000,
    ) {
        let between = |x, y| OVER_NIGHT.open_micros_between(x, y);
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
        prop_assert_eq!(between(a, b), -between(b, a));
        let (a, b) = (a.min(b), a.max(b));
        prop_assert!(OVER_NIGHT.add_open_seconds(a, n) <= OVER_NIGHT.add_open_seconds(b, n));
        prop_assert!(OVER_NIGHT.add_open_seconds(a, n) <= OVER_NIGHT.add_open_seconds(a, n + 1));
    }
}
