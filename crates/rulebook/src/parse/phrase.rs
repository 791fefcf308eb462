//! Phrases that the calendar does not know (短语): shares, amounts, counts, days, comparisons, anchors.

use calendar::{BadPhrase, On, Span, parse_time, parse_weekday};
use jiff::civil::Time;

use crate::model::{AnchorShift, Comparison, Slot};

/// Parts per hundred thousand in one per cent.
const PER_CENT: i64 = 1000;

fn bad(written: &str, forms: &'static str) -> BadPhrase {
    BadPhrase { written: written.to_owned(), forms }
}

/// `60%`, `0.3%` in parts per hundred thousand; at most three decimals, no sign.
pub fn share(text: &str) -> Result<i64, BadPhrase> {
    let refused = || bad(text, "N%（如 60%、0.3%，最多三位小数）");
    let number = text.trim().strip_suffix(['%', '％']).ok_or_else(refused)?;
    decimal(number.trim(), PER_CENT).ok_or_else(refused)
}

/// A share that a quota may ask for: 0 % to 100 %.
pub fn quota(text: &str) -> Result<i64, BadPhrase> {
    share(text).ok().filter(|share| *share <= 100 * PER_CENT).ok_or_else(|| bad(text, "N%（0% 至 100%）"))
}

/// `500 元`, `499.99 元` in fen; no sign.
pub fn amount(text: &str) -> Result<i64, BadPhrase> {
    let refused = || bad(text, "N 元（如 500 元、499.99 元）");
    let number = text.trim().strip_suffix('元').ok_or_else(refused)?;
    decimal(number.trim(), 100).ok_or_else(refused)
}

/// A factor: `60%` or a plain number with up to three decimals, in parts per hundred thousand.
pub fn factor(text: &str) -> Result<i64, BadPhrase> {
    if let Ok(parts) = share(text) {
        return Ok(parts);
    }
    decimal(text.trim(), 1000)
        .and_then(|parts| parts.checked_mul(100))
        .ok_or_else(|| bad(text, "N%\nN（如 2、1.5，最多三位小数）"))
}

/// A count, with or without a measure word: `3`, `3 次`.
pub fn count(text: &str) -> Result<i64, BadPhrase> {
    let trimmed = text.trim();
    let digits = trimmed.trim_end_matches(|c: char| !c.is_ascii_digit());
    let measure = trimmed[digits.len()..].trim();
    let plain = measure.chars().count() <= 2 && !measure.contains(['元', '%', '％', '.']);
    let number = digits.parse::<i64>().ok().filter(|n| *n >= 0 && !digits.starts_with('+'));
    number.filter(|_| plain).ok_or_else(|| bad(text, "N\nN 次、N 件、N 户（一两个字的量词）"))
}

/// A day of the month: `25 日`, `25`.
pub fn day(text: &str) -> Result<i8, BadPhrase> {
    let number = text.trim().trim_end_matches(['日', '号']).trim();
    let found = number.parse::<i8>().ok().filter(|day| (1..=31).contains(day) && !number.starts_with('+'));
    found.ok_or_else(|| bad(text, "N 日（1 至 31）"))
}

/// `>= 500 元` taken apart; none when it starts with no comparison.
pub fn comparison(text: &str) -> Option<(Comparison, &str)> {
    let text = text.trim();
    [
        (">=", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        ("≥", Comparison::AtLeast),
        ("≤", Comparison::AtMost),
        (">", Comparison::MoreThan),
        ("<", Comparison::LessThan),
    ]
    .into_iter()
    .find_map(|(sign, comparison)| Some((comparison, text.strip_prefix(sign)?.trim())))
}

/// A non-negative decimal number times `scale`; none when it has more decimals than `scale` keeps or does not fit.
fn decimal(text: &str, scale: i64) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || (text.contains('.') && !digits(part)) {
        return None;
    }
    let mut value = whole.parse::<i64>().ok()?.checked_mul(scale)?;
    let mut worth = scale;
    for digit in part.bytes() {
        if worth % 10 != 0 {
            return None;
        }
        worth /= 10;
        value = value.checked_add(i64::from(digit - b'0') * worth)?;
    }
    Some(value)
}

/// The forms of a shift, for messages.
pub const SHIFT_FORMS: &str = "后 4 小时\n前 5 分钟\n后首个 17:00\n后首个 周一至周五 09:30、17:00\n\
    后首个 25 日\n后首个 周日 [HH:MM]\n后首个 服务时间\n当日\n当月底\n次月底\n下季首月 10 日";

/// Cuts an anchor into base and shift: the shift begins at the first word that can begin one.
pub fn cut_anchor(text: &str) -> (&str, &str) {
    let text = text.trim();
    let mut from = 0;
    for word in text.split_whitespace() {
        let start = from + text[from..].find(word).unwrap_or(0);
        if begins_shift(word) {
            return (text[..start].trim(), text[start..].trim());
        }
        from = start + word.len();
    }
    (text, "")
}

fn begins_shift(word: &str) -> bool {
    let whole = ["后", "前", "当日", "当月底", "次月底", "下季首月", "后首个"].contains(&word);
    let joined = ["后首个", "下季首月", "后", "前"].iter().any(|start| {
        word.strip_prefix(start).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '周'))
    });
    whole || joined
}

/// A shift as written; nothing is no shift.
pub fn shift(text: &str) -> Result<AnchorShift, BadPhrase> {
    let text = text.trim();
    let refused = || bad(text, SHIFT_FORMS);
    match text {
        "" => return Ok(AnchorShift::None),
        "当日" => return Ok(AnchorShift::SameDay),
        "当月底" => return Ok(AnchorShift::MonthEnd { next: false }),
        "次月底" => return Ok(AnchorShift::MonthEnd { next: true }),
        _ => {}
    }
    if let Some(rest) = text.strip_prefix("下季首月") {
        return day(rest).map(|day| AnchorShift::NextQuarterDay(Slot::Stated(day))).map_err(|_| refused());
    }
    if let Some(rest) = text.strip_prefix("后首个") {
        return first_of(rest.trim()).ok_or_else(refused);
    }
    if let Some(rest) = text.strip_prefix('后') {
        return Span::parse(rest).map(|span| AnchorShift::After(Slot::Stated(span))).map_err(|_| refused());
    }
    if let Some(rest) = text.strip_prefix('前') {
        return Span::parse(rest).map(|span| AnchorShift::Before(Slot::Stated(span))).map_err(|_| refused());
    }
    Err(refused())
}

/// What may follow 后首个.
fn first_of(rest: &str) -> Option<AnchorShift> {
    if rest == "服务时间" {
        return Some(AnchorShift::NextOpening);
    }
    if let Some((days, times)) = rest.split_once(' ')
        && parse_weekday(days).is_err()
        && let Some(on) = On::parse(days).ok().filter(|on| is_of_days(*on))
    {
        return next_times(Some(on), times);
    }
    if rest.starts_with('周') {
        let (weekday, time) = rest.split_once(' ').unwrap_or((rest, ""));
        let time: Option<Time> = if time.trim().is_empty() { None } else { Some(parse_time(time).ok()?) };
        return Some(AnchorShift::NextWeekday(parse_weekday(weekday).ok()?, time));
    }
    if rest.contains(':') {
        return next_times(None, rest);
    }
    let number = rest.strip_suffix('日')?;
    day(number).ok().map(|day| AnchorShift::NextMonthDay(Slot::Stated(day)))
}

/// Clock times joined by 、.
fn next_times(on: Option<On>, text: &str) -> Option<AnchorShift> {
    let times: Option<Vec<Slot<Time>>> =
        text.split('、').map(|time| parse_time(time.trim()).ok().map(Slot::Stated)).collect();
    times.map(|times| AnchorShift::NextTime { on, times })
}

/// Whether it tells days, not hours.
pub fn is_of_days(on: On) -> bool {
    !matches!(on, On::ServiceHours | On::OutsideServiceHours | On::Shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(share("60%"), Ok(60_000));
        assert_eq!(share("0.3 %"), Ok(300));
        assert_eq!(share("0.001%"), Ok(1));
        assert!(share("0.0001%").is_err());
        assert!(quota("100%").is_ok() && quota("101%").is_err() && quota("100.001%").is_err());
        assert_eq!(amount("499.99 元"), Ok(49_999));
        assert!(amount("1.005元").is_err() && amount("-1 元").is_err() && amount("500").is_err());
        assert_eq!(factor("1.5"), Ok(150_000));
        assert_eq!(count("3 次"), Ok(3));
        assert!(count("3 元").is_err() && count("-3").is_err() && count("").is_err());
        assert!(day("31 日").is_ok() && day("32 日").is_err() && day("0").is_err());
    }

    #[test]
    fn anchors_are_cut_at_their_shift() {
        assert_eq!(cut_anchor("预约时间 前 5 分钟"), ("预约时间", "前 5 分钟"));
        assert_eq!(cut_anchor("维修完工 后首个 17:00"), ("维修完工", "后首个 17:00"));
        assert_eq!(cut_anchor("条款 4.2.3f、4.2.3g 到期 后2天"), ("条款 4.2.3f、4.2.3g 到期", "后2天"));
        assert_eq!(cut_anchor("次月底"), ("", "次月底"));
        assert_eq!(cut_anchor("合同开始 至 合同结束 中段"), ("合同开始 至 合同结束 中段", ""));
        assert_eq!(cut_anchor("前台登记 当日"), ("前台登记", "当日"));
    }

    #[test]
    fn shifts_are_closed_forms() {
        assert_eq!(shift("后首个 25 日"), Ok(AnchorShift::NextMonthDay(Slot::Stated(25))));
        assert_eq!(shift("次月底"), Ok(AnchorShift::MonthEnd { next: true }));
        assert_eq!(shift("后首个 服务时间"), Ok(AnchorShift::NextOpening));
        assert!(matches!(shift("后首个 周日 18:00"), Ok(AnchorShift::NextWeekday(_, Some(_)))));
        let rounds = |text: &str| match shift(text) {
            Ok(AnchorShift::NextTime { on, times }) => Some((on, times.len())),
            _ => None,
        };
        assert_eq!(rounds("后首个 09:30、17:00"), Some((None, 2)));
        assert_eq!(rounds("后首个 工作日 09:30、17:00"), Some((Some(On::Workday), 2)));
        assert!(matches!(rounds("后首个 周一至周五 9:30"), Some((Some(On::Weekdays(..)), 1))));
        for wrong in [
            "后",
            "后天",
            "后首个",
            "前 5",
            "后首个 32 日",
            "过几天",
            "后首个 周八",
            "后首个 工作日",
            "后首个 服务时间 09:30",
            "后首个 工作日 9:30、",
        ] {
            assert!(shift(wrong).is_err(), "{wrong}");
        }
    }
}
