//! The command line (命令行): what can be called, help in Chinese, errors that say what to do.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Parser, Subcommand};

use crate::ending::{self, Ending, WrongCall};
use crate::{account, demo, follow_up, import, journal_commands, rules, serve, tls};

/// How every help page is laid out.
const HELP: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// 回音：物业客服中心的事项从受理到归档，件件有着落，事事有回音。
#[derive(Debug, Parser)]
#[command(name = "huiyin", help_template = HELP, after_help = ending::EXPLAINED)]
#[command(disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
#[command(subcommand_help_heading = "命令", subcommand_value_name = "命令", subcommand_required = true)]
#[command(next_help_heading = "选项", arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
    /// 显示说明；放在任何命令后面都行
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 规程：检查、读回、解释、试算、比较版次、列出、看覆盖
    Rules(rules::Arguments),
    /// 演示：虚构的小区和几周的往来，登录名印在屏幕上，用浏览器打开
    Demo(demo::Arguments),
    /// 启动服务，用浏览器打开
    Serve(serve::Arguments),
    /// 账号：新建、换口令
    User(account::Arguments),
    /// 导入业主台账
    Import(import::Arguments),
    /// 日志：验链、重建视图、导出
    Journal(journal_commands::Arguments),
    /// 回访：复核抽取
    FollowUp(follow_up::Arguments),
    /// 备份：服务运行时也能做；备好后打开核对
    Backup(journal_commands::Backup),
    /// 本地证书：没有域名的办公室用 HTTPS
    Tls(tls::Arguments),
}

/// Carries out a call and tells its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let called = match read(described(), arguments) {
        Ok(called) => called,
        Err(error) => return refuse(&error),
    };
    match carry_out(called.command) {
        Ok(ending) => ending.into(),
        Err(error) if broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if error.is::<WrongCall>() => {
            eprintln!("写错了：{error:#}");
            ExitCode::from(ending::WRONG_CALL)
        }
        Err(error) => {
            eprintln!("没有办成：{error:#}");
            ExitCode::from(ending::NOT_CARRIED_OUT)
        }
    }
}

fn carry_out(command: Command) -> anyhow::Result<Ending> {
    match command {
        Command::Rules(arguments) => rules::run(arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::User(arguments) => account::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Journal(arguments) => journal_commands::run(&arguments),
        Command::FollowUp(arguments) => follow_up::run(&arguments),
        Command::Backup(arguments) => journal_commands::backup(&arguments),
        Command::Tls(arguments) => tls::run(&arguments),
    }
}

/// The command line with its help headings in Chinese at every level.
fn described() -> clap::Command {
    use clap::CommandFactory;
    CommandLine::command().version(env!("CARGO_PKG_VERSION")).mut_subcommands(dress)
}

fn dress(command: clap::Command) -> clap::Command {
    command
        .help_template(HELP)
        .disable_help_subcommand(true)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_flag(true)
        .mut_args(|argument| {
            let heading = if argument.is_positional() { "参数" } else { "选项" };
            argument.help_heading(heading)
        })
        .mut_subcommands(dress)
}

fn read(command: clap::Command, arguments: impl IntoIterator<Item = OsString>) -> Result<CommandLine, clap::Error> {
    use clap::FromArgMatches;
    CommandLine::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

/// Whoever reads the output has gone away (`| head`): no fault.
fn broken_pipe(error: &anyhow::Error) -> bool {
    let gone = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    };
    error.chain().any(gone)
}

/// Shows help, or says what is wrong with the call.
fn refuse(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::from(ending::WRONG_CALL);
    }
    let _ = writeln!(std::io::stderr(), "命令写错了：{}", wrong(error));
    ExitCode::from(ending::WRONG_CALL)
}

/// What is wrong with a call, in words.
fn wrong(error: &clap::Error) -> String {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = said(ContextKind::InvalidArg);
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(said)
        .find(|text| !text.is_empty());
    let near = near.map(|text| format!("，是不是 {text}")).unwrap_or_default();
    let sentence = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有命令 {}{near}", said(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("不认识 {argument}{near}"),
        ErrorKind::MissingRequiredArgument => format!("还缺 {argument}"),
        ErrorKind::MissingSubcommand => format!("还缺命令，可用：{}", said(ContextKind::ValidSubcommand)),
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {} 同用", said(ContextKind::PriorArg)),
        ErrorKind::InvalidValue if said(ContextKind::InvalidValue).is_empty() => format!("{argument} 后面还缺值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|why| format!("：{why}")).unwrap_or_default();
            let valid = said(ContextKind::ValidValue);
            let valid = if valid.is_empty() { valid } else { format!("，可用：{valid}") };
            format!("{argument} 不能是“{}”{why}{valid}{near}", said(ContextKind::InvalidValue))
        }
        _ => error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned(),
    };
    format!("{sentence}。加 --help 看说明。")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong_call(words: &str) -> String {
        let arguments = words.split(' ').map(OsString::from);
        wrong(&read(described(), arguments).unwrap_err())
    }

    #[test]
    fn wrong_calls_are_told_in_chinese() {
        assert_eq!(wrong_call("huiyin rule"), "没有命令 rule，是不是 rules。加 --help 看说明。");
        assert_eq!(wrong_call("huiyin rules list --jsn"), "不认识 --jsn，是不是 --json。加 --help 看说明。");
        assert_eq!(
            wrong_call("huiyin rules list --lang fr"),
            "--lang <语言> 不能是“fr”，可用：zh、en。加 --help 看说明。"
        );
        assert_eq!(wrong_call("huiyin rules list --lang"), "--lang <语言> 后面还缺值。加 --help 看说明。");
    }

    #[test]
    fn every_help_page_is_chinese_and_well_made() {
        let mut command = described();
        command.clone().debug_assert();
        command.build();
        let mut pages = vec![command];
        while let Some(mut page) = pages.pop() {
            pages.extend(page.get_subcommands().cloned());
            let text = page.render_long_help().to_string();
            for english in
                ["Usage:", "Options:", "Commands:", "Arguments:", "Print help", "[default", "[possible", "[env"]
            {
                assert!(!text.contains(english), "{english} in\n{text}");
            }
            assert!(page.get_about().is_some(), "{} says nothing of itself", page.get_name());
        }
    }
}
