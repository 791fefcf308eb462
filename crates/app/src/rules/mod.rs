//! `huiyin rules` (规程命令): what can be asked of regulations without an office.

mod carriers;
mod check;
mod check_log;
mod conflicts;
mod coverage;
mod diff;
mod explain;
mod happened;
mod list;
mod read;
mod simulate;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use rulebook::Lang;

use crate::ending::Ending;
use crate::shelf::{Shelf, texts};

/// 规程命令
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 检查规程：语法、词汇、条数、期限重叠、示例，并把每个数字改动 1 看示例是否察觉
    Check(check::Arguments),
    /// 读回：按机器的理解把条款说一遍，供对照原文
    Read(read::Arguments),
    /// 解释：示例、事实文件或一件事项里，每条时限怎么来的，办得怎样
    Explain(explain::Arguments),
    /// 推演：同一批事实在现行规程和改后的规程下各是什么结果
    Simulate(simulate::Arguments),
    /// 比较两个版次：哪些条款增、删、改，改前改后各怎么说
    Diff(diff::Arguments),
    /// 冲突：不同规程对同一件事的不同要求，两边并列
    Conflicts(conflicts::Arguments),
    /// 别处的日志：拿别的系统的 XES 或 CSV 日志对照规程，看每条按时多少、逾期多少、是哪些
    CheckLog(check_log::Arguments),
    /// 列出规程
    List(list::Arguments),
    /// 覆盖：每部规程多少条由程序计算、由产品承载、尚待
    Coverage(coverage::Arguments),
}

/// Which rulebooks a command looks at.
#[derive(Debug, Args)]
pub struct Source {
    /// 规程所在的文件夹（里面有 words.toml）；不写时用程序自带的规程
    #[arg(long, value_name = "文件夹", env = "HUIYIN_RULEBOOKS", hide_env = true)]
    rulebooks: Option<PathBuf>,
    /// 语言：zh 中文（不写时）、en 英文
    #[arg(long, value_name = "语言", hide_possible_values = true)]
    lang: Option<Speech>,
}

/// Language of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Speech {
    Zh,
    En,
}

impl Source {
    /// The shelf with the books of these ids, or every book.
    fn shelf(&self, wanted: &[String]) -> anyhow::Result<Shelf> {
        Shelf::of(texts(self.rulebooks.as_deref())?, wanted)
    }

    fn lang(&self) -> Lang {
        match self.lang {
            Some(Speech::En) => Lang::English,
            Some(Speech::Zh) | None => Lang::Chinese,
        }
    }

    /// One of two words, by language.
    fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        if self.lang() == Lang::Chinese { zh } else { en }
    }
}

/// Carries out a command.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Read(arguments) => read::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Conflicts(arguments) => conflicts::run(&arguments),
        Command::CheckLog(arguments) => check_log::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Coverage(arguments) => coverage::run(&arguments),
    }
}
