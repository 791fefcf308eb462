//! Durable commands a second (办理速度): clients that register repairs one after another, each waiting for its commit.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use office::case::CaseKind;
use serde::Serialize;
use simulator::{load, staff};

use crate::opened::{Bed, begins};

/// How fast commands were answered.
#[derive(Serialize)]
pub struct Rate {
    /// Engine.
    pub engine: &'static str,
    /// Clients at once.
    pub clients: u64,
    /// Commands applied.
    pub commands: u64,
    /// A second.
    pub per_second: f64,
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rate { engine, clients, commands, per_second } = self;
        write!(f, "{engine}, {clients} clients: {commands} registrations, {per_second:.0} commands/s")
    }
}

/// Lets `clients` register for so many seconds.
pub fn run(bed: &Bed, engine: &'static str, clients: u64, seconds: u64) -> anyhow::Result<Rate> {
    let next = AtomicU64::new(0);
    let clock = Instant::now();
    let end = clock + Duration::from_secs(seconds);
    std::thread::scope(|scope| {
        let client = || -> anyhow::Result<()> {
            let desk = staff::of("desk1");
            while Instant::now() < end {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let at = begins().plus_seconds(i64::try_from(number)?);
                let sent = load::sent(1, &number.to_string(), desk, at);
                let form = load::form(number, at, CaseKind::Repair);
                let done = bed.house.register(sent, desk.actor(), form).wait()?;
                done.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
            }
            Ok(())
        };
        let threads: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| anyhow::anyhow!("a client panicked"))?)
    })?;
    let commands = next.load(Ordering::Relaxed);
    Ok(Rate { engine, clients, commands, per_second: commands as f64 / clock.elapsed().as_secs_f64() })
}
