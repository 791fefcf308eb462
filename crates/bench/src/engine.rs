//! The engine (推导速度): full answers a second for the facts of one fictional office, on one core.

use std::fmt;
use std::hint::black_box;
use std::time::{Duration, Instant};

use rulebook::{Fact, Interned, Lean};
use serde::Serialize;
use simulator::demo;

use crate::opened::{Bed, begins, runtime};

/// How fast obligations were derived.
#[derive(Serialize)]
pub struct Engine {
    /// Obligations a second, with words and ids, as a page shows them.
    pub full_per_second: f64,
    /// Obligations a second, as a replay counts them.
    pub lean_per_second: f64,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "obligations/s on one core: full {:.0}, lean {:.0}", self.full_per_second, self.lean_per_second)
    }
}

/// Fills a demonstration and derives its matters again and again.
pub fn run(seconds: u64) -> anyhow::Result<Engine> {
    let bed = Bed::empty()?;
    let runtime = runtime()?;
    let now = begins().plus_seconds(60 * 86_400);
    let clock = Instant::now();
    let told = runtime.block_on(demo(&bed.house, "", 1, now))?;
    println!(
        "demonstration: {} matters, {} commands in {:.1} s",
        told.played.cases,
        told.played.acts,
        clock.elapsed().as_secs_f64()
    );
    let mut matters: Vec<Vec<Fact>> = Vec::new();
    for number in 1..=told.played.cases {
        if let Some(case) = runtime.block_on(bed.house.case(told.site, format!("demo{number:04}")))? {
            matters.push(case.facts());
        }
    }
    let laws = bed.house.laws().clone();
    let law = runtime.block_on(bed.house.read(move |tx| laws.of_site(tx, told.site)))?;
    let limit = Duration::from_secs(seconds);
    let (mut full, clock) = (0, Instant::now());
    while clock.elapsed() < limit {
        for facts in &matters {
            full += black_box(law.derive("case", facts, now)).obligations.len();
        }
    }
    let full_per_second = full as f64 / clock.elapsed().as_secs_f64();
    let mut interned: Vec<Vec<Interned>> =
        matters.iter().map(|facts| facts.iter().map(|fact| law.law.intern(fact)).collect()).collect();
    let (mut count, mut lean, clock) = (0, Lean::default(), Instant::now());
    while clock.elapsed() < limit {
        for facts in &mut interned {
            law.law.derive_lean(facts, now, &mut lean);
            count += black_box(&lean).obligations.len();
        }
    }
    let lean_per_second = count as f64 / clock.elapsed().as_secs_f64();
    Ok(Engine { full_per_second, lean_per_second })
}
