//! `huiyin follow-up` (回访): the draws of follow-ups recomputed from the journal or from an export of it.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use journal::House;
use journal::house::CheckedDraw;

use crate::configuration::{self, DataArguments, DataPlace};
use crate::ending::Ending;
use crate::open::{self, Views};
use crate::{account, log};

/// 回访命令
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    log: log::LogArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 复核抽取：用抽取以前的日志重算每一次，种子、名单、件数、次序有一样不同就指出
    VerifyDraw(VerifyDraw),
}

#[derive(Debug, Args)]
struct VerifyDraw {
    /// 复核一个日志导出文件，不看数据
    #[arg(long, value_name = "文件")]
    export: Option<PathBuf>,
    /// 哪个项目，按编号；只有一个项目时可以不写
    #[arg(long, value_name = "编号", conflicts_with = "export")]
    site: Option<i64>,
    #[command(flatten)]
    data: DataArguments,
}

/// Carries out a command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let Command::VerifyDraw(verify) = &arguments.command;
    log::start(&arguments.log, "warn")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("启动运行环境")?;
    let data = configuration::data(&verify.data, configuration::DATA)?;
    if let Some(file) = &verify.export {
        let folder = tempfile::tempdir().context("建不了临时文件夹")?;
        let (house, site) = imported(file, folder.path(), &data)?;
        return told(&runtime.block_on(house.verify_draws(site)).map_err(|fault| open::refused(&fault))?);
    }
    if data.database.is_none() && !data.folder.is_dir() {
        bail!("没有数据文件夹 {}", data.folder.display());
    }
    let house = open::house(&data, Views::Current)?;
    let site = runtime.block_on(account::site(&house, verify.site))?;
    told(&runtime.block_on(house.verify_draws(site)).map_err(|fault| open::refused(&fault))?)
}

/// A store of its own that holds nothing but the export.
fn imported(file: &Path, folder: &Path, data: &DataPlace) -> anyhow::Result<(House, i64)> {
    let place =
        DataPlace { folder: folder.to_path_buf(), database: None, keys: None, rulebooks: data.rulebooks.clone() };
    let house = open::house(&place, Views::AsTheyAre)?;
    let opened = std::fs::File::open(file).with_context(|| format!("读不了 {}", file.display()))?;
    let taken = house.store().import(&mut std::io::BufReader::new(opened)).map_err(|fault| open::refused(&fault))?;
    match taken {
        Ok(verified) => Ok((house, verified.site)),
        Err(broken) => bail!("{broken}"),
    }
}

fn told(checked: &[CheckedDraw]) -> anyhow::Result<Ending> {
    if checked.is_empty() {
        println!("日志里没有抽取过回访。");
        return Ok(Ending::Done);
    }
    let zone = calendar::Zone::shanghai();
    for one in checked {
        let at = zone.civil(one.at).strftime("%Y-%m-%d %H:%M");
        let draw = &one.draw;
        let verdict = if one.wrong.is_empty() { "相符" } else { "不符" };
        let (of, drawn) = (draw.candidates.len(), draw.drawn.len());
        println!("{verdict}  {at}  第 {} 条  {} {}  从 {of} 件里抽 {drawn} 件", one.seq, draw.rule(), draw.period);
        for wrong in &one.wrong {
            println!("      {wrong}");
        }
    }
    let wrong = checked.iter().filter(|one| !one.wrong.is_empty()).count();
    println!("共 {} 次，{} 次相符，{wrong} 次不符。", checked.len(), checked.len() - wrong);
    Ok(if wrong == 0 { Ending::Done } else { Ending::NotInOrder })
}
