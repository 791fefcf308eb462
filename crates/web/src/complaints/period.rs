//! Weeks, months and quarters (期间) as pages say them and offer them.

use jiff::civil::Date;
use office::stretch::{Length, Stretch};

use crate::language::t;

/// As people say it.
pub fn words(it: &Stretch) -> String {
    match it.length {
        Length::Week => crate::t!("{0} 至 {1} 一周", it.first.strftime("%m-%d"), it.last.strftime("%m-%d")),
        Length::Month => crate::t!("{0} 年 {1} 月", it.first.year(), it.first.month()),
        Length::Quarter => crate::t!("{0} 年第 {1} 季度", it.first.year(), it.quarter()),
    }
}

/// The periods one may choose on this day: quarters, months, weeks, each newest first.
pub fn offered(today: Date) -> Vec<(&'static str, Vec<Stretch>)> {
    let back = |length: Length, count: usize| {
        std::iter::successors(Some(Stretch::of(length, today)), |it| Some(it.before())).take(count).collect()
    };
    vec![
        (t("季度"), back(Length::Quarter, 5)),
        (t("月份"), back(Length::Month, 13)),
        (t("星期"), back(Length::Week, 9)),
    ]
}
