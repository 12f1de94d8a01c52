//! The command line: arguments in, reports out, exit status.
//!
//! The only module that prints, reads arguments or knows the terminal. Each
//! command prints one JSON value on standard output if asked to, and otherwise
//! text on standard error.

use std::env;
use std::process::ExitCode;

use crate::diagnostic::Diagnostics;

mod args;
mod assemble;
mod check;
mod init;
mod inspect;
mod output;
mod plan;
mod preview;
mod progress;
mod register;
mod reissue;
mod report;
mod revoke;
mod run;
mod verify;

use args::Command;
use report::Reporter;

/// Runs the command that the process was started with.
///
/// Exit status: 0 done; 1 problems in the data or a template, nothing was
/// written; 2 usage or environment; 75 (`EX_TEMPFAIL` of sysexits.h) what may go
/// away by itself, so that schedulers know what to try again.
pub fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().collect();
    let lang = args::lang(&arguments, env::var("LANG").ok().as_deref());
    let args = args::parse(arguments, lang).unwrap_or_else(|error| error.exit());
    let reporter = Reporter::new(lang, args.format);
    let done = match args.command {
        Command::Init(init) => init::run(&init, &reporter),
        Command::Check(check) => check::run(&check, &reporter),
        Command::Run(run) => run::run(&run, &reporter),
        Command::Plan(plan) => plan::run(&plan, &reporter),
        Command::Assemble(assemble) => assemble::run(&assemble, &reporter),
        Command::Preview(preview) => preview::run(&preview, &reporter),
        Command::Reissue(reissue) => reissue::run(&reissue, &reporter),
        Command::Revoke(revoke) => revoke::run(&revoke, &reporter),
        Command::Register(register) => register::run(&register, &reporter),
        Command::Verify(verify) => verify::run(&verify, &reporter),
        Command::Inspect(inspect) => inspect::run(&inspect, &reporter),
    };
    match done {
        Ok(status) => status,
        Err(faults) => {
            reporter.failed(&faults);
            status(&faults)
        }
    }
}

/// The exit status of a command that noticed this.
fn status(noticed: &Diagnostics) -> ExitCode {
    ExitCode::from(match noticed {
        noticed if !noticed.has_errors() => 0,
        noticed if noticed.may_pass() => 75,
        noticed if noticed.blames_environment() => 2,
        _ => 1,
    })
}
