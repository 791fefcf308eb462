//! A notice as the State Council publishes it (放假通知原文): read from its own words, clicked day by day, and written again.
//!
//! `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。` Each item names its holiday, the days off, and the days of
//! rest that are worked. What it says twice, the weekday in brackets and the number of days, must agree.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::day_number;
use crate::moment::Moment;
use crate::notice::{BadNotice, Holiday, Notice};
use crate::phrase::weekday_zh;
use crate::zone::Zone;

/// The usual holidays with their English names, in the order of the year.
pub const HOLIDAYS: [(&str, &str); 7] = [
    ("元旦", "New Year's Day"),
    ("春节", "Spring Festival"),
    ("清明节", "Tomb-Sweeping Day"),
    ("劳动节", "Labour Day"),
    ("端午节", "Dragon Boat Festival"),
    ("中秋节", "Mid-Autumn Festival"),
    ("国庆节", "National Day"),
];

/// Signs before the name of an item: 一、 二、 (一)
const ORDINALS: &str = "一二三四五六七八九十0123456789（）()、.．";

/// A notice being put together: what is known of its head, and its holidays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The year it settles.
    pub year: i16,
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: Option<String>,
    /// The day of issue, once it is known.
    pub date: Option<Date>,
    /// Days by holiday, in the order of the text: those off and those worked.
    pub holidays: Vec<DraftHoliday>,
}

/// A holiday of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftHoliday {
    /// Its name.
    pub name: String,
    /// Days off, in order.
    pub off: Vec<Date>,
    /// Days of rest that are worked, in order.
    pub worked: Vec<Date>,
}

impl Draft {
    /// An empty draft of a year.
    pub fn of_year(year: i16) -> Draft {
        Draft {
            year, title: format!("国务院办公厅关于{year}年部分节假日安排的通知"), ..Draft::default()
        }
    }

    /// Reads the text as published; `year` holds when the text does not name its own. Refuses, with the item: days that
    /// the calendar does not have, a weekday or a number of days that does not agree, a sentence with a day that is
    /// neither off nor worked, and a text without any holiday.
    pub fn read(text: &str, year: i16) -> Result<Draft, BadNotice> {
        let even: String = text.chars().filter(|sign| !sign.is_whitespace() || *sign == '\n').map(half_width).collect();
        let year = year_of(&even).unwrap_or(year);
        let mut draft = Draft { number: number_of(&even), ..Draft::of_year(year) };
        let mut items: Vec<(String, String)> = Vec::new();
        for line in even.lines() {
            if let Some(date) = issued(line) {
                draft.date = Some(date);
            } else if let Some((head, body)) = line.split_once(':').filter(|(_, body)| names_days(body)) {
                let name = head.trim_start_matches(|sign| ORDINALS.contains(sign));
                items.push((name.to_owned(), body.to_owned()));
            } else if line.contains("节假日安排的通知") || line.contains("假期的通知") {
                line.clone_into(&mut draft.title);
            } else if let Some((_, body)) =
                items.last_mut().filter(|(_, body)| !body.ends_with('。') || names_days(line))
            {
                // A line that was broken in the middle of an item.
                body.push_str(line);
            }
        }
        for (name, body) in items {
            draft.item(&name, &body)?;
        }
        if draft.holidays.is_empty() {
            return Err(BadNotice(
                "没有看到一个假日；每个假日一行，例如“一、元旦：1月1日至3日放假，共3天。”".to_owned(),
            ));
        }
        Ok(draft)
    }

    fn item(&mut self, name: &str, body: &str) -> Result<(), BadNotice> {
        let wrong = |why: String| BadNotice(format!("{name}：{why}"));
        let mut holiday = DraftHoliday { name: name.to_owned(), ..DraftHoliday::default() };
        // What offices are only encouraged to do settles no day.
        for sentence in body.split(['。', '；', ';']).filter(|it| !it.is_empty() && !it.contains("鼓励")) {
            let days = Days::read(sentence, self.year).map_err(&wrong)?;
            let (off, worked) = (sentence.contains("放假"), sentence.contains("上班"));
            match (off, worked) {
                (true, false) => {
                    let all = days.spread().map_err(&wrong)?;
                    if let Some(told) = told_days(sentence)
                        && told != all.len()
                    {
                        return Err(wrong(format!("写的是共 {told} 天，数出来是 {} 天", all.len())));
                    }
                    holiday.off.extend(all);
                }
                (false, true) => holiday.worked.extend(days.spread().map_err(&wrong)?),
                (true, true) => return Err(wrong(format!("“{sentence}”里又放假又上班，请分成两句"))),
                (false, false) if days.0.is_empty() => {}
                (false, false) => return Err(wrong(format!("“{sentence}”没有说放假还是上班"))),
            }
        }
        holiday.off.sort_unstable();
        holiday.worked.sort_unstable();
        if holiday.off.is_empty() && holiday.worked.is_empty() {
            return Err(wrong("没有看到日子；请写“1月1日至3日放假”这样的句子".to_owned()));
        }
        self.holidays.push(holiday);
        Ok(())
    }

    /// Clicks a day: off or worked for the holiday, or plain again when it was just that.
    pub fn click(&mut self, day: Date, name: &str, worked: bool) {
        let was = |holiday: &DraftHoliday| match worked {
            true => holiday.name == name && holiday.worked.contains(&day),
            false => holiday.name == name && holiday.off.contains(&day),
        };
        let plain_again = self.holidays.iter().any(was);
        for holiday in &mut self.holidays {
            holiday.off.retain(|it| *it != day);
            holiday.worked.retain(|it| *it != day);
        }
        if !plain_again {
            if !self.holidays.iter().any(|holiday| holiday.name == name) {
                self.holidays.push(DraftHoliday { name: name.to_owned(), ..DraftHoliday::default() });
            }
            for holiday in self.holidays.iter_mut().filter(|holiday| holiday.name == name) {
                let days = if worked { &mut holiday.worked } else { &mut holiday.off };
                days.push(day);
                days.sort_unstable();
            }
        }
        self.holidays.retain(|holiday| !holiday.off.is_empty() || !holiday.worked.is_empty());
        self.holidays.sort_by_key(|holiday| holiday.off.iter().chain(&holiday.worked).min().copied());
    }

    /// The text as it would be published, which `read` reads again.
    pub fn write(&self) -> String {
        let mut text = format!("{}\n", self.title);
        if let Some(number) = &self.number {
            text.push_str(&format!("{number}\n"));
        }
        for holiday in &self.holidays {
            text.push_str(&format!("{}：", holiday.name));
            for (first, last) in stretches(&holiday.off) {
                let days = day_number::of(last) - day_number::of(first) + 1;
                let whole = first.year() != self.year || last.year() != self.year;
                let to = if first == last { String::new() } else { format!("至{}", written(last, whole)) };
                text.push_str(&format!("{}{to}放假，共{days}天。", written(first, whole)));
            }
            if !holiday.worked.is_empty() {
                let whole = holiday.worked.iter().any(|day| day.year() != self.year);
                let days: Vec<String> = holiday.worked.iter().map(|day| written(*day, whole)).collect();
                text.push_str(&format!("{}上班。", days.join("、")));
            }
            text.push('\n');
        }
        if let Some(date) = self.date {
            text.push_str(&format!("{}年{}月{}日\n", date.year(), date.month(), date.day()));
        }
        text
    }

    /// The notice, known from a moment on. Refuses a draft without its day of issue, and what the file format refuses: a
    /// day that is both, a day far outside the year, a make-up day from Monday to Friday.
    pub fn notice(&self, source: &str, replaces: bool, known_from: Moment) -> Result<Notice, BadNotice> {
        let date = self.date.ok_or_else(|| BadNotice("没有看到发布日期；请把落款的日期也写上".to_owned()))?;
        if Zone::shanghai().start_of_day(date) > known_from {
            return Err(BadNotice(format!("发布日期 {date} 还没有到")));
        }
        let mut holidays = Vec::new();
        for holiday in &self.holidays {
            let mut make_up = holiday.worked.clone();
            for (first, last) in stretches(&holiday.off) {
                let make_up = std::mem::take(&mut make_up);
                let (name, name_en) = (holiday.name.clone(), name_en(&holiday.name));
                holidays.push(Holiday { name, name_en, first, last, make_up });
            }
            if !make_up.is_empty() {
                return Err(BadNotice(format!("{}：有调休上班，没有放假", holiday.name)));
            }
        }
        let (title, number) = (self.title.clone(), self.number.clone());
        let source = source.to_owned();
        Notice { year: self.year, title, number, date, source, known_from, replaces, holidays }.checked()
    }
}

impl From<&Notice> for Draft {
    /// The draft that a notice came from: to correct it.
    fn from(notice: &Notice) -> Draft {
        let mut draft = Draft {
            year: notice.year,
            title: notice.title.clone(),
            number: notice.number.clone(),
            date: Some(notice.date),
            holidays: Vec::new(),
        };
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for holiday in &notice.holidays {
            let place = *places.entry(&holiday.name).or_insert_with(|| {
                draft.holidays.push(DraftHoliday { name: holiday.name.clone(), ..DraftHoliday::default() });
                draft.holidays.len() - 1
            });
            draft.holidays[place].off.extend(holiday.days());
            draft.holidays[place].worked.extend(&holiday.make_up);
        }
        draft
    }
}

/// `1月4日（周日）`; `whole` with the year.
fn written(day: Date, whole: bool) -> String {
    let year = if whole { format!("{}年", day.year()) } else { String::new() };
    format!("{year}{}月{}日（{}）", day.month(), day.day(), weekday_zh(day.weekday()))
}

fn names_days(text: &str) -> bool {
    text.contains("放假") || text.contains("上班")
}

/// 国庆节、中秋节: National Day and Mid-Autumn Festival. A holiday that is not known keeps its name.
fn name_en(name: &str) -> String {
    let known =
        |part: &str| HOLIDAYS.iter().find(|(zh, _)| *zh == part).map_or(part.to_owned(), |(_, en)| (*en).to_owned());
    let parts: Vec<String> = name.split(['、', '和']).map(known).collect();
    parts.join(" and ")
}

/// Days in a row, as first and last.
fn stretches(days: &[Date]) -> Vec<(Date, Date)> {
    let mut rows: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match rows.last_mut() {
            Some((_, last)) if day_number::of(*day) == day_number::of(*last) + 1 => *last = *day,
            _ => rows.push((*day, *day)),
        }
    }
    rows
}

/// Days that a sentence names: each a day, or the first and last of several.
struct Days(Vec<(Date, Option<Date>)>);

impl Days {
    /// `2月15日（农历腊月二十八、周日）至23日`, `2月14日（周六）、2月28日（周六）`. A day without month or year has those of the one before.
    fn read(sentence: &str, year: i16) -> Result<Days, String> {
        let mut days: Vec<(Date, Option<Date>)> = Vec::new();
        let (mut year, mut month, mut number, mut to) = (year, None::<i8>, String::new(), false);
        let mut signs = sentence.chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '0'..='9' => {
                    number.push(sign);
                    continue;
                }
                '年' => year = number.parse().map_err(|_| format!("“{number}年”读不懂"))?,
                '月' => month = number.parse().ok(),
                '日' if !number.is_empty() => {
                    let day = number.parse::<i8>().ok().zip(month);
                    let date = day.and_then(|(day, month)| Date::new(year, month, day).ok());
                    let date = date.ok_or_else(|| format!("“{sentence}”里的 {number} 日不是日子"))?;
                    match days.last_mut() {
                        Some((_, last)) if to => *last = Some(date),
                        _ => days.push((date, None)),
                    }
                    to = false;
                    if signs.peek() == Some(&'(') {
                        let told: String = signs.by_ref().take_while(|sign| *sign != ')').collect();
                        agrees(date, &told)?;
                    }
                }
                '至' | '-' | '—' | '~' | '到' => to = !days.is_empty(),
                _ => {}
            }
            number.clear();
        }
        Ok(Days(days))
    }

    /// Every day, in order.
    fn spread(self) -> Result<Vec<Date>, String> {
        let mut all = Vec::new();
        for (first, last) in self.0 {
            let last = last.unwrap_or(first);
            if last < first {
                return Err(format!("{first} 晚于 {last}"));
            }
            all.extend((day_number::of(first)..=day_number::of(last)).map(day_number::date));
        }
        Ok(all)
    }
}

/// Whether the weekday in the brackets is that of the date.
fn agrees(date: Date, told: &str) -> Result<(), String> {
    let right = weekday_zh(date.weekday());
    let sign = ["星期", "周"].iter().find_map(|word| told.split_once(word)).and_then(|(_, after)| after.chars().next());
    match sign {
        Some(sign) if !right.ends_with(if sign == '天' { '日' } else { sign }) => {
            Err(format!("{date} 是{right}，不是周{sign}"))
        }
        _ => Ok(()),
    }
}

/// The number of `共 3 天`.
fn told_days(sentence: &str) -> Option<usize> {
    let (_, after) = sentence.rsplit_once('共')?;
    after.split_once('天')?.0.parse().ok()
}

/// The year of the title: 关于2027年.
fn year_of(text: &str) -> Option<i16> {
    let (_, after) = text.split_once("关于")?;
    let figures: String = after.chars().skip_while(|sign| !sign.is_ascii_digit()).take(5).collect();
    figures.strip_suffix('年').filter(|it| it.len() == 4)?.parse().ok()
}

/// 国办发明电〔2025〕7号.
fn number_of(text: &str) -> Option<String> {
    let line = text.lines().find(|line| line.contains("国办发") && line.contains('号') && line.chars().count() < 30)?;
    let (_, after) = line.split_once("国办发")?;
    let (number, _) = after.split_once('号')?;
    Some(format!("国办发{}号", number.replace('[', "〔").replace(']', "〕")))
}

/// The day of issue: a line that is a date and nothing else.
fn issued(line: &str) -> Option<Date> {
    let (year, rest) = line.strip_suffix('日')?.split_once('年')?;
    let (month, day) = rest.split_once('月')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn half_width(sign: char) -> char {
    match sign {
        '０'..='９' => char::from(b'0' + (sign as u32 - '０' as u32) as u8),
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '－' | '–' => '-',
        _ => sign,
    }
}

#[cfg(test)]
mod tests;
