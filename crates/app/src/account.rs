//! `huiyin user` (账号): accounts from the command line, for the first time and when nobody can log in any more.

use std::io::BufRead as _;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use journal::kept::credentials::Credential;
use journal::{CommandId, House, Sent};
use office::site::{ADMINISTRATOR, PostChange};
use web::security::password::{LENGTH_MAX, LENGTH_MIN, Passwords, Weakness, judge};

use crate::clock::machine_now;
use crate::configuration::{self, DataArguments};
use crate::ending::Ending;
use crate::open::{self, Views};

/// The kind of credential that a password is.
const PASSWORD: &str = "password";
/// Who acts, as the journal names it.
pub const CONSOLE: &str = "console";

/// 账号命令
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 新建账号，或改它的姓名和岗位；口令随机做一个并显示一次
    Add(Add),
    /// 换口令，并让这个账号已登录的设备都退出
    Passwd(Passwd),
}

#[derive(Debug, Args)]
struct Add {
    /// 登录名：字母、数字、点、短横、下划线
    #[arg(value_name = "登录名")]
    account: String,
    /// 姓名，签字和打印用
    #[arg(long, value_name = "姓名")]
    name: String,
    /// 岗位，可写多次，中文名或词汇表里的 id；例如 前台客服员、administrator
    #[arg(long, value_name = "岗位", required = true)]
    post: Vec<String>,
    /// 哪个项目，按编号；只有一个项目时可以不写
    #[arg(long, value_name = "编号")]
    site: Option<i64>,
    /// 从标准输入读口令（第一行），不随机做
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    data: DataArguments,
}

#[derive(Debug, Args)]
struct Passwd {
    /// 登录名
    #[arg(value_name = "登录名")]
    account: String,
    /// 从标准输入读口令（第一行），不随机做
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    data: DataArguments,
}

/// Carries out a command.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("启动运行环境")?;
    match &arguments.command {
        Command::Add(add) => {
            let house = open::house(&configuration::data(&add.data, configuration::DATA)?, Views::Current)?;
            runtime.block_on(self::add(&house, add))
        }
        Command::Passwd(passwd) => {
            let house = open::house(&configuration::data(&passwd.data, configuration::DATA)?, Views::Current)?;
            runtime.block_on(self::passwd(&house, passwd))
        }
    }
}

async fn add(house: &House, add: &Add) -> anyhow::Result<Ending> {
    let site = site(house, add.site).await?;
    let account = add.account.trim().to_lowercase();
    let posts = posts(house, &add.post)?;
    let password = password(add.password_stdin, &account)?;
    let change =
        PostChange { id: account.clone(), name: add.name.clone(), posts, active: true, ..PostChange::default() };
    let sent = sent(site)?;
    match house.set_account(sent, change).await.map_err(|fault| open::refused(&fault))? {
        Ok(_) => {}
        Err(refusal) => bail!("{refusal}"),
    }
    set_password(house, &account, &password).await?;
    tell(&account, &password, add.password_stdin);
    Ok(Ending::Done)
}

async fn passwd(house: &House, passwd: &Passwd) -> anyhow::Result<Ending> {
    let account = passwd.account.trim().to_lowercase();
    let access = house.access(account.clone()).await.map_err(|fault| open::refused(&fault))?;
    if access.is_empty() {
        bail!("没有账号 {account}，或它已停用；huiyin user add 新建");
    }
    let password = password(passwd.password_stdin, &account)?;
    set_password(house, &account, &password).await?;
    tell(&account, &password, passwd.password_stdin);
    Ok(Ending::Done)
}

fn tell(account: &str, password: &str, given: bool) {
    if given {
        println!("账号 {account} 的口令已设好。");
    } else {
        println!("账号 {account} 的口令：{password}");
        println!("只显示这一次；登录后请在设置里换掉。");
    }
}

/// The site of this number, or the only one.
pub async fn site(house: &House, asked: Option<i64>) -> anyhow::Result<i64> {
    let sites = house.sites().await.map_err(|fault| open::refused(&fault))?;
    let list = || sites.iter().map(|(number, name)| format!("{number} {name}")).collect::<Vec<_>>().join("、");
    match (sites.as_slice(), asked) {
        ([], _) => bail!("还没有开户：先 huiyin serve，在浏览器里写公司和小区"),
        (_, Some(asked)) if sites.iter().any(|(number, _)| *number == asked) => Ok(asked),
        (_, Some(asked)) => bail!("没有项目 {asked}；现有：{}", list()),
        ([(only, _)], None) => Ok(*only),
        (_, None) => bail!("有几个项目，请用 --site 写明：{}", list()),
    }
}

/// Post ids of what was written: ids or Chinese words.
fn posts(house: &House, written: &[String]) -> anyhow::Result<Vec<String>> {
    let words = &house.laws().vocabulary;
    let mut posts = Vec::new();
    for one in written {
        let known = words.posts.iter().find(|post| post.zh == *one || post.id == *one).map(|post| post.id.clone());
        let known = known.or_else(|| [ADMINISTRATOR, "管理员"].contains(&one.as_str()).then(|| ADMINISTRATOR.into()));
        match known {
            Some(id) => posts.push(id),
            None => {
                let all: Vec<&str> = words.posts.iter().map(|post| post.zh.as_str()).collect();
                bail!("没有岗位“{one}”。现有：管理员、{}", all.join("、"));
            }
        }
    }
    Ok(posts)
}

/// The password from standard input, or a fresh one.
fn password(from_input: bool, account: &str) -> anyhow::Result<String> {
    if !from_input {
        let chance = CommandId::fresh().map_err(|fault| open::refused(&fault))?;
        // 60 bits in three groups that can be read aloud.
        let signs = &chance.as_str()[..15];
        return Ok(format!("{}-{}-{}", &signs[..5], &signs[5..10], &signs[10..]));
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("读口令")?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    match judge(&password, account) {
        Ok(()) => Ok(password),
        Err(Weakness::Short) => bail!("口令太短，至少 {LENGTH_MIN} 个字"),
        Err(Weakness::Long) => bail!("口令太长，最多 {LENGTH_MAX} 个字"),
        Err(Weakness::Common) => bail!("这个口令人人都会先试，换一个"),
        Err(Weakness::OwnName) => bail!("口令里有登录名，换一个"),
    }
}

/// Sets a password and ends the account's sessions.
pub async fn set_password(house: &House, account: &str, password: &str) -> anyhow::Result<()> {
    let passwords = Passwords::new(1).context("准备口令运算")?;
    let secret = passwords.hash(password.to_owned()).await.context("口令运算")?;
    let store = house.store();
    let credential = Credential { secret, changed: machine_now() };
    store.put_credential(account, PASSWORD, credential).await.map_err(|fault| open::refused(&fault))?;
    store.end_sessions_of(account, None).await.map_err(|fault| open::refused(&fault))
}

/// A command of whoever sits at the console.
pub fn sent(site: i64) -> anyhow::Result<Sent> {
    let command = CommandId::fresh().map_err(|fault| open::refused(&fault))?;
    Ok(Sent { site, command, actor: CONSOLE.into(), post: ADMINISTRATOR.into(), now: machine_now() })
}
