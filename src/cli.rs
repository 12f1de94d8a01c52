//! The command line: arguments in, results and faults out, exit status.
//!
//! A module of the binary, not of the library. It alone prints, reads arguments,
//! knows the terminal and sets what belongs to the whole process. Comments on
//! arguments are their help in English; `chinese` has it in Chinese.
//!
//! What a command was asked for goes to standard output, as text or as one JSON
//! value; what keeps it from its work, progress and hints go to standard error.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use accolade::Lang;
use clap::error::ErrorKind;
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

mod account;
mod args;
mod assemble;
mod check;
mod chinese;
mod choice;
mod desk;
mod extras;
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
mod signals;
mod usage;
mod verify;
mod window;

use choice::Format;
use lang::Language;
use report::Reporter;

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade                  the page for clerks, in the browser
  accolade init mine        a new contest folder: edit contest.toml, put in the sheet
  accolade check mine       report only, write nothing
  accolade preview mine     look at the riskiest pages first
  accolade run mine         make everything, get one zip
  accolade reissue mine JZCK2026-QY-1-001 --set project=NEW --reason correction
  accolade verify certificate.pdf --register mine

Exit status: 0 done; 1 problems in the data or a template (nothing was written); 2 usage or environment; 75 interrupted, disk full, register in use and the like: the same command may succeed later";

/// turns a contest's award sheet into certificates, letters and notices: typeset,
/// proved, in one zip
#[derive(Debug, Parser)]
#[command(name = "accolade", disable_version_flag = true, after_help = EXAMPLES)]
struct Typed {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    _everywhere: Everywhere,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Check(check::Check),
    Run(run::Run),
    Plan(plan::Plan),
    Assemble(assemble::Assemble),
    Preview(preview::Preview),
    Reissue(reissue::Reissue),
    Revoke(revoke::Revoke),
    Register(register::Listing),
    Verify(verify::Verify),
    Inspect(inspect::Inspect),
    Desk(desk::Desk),
    Extras(extras::Extras),
}

/// What may be typed with every command. What it says is known before anything
/// is parsed, since a slip is told in the reader's own language and format.
#[derive(Debug, Args)]
struct Everywhere {
    /// print the version
    #[arg(long = "version", short = 'V', id = "version", action = ArgAction::Version)]
    _version: Option<bool>,
    /// text (the default), or json: one JSON value on standard output
    #[arg(
        long = "format",
        id = "format",
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        global = true,
        display_order = 90,
        hide_possible_values = true,
        hide_default_value = true
    )]
    _format: Format,
    /// language: zh or en; else LC_ALL, LC_MESSAGES, LANG decide, else Chinese
    #[arg(
        long = "lang",
        id = "lang",
        value_name = "LANG",
        value_enum,
        global = true,
        display_order = 91,
        hide_possible_values = true
    )]
    _lang: Option<Language>,
}

/// Runs the command that the process was started with.
///
/// Exit status: 0 done; 1 problems in the data or a template, nothing was
/// written; 2 usage or environment; 75 (`EX_TEMPFAIL` of sysexits.h) what may go
/// away by itself, so that schedulers know what to try again.
pub(super) fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().collect();
    let lang = lang::of(&arguments, |name| env::var(name).ok());
    let reporter = Reporter::new(lang, Format::of(&arguments));
    if let Some(folder) = window::opened(&arguments) {
        let work = || run_one(&Command::untyped(folder), &reporter);
        let status = mishap::told(&reporter, work);
        return window::kept(reporter.end(status), &reporter);
    }
    let mut command = command(lang);
    let typed = command.try_get_matches_from_mut(arguments);
    let status = match typed.and_then(|matches| Typed::from_arg_matches(&matches)) {
        Ok(typed) => mishap::told(&reporter, || run_one(&typed.command, &reporter)),
        Err(error) if asks_for_help(&error) => error.exit(),
        Err(error) => {
            reporter.refused(usage::wording(&error, &command, lang));
            ExitCode::from(usage::STATUS)
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

fn run_one(command: &Command, reporter: &Reporter) -> ExitCode {
    let done = match command {
        Command::Init(init) => init::run(init, reporter),
        Command::Check(check) => check::run(check, reporter),
        Command::Run(run) => run::run(run, reporter),
        Command::Plan(plan) => plan::run(plan, reporter),
        Command::Assemble(assemble) => assemble::run(assemble, reporter),
        Command::Preview(preview) => preview::run(preview, reporter),
        Command::Reissue(reissue) => reissue::run(reissue, reporter),
        Command::Revoke(revoke) => revoke::run(revoke, reporter),
        Command::Register(listing) => register::run(listing, reporter),
        Command::Verify(verify) => verify::run(verify, reporter),
        Command::Inspect(inspect) => inspect::run(inspect, reporter),
        Command::Desk(desk) => desk::run(desk, reporter),
        Command::Extras(extras) => extras::run(extras, self::command, reporter),
    };
    done.unwrap_or_else(|faults| {
        reporter.failed(&faults, command.writes());
        report::status_of(&faults)
    })
}

impl Command {
    /// What is done in a folder where nothing is typed, as by a double click.
    fn untyped(folder: PathBuf) -> Self {
        Self::Desk(desk::Desk::usual(folder))
    }

    /// Whether it is there to write something.
    fn writes(&self) -> bool {
        !matches!(
            self,
            Self::Check(_) | Self::Verify(_) | Self::Inspect(_) | Self::Register(_) | Self::Desk(_)
        )
    }
}

/// All that may be typed.
fn command(lang: Lang) -> clap::Command {
    chinese::in_words_of(Typed::command(), lang).version(version())
}

/// The version, the commit it was built from if that was told, and whose
/// typesetting it is.
fn version() -> String {
    let commit = option_env!("ACCOLADE_COMMIT").map(|commit| format!("{commit}, "));
    let commit = commit.unwrap_or_default();
    format!("{} ({commit}typst {})", env!("CARGO_PKG_VERSION"), accolade::press::typst_version())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn all_help_is_there_in_chinese_too() {
        let chinese = |text: String| text.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let text = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string);
        let root = command(Lang::Zh);
        for command in [&root].into_iter().chain(root.get_subcommands()) {
            let name = command.get_name();
            assert!(text(command.get_about()).is_some_and(chinese), "{name}");
            assert!(text(command.get_after_help()).is_none_or(chinese), "{name}");
            for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
                assert!(text(arg.get_help()).is_some_and(chinese), "{name} {}", arg.get_id());
            }
        }
        // Nor is there Chinese for what is not.
        for (name, id) in chinese::known() {
            let commands = [&root].into_iter().chain(root.get_subcommands());
            let mut named = commands.filter(|it| name == "*" || name == it.get_name());
            let has = |it: &clap::Command| {
                id.is_none_or(|id| it.get_arguments().any(|arg| arg.get_id() == id))
            };
            assert!(named.any(has), "{name} {id:?}");
        }
    }
}
