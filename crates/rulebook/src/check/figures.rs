//! Numbers with units in Chinese text (数字): 4 小时、两天、60%、500 元、17:00, made comparable.

/// What a number counts. The value of a figure is in thousandths of this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Seconds; minutes and hours are turned into these.
    Seconds,
    /// Days (天、日), a week being seven; also a day of the month.
    Days,
    /// Working days.
    Workdays,
    /// Months, a year being twelve.
    Months,
    /// A month of the year.
    MonthOfYear,
    /// Yuan.
    Yuan,
    /// Per cent.
    PerCent,
    /// A clock time in minutes after midnight.
    Clock,
    /// So many of a kind.
    Count,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it counts.
    pub measure: Measure,
    /// In thousandths.
    pub thousandths: i64,
    /// As written.
    pub text: String,
}

impl Figure {
    /// Whether the two say the same.
    pub fn equals(&self, other: &Figure) -> bool {
        self.measure == other.measure && self.thousandths == other.thousandths
    }

    /// Whether a summary that states it makes a promise that a rule must keep: time, money, share. Counts of things,
    /// months of the year, the end of the day and years of the calendar are not held against the rule.
    pub fn binds(&self) -> bool {
        match self.measure {
            Measure::Count | Measure::MonthOfYear => false,
            Measure::Clock => self.thousandths != 24 * 60 * 1000 && self.thousandths != 0,
            Measure::Months => self.thousandths < 1900 * 12 * 1000,
            _ => true,
        }
    }
}

/// Units, longer before shorter, with what one of them is worth.
const UNITS: [(&str, Measure, i64); 22] = [
    ("个工作日", Measure::Workdays, 1),
    ("工作日", Measure::Workdays, 1),
    ("秒钟", Measure::Seconds, 1),
    ("秒", Measure::Seconds, 1),
    ("分钟", Measure::Seconds, 60),
    ("个小时", Measure::Seconds, 3600),
    ("小时", Measure::Seconds, 3600),
    ("个星期", Measure::Days, 7),
    ("周岁", Measure::Count, 1),
    ("周", Measure::Days, 7),
    ("天", Measure::Days, 1),
    ("日", Measure::Days, 1),
    ("号", Measure::Days, 1),
    ("个月", Measure::Months, 1),
    ("年", Measure::Months, 12),
    ("月", Measure::MonthOfYear, 1),
    ("万元", Measure::Yuan, 10_000),
    ("元", Measure::Yuan, 1),
    ("%", Measure::PerCent, 1),
    ("％", Measure::PerCent, 1),
    ("级", Measure::Count, 0),
    ("类", Measure::Count, 0),
];

/// Measure words of counts.
const COUNTED: [char; 22] = [
    '次', '件', '户', '人', '名', '位', '起', '宗', '单', '份', '个', '项', '条', '家', '例', '台', '间', '张', '遍',
    '倍', '声', '组',
];

/// All figures of `text` in their order. Digits and Chinese numerals (两、十五、半、百分之六十) are read; numbers of
/// clauses (4.2.3f), class names (一类) and numbers without a unit are none, unless `bare` asks for the latter as counts.
pub fn figures(text: &str, bare: bool) -> Vec<Figure> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match figure_at(&chars, at, bare) {
            Some((figure, end)) => {
                found.extend(figure);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The figure that begins at `at` and where it ends; a number that is no figure is passed over whole.
fn figure_at(chars: &[char], at: usize, bare: bool) -> Option<(Option<Figure>, usize)> {
    if let Some((minutes, end)) = clock(chars, at) {
        return Some((Some(made(chars, at, end, Measure::Clock, minutes * 1000)), end));
    }
    if starts_with(chars, at, "百分之") {
        let (thousandths, end) = number(chars, at + 3)?;
        return Some((Some(made(chars, at, end, Measure::PerCent, thousandths)), end));
    }
    let (thousandths, end) = number(chars, at)?;
    let after = skip_blank(chars, end);
    // 第 4.2.3f 条 and the like: more dots or letters follow.
    if chars
        .get(end)
        .is_some_and(|c| c.is_ascii_alphabetic() || (*c == '.' && chars.get(end + 1).is_some_and(char::is_ascii_digit)))
    {
        let mut end = end;
        while chars.get(end).is_some_and(|c| c.is_ascii_alphanumeric() || *c == '.') {
            end += 1;
        }
        return Some((None, end));
    }
    for (unit, measure, worth) in UNITS {
        if starts_with(chars, after, unit) {
            let end = after + unit.chars().count();
            if worth == 0 {
                return Some((None, end));
            }
            let thousandths = thousandths.saturating_mul(worth);
            return Some((Some(made(chars, at, end, measure, thousandths)), end));
        }
    }
    if chars.get(after).is_some_and(|c| COUNTED.contains(c)) {
        return Some((Some(made(chars, at, after + 1, Measure::Count, thousandths)), after + 1));
    }
    let figure = bare.then(|| made(chars, at, end, Measure::Count, thousandths));
    Some((figure, end))
}

fn made(chars: &[char], start: usize, end: usize, measure: Measure, thousandths: i64) -> Figure {
    Figure { measure, thousandths, text: chars[start..end].iter().collect() }
}

fn starts_with(chars: &[char], at: usize, word: &str) -> bool {
    let mut at = at;
    word.chars().all(|c| {
        at += 1;
        chars.get(at - 1) == Some(&c)
    })
}

fn skip_blank(chars: &[char], mut at: usize) -> usize {
    while chars.get(at) == Some(&' ') {
        at += 1;
    }
    at
}

fn digits(chars: &[char], mut at: usize) -> usize {
    while chars.get(at).is_some_and(char::is_ascii_digit) {
        at += 1;
    }
    at
}

/// `17:00`, `8：30` in minutes.
fn clock(chars: &[char], at: usize) -> Option<(i64, usize)> {
    let colon = digits(chars, at);
    let end = digits(chars, colon + 1);
    let colons = [':', '：'];
    if colon == at || colon - at > 2 || !colons.contains(chars.get(colon)?) || end != colon + 3 {
        return None;
    }
    let value = |from: usize, to: usize| chars[from..to].iter().collect::<String>().parse::<i64>().ok();
    Some((value(at, colon)? * 60 + value(colon + 1, end)?, end))
}

/// A number in digits or Chinese numerals, in thousandths.
fn number(chars: &[char], at: usize) -> Option<(i64, usize)> {
    let whole = digits(chars, at);
    if whole == at {
        return numeral(chars, at);
    }
    let value = |from: usize, to: usize| chars[from..to].iter().collect::<String>().parse::<i64>().ok();
    let mut thousandths = value(at, whole)?.checked_mul(1000)?;
    let part = if chars.get(whole) == Some(&'.') { digits(chars, whole + 1) } else { whole };
    if part <= whole + 1 {
        return Some((thousandths, whole));
    }
    // 4.2.3: a clause number, passed over by the caller.
    let shown = (part - whole - 1).min(3);
    let scale = [1000, 100, 10, 1][shown];
    thousandths = thousandths.checked_add(value(whole + 1, whole + 1 + shown)? * scale)?;
    Some((thousandths, part))
}

/// 一 to 九百九十九, 两, 半; 一 in words such as 统一 and 同一 is none, nor is a weekday.
fn numeral(chars: &[char], at: usize) -> Option<(i64, usize)> {
    const FIGURES: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let before = at.checked_sub(1).and_then(|at| chars.get(at));
    if before.is_some_and(|c| "统同任每某逐唯周期另进专上下这本头".contains(*c))
        && chars[at] != '两'
        && chars[at] != '半'
    {
        // 每一天 and 统一 state no number; 周一 is a weekday.
        return None;
    }
    if chars[at] == '半' {
        return Some((500, at + 1));
    }
    let (mut total, mut last, mut end) = (0_i64, None, at);
    while let Some(c) = chars.get(end) {
        let figure = if *c == '两' { Some(2) } else { FIGURES.iter().position(|known| known == c) };
        match (figure, c) {
            (Some(figure), _) if last.is_none() => last = Some(figure as i64),
            (None, '十') => total += last.take().unwrap_or(1) * 10,
            (None, '百') if last.is_some() => total += last.take().unwrap_or(1) * 100,
            _ => break,
        }
        end += 1;
    }
    (end > at).then(|| ((total + last.unwrap_or(0)) * 1000, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Measure, i64)> {
        figures(text, false).into_iter().map(|one| (one.measure, one.thousandths)).collect()
    }

    #[test]
    fn reads_digits_and_numerals_with_units() {
        use Measure::*;
        assert_eq!(read("一类投诉 4 小时内处理完"), [(Seconds, 14_400_000)]);
        assert_eq!(read("两天仍未答复，十五分钟、半小时"), [(Days, 2000), (Seconds, 900_000), (Seconds, 1_800_000)]);
        assert_eq!(read("不低于 60%，百分之九十五"), [(PerCent, 60_000), (PerCent, 95_000)]);
        assert_eq!(read("每月 25 日 17:00 前，保存三年"), [(Days, 25_000), (Clock, 1_020_000), (Months, 36_000)]);
        assert_eq!(read("达到 500 元，0.3%"), [(Yuan, 500_000), (PerCent, 300)]);
        assert_eq!(read("3 个工作日、1 周、6 个月"), [(Workdays, 3000), (Days, 7000), (Months, 6000)]);
        assert_eq!(read("同一原因 3 次"), [(Count, 3000)]);
    }

    #[test]
    fn passes_over_names_and_clause_numbers() {
        assert_eq!(read("按 4.2.3f 办理，见 4.2.9 条"), []);
        assert_eq!(read("一类、二类、三类；统一年度；周一至周五；第一联"), []);
        assert_eq!(read("QC7.5 与 A4"), []);
        assert_eq!(figures(">= 3", true)[0].thousandths, 3000);
    }
}
