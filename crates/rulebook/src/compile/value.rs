//! Attribute values as numbers (属性值): equal numbers of one attribute are equal values.

use std::hash::{DefaultHasher, Hash, Hasher};

use calendar::{Zone, parse_date};
use jiff::civil::Date;

use crate::compile::plan::UNKNOWN;
use crate::parse::phrase;
use crate::words::{Unit, Vocabulary};

/// A value: place of a choice, post or flag, fen, a number, microseconds, a date as YYYYMMDD, a hash of text.
pub type Value = i64;
/// Stands for no value: the attribute was cleared.
pub const ABSENT: Value = i64::MIN;
/// A value that its unit cannot read: there, but equal to nothing and not comparable.
pub const UNREADABLE: Value = i64::MIN + 1;
/// 是.
pub const YES: Value = 1;
/// 否.
pub const NO: Value = 2;

/// The values in `text` as facts carry them: ids of choices and posts (several joined by 、), `yes`/`no`, fen,
/// microseconds, ISO dates. Chinese words are read too.
pub fn of_fact(unit: &Unit, words: &Vocabulary, text: &str, mut give: impl FnMut(Value)) {
    let text = text.trim();
    if text.is_empty() {
        return give(ABSENT);
    }
    match unit {
        Unit::Choice(values) => {
            for part in text.split(['、', ',', '，']) {
                let place = values.iter().position(|(zh, id)| id == part || zh == part);
                give(place.map_or(UNREADABLE, |place| place as Value));
            }
        }
        Unit::Post => {
            for part in text.split(['、', ',', '，']) {
                give(post(words, part).map_or(UNREADABLE, Value::from));
            }
        }
        Unit::Flag => give(flag(text)),
        Unit::Money | Unit::Number | Unit::Moment => give(text.parse().unwrap_or(UNREADABLE)),
        Unit::Date => give(parse_date(text).map_or(UNREADABLE, of_date)),
        Unit::Text | Unit::Person => give(of_text(text)),
    }
}

/// The value of a word as a rule writes it; unreadable when its unit has no such value.
pub fn of_word(unit: &Unit, words: &Vocabulary, word: &str) -> Value {
    match unit {
        Unit::Money => phrase::amount(word).unwrap_or(UNREADABLE),
        Unit::Number => word.trim().parse().unwrap_or(UNREADABLE),
        _ => {
            let mut value = UNREADABLE;
            of_fact(unit, words, word, |read| value = read);
            value
        }
    }
}

fn flag(text: &str) -> Value {
    match text {
        "yes" | "是" | "true" => YES,
        "no" | "否" | "false" => NO,
        _ => UNREADABLE,
    }
}

fn post(words: &Vocabulary, text: &str) -> Option<u32> {
    words.post_of_id(text).or_else(|| words.post(text)).map(|place| place as u32).filter(|place| *place != UNKNOWN)
}

/// A hash that is the same in every run.
pub fn of_text(text: &str) -> Value {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    // Two bits less, so that no text is one of the special values.
    (hasher.finish() >> 2) as Value
}

/// YYYYMMDD.
pub fn of_date(date: Date) -> Value {
    Value::from(date.year()) * 10_000 + Value::from(date.month()) * 100 + Value::from(date.day())
}

/// The date of YYYYMMDD.
pub fn date(value: Value) -> Option<Date> {
    let year = i16::try_from(value / 10_000).ok()?;
    Date::new(year, (value / 100 % 100) as i8, (value % 100) as i8).ok()
}

/// A value of an attribute in Chinese, as examples and explanations write it.
pub fn read_zh(unit: &Unit, words: &Vocabulary, zone: &Zone, text: &str) -> String {
    match unit {
        Unit::Choice(values) => {
            let known = |id: &str| values.iter().find(|(_, known)| known == id).map(|(zh, _)| zh.clone());
            let parts = text.split('、').map(|id| known(id).unwrap_or_else(|| id.to_owned()));
            parts.collect::<Vec<_>>().join("、")
        }
        Unit::Flag if text == "yes" => "是".to_owned(),
        Unit::Flag if text == "no" => "否".to_owned(),
        Unit::Post => words.post_of_id(text).map_or(text.to_owned(), |place| words.posts[place].zh.clone()),
        Unit::Money => match text.parse::<i64>() {
            Ok(fen) => yuan(fen),
            Err(_) => text.to_owned(),
        },
        Unit::Moment => match text.parse::<i64>() {
            Ok(micros) => {
                let civil = zone.civil(calendar::Moment(micros));
                format!("{} {:02}:{:02}", civil.date(), civil.hour(), civil.minute())
            }
            Err(_) => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

/// `12.30 元`.
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02} 元", fen / 100, fen % 100)
}
