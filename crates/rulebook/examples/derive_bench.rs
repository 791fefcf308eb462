//! How fast the engine derives (推导速度): `cargo run --release -p huiyin-rulebook --example derive_bench -- [SUBJECTS]`.
//!
//! Complaints and repairs of twelve facts each, made from a seed, under every rulebook of `rulebooks/` on one core.
//! Prints facts a second and due moments a second from interned facts, and the same with interning, and for full
//! answers.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use calendar::{Calendar, Moment, Zone};
use rulebook::{Adoption, Charter, Fact, Interned, Law, Lean, Vocabulary, parse_book};

/// Subjects made at a time, so that memory stays small.
const CHUNK: usize = 10_000;

const COMPLAINT: [(&str, &str); 12] = [
    ("complaint.received", "receptionist"),
    ("complaint.obtained", "employee"),
    ("complaint.told_desk", "employee"),
    ("complaint.recorded", "receptionist"),
    ("liaison.issued", "receptionist"),
    ("liaison.received", "responsible_person"),
    ("complaint.accepted", "responsible_department"),
    ("complaint.resolved", "responsible_person"),
    ("liaison.replied", "responsible_person"),
    ("complaint.handling_recorded", "receptionist"),
    ("follow_up.done", "service_centre"),
    ("case.closed", "receptionist"),
];

const REPAIR: [(&str, &str); 12] = [
    ("repair.requested", "front_desk"),
    ("repair.slip_opened", "front_desk"),
    ("repair.slip_written", "front_desk"),
    ("repair.engineering_notified", "front_desk"),
    ("repair.assigned", "engineering_supervisor"),
    ("repair.taken_on", "technician"),
    ("repair.arrived", "technician"),
    ("repair.completed", "technician"),
    ("repair.customer_signed", "technician"),
    ("repair.copies_returned", "technician"),
    ("repair.return_booked", "front_desk"),
    ("follow_up.done", "service_centre"),
];

fn main() {
    let subjects: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let law = law();
    let as_of = Zone::shanghai().start_of_day(jiff::civil::date(2027, 3, 1));
    let mut seed = Seed(7);
    let (mut interning, mut deriving) = (Duration::ZERO, Duration::ZERO);
    let mut found = Found::default();
    let mut lean = Lean::default();
    for chunk in 0..subjects.div_ceil(CHUNK) {
        let count = CHUNK.min(subjects - chunk * CHUNK);
        let facts: Vec<Vec<Fact>> = (0..count).map(|_| subject(&mut seed)).collect();
        let clock = Clock::now();
        let mut interned: Vec<Vec<Interned>> =
            facts.iter().map(|facts| facts.iter().map(|fact| law.intern(fact)).collect()).collect();
        interning += clock.elapsed();
        let clock = Clock::now();
        for facts in &mut interned {
            law.derive_lean(facts, as_of, &mut lean);
            found.add(black_box(&lean));
        }
        deriving += clock.elapsed();
        found.facts += facts.iter().map(|facts| facts.len() as u64).sum::<u64>();
    }
    found.print("interned facts", deriving);
    found.print("facts with interning", deriving + interning);
    full(&law, subjects.min(50_000), as_of, &mut seed);
}

/// Full answers with words and ids, for comparison.
fn full(law: &Law, subjects: usize, as_of: Moment, seed: &mut Seed) {
    let mut found = Found::default();
    let facts: Vec<Vec<Fact>> = (0..subjects).map(|_| subject(seed)).collect();
    let clock = Clock::now();
    for facts in &facts {
        let derived = black_box(law.derive("case", facts, as_of));
        found.facts += facts.len() as u64;
        found.dues += derived.obligations.iter().filter(|one| one.due.is_some()).count() as u64;
        found.obligations += derived.obligations.len() as u64;
        found.members += derived.members.len() as u64;
    }
    found.print("full answers", clock.elapsed());
}

#[derive(Default)]
struct Found {
    facts: u64,
    obligations: u64,
    dues: u64,
    members: u64,
}

impl Found {
    fn add(&mut self, lean: &Lean) {
        self.obligations += lean.obligations.len() as u64;
        self.dues += lean.obligations.iter().filter(|one| one.due.is_some()).count() as u64;
        self.dues += lean.escalations.len() as u64;
        self.members += lean.members.len() as u64;
    }

    fn print(&self, what: &str, time: Duration) {
        let rate = |number: u64| number as u128 * 1000 / time.as_millis().max(1);
        println!(
            "{what}: {} facts, {} obligations, {} due moments, {} members in {} ms: {} facts/s, {} due moments/s",
            self.facts,
            self.obligations,
            self.dues,
            self.members,
            time.as_millis(),
            rate(self.facts),
            rate(self.dues),
        );
    }
}

/// Twelve facts of a complaint or a repair, some late, some missing their turn.
fn subject(seed: &mut Seed) -> Vec<Fact> {
    let complaint = seed.below(2) == 0;
    let steps = if complaint { &COMPLAINT } else { &REPAIR };
    let start = Zone::shanghai().start_of_day(jiff::civil::date(2026, 1, 1));
    let mut at = start.plus_seconds(seed.below(360 * 86_400) as i64);
    let mut facts = Vec::with_capacity(steps.len());
    for (seq, (name, post)) in steps.iter().enumerate() {
        let mut attributes = BTreeMap::new();
        if seq == 0 {
            let (key, values): (&str, &[&str]) = if complaint {
                ("complaint.class", &["first", "second", "third"])
            } else {
                ("repair.on_price_list", &["yes", "no"])
            };
            attributes.insert(key.to_owned(), values[seed.below(values.len() as u64) as usize].to_owned());
            attributes.insert("case.channel".to_owned(), "phone".to_owned());
        }
        facts.push(Fact {
            seq: seq as i64,
            name: (*name).to_owned(),
            at,
            entered: at,
            by: vec![(*post).to_owned()],
            person: String::new(),
            attributes,
        });
        let minutes = [1, 3, 8, 30, 200, 1500];
        at = at.plus_seconds(60 * minutes[seed.below(minutes.len() as u64) as usize]);
    }
    facts
}

/// Time on the processor where the system tells it (another program's share is not ours), else on the clock.
struct Clock {
    begun: Instant,
    used: Option<u64>,
}

impl Clock {
    fn now() -> Clock {
        Clock { begun: Instant::now(), used: Clock::used() }
    }

    fn elapsed(&self) -> Duration {
        match (self.used, Clock::used()) {
            (Some(from), Some(to)) => Duration::from_nanos(to - from),
            _ => self.begun.elapsed(),
        }
    }

    /// Nanoseconds on the processor so far.
    fn used() -> Option<u64> {
        let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        line.split_whitespace().next()?.parse().ok()
    }
}

/// A small generator of numbers that look random.
struct Seed(u64);

impl Seed {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Every rulebook, adopted since 2025.
fn law() -> Law {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (words, _) = Vocabulary::parse(&text(&root.join("rulebooks/words.toml")));
    let mut books = Vec::new();
    for folder in sorted(&root.join("rulebooks")).into_iter().filter(|path| path.is_dir()) {
        let id = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let files: Vec<(String, String)> = sorted(&folder)
            .iter()
            .map(|path| (format!("{id}/{}", path.file_name().unwrap_or_default().to_string_lossy()), text(path)))
            .collect();
        let pairs: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        books.push(parse_book(&words, &pairs).0);
    }
    let years: Vec<String> = sorted(&root.join("calendars/cn")).iter().map(|path| text(path)).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    let calendar = Calendar::of_years(&years).expect("the calendars can be read");
    let zone = Zone::shanghai();
    let from = zone.start_of_day(jiff::civil::date(2025, 1, 1));
    let adoption = |book: &rulebook::model::Book| Adoption::whole(&book.id, "", from);
    let charter = Charter { adoptions: books.iter().map(adoption).collect(), ..Charter::default() };
    let (law, problems) = Law::compile(&books, &words, &charter, &calendar, &zone);
    assert!(problems.is_empty(), "{problems:?}");
    println!(
        "{} rulebooks, {} rules",
        books.len(),
        books.iter().flat_map(|book| &book.clauses).map(|clause| clause.rules.len()).sum::<usize>()
    );
    law
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn sorted(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths
}
