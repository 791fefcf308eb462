//! Durable commands a second (办理速度): clients that register repairs one after another, each waiting for its commit.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use office::Actor;
use serde::Serialize;
use simulator::load;

use crate::opened::{self, Bed, SITE};
use crate::processor;

/// How fast commands were answered.
#[derive(Serialize)]
pub struct Rate {
    /// Where it was measured: `SQLite`, `PostgreSQL`, `SQLite, HTTP`.
    pub way: &'static str,
    /// Clients at once.
    pub clients: u64,
    /// Commands applied.
    pub commands: u64,
    /// Rows that each of them left.
    pub rows: f64,
    /// A second.
    pub per_second: f64,
    /// The very same rows by a bare loop, with as many commands a transaction as there were clients, a second.
    pub bare_per_second: f64,
    /// The one in hundredths of the other.
    pub ratio: f64,
    /// Microseconds that the store's writer used on the processor for a command; SQLite only.
    pub writer_micros: Option<f64>,
    /// Microseconds that the bare loop used for its rows.
    pub bare_micros: Option<f64>,
}

impl Rate {
    /// From what was counted.
    pub fn new(way: &'static str, clients: u64, rows: f64, done: &Done, bare: &Done) -> Rate {
        let (per_second, bare_per_second) = (done.per_second(), bare.per_second());
        Rate {
            way,
            clients,
            commands: done.commands,
            rows,
            per_second,
            bare_per_second,
            ratio: 100.0 * per_second / bare_per_second,
            writer_micros: done.micros(),
            bare_micros: bare.micros(),
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rate { way, clients, commands, rows, per_second, bare_per_second, ratio, writer_micros, bare_micros } =
            self;
        write!(f, "{way}, {clients} clients: {commands} registrations of {rows:.0} rows, {per_second:.0}/s; ")?;
        write!(f, "the same rows by a bare loop {bare_per_second:.0}/s; ratio {ratio:.0} %")?;
        if let (Some(writer), Some(bare)) = (writer_micros, bare_micros) {
            write!(f, "; on the processor {writer:.0} µs and {bare:.0} µs, {:.0} %", 100.0 * bare / writer)?;
        }
        Ok(())
    }
}

/// Commands that were applied, and in which time.
pub struct Done {
    /// Commands.
    pub commands: u64,
    /// From the first to the last.
    pub time: Duration,
    /// What the one thread that writes used of it on the processor, where it is known.
    pub used: Option<Duration>,
}

impl Done {
    fn per_second(&self) -> f64 {
        self.commands as f64 / self.time.as_secs_f64()
    }

    fn micros(&self) -> Option<f64> {
        self.used.map(|used| used.as_secs_f64() * 1e6 / self.commands.max(1) as f64)
    }
}

/// Runs `work` and notes what the store's writer of a process uses meanwhile.
pub fn watched(process: &str, work: impl FnOnce() -> anyhow::Result<Done>) -> anyhow::Result<Done> {
    let writer = || processor::of_threads(process, "store-writer").filter(|used| !used.is_zero());
    let before = writer();
    let done = work()?;
    let used = writer().zip(before).and_then(|(after, before)| after.checked_sub(before));
    Ok(Done { used, ..done })
}

/// Lets so many clients work at once, each calling `act` with the next number until the time is over.
pub fn together<C>(
    clients: u64,
    seconds: u64,
    client: impl Fn(u64) -> anyhow::Result<C> + Sync,
    act: impl Fn(&mut C, u64) -> anyhow::Result<()> + Sync,
) -> anyhow::Result<Done> {
    let next = AtomicU64::new(0);
    let clock = Instant::now();
    let end = clock + Duration::from_secs(seconds);
    let work = |number: u64| -> anyhow::Result<()> {
        let mut client = client(number)?;
        while Instant::now() < end {
            act(&mut client, next.fetch_add(1, Ordering::Relaxed))?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..clients).map(|number| scope.spawn(move || work(number))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| anyhow::anyhow!("a client panicked"))?)
    })?;
    Ok(Done { commands: next.load(Ordering::Relaxed), time: clock.elapsed(), used: None })
}

/// Lets `clients` register at the journal.
pub fn run(bed: &Bed, clients: u64, seconds: u64) -> anyhow::Result<Done> {
    let begins = opened::now();
    let work = || {
        together(
            clients,
            seconds,
            |_| {
                Ok(Actor {
                    account: opened::desk(0),
                    name: "演示前台".into(),
                    posts: vec!["front_desk".into()],
                    area: String::new(),
                })
            },
            |actor, number| {
                let at = begins.plus_micros(i64::try_from(number)?);
                let sent = load::sent_by(SITE, &number.to_string(), &actor.account, at);
                let form = load::repair(number, at, &bed.homes);
                let done = bed.house.register(sent, actor.clone(), form).wait()?;
                done.map(drop).map_err(|refusal| anyhow::anyhow!("{refusal}"))
            },
        )
    };
    watched("self", work)
}
