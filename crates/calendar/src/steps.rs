//! The steps that explain a due moment (时限依据), in Chinese and English.

use crate::calendar::{Calendar, Ruling};
use crate::day_number;
use crate::due::Step;
use crate::moment::Moment;
use crate::phrase::{CivilMoment, Span, weekday_en, weekday_zh};
use crate::zone::Zone;

/// Lists of days longer than this show their first and last only.
const LISTED: i64 = 7;

/// The steps of `Calendar::due`.
pub(crate) fn of_due(calendar: &Calendar, zone: &Zone, from: Moment, span: Span, roll: bool) -> Vec<Step> {
    let writer = Writer { calendar, start: zone.day(from) };
    let mut steps = vec![opening(zone, from, span)];
    let last = calendar.end_day(writer.start, span);
    let mut end = last;
    match span {
        Span::Seconds(_) => steps.push(step(
            "按钟点连续计时，夜间和休息日照算".to_owned(),
            "runs on the clock, nights and rest days included".to_owned(),
        )),
        Span::Days(0) => steps.push(step("当日内".to_owned(), "within the same day".to_owned())),
        Span::Days(n) => steps.push(writer.counted_days(n)),
        Span::Months(n) => steps.push(writer.months(n, last)),
        Span::Workdays(n) => steps.extend(writer.workdays(n, last)),
    }
    if matches!(span, Span::Days(_) | Span::Months(_)) {
        end = if roll { calendar.rolled(last) } else { last };
        steps.push(writer.rest_day(last, end, roll));
    }
    if roll || matches!(span, Span::Workdays(_)) {
        steps.extend(writer.unconfirmed(span, end));
    }
    let due = calendar.due_at(zone, from, span, roll);
    let civil = due.civil(zone);
    steps.push(step(format!("限 {}", stamp_zh(civil)), format!("due {}", stamp_en(civil))));
    steps
}

fn step(zh: String, en: String) -> Step {
    Step { zh, en }
}

fn stamp_zh(civil: CivilMoment) -> String {
    format!("{}（{}）{}", civil.date, weekday_zh(civil.date.weekday()), clock(civil))
}

fn stamp_en(civil: CivilMoment) -> String {
    format!("{} {} {}", weekday_en(civil.date.weekday()), civil.date, clock(civil))
}

fn clock(civil: CivilMoment) -> String {
    crate::phrase::clock(civil.time)
}

fn opening(zone: &Zone, from: Moment, span: Span) -> Step {
    let civil = CivilMoment::of_due(zone, from, false);
    step(
        format!("自 {} 起，时限 {}", stamp_zh(civil), span.read_zh()),
        format!("from {}, limit {}", stamp_en(civil), span.read_en()),
    )
}

struct Writer<'a> {
    calendar: &'a Calendar,
    start: i32,
}

impl Writer<'_> {
    /// `03-07`, with the year when it is not that of the start.
    fn short(&self, day: i32) -> String {
        let (date, start) = (day_number::date(day), day_number::date(self.start));
        if date.year() == start.year() { format!("{:02}-{:02}", date.month(), date.day()) } else { date.to_string() }
    }

    fn counted_days(&self, n: i64) -> Step {
        let days: Vec<i32> = (1..=n).map(|k| day_number::add(self.start, k)).collect();
        let (zh, en) = self.numbered(&days, "天", "day");
        step(format!("当日不计入：{zh}"), format!("the day itself is not counted: {en}"))
    }

    /// `03-07 第 1 天，03-08 第 2 天`; a long list by its first and last.
    fn numbered(&self, days: &[i32], unit_zh: &str, unit_en: &str) -> (String, String) {
        let places: Vec<usize> =
            if days.len() as i64 > LISTED { vec![0, days.len() - 1] } else { (0..days.len()).collect() };
        let gap_zh = if places.len() < days.len() { " …… " } else { "，" };
        let gap_en = if places.len() < days.len() { " … " } else { ", " };
        let zh: Vec<String> =
            places.iter().map(|k| format!("{} 第 {} {unit_zh}", self.short(days[*k]), k + 1)).collect();
        let en: Vec<String> = places.iter().map(|k| format!("{} {unit_en} {}", self.short(days[*k]), k + 1)).collect();
        (zh.join(gap_zh), en.join(gap_en))
    }

    fn months(&self, n: i64, last: i32) -> Step {
        let (start, end) = (day_number::date(self.start), day_number::date(last));
        if start.day() == end.day() {
            return step(
                format!("当日不计入，{n} 个月后的同一日：{}", self.short(last)),
                format!("the same day {n} months later: {}", self.short(last)),
            );
        }
        step(
            format!("当日不计入；{} 月没有 {} 日，取月末 {}", end.month(), start.day(), self.short(last)),
            format!("that month has no day {}, so its last day: {}", start.day(), self.short(last)),
        )
    }

    fn workdays(&self, n: i64, last: i32) -> Vec<Step> {
        let days: Vec<i32> = (self.start + 1..=last).filter(|day| self.calendar.works(*day)).collect();
        debug_assert_eq!(days.len() as i64, n.max(0));
        let (zh, en) = self.numbered(&days, "个工作日", "working day");
        let mut steps = vec![step(format!("当日不计入：{zh}"), format!("the day itself is not counted: {en}"))];
        let mut weekend = false;
        let mut day = self.start + 1;
        while day < last {
            let ruling = self.calendar.ruling(day);
            let first = day;
            while day < last && self.calendar.ruling(day + 1) == ruling && !same_kind_ends(ruling) {
                day += 1;
            }
            match ruling {
                Ruling::Week | Ruling::Season(_) => {
                    weekend |= (first..=day).any(|day| !self.calendar.works(day));
                }
                _ => steps.push(self.named(first, day, ruling)),
            }
            day += 1;
        }
        // The last day is a working day; it is named when it is one only by a make-up or an order.
        if let ruling @ (Ruling::MakeUp { .. } | Ruling::Order(_)) = self.calendar.ruling(last) {
            steps.push(self.named(last, last, ruling));
        }
        if weekend {
            steps.push(step("周末不计".to_owned(), "weekends are not counted".to_owned()));
        }
        steps
    }

    fn named(&self, first: i32, last: i32, ruling: Ruling) -> Step {
        let counts = ruling.workday(self.calendar.sources(), first);
        let (zh, en) = if counts { ("计入", "counted") } else { ("不计", "not counted") };
        let (span_zh, span_en) = if first == last {
            let date = day_number::date(first);
            let short = self.short(first);
            (format!("{short}（{}）", weekday_zh(date.weekday())), format!("{short} ({})", weekday_en(date.weekday())))
        } else {
            let (a, b) = (self.short(first), self.short(last));
            (format!("{a} 至 {b} "), format!("{a} to {b}"))
        };
        step(
            format!("{span_zh}{}，{zh}", self.calendar.layer_zh(first, ruling)),
            format!("{span_en}: {}, {en}", self.calendar.layer_en(first, ruling)),
        )
    }

    fn rest_day(&self, last: i32, end: i32, roll: bool) -> Step {
        let date = day_number::date(last);
        let (short, zh, en) = (self.short(last), weekday_zh(date.weekday()), weekday_en(date.weekday()));
        let ruling = self.calendar.ruling(last);
        let works = self.calendar.works(last);
        let (layer_zh, layer_en) = match ruling {
            Ruling::Week | Ruling::Season(_) if works => (String::new(), String::new()),
            _ => (
                format!("，{}", self.calendar.layer_zh(last, ruling)),
                format!(", {}", self.calendar.layer_en(last, ruling)),
            ),
        };
        if !roll {
            return step(
                format!("遇休息日不顺延；{short} 为{zh}{layer_zh}"),
                format!("not moved by rest days; {short} is a {en}{layer_en}"),
            );
        }
        if end == last {
            return step(
                format!("{short} 为{zh}{layer_zh}，是工作日，不用顺延"),
                format!("{short} is a {en}{layer_en}, a working day: not moved"),
            );
        }
        let to = day_number::date(end);
        step(
            format!("{short} 为{zh}{layer_zh}，顺延到 {}（{}）", self.short(end), weekday_zh(to.weekday())),
            format!("{short} is a {en}{layer_en}: moved to {} {}", weekday_en(to.weekday()), self.short(end)),
        )
    }

    fn unconfirmed(&self, span: Span, end: i32) -> Vec<Step> {
        let first = if matches!(span, Span::Workdays(_)) { self.start } else { end };
        let missing = self.calendar.missing_years(day_number::date(first), day_number::date(end));
        let say = |year: &i16| {
            step(
                format!("{year} 年的放假通知还没有录入，按周末休息推算，未确认"),
                format!("no holiday notice for {year} is on file: weekends assumed off, not confirmed"),
            )
        };
        missing.iter().map(say).collect()
    }
}

// Each order is a reason of its own; neighbouring days of one holiday are told together.
fn same_kind_ends(ruling: Ruling) -> bool {
    matches!(ruling, Ruling::Order(_))
}
