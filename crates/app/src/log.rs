//! The log (运行日志): one line an event on standard error, as text or JSON; how much is said by words like RUST_LOG's.

use std::io::IsTerminal as _;

use anyhow::anyhow;
use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;

/// What is logged and how.
#[derive(Clone, Debug, Args)]
pub struct LogArguments {
    /// 记多细：error warn info debug trace，也可写成 info,journal=debug。环境变量 HUIYIN_LOG 或 RUST_LOG
    #[arg(long = "log", value_name = "级别", env = "HUIYIN_LOG", hide_env = true, global = true)]
    filter: Option<String>,
    /// 运行日志的写法：text 或 json。环境变量 HUIYIN_LOG_FORMAT
    #[arg(long = "log-format", value_name = "写法", env = "HUIYIN_LOG_FORMAT", hide_env = true, global = true)]
    #[arg(hide_possible_values = true)]
    format: Option<Format>,
}

/// How a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Starts logging; `usual` holds when nobody says how much. Refuses words that are no filter.
pub fn start(arguments: &LogArguments, usual: &str) -> anyhow::Result<()> {
    let words = arguments.filter.clone().or_else(|| std::env::var("RUST_LOG").ok());
    let words = words.filter(|words| !words.trim().is_empty()).unwrap_or_else(|| usual.to_owned());
    let filter = EnvFilter::try_new(&words).map_err(|error| anyhow!("--log 不能是“{words}”：{error}"))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match arguments.format {
        Some(Format::Json) => lines.json().try_init(),
        Some(Format::Text) | None => lines.with_ansi(std::io::stderr().is_terminal()).with_target(false).try_init(),
    };
    started.map_err(|error| anyhow!("运行日志开不了：{error}"))
}
