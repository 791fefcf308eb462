//! `huiyin serve` (服务): the house behind pages, the clock, the courier, until it is asked to stop.

mod by_hand;
pub mod listen;
mod tasks;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use courier::attachment::Shelf;
use courier::own_books::OwnBooks;
use courier::pdf::Finder;
use journal::{CommandId, House};
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::security::door::Door;
use web::security::password::Passwords;

use crate::clock::Clock;
use crate::configuration::{self, DataArguments, DataPlace, Scheme, ServeArguments, Serving};
use crate::ending::Ending;
use crate::open::{self, Views};
use crate::{log, os, tls};
use listen::{Front, acceptor, listen};

/// Passwords that are worked on at once, each in 19 MiB.
const PASSWORDS_AT_ONCE: usize = 2;

/// 启动服务
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    serving: ServeArguments,
    /// 时钟：machine 用本机时间（不写时）；manual 可用手拨，只许用在演示数据上
    #[arg(long, value_name = "时钟", env = "HUIYIN_CLOCK", hide_env = true, hide_possible_values = true)]
    clock: Option<WhichClock>,
    #[command(flatten)]
    log: log::LogArguments,
}

/// Which clock the office goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhichClock {
    /// The machine's.
    Machine,
    /// One that is moved by hand.
    Manual,
}

/// Opens the house and serves it until asked to stop.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    log::start(&arguments.log, "info")?;
    let data = configuration::data(&arguments.data, configuration::DATA)?;
    let serving = configuration::serving(&arguments.data, &arguments.serving)?;
    let clock = match arguments.clock {
        Some(WhichClock::Manual) if !open::is_demo(&data.folder) => {
            let mark = data.folder.join(open::DEMO_MARK);
            bail!("--clock manual 只许用在演示数据上：{} 不在", mark.display());
        }
        Some(WhichClock::Manual) => Clock::by_hand(),
        Some(WhichClock::Machine) | None => Clock::of_machine(),
    };
    let house = open::house(&data, Views::Current)?;
    serve(house, &data, &serving, clock, &[])?;
    Ok(Ending::Done)
}

/// Serves a house until the program is asked to stop. `notes` are printed below the address.
pub fn serve(house: House, data: &DataPlace, serving: &Serving, clock: Clock, notes: &[String]) -> anyhow::Result<()> {
    let attachments = data.folder.join("attachments");
    let shelf = Shelf::open(&attachments).with_context(|| format!("建不了 {}", attachments.display()))?;
    let installable = tls::Files::of(&data.folder).installable();
    let state = web::Web {
        house: house.clone(),
        clock: {
            let clock = clock.clone();
            Arc::new(move || clock.now())
        },
        passwords: Passwords::new(PASSWORDS_AT_ONCE).context("准备口令运算")?,
        attachments: Arc::new(shelf),
        fonts: Arc::new(Finder::new(serving.font.clone(), vec![data.folder.join("fonts")])),
        own: Arc::new(OwnBooks::new(&data.folder.join("rulebooks"))),
        made: Some(Arc::new(simulator::year::made)),
        trials: Arc::new(tokio::sync::Semaphore::new(1)),
        authority: std::fs::read(installable).ok().map(Arc::new),
        manual_clock: clock.settable().then(|| {
            let clock = clock.clone();
            Arc::new(move |seconds| {
                clock.forward(seconds);
            }) as Arc<dyn Fn(i64) + Send + Sync>
        }),
    };
    let (looked, told) = watch::channel(0);
    let front = front(state, data, &serving.scheme)?.with(&by_hand::routes(&clock, &told));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("启动运行环境")?;
    runtime.block_on(async {
        let mut listeners = Vec::new();
        for address in &serving.listen {
            listeners.push(bind(*address).await?);
        }
        let (stop, stopped) = watch::channel(false);
        let node = node()?;
        let mail = serving.mail.clone().map(|(address, from)| tasks::MailServer { address, from });
        let tasks = tasks::Tasks { house, clock, node, looked, mail, stop: stopped.clone() };
        let mut running = tokio::task::JoinSet::new();
        running.spawn(tasks.clone().clock());
        running.spawn(tasks.clone().courier());
        running.spawn(tasks.sweep());
        for (_, address) in &listeners {
            print!("{}", ready(*address, &serving.scheme));
            tracing::info!(%address, tls = is_secure(&serving.scheme), "开始服务");
        }
        for note in notes {
            println!("{note}");
        }
        for (listener, _) in listeners {
            running.spawn(listen(listener, front.clone(), stopped.clone()));
        }
        let by = os::stop_asked().await.context("等待停止信号")?;
        tracing::info!(by, "正在停止");
        let _ = stop.send(true);
        while running.join_next().await.is_some() {}
        tracing::info!("已停止");
        Ok(())
    })
}

/// What answers: the pages, over TLS or not.
fn front(state: web::Web, data: &DataPlace, scheme: &Scheme) -> anyhow::Result<Front> {
    let read = |path: &Path| std::fs::read(path).with_context(|| format!("读不了 {}", path.display()));
    let (chain, key) = match scheme {
        Scheme::Plain => return Ok(Front::Plain(web::site(state, Door::Plain))),
        Scheme::BehindProxy => return Ok(Front::Plain(web::site(state, Door::BehindProxy))),
        Scheme::OwnAuthority => {
            let files = tls::Files::of(&data.folder);
            if !files.chain().is_file() {
                bail!("还没有证书，先运行：huiyin tls init --data {}", data.folder.display());
            }
            (read(&files.chain())?, read(&files.key())?)
        }
        Scheme::Certificate { chain, key } => (read(chain)?, read(key)?),
    };
    let plain = web::site(state.clone(), Door::Plain);
    Ok(Front::Tls { acceptor: acceptor(&chain, &key)?, secure: web::site(state, Door::Tls), plain })
}

async fn bind(address: SocketAddr) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await.with_context(|| {
        let other = SocketAddr::new(address.ip(), address.port().saturating_add(1));
        format!("监听不了 {address}，可能被别的程序占用；换一个端口：--listen {other}")
    })?;
    let bound = listener.local_addr().context("读取监听地址")?;
    Ok((listener, bound))
}

/// This node as leases name it: machine, process, chance.
fn node() -> anyhow::Result<String> {
    let chance = CommandId::fresh().map_err(|fault| open::refused(&fault))?;
    let machine = tls::machine_name().unwrap_or_else(|| "node".to_owned());
    Ok(format!("{machine}-{}-{}", std::process::id(), &chance.as_str()[..6]))
}

fn is_secure(scheme: &Scheme) -> bool {
    matches!(scheme, Scheme::OwnAuthority | Scheme::Certificate { .. })
}

/// The address to open, and what will not work there.
fn ready(address: SocketAddr, scheme: &Scheme) -> String {
    let secure = is_secure(scheme);
    let word = if secure { "https" } else { "http" };
    let mut shown = vec![address];
    if address.ip().is_unspecified() {
        let lan = tls::lan_addresses().into_iter().filter(|lan| lan.is_ipv4() || address.is_ipv6());
        shown = lan.map(|lan| SocketAddr::new(lan, address.port())).collect();
        shown.push(SocketAddr::from(([127, 0, 0, 1], address.port())));
    }
    let shown: Vec<String> = shown.iter().map(|address| format!("{word}://{address}/")).collect();
    let mut text = format!("回音已就绪：{}\n", shown.join("  "));
    if *scheme == Scheme::Plain && !address.ip().is_loopback() {
        text.push_str(
            "注意：局域网上没有 HTTPS。手机不能离线办单，不能扫码和拍照取景，口令和个人信息在网上不加密。\n\
             要用 HTTPS：huiyin tls init，再 huiyin serve --tls；或在前面放反向代理，加 --behind-proxy。\n",
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listening_beyond_this_machine_without_tls_says_what_will_not_work() {
        let told = |address: &str, scheme: &Scheme| ready(address.parse().unwrap(), scheme);
        assert_eq!(told("127.0.0.1:8000", &Scheme::Plain), "回音已就绪：http://127.0.0.1:8000/\n");
        assert!(told("192.168.1.5:8000", &Scheme::Plain).contains("tls init"));
        assert!(told("0.0.0.0:8000", &Scheme::Plain).contains("http://127.0.0.1:8000/"));
        assert!(!told("192.168.1.5:8000", &Scheme::BehindProxy).contains("注意"));
        assert_eq!(told("192.168.1.5:8443", &Scheme::OwnAuthority), "回音已就绪：https://192.168.1.5:8443/\n");
    }
}
