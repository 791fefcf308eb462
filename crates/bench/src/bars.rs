//! The bars (标准): each beside what this run measured, and whether it holds.

use std::fmt::Write as _;

use crate::Figures;
use crate::pages::Page;

/// One bar.
struct Bar {
    what: String,
    bar: String,
    measured: String,
    holds: bool,
}

impl Bar {
    fn new(what: impl Into<String>, bar: &str, measured: String, holds: bool) -> Bar {
        Bar { what: what.into(), bar: bar.to_owned(), measured, holds }
    }
}

/// The bars that this run could measure, a line each.
pub fn table(figures: &Figures) -> String {
    let mut bars = Vec::new();
    for rate in figures.commands.iter().filter(|rate| rate.clients == 64 && rate.way.starts_with("SQLite")) {
        let measured = format!("{:.0} %", rate.ratio);
        bars.push(Bar::new(format!("commands, {}, 64 clients", rate.way), "≥ 50 %", measured, rate.ratio >= 50.0));
    }
    if let Some(large) = figures.sizes.last().filter(|_| figures.sizes.len() > 1) {
        bars.extend(large.pages.iter().zip(&figures.sizes[0].pages).map(page));
        let measured = format!("{:.0} s for {}", large.filled_in, large.matters);
        bars.push(Bar::new("fill", "≤ 600 s", measured, large.filled_in <= 600.0));
    }
    if let Some(start) = figures.sizes.iter().map(|size| size.start_ms).max() {
        bars.push(Bar::new("first page after the start", "≤ 300 ms", format!("{start} ms"), start <= 300));
    }
    let memory = figures.sizes.iter().map(|size| size.memory).chain(figures.memory_under_load).max();
    if let Some(memory) = memory {
        let memory = memory / 1024;
        bars.push(Bar::new("resident memory", "≤ 256 MB", format!("{memory} MB"), memory <= 256));
    }
    if let Some(ledger) = &figures.ledger {
        let seconds = ledger.read_in + ledger.written_in;
        let measured = format!("{seconds:.1} s, {} bad rows told", ledger.bad);
        bars.push(Bar::new("ledger of 100 000 units", "≤ 60 s", measured, seconds <= 60.0 && ledger.bad > 0));
    }
    if let Some(weight) = &figures.weight {
        let kilobytes = |bytes: usize| format!("{:.1} KB", bytes as f64 / 1000.0);
        bars.push(Bar::new("desk, first visit", "≤ 60 KB", kilobytes(weight.desk), weight.desk <= 60_000));
        bars.push(Bar::new("phone, first visit", "≤ 40 KB", kilobytes(weight.phone), weight.phone <= 40_000));
        let program = weight.program as f64 / 1e6;
        bars.push(Bar::new("program", "≤ 60 MB", format!("{program:.1} MB"), program <= 60.0));
    }
    if let Some(engine) = &figures.engine {
        for speed in [&engine.first, &engine.all] {
            let (dues, year, books) = (speed.due_moments, speed.year, speed.books);
            bars.push(Bar::new(
                &format!("due moments, {books} books"),
                "≥ 1 000 000/s",
                format!("{dues:.0}/s"),
                dues >= 1e6,
            ));
            let what = format!("a year of 100 sites, {books} books");
            bars.push(Bar::new(&what, "≤ 60 s", format!("{year:.0} s"), year <= 60.0));
        }
        let (what, measured) =
            ("a made-up year of 100 sites", format!("{:.0} s, {} facts", engine.made, engine.made_facts));
        bars.push(Bar::new(what, "≤ 60 s", measured, engine.made <= 60.0));
    }
    let mut text = String::new();
    for Bar { what, bar, measured, holds } in bars {
        let _ = writeln!(text, "{} {what}: {measured} (bar {bar})", if holds { "holds " } else { "MISSED" });
    }
    text
}

/// A page over the largest store beside the same over the smallest.
fn page((large, small): (&Page, &Page)) -> Bar {
    let (large_ms, small_ms) = (large.p99 as f64 / 1000.0, small.p99 as f64 / 1000.0);
    let measured = format!("p99 {large_ms:.1} ms over {}, {small_ms:.1} ms over {}", large.matters, small.matters);
    Bar::new(large.page, "≤ 2 × and ≤ 50 ms", measured, large.p99 <= 2 * small.p99 && large.p99 <= 50_000)
}
