//! Reading a phrase from left to right (扫描): blanks and full-width figures are evened out first.

use jiff::civil::{Time, Weekday};

/// The phrase without blanks and with ASCII figures. A blank between two figures stays, so that `1 2 天` fits no form.
pub(crate) fn even_out(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut blank = false;
    for sign in written.chars().map(half_width) {
        if sign.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && sign.is_ascii_digit() && out.ends_with(|last: char| last.is_ascii_digit()) {
            out.push(' ');
        }
        blank = false;
        out.push(sign);
    }
    out
}

fn half_width(sign: char) -> char {
    match sign {
        '０'..='９' => char::from(b'0' + (sign as u32 - '０' as u32) as u8),
        '：' => ':',
        '－' => '-',
        _ => sign,
    }
}

/// What is left to read.
#[derive(Clone, Copy)]
pub(crate) struct Scan<'a>(pub &'a str);

impl Scan<'_> {
    /// Takes `word` if it stands next.
    pub fn eat(&mut self, word: &str) -> bool {
        let rest = self.0.strip_prefix(word);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Takes the first of `words` that stands next; the index tells which.
    pub fn eat_any(&mut self, words: &[&str]) -> Option<usize> {
        words.iter().position(|word| self.eat(word))
    }

    /// Takes a whole number of at most six figures.
    pub fn number(&mut self) -> Option<i64> {
        let figures = self.0.len() - self.0.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if figures == 0 || figures > 6 {
            return None;
        }
        let (number, rest) = self.0.split_at(figures);
        self.0 = rest;
        number.parse().ok()
    }

    /// Takes a number within `least..=most`.
    pub fn number_in(&mut self, least: i64, most: i64) -> Option<i64> {
        self.number().filter(|number| (least..=most).contains(number))
    }

    /// Takes `HH:MM[:SS]`; `Some(None)` is 24:00.
    pub fn clock(&mut self) -> Option<Option<Time>> {
        let hour = self.two_figures(1)?;
        if !self.eat(":") {
            return None;
        }
        let minute = self.two_figures(2)?;
        let second = if self.eat(":") { self.two_figures(2)? } else { 0 };
        if (hour, minute, second) == (24, 0, 0) {
            return Some(None);
        }
        Time::new(hour, minute, second, 0).ok().map(Some)
    }

    /// Takes `[HH:MM[:SS]]` and then the end: none for 24:00 and for no clock time.
    pub fn clock_or_nothing(&mut self) -> Option<Option<Time>> {
        if self.done() {
            return Some(None);
        }
        let clock = self.clock()?;
        self.done().then_some(clock)
    }

    /// Takes the sign after 周: 一 to 六, 日 or 天.
    pub fn weekday_sign(&mut self) -> Option<Weekday> {
        let signs = ["一", "二", "三", "四", "五", "六", "日", "天"];
        let place = self.eat_any(&signs)?.min(6);
        Weekday::from_monday_one_offset(place as i8 + 1).ok()
    }

    /// Whether nothing is left.
    pub fn done(&self) -> bool {
        self.0.is_empty()
    }

    fn two_figures(&mut self, least: usize) -> Option<i8> {
        let figures = self.0.bytes().take(2).take_while(u8::is_ascii_digit).count();
        if figures < least {
            return None;
        }
        let (number, rest) = self.0.split_at(figures);
        self.0 = rest;
        number.parse().ok()
    }
}
