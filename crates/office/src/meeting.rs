//! Meetings (会议): the recurring ones of the setting, who is late, what the minutes must say, and what a step of one brings.

use calendar::{Calendar, Moment, Zone};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

use crate::case::Case;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::statistics_report::WEEKDAYS;

/// Its register.
pub const REGISTER: &str = "meetings";
/// The register of who is expected at one.
pub const ATTENDANCES: &str = "attendances";
/// The register of what was decided at one and given to somebody.
pub const TASKS: &str = "meeting_tasks";
/// The register of who takes the minutes from when until when.
pub const TAKERS: &str = "minute_takers";
/// It is called.
pub const CALLED: &str = "meeting.called";
/// It begins.
pub const BEGAN: &str = "meeting.began";
/// It ends.
pub const ENDED: &str = "meeting.ended";
/// It is called off.
pub const CALLED_OFF: &str = "meeting.called_off";
/// Its minutes are written.
pub const MINUTED: &str = "meeting.minuted";
/// Its minutes are sent to who was expected.
pub const SENT: &str = "meeting.minutes_sent";
/// Somebody reads them.
pub const MINUTES_READ: &str = "meeting.minutes_read";
/// Somebody takes the minutes in place of the taker.
pub const SUBSTITUTE: &str = "meeting.substitute_named";
/// Somebody is expected.
pub const EXPECTED: &str = "attendance.due";
/// Somebody came.
pub const CAME: &str = "attendance.came";
/// Somebody is excused.
pub const EXCUSED: &str = "attendance.excused";
/// The meeting ended without them.
pub const MISSED: &str = "attendance.closed";
/// A task is set.
pub const TASK_SET: &str = "meeting_task.set";
/// It is done.
pub const TASK_DONE: &str = "meeting_task.done";
/// A meeting found it done.
pub const TASK_ACCEPTED: &str = "meeting_task.accepted";
/// A meeting has it go on until another day.
pub const TASK_GOES_ON: &str = "meeting_task.carried_on";
/// Attribute: what is to be done.
pub const TASK: &str = "meeting_task.what";
/// Attribute: by which day.
pub const TASK_BY: &str = "meeting_task.due";
/// Attribute: whom an act names.
pub const PERSON: &str = "duty.person";
/// Attribute: what it is called.
pub const SERIES: &str = "meeting.series";
/// Attribute: when it is set for.
pub const STARTS: &str = "meeting.starts";
/// Attribute: whether it is the weekly one.
pub const REGULAR: &str = "meeting.regular";
/// Attribute: who wrote the minutes.
pub const MINUTER: &str = "meeting.minuter";
/// Attribute: why a part of the agenda was not gone through.
pub const SKIPPED: &str = "meeting.skipped";
/// Attribute: who came, who was excused and who did not, as the minutes tell it.
pub const PRESENT: &str = "meeting.present";
/// Attribute: the tasks, as the minutes tell them.
pub const DECIDED: &str = "meeting.decided";
/// Attributes: a taker's first and last day.
pub const TAKES: [&str; 2] = ["meeting.roster_from", "meeting.roster_until"];
/// The four parts of the minutes.
pub const PARTS: [&str; 4] = ["meeting.week_review", "meeting.next_week", "meeting.coordination", "meeting.issues"];
/// Setting: the meetings that recur.
pub const RECURRING: &str = "定期会议";
/// Setting: how long after the beginning nobody is late.
pub const GRACE: &str = "会议迟到宽限";
/// The fact that the weekly meeting was held.
pub const HELD: &str = "meeting.held";
/// Seconds of the minute in which a meeting begins: who comes in it is in time.
const ITS_MINUTE: i64 = 59;

/// A meeting that recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// What it is called.
    pub name: String,
    day: Day,
    at: Time,
    /// The posts of rulebooks whose holders are expected, in words.
    pub who: Vec<String>,
    /// Whether it is the weekly meeting of Fridays.
    pub regular: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Of(Weekday),
    Nth(i8),
}

/// The meetings of the setting: `周五例会 周五 09:00：主要负责人；安全例会 1 日 15:00：主管以上人员`. What cannot be read is told.
pub fn recurring(setting: &str) -> Result<Vec<Recurring>, String> {
    let lines = setting.split(['；', ';', '\n']).map(str::trim).filter(|line| !line.is_empty());
    let mut all = lines.map(|line| one(line).ok_or_else(|| line.to_owned())).collect::<Result<Vec<_>, _>>()?;
    // The first meeting of Fridays is the weekly one.
    if let Some(first) = all.iter_mut().find(|it| it.day == Day::Of(Weekday::Friday)) {
        first.regular = true;
    }
    Ok(all)
}

fn one(line: &str) -> Option<Recurring> {
    let (when, who) = line.split_once('：')?;
    let when = when.replace(" 日", "日");
    let mut parts = when.split_whitespace();
    let (name, day, at) = (parts.next()?, parts.next()?, parts.next()?);
    let nth = || day.strip_suffix('日')?.parse::<i8>().ok().filter(|nth| (1..=28).contains(nth)).map(Day::Nth);
    let weekday = WEEKDAYS.iter().find(|(word, _)| *word == day).map(|(_, weekday)| Day::Of(*weekday));
    let at = Time::strptime("%H:%M", at).ok()?;
    let who: Vec<String> = who.split('、').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
    (parts.next().is_none() && !who.is_empty()).then_some(Recurring {
        name: name.to_owned(),
        day: weekday.or_else(nth)?,
        at,
        who,
        regular: false,
    })
}

impl Recurring {
    /// When it is on a day; none on other days.
    pub fn on(&self, day: Date, zone: &Zone) -> Option<Moment> {
        let fits = match self.day {
            Day::Of(weekday) => day.weekday() == weekday,
            Day::Nth(nth) => day.day() == nth,
        };
        fits.then(|| zone.moment(day.to_datetime(self.at)))
    }

    /// Its next day from `first` on, and the public holidays before it on which it falls out.
    pub fn next(&self, first: Date, zone: &Zone, falls_out: &dyn Fn(Date) -> bool) -> (Option<Moment>, Vec<Date>) {
        let mut out = Vec::new();
        for ahead in 0..70 {
            let day = first.saturating_add(ahead.days());
            match self.on(day, zone) {
                Some(_) if falls_out(day) => out.push(day),
                Some(at) => return (Some(at), out),
                None => {}
            }
        }
        (None, out)
    }

    /// The record of its meeting on a day: there is one, whoever calls it.
    pub fn record_on(&self, day: Date) -> String {
        record_of(day, self.at)
    }
}

/// The record of the meeting of a day and hour.
pub fn record_of(day: Date, at: Time) -> String {
    format!("meeting-{day}-{:02}{:02}", at.hour(), at.minute())
}

/// The record of who is expected at a meeting.
pub fn attendance_of(meeting: &str, account: &str) -> String {
    format!("{meeting}-{account}")
}

/// Whether a meeting of a day falls out: on a public holiday, or on a weekday that is ordered off; not on a usual weekend.
pub fn is_holiday(calendar: &Calendar, day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    !calendar.is_workday(day) && (!weekend || calendar.holiday(day).is_some())
}

/// When a meeting is set for.
pub fn starts(meeting: &Case) -> Option<Moment> {
    meeting.attributes.get(STARTS).and_then(|it| it.parse().ok()).map(Moment)
}

/// Minutes by which who came at `came` was late, when the meeting was set for `starts` and nobody is late for so many seconds:
/// none within its first minute.
pub fn late_minutes(starts: Moment, came: Moment, grace: i64) -> Option<i64> {
    let behind = came.seconds_since(starts);
    (behind > ITS_MINUTE + grace).then(|| behind.div_euclid(60).max(1))
}

/// The weekly meeting is held when it begins; others are none of its kind.
pub(crate) fn brings(case: &Case, event: &Event) -> Vec<Event> {
    let regular = case.attributes.get(REGULAR).is_some_and(|it| it == "yes");
    match event.name.as_str() {
        BEGAN if regular => vec![Event::plain(HELD, event.happened)],
        _ => Vec::new(),
    }
}

/// What was not gone through is noted with why; a task is not due before it is set, a taker's days do not run backwards.
pub(crate) fn sensible(what: &str, event: &Event, on: Date, word: &dyn Fn(&str) -> String) -> Result<(), Refusal> {
    let said = |id: &str| event.body.attributes.get(id).map_or("", |it| it.trim());
    let day = |id: &str| said(id).parse::<Date>().ok();
    match event.name.as_str() {
        MINUTED => match PARTS.iter().find(|part| said(part).is_empty()) {
            Some(part) if said(SKIPPED).is_empty() => {
                let why = format!("“{}”没有写", word(part));
                let next = "请写上；会上没有议的，在“没有议的原因”里写明为什么。";
                Err(Refusal::new(what, why, next).at(part))
            }
            _ => Ok(()),
        },
        TASK_SET | TASK_GOES_ON if day(TASK_BY).is_some_and(|by| by < on) => {
            Err(Refusal::new(what, "完成期限已经过了", "请写今天或以后的日期。").at(TASK_BY))
        }
        "meeting.taker_rostered" if day(TAKES[0]).zip(day(TAKES[1])).is_some_and(|(from, to)| to < from) => {
            Err(Refusal::new(what, "到期日早于开始日", "请核对日期。").at(TAKES[1]))
        }
        _ => Ok(()),
    }
}

/// Who came when, who was excused and why, who did not come, in one line.
pub fn present(attendances: &[Case], zone: &Zone) -> String {
    let said = |it: &Case, id: &str| it.attributes.get(id).cloned().unwrap_or_default();
    let one = |it: &Case| {
        let name = said(it, PERSON);
        match (it.last(CAME), it.has(EXCUSED)) {
            (Some(came), _) => format!("{name} {}", zone.civil(came.event.happened).strftime("%H:%M")),
            (None, true) => format!("{name} 请假（{}）", said(it, "case.reason")),
            (None, false) => format!("{name} 没有到"),
        }
    };
    attendances
        .iter()
        .filter(|it| !matches!(it.state, crate::case::CaseState::Withdrawn))
        .map(one)
        .collect::<Vec<_>>()
        .join("；")
}

/// The tasks, a line each: number, what, who, until when.
pub fn decided(tasks: &[Case]) -> String {
    let said = |it: &Case, id: &str| it.attributes.get(id).cloned().unwrap_or_default();
    let one = |it: &Case| format!("{} {}（{}，{} 前）", it.number, said(it, TASK), said(it, PERSON), said(it, TASK_BY));
    tasks.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Whether a taker's record names this account for a day.
pub fn takes(record: &Case, account: &str, day: Date) -> bool {
    let named = record.entries.first().and_then(|entry| entry.event.body.links.get(crate::event::NAMED));
    let date = |id: &str| record.attributes.get(id).and_then(|it| it.parse::<Date>().ok());
    let since = date(TAKES[0]).is_none_or(|from| from <= day);
    let still = date(TAKES[1]).is_none_or(|until| day <= until);
    !record.state.ended() && since && still && named.is_some_and(|it| it == account)
}

/// Whether somebody was named to take the minutes of this meeting instead.
pub fn substitutes(meeting: &Case, account: &str) -> bool {
    let named = meeting.last(SUBSTITUTE).and_then(|entry| entry.event.body.links.get(crate::event::NAMED));
    named.is_some_and(|it| it == account)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_recurring_meeting_is_read_word_by_word_or_not_at_all() {
        let read = recurring("周五例会 周五 09:00：主要负责人；安全例会 1 日 15:00：主管以上人员、主要负责人");
        let read = read.expect("both are read");
        assert_eq!((read[0].regular, read[1].regular), (true, false));
        assert_eq!(read[1].who, ["主管以上人员", "主要负责人"]);
        for odd in [
            "周五例会 周五 09:00",
            "例会 周八 09:00：主要负责人",
            "例会 周五 25:00：主要负责人",
            "例会 周五 09:00 后：甲",
        ] {
            assert_eq!(recurring(odd), Err(odd.to_owned()));
        }
        assert_eq!(recurring(" "), Ok(Vec::new()));
    }

    #[test]
    fn a_friday_on_a_holiday_falls_out_and_is_not_moved() {
        let zone = Zone::shanghai();
        let weekly = &recurring("周五例会 周五 09:00：主要负责人").expect("read")[0];
        let national = |day: Date| day == date(2026, 10, 2);
        let (next, out) = weekly.next(date(2026, 9, 28), &zone, &national);
        assert_eq!(next, Some(zone.moment(date(2026, 10, 9).at(9, 0, 0, 0))));
        assert_eq!(out, [date(2026, 10, 2)]);
        // A Saturday that is worked brings no meeting.
        assert_eq!(weekly.on(date(2026, 10, 10), &zone), None);
        let (literal, out) = weekly.next(date(2026, 9, 28), &zone, &|_| false);
        assert_eq!((literal, out.len()), (Some(zone.moment(date(2026, 10, 2).at(9, 0, 0, 0))), 0));
    }

    #[test]
    fn who_comes_in_the_first_minute_is_in_time() {
        let starts = Zone::shanghai().moment(date(2026, 11, 20).at(9, 0, 0, 0));
        let after = |seconds: i64, grace: i64| late_minutes(starts, starts.plus_seconds(seconds), grace);
        assert_eq!((after(-300, 0), after(59, 0), after(60, 0)), (None, None, Some(1)));
        assert_eq!((after(300 + 59, 300), after(300 + 60, 300)), (None, Some(6)));
    }
}
