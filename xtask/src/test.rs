//! `cargo xtask test` (全部测试): one command that CI runs too. Goes on after a failure, and names what failed at the end.

use std::time::Instant;

use crate::{needs, run, tidy};

/// A step: its name, and what it does.
type Step = (&'static str, fn() -> anyhow::Result<bool>);

const STEPS: &[Step] = &[
    ("build", || run::cargo(&["build", "--workspace", "--locked"])),
    ("tests", || run::cargo(&["test", "--workspace", "--locked", "--no-fail-fast"])),
    ("rulebooks", || run::built("huiyin", &["rules", "check", "--errors-only"])),
    ("tidy", tidy::run),
];

/// Runs every step. False when one failed.
pub fn run() -> anyhow::Result<bool> {
    if !needs::make_sure()? {
        return Ok(false);
    }
    let mut failed = Vec::new();
    let mut told = String::new();
    for (name, step) in STEPS {
        let begun = Instant::now();
        let good = step()?;
        let word = if good { "ok" } else { "FAILED" };
        told.push_str(&format!("  {name:<10} {word:<7} {:>6.1} s\n", begun.elapsed().as_secs_f64()));
        if !good {
            failed.push(*name);
        }
        if !good && *name == "build" {
            break;
        }
    }
    println!("\n{told}");
    match failed.as_slice() {
        [] => println!("xtask test: all steps passed"),
        failed => println!("xtask test: FAILED: {}", failed.join(", ")),
    }
    Ok(failed.is_empty())
}
