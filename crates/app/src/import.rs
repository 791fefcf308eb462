//! `huiyin import` (导入): the household ledger or the price list from a workbook or CSV; nothing half-imported, every bad row
//! told.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use courier::headed::{BadRow, Columns};
use courier::ledger::{self, Sheet};
use courier::prices;
use journal::House;
use office::Actor;

use crate::account;
use crate::configuration::{self, DataArguments};
use crate::ending::Ending;
use crate::open::{self, Views};
use crate::table::{Align, lines};

/// Bad rows shown at most; their number is always told.
const SHOWN: usize = 200;

/// 导入命令
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 导入业主台账（.xlsx、.xls、.csv）；再导一次只改变了的，不会重复
    Households(Import),
    /// 导入有偿维修收费标准（.xlsx、.xls、.csv）；再导一次只改变了的，不会重复
    Prices(Import),
    /// 写出一份样表，照着填
    Sample(Sample),
}

#[derive(Debug, Args)]
struct Import {
    /// 工作簿或 CSV 文件
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 工作表的名字；只有一张表时可以不写
    #[arg(long, value_name = "名字")]
    sheet: Option<String>,
    /// 只看会怎样，不写入
    #[arg(long)]
    dry_run: bool,
    /// 有坏行也导入好的行；不写时，有一行坏就一行都不导
    #[arg(long)]
    skip_bad: bool,
    /// 哪个项目，按编号；只有一个项目时可以不写
    #[arg(long, value_name = "编号")]
    site: Option<i64>,
    #[command(flatten)]
    data: DataArguments,
}

#[derive(Debug, Args)]
struct Sample {
    /// 写到哪个文件
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 收费标准的样表，不写就是业主台账的
    #[arg(long)]
    prices: bool,
}

/// Carries out a command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    match &arguments.command {
        Command::Households(arguments) => households(arguments),
        Command::Prices(arguments) => price_list(arguments),
        Command::Sample(sample) => {
            let bytes = if sample.prices { prices::sample() } else { ledger::sample() }.context("做样表")?;
            if sample.file.exists() {
                bail!("{} 已存在，不覆盖", sample.file.display());
            }
            std::fs::write(&sample.file, bytes).with_context(|| format!("写不了 {}", sample.file.display()))?;
            println!("样表已写到 {}", sample.file.display());
            Ok(Ending::Done)
        }
    }
}

fn households(arguments: &Import) -> anyhow::Result<Ending> {
    let draft = ledger::read(&arguments.sheet()?);
    let headings = draft.headings.iter().map(|it| (it.written.as_str(), it.column.map(ledger::Column::heading)));
    let read = Read { headings: headings.collect(), skipped: &draft.skipped, bad: &draft.bad, good: draft.rows.len() };
    let Some(ending) = arguments.judged(&read)? else { return Ok(Ending::NotInOrder) };
    if arguments.dry_run {
        return Ok(ending);
    }
    let rows = draft.rows.iter().map(|(_, row)| row.clone()).collect();
    let done = arguments.write(async |house, site| {
        house.import_households(account::sent(site)?, rows).await.map_err(|fault| open::refused(&fault))
    })?;
    println!("已导入：新增 {} 户，改动 {} 户，没变 {} 户。", done.added, done.changed, done.unchanged);
    if done.kept > 0 {
        println!("其中 {} 户保留了过户以后的业主；台账确实更新的，请在“设置—住户台账”里预览后逐户勾选。", done.kept);
    }
    Ok(ending)
}

fn price_list(arguments: &Import) -> anyhow::Result<Ending> {
    let today = calendar::Zone::shanghai().date(crate::clock::machine_now());
    let draft = prices::read(&arguments.sheet()?, today);
    let headings = draft.headings.iter().map(|it| (it.written.as_str(), it.column.map(prices::Column::heading)));
    let read = Read { headings: headings.collect(), skipped: &draft.skipped, bad: &draft.bad, good: draft.rows.len() };
    let Some(ending) = arguments.judged(&read)? else { return Ok(Ending::NotInOrder) };
    if arguments.dry_run {
        return Ok(ending);
    }
    let rows = draft.rows.iter().map(|(_, price)| price.clone()).collect();
    let done = arguments.write(async |house, site| {
        let sent = account::sent(site)?;
        let actor = Actor {
            account: sent.actor.clone(),
            name: String::new(),
            posts: vec![sent.post.clone()],
            area: String::new(),
        };
        house.import_prices(sent, actor, rows).await.map_err(|fault| open::refused(&fault))
    })?;
    println!("已导入：新增 {} 项，另定价 {} 项，没变 {} 项。", done.added, done.changed, done.unchanged);
    Ok(ending)
}

impl Import {
    /// The sheet that is to be read.
    fn sheet(&self) -> anyhow::Result<Sheet> {
        let shown = self.file.display();
        let bytes = std::fs::read(&self.file).with_context(|| format!("读不了 {shown}"))?;
        let sheets = ledger::sheets(&bytes).map_err(|why| anyhow!("{shown}：{why}"))?;
        chosen(&sheets, self.sheet.as_deref()).cloned()
    }

    /// Tells what was read, and how the command ends when it is written; none when it must not be.
    fn judged(&self, read: &Read<'_>) -> anyhow::Result<Option<Ending>> {
        print!("{}", told(read));
        if !read.bad.is_empty() && !self.skip_bad {
            println!("有坏行，一行都没有导入。改好再导；或加 --skip-bad 只导好的行。");
            return Ok(None);
        }
        if self.dry_run {
            println!("--dry-run：没有写入。");
        }
        Ok(Some(if read.bad.is_empty() { Ending::Done } else { Ending::NotInOrder }))
    }

    /// Writes to the store of the site.
    fn write<T>(
        &self,
        run: impl AsyncFnOnce(&House, i64) -> anyhow::Result<Result<journal::Acted<T>, office::Refusal>>,
    ) -> anyhow::Result<T> {
        let house = open::house(&configuration::data(&self.data, configuration::DATA)?, Views::Current)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("启动运行环境")?;
        let done = runtime.block_on(async {
            let site = account::site(&house, self.site).await?;
            run(&house, site).await?.map_err(|refusal| anyhow!("{refusal}"))
        })?;
        Ok(done.answer)
    }
}

/// What was read of a file.
struct Read<'a> {
    /// What stands over a column and what it was taken for.
    headings: Vec<(&'a str, Option<&'static str>)>,
    skipped: &'a [(usize, String)],
    bad: &'a [BadRow],
    good: usize,
}

/// The sheet of this name, or the only one.
fn chosen<'a>(sheets: &'a [Sheet], name: Option<&str>) -> anyhow::Result<&'a Sheet> {
    let names = || sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join("、");
    match (sheets, name) {
        ([], _) => bail!("文件里没有工作表"),
        (_, Some(name)) => sheets
            .iter()
            .find(|sheet| sheet.name == name)
            .with_context(|| format!("没有工作表“{name}”；现有：{}", names())),
        ([only], None) => Ok(only),
        (_, None) => bail!("有几张工作表，请用 --sheet 写明：{}", names()),
    }
}

/// What was read, as lines.
fn told(read: &Read<'_>) -> String {
    let mut text = String::new();
    for (written, column) in &read.headings {
        text.push_str(&format!("列 {written} → {}\n", column.unwrap_or("（不导入）")));
    }
    for (row, why) in read.skipped {
        text.push_str(&format!("第 {row} 行略过：{why}\n"));
    }
    if !read.bad.is_empty() {
        let mut rows = vec![["行", "列", "内容", "原因"].map(str::to_owned).to_vec()];
        rows.extend(
            read.bad
                .iter()
                .take(SHOWN)
                .map(|bad| vec![bad.row.to_string(), bad.column.clone(), bad.shown.clone(), bad.reason.clone()]),
        );
        text.push_str(&lines(&[Align::Right, Align::Left, Align::Left, Align::Left], &rows));
        if read.bad.len() > SHOWN {
            text.push_str(&format!("……共 {} 处不行，只列前 {SHOWN} 处\n", read.bad.len()));
        }
    }
    // A row may have several reasons.
    let rows: BTreeSet<usize> = read.bad.iter().map(|bad| bad.row).collect();
    text.push_str(&format!("好行 {}，坏行 {}。\n", read.good, rows.len()));
    text
}
