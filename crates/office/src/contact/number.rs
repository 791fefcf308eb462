//! Telephone numbers as they are shown (来电号码): +86, a leading 0, the area code, hidden ones; one number, one normal form.

use serde::{Deserialize, Serialize};

/// Who calls, as the line tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Number {
    /// A number in normal form: digits only; a land line with its area code.
    Known(String),
    /// Hidden, anonymous, or none at all.
    Hidden,
}

impl Number {
    /// The digits; empty when hidden.
    pub fn digits(&self) -> &str {
        match self {
            Number::Known(digits) => digits,
            Number::Hidden => "",
        }
    }
}

/// Digits of a mobile number.
const MOBILE: usize = 11;
/// Digits of a land line without its area code.
const LOCAL: std::ops::RangeInclusive<usize> = 7..=8;
/// Fewer digits are no number but a code of the exchange.
const SHORTEST: usize = 3;

/// The normal form of a number as written by a person or a telephone system. `area` is the area code of the site (020),
/// which a land line without one gets.
pub fn normal(written: &str, area: &str) -> Number {
    let (plus, digits) = (written.trim_start().starts_with(['+', '＋']), digits_of(written));
    if digits.len() < SHORTEST || digits.bytes().all(|digit| digit == b'0') {
        return Number::Hidden;
    }
    let abroad = if plus { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    match abroad {
        Some(rest) => match rest.strip_prefix("86") {
            Some(home) if home.len() >= *LOCAL.start() => Number::Known(at_home(home, area)),
            _ => Number::Known(format!("00{rest}")),
        },
        // A country code without its sign, as some exchanges send it.
        None if digits.len() > MOBILE && digits.starts_with("86") => Number::Known(at_home(&digits[2..], area)),
        None => Number::Known(in_town(&digits, area)),
    }
}

/// What stands behind the country code: mobiles as they are, land lines with the 0 that is dialled at home.
fn at_home(digits: &str, area: &str) -> String {
    let plain = in_town(digits, area);
    let mobile = plain.len() == MOBILE && plain.starts_with('1');
    if mobile || plain.starts_with('0') { plain } else { format!("0{plain}") }
}

/// A mobile without the 0 of long distance, a land line with its area code.
fn in_town(digits: &str, area: &str) -> String {
    if digits.len() == MOBILE + 1 && digits.starts_with("01") {
        return digits[1..].to_owned();
    }
    let area = digits_of(area);
    let local = LOCAL.contains(&digits.len()) && !digits.starts_with('0');
    if local && area.starts_with('0') { format!("{area}{digits}") } else { digits.to_owned() }
}

fn digits_of(text: &str) -> String {
    let digit = |c: char| match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    };
    text.chars().filter_map(digit).collect()
}

/// The forms under which a number may be on file: ledgers often leave the area code out.
pub fn look_up(digits: &str, area: &str) -> Vec<String> {
    let area = digits_of(area);
    let local = if area.is_empty() { None } else { digits.strip_prefix(area.as_str()) };
    let local = local.filter(|local| LOCAL.contains(&local.len()));
    let forms = [Some(digits), local].into_iter().flatten();
    forms.filter(|form| !form.is_empty()).map(str::to_owned).collect()
}
