//! Facts from a file (事实文件): lines as examples write them, a CSV log, or an XES log. Each becomes the same lines, which
//! one reader understands.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use calendar::{Calendar, Zone};
use courier::event_log::{self, LogEvent};
use rulebook::model::{At, Example};
use rulebook::{Examiner, Scenario};

use crate::shelf::Shelf;

/// Headings of a CSV log, and of the keys of an XES event, by what they mean.
pub(super) const SUBJECT: &[&str] = &["主体", "事项", "编号", "case", "subject", "case:concept:name"];
pub(super) const FACT: &[&str] = &["事件", "事实", "event", "activity", "concept:name"];
pub(super) const TIME: &[&str] = &["时间", "发生时间", "time", "time:timestamp"];
pub(super) const BY: &[&str] = &["岗位", "by", "post", "org:role"];
pub(super) const PERSON: &[&str] = &["人", "person", "org:resource"];
pub(super) const ENTERED: &[&str] = &["录入", "录入时间", "entered"];
/// Keys of an XES event that say nothing about the trade.
const IGNORED: &[&str] = &["lifecycle:transition", "identity:id"];

/// Reads a file of facts. Refuses it as a whole, with every bad line, when one line cannot be understood.
pub fn read(shelf: &Shelf, path: &Path, calendar: &Calendar, zone: &Zone) -> anyhow::Result<Scenario> {
    let bytes = std::fs::read(path).with_context(|| format!("读不了 {}", path.display()))?;
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let lines = match ending.as_str() {
        "csv" | "xes" | "xml" | "gz" => {
            let events = event_log::read(&bytes).with_context(|| format!("读不了 {}", path.display()))?;
            of_log(&events, zone)?
        }
        _ => plain(std::str::from_utf8(&bytes).with_context(|| format!("{} 不是 UTF-8 的文本", path.display()))?),
    };
    scenario(shelf, &lines, calendar, zone)
        .map_err(|bad| anyhow::anyhow!("{} 看不懂：\n{}", path.display(), bad.join("\n")))
}

/// Line number and line.
pub(super) type Numbered = (usize, String);

/// The facts of lines as examples write them, or what is wrong with each bad line.
pub(super) fn scenario(
    shelf: &Shelf,
    lines: &[Numbered],
    calendar: &Calendar,
    zone: &Zone,
) -> Result<Scenario, Vec<String>> {
    let examiner = Examiner::new(&shelf.words, &shelf.books, calendar, zone);
    let Some((place, clause)) =
        shelf.books.iter().enumerate().find_map(|(place, book)| Some((place, book.clauses.first()?)))
    else {
        return Err(vec!["没有规程".to_owned()]);
    };
    // The line's number travels as its place, so that a problem finds its way back.
    let happens = lines.iter().map(|(number, line)| At { value: line.clone(), span: *number..*number }).collect();
    let example = Example {
        name: At { value: String::new(), span: 0..0 },
        covers: Vec::new(),
        example: Vec::new(),
        given: BTreeMap::new(),
        settings: BTreeMap::new(),
        happens,
        as_of: None,
        tally: None,
        period: None,
        expect: Vec::new(),
    };
    match examiner.scenario(place, clause, &example) {
        Ok((_, scenario)) => Ok(scenario),
        Err(problems) => {
            let line = |problem: &rulebook::Problem| format!("  第 {} 行：{}", problem.span.start, problem.sentence);
            let mut bad: Vec<String> = problems.iter().map(line).collect();
            bad.extend(problems.first().and_then(|problem| problem.hint.clone()).map(|hint| format!("  {hint}")));
            Err(bad)
        }
    }
}

/// Every line that is neither blank nor a remark.
fn plain(text: &str) -> Vec<Numbered> {
    let lines = text.lines().enumerate().map(|(place, line)| (place + 1, line.trim().to_owned()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).collect()
}

/// One fact of a log, by what its fields mean. A moment that cannot be read stays as it is, for the reader to refuse.
pub(super) fn line(fields: &[(String, String)], zone: &Zone) -> String {
    let find = |names: &[&str]| {
        let field = fields.iter().find(|(name, value)| names.contains(&name.as_str()) && !value.is_empty());
        field.map(|(_, value)| value.as_str())
    };
    let moment = |written: &str| civil(written, zone).unwrap_or_else(|| written.to_owned());
    let mut line = find(TIME).map(moment).unwrap_or_default();
    line.extend(find(SUBJECT).map(|subject| format!(" [{}]", joined(subject))));
    line.push_str(&format!(" {}", find(FACT).unwrap_or_default()));
    line.extend(find(BY).map(|by| format!(" 由 {}", joined(by))));
    line.extend(find(PERSON).map(|person| format!(" 人={}", joined(person))));
    line.extend(find(ENTERED).map(|entered| format!(" 录入={}", moment(entered).replace(' ', "T"))));
    let known = [SUBJECT, FACT, TIME, BY, PERSON, ENTERED, IGNORED].concat();
    for (name, value) in fields.iter().filter(|(name, value)| !known.contains(&name.as_str()) && !value.is_empty()) {
        let value = match value.as_str() {
            "true" => "是",
            "false" => "否",
            other => other,
        };
        line.push_str(&format!(" {name}={}", joined(value)));
    }
    line
}

/// A value without blanks: a date and time keep their parts by `T`.
fn joined(value: &str) -> String {
    let value = value.trim();
    let date = value.as_bytes().first().is_some_and(u8::is_ascii_digit) && value.contains('-') && value.contains(':');
    value.replace(' ', if date { "T" } else { "_" })
}

/// The lines of a log's events. Refuses a log whose events have no name or no moment under the names known here.
fn of_log(events: &[LogEvent], zone: &Zone) -> anyhow::Result<Vec<Numbered>> {
    let mut lines = Vec::new();
    for event in events {
        for (names, word) in [(TIME, "时间"), (FACT, "事件")] {
            if !names.iter().any(|name| event.get(name).is_some()) {
                bail!("第 {} 行没有“{word}”；列名可写：{}", event.line, names.join("、"));
            }
        }
        lines.push((event.line, line(&event.fields, zone)));
    }
    Ok(lines)
}

/// A moment as logs write it, as the sites' clock shows it: with an offset or `Z`, or civil with `-`, `/`, `T` or blanks.
pub(super) fn civil(value: &str, zone: &Zone) -> Option<String> {
    let shown = |moment: jiff::civil::DateTime| moment.strftime("%Y-%m-%d %H:%M:%S").to_string();
    if let Ok(moment) = value.trim().replacen(' ', "T", 1).parse::<jiff::Timestamp>() {
        return Some(shown(zone.civil(calendar::Moment(moment.as_microsecond()))));
    }
    let parts: Vec<i16> = value.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let [year, month, day, hour, minute, rest @ ..] = parts.as_slice() else { return None };
    let small = |part: &i16| i8::try_from(*part).ok();
    let second = rest.first().map_or(Some(0), small)?;
    let (month, day, hour, minute) = (small(month)?, small(day)?, small(hour)?, small(minute)?);
    jiff::civil::DateTime::new(*year, month, day, hour, minute, second, 0).ok().map(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::{self, texts};

    #[test]
    fn moments_are_read_as_logs_write_them() {
        let zone = Zone::shanghai();
        for written in
            ["2026-11-20T08:30:00Z", "2026-11-20 16:30", "2026/11/20 16:30:00", "2026-11-20T16:30:00.000+08:00"]
        {
            assert_eq!(civil(written, &zone).as_deref(), Some("2026-11-20 16:30:00"), "{written}");
        }
        assert_eq!((civil("昨天", &zone), civil("2026-13-01 00:00", &zone)), (None, None));
    }

    const LINES: &str = "# 一件投诉\n2026-11-20 16:30 [甲] 投诉提出 由 前台客服员 渠道=电话\n";
    const CSV: &str = "时间,主体,事件,岗位,渠道\n2026-11-20 16:30,甲,投诉提出,\"前台客服员\",电话\n";
    const XES: &str = r#"<log><trace><string key="concept:name" value="甲"/>
        <event><string key="concept:name" value="投诉提出"/><date key="time:timestamp" value="2026-11-20T08:30:00Z"/>
        <string key="org:role" value="前台客服员"/><string key="渠道" value="电话"/></event></trace></log>"#;

    #[test]
    fn lines_csv_and_xes_are_the_same_facts() {
        let shelf = Shelf::of(texts(None).unwrap(), &[]).unwrap();
        let (calendar, zone) = (shelf::calendar().unwrap(), Zone::shanghai());
        let facts = |lines: Vec<Numbered>| scenario(&shelf, &lines, &calendar, &zone).unwrap().subjects;
        let of_lines = facts(plain(LINES));
        assert_eq!(of_lines["甲"][0].name, "complaint.received");
        for log in [CSV, XES] {
            let events = event_log::read(log.as_bytes()).unwrap();
            assert_eq!(facts(of_log(&events, &zone).unwrap()), of_lines, "{log}");
        }
    }

    #[test]
    fn every_bad_line_is_told_with_its_number() {
        let shelf = Shelf::of(texts(None).unwrap(), &[]).unwrap();
        let (calendar, zone) = (shelf::calendar().unwrap(), Zone::shanghai());
        let bad = plain("2026-11-20 16:30 没有这回事\n\n昨天 投诉提出\n");
        let told = scenario(&shelf, &bad, &calendar, &zone).unwrap_err();
        assert!(told[0].starts_with("  第 1 行") && told[1].starts_with("  第 3 行"), "{told:?}");
        let timeless = event_log::read("主体,事件\n甲,投诉提出\n".as_bytes()).unwrap();
        assert!(of_log(&timeless, &zone).unwrap_err().to_string().starts_with("第 2 行没有“时间”"));
    }
}
