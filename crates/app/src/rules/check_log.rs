//! `huiyin rules check-log` (对照日志): the history of any service desk, as an XES or CSV log, held against rulebooks. A map
//! says what the log's names mean; nothing is guessed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use calendar::Zone;
use clap::Args;
use courier::event_log::{self, LogEvent};
use rulebook::nearest::nearest;
use rulebook::{ClauseRef, Fact, Figure, Law, Member, State};
use serde::{Deserialize, Serialize};

use super::explain::{law_of, moment};
use super::happened::{self, Numbered};
use super::{
    Source, happened::BY, happened::ENTERED, happened::FACT, happened::PERSON, happened::SUBJECT, happened::TIME,
};
use crate::ending::Ending;
use crate::shelf::{self, Shelf};
use crate::table::{Align, lines};

/// Case ids shown a clause, unless all are asked for.
const SHOWN: usize = 5;

/// 对照日志
#[derive(Debug, Args)]
pub struct Arguments {
    /// 日志：.xes、.csv，可以是 gzip 压缩的
    #[arg(value_name = "日志")]
    log: PathBuf,
    /// 对照哪部规程；可写几次，不写时全部
    #[arg(long = "rulebook", value_name = "规程")]
    books: Vec<String>,
    /// 对照表：日志里的列、事件、岗位和值各是规程的哪个词（TOML）；日志本来就用规程的词时不用
    #[arg(long, value_name = "文件")]
    map: Option<PathBuf>,
    /// 不对照，只按日志打出一份待填的对照表
    #[arg(long)]
    skeleton: bool,
    /// 在哪一刻看，例如 "2026-11-20 18:00"；不写时看日志的最后一件事
    #[arg(long, value_name = "时刻")]
    at: Option<String>,
    /// 每条列出全部没守住的事项
    #[arg(long)]
    list: bool,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: Source,
}

/// What the log's names mean here.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Map {
    /// Which columns hold `case`, `event`, `time`, `post`, `person`, `entered`.
    columns: Columns,
    /// The log's event → a fact's word or id; false leaves it out; `"*" = false` leaves out all that are not named.
    events: BTreeMap<String, Meaning>,
    /// The log's column → an attribute's word.
    attributes: BTreeMap<String, String>,
    /// Attribute → the log's value → the value's word.
    values: BTreeMap<String, BTreeMap<String, String>>,
    /// The log's role → a post's word.
    posts: BTreeMap<String, String>,
}

/// Names of columns; empty: the usual names are tried.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Columns {
    case: String,
    event: String,
    time: String,
    post: String,
    person: String,
    entered: String,
}

/// What an event means.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
enum Meaning {
    Fact(String),
    Kept(bool),
}

/// How a clause came out.
#[derive(Debug, Default, Serialize, PartialEq, Eq)]
struct Outcome {
    rulebook: String,
    clause: String,
    summary: String,
    owed: u64,
    met: u64,
    late: u64,
    overdue: u64,
    missed: u64,
    open: u64,
    reminded: u64,
    fell_away: u64,
    /// Cases that broke it, in the order of their names.
    broken: BTreeSet<String>,
}

/// A rate in a period.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct Rate {
    rulebook: String,
    clause: String,
    period: String,
    base: i64,
    needed: Option<i64>,
    done: i64,
    on_target: Option<bool>,
    provisional: bool,
}

/// Reads, holds against, prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let zone = Zone::shanghai();
    let shelf = arguments.source.shelf(&arguments.books)?;
    let bytes = std::fs::read(&arguments.log).with_context(|| format!("读不了 {}", arguments.log.display()))?;
    let events = event_log::read(&bytes).with_context(|| format!("读不了 {}", arguments.log.display()))?;
    let map = match &arguments.map {
        Some(path) => read_map(path, &shelf)?,
        None => Map::default(),
    };
    let mut out = std::io::stdout().lock();
    if arguments.skeleton {
        write!(out, "{}", skeleton(&events, &map, &shelf))?;
        return Ok(Ending::Done);
    }
    let facts = facts_of(&events, &map, &shelf, &zone)?;
    let calendar = shelf::calendar()?;
    let scenario = happened::scenario(&shelf, &facts, &calendar, &zone)
        .map_err(|bad| anyhow::anyhow!("{} 看不懂：\n{}", arguments.log.display(), bad.join("\n")))?;
    let as_of = match &arguments.at {
        Some(written) => moment(written, &zone)?,
        None => scenario.as_of,
    };
    let law = law_of(&shelf, &calendar, &zone);
    let (outcomes, rates) = judged(&law, &shelf, &scenario.subjects, as_of);
    if arguments.json {
        writeln!(
            out,
            "{}",
            serde_json::to_string_pretty(&serde_json::json!({
                "cases": scenario.subjects.len(), "events": facts.len(), "clauses": outcomes, "rates": rates,
            }))?
        )?;
        return Ok(Ending::Done);
    }
    writeln!(out, "{} 件，{} 条事实", scenario.subjects.len(), facts.len())?;
    write!(out, "{}", told(&outcomes, &rates, arguments.list))?;
    Ok(Ending::Done)
}

/// Reads a map. Refuses unknown keys, and words that the vocabulary does not have, each with the nearest one.
fn read_map(path: &Path, shelf: &Shelf) -> anyhow::Result<Map> {
    let text = std::fs::read_to_string(path).with_context(|| format!("读不了 {}", path.display()))?;
    let map: Map = toml::from_str(&text).with_context(|| format!("{} 看不懂", path.display()))?;
    let mut bad = Vec::new();
    let words = &shelf.words;
    for (name, meaning) in &map.events {
        match meaning {
            Meaning::Fact(word) if fact(shelf, word).is_none() => {
                bad.push(unknown("事件", name, word, words.facts.iter().map(|it| it.zh.as_str())));
            }
            Meaning::Kept(true) => bad.push(format!("事件“{name}”：写规程的词，或 false（不要）")),
            _ => {}
        }
    }
    let attributes = || words.attributes.iter().map(|it| it.zh.as_str());
    for (name, word) in &map.attributes {
        if words.attribute(word).is_none() {
            bad.push(unknown("列", name, word, attributes()));
        }
    }
    for (attribute, values) in &map.values {
        let Some(place) = words.attribute(attribute) else {
            bad.push(unknown("values", attribute, attribute, attributes()));
            continue;
        };
        let known = words.attributes[place].values();
        for (name, word) in values {
            if !known.is_empty() && !known.iter().any(|(zh, _)| zh == word) {
                bad.push(unknown(attribute, name, word, known.iter().map(|(zh, _)| zh.as_str())));
            }
        }
    }
    for (name, word) in &map.posts {
        if words.post(word).is_none() {
            bad.push(unknown("岗位", name, word, words.posts.iter().map(|it| it.zh.as_str())));
        }
    }
    if bad.is_empty() { Ok(map) } else { bail!("{}：\n  {}", path.display(), bad.join("\n  ")) }
}

fn unknown<'a>(what: &str, name: &str, word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = nearest(word, known).map(|near| format!("；最接近的是“{near}”")).unwrap_or_default();
    format!("{what}“{name}”对成“{word}”，规程里没有这个词{near}")
}

/// The word of a fact, given by word, by a book's own wording, or by id.
fn fact<'s>(shelf: &'s Shelf, word: &str) -> Option<&'s str> {
    let words = &shelf.words;
    let place = words.fact(word).or_else(|| words.fact_of_id(word)).or_else(|| {
        let alias = shelf.books.iter().find_map(|book| book.aliases.get(word))?;
        words.fact(alias)
    })?;
    Some(&words.facts[place].zh)
}

/// The value of the first of these columns.
fn field<'e>(event: &'e LogEvent, chosen: &str, usual: &[&str]) -> Option<&'e str> {
    if chosen.is_empty() { usual.iter().find_map(|name| event.get(name)) } else { event.get(chosen) }
}

/// The events as lines of facts. Refuses events without name, case or moment, and names that the map does not know, all of
/// them at once.
fn facts_of(events: &[LogEvent], map: &Map, shelf: &Shelf, zone: &Zone) -> anyhow::Result<Vec<Numbered>> {
    let mut facts = Vec::new();
    let mut bad = Vec::new();
    let mut strangers: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let rest_left_out = map.events.get("*") == Some(&Meaning::Kept(false));
    for event in events {
        let (Some(case), Some(name), Some(time)) = (
            field(event, &map.columns.case, SUBJECT),
            field(event, &map.columns.event, FACT),
            field(event, &map.columns.time, TIME),
        ) else {
            bad.push(format!("第 {} 行：缺事项、事件或时间", event.line));
            continue;
        };
        let word = match map.events.get(name) {
            Some(Meaning::Kept(_)) => continue,
            Some(Meaning::Fact(word)) => fact(shelf, word),
            None => fact(shelf, name),
        };
        let Some(word) = word else {
            if !rest_left_out {
                strangers.entry(name).or_insert((0, event.line)).0 += 1;
            }
            continue;
        };
        let Some(time) = happened::civil(time, zone) else {
            bad.push(format!("第 {} 行：时间“{time}”看不懂", event.line));
            continue;
        };
        let mut fields =
            vec![("主体".to_owned(), case.to_owned()), ("事件".to_owned(), word.to_owned()), ("时间".to_owned(), time)];
        if let Some(post) = field(event, &map.columns.post, BY) {
            let post = map.posts.get(post).map_or(post, String::as_str);
            // A role that is no post of the rulebooks says nothing about who did it.
            if shelf.words.post(post).is_some() {
                fields.push(("岗位".to_owned(), post.to_owned()));
            }
        }
        fields.extend(field(event, &map.columns.person, PERSON).map(|person| ("人".to_owned(), person.to_owned())));
        fields
            .extend(field(event, &map.columns.entered, ENTERED).map(|entered| ("录入".to_owned(), entered.to_owned())));
        for (name, value) in &event.fields {
            let attribute = map.attributes.get(name).unwrap_or(name);
            if shelf.words.attribute(attribute).is_some() {
                let value = map.values.get(attribute).and_then(|values| values.get(value)).unwrap_or(value);
                fields.push((attribute.clone(), value.clone()));
            }
        }
        facts.push((event.line, happened::line(&fields, zone)));
    }
    if !strangers.is_empty() {
        bad.push("这些事件规程里没有；在对照表的 [events] 里写上对应的词，不要的写 false：".to_owned());
        bad.extend(
            strangers.iter().map(|(name, (count, line))| format!("  “{name}” {count} 次，第一次在第 {line} 行")),
        );
    }
    if !bad.is_empty() {
        bail!("日志不能对照：\n  {}", bad.join("\n  "));
    }
    if facts.is_empty() {
        bail!("日志里没有一件事是规程的词");
    }
    Ok(facts)
}

/// A map to be filled in: every event with its count and the nearest fact, every role, every column.
fn skeleton(events: &[LogEvent], map: &Map, shelf: &Shelf) -> String {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut posts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut columns: BTreeSet<&str> = BTreeSet::new();
    for event in events {
        if let Some(name) = field(event, &map.columns.event, FACT) {
            *names.entry(name).or_default() += 1;
        }
        if let Some(post) = field(event, &map.columns.post, BY) {
            *posts.entry(post).or_default() += 1;
        }
        columns.extend(event.fields.iter().map(|(name, _)| name.as_str()));
    }
    let key = |name: &str| toml::Value::String(name.to_owned()).to_string();
    let mut text = String::from("# 左边是日志里的写法，右边填规程的词；不要的事件写 false\n\n[columns]\n");
    for (name, usual) in [("case", SUBJECT), ("event", FACT), ("time", TIME), ("post", BY), ("person", PERSON)] {
        let found = usual.iter().find(|name| columns.contains(**name));
        text.push_str(&format!("{name} = {}\n", key(found.copied().unwrap_or_default())));
    }
    text.push_str("\n[events]\n");
    for (name, count) in names {
        let near = fact(shelf, name).or_else(|| nearest(name, shelf.words.facts.iter().map(|it| it.zh.as_str())));
        let guess = near.map_or("false".to_owned(), &key);
        text.push_str(&format!("{} = {guess}  # {count} 次\n", key(name)));
    }
    text.push_str("\n[posts]\n");
    for (post, count) in posts {
        text.push_str(&format!("{} = \"\"  # {count} 次\n", key(post)));
    }
    text.push_str("\n[attributes]\n");
    let usual = [SUBJECT, FACT, TIME, BY, PERSON, ENTERED].concat();
    for column in columns.into_iter().filter(|column| !usual.contains(column)) {
        text.push_str(&format!("# {} = \"\"\n", key(column)));
    }
    text
}

/// Every clause that owed something, and every rate with members.
fn judged(
    law: &Law,
    shelf: &Shelf,
    subjects: &BTreeMap<String, Vec<Fact>>,
    as_of: calendar::Moment,
) -> (Vec<Outcome>, Vec<Rate>) {
    let mut outcomes: BTreeMap<ClauseRef, Outcome> = BTreeMap::new();
    let mut members: BTreeMap<(ClauseRef, String), Vec<Member>> = BTreeMap::new();
    for (subject, facts) in subjects {
        let derived = law.derive(subject, facts, as_of);
        for one in derived.obligations {
            let outcome = outcomes.entry(one.clause.clone()).or_default();
            outcome.owed += 1;
            let breach = match (one.state, one.soft) {
                (State::Met, _) => {
                    outcome.met += 1;
                    false
                }
                (State::MetLate | State::Overdue, true) => {
                    outcome.reminded += 1;
                    false
                }
                (State::MetLate, false) => {
                    outcome.late += 1;
                    true
                }
                (State::Overdue, false) => {
                    outcome.overdue += 1;
                    true
                }
                (State::Missed, _) => {
                    outcome.missed += 1;
                    true
                }
                (State::Open, _) => {
                    outcome.open += 1;
                    false
                }
                (State::Waived | State::NotApplicable, _) => {
                    outcome.fell_away += 1;
                    false
                }
            };
            if breach {
                outcome.broken.insert(subject.clone());
            }
        }
        for member in derived.members {
            members.entry((member.clause.clone(), member.period.clone())).or_default().push(member);
        }
    }
    let summary = |clause: &ClauseRef| {
        let book = shelf.books.iter().find(|book| book.id == clause.book)?;
        let rule = book.clauses.iter().flat_map(|it| &it.rules).find(|rule| rule.id.value == clause.id)?;
        Some((rule.summary.clone(), matches!(rule.kind, rulebook::model::Kind::Rate(_))))
    };
    let rates = members.iter().filter(|((clause, _), _)| summary(clause).is_some_and(|(_, rate)| rate));
    let rates = rates.map(|((clause, period), rows)| rate(law.figure(clause, period, rows.iter(), as_of))).collect();
    let outcomes = outcomes.into_iter().map(|(clause, outcome)| Outcome {
        summary: summary(&clause).map(|(summary, _)| summary).unwrap_or_default(),
        rulebook: clause.book,
        clause: clause.id,
        ..outcome
    });
    (outcomes.collect(), rates)
}

fn rate(figure: Figure) -> Rate {
    Rate {
        rulebook: figure.clause.book,
        clause: figure.clause.id,
        period: figure.period,
        base: figure.base,
        needed: figure.needed,
        done: figure.done,
        on_target: figure.on_target,
        provisional: figure.provisional,
    }
}

/// The outcome as tables.
fn told(outcomes: &[Outcome], rates: &[Rate], all: bool) -> String {
    let head = ["条款", "应办", "按时", "逾期", "超时", "未办", "未到期", "软提醒", "没守住的"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for one in outcomes {
        let figures = [one.owed, one.met, one.late, one.overdue, one.missed, one.open, one.reminded];
        let shown: Vec<&str> =
            one.broken.iter().take(if all { usize::MAX } else { SHOWN }).map(String::as_str).collect();
        let more = one.broken.len() - shown.len();
        let mut cases = shown.join(" ");
        if more > 0 {
            cases.push_str(&format!(" 等 {} 件", one.broken.len()));
        }
        let mut row = vec![format!("{}/{}", one.rulebook, one.clause)];
        row.extend(figures.map(|figure| figure.to_string()));
        row.push(cases);
        rows.push(row);
    }
    let mut columns = vec![Align::Right; head.len()];
    columns[0] = Align::Left;
    columns[head.len() - 1] = Align::Left;
    let mut text = lines(&columns, &rows);
    if !rates.is_empty() {
        let mut rows = vec![["比率", "期间", "分母", "应做", "已做", "结论"].map(str::to_owned).to_vec()];
        for one in rates {
            let verdict = match (one.on_target, one.provisional) {
                (None, _) => "无数据",
                (Some(true), false) => "达标",
                (Some(false), false) => "不达标",
                (Some(_), true) => "暂计",
            };
            let needed = one.needed.map_or("未定".to_owned(), |needed| needed.to_string());
            let clause = format!("{}/{}", one.rulebook, one.clause);
            rows.push(vec![
                clause,
                one.period.clone(),
                one.base.to_string(),
                needed,
                one.done.to_string(),
                verdict.to_owned(),
            ]);
        }
        text.push('\n');
        text.push_str(&lines(
            &[Align::Left, Align::Left, Align::Right, Align::Right, Align::Right, Align::Left],
            &rows,
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::texts;

    const LOG: &str = "ticket,step,when,role,via\n\
        T1,Call logged,2026-11-20T16:30:00+08:00,Desk,phone\nT1,Job taken,2026-11-20 16:40,Tech,\n\
        T1,Arrived,2026-11-20 16:49,Tech,\nT2,Job taken,2026-11-21 08:00,Tech,\nT2,Arrived,2026-11-21 08:11,Tech,\n\
        T2,Coffee,2026-11-21 08:12,Tech,\n";

    fn shelf() -> Shelf {
        Shelf::of(texts(None).unwrap(), &["repair-residential".to_owned()]).unwrap()
    }

    fn map(text: &str) -> anyhow::Result<Map> {
        let folder = testbed::Folder::new("map");
        let path = folder.path().join("map.toml");
        std::fs::write(&path, text).unwrap();
        read_map(&path, &shelf())
    }

    const MAP: &str = "[columns]\ncase = \"ticket\"\nevent = \"step\"\ntime = \"when\"\npost = \"role\"\n\
        [events]\n\"Call logged\" = \"报修提出\"\n\"Job taken\" = \"维修接单\"\nArrived = \"repair.arrived\"\nCoffee = false\n\
        [posts]\nTech = \"维修员\"\n[attributes]\nvia = \"渠道\"\n[values.\"渠道\"]\nphone = \"电话\"\n";

    #[test]
    fn a_foreign_log_is_held_against_a_rulebook() {
        let (shelf, zone) = (shelf(), Zone::shanghai());
        let events = event_log::read(LOG.as_bytes()).unwrap();
        let facts = facts_of(&events, &map(MAP).unwrap(), &shelf, &zone).unwrap();
        assert_eq!(facts.len(), 5);
        let calendar = shelf::calendar().unwrap();
        let scenario = happened::scenario(&shelf, &facts, &calendar, &zone).unwrap();
        let law = law_of(&shelf, &calendar, &zone);
        let (outcomes, _) = judged(&law, &shelf, &scenario.subjects, scenario.as_of);
        let arrival = outcomes.iter().find(|it| it.clause == "4.1.2.1a").expect("ten minutes to arrive");
        assert_eq!((arrival.owed, arrival.met, arrival.late), (2, 1, 1));
        assert_eq!(arrival.broken.iter().collect::<Vec<_>>(), ["T2"]);
        assert!(told(&outcomes, &[], false).contains("T2"));
    }

    #[test]
    fn what_is_not_known_is_told_at_once() {
        let (shelf, zone) = (shelf(), Zone::shanghai());
        let events = event_log::read(LOG.as_bytes()).unwrap();
        let without = map(&MAP.replace("Coffee = false\n", "")).unwrap();
        let told = facts_of(&events, &without, &shelf, &zone).unwrap_err().to_string();
        assert!(told.contains("“Coffee” 1 次，第一次在第 7 行"), "{told}");
        let rest = map(&MAP.replace("Coffee = false", "\"*\" = false")).unwrap();
        assert_eq!(facts_of(&events, &rest, &shelf, &zone).unwrap().len(), 5);
        let wrong =
            map(&MAP.replace("维修接单", "维修接单了").replace("\"电话\"", "\"电话机\"")).unwrap_err().to_string();
        assert!(
            wrong.contains("维修接单了") && wrong.contains("最接近的是“维修接单”") && wrong.contains("电话机"),
            "{wrong}"
        );
        assert!(map("[event]\n").is_err());
        let odd = event_log::read("case,event,time\n甲,维修接单,昨天\n".as_bytes()).unwrap();
        let told = facts_of(&odd, &Map::default(), &shelf, &zone).unwrap_err().to_string();
        assert!(told.contains("第 2 行：时间“昨天”看不懂"), "{told}");
        let blank = skeleton(&events, &map(MAP).unwrap(), &shelf);
        assert!(blank.contains("\"Coffee\" = ") && blank.contains("\"Desk\" = \"\"  # 1 次"), "{blank}");
    }
}
