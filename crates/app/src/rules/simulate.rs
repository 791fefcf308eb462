//! `huiyin rules simulate` (推演): the same facts under the rulebooks as they are and as somebody proposes them; or a year of a
//! made-up estate lived under each, to see what breaks and how busy every post is.

mod told;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, bail};
use calendar::{DayOrder, Moment, Zone};
use clap::Args;
use rulebook::nearest::nearest;
use rulebook::simulate::{Lived, MadeUp, Outcomes, Replay};
use rulebook::{Lang, Law, setting_fits};

use super::explain::law_under;
use super::happened;
use crate::account;
use crate::clock::machine_now;
use crate::configuration::{self, DataArguments};
use crate::ending::Ending;
use crate::open::{self, Views};
use crate::shelf::{self, Shelf, texts};
use told::Told;

/// Cases read at once.
const PAGE: i64 = 200;
/// Threads of a made-up year.
const THREADS: usize = 2;

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
    /// 假定哪天上班（调休），写成 2026-10-10；可写几次
    #[arg(long = "work-day", value_name = "日期")]
    work_days: Vec<jiff::civil::Date>,
    /// 假定哪天放假；可写几次
    #[arg(long = "rest-day", value_name = "日期")]
    rest_days: Vec<jiff::civil::Date>,
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
    /// 结果不同的事项写出几件，连同两边的推导；不写时是 5
    #[arg(long, value_name = "件", default_value_t = 5, hide_default_value = true)]
    cases: usize,
    /// 用 JSON 输出
    #[arg(long)]
    json: bool,
    /// 数据里的哪个项目，按编号；只有一个项目时可以不写
    #[arg(long, value_name = "编号", conflicts_with = "facts")]
    site: Option<i64>,
    #[command(flatten)]
    data: DataArguments,
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
    let orders = orders(arguments);
    let before = law_under(&now, adopted, BTreeMap::new(), &calendar, &zone);
    let changed = proposed.is_some()
        || !settings.is_empty()
        || !orders.is_empty()
        || !arguments.adopt.is_empty()
        || !arguments.leave.is_empty();
    let tried_calendar = calendar.with_orders(orders);
    let after = changed.then(|| law_under(trial, tried, settings, &tried_calendar, &zone));
    let told = Told { compared: changed, words: &now.words, zone: &zone };
    let mut out = std::io::stdout().lock();
    if let Some(year) = arguments.year {
        let begun = std::time::Instant::now();
        let lived = lived(arguments, year, &before, after.as_ref())?;
        if arguments.json {
            writeln!(out, "{}", told.json(&lived.outcomes, Some(&lived.loads))?)?;
            return Ok(Ending::Done);
        }
        let (sites, units, seed) = (arguments.sites, arguments.units, arguments.seed);
        writeln!(out, "编出的一年：{year} 年，{sites} 个小区，每个 {units} 户，种子 {seed}")?;
        write!(out, "{}{}", told.text(&lived.outcomes), told.staffing(&lived.loads))?;
        let facts = lived.outcomes.facts + lived.outcomes.facts_after;
        let took = begun.elapsed().as_secs_f64();
        writeln!(out, "编事和判断共 {facts} 条事实，{took:.1} 秒，两个线程")?;
        return Ok(Ending::Done);
    }
    let trial_law = after.as_ref().unwrap_or(&before);
    let outcomes = match &arguments.facts {
        Some(file) => {
            let scenario = happened::read(&now, file, &calendar, &zone)?;
            let mut past = Past::new(&before, trial_law, scenario.as_of, arguments.cases);
            scenario.subjects.iter().for_each(|(subject, facts)| past.subject(subject, facts));
            past.finish(&zone)
        }
        None => of_data(arguments, &before, trial_law, &zone)?,
    };
    match arguments.json {
        true => writeln!(out, "{}", told.json(&outcomes, None)?)?,
        false => write!(out, "{}", told.text(&outcomes))?,
    }
    Ok(Ending::Done)
}

/// A replay of what happened, from its first fact on.
struct Past<'a> {
    replay: Replay<'a>,
    as_of: Moment,
    first: Moment,
}

impl<'a> Past<'a> {
    fn new(before: &'a Law, after: &'a Law, as_of: Moment, cases: usize) -> Past<'a> {
        Past { replay: Replay::new(before, after, as_of, cases), as_of, first: as_of }
    }

    fn subject(&mut self, subject: &str, facts: &[rulebook::Fact]) {
        self.first = facts.iter().map(|fact| fact.at).fold(self.first, Moment::min);
        self.replay.subject(subject, facts);
    }

    fn finish(self, zone: &Zone) -> Outcomes {
        self.replay.finish(zone.date(self.first), zone.date(self.as_of))
    }
}

/// Days that the trial settles otherwise.
fn orders(arguments: &Arguments) -> Vec<DayOrder> {
    let worked = arguments.work_days.iter().map(|date| (*date, true));
    let all = worked.chain(arguments.rest_days.iter().map(|date| (*date, false)));
    all.map(|(date, workday)| DayOrder::always(date, workday, "假定")).collect()
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

/// Lives the year of every site under the law as it is and under the trial.
fn lived(arguments: &Arguments, year: i16, before: &Law, after: Option<&Law>) -> anyhow::Result<Lived> {
    let Arguments { seed, sites, units, matters, .. } = *arguments;
    if !(2020..=2099).contains(&year) || units == 0 || sites == 0 || matters == 0 {
        bail!("编一年：年份 2020 至 2099，户数、件数和小区数至少是 1");
    }
    let (keep, lang, threads) = (arguments.cases, Lang::Chinese, THREADS);
    Ok(simulator::year::made(MadeUp { year, seed, sites, units, matters, keep, lang, threads }, before, after))
}

/// Every case of the data, page by page.
fn of_data(arguments: &Arguments, before: &Law, after: &Law, zone: &Zone) -> anyhow::Result<Outcomes> {
    let house = open::house(&configuration::data(&arguments.data, configuration::DATA)?, Views::Current)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("启动运行环境")?;
    let now = machine_now();
    let mut past = Past::new(before, after, now, arguments.cases);
    runtime.block_on(async {
        let site = account::site(&house, arguments.site).await?;
        let mut filter = journal::reads::CaseFilter { limit: PAGE, ..Default::default() };
        loop {
            let page = house.cases(site, filter.clone(), now).await.map_err(|fault| open::refused(&fault))?;
            for row in page.rows {
                let case = house.case(site, row.id).await.map_err(|fault| open::refused(&fault))?;
                if let Some(case) = case {
                    past.subject(&case.number, &case.facts());
                }
            }
            match page.next {
                Some(next) => filter.after = Some(next),
                None => return anyhow::Ok(()),
            }
        }
    })?;
    Ok(past.finish(zone))
}
