//! `huiyin rules simulate` (推演): the same facts under the rulebooks as they are and as somebody proposes them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context;
use calendar::{DueAt, Moment, Zone, words};
use clap::Args;
use rulebook::simulate::{Kept, Outcomes, Owed, Replay};
use rulebook::{Fact, Law, State};

use super::explain::law_of;
use super::happened;
use crate::account;
use crate::clock::machine_now;
use crate::configuration::{self, DataArguments};
use crate::ending::Ending;
use crate::open::{self, Views};
use crate::shelf::{self, Shelf, texts};
use crate::table::{Align, lines};

/// Differences shown.
const SHOWN: usize = 30;
/// Cases read at once.
const PAGE: i64 = 200;

/// 推演
#[derive(Debug, Args)]
pub struct Arguments {
    /// 改后的规程所在的文件夹（里面有 words.toml）；不写时只看现行规程
    #[arg(long = "with", value_name = "文件夹")]
    proposed: Option<PathBuf>,
    /// 事实文件（行、.csv、.xes）；不写时用数据里的全部事项
    #[arg(long, value_name = "文件")]
    facts: Option<PathBuf>,
    /// 数据里的哪个项目，按编号；只有一个项目时可以不写
    #[arg(long, value_name = "编号", conflicts_with = "facts")]
    site: Option<i64>,
    #[command(flatten)]
    data: DataArguments,
}

/// Facts by subject, and when they are looked at.
struct Past {
    subjects: BTreeMap<String, Vec<Fact>>,
    as_of: Moment,
}

/// Replays and prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let zone = Zone::shanghai();
    let calendar = shelf::calendar()?;
    let now = Shelf::of(texts(arguments.data.rulebooks())?, &[])?;
    let proposed = match &arguments.proposed {
        Some(folder) => Some(Shelf::of(texts(Some(folder))?, &[])?),
        None => None,
    };
    let past = match &arguments.facts {
        Some(file) => {
            let scenario = happened::read(&now, file, &calendar, &zone)?;
            Past { subjects: scenario.subjects, as_of: scenario.as_of }
        }
        None => past(arguments)?,
    };
    let before = law_of(&now, &calendar, &zone);
    let after = proposed.as_ref().map(|shelf| law_of(shelf, &calendar, &zone));
    let outcomes = replay(&before, after.as_ref().unwrap_or(&before), &past, &zone);
    let mut out = std::io::stdout().lock();
    write!(out, "{}", told(&outcomes, after.is_some(), &zone))?;
    Ok(Ending::Done)
}

fn replay(before: &Law, after: &Law, past: &Past, zone: &Zone) -> Outcomes {
    let mut replay = Replay::new(before, after, past.as_of, SHOWN);
    let mut first = past.as_of;
    for (subject, facts) in &past.subjects {
        first = facts.iter().map(|fact| fact.at).fold(first, Moment::min);
        replay.subject(subject, facts);
    }
    replay.finish(zone.date(first), zone.date(past.as_of))
}

/// Every case of the data.
fn past(arguments: &Arguments) -> anyhow::Result<Past> {
    let house = open::house(&configuration::data(&arguments.data, configuration::DATA)?, Views::Current)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("启动运行环境")?;
    let now = machine_now();
    runtime.block_on(async {
        let site = account::site(&house, arguments.site).await?;
        let mut subjects = BTreeMap::new();
        let mut filter = journal::reads::CaseFilter { limit: PAGE, ..Default::default() };
        loop {
            let page = house.cases(site, filter.clone(), now).await.map_err(|fault| open::refused(&fault))?;
            for row in page.rows {
                let case = house.case(site, row.id).await.map_err(|fault| open::refused(&fault))?;
                if let Some(case) = case {
                    subjects.insert(case.number.clone(), case.facts());
                }
            }
            match page.next {
                Some(next) => filter.after = Some(next),
                None => return Ok(Past { subjects, as_of: now }),
            }
        }
    })
}

/// The outcome as tables.
fn told(outcomes: &Outcomes, compared: bool, zone: &Zone) -> String {
    let mut text = format!("{} 件，{} 条事实\n", outcomes.subjects, outcomes.facts);
    let head = ["条款", "应办", "按时", "逾期", "超时", "未办", "未到期", "软提醒", "上报"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for (clause, (before, after)) in &outcomes.kept {
        let pair = |figure: fn(&Kept) -> u64| match (figure(before), figure(after)) {
            (was, is) if compared && was != is => format!("{was}→{is}"),
            (was, _) => was.to_string(),
        };
        let mut row = vec![format!("{}/{}", clause.book, clause.id)];
        row.extend([
            pair(Kept::all),
            pair(|it| it.met),
            pair(|it| it.late),
            pair(|it| it.overdue),
            pair(|it| it.missed),
        ]);
        row.extend([pair(|it| it.open), pair(|it| it.reminded), pair(|it| it.told)]);
        rows.push(row);
    }
    let mut columns = vec![Align::Right; head.len()];
    columns[0] = Align::Left;
    text.push_str(&lines(&columns, &rows));
    if compared {
        text.push_str(&format!("结果不同的应办：{} 项", outcomes.differing));
        text.push_str(if outcomes.samples.is_empty() { "\n" } else { "，例如\n" });
        for one in &outcomes.samples {
            let side = |owed: &Option<Owed>| owed.as_ref().map_or("不要求".to_owned(), |owed| owed_zh(owed, zone));
            let clause = format!("{}/{}", one.clause.book, one.clause.id);
            text.push_str(&format!("  {} {clause}：{} → {}\n", one.subject, side(&one.before), side(&one.after)));
        }
    }
    text
}

fn owed_zh(owed: &Owed, zone: &Zone) -> String {
    let due = owed.due.map(|at| words::exact(zone, DueAt { at, end_of_day: owed.end_of_day }));
    let due = due.map_or("无期限".to_owned(), |due| format!("限 {due}"));
    let state = match owed.state {
        State::Met => "按时",
        State::MetLate => "逾期",
        State::Open => "未到期",
        State::Overdue => "超时",
        State::Missed => "未办",
        State::Waived => "免办",
        State::NotApplicable => "不适用",
    };
    format!("{due} {state}")
}
