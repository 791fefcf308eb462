//! The program `huiyin` (回音): composition, clock, configuration, command line.

mod account;
mod clock;
mod command_line;
mod configuration;
mod demo;
mod ending;
mod follow_up;
mod import;
mod journal_commands;
mod log;
mod open;
mod os;
mod rules;
mod serve;
mod shelf;
mod shipped;
mod table;
mod tls;

use std::process::ExitCode;

/// Rows are made of many small texts: with the system's allocator a sixth of a command's time goes into getting and giving back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    command_line::run(std::env::args_os())
}
