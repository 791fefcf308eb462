//! Days as numbers since 1970-01-01 (日序), for arithmetic without a calendar library in the way.

use jiff::civil::Date;

/// 9999-12-30: the last day whose end is still a moment.
pub(crate) const LAST: i32 = 2_932_895;
/// -9999-01-01.
pub(crate) const FIRST: i32 = -4_371_587;

/// The number of a date.
pub(crate) fn of(date: Date) -> i32 {
    from_parts(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
}

/// The date of a number; numbers beyond the calendar give its first or last date.
pub(crate) fn date(day: i32) -> Date {
    let (year, month, day) = parts(day.clamp(FIRST, LAST));
    jiff::civil::date(year as i16, month as i8, day as i8)
}

/// Monday is 0.
pub(crate) fn weekday(day: i32) -> usize {
    // 1970-01-01 was a Thursday.
    (day + 3).rem_euclid(7) as usize
}

/// `months` later: the same day number, or the last day of that month when it has no such day.
pub(crate) fn add_months(day: i32, months: i64) -> i32 {
    let (year, month, number) = parts(day);
    let total = i64::from(year) * 12 + i64::from(month) - 1 + months;
    let (year, month) = (total.div_euclid(12), total.rem_euclid(12) as i32 + 1);
    if year > 9999 {
        return LAST;
    }
    if year < -9999 {
        return FIRST;
    }
    let year = year as i32;
    from_parts(year, month, number.min(month_length(year, month))).clamp(FIRST, LAST)
}

/// Adds days, stopping at the ends of the calendar.
pub(crate) fn add(day: i32, days: i64) -> i32 {
    (i64::from(day) + days.clamp(-10_000_000, 10_000_000)).clamp(i64::from(FIRST), i64::from(LAST)) as i32
}

fn month_length(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

// Both ways count years from March in eras of 400 years (146 097 days), so that a leap day ends its year.
fn from_parts(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn parts(day: i32) -> (i32, i32, i32) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year + era * 400 + i32::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date as civil;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ends_of_the_calendar() {
        assert_eq!(of(civil(1970, 1, 1)), 0);
        assert_eq!(of(civil(9999, 12, 30)), LAST);
        assert_eq!(of(Date::MIN), FIRST);
        assert_eq!(date(i32::MAX / 2), civil(9999, 12, 30));
        assert_eq!(add(LAST, i64::MAX), LAST);
        assert_eq!(add_months(LAST, i64::from(i32::MAX)), LAST);
    }

    proptest! {
        #[test]
        fn agrees_with_the_library(day in FIRST..LAST, months in -5000i64..5000) {
            let as_date = date(day);
            prop_assert_eq!(of(as_date), day);
            prop_assert_eq!(weekday(day), as_date.weekday().to_monday_zero_offset() as usize);
            if let Ok(later) = as_date.checked_add(months.months()) {
                prop_assert_eq!(date(add_months(day, months)), later.min(civil(9999, 12, 30)));
            }
        }
    }
}
