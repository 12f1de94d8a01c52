//! `accolade revoke`: a number that no longer counts.

use std::fs;
use std::process::ExitCode;

use accolade::fault::{self, Diagnostic, Diagnostics, Place};
use accolade::office;
use accolade::register::Status;
use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::report::Reporter;
use super::{args, usage};

/// How it is typed.
const USAGE: &str = "accolade revoke [DIR] NUMBER --reason TEXT";

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade revoke mine JZCK2026-QY-1-001 --reason \"award withdrawn\"
  accolade revoke mine JZCK2026-QY-1-001 --undo --reason \"revoked by mistake\"";

/// revoke a certificate
#[derive(Debug, Args)]
#[command(override_usage = USAGE, after_help = EXAMPLES)]
pub(super) struct Revoke {
    #[command(flatten)]
    target: args::TargetArg,
    #[command(flatten)]
    reason: args::ReasonArg,
    /// make a revoked one valid again
    #[arg(long)]
    undo: bool,
}

#[derive(Serialize)]
struct Done<'a> {
    number: &'a str,
    status: Status,
}

pub(super) fn run(revoke: &Revoke, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let (folder, number) = match revoke.target.folder_and_number() {
        Ok(target) => target,
        Err(folder) => return Ok(usage::no_number(folder, reporter)),
    };
    let (reason, undo) = (&revoke.reason.reason, revoke.undo);
    if folder.is_file() {
        return Err(Diagnostic::new(fault::Environment::NotAFolder)
            .at(Place::File(folder.to_owned()))
            .into());
    }
    fs::metadata(folder).map_err(|error| Diagnostic::cannot_read(folder, &error))?;
    let judge = if undo { office::reinstate } else { office::revoke };
    judge(folder, &number, reason, Timestamp::now())?;
    let status = if undo { Status::Valid } else { Status::Revoked };
    reporter.done(&Done { number: &number, status }, |lang| match undo {
        true => lang.pick(format!("{number} 重新有效\n"), format!("{number} is valid again\n")),
        false => lang.pick(
            format!("{number} 已撤销；请收回证书，并重新发布状态清单\n"),
            format!(
                "{number} is revoked; collect the certificate and publish the status list anew\n"
            ),
        ),
    });
    Ok(ExitCode::SUCCESS)
}
