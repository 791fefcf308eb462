//! The engine (推导速度): answers a second for the facts of one fictional office, on one core, and the memory it takes.

use std::fmt;
use std::hint::black_box;
use std::time::{Duration, Instant};

use rulebook::{Fact, Interned, Lean};
use serde::Serialize;
use simulator::demo;

use crate::opened::{Ground, now, runtime};
use crate::processor;

/// A year of 100 sites: 200 000 units, 5 matters each, 12 facts a matter.
const YEAR: u64 = 12_000_000;

/// How fast obligations were derived.
#[derive(Serialize)]
pub struct Engine {
    /// Facts a second with full answers, as a page shows them.
    pub full_facts: f64,
    /// Facts a second as the journal holds them, lean answers.
    pub facts: f64,
    /// Due moments a second, facts interned, lean answers.
    pub due_moments: f64,
    /// Seconds for a year of 100 sites, facts as the journal holds them.
    pub year: f64,
    /// Memory that replaying took beyond what was there before, KiB at the highest.
    pub memory: u64,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Engine { full_facts, facts, due_moments, year, memory } = self;
        write!(f, "engine, one core: {facts:.0} facts/s ({full_facts:.0} with full answers), ")?;
        write!(f, "{due_moments:.0} due moments/s; a year of 100 sites in {year:.0} s, {memory} KiB more")
    }
}

/// Fills a demonstration and derives its matters again and again.
pub fn run(seconds: u64) -> anyhow::Result<Engine> {
    let ground = Ground::sqlite();
    let house = ground.open()?;
    let runtime = runtime()?;
    let now = now();
    let told = runtime.block_on(demo(&house, "", 1, now))?;
    let mut matters: Vec<Vec<Fact>> = Vec::new();
    for number in 1..=told.played.cases {
        if let Some(case) = runtime.block_on(house.case(told.site, format!("demo{number:04}")))? {
            matters.push(case.facts());
        }
    }
    let law = runtime.block_on(house.law(told.site))?;
    let limit = Duration::from_secs(seconds);
    let facts_of = |round: &[Vec<Fact>]| round.iter().map(|facts| facts.len() as u64).sum::<u64>();
    let (each, before) = (facts_of(&matters), highest());
    let (mut full, clock) = (0, Clock::now());
    while clock.elapsed() < limit {
        for facts in &matters {
            black_box(law.derive("case", facts, now));
        }
        full += each;
    }
    let full_facts = full as f64 / clock.elapsed().as_secs_f64();
    let (mut count, mut lean, clock) = (0, Lean::default(), Clock::now());
    while count < YEAR {
        for facts in &matters {
            let mut interned: Vec<Interned> = facts.iter().map(|fact| law.law.intern(fact)).collect();
            law.law.derive_lean(&mut interned, now, &mut lean);
            black_box(&lean);
        }
        count += each;
    }
    let year = clock.elapsed().as_secs_f64();
    let mut interned: Vec<Vec<Interned>> =
        matters.iter().map(|facts| facts.iter().map(|fact| law.law.intern(fact)).collect()).collect();
    let (mut dues, clock) = (0, Clock::now());
    while clock.elapsed() < limit {
        for facts in &mut interned {
            law.law.derive_lean(facts, now, &mut lean);
            dues += lean.obligations.iter().filter(|one| one.due.is_some()).count() + lean.escalations.len();
        }
    }
    let due_moments = dues as f64 / clock.elapsed().as_secs_f64();
    let (facts, memory) = (count as f64 / year, highest().saturating_sub(before));
    Ok(Engine { full_facts, facts, due_moments, year, memory })
}

/// Resident memory of this program at its highest, KiB; zero where the system does not tell.
fn highest() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|it| it.parse().ok()).unwrap_or(0)
}

/// Time on the processor where the system tells it (another program's share is not ours), else on the clock.
struct Clock {
    begun: Instant,
    used: Option<Duration>,
}

impl Clock {
    fn now() -> Clock {
        Clock { begun: Instant::now(), used: processor::own() }
    }

    fn elapsed(&self) -> Duration {
        match (self.used, processor::own()) {
            (Some(from), Some(to)) => to.saturating_sub(from),
            _ => self.begun.elapsed(),
        }
    }
}
