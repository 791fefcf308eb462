//! Weeks, months and quarters (期间) as pages say them and offer them.

use jiff::civil::Date;
use maud::{Markup, html};
use office::stretch::{Length, Stretch};

use crate::language::t;
use crate::page::Filled;
use crate::state::Here;

/// The period that an address names, else the present quarter.
pub fn asked(here: &Here, filled: &Filled) -> Option<Stretch> {
    let today = here.house().laws().zone.date(here.now);
    match filled.get("period") {
        "" => Some(Stretch::of(Length::Quarter, today)),
        key => Stretch::parse(key),
    }
}

/// The choice of the period of the page at `path`.
pub fn chooser(here: &Here, period: &Stretch, path: &str) -> Markup {
    let today = here.house().laws().zone.date(here.now);
    let key = period.key();
    let offered = offered(today);
    let absent = !offered.iter().any(|(_, periods)| periods.contains(period));
    html! {
        form.filters action=(path) {
            label.filter {
                span.vh { (t("期间")) }
                select name="period" data-debounce="10" {
                    @if absent { option value=(key) selected { (words(period)) } }
                    @for (heading, periods) in &offered {
                        optgroup label=(heading) {
                            @for one in periods { option value=(one.key()) selected[one == period] { (words(one)) } }
                        }
                    }
                }
            }
            button { (t("看")) }
            span.dim { (crate::t!("上期是 {}", words(&period.before()))) }
        }
    }
}

/// As people say it.
pub fn words(it: &Stretch) -> String {
    match it.length {
        Length::Week => crate::t!("{0} 至 {1} 一周", it.first.strftime("%m-%d"), it.last.strftime("%m-%d")),
        Length::Month => crate::t!("{0} 年 {1} 月", it.first.year(), it.first.month()),
        Length::Quarter => crate::t!("{0} 年第 {1} 季度", it.first.year(), it.quarter()),
    }
}

/// The periods one may choose on this day: quarters, months, weeks, each newest first.
fn offered(today: Date) -> Vec<(&'static str, Vec<Stretch>)> {
    let back = |length: Length, count: usize| {
        std::iter::successors(Some(Stretch::of(length, today)), |it| Some(it.before())).take(count).collect()
    };
    vec![
        (t("季度"), back(Length::Quarter, 5)),
        (t("月份"), back(Length::Month, 13)),
        (t("星期"), back(Length::Week, 9)),
    ]
}
