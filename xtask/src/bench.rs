//! `cargo xtask bench` (测量): the program and the bench program in release, then the measurements.

use std::process::Command;

use anyhow::Context;
use clap::Args;

use crate::run;

/// Measure, and compare with the bars
#[derive(Args)]
pub struct Arguments {
    /// Passed on: `--large`, `--only PART`, `--json FILE`; `--help` tells the rest
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Builds both programs and runs the measurements.
pub fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    if !run::cargo(&["build", "--release", "--locked", "-p", "huiyin", "-p", "huiyin-bench"])? {
        return Ok(false);
    }
    let target = crate::root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()));
    let program = target.join("release/huiyin-bench");
    println!("\n$ {} {}", program.display(), arguments.rest.join(" "));
    let mut bench = Command::new(&program);
    // What is measured as durable must reach the disk on the private PostgreSQL too.
    bench.args(&arguments.rest).current_dir(crate::root()).env("HUIYIN_TEST_FSYNC", "1");
    Ok(bench.status().with_context(|| format!("{} cannot be started", program.display()))?.success())
}
