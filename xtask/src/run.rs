//! Running other programs (运行), each named before it starts.

use std::process::Command;

use anyhow::Context;

/// Runs a command at the project's root with its output shown. Whether it succeeded.
pub fn shown(program: &str, arguments: &[&str]) -> anyhow::Result<bool> {
    println!("\n$ {program} {}", arguments.join(" "));
    let mut command = Command::new(program);
    command.args(arguments).current_dir(crate::root());
    Ok(command.status().with_context(|| format!("{program} cannot be started"))?.success())
}

/// Cargo, the one that runs this task.
pub fn cargo(arguments: &[&str]) -> anyhow::Result<bool> {
    shown(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), arguments)
}

/// A program of the workspace that has been built beside this one.
pub fn built(program: &str, arguments: &[&str]) -> anyhow::Result<bool> {
    let beside = std::env::current_exe()?.with_file_name(program);
    shown(&beside.to_string_lossy(), arguments)
}

/// What a command prints; nothing when it cannot be started or fails.
pub fn told(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).current_dir(crate::root()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
