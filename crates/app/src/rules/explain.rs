//! `huiyin rules explain` (解释): where each due moment comes from and what became of it, step by step.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, bail};
use calendar::{CivilMoment, DueAt, Moment, Zone, words};
use clap::Args;
use rulebook::model::Rule;
use rulebook::{Adoption, Charter, Derived, Examiner, Fact, Lang, Law, Obligation, State, Vocabulary};

use super::{Source, happened};
use crate::account;
use crate::clock::machine_now;
use crate::configuration::{self, DataArguments};
use crate::ending::Ending;
use crate::open::{self, Views};
use crate::shelf::{self, Shelf};

/// 解释时限
#[derive(Debug, Args)]
pub struct Arguments {
    /// 规程/条款：解释它的示例，例如 complaint-instruction/4.2.3f
    #[arg(value_name = "条款", conflicts_with_all = ["facts", "case"], required_unless_present_any = ["facts", "case"])]
    name: Option<String>,
    /// 事实文件：每行“时间 [主体] 事件 由 岗位 属性=值”，或 .csv、.xes 日志
    #[arg(long, value_name = "文件", conflicts_with = "case")]
    facts: Option<PathBuf>,
    /// 数据里的一件事项，写编号，例如 TS-202611-0001
    #[arg(long, value_name = "编号")]
    case: Option<String>,
    /// 事项在哪个项目，按编号；只有一个项目时可以不写
    #[arg(long, value_name = "编号", requires = "case")]
    site: Option<i64>,
    /// 在哪一刻看，例如 "2026-11-20 18:00"；不写时：事项看现在，示例和文件看最后一件事
    #[arg(long, value_name = "时刻")]
    at: Option<String>,
    /// 语言：zh 中文（不写时）、en 英文
    #[arg(long, value_name = "语言", hide_possible_values = true)]
    lang: Option<super::Speech>,
    #[command(flatten)]
    data: DataArguments,
}

/// Prints the explanations.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let source = Source { rulebooks: arguments.data.rulebooks().map(PathBuf::from), lang: arguments.lang };
    let zone = Zone::shanghai();
    let at = match &arguments.at {
        Some(written) => Some(moment(written, &zone)?),
        None => None,
    };
    let mut out = std::io::stdout().lock();
    if let Some(case) = &arguments.case {
        write!(out, "{}", of_case(arguments, case, at, source.lang())?)?;
        return Ok(Ending::Done);
    }
    let shelf = source.shelf(&[])?;
    let calendar = shelf::calendar()?;
    let teller = Teller { words: &shelf.words, zone: &zone, lang: source.lang() };
    if let Some(file) = &arguments.facts {
        let scenario = happened::read(&shelf, file, &calendar, &zone)?;
        let law = law_of(&shelf, &calendar, &zone);
        let as_of = at.unwrap_or(scenario.as_of);
        for (subject, facts) in &scenario.subjects {
            write!(out, "{}", teller.subject(&law, subject, facts, as_of, |_| true))?;
        }
        return Ok(Ending::Done);
    }
    let name = arguments.name.as_deref().unwrap_or_default();
    write!(out, "{}", of_examples(&shelf, &calendar, &teller, name, at)?)?;
    Ok(Ending::Done)
}

/// Every book of the shelf adopted long ago, everything at its default.
pub fn law_of(shelf: &Shelf, calendar: &calendar::Calendar, zone: &Zone) -> Law {
    law_under(shelf, |_| true, BTreeMap::new(), calendar, zone)
}

/// The books that are wanted adopted long ago, with these settings.
pub fn law_under(
    shelf: &Shelf,
    wanted: impl Fn(&str) -> bool,
    settings: BTreeMap<String, String>,
    calendar: &calendar::Calendar,
    zone: &Zone,
) -> Law {
    let from = zone.start_of_day(jiff::civil::date(2000, 1, 1));
    let books = shelf.books.iter().filter(|book| wanted(&book.id));
    let adoptions = books.map(|book| Adoption::whole(&book.id, &book.digest, from)).collect();
    let charter = Charter { adoptions, settings, ..Charter::default() };
    Law::compile(&shelf.books, &shelf.words, &charter, calendar, zone).0
}

/// A moment as people write it.
pub(super) fn moment(written: &str, zone: &Zone) -> anyhow::Result<Moment> {
    let civil = CivilMoment::parse(written).ok().with_context(|| format!("时刻“{written}”写成 YYYY-MM-DD HH:MM"))?;
    Ok(civil.moment(zone))
}

fn of_examples(
    shelf: &Shelf,
    calendar: &calendar::Calendar,
    teller: &Teller<'_>,
    name: &str,
    at: Option<Moment>,
) -> anyhow::Result<String> {
    let examiner = Examiner::new(&shelf.words, &shelf.books, calendar, teller.zone);
    let mut text = String::new();
    for named in shelf.named(name)? {
        let place = shelf.books.iter().position(|book| book.id == named.book.id).unwrap_or_default();
        let asked: Vec<&Rule> = named.rule.map_or_else(|| named.clause.rules.iter().collect(), |rule| vec![rule]);
        let covers = |id: &str| asked.iter().any(|rule| rule.id.value == id);
        let all = named.book.clauses.iter().flat_map(|clause| clause.examples.iter().map(move |one| (clause, one)));
        for (clause, example) in all.filter(|(_, one)| one.covers.iter().any(|id| covers(&id.value))) {
            let Ok((law, scenario)) = examiner.scenario(place, clause, example) else {
                bail!("示例“{}”读不懂，先运行 huiyin rules check", example.name.value);
            };
            let _ = writeln!(text, "【{}】", example.name.value);
            for happens in &example.happens {
                let _ = writeln!(text, "  {}", happens.value);
            }
            let as_of = at.unwrap_or(scenario.as_of);
            for (subject, facts) in &scenario.subjects {
                let of_clause = |one: &Obligation| one.clause.book == named.book.id && covers(&one.clause.id);
                text.push_str(&teller.subject(&law, subject, facts, as_of, of_clause));
            }
            text.push('\n');
        }
    }
    if text.is_empty() {
        bail!("{name} 没有示例");
    }
    Ok(text)
}

fn of_case(arguments: &Arguments, number: &str, at: Option<Moment>, lang: Lang) -> anyhow::Result<String> {
    let house = open::house(&configuration::data(&arguments.data, configuration::DATA)?, Views::Current)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("启动运行环境")?;
    let (case, law) = runtime.block_on(async {
        let site = account::site(&house, arguments.site).await?;
        let case = house.case(site, number.to_owned()).await.map_err(|fault| open::refused(&fault))?;
        let case = case.with_context(|| format!("没有事项 {number}"))?;
        let laws = std::sync::Arc::clone(house.laws());
        let law = house.read(move |tx| laws.of_site(tx, site)).await.map_err(|fault| open::refused(&fault))?;
        anyhow::Ok((case, law))
    })?;
    let teller = Teller { words: &house.laws().vocabulary, zone: &house.laws().zone, lang };
    let as_of = at.unwrap_or_else(machine_now);
    Ok(format!(
        "{} {}\n{}",
        case.number,
        case.title,
        teller.subject(&law.law, &case.id, &case.facts(), as_of, |_| true)
    ))
}

/// Says what the engine answers.
struct Teller<'a> {
    words: &'a Vocabulary,
    zone: &'a Zone,
    lang: Lang,
}

impl Teller<'_> {
    /// The obligations of a subject that `wanted` picks, each with its steps.
    fn subject(
        &self,
        law: &Law,
        subject: &str,
        facts: &[Fact],
        as_of: Moment,
        wanted: impl Fn(&Obligation) -> bool,
    ) -> String {
        let derived: Derived = law.derive(subject, facts, as_of);
        let mut text = String::new();
        if !subject.is_empty() {
            let _ = writeln!(text, "[{subject}]");
        }
        for one in derived.obligations.iter().filter(|one| wanted(one)) {
            let due = one.due.map(|at| words::exact(self.zone, DueAt { at, end_of_day: one.end_of_day }));
            let due = due.unwrap_or_else(|| self.say("无期限", "no limit").to_owned());
            let must: Vec<&str> = one.must.iter().map(|id| self.fact(id)).collect();
            let must = must.join(self.say("、", ", "));
            let limit = self.say("限", "due");
            let _ =
                writeln!(text, "● {must}  {limit} {due}  {}  ({}/{})", self.state(one), one.clause.book, one.clause.id);
            for step in law.explain_in(self.lang, subject, facts, &one.id, as_of) {
                let basis = step.basis.map(|basis| format!("  [{basis}]")).unwrap_or_default();
                let _ = writeln!(text, "    {}{basis}", step.text);
            }
        }
        for told in derived.escalations.iter().filter(|told| told.fired) {
            let at = words::exact(self.zone, DueAt { at: told.at, end_of_day: false });
            let to =
                self.words.post_of_id(&told.to).map_or(told.to.as_str(), |place| self.words.posts[place].zh.as_str());
            let _ = writeln!(
                text,
                "▲ {} {to}  {at}  ({}/{})",
                self.say("上报", "told to"),
                told.clause.book,
                told.clause.id
            );
        }
        text
    }

    fn fact<'a>(&'a self, id: &'a str) -> &'a str {
        match self.words.fact_of_id(id).map(|place| &self.words.facts[place]) {
            Some(word) if self.lang == Lang::Chinese => &word.zh,
            Some(word) => &word.en,
            None => id,
        }
    }

    fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        if self.lang == Lang::Chinese { zh } else { en }
    }

    fn state(&self, one: &Obligation) -> &'static str {
        let (zh, en) = match one.state {
            State::Met => ("按时", "in time"),
            State::MetLate | State::Overdue if one.soft => ("软提醒", "reminded"),
            State::MetLate => ("逾期", "late"),
            State::Open => ("未到期", "not due"),
            State::Overdue => ("超时", "overdue"),
            State::Missed => ("未办", "missed"),
            State::Waived => ("免办", "waived"),
            State::NotApplicable => ("不适用", "not applicable"),
        };
        if self.lang == Lang::Chinese { zh } else { en }
    }
}
