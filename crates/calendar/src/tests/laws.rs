//! Laws of arithmetic, and equality with counting day by day.

use std::sync::LazyLock;

use jiff::civil::Date;
use proptest::prelude::*;

use super::china;
use crate::{Calendar, Moment, Span, Zone, day_number};

static CHINA: LazyLock<Calendar> = LazyLock::new(china);

fn any_day() -> impl Strategy<Value = Date> {
    // From well before the table to well after it.
    (-1500i32..21_500).prop_map(|n| day_number::date(day_number::of(jiff::civil::date(2000, 1, 1)) + n))
}

fn any_span() -> impl Strategy<Value = Span> {
    (0i64..400, 0usize..4).prop_map(|(n, kind)| match kind {
        0 => Span::Seconds(n * 977),
        1 => Span::Days(n),
        2 => Span::Workdays(n.max(1)),
        _ => Span::Months(n % 60 + 1),
    })
}

fn later(day: Date) -> Date {
    day_number::date(day_number::of(day) + 1)
}

fn naive_add(day: Date, n: i64) -> Date {
    let mut day = day;
    let mut left = n;
    while left > 0 {
        day = later(day);
        left -= i64::from(CHINA.day(day).workday);
    }
    day
}

proptest! {
    #[test]
    fn adding_working_days_is_counting_them(day in any_day(), n in 0i64..300) {
        prop_assert_eq!(CHINA.add_workdays(day, n), naive_add(day, n));
    }

    #[test]
    fn between_undoes_add(day in any_day(), n in 0i64..3000) {
        prop_assert_eq!(CHINA.workdays_between(day, CHINA.add_workdays(day, n)), n);
    }

    #[test]
    fn from_a_working_day_there_and_back(day in any_day(), n in 0i64..500) {
        let start = CHINA.on_or_after(day);
        let there = CHINA.add_workdays(start, n);
        prop_assert_eq!(CHINA.add_workdays(there, -n), start);
    }

    #[test]
    fn between_adds_up_and_turns_round(a in any_day(), b in any_day(), c in any_day()) {
        let between = |x, y| CHINA.workdays_between(x, y);
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
        prop_assert_eq!(between(a, b), -between(b, a));
    }

    #[test]
    fn add_adds_up_and_keeps_order(a in any_day(), b in any_day(), n in 1i64..200, m in 0i64..200) {
        prop_assert_eq!(CHINA.add_workdays(CHINA.add_workdays(a, n), m), CHINA.add_workdays(a, n + m));
        let (a, b) = (a.min(b), a.max(b));
        prop_assert!(CHINA.add_workdays(a, n) <= CHINA.add_workdays(b, n));
        prop_assert!(CHINA.add_workdays(a, n) < CHINA.add_workdays(a, n + 1));
    }

    #[test]
    fn the_table_agrees_with_the_layers(day in any_day()) {
        prop_assert_eq!(CHINA.is_workday(day), CHINA.day(day).workday);
        let (after, before) = (CHINA.on_or_after(day), CHINA.on_or_before(day));
        prop_assert!(before <= day && day <= after);
        prop_assert!(CHINA.is_workday(before) && CHINA.is_workday(after));
    }

    #[test]
    fn due_moments_never_come_before_their_start_and_keep_order(
        a in 0i64..4_000_000_000, step in 0i64..400_000, span in any_span(), roll: bool,
        name in prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin"]),
    ) {
        let zone = Zone::named(name).expect("bundled");
        let (from, after) = (Moment(a * 1_000_000), Moment((a + step) * 1_000_000));
        let due = CHINA.due_at(&zone, from, span, roll);
        prop_assert!(due.met_by(from));
        prop_assert!(due.at <= CHINA.due_at(&zone, after, span, roll).at);
        prop_assert_eq!(due.met_by(due.at), !due.end_of_day);
        prop_assert!(due.met_by(due.at.plus_micros(-1)) && due.passed(due.at.plus_micros(1)));
        if due.end_of_day {
            prop_assert_eq!(due.civil(&zone).time, None);
            prop_assert_eq!(zone.end_of_day(due.civil(&zone).date), due.at);
        }
        let told = CHINA.due(&zone, from, span, roll);
        prop_assert_eq!(told.due_at(), due);
        prop_assert!(told.steps.len() >= 2);
        prop_assert!(told.steps.iter().all(|step| !step.zh.is_empty() && !step.en.is_empty()));
    }

    #[test]
    fn days_are_dates_plus_n(a in 0i64..4_000_000_000, n in 0i64..1000) {
        let zone = Zone::named("Europe/Berlin").expect("bundled");
        let from = Moment(a * 1_000_000);
        let due = CHINA.due_at(&zone, from, Span::Days(n), false);
        let end = zone.date(from).saturating_add(jiff::Span::new().days(n));
        prop_assert_eq!(due.civil(&zone).date, end);
    }
}
