//! Parts of a sentence (句子成分): words, settings, spans, conditions, anchors, in either language.

use calendar::{DueIn, Every, Span, weekday_en, weekday_zh};
use jiff::civil::Time;

use super::{Lang, ReadBack};
use crate::model::*;
use crate::words::Unit;

impl ReadBack<'_> {
    /// The one text in Chinese, the other in English.
    pub(super) fn either(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.lang {
            Lang::Chinese => zh.into(),
            Lang::English => en.into(),
        }
    }

    /// A fact in quotes; words that are no fact stand as they are.
    pub(super) fn fact(&self, word: &str) -> String {
        let known = self.words.fact(word).map(|place| self.words.facts[place].en.as_str());
        self.either(format!("“{word}”"), format!("“{}”", known.unwrap_or(word)))
    }

    /// Where a route goes: a fact, a post, or words.
    pub(super) fn goal(&self, word: &str) -> String {
        if self.words.post(word).is_some() { self.post(word) } else { self.fact(word) }
    }

    /// Facts joined by 或 or 和.
    pub(super) fn facts<'w>(&self, words: impl IntoIterator<Item = &'w String>, all: bool) -> String {
        let words: Vec<String> = words.into_iter().map(|word| self.fact(word)).collect();
        self.list(&words, all)
    }

    /// Facts with their places joined by 或 or 和.
    pub(super) fn facts_at(&self, words: &[At<String>], all: bool) -> String {
        self.facts(words.iter().map(|word| &word.value), all)
    }

    /// A list joined by 和 or 或.
    pub(super) fn list(&self, words: &[String], all: bool) -> String {
        match (self.lang, all) {
            (Lang::Chinese, true) => words.join("、"),
            (Lang::Chinese, false) => words.join("或"),
            (Lang::English, true) => words.join(" and "),
            (Lang::English, false) => words.join(" or "),
        }
    }

    /// An attribute.
    pub(super) fn attribute(&self, word: &str) -> String {
        let known = self.words.attribute(word).map(|place| self.words.attributes[place].en.as_str());
        self.either(word, known.unwrap_or(word))
    }

    /// Attributes in a list.
    pub(super) fn attributes<'w>(&self, words: impl IntoIterator<Item = &'w String>) -> String {
        let words: Vec<String> = words.into_iter().map(|word| self.attribute(word)).collect();
        words.join(&self.either("、", ", "))
    }

    /// A post.
    pub(super) fn post(&self, word: &str) -> String {
        let known = self.words.post(word).map(|place| self.words.posts[place].en.as_str());
        self.either(word, known.map_or(word.to_owned(), |post| format!("the {post}")))
    }

    /// Posts in a list.
    pub(super) fn posts(&self, words: &[String], all: bool) -> String {
        let words: Vec<String> = words.iter().map(|word| self.post(word)).collect();
        self.list(&words, all)
    }

    /// A form in title marks.
    pub(super) fn form(&self, word: &str) -> String {
        let known = self.words.form(word).map(|place| self.words.forms[place].en.as_str());
        self.either(format!("《{word}》"), format!("“{}”", known.unwrap_or(word)))
    }

    /// A setting: what the site chose, else the default, told as such.
    pub(super) fn setting(&self, name: &str) -> String {
        let chosen = self.chosen.and_then(|chosen| chosen.get(name));
        let default = self.settings.get(name).map_or("", |setting| setting.default.as_str());
        match chosen {
            Some(value) => {
                let value_en = phrase_en(value);
                self.either(format!("“{name}”（本站设为 {value}）"), format!("the setting “{name}” (here {value_en})"))
            }
            None => {
                let default_en = phrase_en(default);
                let zh = format!("“{name}”（默认 {default}）");
                self.either(zh, format!("the setting “{name}” (default {default_en})"))
            }
        }
    }

    /// A length of time.
    pub(super) fn span(&self, span: &Slot<Span>) -> String {
        match span {
            Slot::Stated(span) => self.either(span.read_zh(), span.read_en()),
            Slot::Setting(name) => self.setting(name),
        }
    }

    /// Until when, told from a length of time: `4 小时内`, `第 3 天 24:00 前`.
    pub(super) fn within(&self, span: &Slot<Span>) -> String {
        match span {
            Slot::Stated(Span::Days(0)) => self.either("当日 24:00 前", "by 24:00 of the same day"),
            Slot::Stated(Span::Days(n)) => {
                let zh = format!("第 {n} 天 24:00 前（当日不计）");
                self.either(zh, format!("by 24:00 of day {n} (the day itself not counted)"))
            }
            Slot::Stated(Span::Workdays(n)) => {
                let zh = format!("第 {n} 个工作日 24:00 前（当日不计）");
                self.either(zh, format!("by 24:00 of working day {n} (the day itself not counted)"))
            }
            _ => {
                let span = self.span(span);
                self.either(format!("{span}内"), format!("within {span}"))
            }
        }
    }

    /// A recurring moment as a limit: `每天 17:00 之前`.
    pub(super) fn every(&self, every: &Slot<Every>) -> String {
        match every {
            Slot::Stated(every) if matches!(every.due, DueIn::Hours(_)) => {
                self.either(format!("{}一次", every.read_zh()), every.read_en())
            }
            Slot::Stated(every) => self.either(format!("{}之前", every.read_zh()), every.read_en()),
            Slot::Setting(name) => {
                let setting = self.setting(name);
                self.either(format!("{setting}之前"), format!("by {setting}"))
            }
        }
    }

    /// A plain number.
    pub(super) fn number(&self, number: &Slot<i64>) -> String {
        match number {
            Slot::Stated(number) => number.to_string(),
            Slot::Setting(name) => self.setting(name),
        }
    }

    /// A share in parts per hundred thousand.
    pub(super) fn share(&self, share: &Slot<i64>) -> String {
        match share {
            Slot::Stated(parts) => share_text(*parts),
            Slot::Setting(name) => self.setting(name),
        }
    }

    /// An amount in fen.
    pub(super) fn amount(&self, amount: &Slot<i64>) -> String {
        match amount {
            Slot::Stated(fen) => {
                let (yuan, part) = (fen / 100, fen % 100);
                let text = if part == 0 { yuan.to_string() } else { format!("{yuan}.{part:02}") };
                self.either(format!("{text} 元"), format!("{text} yuan"))
            }
            Slot::Setting(name) => self.setting(name),
        }
    }

    /// The condition that all of `when` make; empty when there is none.
    pub fn when(&self, when: &[Condition]) -> String {
        let parts: Vec<String> = when.iter().map(|condition| self.condition(condition)).collect();
        parts.join(&self.either("且", " and "))
    }

    fn condition(&self, condition: &Condition) -> String {
        let word = &condition.attribute.value;
        let name = match condition.setting() {
            Some(setting) => self.either(format!("设置“{setting}”"), format!("the setting “{setting}”")),
            None => self.attribute(word),
        };
        let known = self.words.attribute(word).map(|place| &self.words.attributes[place]);
        let value = |value: &String| match (self.lang, known) {
            (Lang::English, Some(attribute)) => match (attribute.value_id(value), value.as_str()) {
                (Some(id), _) => id.replace('_', " "),
                (None, "是") => "yes".to_owned(),
                (None, "否") => "no".to_owned(),
                _ => value.clone(),
            },
            _ => value.clone(),
        };
        let values = |words: &[String]| self.list(&words.iter().map(value).collect::<Vec<_>>(), false);
        match &condition.test {
            Test::OneOf(words) => {
                self.either(format!("{name}为{}", values(words)), format!("{name} is {}", values(words)))
            }
            Test::NotOneOf(words) => {
                self.either(format!("{name}不是{}", values(words)), format!("{name} is not {}", values(words)))
            }
            Test::Present => self.either(format!("有{name}"), format!("{name} is given")),
            Test::Absent => self.either(format!("没有{name}"), format!("{name} is not given")),
            Test::Compare(comparison, number) => {
                let money = known.is_some_and(|attribute| attribute.unit == Unit::Money);
                let number = if money { self.amount(number) } else { self.number(number) };
                format!("{name}{}{number}", self.comparison(*comparison))
            }
        }
    }

    /// A comparison between its two sides.
    pub(super) fn comparison(&self, comparison: Comparison) -> String {
        match comparison {
            Comparison::AtLeast => self.either("不少于 ", " is at least "),
            Comparison::MoreThan => self.either("超过 ", " is more than "),
            Comparison::AtMost => self.either("不超过 ", " is at most "),
            Comparison::LessThan => self.either("少于 ", " is less than "),
        }
    }

    /// A due moment: `“维修完工”后首个 17:00`.
    pub fn anchor(&self, anchor: &Anchor) -> String {
        let base = self.base(&anchor.base);
        let shift = self.shift(&anchor.shift);
        let of_day = matches!(
            anchor.shift,
            AnchorShift::SameDay | AnchorShift::MonthEnd { .. } | AnchorShift::NextQuarterDay(_)
        );
        match self.lang {
            Lang::Chinese if of_day && anchor.base == AnchorBase::Opening => shift,
            Lang::Chinese => format!("{base}{shift}"),
            Lang::English if shift.is_empty() => base,
            Lang::English => format!("{shift} {base}"),
        }
    }

    fn base(&self, base: &AnchorBase) -> String {
        match base {
            AnchorBase::Opening => self.either("起算", "the start"),
            AnchorBase::Fact(fact) => self.fact(fact),
            AnchorBase::Attribute(word) => {
                let name = self.attribute(word);
                self.either(name.clone(), format!("the {name}"))
            }
            AnchorBase::ClauseDue(ids) => {
                let ids = ids.join(&self.either("、", ", "));
                self.either(format!("条款 {ids} 到期"), format!("the due moment of clause {ids}"))
            }
            AnchorBase::Later(words) => {
                let words: Vec<String> = words.iter().map(|word| self.fact_or_attribute(word)).collect();
                let list = self.list(&words, true);
                self.either(format!("{list}中较晚的"), format!("the later of {list}"))
            }
            AnchorBase::MiddleThird(first, last) => {
                let (first, last) = (self.attribute(first), self.attribute(last));
                let zh = format!("{first}至{last}的中间三分之一");
                self.either(zh, format!("the middle third from {first} to {last}"))
            }
        }
    }

    fn fact_or_attribute(&self, word: &str) -> String {
        if self.words.fact(word).is_some() { self.fact(word) } else { self.attribute(word) }
    }

    fn shift(&self, shift: &AnchorShift) -> String {
        match shift {
            AnchorShift::None => String::new(),
            AnchorShift::After(span) => {
                let span = self.span(span);
                self.either(format!("后{span}"), format!("{span} after"))
            }
            AnchorShift::AfterMinutes(word) => {
                let name = self.attribute(word);
                self.either(format!("后{name}（分钟）"), format!("{name} in minutes after"))
            }
            AnchorShift::AfterWorkdays(word) => {
                let name = self.attribute(word);
                self.either(format!("后{name}（工作日）"), format!("{name} in working days after"))
            }
            AnchorShift::Before(span) => {
                let span = self.span(span);
                self.either(format!("前{span}"), format!("{span} before"))
            }
            AnchorShift::NextTime { on, times } => {
                let times: Vec<String> = times
                    .iter()
                    .map(|time| match time {
                        Slot::Stated(time) => clock(*time),
                        Slot::Setting(name) => self.setting(name),
                    })
                    .collect();
                let times = self.list(&times, false);
                match on {
                    None => self.either(format!("后首个{times}"), format!("the first {times} after")),
                    Some(on) => {
                        let zh = format!("后首个{}的 {times}", on.read_zh());
                        self.either(zh, format!("the first {times} ({}) after", on.read_en()))
                    }
                }
            }
            AnchorShift::NextMonthDay(day) => {
                let day = self.day(day);
                self.either(format!("后首个{day}日 24:00"), format!("24:00 of the first day {day} of a month from"))
            }
            AnchorShift::NextWeekday(day, time) => {
                let time = time.map_or("24:00".to_owned(), clock);
                let zh = format!("后首个{} {time}", weekday_zh(*day));
                self.either(zh, format!("{time} of the first {} after", weekday_en(*day)))
            }
            AnchorShift::SameDay => self.either("当日 24:00", "24:00 of the day of"),
            AnchorShift::MonthEnd { next: false } => self.either("当月底", "the end of the month of"),
            AnchorShift::MonthEnd { next: true } => self.either("次月底", "the end of the month after"),
            AnchorShift::NextQuarterDay(day) => {
                let day = self.day(day);
                let zh = format!("下季首月{day}日");
                self.either(zh, format!("day {day} of the first month of the quarter after"))
            }
            AnchorShift::NextOpening => self.either("后首个服务时间开始时", "the next opening of the office after"),
        }
    }

    fn day(&self, day: &Slot<i8>) -> String {
        match day {
            Slot::Stated(day) => day.to_string(),
            Slot::Setting(name) => self.setting(name),
        }
    }
}

/// A share as people write it: 60 000 is `60%`.
pub(crate) fn share_text(parts: i64) -> String {
    let (whole, part) = (parts / 1000, parts % 1000);
    if part == 0 {
        return format!("{whole}%");
    }
    let decimals = format!("{part:03}");
    format!("{whole}.{}%", decimals.trim_end_matches('0'))
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// A setting's value in English as far as it is a phrase of time.
fn phrase_en(value: &str) -> String {
    let span = Span::parse(value).map(Span::read_en);
    let every = || Every::parse(value).map(|every| every.read_en());
    let flag = || match value {
        "是" => Some("yes".to_owned()),
        "否" => Some("no".to_owned()),
        "未定" => Some("not set".to_owned()),
        _ => None,
    };
    span.ok().or_else(|| every().ok()).or_else(flag).unwrap_or_else(|| value.to_owned())
}
