//! Measuring (测量): durable commands beside a bare loop over the same rows, pages over many matters, start, memory, weight,
//! and the engine; each beside its bar.
//!
//! `cargo xtask bench [--large] [--only PART] [--json FILE]`. It uses temporary folders and a private PostgreSQL, and stops
//! by itself.

mod bare;
mod bars;
mod client;
mod commands;
mod engine;
mod fees;
mod http;
mod ledger;
mod opened;
mod pages;
mod processor;
mod server;
mod weight;

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use serde::Serialize;

use crate::commands::Rate;
use crate::opened::Ground;

/// The allocator of the program that is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measure, and compare with the bars
#[derive(Parser)]
struct Arguments {
    /// Write the figures to this file, as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// Also a store of 1 000 000 matters, and five seconds a row instead of three
    #[arg(long)]
    large: bool,
    /// Only these parts
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Matters in the stores whose pages are read, instead of 1 000, 100 000 and with --large 1 000 000
    #[arg(long, value_delimiter = ',')]
    matters: Vec<u64>,
    /// A folder for the store whose pages are read; it stays and is filled once. For one number of matters
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Clients at once, instead of 1, 8 and 64
    #[arg(long, value_delimiter = ',')]
    clients: Vec<u64>,
}

/// What can be measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Commands at the journal on SQLite
    Sqlite,
    /// Commands at the journal on PostgreSQL
    Postgres,
    /// Commands through the program's pages
    Http,
    /// Page times, start, memory
    Pages,
    /// Page weight and size of the program
    Weight,
    /// The engine
    Engine,
    /// A ledger of 100 000 units
    Ledger,
    /// A month of fees of 10 000 units, with --large 100 000
    Fees,
}

/// Every figure of one run.
#[derive(Default, Serialize)]
struct Figures {
    commands: Vec<Rate>,
    /// Resident memory of the program under 64 clients, KiB.
    memory_under_load: Option<u64>,
    sizes: Vec<pages::Size>,
    weight: Option<weight::Weight>,
    engine: Option<engine::Engine>,
    ledger: Option<ledger::Ledger>,
    fees: Option<fees::Fees>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let seconds = if arguments.large { 5 } else { 3 };
    let wanted = |part| arguments.only.is_empty() || arguments.only.contains(&part);
    let usual: &[u64] = if arguments.large { &[1_000, 100_000, 1_000_000] } else { &[1_000, 100_000] };
    let matters = if arguments.matters.is_empty() { usual } else { &arguments.matters };
    let clients = if arguments.clients.is_empty() { &[1, 8, 64][..] } else { &arguments.clients };
    let mut figures = Figures::default();
    if wanted(Part::Weight) {
        let weight = weight::run()?;
        println!(
            "first visit: desk {} bytes, phone {} bytes; program {} bytes",
            weight.desk, weight.phone, weight.program
        );
        figures.weight = Some(weight);
    }
    for &clients in clients {
        for (part, way) in [(Part::Sqlite, "SQLite"), (Part::Http, "SQLite, HTTP"), (Part::Postgres, "PostgreSQL")] {
            if wanted(part) {
                let rate = rate(&mut figures, part, way, clients, seconds)?;
                println!("{rate}");
                figures.commands.push(rate);
            }
        }
    }
    if wanted(Part::Engine) {
        let engine = engine::run(seconds)?;
        println!("{engine}");
        figures.engine = Some(engine);
    }
    if wanted(Part::Ledger) {
        let ledger = ledger::run()?;
        println!("{ledger}");
        figures.ledger = Some(ledger);
    }
    if wanted(Part::Fees) {
        let fees = fees::run(if arguments.large { 100_000 } else { 10_000 })?;
        println!("{fees}");
        figures.fees = Some(fees);
    }
    if wanted(Part::Pages) {
        for &matters in matters {
            let size = pages::run(matters, arguments.folder.as_deref())?;
            print!("{size}");
            figures.sizes.push(size);
        }
    }
    print!("{}", bars::table(&figures));
    if let Some(file) = arguments.json {
        std::fs::write(file, serde_json::to_string_pretty(&figures)?)?;
    }
    Ok(())
}

/// One row of commands, and the bare loop right after it.
fn rate(figures: &mut Figures, part: Part, way: &'static str, clients: u64, seconds: u64) -> anyhow::Result<Rate> {
    let ground = if part == Part::Postgres { Ground::postgres() } else { Ground::sqlite() };
    let bed = ground.found(opened::now().plus_seconds(-60))?;
    let before = bare::before(&bed.house)?;
    let (done, house) = if part == Part::Http {
        let served = http::run(&ground, bed, clients, seconds)?;
        figures.memory_under_load = figures.memory_under_load.max(Some(served.memory));
        (served.done, ground.open()?)
    } else {
        (commands::run(&bed, clients, seconds)?, bed.house)
    };
    let left = bare::left(&house, before, done.commands)?;
    drop(house);
    let looped = left.loops(clients)?;
    Ok(Rate::new(way, clients, left.rows(), &done, &looped))
}
