//! The program `huiyin` (回音): composition, clock, configuration, command line.

mod command_line;
mod ending;
mod rules;
mod shelf;
mod shipped;
mod table;

use std::process::ExitCode;

fn main() -> ExitCode {
    command_line::run(std::env::args_os())
}
