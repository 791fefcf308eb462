//! `huiyin demo` (演示): a fictional estate with weeks of history in a folder of its own, log-ins printed, pages served.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use journal::{CommandId, Sent};
use serde::{Deserialize, Serialize};
use web::security::password::Passwords;
use web::security::session::SessionToken;

use crate::clock::{Clock, machine_now};
use crate::configuration::{self, DEMO_DATA, DataPlace, ServeArguments};
use crate::ending::Ending;
use crate::open::{self, DEMO_MARK, Views};
use crate::serve::WhichClock;
use crate::table::{Align, lines};
use crate::{log, serve};

/// The password of everybody in the demonstration. It guards nothing, and is printed.
const PASSWORD: &str = "huiyin-demo-2026";
/// The workbook that can be imported for practice.
const WORKBOOK: &str = "演示台账.xlsx";

/// 演示
#[derive(Debug, Args)]
pub struct Arguments {
    /// 演示数据放在哪个文件夹；不写时是 ./huiyin-demo。已有演示数据就接着用
    #[arg(long, value_name = "文件夹")]
    data: Option<PathBuf>,
    /// 演示数据放在这个空的 PostgreSQL 库里
    #[arg(long, value_name = "地址")]
    database: Option<String>,
    /// 换一个数，小区里的人和事就不同
    #[arg(long, value_name = "数", default_value_t = 7, hide_default_value = true)]
    seed: u64,
    /// 不编几周的往来，只有小区、账号和台账：从第一个电话练起
    #[arg(long)]
    first_day: bool,
    /// 第一天就采用这几本规程，用逗号隔开；不写时是演示通用的三本
    #[arg(long, value_name = "规程", value_delimiter = ',', requires = "first_day")]
    books: Vec<String>,
    /// 只做数据，不启动服务
    #[arg(long)]
    no_serve: bool,
    /// 时钟：machine 用本机时间（不写时）；manual 可用手拨
    #[arg(long, value_name = "时钟", hide_possible_values = true)]
    clock: Option<WhichClock>,
    #[command(flatten)]
    serving: ServeArguments,
    #[command(flatten)]
    log: log::LogArguments,
}

/// What lies in the mark of demonstration data.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    /// What this file is.
    note: String,
    /// Chance.
    seed: u64,
    /// Everybody's password.
    password: String,
    /// The path of a resident's link; empty on a first day, and in data made by an earlier edition.
    #[serde(default)]
    link: String,
}

/// Makes the data when they are not there, prints the log-ins, serves.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    log::start(&arguments.log, "warn")?;
    let serving = configuration::serving_demo(&arguments.serving)?;
    let folder = arguments.data.clone().unwrap_or_else(|| PathBuf::from(DEMO_DATA));
    let data = DataPlace { folder, database: arguments.database.clone(), keys: None, rulebooks: None };
    let made = open::is_demo(&data.folder);
    if !made && has_store(&data.folder) {
        bail!("{} 里有数据，但不是做好的演示数据；请用 --data 另选文件夹，或删掉没做完的演示", data.folder.display());
    }
    let house = open::house(&data, Views::Current)?;
    if !made {
        println!("正在编演示数据……");
        fill(&house, &data.folder, arguments)?;
    }
    let notes = notes(&data.folder)?;
    if arguments.no_serve {
        print!("{}", notes.join("\n"));
        return Ok(Ending::Done);
    }
    let clock = match arguments.clock {
        Some(WhichClock::Manual) => Clock::by_hand(),
        Some(WhichClock::Machine) | None => Clock::of_machine(),
    };
    serve::serve(house, &data, &serving, clock, &notes)?;
    Ok(Ending::Done)
}

fn has_store(folder: &Path) -> bool {
    folder.join("journal.db").exists()
}

/// Fills the house. The mark is written last: data without it are unfinished and not used.
fn fill(house: &journal::House, folder: &Path, arguments: &Arguments) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("启动运行环境")?;
    let seed = arguments.seed;
    let (ledger, told, link) = runtime.block_on(async {
        let secret = Passwords::new(1).context("准备口令运算")?.hash(PASSWORD.to_owned()).await.context("口令运算")?;
        if arguments.first_day {
            let opened = simulator::opened(house, &secret, seed, machine_now(), &arguments.books).await?;
            return anyhow::Ok((opened.workbook, format!("{} 户，还没有事项", opened.rows.len()), String::new()));
        }
        let filled = simulator::demo(house, &secret, seed, machine_now()).await?;
        let (played, link) = (filled.played, linked(house, filled.site).await?);
        Ok((filled.workbook, format!("{} 户，{} 件事项，{} 步", filled.households, played.cases, played.acts), link))
    })?;
    let workbook = folder.join(WORKBOOK);
    std::fs::write(&workbook, &ledger).with_context(|| format!("写不了 {}", workbook.display()))?;
    println!("演示花园：{told}。");
    let note = "演示数据的标记：有它，这个文件夹的数据才许用手拨的时钟".to_owned();
    let mark = toml::to_string(&Mark { note, seed, password: PASSWORD.to_owned(), link }).context("写演示标记")?;
    std::fs::write(folder.join(DEMO_MARK), mark).context("写演示标记")
}

/// A resident's link to one repair of the demonstration, given by the desk; answers its path.
async fn linked(house: &journal::House, site: i64) -> anyhow::Result<String> {
    let token = SessionToken::fresh().map_err(|_| anyhow::anyhow!("取系统随机数"))?;
    let (code, hash) = (token.value().to_owned(), token.hash().hex());
    let command = CommandId::of(&["demo", "link"]);
    let sent = Sent { site, command, actor: "desk1".into(), post: "front_desk".into(), now: machine_now() };
    let given = house.give_link(sent, simulator::LINKED.to_owned(), code.clone(), hash).await?;
    given.map_err(|refusal| anyhow::anyhow!("住户链接：{refusal}"))?;
    Ok(format!("/r/{code}"))
}

/// The log-ins as lines.
fn notes(folder: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(folder.join(DEMO_MARK)).context("读演示标记")?;
    let mark: Mark = toml::from_str(&text).context("读演示标记")?;
    let mut rows = vec![["登录名", "姓名", "做什么"].map(str::to_owned).to_vec()];
    rows.extend(
        simulator::staff::STAFF
            .iter()
            .map(|member| [member.login, member.name, member.does].map(str::to_owned).to_vec()),
    );
    let table = lines(&[Align::Left; 3], &rows);
    let mut notes: Vec<String> = table.lines().map(str::to_owned).collect();
    notes.push(format!("所有人的口令：{}", mark.password));
    notes.push(format!("数据在 {}；可练习导入的台账：{}", folder.display(), folder.join(WORKBOOK).display()));
    if !mark.link.is_empty() {
        notes.push(format!("住户不用登录看自己报修的链接（举例）：{}", mark.link));
    }
    notes.push("按 Ctrl-C 停止。".to_owned());
    Ok(notes)
}
