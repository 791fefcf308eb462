//! When two conditions can hold at once (条件重叠).

use std::collections::BTreeSet;

use calendar::On;

use crate::model::{Comparison, Condition, Slot, Test};

/// Whether no subject can meet both conditions: some attribute would need two values at once.
pub fn disjoint(a: &[Condition], b: &[Condition]) -> bool {
    a.iter()
        .any(|one| b.iter().any(|other| one.attribute.value == other.attribute.value && apart(&one.test, &other.test)))
}

/// Whether no value meets both tests.
fn apart(a: &Test, b: &Test) -> bool {
    match (a, b) {
        (Test::OneOf(a), Test::OneOf(b)) => a.iter().all(|word| !b.contains(word)),
        (Test::OneOf(some), Test::NotOneOf(none)) | (Test::NotOneOf(none), Test::OneOf(some)) => {
            some.iter().all(|word| none.contains(word))
        }
        (Test::Absent, Test::OneOf(_) | Test::Present | Test::Compare(..)) => true,
        (Test::OneOf(_) | Test::Present | Test::Compare(..), Test::Absent) => true,
        (Test::Compare(a, Slot::Stated(m)), Test::Compare(b, Slot::Stated(n))) => {
            let ((least_a, most_a), (least_b, most_b)) = (range(*a, *m), range(*b, *n));
            most_a < least_b || most_b < least_a
        }
        // The same setting, once from it and once below it.
        (Test::Compare(a, Slot::Setting(m)), Test::Compare(b, Slot::Setting(n))) => {
            let ((least_a, most_a), (least_b, most_b)) = (range(*a, 0), range(*b, 0));
            m == n && (most_a < least_b || most_b < least_a)
        }
        _ => false,
    }
}

/// Whole numbers that a comparison allows, both ends in.
fn range(comparison: Comparison, number: i64) -> (i64, i64) {
    match comparison {
        Comparison::AtLeast => (number, i64::MAX),
        Comparison::MoreThan => (number.saturating_add(1), i64::MAX),
        Comparison::AtMost => (i64::MIN, number),
        Comparison::LessThan => (i64::MIN, number.saturating_sub(1)),
    }
}

/// Whether no moment lies in both.
pub fn on_apart(a: Option<On>, b: Option<On>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return false;
    };
    match (a, b) {
        (On::Workday, On::RestDay) | (On::RestDay, On::Workday) => true,
        (On::Workday, On::Holiday) | (On::Holiday, On::Workday) => true,
        (On::ServiceHours, On::OutsideServiceHours) | (On::OutsideServiceHours, On::ServiceHours) => true,
        (On::Weekdays(a, b), On::Weekdays(c, d)) => {
            let days = |first: jiff::civil::Weekday, last: jiff::civil::Weekday| -> BTreeSet<i8> {
                let week = 1..=7;
                let monday = jiff::civil::Weekday::Monday;
                week.map(|n| monday.wrapping_add(n - 1))
                    .filter(|day| calendar::weekday_within(first, last, *day))
                    .map(|day| day.to_monday_one_offset())
                    .collect()
            };
            days(a, b).is_disjoint(&days(c, d))
        }
        _ => false,
    }
}
