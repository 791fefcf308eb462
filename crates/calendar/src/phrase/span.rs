//! Lengths of time as written (时长).

use std::fmt;

use super::scan::{Scan, even_out};
use super::{BadPhrase, Span};

const FORMS: &str = "N 秒\nN 分钟\nN 小时\nN 天\nN 个工作日\nN 周\nN 个月\nN 年\n当日\n次日";

impl Span {
    /// Reads one of the forms; refuses zero of a calendar unit and more than a hundred years.
    pub fn parse(written: &str) -> Result<Span, BadPhrase> {
        let text = even_out(written);
        let span = match text.as_str() {
            "当日" => Some(Span::Days(0)),
            "次日" => Some(Span::Days(1)),
            _ => counted(&text),
        };
        span.filter(|span| span.within_a_century()).ok_or_else(|| BadPhrase::new(written, FORMS))
    }

    /// Whether the end is 24:00 of a date, so that an act counts strictly before it.
    pub fn ends_with_day(self) -> bool {
        !matches!(self, Span::Seconds(_))
    }

    /// In Chinese as a regulation writes it, in the largest unit that fits: `4 小时`, `3 天`, `当日`.
    pub fn read_zh(self) -> String {
        match self {
            Span::Seconds(n) if n % 3600 == 0 && n > 0 => format!("{} 小时", n / 3600),
            Span::Seconds(n) if n % 60 == 0 => format!("{} 分钟", n / 60),
            Span::Seconds(n) => format!("{n} 秒"),
            Span::Days(0) => "当日".to_owned(),
            Span::Days(n) => format!("{n} 天"),
            Span::Workdays(n) => format!("{n} 个工作日"),
            Span::Months(n) if n % 12 == 0 => format!("{} 年", n / 12),
            Span::Months(n) => format!("{n} 个月"),
        }
    }

    /// In English: `4 hours`, `3 days`, `the same day`.
    pub fn read_en(self) -> String {
        let (n, unit) = match self {
            Span::Seconds(n) if n % 3600 == 0 && n > 0 => (n / 3600, "hour"),
            Span::Seconds(n) if n % 60 == 0 => (n / 60, "minute"),
            Span::Seconds(n) => (n, "second"),
            Span::Days(0) => return "the same day".to_owned(),
            Span::Days(n) => (n, "day"),
            Span::Workdays(n) => (n, "working day"),
            Span::Months(n) if n % 12 == 0 => (n / 12, "year"),
            Span::Months(n) => (n, "month"),
        };
        format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
    }

    fn within_a_century(self) -> bool {
        match self {
            Span::Seconds(n) => n <= 36_525 * 86_400,
            Span::Days(n) | Span::Workdays(n) => n <= 36_525,
            Span::Months(n) => n <= 1200,
        }
    }
}

fn counted(text: &str) -> Option<Span> {
    let mut scan = Scan(text);
    let n = scan.number()?;
    let units = ["秒", "分钟", "小时", "天", "个工作日", "周", "个月", "年"];
    let unit = scan.eat_any(&units)?;
    if !scan.done() || (n == 0 && unit > 2) {
        return None;
    }
    Some(match unit {
        0 => Span::Seconds(n),
        1 => Span::Seconds(n * 60),
        2 => Span::Seconds(n * 3600),
        3 => Span::Days(n),
        4 => Span::Workdays(n),
        5 => Span::Days(n * 7),
        6 => Span::Months(n),
        _ => Span::Months(n * 12),
    })
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.read_zh())
    }
}
