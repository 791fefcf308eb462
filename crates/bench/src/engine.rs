//! The engine (推导速度): answers a second for the facts of one fictional office under every rulebook, on one core; a made-up
//! year of a hundred sites under the rulebooks that a new office begins with, on two; and the memory that each takes.

use std::fmt;
use std::hint::black_box;
use std::time::{Duration, Instant};

use calendar::Moment;
use rulebook::model::Book;
use rulebook::simulate::MadeUp;
use rulebook::{Adoption, Charter, Fact, Interned, Lang, Law, Lean};
use serde::Serialize;
use simulator::{demo, year};

use crate::opened::{Ground, now, runtime};
use crate::processor;

/// A year of 100 sites: 200 000 units, 5 matters each, 12 facts a matter.
const YEAR: u64 = 12_000_000;

/// The year of 100 sites as it is made up.
const MADE: MadeUp =
    MadeUp { year: 2026, seed: 7, sites: 100, units: 2_000, matters: 5, keep: 0, lang: Lang::Chinese, threads: 2 };

/// How fast obligations were derived.
#[derive(Serialize)]
pub struct Engine {
    /// Under the rulebooks that a new office begins with.
    pub first: Speed,
    /// Under all that come with the program, adopted at once.
    pub all: Speed,
    /// Facts of the made-up year.
    pub made_facts: u64,
    /// Seconds on the clock for making it up and judging it under the first rulebooks, two threads.
    pub made: f64,
    /// Memory that it took beyond what was there before, KiB at the highest.
    pub made_memory: u64,
}

/// How fast the same facts are judged under some rulebooks, on one core.
#[derive(Serialize)]
pub struct Speed {
    /// Rulebooks whose clauses were all adopted.
    pub books: usize,
    /// Facts a second with full answers, as a page shows them.
    pub full_facts: f64,
    /// Facts a second as the journal holds them, lean answers.
    pub facts: f64,
    /// Due moments a second, facts interned, lean answers.
    pub due_moments: f64,
    /// Seconds for a year of 100 sites, facts as the journal holds them.
    pub year: f64,
    /// Memory that it took beyond what was there before, KiB at the highest.
    pub memory: u64,
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Speed { books, full_facts, facts, due_moments, year, memory } = self;
        write!(f, "engine, {books} rulebooks, one core: {facts:.0} facts/s ({full_facts:.0} with full answers), ")?;
        write!(f, "{due_moments:.0} due moments/s; a year of 100 sites in {year:.0} s, {memory} KiB more")
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Engine { first, all, made_facts, made, made_memory } = self;
        writeln!(f, "{first}\n{all}")?;
        write!(f, "a made-up year of 100 sites, {} rulebooks, two threads: ", first.books)?;
        write!(f, "{made_facts} facts in {made:.0} s, {made_memory} KiB more")
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
    let (all, books) = whole(house.laws(), |_| true);
    let all = speed(&all, books, &matters, now, seconds);
    let (law, books) = whole(house.laws(), |book| office::site::FIRST_BOOKS.contains(&book));
    let first = speed(&law, books, &matters, now, seconds);
    let (memory, begun) = (Memory::now(), Instant::now());
    let made_facts = year::made(MADE, &law, None).outcomes.facts;
    let (made, made_memory) = (begun.elapsed().as_secs_f64(), memory.more());
    Ok(Engine { first, all, made_facts, made, made_memory })
}

/// Judges the matters again and again under a law of so many rulebooks.
fn speed(law: &Law, books: usize, matters: &[Vec<Fact>], now: Moment, seconds: u64) -> Speed {
    let limit = Duration::from_secs(seconds);
    let each: u64 = matters.iter().map(|facts| facts.len() as u64).sum();
    let (mut full, clock) = (0, Clock::now());
    while clock.elapsed() < limit {
        for facts in matters {
            black_box(law.derive("case", facts, now));
        }
        full += each;
    }
    let full_facts = full as f64 / clock.elapsed().as_secs_f64();
    let (mut count, mut lean, memory, clock) = (0, Lean::default(), Memory::now(), Clock::now());
    while count < YEAR {
        for facts in matters {
            let mut interned: Vec<Interned> = facts.iter().map(|fact| law.intern(fact)).collect();
            law.derive_lean(&mut interned, now, &mut lean);
            black_box(&lean);
        }
        count += each;
    }
    let (year, memory) = (clock.elapsed().as_secs_f64(), memory.more());
    let mut interned: Vec<Vec<Interned>> =
        matters.iter().map(|facts| facts.iter().map(|fact| law.intern(fact)).collect()).collect();
    let (mut dues, clock) = (0, Clock::now());
    while clock.elapsed() < limit {
        for facts in &mut interned {
            law.derive_lean(facts, now, &mut lean);
            dues += lean.obligations.iter().filter(|one| one.due.is_some()).count() + lean.escalations.len();
        }
    }
    let due_moments = dues as f64 / clock.elapsed().as_secs_f64();
    Speed { books, full_facts, facts: count as f64 / year, due_moments, year, memory }
}

/// Every clause of the wanted rulebooks of those that come with the program, adopted for ever, and how many rulebooks these are.
fn whole(laws: &journal::Laws, wanted: impl Fn(&str) -> bool) -> (Law, usize) {
    let shipped = laws.shipped.iter().filter(|(id, _)| wanted(id));
    let books: Vec<Book> = shipped.map(|(_, shipped)| (*shipped.book).clone()).collect();
    let ever = |book: &Book| Adoption::whole(&book.id, &book.digest, Moment(i64::MIN));
    let charter = Charter { adoptions: books.iter().map(ever).collect(), ..Charter::default() };
    let (law, _) = Law::compile(&books, &laws.vocabulary, &office::site::bound(&charter), &laws.calendar, &laws.zone);
    (law, books.len())
}

/// Resident memory of this program before something is done, KiB. Its highest mark is set back, where the system lets one.
struct Memory(u64);

impl Memory {
    fn now() -> Memory {
        // 5 sets back the highest mark (proc(5), clear_refs).
        drop(std::fs::write("/proc/self/clear_refs", "5"));
        Memory(told("VmRSS:"))
    }

    /// How much more there was at the highest since.
    fn more(&self) -> u64 {
        told("VmHWM:").saturating_sub(self.0)
    }
}

/// A line of what the system tells of this program, KiB; zero where it does not tell.
fn told(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
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
