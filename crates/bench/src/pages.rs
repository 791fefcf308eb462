//! Page times (页面时间): whole pages from the program, while few and very many matters lie in the store; start and memory of
//! the program over the same stores.

use std::fmt;
use std::time::{Duration, Instant};

use serde::Serialize;
use simulator::load::{self, Load, OPEN};

use crate::client::Client;
use crate::opened::{self, Bed, ENGINEERS, Ground, SITE, desk, engineer, runtime, sessions};
use crate::server::Server;

/// Times that each page is read, one after another, after as many tenths as a warming.
const READS: usize = 400;

/// The path of a page, by which read it is.
type Path<'a> = Box<dyn Fn(usize) -> String + 'a>;

/// Starts that are timed.
const STARTS: usize = 7;

/// How long one page took, from the request to the last byte.
#[derive(Clone, Serialize)]
pub struct Page {
    /// Matters in the store.
    pub matters: u64,
    /// What was read.
    pub page: &'static str,
    /// Half of the reads took at most this, in microseconds.
    pub p50: u64,
    /// 99 of 100 took at most this, in microseconds.
    pub p99: u64,
}

/// What one size of store gave.
#[derive(Serialize)]
pub struct Size {
    /// Matters in the store.
    pub matters: u64,
    /// Commands by which they were made.
    pub commands: u64,
    /// Seconds that this took.
    pub filled_in: f64,
    /// Bytes of the journal's file.
    pub bytes: u64,
    /// Milliseconds from the start of the program to its first page, half of the starts.
    pub start_ms: u64,
    /// Resident memory of the program after all pages, at its highest, KiB.
    pub memory: u64,
    /// Page times.
    pub pages: Vec<Page>,
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per_second = self.commands as f64 / self.filled_in;
        writeln!(
            f,
            "{} matters: {} commands in {:.0} s ({per_second:.0}/s), {} MB; first page {} ms after the start, {} MB resident",
            self.matters,
            self.commands,
            self.filled_in,
            self.bytes / 1_000_000,
            self.start_ms,
            self.memory / 1024
        )?;
        for page in &self.pages {
            writeln!(f, "  {:<14} p50 {:>6} µs  p99 {:>6} µs", page.page, page.p50, page.p99)?;
        }
        Ok(())
    }
}

/// Fills a store and reads its pages. The store is its own and vanishes, or lies in a folder that stays and is filled once.
pub fn run(matters: u64, kept: Option<&std::path::Path>) -> anyhow::Result<Size> {
    let ground = kept.map_or_else(Ground::sqlite, Ground::at);
    let filled = ground.folder()?.join("journal.db").exists();
    let clock = Instant::now();
    let (bed, commands) = match filled {
        true => (Bed { house: ground.open()?, homes: opened::homes() }, 0),
        false => fill(&ground, matters)?,
    };
    let filled_in = clock.elapsed().as_secs_f64();
    let desks: Vec<String> = (0..opened::DESKS).map(desk).collect();
    let cookies = sessions(&bed.house, &desks)?;
    let engineers = sessions(&bed.house, &(0..ENGINEERS).map(engineer).collect::<Vec<_>>())?;
    let Bed { house, homes } = bed;
    drop(house);
    let bytes = std::fs::metadata(ground.folder()?.join("journal.db"))?.len();
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(Server::start(ground.folder()?)?.first_page);
    }
    starts.sort_unstable();
    let server = Server::start(ground.folder()?)?;
    let open = format!("load{:09}", matters - 1);
    let paths: [(&str, Path<'_>); 8] = [
        ("my work", Box::new(|_| "/".into())),
        ("case, open", Box::new(move |_| format!("/cases/{open}"))),
        ("case, any", Box::new(move |nth| format!("/cases/load{:09}", nth as u64 * 7_919 % (matters - OPEN).max(1)))),
        ("intake search", Box::new(|nth| format!("/desk/search?q={}-{}-{}01", nth % 6 + 1, nth % 2 + 1, nth % 12 + 1))),
        ("intake card", Box::new(|nth| format!("/desk?household={}", homes[nth % homes.len()].id))),
        ("register", Box::new(|_| "/cases".into())),
        ("find words", Box::new(|nth| format!("/cases?q={}", ["%E6%BC%8F%E6%B0%B4", "%E9%97%A8%E9%94%81"][nth % 2]))),
        ("dispatch", Box::new(|_| "/dispatch".into())),
    ];
    let mut pages = Vec::new();
    for (page, path) in &paths {
        let cookies = if *page == "dispatch" { &engineers } else { &cookies };
        let times = timed(&server, |client, nth| client.get(&cookies[nth % cookies.len()], &path(nth), true))?;
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let (p50, p99) = (micros(times[READS / 2]), micros(times[READS * 99 / 100]));
        pages.push(Page { matters, page, p50, p99 });
    }
    let memory = server.memory();
    let start_ms = u64::try_from(starts[STARTS / 2].as_millis())?;
    Ok(Size { matters, commands, filled_in, bytes, start_ms, memory, pages })
}

fn fill(ground: &Ground, matters: u64) -> anyhow::Result<(Bed, u64)> {
    // The last matter is called in now, the first a minute earlier for each.
    let begins = opened::now().plus_seconds(-60 * i64::try_from(matters)?);
    let bed = ground.found(begins.plus_seconds(-60))?;
    let account = desk(0);
    let load = Load { site: SITE, account: &account, matters, begins, homes: &bed.homes };
    let commands = runtime()?.block_on(load::load(&bed.house, load))?;
    Ok((bed, commands))
}

fn timed(
    server: &Server,
    get: impl Fn(&mut Client, usize) -> anyhow::Result<crate::client::Answer>,
) -> anyhow::Result<Vec<Duration>> {
    let mut client = Client::new(server.address)?;
    let mut times = Vec::with_capacity(READS);
    for nth in 0..READS + READS / 10 {
        let clock = Instant::now();
        let answer = get(&mut client, nth)?;
        let time = clock.elapsed();
        if answer.status != 200 {
            anyhow::bail!("a page answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        times.push(time);
    }
    times.drain(..READS / 10);
    times.sort_unstable();
    Ok(times)
}
