//! Recurring moments as written (周期).

use std::fmt;

use jiff::civil::{Date, Time};

use super::read::{clock, weekday_en, weekday_zh};
use super::scan::{Scan, even_out};
use super::{BadPhrase, DueIn, Every, OnRestDay, Period};

const FORMS: &str = "每天 [HH:MM]\n每周X [HH:MM]\n每周一至周五 [HH:MM]\n每个工作日 [HH:MM]\n每周\n次周日\n\
    每月 N 日 [HH:MM]\n每月底\n次月底\n次月 N 日\n每季度末\n下季首月 N 日\n每年 M 月 N 日\n每年底\n每 N 小时";
const REST_DAY_FORMS: &str = "不动\n提前\n顺延\n免办";

impl Every {
    /// Reads one of the forms; refuses days that no month has.
    pub fn parse(written: &str) -> Result<Every, BadPhrase> {
        let text = even_out(written);
        fixed(&text)
            .or_else(|| daily(Scan(&text)))
            .or_else(|| weekly(Scan(&text)))
            .or_else(|| monthly(Scan(&text)))
            .or_else(|| yearly(Scan(&text)))
            .or_else(|| hourly(Scan(&text)))
            .ok_or_else(|| BadPhrase::new(written, FORMS))
    }

    /// In Chinese, in the form that `parse` reads: `每月 25 日 17:00`.
    pub fn read_zh(&self) -> String {
        let day = match (self.period, self.due) {
            (Period::Day, DueIn::Hours(n)) => return format!("每 {n} 小时"),
            (Period::Workday, _) => "每个工作日".to_owned(),
            (Period::Week, DueIn::Last) => "每周".to_owned(),
            (Period::Week, DueIn::NextLast) => "次周日".to_owned(),
            (Period::Month, DueIn::Last) => "每月底".to_owned(),
            (Period::Month, DueIn::NextLast) => "次月底".to_owned(),
            (Period::Quarter, DueIn::NextMonthDay(n)) => format!("下季首月 {n} 日"),
            (Period::Quarter, _) => "每季度末".to_owned(),
            (_, DueIn::Weekday(day)) => format!("每{}", weekday_zh(day)),
            (_, DueIn::Weekdays(a, b)) => format!("每{}至{}", weekday_zh(a), weekday_zh(b)),
            (_, DueIn::MonthDay(n)) => format!("每月 {n} 日"),
            (_, DueIn::NextMonthDay(n)) => format!("次月 {n} 日"),
            (_, DueIn::YearDay(m, n)) => format!("每年 {m} 月 {n} 日"),
            (Period::Year, _) => "每年底".to_owned(),
            (Period::Day, _) => "每天".to_owned(),
            (Period::Week | Period::Month, DueIn::Hours(n)) => format!("每 {n} 小时"),
        };
        match self.time {
            Some(time) => format!("{day} {}", clock(Some(time))),
            None => day,
        }
    }

    /// In English: `on day 25 of each month, by 17:00`.
    pub fn read_en(&self) -> String {
        let day = match (self.period, self.due) {
            (_, DueIn::Hours(1)) => return "every hour".to_owned(),
            (_, DueIn::Hours(n)) => return format!("every {n} hours"),
            (Period::Workday, _) => "each working day".to_owned(),
            (Period::Week, DueIn::Last) => "by the end of each week".to_owned(),
            (Period::Week, DueIn::NextLast) => "by Sunday of the next week".to_owned(),
            (Period::Month, DueIn::Last) => "by the end of each month".to_owned(),
            (Period::Month, DueIn::NextLast) => "by the end of the next month".to_owned(),
            (Period::Quarter, DueIn::NextMonthDay(n)) => {
                format!("by day {n} of the first month of the next quarter")
            }
            (Period::Quarter, _) => "by the end of each quarter".to_owned(),
            (_, DueIn::Weekday(day)) => format!("each {}", weekday_en(day)),
            (_, DueIn::Weekdays(a, b)) => {
                format!("each day from {} to {}", weekday_en(a), weekday_en(b))
            }
            (_, DueIn::MonthDay(n)) => format!("on day {n} of each month"),
            (_, DueIn::NextMonthDay(n)) => format!("by day {n} of the next month"),
            (_, DueIn::YearDay(m, n)) => format!("on {n} {} of each year", month_en(m)),
            (Period::Year, _) => "by the end of each year".to_owned(),
            (Period::Day, _) => "each day".to_owned(),
        };
        match self.time {
            Some(time) => format!("{day}, by {}", clock(Some(time))),
            None => day,
        }
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.read_zh())
    }
}

impl OnRestDay {
    /// Reads `不动`, `提前` or `顺延`.
    pub fn parse(written: &str) -> Result<OnRestDay, BadPhrase> {
        match even_out(written).as_str() {
            "不动" => Ok(OnRestDay::Stays),
            "提前" => Ok(OnRestDay::Earlier),
            "顺延" => Ok(OnRestDay::Later),
            "免办" => Ok(OnRestDay::Waived),
            _ => Err(BadPhrase::new(written, REST_DAY_FORMS)),
        }
    }
}

fn every(period: Period, due: DueIn, time: Option<Time>) -> Every {
    Every { period, due, time }
}

fn fixed(text: &str) -> Option<Every> {
    let (period, due) = match text {
        "每周" => (Period::Week, DueIn::Last),
        "次周日" => (Period::Week, DueIn::NextLast),
        "每月底" => (Period::Month, DueIn::Last),
        "次月底" => (Period::Month, DueIn::NextLast),
        "每季度末" => (Period::Quarter, DueIn::Last),
        "每年底" => (Period::Year, DueIn::Last),
        _ => return None,
    };
    Some(every(period, due, None))
}

fn daily(mut scan: Scan<'_>) -> Option<Every> {
    let period = match scan.eat_any(&["每天", "每个工作日"])? {
        0 => Period::Day,
        _ => Period::Workday,
    };
    Some(every(period, DueIn::Last, scan.clock_or_nothing()?))
}

fn weekly(mut scan: Scan<'_>) -> Option<Every> {
    if !scan.eat("每周") {
        return None;
    }
    let first = scan.weekday_sign()?;
    if scan.eat("至周") {
        let last = scan.weekday_sign()?;
        return Some(every(Period::Day, DueIn::Weekdays(first, last), scan.clock_or_nothing()?));
    }
    Some(every(Period::Week, DueIn::Weekday(first), scan.clock_or_nothing()?))
}

fn monthly(mut scan: Scan<'_>) -> Option<Every> {
    let start = scan.eat_any(&["每月", "次月", "下季首月", "季首月"])?;
    let day = scan.number_in(1, 31)? as i8;
    if !scan.eat("日") {
        return None;
    }
    if start == 0 {
        return Some(every(Period::Month, DueIn::MonthDay(day), scan.clock_or_nothing()?));
    }
    let period = if start == 1 { Period::Month } else { Period::Quarter };
    scan.done().then(|| every(period, DueIn::NextMonthDay(day), None))
}

fn yearly(mut scan: Scan<'_>) -> Option<Every> {
    if !scan.eat("每年") {
        return None;
    }
    let month = scan.number_in(1, 12)? as i8;
    if !scan.eat("月") {
        return None;
    }
    let day = scan.number_in(1, 31)? as i8;
    // 2024 is a leap year: 29 February stands in the form, and is the 28th in other years.
    if !scan.eat("日") || !scan.done() || Date::new(2024, month, day).is_err() {
        return None;
    }
    Some(every(Period::Year, DueIn::YearDay(month, day), None))
}

fn hourly(mut scan: Scan<'_>) -> Option<Every> {
    if !scan.eat("每") {
        return None;
    }
    let words = ["一", "两", "三", "四", "六", "八", "十二"];
    let hours = match scan.eat_any(&words) {
        Some(place) => [1, 2, 3, 4, 6, 8, 12][place],
        None => scan.number_in(1, 24)?,
    };
    (scan.eat("小时") && scan.done()).then(|| every(Period::Day, DueIn::Hours(hours), None))
}

fn month_en(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[(month - 1) as usize]
}
