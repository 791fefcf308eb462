//! Hours of service (服务时间): several spans a day, by weekday, kind of day and season, over midnight too.

use std::fmt;

use jiff::civil::{Date, Time};

use crate::calendar::Calendar;
use crate::day_number;
use crate::moment::Moment;
use crate::phrase::scan::{Scan, even_out};
use crate::phrase::{BadPhrase, On, clock, weekday_within};
use crate::week::YearPart;
use crate::zone::Zone;

const FORMS: &str = "08:30-17:30\n全天\n工作日 08:30-12:00、13:30-17:30；休息日 09:00-17:00；节假日 休息\n\
    周一至周五 08:30-17:30；周六 09:00-12:00\n7 月 1 日至 8 月 31 日 工作日 08:00-12:00、14:30-18:00\n每天 22:00-06:00";
const DAY: i64 = 86_400;

/// From `start` to `end`, the end not included. An end not after the start is on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockSpan {
    /// First clock time.
    pub start: Time,
    /// Clock time after the last; none is 24:00.
    pub end: Option<Time>,
}

/// The hours of some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursRule {
    /// Part of the year in which it holds; none is the whole year.
    pub part: Option<YearPart>,
    /// Days on which it holds; none is each day. Never `服务时间`, `服务时间外` or `班次内`.
    pub on: Option<On>,
    /// The spans; none means closed.
    pub spans: Vec<ClockSpan>,
}

/// The hours of service of a site. Of the rules that hold on a day one decides: each day and weekdays give way to
/// 工作日 and 休息日, these to 节假日; a rule of a season stands over its like without one; of weekdays the fewer; then the
/// later written. An order of the calendar with hours stands over all rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceHours {
    /// The rules as written.
    pub rules: Vec<HoursRule>,
}

impl ClockSpan {
    /// Reads `08:30-12:00`, `22:00-06:00`, `08:30至24:00`.
    pub fn parse(written: &str) -> Result<ClockSpan, BadPhrase> {
        let text = even_out(written);
        let mut scan = Scan(&text);
        ClockSpan::scan(&mut scan).filter(|_| scan.done()).ok_or_else(|| BadPhrase::new(written, "HH:MM-HH:MM"))
    }

    pub(crate) fn scan(scan: &mut Scan<'_>) -> Option<ClockSpan> {
        let start = scan.clock()??;
        scan.eat_any(&["-", "至", "–", "—", "~"])?;
        Some(ClockSpan { start, end: scan.clock()? })
    }

    /// Seconds after midnight of its start and, beyond a day when it goes over midnight, of its end.
    pub(crate) fn seconds(self) -> (i64, i64) {
        let of = |time: Time| i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        let start = of(self.start);
        let end = self.end.map_or(DAY, of);
        (start, if end <= start { end + DAY } else { end })
    }
}

impl fmt::Display for ClockSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", clock(Some(self.start)), clock(self.end))
    }
}

impl ServiceHours {
    /// Reads rules parted by `；`: `工作日 08:30-12:00、13:30-17:30；休息日 09:00-17:00；节假日 休息`. A rule without days holds
    /// each day; `全天` is 00:00 to 24:00; a part of the year may stand first.
    pub fn parse(written: &str) -> Result<ServiceHours, BadPhrase> {
        let text = even_out(&written.replace(['\n', ';'], "；"));
        let rules: Option<Vec<HoursRule>> =
            text.split('；').filter(|part| !part.is_empty()).map(|part| read_rule(Scan(part))).collect();
        match rules {
            Some(rules) if !rules.is_empty() => Ok(ServiceHours { rules }),
            _ => Err(BadPhrase::new(written, FORMS)),
        }
    }

    /// The spans that begin on `date`, and the layer that gives them, in Chinese.
    pub fn on(&self, calendar: &Calendar, date: Date) -> (Vec<ClockSpan>, String) {
        if let Some(order) = calendar.order_on(date)
            && let Some(spans) = &order.hours
        {
            return (spans.clone(), order.layer_zh());
        }
        match self.rule_on(calendar, date) {
            Some(rule) => (rule.spans.clone(), rule.days_zh()),
            None => (Vec::new(), "没有服务时间".to_owned()),
        }
    }

    /// Whether the site is open at `moment`: the start of a span is, its end is not.
    pub fn is_open(&self, calendar: &Calendar, zone: &Zone, moment: Moment) -> bool {
        let day = zone.day(moment);
        self.intervals(calendar, day)
            .into_iter()
            .any(|(start, end)| zone.at(day, start * 1_000_000) <= moment && moment < zone.at(day, end * 1_000_000))
    }

    /// The open stretches of a date, in order and apart from each other; what goes over midnight belongs to both dates.
    pub fn stretches(&self, calendar: &Calendar, zone: &Zone, date: Date) -> Vec<(Moment, Moment)> {
        let day = day_number::of(date);
        let moment = |seconds: i64| zone.at(day, seconds * 1_000_000);
        self.intervals(calendar, day).into_iter().map(|(start, end)| (moment(start), moment(end))).collect()
    }

    /// The first moment after `from` at which the site opens: it is closed just before. None within two years: it
    /// never opens again, or never closes.
    pub fn next_opening(&self, calendar: &Calendar, zone: &Zone, from: Moment) -> Option<Moment> {
        let first = zone.day(from);
        (first..=first + 731).find_map(|day| {
            let starts = self.intervals(calendar, day).into_iter().map(|(start, _)| zone.at(day, start * 1_000_000));
            starts.into_iter().find(|at| *at > from && !self.is_open(calendar, zone, at.plus_micros(-1)))
        })
    }

    /// The open seconds of one calendar day, in order and apart from each other: its own spans up to midnight and what
    /// goes over midnight from the day before.
    pub(crate) fn intervals(&self, calendar: &Calendar, day: i32) -> Vec<(i64, i64)> {
        let mut list: Vec<(i64, i64)> = Vec::new();
        self.each_span(calendar, day - 1, |(_, end)| {
            if end > DAY {
                list.push((0, end - DAY));
            }
        });
        self.each_span(calendar, day, |(start, end)| list.push((start, end.min(DAY))));
        list.sort_unstable();
        let mut apart: Vec<(i64, i64)> = Vec::with_capacity(list.len());
        for (start, end) in list {
            match apart.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => apart.push((start, end)),
            }
        }
        apart
    }

    fn each_span(&self, calendar: &Calendar, day: i32, mut take: impl FnMut((i64, i64))) {
        let date = day_number::date(day);
        let ordered = calendar.order_on(date).and_then(|order| order.hours.as_deref());
        let spans = match ordered {
            Some(spans) => spans,
            None => self.rule_on(calendar, date).map_or(&[][..], |rule| &rule.spans),
        };
        for span in spans {
            take(span.seconds());
        }
    }

    fn rule_on(&self, calendar: &Calendar, date: Date) -> Option<&HoursRule> {
        let holding = self.rules.iter().filter(|rule| rule.holds(calendar, date));
        // `max_by_key` gives the last of equals: the later written.
        holding.max_by_key(|rule| rule.rank())
    }
}

impl HoursRule {
    fn holds(&self, calendar: &Calendar, date: Date) -> bool {
        self.part.is_none_or(|part| part.holds(date))
            && self.on.is_none_or(|on| calendar.holds_on(on, date) == Some(true))
    }

    /// The layer of the days, then season, then how few weekdays are named.
    fn rank(&self) -> (u8, bool, i8) {
        let (layer, fewer) = match self.on {
            Some(On::Holiday) => (2, 0),
            Some(On::Workday | On::RestDay) => (1, 0),
            Some(On::Weekdays(first, last)) => {
                let days = (0..7)
                    .filter_map(|n| jiff::civil::Weekday::from_monday_zero_offset(n).ok())
                    .filter(|day| weekday_within(first, last, *day))
                    .count();
                (0, 7 - days as i8)
            }
            _ => (0, 0),
        };
        (layer, self.part.is_some(), fewer)
    }

    /// The days in words: `7 月 1 日至 8 月 31 日 工作日`, `每天`.
    fn days_zh(&self) -> String {
        let on = self.on.map_or("每天".to_owned(), On::read_zh);
        match &self.part {
            Some(part) => format!("{part} {on}"),
            None => on,
        }
    }
}

impl fmt::Display for HoursRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spans: Vec<String> = self.spans.iter().map(ClockSpan::to_string).collect();
        let spans = if spans.is_empty() { "休息".to_owned() } else { spans.join("、") };
        write!(f, "{} {spans}", self.days_zh())
    }
}

impl fmt::Display for ServiceHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules: Vec<String> = self.rules.iter().map(HoursRule::to_string).collect();
        f.write_str(&rules.join("；"))
    }
}

fn read_rule(mut scan: Scan<'_>) -> Option<HoursRule> {
    let mut ahead = scan;
    let part = YearPart::scan(&mut ahead);
    if part.is_some() {
        scan = ahead;
    }
    let on = read_days(&mut scan)?;
    let spans = read_spans(scan)?;
    Some(HoursRule { part, on, spans })
}

/// `[每天|工作日|休息日|节假日|周末|周X[至周Y]]`: the outer none is a word that is no day, the inner each day.
pub(crate) fn read_days(scan: &mut Scan<'_>) -> Option<Option<On>> {
    let before_figures = scan.0.find(|c: char| c.is_ascii_digit() || c == '休' || c == '全');
    // 休息日 begins like 休息.
    let end = if scan.0.starts_with("休息日") { "休息日".len() } else { before_figures? };
    let (words, rest) = scan.0.split_at(end);
    scan.0 = rest;
    if words.is_empty() || words == "每天" {
        return Some(None);
    }
    match On::parse(words) {
        Ok(On::ServiceHours | On::OutsideServiceHours | On::Shift) | Err(_) => None,
        Ok(on) => Some(Some(on)),
    }
}

fn read_spans(mut scan: Scan<'_>) -> Option<Vec<ClockSpan>> {
    if scan.eat("休息") {
        return scan.done().then(Vec::new);
    }
    if scan.eat("全天") {
        return scan.done().then(|| vec![ClockSpan { start: Time::midnight(), end: None }]);
    }
    let mut spans = vec![ClockSpan::scan(&mut scan)?];
    while scan.eat_any(&["、", "，", ","]).is_some() {
        spans.push(ClockSpan::scan(&mut scan)?);
    }
    scan.done().then_some(spans)
}
