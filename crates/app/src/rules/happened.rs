//! Facts from a file (事实文件): lines as examples write them, a CSV log, or an XES log. Each becomes the same lines, which
//! one reader understands.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use calendar::{Calendar, Zone};
use rulebook::model::{At, Example};
use rulebook::{Examiner, Scenario};

use crate::shelf::Shelf;

/// Headings of a CSV log, and of the keys of an XES event, by what they mean.
const SUBJECT: &[&str] = &["主体", "事项", "编号", "case", "subject"];
const FACT: &[&str] = &["事件", "事实", "event", "activity", "concept:name"];
const TIME: &[&str] = &["时间", "发生时间", "time", "time:timestamp"];
const BY: &[&str] = &["岗位", "by", "post", "org:role"];
const PERSON: &[&str] = &["人", "person", "org:resource"];
const ENTERED: &[&str] = &["录入", "录入时间", "entered"];
/// Keys of an XES event that say nothing about the trade.
const IGNORED: &[&str] = &["lifecycle:transition", "identity:id"];

/// Reads a file of facts. Refuses it as a whole, with every bad line, when one line cannot be understood.
pub fn read(shelf: &Shelf, path: &Path, calendar: &Calendar, zone: &Zone) -> anyhow::Result<Scenario> {
    let text = std::fs::read_to_string(path).with_context(|| format!("读不了 {}", path.display()))?;
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let lines = match ending.as_str() {
        "csv" => of_csv(&text)?,
        "xes" | "xml" => of_xes(&text, zone)?,
        _ => plain(&text),
    };
    scenario(shelf, &lines, calendar, zone)
        .map_err(|bad| anyhow::anyhow!("{} 看不懂：\n{}", path.display(), bad.join("\n")))
}

/// Line number and line.
type Numbered = (usize, String);

/// The facts of lines as examples write them, or what is wrong with each bad line.
fn scenario(shelf: &Shelf, lines: &[Numbered], calendar: &Calendar, zone: &Zone) -> Result<Scenario, Vec<String>> {
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

/// One fact of a log, by what its fields mean.
fn line(fields: &[(String, String)]) -> String {
    let find = |names: &[&str]| {
        let field = fields.iter().find(|(name, value)| names.contains(&name.as_str()) && !value.is_empty());
        field.map(|(_, value)| value.as_str())
    };
    let mut line = find(TIME).unwrap_or_default().replace('T', " ");
    line.extend(find(SUBJECT).map(|subject| format!(" [{}]", joined(subject))));
    line.push_str(&format!(" {}", find(FACT).unwrap_or_default()));
    line.extend(find(BY).map(|by| format!(" 由 {}", joined(by))));
    line.extend(find(PERSON).map(|person| format!(" 人={}", joined(person))));
    line.extend(find(ENTERED).map(|entered| format!(" 录入={}", entered.replace(' ', "T"))));
    let known = [SUBJECT, FACT, TIME, BY, PERSON, ENTERED, IGNORED].concat();
    for (name, value) in fields.iter().filter(|(name, value)| !known.contains(&name.as_str()) && !value.is_empty()) {
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

fn of_csv(text: &str) -> anyhow::Result<Vec<Numbered>> {
    let mut rows = text.trim_start_matches('\u{feff}').lines().enumerate();
    let Some((_, head)) = rows.next() else { bail!("CSV 是空的") };
    let head = cells(head);
    for (names, word) in [(TIME, "时间"), (FACT, "事件")] {
        if !head.iter().any(|name| names.contains(&name.as_str())) {
            bail!("CSV 的第一行是列名，还缺“{word}”；其余可写：主体、岗位、人、录入，和属性的名字");
        }
    }
    let row = |(place, row): (usize, &str)| {
        let fields: Vec<(String, String)> = head.iter().cloned().zip(cells(row)).collect();
        (place + 1, line(&fields))
    };
    Ok(rows.filter(|(_, row)| !row.trim().is_empty()).map(row).collect())
}

/// The cells of a CSV line. A cell in quotes may hold commas and doubled quotes, not line breaks.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = cells.last_mut().expect("there is always one");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cell.push(letter),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Traces and events of an XES log. What a tag may be inside is not checked; a log that has no event is refused.
fn of_xes(text: &str, zone: &Zone) -> anyhow::Result<Vec<Numbered>> {
    let mut lines = Vec::new();
    let (mut trace, mut event): (String, Option<Vec<(String, String)>>) = (String::new(), None);
    let mut at = 0;
    while let Some(begin) = text[at..].find('<').map(|place| at + place) {
        let Some(end) = text[begin..].find('>').map(|place| begin + place) else { bail!("XES 没有写完") };
        let tag = text[begin + 1..end].trim_end_matches('/').trim();
        at = end + 1;
        let (name, rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        match name {
            "trace" => trace.clear(),
            "event" => event = Some(Vec::new()),
            "/event" => {
                let mut fields = event.take().unwrap_or_default();
                fields.push(("主体".to_owned(), trace.clone()));
                lines.push((text[..begin].matches('\n').count() + 1, line(&fields)));
            }
            "string" | "date" | "int" | "boolean" | "id" => {
                let (key, value) = (attribute(rest, "key"), attribute(rest, "value"));
                let value = match name {
                    "date" => civil(&value, zone)?,
                    "boolean" if value == "true" => "是".to_owned(),
                    "boolean" => "否".to_owned(),
                    _ => value,
                };
                match &mut event {
                    Some(fields) => fields.push((key, value)),
                    None if key == "concept:name" => trace = value,
                    None => {}
                }
            }
            _ => {}
        }
    }
    if lines.is_empty() {
        bail!("XES 里没有 event");
    }
    Ok(lines)
}

/// An attribute of a tag, its entities read.
fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split(&format!("{name}=")).nth(1).and_then(|rest| {
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        rest[1..].split(quote).next()
    });
    let plain = value.unwrap_or_default();
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(plain.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

/// A moment with its offset from Greenwich as the sites' clock shows it.
fn civil(value: &str, zone: &Zone) -> anyhow::Result<String> {
    let moment: jiff::Timestamp = value.parse().with_context(|| format!("XES 的时间看不懂：{value}"))?;
    let civil = zone.civil(calendar::Moment(moment.as_microsecond()));
    Ok(civil.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::{self, texts};

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
        assert_eq!(facts(of_csv(CSV).unwrap()), of_lines);
        assert_eq!(facts(of_xes(XES, &zone).unwrap()), of_lines);
    }

    #[test]
    fn every_bad_line_is_told_with_its_number() {
        let shelf = Shelf::of(texts(None).unwrap(), &[]).unwrap();
        let (calendar, zone) = (shelf::calendar().unwrap(), Zone::shanghai());
        let bad = plain("2026-11-20 16:30 没有这回事\n\n昨天 投诉提出\n");
        let told = scenario(&shelf, &bad, &calendar, &zone).unwrap_err();
        assert!(told[0].starts_with("  第 1 行") && told[1].starts_with("  第 3 行"), "{told:?}");
        assert!(of_csv("主体,事件\n").is_err() && of_xes("<log/>", &zone).is_err());
    }
}
