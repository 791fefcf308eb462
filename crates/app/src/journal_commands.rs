//! `huiyin journal` and `huiyin backup` (日志与备份): verify, rebuild, export, erase a person; copies that were opened again.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use journal::{House, Store, Verified};

use crate::account;
use crate::configuration::{self, DataArguments};
use crate::ending::Ending;
use crate::open::{self, Views};
use crate::{log, os};

/// The company's own journal stands before the sites'.
const COMPANY: (i64, &str) = (0, "公司");

/// 日志命令
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    log: log::LogArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 验链：逐条核对日志的摘要，指出第一处断裂
    Verify(Verify),
    /// 重建视图：删掉全部视图，从日志重放
    Rebuild(DataArguments),
    /// 导出一个项目的日志，每条一行 JSON；个人信息是密文
    Export(Export),
    /// 抹除一个人：销毁密钥，姓名电话照片不能恢复，日志的链不断
    Erase(Erase),
}

#[derive(Debug, Args)]
struct Verify {
    /// 验一个导出文件，不验数据
    #[arg(long, value_name = "文件")]
    export: Option<PathBuf>,
    #[command(flatten)]
    data: DataArguments,
}

#[derive(Debug, Args)]
struct Erase {
    /// 谁：台账上的人写编号，例如 person:3-2-501-1；不在册的来人写事项编号。写别的只列出可能是谁
    #[arg(value_name = "人")]
    person: String,
    /// 依据什么抹除；会留在日志里，不要写姓名电话
    #[arg(long, value_name = "原因")]
    reason: String,
    /// 哪个项目，按编号；只有一个项目时可以不写
    #[arg(long, value_name = "编号")]
    site: Option<i64>,
    #[command(flatten)]
    data: DataArguments,
}

#[derive(Debug, Args)]
struct Export {
    /// 写到哪个文件
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 哪个项目，按编号；0 是公司
    #[arg(long, value_name = "编号", default_value_t = 1, hide_default_value = true)]
    site: i64,
    /// 把个人信息的密钥导出到这个文件；要与日志分开保管
    #[arg(long, value_name = "文件")]
    keys_to: Option<PathBuf>,
    #[command(flatten)]
    data: DataArguments,
}

/// Carries out a command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    match &arguments.command {
        Command::Verify(verify) => {
            log::start(&arguments.log, "warn")?;
            self::verify(verify)
        }
        Command::Rebuild(data) => {
            log::start(&arguments.log, "info")?;
            let house = house(data)?;
            open::rebuild_views(house.store())?;
            println!("视图已重建。");
            Ok(Ending::Done)
        }
        Command::Erase(erase) => {
            log::start(&arguments.log, "warn")?;
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.context("启动运行环境")?.block_on(self::erase(erase))
        }
        Command::Export(export) => {
            log::start(&arguments.log, "warn")?;
            self::export(export)
        }
    }
}

async fn erase(arguments: &Erase) -> anyhow::Result<Ending> {
    let data = configuration::data(&arguments.data, configuration::DATA)?;
    let house = open::house(&data, Views::Current)?;
    let site = account::site(&house, arguments.site).await?;
    let (person, reason) = (arguments.person.clone(), arguments.reason.clone());
    let done = house.erase_person(account::sent(site)?, person.clone(), reason).await;
    let done = match done.map_err(|fault| open::refused(&fault))? {
        Ok(done) => done.answer,
        Err(refusal) => {
            let found = house.erasable(site, person).await.map_err(|fault| open::refused(&fault))?;
            for one in found {
                let part = one.tenure.map_or("来人", |tenure| tenure.title());
                println!("{}  {} {part} {} {}", one.person, one.name, one.phone, one.place);
            }
            bail!("{refusal}");
        }
    };
    let shelf = courier::attachment::Shelf::open(&data.folder.join("attachments")).context("打开附件")?;
    for hash in &done.attachments {
        shelf.remove(hash).with_context(|| format!("删不了附件 {hash}"))?;
    }
    let before = if done.before { "以前已抹除过，" } else { "" };
    println!("{before}{} 已抹除：涉及 {} 件事项，删去 {} 个附件。", done.person, done.cases, done.attachments.len());
    println!("旧的密钥备份请一并删除。");
    Ok(Ending::Done)
}

fn house(data: &DataArguments) -> anyhow::Result<House> {
    let data = configuration::data(data, configuration::DATA)?;
    if data.database.is_none() && !data.folder.is_dir() {
        bail!("没有数据文件夹 {}", data.folder.display());
    }
    open::house(&data, Views::AsTheyAre)
}

fn verify(arguments: &Verify) -> anyhow::Result<Ending> {
    if let Some(file) = &arguments.export {
        let opened = std::fs::File::open(file).with_context(|| format!("读不了 {}", file.display()))?;
        let verified = journal::verify_export(&mut std::io::BufReader::new(opened));
        return Ok(match verified.map_err(|fault| open::refused(&fault))? {
            Ok(verified) => {
                println!("{}", told(&verified, ""));
                Ending::Done
            }
            Err(broken) => {
                println!("{broken}");
                Ending::NotInOrder
            }
        });
    }
    let house = house(&arguments.data)?;
    let mut ending = Ending::Done;
    for (site, name) in sites(house.store())? {
        match house.store().verify(site).map_err(|fault| open::refused(&fault))? {
            Ok(verified) => println!("{}", told(&verified, &name)),
            Err(broken) => {
                println!("{broken}");
                ending = Ending::NotInOrder;
            }
        }
    }
    Ok(ending)
}

/// Every journal of the store, the company's first. Asked of the journal itself: views may be old.
fn sites(store: &Store) -> anyhow::Result<Vec<(i64, String)>> {
    let heads = store.read(|tx| journal::stream::heads(tx)).wait().map_err(|fault| open::refused(&fault))?;
    let name = |site: i64| if site == COMPANY.0 { COMPANY.1.to_owned() } else { format!("项目 {site}") };
    Ok(heads.into_iter().map(|head| (head.site, name(head.site))).collect())
}

fn told(verified: &Verified, name: &str) -> String {
    let hash: String = verified.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let name = if name.is_empty() { format!("项目 {}", verified.site) } else { name.to_owned() };
    format!("{name}：{} 条，完好，末条摘要 {hash}", verified.entries)
}

fn export(arguments: &Export) -> anyhow::Result<Ending> {
    let house = house(&arguments.data)?;
    let keys_apart = arguments.keys_to.as_ref().is_none_or(|keys| *keys != arguments.file);
    if !keys_apart {
        bail!("密钥要与日志分开保管，请另写一个文件");
    }
    for file in std::iter::once(&arguments.file).chain(&arguments.keys_to) {
        if file.exists() {
            bail!("{} 已存在，不覆盖", file.display());
        }
    }
    let mut out = Vec::new();
    let unfinished = arguments.file.with_extension("unfinished");
    let file = std::fs::File::create(&unfinished).with_context(|| format!("写不了 {}", unfinished.display()))?;
    let mut writer = std::io::BufWriter::new(file);
    let exported = house.store().export(arguments.site, &mut writer).map_err(|fault| open::refused(&fault))?;
    writer.flush().context("写导出文件")?;
    let verified = match exported {
        Ok(verified) => verified,
        Err(broken) => {
            println!("{broken}；没有写完的导出留在 {}", unfinished.display());
            return Ok(Ending::NotInOrder);
        }
    };
    std::fs::rename(&unfinished, &arguments.file).context("写导出文件")?;
    println!("{}", told(&verified, ""));
    println!("已导出到 {}", arguments.file.display());
    if let Some(keys) = &arguments.keys_to {
        house.store().export_keys(arguments.site, &mut out).map_err(|fault| open::refused(&fault))?;
        os::write_private(keys, &out).with_context(|| format!("写不了 {}", keys.display()))?;
        println!("密钥已导出到 {}，请与日志分开保管。", keys.display());
    }
    Ok(Ending::Done)
}

/// 备份命令
#[derive(Debug, Args)]
pub struct Backup {
    /// 备份到这个文件夹；已有备份时不覆盖
    #[arg(value_name = "文件夹")]
    to: PathBuf,
    /// 个人信息密钥备份到这个文件夹；要与日志分开保管
    #[arg(long, value_name = "文件夹")]
    keys_to: PathBuf,
    #[command(flatten)]
    data: DataArguments,
}

/// Copies journal and keys while the office works, opens the copies and walks every chain.
pub fn backup(arguments: &Backup) -> anyhow::Result<Ending> {
    let data = configuration::data(&arguments.data, configuration::DATA)?;
    if data.database.is_some() {
        bail!("PostgreSQL 请用 pg_dump 备份（密钥在 keys 模式，请分开备份），或用 huiyin journal export 逐个项目导出");
    }
    let keys = data.keys.clone().unwrap_or_else(|| data.folder.join("keys"));
    let done = journal::backup_folder(&data.folder, &keys, &arguments.to, &arguments.keys_to);
    let done = done.map_err(|fault| open::refused(&fault))?;
    let attachments = copy_new(&data.folder.join("attachments"), &arguments.to.join("attachments"))?;
    for verified in &done.sites {
        println!("{}", told(verified, if verified.site == COMPANY.0 { COMPANY.1 } else { "" }));
    }
    println!("日志：{}\n密钥：{}\n附件：{attachments} 个", done.journal.display(), done.keys.display());
    println!("备份已打开核对过。");
    Ok(Ending::Done)
}

/// Copies the files of a folder that are not in the copy yet. Attachments are named by their content and never change.
fn copy_new(from: &std::path::Path, to: &std::path::Path) -> anyhow::Result<u64> {
    if !from.is_dir() {
        return Ok(0);
    }
    std::fs::create_dir_all(to).with_context(|| format!("建不了 {}", to.display()))?;
    let mut copied = 0;
    for entry in std::fs::read_dir(from).with_context(|| format!("读不了 {}", from.display()))? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copied += copy_new(&path, &target)?;
        } else {
            if !target.exists() {
                std::fs::copy(&path, &target).with_context(|| format!("写不了 {}", target.display()))?;
            }
            copied += 1;
        }
    }
    Ok(copied)
}
