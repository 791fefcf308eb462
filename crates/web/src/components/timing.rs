//! Times on a page (时刻): said as people say them, exact on hover, in the language of the request.

use calendar::words;
use calendar::{DueAt, Moment, Period, Zone};
use maud::{Markup, html};

use super::light::{Lamp, Light};
use crate::language::{self, Language};

/// The moment of looking, and the zone of the site.
#[derive(Clone, Copy)]
pub struct Timing<'a> {
    /// Now.
    pub now: Moment,
    /// The zone in which times are said.
    pub zone: &'a Zone,
}

/// Seconds before the due moment from which a limit is 临期 at most.
const SOON_MAX: i64 = 4 * 3600;

/// A period by its key as people say it: 2026 年第 48 周, 2026 年 11 月. A day and what is no key stay as they are.
pub fn period(key: &str) -> String {
    let Ok((period, first)) = Period::of_key(key) else { return key.to_owned() };
    let tail = |mark: char| key.rsplit(mark).next().unwrap_or_default().trim_start_matches('0').to_owned();
    let (year, month) = (first.year(), first.month());
    match period {
        // The week's own year is the key's, which may be another than that of its Monday.
        Period::Week => crate::t!("{0} 年第 {1} 周", key.get(..4).unwrap_or_default(), tail('W')),
        Period::Month => crate::t!("{0} 年 {1} 月", year, month),
        Period::Quarter => crate::t!("{0} 年第 {1} 季度", year, tail('Q')),
        Period::Year => crate::t!("{} 年", year),
        _ => key.to_owned(),
    }
}

impl Timing<'_> {
    /// How long until a due moment, or since: 还剩 12 分钟, 已超 5 分钟. More than a day ahead: 周四 09:30.
    pub fn remaining(self, due: DueAt) -> String {
        if due.met_by(self.now) && due.at.seconds_since(self.now) >= 86_400 {
            return self.due(due);
        }
        by_language(|| words::remaining_zh(self.now, due), || words::remaining_en(self.now, due))
    }

    /// A due moment: 今天 17:00, 11月23日 24:00 前.
    pub fn due(self, due: DueAt) -> String {
        by_language(|| words::due_zh(self.zone, self.now, due), || words::due_en(self.zone, self.now, due))
    }

    /// A moment that was or will be: 今天 14:20.
    pub fn said(self, moment: Moment) -> String {
        by_language(|| words::moment_zh(self.zone, self.now, moment), || words::moment_en(self.zone, self.now, moment))
    }

    /// A moment to the second, for hover and print.
    pub fn exact(self, moment: Moment) -> String {
        words::exact(self.zone, DueAt::clock(moment))
    }

    /// How long something took: 6 小时 20 分钟.
    pub fn length(seconds: i64) -> String {
        by_language(|| words::length_zh(seconds), || words::length_en(seconds))
    }

    /// The clock time alone: 14:20.
    pub fn clock(self, moment: Moment) -> String {
        let civil = self.zone.civil(moment);
        format!("{:02}:{:02}", civil.hour(), civil.minute())
    }

    /// A moment as a `time` element with the exact one on hover.
    pub fn time(self, moment: Moment) -> Markup {
        html! { time title=(self.exact(moment)) { (self.said(moment)) } }
    }

    /// From when a limit opened at `opened` is 临期: its last quarter, at most four hours.
    pub fn soon(opened: Moment, due: DueAt) -> Moment {
        let length = due.at.seconds_since(opened).max(0);
        due.at.plus_seconds(-(length / 4).min(SOON_MAX))
    }

    /// The light of a running limit.
    pub fn light(self, opened: Moment, due: DueAt) -> Markup {
        let soon = Timing::soon(opened, due);
        let lamp = Lamp::running(self.now, due, soon);
        let (words, exact) = (self.remaining(due), words::exact(self.zone, due));
        Light { lamp, words: &words, exact: &exact, runs: Some((due, soon)) }.render()
    }

    /// The light of a running alarm (软提醒): dotted amber once it has rung, never red.
    pub fn alarm(self, opened: Moment, due: DueAt) -> Markup {
        if due.met_by(self.now) {
            return self.light(opened, due);
        }
        let (words, exact) = (self.remaining(due), words::exact(self.zone, due));
        Light { lamp: Lamp::Soft, words: &words, exact: &exact, runs: Some((due, due.at)) }.render()
    }

    /// The light of something that ended, with the moment at which it did.
    pub fn ended(self, lamp: Lamp, at: Moment) -> Markup {
        let (words, exact) = (format!("{} {}", lamp.word(), self.said(at)), self.exact(at));
        Light { lamp, words: &words, exact: &exact, runs: None }.render()
    }
}

fn by_language(chinese: impl FnOnce() -> String, english: impl FnOnce() -> String) -> String {
    match language::current() {
        Language::English => english(),
        _ => language::said(&chinese(), None).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::speak;

    fn at(hour: i8, minute: i8) -> Moment {
        Zone::shanghai().moment(jiff::civil::date(2026, 11, 23).at(hour, minute, 0, 0))
    }

    #[test]
    fn times_are_said_in_the_language_of_the_request() {
        let zone = Zone::shanghai();
        let timing = Timing { now: at(14, 0), zone: &zone };
        let due = DueAt::clock(at(14, 12));
        assert_eq!(timing.remaining(due), "还剩 12 分钟");
        assert_eq!(speak(Language::Traditional, || timing.remaining(due)), "還剩 12 分鐘");
        assert_eq!(speak(Language::English, || timing.remaining(due)), "12 min left");
        let far = DueAt::end_of(&zone, jiff::civil::date(2026, 12, 3));
        assert_eq!(timing.remaining(far), "12月3日 24:00 前");
    }

    #[test]
    fn periods_are_said_as_people_say_them() {
        for (key, words) in [
            ("2026-W05", "2026 年第 5 周"),
            ("2025-W01", "2025 年第 1 周"),
            ("2026-11", "2026 年 11 月"),
            ("2026-Q4", "2026 年第 4 季度"),
            ("2026", "2026 年"),
            ("2026-11-23", "2026-11-23"),
            ("夜班", "夜班"),
        ] {
            assert_eq!(period(key), words);
        }
        assert_eq!(speak(Language::English, || period("2026-W48")), "Week 48 of 2026");
    }

    #[test]
    fn a_limit_is_due_soon_in_its_last_quarter_but_not_before_four_hours() {
        let short = DueAt::clock(at(14, 20));
        assert_eq!(Timing::soon(at(14, 0), short), at(14, 15));
        let long = DueAt::clock(at(23, 0));
        assert_eq!(Timing::soon(at(23, 0).plus_seconds(-10 * 86_400), long), at(19, 0));
    }
}
