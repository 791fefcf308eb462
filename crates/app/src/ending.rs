//! How a command ends (结束): its exit status.

use std::process::ExitCode;

/// What a command found. That it could not be carried out at all is an `anyhow::Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Done, everything in order: status 0.
    Done,
    /// Done, and what was looked at is not in order: status 1.
    NotInOrder,
}

/// The call or the configuration is wrong: status 2, as every program says it.
pub const WRONG_CALL: u8 = 2;
/// It could not be carried out: status 3.
pub const NOT_CARRIED_OUT: u8 = 3;

/// What `--help` says about it.
pub const EXPLAINED: &str = "结束状态：0 办成；1 办了，但查出不妥（规程有错、日志断裂、台账有坏行）；\
                             2 命令或配置写错；3 没有办成（读不了、写不了、连不上）。";

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> ExitCode {
        match ending {
            Ending::Done => ExitCode::SUCCESS,
            Ending::NotInOrder => ExitCode::FAILURE,
        }
    }
}

/// The call or the configuration is wrong, found only after the command line was read.
#[derive(Debug)]
pub struct WrongCall(pub String);

impl std::fmt::Display for WrongCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongCall {}
