//! Measuring (测量): durable commands a second beside a bare loop over the same rows, pages with many matters, the engine.
//!
//! `cargo xtask bench -- [--quick] [--json FILE]`. It uses temporary folders and a private PostgreSQL, and stops by itself.

mod bare;
mod commands;
mod engine;
mod opened;
mod pages;

use std::path::PathBuf;

use clap::Parser;
use serde::Serialize;

/// Measure, and write the figures down
#[derive(Parser)]
struct Arguments {
    /// Write the figures to this file, as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// Short: two seconds a row, no PostgreSQL, 1 000 and 10 000 matters
    #[arg(long)]
    quick: bool,
    /// Matters in the store while pages are read, rising; 1000 100000 1000000 when not said
    #[arg(long, value_delimiter = ',')]
    matters: Vec<u64>,
}

/// Every figure of one run.
#[derive(Serialize)]
struct Figures {
    commands: Vec<commands::Rate>,
    bare: Vec<bare::Bare>,
    pages: Vec<pages::Page>,
    engine: engine::Engine,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let seconds = if arguments.quick { 2 } else { 5 };
    let mut matters = arguments.matters.clone();
    if matters.is_empty() {
        matters = if arguments.quick { vec![1_000, 10_000] } else { vec![1_000, 100_000, 1_000_000] };
    }
    let (mut rates, mut loops) = (Vec::new(), Vec::new());
    for clients in [1, 8, 64] {
        let bed = opened::Bed::sqlite()?;
        let rate = commands::run(&bed, "SQLite", clients, seconds)?;
        let path = bed.journal();
        drop(bed.house);
        let bare = bare::run(&path, rate.commands, clients)?;
        println!("{rate}\n{bare}\n  ratio {:.0} %", 100.0 * rate.per_second / bare.per_second);
        rates.push(rate);
        loops.push(bare);
    }
    for clients in if arguments.quick { &[][..] } else { &[1, 8, 64] } {
        let bed = opened::Bed::postgres()?;
        let rate = commands::run(&bed, "PostgreSQL", *clients, seconds)?;
        println!("{rate}");
        rates.push(rate);
    }
    let pages = pages::run(&matters)?;
    let engine = engine::run(seconds)?;
    println!("{engine}");
    if let Some(file) = arguments.json {
        let figures = Figures { commands: rates, bare: loops, pages, engine };
        std::fs::write(file, serde_json::to_string_pretty(&figures)?)?;
    }
    Ok(())
}
