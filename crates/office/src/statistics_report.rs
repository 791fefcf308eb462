//! Reports of a week, month or quarter (统计报告): when the clock begins one, what it begins with, what its steps bring, and when it is
//! sent to whom. The figures are reckoned elsewhere; here they are words.

use calendar::{Moment, Zone};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

use crate::case::Case;
use crate::event::Event;
use crate::stretch::{Length, Stretch};

/// Its register.
pub const REGISTER: &str = "statistics_report";
/// The act that begins one.
pub const DRAFTED: &str = "statistics_report.drafted";
/// The act that hands it in.
pub const SUBMITTED: &str = "statistics_report.submitted";
/// The act by which its figures stand.
pub const APPROVED: &str = "statistics_report.approved";
/// The act that puts it away.
pub const ARCHIVED: &str = "statistics_report.archived";
/// Attribute: week, month or quarter.
pub const LENGTH: &str = "statistics_report.length";
/// Attribute: the text that a person wrote.
pub const TEXT: &str = "statistics_report.text";
/// Attribute: the sentences that it began with.
pub const FIGURES: &str = "statistics_report.figures";
/// Link of the approval: every figure as it stood, as JSON.
pub const FROZEN: &str = "figures";
/// Link of the approval: the place in the journal up to which they were reckoned.
pub const FROZEN_AT: &str = "figures_upto";
/// Setting: which reports the clock begins.
pub const BEGINS: &str = "自动起草统计报告";
/// Setting: how long after the period's end one is to be archived.
pub const ARCHIVE_BY: &str = "统计报告归档期限";
/// Setting: years for which it is kept.
pub const KEEP_YEARS: &str = "统计报告保管年数";
/// Setting: which report is sent on which day and hour, and to whom.
pub const SENDING: &str = "报表定时发送";

/// Days before its end on which a quarter's report is begun, since it may be due on the quarter's last day.
const BEFORE_END: i64 = 3;
/// Days after the end in which the clock still begins a report: a server may have stood still.
const AFTER_END: i64 = 9;

/// The words of the lengths, in the order of the settings.
const LENGTHS: [(Length, &str, &str); 3] =
    [(Length::Week, "week", "周报"), (Length::Month, "month", "月报"), (Length::Quarter, "quarter", "季报")];

/// The value of [`LENGTH`].
pub fn word(length: Length) -> &'static str {
    LENGTHS.iter().find(|(of, ..)| *of == length).map_or("", |(_, word, _)| *word)
}

/// What it is called: 周报, 月报, 季报.
pub fn title(length: Length) -> &'static str {
    LENGTHS.iter().find(|(of, ..)| *of == length).map_or("", |(.., title)| *title)
}

/// The record of a period's report: there is one, whoever begins it.
pub fn record_of(of: &Stretch) -> String {
    format!("report-{}", of.key())
}

/// The period of a report.
pub fn period(report: &Case) -> Option<Stretch> {
    let said = |id: &str| report.attributes.get(id).map_or("", String::as_str);
    let (length, ..) = LENGTHS.iter().find(|(_, word, _)| *word == said(LENGTH))?;
    Some(Stretch::of(*length, said("period.of").parse().ok()?))
}

/// What a report is written from: what stands there, else the sentences that it began with.
pub fn draft(report: &Case) -> String {
    let written = report.attributes.get(TEXT).or_else(|| report.attributes.get(FIGURES));
    written.cloned().unwrap_or_default()
}

/// The periods whose reports the clock begins on a day, by the setting's words.
pub fn to_begin(today: Date, setting: &str) -> Vec<Stretch> {
    let mut found = Vec::new();
    for (length, _, title) in LENGTHS.iter().filter(|(.., title)| setting.contains(title)) {
        let now = Stretch::of(*length, today);
        let before = now.before();
        let late = if *title == "周报" { 6 } else { AFTER_END };
        if today <= before.last.saturating_add(late.days()) {
            found.push(before);
        }
        if *length == Length::Quarter && today > now.last.saturating_sub(BEFORE_END.days()) {
            found.push(now);
        }
    }
    found
}

/// What a step of a report brings: handed in, the statistics of its period are done; archived, it is filed, with the forms
/// of its quarter when they go with it.
pub(crate) fn brings(report: &Case, event: &Event) -> Vec<Event> {
    let Some(of) = period(report) else { return Vec::new() };
    let told = |name: &str| {
        let mut told = Event::plain(name, event.happened).with("period.of", of.last.to_string());
        told.body.posts.clone_from(&event.body.posts);
        told
    };
    // What is handed in long before its end is told so far, and no period's statistics.
    let near = Zone::shanghai().date(event.happened) > of.last.saturating_sub(BEFORE_END.days());
    let done = match (event.name.as_str(), of.length) {
        (SUBMITTED, Length::Month) if near => vec![told("statistics.monthly_done")],
        (SUBMITTED, Length::Quarter) if near => vec![told("report.quarterly_done")],
        (ARCHIVED, length) => {
            let with = event.body.attributes.get("statistics_report.with_forms").is_some_and(|it| it == "yes");
            let forms = (with && length == Length::Quarter).then(|| told("archive.forms_handed_over"));
            let filed = Event::plain("case.filed", event.happened);
            forms.into_iter().chain([filed]).collect()
        }
        _ => Vec::new(),
    };
    // Handed in again after it was sent back, it was done the first time.
    done.into_iter().filter(|it| !report.has(&it.name)).collect()
}

/// Whom a report is sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The group robot of the site.
    Robot,
    /// A mail address.
    Mail(String),
}

/// On which day it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Of(Weekday),
    Nth(i8),
}

/// A report that is sent by the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Which one: that of the last such period that has ended.
    pub length: Length,
    day: Day,
    at: Time,
    /// To whom.
    pub to: Vec<Target>,
    /// As it is written in the setting.
    pub written: String,
}

/// Days of the week as they are written.
pub(crate) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("周一", Weekday::Monday),
    ("周二", Weekday::Tuesday),
    ("周三", Weekday::Wednesday),
    ("周四", Weekday::Thursday),
    ("周五", Weekday::Friday),
    ("周六", Weekday::Saturday),
    ("周日", Weekday::Sunday),
];

/// The sendings of the setting: `周报 周一 08:30：群机器人；月报 1 日 09:00：甲@例.cn、乙@例.cn`. What cannot be read is told.
pub fn sendings(setting: &str) -> Result<Vec<Sending>, String> {
    let lines = setting.split(['；', ';', '\n']).map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| sending(line).ok_or_else(|| line.to_owned())).collect()
}

fn sending(line: &str) -> Option<Sending> {
    let (when, to) = line.split_once('：')?;
    let when = when.replace(" 日", "日");
    let mut parts = when.split_whitespace();
    let named = parts.next()?;
    let (length, ..) = LENGTHS.iter().find(|(.., title)| *title == named)?;
    let day = parts.next()?;
    let nth = || day.strip_suffix('日')?.parse::<i8>().ok().filter(|nth| (1..=28).contains(nth));
    let day = match WEEKDAYS.iter().find(|(word, _)| *word == day) {
        Some((_, weekday)) if *length == Length::Week => Day::Of(*weekday),
        None if *length != Length::Week => Day::Nth(nth()?),
        _ => return None,
    };
    let at = parts.next().and_then(|time| Time::strptime("%H:%M", time).ok())?;
    if parts.next().is_some() {
        return None;
    }
    let to: Option<Vec<Target>> = to.split(['、', ',', '，']).map(|one| target(one.trim())).collect();
    Some(Sending { length: *length, day, at, to: to?, written: line.to_owned() })
}

fn target(written: &str) -> Option<Target> {
    if written == "群机器人" {
        return Some(Target::Robot);
    }
    let (name, host) = written.split_once('@')?;
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "._+-".contains(c));
    (plain(name) && plain(host) && host.contains('.')).then(|| Target::Mail(written.to_owned()))
}

impl Sending {
    /// When it was to be sent on a day; none on other days.
    pub fn on(&self, day: Date, zone: &Zone) -> Option<Moment> {
        let fits = match self.day {
            Day::Of(weekday) => day.weekday() == weekday,
            Day::Nth(nth) => day.day() == nth && (self.length != Length::Quarter || day.month() % 3 == 1),
        };
        fits.then(|| zone.moment(day.to_datetime(self.at)))
    }

    /// The period that it tells of when it is sent on this day.
    pub fn period(&self, day: Date) -> Stretch {
        Stretch::of(self.length, day).before()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_clock_begins_what_has_just_ended_and_a_quarter_before_its_end() {
        let keys = |day, setting: &str| to_begin(day, setting).iter().map(Stretch::key).collect::<Vec<_>>();
        let all = "周报；月报；季报";
        assert_eq!(keys(date(2026, 10, 1), all), ["2026-W39", "2026-09", "2026-Q3"]);
        assert_eq!(keys(date(2026, 9, 28), all), ["2026-W39", "2026-Q3"]);
        assert_eq!(keys(date(2026, 9, 27), "月报；季报"), Vec::<String>::new());
        assert_eq!(keys(date(2026, 11, 16), "月报；季报"), Vec::<String>::new());
        assert_eq!(keys(date(2026, 11, 16), ""), Vec::<String>::new());
    }

    #[test]
    fn a_sending_is_read_word_by_word_or_not_at_all() {
        let zone = Zone::shanghai();
        let read = sendings(
            "周报 周一 08:30：群机器人；月报 1 日 09:00：a.b@example.org、群机器人；季报 3日 09:00：c@example.org",
        );
        let read = read.expect("all are read");
        assert_eq!(read[1].to, [Target::Mail("a.b@example.org".into()), Target::Robot]);
        let at = |nth: usize, day: Date| read[nth].on(day, &zone).map(|at| zone.civil(at).to_string());
        assert_eq!(at(0, date(2026, 11, 16)).as_deref(), Some("2026-11-16T08:30:00"));
        assert_eq!((at(0, date(2026, 11, 17)), at(2, date(2026, 11, 3))), (None, None));
        assert_eq!(at(2, date(2026, 10, 3)).as_deref(), Some("2026-10-03T09:00:00"));
        assert_eq!(read[2].period(date(2026, 10, 3)).key(), "2026-Q3");
        for odd in [
            "周报 1日 08:30：群机器人",
            "月报 周一 08:30：群机器人",
            "月报 1日 25:00：群机器人",
            "月报 1日 08:00：某人",
            "月报",
        ] {
            assert_eq!(sendings(odd), Err(odd.to_owned()));
        }
        assert_eq!(sendings(" "), Ok(Vec::new()));
    }
}
