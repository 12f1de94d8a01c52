//! The command line: arguments in, results and faults out, exit status.
//!
//! The only module that prints, reads arguments or knows the terminal, and the
//! only one that sets what belongs to the whole process. What a command was
//! asked for goes to standard output, as text or as one JSON value; what keeps
//! it from its work, progress and hints go to standard error.

use std::env;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches};

use crate::fault::wording::Lang;
use crate::fault::{Class, Diagnostics};

mod args;
mod assemble;
mod check;
mod init;
mod inspect;
mod lang;
mod mishap;
mod output;
mod plan;
mod preview;
mod progress;
mod register;
mod reissue;
mod remedy;
mod report;
mod revoke;
mod run;
mod usage;
mod verify;

use args::Format;
use report::Reporter;

/// Runs the command that the process was started with.
///
/// Exit status: 0 done; 1 problems in the data or a template, nothing was
/// written; 2 usage or environment; 75 (`EX_TEMPFAIL` of sysexits.h) what may go
/// away by itself, so that schedulers know what to try again.
pub fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().collect();
    let lang = lang::of(&arguments, |name| env::var(name).ok());
    let reporter = Reporter::new(lang, Format::of(&arguments));
    let mut command = command(lang);
    let status = match command.try_get_matches_from_mut(arguments) {
        Ok(matches) => mishap::told(&reporter, || run_one(&matches, &reporter)),
        Err(error) if asks_for_help(&error) => error.exit(),
        Err(error) => {
            reporter.refused(usage::wording(&error, &command, lang));
            ExitCode::from(2)
        }
    };
    reporter.end(status)
}

/// Whether the help is what was asked for, or the best answer to no words at all.
fn asks_for_help(error: &clap::Error) -> bool {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    let kinds = [DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion];
    kinds.contains(&error.kind())
}

fn run_one(matches: &ArgMatches, reporter: &Reporter) -> ExitCode {
    let (name, m) = matches.subcommand().expect("clap asks for a command");
    if ["reissue", "revoke"].contains(&name)
        && let Some(wording) = usage::without_number(m, reporter.lang)
    {
        reporter.refused(wording);
        return ExitCode::from(2);
    }
    let done = match name {
        "init" => init::run(&init::Init::of(m), reporter),
        "check" => check::run(&check::Check::of(m), reporter),
        "run" => run::run(&run::Run::of(m), reporter),
        "plan" => plan::run(&plan::Plan::of(m), reporter),
        "assemble" => assemble::run(&assemble::Assemble::of(m), reporter),
        "preview" => preview::run(&preview::Preview::of(m), reporter),
        "reissue" => reissue::run(&reissue::Reissue::of(m), reporter),
        "revoke" => revoke::run(&revoke::Revoke::of(m), reporter),
        "register" => register::run(&register::Listing::of(m), reporter),
        "verify" => verify::run(&verify::Verify::of(m), reporter),
        "inspect" => inspect::run(&inspect::Inspect::of(m), reporter),
        other => unreachable!("{other} is no command"),
    };
    match done {
        Ok(status) => status,
        Err(faults) => {
            let writes = !["check", "verify", "inspect", "register"].contains(&name);
            reporter.failed(&faults, writes);
            status(&faults)
        }
    }
}

/// The exit status of a command that noticed this.
fn status(noticed: &Diagnostics) -> ExitCode {
    ExitCode::from(match noticed {
        noticed if !noticed.has_errors() => 0,
        noticed => match noticed.class() {
            Class::Data => 1,
            Class::Usage | Class::Environment => 2,
            Class::Transient => 75,
        },
    })
}

/// All that may be typed.
fn command(lang: Lang) -> clap::Command {
    let format = args::choice("format", ["text", "json"])
        .global(true)
        .display_order(90)
        .value_name("FORMAT")
        .default_value("text")
        .help(lang.pick(
            "结果的格式：text（默认）；json 在标准输出给出一个 JSON 值",
            "text (the default), or json: one JSON value on standard output",
        ));
    let language =
        args::choice("lang", ["zh", "en"]).global(true).display_order(91).value_name("LANG").help(
            lang.pick(
                "语言：zh 或 en；默认依 LC_ALL、LC_MESSAGES、LANG，再默认中文",
                "language: zh or en; else LC_ALL, LC_MESSAGES, LANG decide, else Chinese",
            ),
        );
    let version = Arg::new("version")
        .long("version")
        .short('V')
        .action(ArgAction::Version)
        .help(lang.pick("显示版本", "print the version"));
    let commands = [
        init::Init::command(lang),
        check::Check::command(lang),
        run::Run::command(lang),
        plan::Plan::command(lang),
        assemble::Assemble::command(lang),
        preview::Preview::command(lang),
        reissue::Reissue::command(lang),
        revoke::Revoke::command(lang),
        register::Listing::command(lang),
        verify::Verify::command(lang),
        inspect::Inspect::command(lang),
    ];
    let command = args::base("accolade", lang)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .about(lang.pick(
            "把大赛的最终获奖名单变成证书、推荐函和公文：排版、核对，装进一个压缩包",
            "turns a contest's award sheet into certificates, letters and notices: typeset, proved, in one zip",
        ))
        .after_help(lang.pick(
            "例：\n  accolade init 我的大赛        新建大赛文件夹，改好 contest.toml，放入名单\n  accolade check 我的大赛       只核对，什么也不写\n  accolade preview 我的大赛     先看最容易出问题的几页\n  accolade run 我的大赛         全部制作，得到一个压缩包\n  accolade reissue 我的大赛 JZCK2026-QY-1-001 --set 项目=新名称 --reason 更正\n  accolade verify 证书.pdf --register 我的大赛\n\n退出状态：0 完成；1 数据或模板有问题（什么也没有写）；2 用法或环境有问题；75 被中断、磁盘满、登记簿正被使用等，稍后原样再运行即可",
            "Examples:\n  accolade init mine        a new contest folder: edit contest.toml, put in the sheet\n  accolade check mine       report only, write nothing\n  accolade preview mine     look at the riskiest pages first\n  accolade run mine         make everything, get one zip\n  accolade reissue mine JZCK2026-QY-1-001 --set project=NEW --reason correction\n  accolade verify certificate.pdf --register mine\n\nExit status: 0 done; 1 problems in the data or a template (nothing was written); 2 usage or environment; 75 interrupted, disk full, register in use and the like: the same command may succeed later",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args([format, language, version]);
    let commands = commands.map(|command| args::with_usage(command, lang));
    args::with_usage(command.subcommands(commands), lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }
}
