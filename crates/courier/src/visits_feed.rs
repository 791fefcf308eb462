//! Appointments as a calendar that a phone subscribes to (日历订阅, iCalendar): folded at 75 octets, UTC, one UID a matter.

use calendar::Moment;

/// Octets of a line at most, its end left out.
const OCTETS: usize = 75;

/// One appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Stable for the matter: its stream id.
    pub id: String,
    /// Grows with every change of the matter.
    pub sequence: usize,
    /// From.
    pub begins: Moment,
    /// What: kind, number, the words.
    pub summary: String,
    /// Room or place.
    pub place: String,
    /// Minutes that it takes.
    pub minutes: i64,
    /// It will not be, or not by this person: withdrawn, or given to another.
    pub cancelled: bool,
}

/// The calendar with this name, as written at `now`. A phone that has an appointment drops it only when it is told that it is
/// cancelled.
pub fn calendar(name: &str, visits: &[Visit], now: Moment) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Huiyin//Visits//ZH");
    line("CALSCALE:GREGORIAN");
    line(&format!("X-WR-CALNAME:{}", escaped(name)));
    line("REFRESH-INTERVAL;VALUE=DURATION:PT15M");
    for visit in visits {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@huiyin", escaped(&visit.id)));
        line(&format!("SEQUENCE:{}", visit.sequence));
        line(&format!("DTSTAMP:{}", utc(now)));
        line(&format!("DTSTART:{}", utc(visit.begins)));
        line(&format!("DURATION:PT{}M", visit.minutes));
        line(if visit.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
        line(&format!("SUMMARY:{}", escaped(&visit.summary)));
        line(&format!("LOCATION:{}", escaped(&visit.place)));
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

/// A moment in UTC: `20261116T011200Z`.
fn utc(moment: Moment) -> String {
    let at = jiff::Timestamp::from_microsecond(moment.0).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded between signs: what goes on begins with a blank.
fn fold(out: &mut String, text: &str) {
    let mut octets = 0;
    for c in text.chars() {
        if octets + c.len_utf8() > OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use icalendar::{Calendar, Component, EventLike};

    use super::*;

    fn visit(summary: &str) -> Visit {
        Visit {
            id: "case1".into(),
            sequence: 7,
            begins: Moment(1_795_050_000_000_000),
            summary: summary.into(),
            place: "3-2-501".into(),
            minutes: 45,
            cancelled: false,
        }
    }

    #[test]
    fn another_reader_finds_what_was_written() {
        let words = "厨房水管渗水，约十点；带, 备件\\工具\n".repeat(9);
        let other = Visit { id: "case2".into(), cancelled: true, minutes: 90, ..visit("灯不亮") };
        let text = calendar("江演修", &[visit(&words), other], Moment(0));
        assert!(text.split("\r\n").all(|line| line.len() <= OCTETS), "{text}");
        assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
        let read: Calendar = text.parse().expect("it can be read");
        assert_eq!(read.components.len(), 2);
        let first = read.components[0].as_event().expect("an appointment");
        assert_eq!((first.get_uid(), first.get_sequence()), (Some("case1@huiyin"), Some(7)));
        assert_eq!(
            first.get_summary().map(|it| it.replace("\\n", "\n").replace("\\", "")),
            Some(words.replace('\\', ""))
        );
        assert_eq!(first.get_location(), Some("3-2-501"));
        assert_eq!(first.property_value("DTSTART"), Some("20261119T010000Z"));
        assert_eq!(
            [first.property_value("DURATION"), first.property_value("STATUS")],
            [Some("PT45M"), Some("CONFIRMED")]
        );
        let other = read.components[1].as_event().expect("another");
        assert_eq!(
            [other.property_value("DURATION"), other.property_value("STATUS")],
            [Some("PT90M"), Some("CANCELLED")]
        );
    }

    #[test]
    fn nothing_to_do_is_an_empty_calendar() {
        let text = calendar("江演修", &[], Moment(0));
        assert_eq!(text.parse::<Calendar>().expect("it can be read").components.len(), 0);
    }
}
