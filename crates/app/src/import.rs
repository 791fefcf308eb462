//! `huiyin import` (导入): the household ledger from a workbook or CSV; nothing half-imported, every bad row told.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use courier::ledger::{self, Draft, Sheet};

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
    Households(Households),
    /// 写出一份样表，照着填
    Sample(Sample),
}

#[derive(Debug, Args)]
struct Households {
    /// 台账文件
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
}

/// Carries out a command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    match &arguments.command {
        Command::Households(households) => self::households(households),
        Command::Sample(sample) => {
            let bytes = ledger::sample().context("做样表")?;
            if sample.file.exists() {
                bail!("{} 已存在，不覆盖", sample.file.display());
            }
            std::fs::write(&sample.file, bytes).with_context(|| format!("写不了 {}", sample.file.display()))?;
            println!("样表已写到 {}", sample.file.display());
            Ok(Ending::Done)
        }
    }
}

fn households(arguments: &Households) -> anyhow::Result<Ending> {
    let shown = arguments.file.display();
    let bytes = std::fs::read(&arguments.file).with_context(|| format!("读不了 {shown}"))?;
    let sheets = ledger::sheets(&bytes).map_err(|why| anyhow!("{shown}：{why}"))?;
    let draft = ledger::read(chosen(&sheets, arguments.sheet.as_deref())?);
    print!("{}", told(&draft));
    if !draft.bad.is_empty() && !arguments.skip_bad {
        println!("有坏行，一行都没有导入。改好再导；或加 --skip-bad 只导好的行。");
        return Ok(Ending::NotInOrder);
    }
    if arguments.dry_run {
        println!("--dry-run：没有写入。");
        return Ok(ending(&draft));
    }
    let house = open::house(&configuration::data(&arguments.data, configuration::DATA)?, Views::Current)?;
    let rows = draft.rows.iter().map(|(_, row)| row.clone()).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("启动运行环境")?;
    let imported = runtime.block_on(async {
        let site = account::site(&house, arguments.site).await?;
        let imported = house.import_households(account::sent(site)?, rows).await;
        imported.map_err(|fault| open::refused(&fault))?.map_err(|refusal| anyhow!("{refusal}"))
    })?;
    let done = imported.answer;
    println!("已导入：新增 {} 户，改动 {} 户，没变 {} 户。", done.added, done.changed, done.unchanged);
    Ok(ending(&draft))
}

fn ending(draft: &Draft) -> Ending {
    if draft.bad.is_empty() { Ending::Done } else { Ending::NotInOrder }
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
fn told(draft: &Draft) -> String {
    let mut text = String::new();
    for heading in &draft.headings {
        let column = heading.column.map_or("（不导入）", ledger::Column::heading);
        text.push_str(&format!("列 {} → {column}\n", heading.written));
    }
    for (row, why) in &draft.skipped {
        text.push_str(&format!("第 {row} 行略过：{why}\n"));
    }
    if !draft.bad.is_empty() {
        let mut rows = vec![["行", "列", "内容", "原因"].map(str::to_owned).to_vec()];
        rows.extend(
            draft
                .bad
                .iter()
                .take(SHOWN)
                .map(|bad| vec![bad.row.to_string(), bad.column.clone(), bad.shown.clone(), bad.reason.clone()]),
        );
        text.push_str(&lines(&[Align::Right, Align::Left, Align::Left, Align::Left], &rows));
        if draft.bad.len() > SHOWN {
            text.push_str(&format!("……共 {} 处不行，只列前 {SHOWN} 处\n", draft.bad.len()));
        }
    }
    // A row may have several reasons.
    let rows: BTreeSet<usize> = draft.bad.iter().map(|bad| bad.row).collect();
    text.push_str(&format!("好行 {}，坏行 {}。\n", draft.rows.len(), rows.len()));
    text
}
