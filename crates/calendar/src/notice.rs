//! The yearly notice of public holidays and make-up working days (放假调休通知), read from a text.

use std::fmt;

use jiff::civil::Date;
use serde::Deserialize;
use toml::value::Datetime;

use crate::day_number;
use crate::moment::Moment;
use crate::phrase::weekday_zh;
use crate::zone::Zone;

/// A notice as it was published: it holds from its publication on, a later one stands over it day by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The year it settles.
    pub year: i16,
    /// Its title.
    pub title: String,
    /// Its number, such as 国办发明电〔2025〕7号, when it is known for sure.
    pub number: Option<String>,
    /// The day it was issued.
    pub date: Date,
    /// Who issued it and where it was published.
    pub source: String,
    /// From when it is known here; a case that ended before is not touched by it.
    pub known_from: Moment,
    /// It stands for all earlier notices of its year, not only for the days that it names.
    pub replaces: bool,
    /// The holidays.
    pub holidays: Vec<Holiday>,
}

/// A public holiday: the days off and the working days that make up for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Its name: 国庆节.
    pub name: String,
    /// Its English name.
    pub name_en: String,
    /// First day off.
    pub first: Date,
    /// Last day off.
    pub last: Date,
    /// Days of rest on which work is done instead.
    pub make_up: Vec<Date>,
}

/// A calendar text that is refused: where and why, in Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadNotice(pub String);

impl fmt::Display for BadNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "假日安排读不进来：{}", self.0)
    }
}

impl std::error::Error for BadNotice {}

impl Notice {
    /// Its number, or its title when the number is not known.
    pub fn cited(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.title)
    }

    /// The notices of a `calendars/cn/<year>.toml`. Refuses unknown keys, days far outside the year, a day that is both
    /// off and worked, and a make-up day from Monday to Friday.
    pub fn read_year(text: &str) -> Result<Vec<Notice>, BadNotice> {
        let year: YearText = toml::from_str(text).map_err(|e| BadNotice(e.to_string()))?;
        let zone = Zone::shanghai();
        year.notice.into_iter().map(|notice| notice.check(year.year, &zone)).collect()
    }

    /// The text of `calendars/cn/<year>.toml` that reads as this notice alone.
    pub fn write_year(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let mut text = format!("year = {}\n\n[[notice]]\ntitle = {}\n", self.year, quoted(&self.title));
        if let Some(number) = &self.number {
            text.push_str(&format!("number = {}\n", quoted(number)));
        }
        text.push_str(&format!("date = {}\nsource = {}\n", self.date, quoted(&self.source)));
        if self.replaces {
            text.push_str("replaces = true\n");
        }
        for holiday in &self.holidays {
            let (name, name_en) = (quoted(&holiday.name), quoted(&holiday.name_en));
            text.push_str(&format!("\n[[notice.holiday]]\nname = {name}\nname_en = {name_en}\n"));
            text.push_str(&format!("first = {}\nlast = {}\n", holiday.first, holiday.last));
            if !holiday.make_up.is_empty() {
                let days: Vec<String> = holiday.make_up.iter().map(Date::to_string).collect();
                text.push_str(&format!("make_up = [{}]\n", days.join(", ")));
            }
        }
        text
    }

    /// The same notice once it has been checked like one that was read. Refuses what `read_year` refuses.
    pub fn checked(&self) -> Result<Notice, BadNotice> {
        let mut read = Notice::read_year(&self.write_year())?;
        let one = read.pop().ok_or_else(|| BadNotice("没有写一个假日".to_owned()))?;
        Ok(Notice { known_from: self.known_from, ..one })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearText {
    year: i16,
    notice: Vec<NoticeText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoticeText {
    title: String,
    number: Option<String>,
    date: Datetime,
    source: String,
    #[serde(default)]
    replaces: bool,
    holiday: Vec<HolidayText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayText {
    name: String,
    name_en: String,
    first: Datetime,
    last: Datetime,
    #[serde(default)]
    make_up: Vec<Datetime>,
}

impl NoticeText {
    fn check(self, year: i16, zone: &Zone) -> Result<Notice, BadNotice> {
        let date = read_date(&self.date)?;
        let holidays: Vec<Holiday> =
            self.holiday.into_iter().map(|holiday| holiday.check(year)).collect::<Result<_, _>>()?;
        let mut off: Vec<Date> = holidays.iter().flat_map(Holiday::days).collect();
        off.sort_unstable();
        if let Some(twice) = off.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(BadNotice(format!("{} 在同一通知里写了两次", twice[0])));
        }
        let mut worked: Vec<Date> = holidays.iter().flat_map(|h| h.make_up.iter().copied()).collect();
        worked.sort_unstable();
        if let Some(both) = worked.iter().find(|day| off.binary_search(day).is_ok()) {
            return Err(BadNotice(format!("{both} 又放假又上班")));
        }
        if let Some(twice) = worked.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(BadNotice(format!("{} 在同一通知里写了两次", twice[0])));
        }
        Ok(Notice {
            year,
            title: self.title,
            number: self.number,
            date,
            source: self.source,
            known_from: zone.start_of_day(date),
            replaces: self.replaces,
            holidays,
        })
    }
}

impl HolidayText {
    fn check(self, year: i16) -> Result<Holiday, BadNotice> {
        let (first, last) = (read_date(&self.first)?, read_date(&self.last)?);
        let make_up: Vec<Date> = self.make_up.iter().map(read_date).collect::<Result<_, _>>()?;
        if first > last {
            return Err(BadNotice(format!("{}：{first} 晚于 {last}", self.name)));
        }
        // New Year's holiday may begin in the old year, and a Sunday of it may be worked.
        let near = |day: &Date| {
            day.year() == year
                || (day.year() == year - 1 && day.month() == 12)
                || (day.year() == year + 1 && day.month() == 1)
        };
        if let Some(far) = [first, last].iter().chain(&make_up).find(|day| !near(day)) {
            return Err(BadNotice(format!("{}：{far} 不在 {year} 年", self.name)));
        }
        if let Some(plain) = make_up.iter().find(|day| day.weekday().to_monday_zero_offset() < 5) {
            let weekday = weekday_zh(plain.weekday());
            return Err(BadNotice(format!("{}：{plain} 是{weekday}，不用调休上班", self.name)));
        }
        Ok(Holiday { name: self.name, name_en: self.name_en, first, last, make_up })
    }
}

impl Holiday {
    /// The days off, in order.
    pub fn days(&self) -> impl Iterator<Item = Date> + use<> {
        (day_number::of(self.first)..=day_number::of(self.last)).map(day_number::date)
    }
}

fn read_date(written: &Datetime) -> Result<Date, BadNotice> {
    let text = written.to_string();
    match (text.len(), text.parse()) {
        (10, Ok(date)) => Ok(date),
        _ => Err(BadNotice(format!("{text} 不是日期；请写 YYYY-MM-DD"))),
    }
}
