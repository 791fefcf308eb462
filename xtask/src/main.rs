//! Tasks of the project (任务): `cargo xtask test | tidy | bench | where <词>`.

mod bench;
mod books;
mod look_up;
mod needs;
mod run;
mod test;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of the project
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run every test: unit tests, both databases, rulebooks with mutation, tidy, browser
    Test,
    /// Check what the compiler does not: sizes, headers, names, purity, arrows between crates, words
    Tidy,
    /// Measure, and compare with the bars
    Bench(bench::Arguments),
    /// Show where a word of the trade lives: rulebooks, code, views, pages, tests
    Where(look_up::Arguments),
}

fn main() -> ExitCode {
    let task = CommandLine::parse().task;
    let done = match task {
        Task::Test => test::run(),
        Task::Tidy => tidy::run(),
        Task::Bench(arguments) => bench::run(&arguments),
        Task::Where(arguments) => look_up::run(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The project's root.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}
