//! `cargo xtask bench` (测量): the bench program of the crate `bench`, in release.

use clap::Args;

use crate::run;

/// Measure, and compare with the bars
#[derive(Args)]
pub struct Arguments {
    /// Passed on: `--json FILE` writes the figures, `--help` tells the rest
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Runs the measurements.
pub fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    if !crate::root().join("crates/bench/Cargo.toml").is_file() {
        anyhow::bail!("there is no crate crates/bench yet, so nothing can be measured");
    }
    if !run::cargo(&["build", "--release", "--locked", "-p", "huiyin"])? {
        return Ok(false);
    }
    let mut call = vec!["run", "--release", "--locked", "-p", "huiyin-bench", "--"];
    call.extend(arguments.rest.iter().map(String::as_str));
    run::cargo(&call)
}
