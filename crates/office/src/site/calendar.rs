//! The office's own entries in the calendar (年历): notices of public holidays that did not come with the program, and days that
//! the company or the site settles itself. Each holds from the moment at which it was entered: what was done before keeps
//! the calendar of then.

use std::collections::BTreeMap;

use calendar::{ClockSpan, DayOrder, Moment, Notice, Orderer, ServiceHours};
use jiff::civil::Date;

use crate::event::{Body, Entry, Event};
use crate::refusal::Refusal;

/// Entry of a notice.
pub(super) const NOTICE: &str = "charter.notice_entered";
/// Entry of a day.
pub(super) const DAY: &str = "charter.day_settled";

/// A change of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarChange {
    /// A notice of public holidays and make-up working days.
    Notice {
        /// The notice alone, in the format of `calendars/cn/<year>.toml`.
        data: String,
        /// Its text as somebody pasted it; empty when it was clicked.
        text: String,
    },
    /// One day, over every notice.
    Day {
        /// The day.
        date: Date,
        /// Whether it is worked; none takes back what was settled before.
        workday: Option<bool>,
        /// Hours of service, `09:00-12:00、14:00-17:00` or `休息`; empty leaves those of any such day.
        hours: String,
        /// Why.
        why: String,
    },
}

/// What an entry tells of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarTold {
    /// A notice.
    Notice(Notice),
    /// A day.
    Day(DayOrder),
}

/// An entry in the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// Place in the site's journal.
    pub seq: i64,
    /// Since when it is known.
    pub at: Moment,
    /// Account of the writer.
    pub account: String,
    /// For whom it was entered.
    pub by: Orderer,
    /// What it tells.
    pub told: CalendarTold,
}

impl CalendarChange {
    /// The text that somebody pasted.
    fn words(&self) -> String {
        match self {
            CalendarChange::Notice { text, .. } => text.trim().to_owned(),
            CalendarChange::Day { .. } => String::new(),
        }
    }

    /// The hours as written.
    fn hours(&self) -> String {
        match self {
            CalendarChange::Day { hours, .. } => hours.trim().to_owned(),
            CalendarChange::Notice { .. } => String::new(),
        }
    }
}

/// Whether an entry of the charter changes the calendar.
pub fn changes_calendar(name: &str) -> bool {
    name == NOTICE || name == DAY
}

/// The event of a change. Refused: a text that is not one notice, a day without its reason, hours that cannot be read, a
/// day that is settled just so, taking back what was not settled.
pub fn settle_calendar(
    known: &[CalendarEntry],
    by: Orderer,
    change: &CalendarChange,
    at: Moment,
) -> Result<Event, Refusal> {
    let told = calendar_told(by, change, at)?;
    let mut links = BTreeMap::from([("by".to_owned(), word(by).to_owned())]);
    let mut link = |key: &str, value: String| links.insert(key.to_owned(), value);
    let (name, note) = match told {
        CalendarTold::Notice(notice) => {
            link("year", notice.year.to_string());
            link("data", notice.write_year());
            (NOTICE, change.words())
        }
        CalendarTold::Day(order) => {
            fits(known, &order)?;
            link("date", order.date.to_string());
            link("workday", order.workday.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned());
            link("hours", change.hours());
            (DAY, order.why)
        }
    };
    Ok(Event { name: name.into(), happened: at, body: Body { links, note, ..Body::default() }, sealed: None })
}

/// What a change tells, known from a moment on; refuses what cannot be read.
pub fn calendar_told(by: Orderer, change: &CalendarChange, known_from: Moment) -> Result<CalendarTold, Refusal> {
    match change {
        CalendarChange::Notice { data, .. } => {
            let no = |why: String| Refusal::new("不能录入放假通知", why, "请改正后再录入。").at("text");
            let mut notices = Notice::read_year(data).map_err(|bad| no(bad.0))?;
            match (notices.pop(), notices.is_empty()) {
                (Some(notice), true) => Ok(CalendarTold::Notice(Notice { known_from, ..notice })),
                _ => Err(no("一次录入一份通知".to_owned())),
            }
        }
        CalendarChange::Day { date, workday, hours, why } => {
            let why = why.trim().to_owned();
            if why.is_empty() {
                return Err(Refusal::new("不能安排该日", "还没有写原因", "请写为什么这样安排。").at("why"));
            }
            let hours = match hours.trim() {
                "" => None,
                text => Some(spans(text).ok_or_else(|| {
                    let why = format!("服务时间“{text}”读不懂");
                    Refusal::new("不能安排该日", why, "请写 09:00-12:00、14:00-17:00，或写 休息。").at("hours")
                })?),
            };
            Ok(CalendarTold::Day(DayOrder { by, date: *date, workday: *workday, hours, why, known_from }))
        }
    }
}

/// Whether the day may be settled so, after what the same orderer settled before.
fn fits(known: &[CalendarEntry], order: &DayOrder) -> Result<(), Refusal> {
    let same_day = |entry: &CalendarEntry| match &entry.told {
        CalendarTold::Day(before) if before.by == order.by && before.date == order.date => Some(before.clone()),
        _ => None,
    };
    let before = known.iter().rev().find_map(same_day);
    let refused = |why: &str, next: &str| Err(Refusal::new("不能安排该日", why, next).at("date"));
    match (before, order.workday) {
        (None | Some(DayOrder { workday: None, .. }), None) => refused("该日没有另作安排，不需要撤销", "请刷新页面。"),
        (Some(before), Some(_)) if (before.workday, &before.hours) == (order.workday, &order.hours) => {
            refused("该日已经这样安排", "不需要再办。")
        }
        _ => Ok(()),
    }
}

/// The spans of one day, `休息` being none of them.
fn spans(text: &str) -> Option<Vec<ClockSpan>> {
    if text == "休息" {
        return Some(Vec::new());
    }
    let mut rules = ServiceHours::parse(text).ok()?.rules;
    let rule = rules.pop().filter(|rule| rules.is_empty() && rule.on.is_none() && rule.part.is_none())?;
    Some(rule.spans)
}

fn word(by: Orderer) -> &'static str {
    match by {
        Orderer::Company => "company",
        Orderer::Site => "site",
    }
}

/// What an entry of the charter tells of the calendar; none when it tells nothing.
pub(super) fn calendar_entry(entry: &Entry) -> Option<CalendarEntry> {
    let links = &entry.event.body.links;
    let text = |key: &str| links.get(key).map(String::as_str).unwrap_or_default();
    let by = if text("by") == "company" { Orderer::Company } else { Orderer::Site };
    let change = match entry.event.name.as_str() {
        NOTICE => CalendarChange::Notice { data: text("data").to_owned(), text: String::new() },
        DAY => CalendarChange::Day {
            date: text("date").parse().ok()?,
            workday: Some(text("workday")).filter(|it| !it.is_empty()).map(|it| it == "yes"),
            hours: text("hours").to_owned(),
            why: entry.event.body.note.clone(),
        },
        _ => return None,
    };
    let told = calendar_told(by, &change, entry.at).ok()?;
    Some(CalendarEntry { seq: entry.seq, at: entry.at, account: entry.actor.clone(), by, told })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TEXT: &str = "year = 2027\n[[notice]]\ntitle = \"通知\"\ndate = 2026-11-10\nsource = \"演示\"\n[[notice.holiday]]\n\
                        name = \"元旦\"\nname_en = \"New Year's Day\"\nfirst = 2027-01-01\nlast = 2027-01-03\n";

    fn entered(known: &mut Vec<CalendarEntry>, by: Orderer, change: &CalendarChange) -> Result<(), Refusal> {
        let at = Moment(1_000 * (known.len() as i64 + 1));
        let event = settle_calendar(known, by, change, at)?;
        let seq = known.len() as i64 + 1;
        let entry = Entry { seq, at, actor: "admin".into(), post: "office_manager".into(), event };
        known.push(calendar_entry(&entry).expect("an entry of the calendar"));
        Ok(())
    }

    fn day(workday: Option<bool>, hours: &str, why: &str) -> CalendarChange {
        CalendarChange::Day { date: date(2026, 12, 5), workday, hours: hours.into(), why: why.into() }
    }

    #[test]
    fn a_notice_is_known_from_its_entry_on() {
        let mut known = Vec::new();
        let notice = CalendarChange::Notice { data: TEXT.into(), text: "原文".into() };
        entered(&mut known, Orderer::Company, &notice).expect("taken");
        let CalendarTold::Notice(read) = &known[0].told else { panic!("a notice") };
        assert_eq!((read.year, read.known_from, known[0].by), (2027, Moment(1_000), Orderer::Company));
        let twice =
            CalendarChange::Notice { data: format!("{TEXT}{}", TEXT.replace("year = 2027\n", "")), text: "".into() };
        assert!(
            entered(&mut known, Orderer::Site, &twice).expect_err("refused").because[0].text.contains("一次录入一份")
        );
        let odd = CalendarChange::Notice { data: TEXT.replace("2027-01-03", "2027-05-03"), text: String::new() };
        assert!(entered(&mut known, Orderer::Site, &odd).is_ok(), "a long holiday is a holiday");
        let odd = CalendarChange::Notice { data: TEXT.replace("2027-01-01", "2026-05-01"), text: String::new() };
        assert!(
            entered(&mut known, Orderer::Site, &odd).expect_err("refused").because[0].text.contains("不在 2027 年")
        );
    }

    #[test]
    fn a_day_is_settled_with_its_reason_and_taken_back() {
        let mut known = Vec::new();
        let site = Orderer::Site;
        let field = |no: Result<(), Refusal>| no.expect_err("refused").field.unwrap_or_default();
        assert_eq!(field(entered(&mut known, site, &day(Some(true), "", " "))), "why");
        assert_eq!(field(entered(&mut known, site, &day(Some(true), "上午", "开窗口"))), "hours");
        assert_eq!(field(entered(&mut known, site, &day(Some(true), "周一 09:00-12:00", "开窗口"))), "hours");
        assert_eq!(field(entered(&mut known, site, &day(None, "", "撤销"))), "date");
        entered(&mut known, site, &day(Some(true), "09:00-12:00", "开窗口")).expect("taken");
        assert_eq!(field(entered(&mut known, site, &day(Some(true), "09:00-12:00", "再写一次"))), "date");
        entered(&mut known, Orderer::Company, &day(Some(false), "休息", "公司活动"))
            .expect("the company's are its own");
        entered(&mut known, site, &day(None, "", "不开了")).expect("taken back");
        let orders: Vec<&DayOrder> = known
            .iter()
            .filter_map(|it| match &it.told {
                CalendarTold::Day(order) => Some(order),
                CalendarTold::Notice(_) => None,
            })
            .collect();
        assert_eq!(orders[1].hours.as_deref(), Some(&[][..]));
        let calendar = calendar::Calendar::new(calendar::Sources {
            orders: orders.into_iter().cloned().collect(),
            ..Default::default()
        });
        let works = |at: i64| calendar.as_known_at(Moment(at)).is_workday(date(2026, 12, 5));
        assert_eq!((works(999), works(1_000), works(2_000), works(3_000)), (false, true, true, false));
        assert_eq!(calendar.day(date(2026, 12, 5)).layer, "公司安排：公司活动");
    }
}
