//! `huiyin rules simulate` (推演): the same facts under the rulebooks as they are and as somebody proposes them; or a year of a
//! made-up estate lived under each, to see what breaks and how busy every post is.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, bail};
use calendar::{DueAt, Moment, Zone, words};
use clap::Args;
use rulebook::nearest::nearest;
use rulebook::simulate::{Kept, Outcomes, Owed, Replay};
use rulebook::{ClauseRef, Fact, Law, State, Vocabulary, setting_fits};
use simulator::year::{Plan, PostLoad};

use super::explain::law_under;
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
    /// 改后的规程所在的文件夹（里面有 words.toml）；不写时用现行的
    #[arg(long = "with", value_name = "文件夹")]
    proposed: Option<PathBuf>,
    /// 现行采用哪部规程；可写几次，不写时全部
    #[arg(long = "rulebook", value_name = "规程")]
    books: Vec<String>,
    /// 假定再采用哪部规程；可写几次
    #[arg(long, value_name = "规程")]
    adopt: Vec<String>,
    /// 假定停用哪部规程；可写几次
    #[arg(long, value_name = "规程")]
    leave: Vec<String>,
    /// 假定改哪项设置，写成 名称=值；可写几次
    #[arg(long = "set", value_name = "名称=值")]
    settings: Vec<String>,
    /// 事实文件（行、.csv、.xes）；不写时用数据里的全部事项
    #[arg(long, value_name = "文件")]
    facts: Option<PathBuf>,
    /// 不用真事，编一年：哪一年
    #[arg(long, value_name = "年", conflicts_with_all = ["facts", "site"])]
    year: Option<i16>,
    /// 编一年：换一个数，事就不同；不写时是 7
    #[arg(long, value_name = "数", default_value_t = 7, hide_default_value = true, requires = "year")]
    seed: u64,
    /// 编一年：每个小区多少户；不写时是 2000
    #[arg(long, value_name = "户", default_value_t = 2000, hide_default_value = true, requires = "year")]
    units: u32,
    /// 编一年：每户一年多少件事；不写时是 5
    #[arg(long, value_name = "件", default_value_t = 5, hide_default_value = true, requires = "year")]
    matters: u32,
    /// 编一年：几个小区；不写时是 1
    #[arg(long, value_name = "个", default_value_t = 1, hide_default_value = true, requires = "year")]
    sites: u64,
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
    let trial = proposed.as_ref().unwrap_or(&now);
    for (shelf, named) in [(&now, &arguments.books), (trial, &arguments.adopt), (&now, &arguments.leave)] {
        for id in named {
            let known = || shelf.books.iter().map(|book| book.id.as_str());
            if !known().any(|book| book == id) {
                bail!("没有规程 {id}。现有：{}", known().collect::<Vec<_>>().join("、"));
            }
        }
    }
    let adopted = |id: &str| arguments.books.is_empty() || arguments.books.iter().any(|book| book == id);
    let tried = |id: &str| {
        let named = |list: &[String]| list.iter().any(|book| book == id);
        named(&arguments.adopt) || adopted(id) && !named(&arguments.leave)
    };
    let settings = settings(trial, &arguments.settings)?;
    let before = law_under(&now, adopted, BTreeMap::new(), &calendar, &zone);
    let changed =
        proposed.is_some() || !settings.is_empty() || !arguments.adopt.is_empty() || !arguments.leave.is_empty();
    let after = changed.then(|| law_under(trial, tried, settings, &calendar, &zone));
    let mut out = std::io::stdout().lock();
    if let Some(year) = arguments.year {
        write!(out, "{}", years(arguments, year, &now.words, (&before, after.as_ref()), &zone)?)?;
        return Ok(Ending::Done);
    }
    let past = match &arguments.facts {
        Some(file) => {
            let scenario = happened::read(&now, file, &calendar, &zone)?;
            Past { subjects: scenario.subjects, as_of: scenario.as_of }
        }
        None => past(arguments)?,
    };
    let outcomes = replay(&before, after.as_ref().unwrap_or(&before), &past, &zone);
    write!(out, "{}", told(&outcomes, after.is_some(), &zone))?;
    if after.is_some() {
        write!(out, "{}", new_work(&outcomes, &now))?;
    }
    Ok(Ending::Done)
}

/// The settings of the trial. Refuses a name that no book declares, with the nearest one, and a value of another unit.
fn settings(shelf: &Shelf, written: &[String]) -> anyhow::Result<BTreeMap<String, String>> {
    let mut settings = BTreeMap::new();
    for one in written {
        let (name, value) = one.split_once('=').with_context(|| format!("“{one}”写成 名称=值"))?;
        let declared = || shelf.books.iter().flat_map(|book| &book.settings);
        let Some(known) = declared().find(|it| it.name == name) else {
            let near = nearest(name, declared().map(|it| it.name.as_str()));
            bail!("没有设置“{name}”{}", near.map(|near| format!("；最接近的是“{near}”")).unwrap_or_default());
        };
        if let Err(forms) = setting_fits(&shelf.words, &known.unit, value, &known.choices) {
            bail!("设置“{name}”不能是“{value}”，可写：{forms}");
        }
        settings.insert(name.to_owned(), value.to_owned());
    }
    Ok(settings)
}

/// What a year brought under one law.
struct Year {
    outcomes: Outcomes,
    loads: BTreeMap<&'static str, PostLoad>,
}

/// Lives the year of every site under the law as it is and under the trial, each on its own core, and tells both.
fn years(
    arguments: &Arguments,
    year: i16,
    words: &Vocabulary,
    (before, after): (&Law, Option<&Law>),
    zone: &Zone,
) -> anyhow::Result<String> {
    if !(2020..=2099).contains(&year) || arguments.units == 0 || arguments.sites == 0 || arguments.matters == 0 {
        bail!("编一年：年份 2020 至 2099，户数、件数和小区数至少是 1");
    }
    let begun = std::time::Instant::now();
    let lived = |law| live(arguments, year, law, zone);
    let (was, is) = std::thread::scope(|scope| {
        let other = after.map(|law| scope.spawn(move || lived(law)));
        let was = lived(before);
        (was, other.map(|other| other.join().expect("a law is lived without a panic")))
    });
    let took = begun.elapsed().as_secs_f64();
    let mut outcomes = was.outcomes;
    if let Some(is) = &is {
        for (clause, (kept, _)) in &is.outcomes.kept {
            outcomes.kept.entry(clause.clone()).or_default().1 = *kept;
        }
        for (clause, (figure, _)) in &is.outcomes.figures {
            outcomes.figures.entry(clause.clone()).or_default().1 = figure.clone();
        }
    }
    let mut text = format!(
        "编出的一年：{year} 年，{} 个小区，每个 {} 户，种子 {}\n",
        arguments.sites, arguments.units, arguments.seed
    );
    text.push_str(&told(&outcomes, is.is_some(), zone));
    text.push_str(&attained(&outcomes, is.is_some()));
    text.push_str(&staffing(words, &was.loads, is.as_ref().map(|is| &is.loads)));
    let facts = outcomes.facts + is.as_ref().map_or(0, |is| is.outcomes.facts);
    text.push_str(&format!("编事和判断共 {facts} 条事实，{took:.1} 秒\n"));
    Ok(text)
}

fn live(arguments: &Arguments, year: i16, law: &Law, zone: &Zone) -> Year {
    let as_of = zone.start_of_day(jiff::civil::date(year + 1, 1, 1));
    let mut replay = Replay::new(law, law, as_of, 0);
    let mut loads: BTreeMap<&'static str, PostLoad> = BTreeMap::new();
    for site in 0..arguments.sites {
        let seed = arguments.seed.wrapping_add(site.wrapping_mul(0x9E37_79B9));
        let plan = Plan { year, seed, units: arguments.units, matters: arguments.matters };
        let of_site = simulator::year::live(plan, law, zone, |subject, facts| replay.subject(subject, facts));
        for (post, load) in of_site.posts() {
            loads.entry(post).or_default().add(load);
        }
    }
    let (first, last) = (jiff::civil::date(year, 1, 1), jiff::civil::date(year, 12, 31));
    Year { outcomes: replay.finish(first, last), loads }
}

/// Rates of the year: in how many periods each reached its target.
fn attained(outcomes: &Outcomes, compared: bool) -> String {
    let mut rates: BTreeMap<&ClauseRef, [(u64, u64); 2]> = BTreeMap::new();
    for ((clause, _), (was, is)) in &outcomes.figures {
        let both = rates.entry(clause).or_default();
        for (slot, figure) in both.iter_mut().zip([was, is]) {
            if let Some(reached) = figure.as_ref().and_then(|figure| figure.on_target) {
                slot.0 += u64::from(reached);
                slot.1 += 1;
            }
        }
    }
    rates.retain(|_, both| both.iter().any(|(_, all)| *all > 0));
    if rates.is_empty() {
        return String::new();
    }
    let mut rows = vec![["比率", "达标期数"].map(str::to_owned).to_vec()];
    for (clause, [was, is]) in rates {
        let said = |(reached, all): (u64, u64)| format!("{reached}/{all}");
        let both = if compared && was != is { format!("{}→{}", said(was), said(is)) } else { said(was) };
        rows.push(vec![format!("{}/{}", clause.book, clause.id), both]);
    }
    format!("\n{}", lines(&[Align::Left, Align::Right], &rows))
}

/// The staff model and how busy it was: people, acts a day, share of their time, the busiest hour.
fn staffing(
    words: &Vocabulary,
    was: &BTreeMap<&'static str, PostLoad>,
    is: Option<&BTreeMap<&'static str, PostLoad>>,
) -> String {
    let head = ["人手模型", "白天", "夜里", "每天办", "占用", "最忙的钟点", "平均等人手"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let pair = |was: String, is: Option<String>| match is {
        Some(is) if is != was => format!("{was}→{is}"),
        _ => was,
    };
    for (post, load) in was {
        let other = is.and_then(|is| is.get(post));
        let both = |said: fn(&PostLoad) -> String| pair(said(load), other.map(said));
        rows.push(vec![
            words.post_of_id(post).map_or(*post, |place| &words.posts[place].zh).to_owned(),
            load.day.to_string(),
            load.night.to_string(),
            both(|it| (it.acts / 365).to_string()),
            both(|it| format!("{}%", it.busy())),
            both(|it| it.busiest().map_or("—".to_owned(), |(hour, share)| format!("{hour} 点 {share}%"))),
            both(|it| format!("{} 分钟", it.waited / it.acts.max(1))),
        ]);
    }
    let mut columns = vec![Align::Right; head.len()];
    columns[0] = Align::Left;
    format!("\n{}", lines(&columns, &rows))
}

/// Work that only the trial asks for, by post and the hour at which it begins.
fn new_work(outcomes: &Outcomes, shelf: &Shelf) -> String {
    if outcomes.new_work.is_empty() {
        return String::new();
    }
    let mut posts: BTreeMap<&str, (u64, [u64; 24])> = BTreeMap::new();
    for ((post, hour), count) in &outcomes.new_work {
        let of_post = posts.entry(post).or_default();
        of_post.0 += count;
        of_post.1[usize::from(*hour).min(23)] += count;
    }
    let mut rows = vec![["新增的活", "项", "最多的钟点"].map(str::to_owned).to_vec()];
    for (post, (all, hours)) in posts {
        let word =
            shelf.words.post_of_id(post).map_or("（没有写明由谁）", |place| &shelf.words.posts[place].zh);
        let most = hours.iter().enumerate().max_by_key(|(hour, count)| (**count, std::cmp::Reverse(*hour)));
        let most = most.map_or(String::new(), |(hour, count)| format!("{hour} 点 {count}"));
        rows.push(vec![word.to_owned(), all.to_string(), most]);
    }
    format!("以前没有要求、所以不判断的：\n{}", lines(&[Align::Left, Align::Right, Align::Left], &rows))
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
