//! The program `huiyin` (回音): composition, clock, configuration, command line.

mod account;
mod clock;
mod command_line;
mod configuration;
mod demo;
mod ending;
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

fn main() -> ExitCode {
    command_line::run(std::env::args_os())
}
