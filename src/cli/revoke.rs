//! `accolade revoke`: a number that no longer counts.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;
use jiff::Timestamp;
use serde::Serialize;

use super::args;
use super::report::Reporter;
use crate::fault::wording::Lang;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::office;
use crate::register::Status;

pub(super) struct Revoke {
    folder: PathBuf,
    number: String,
    reason: String,
    undo: bool,
    now: Timestamp,
}

impl Revoke {
    pub(super) fn command(lang: Lang) -> clap::Command {
        args::base("revoke", lang)
            .about(lang.pick("撤销一份证书", "revoke a certificate"))
            .override_usage(lang.pick(
                "accolade revoke [DIR] NUMBER --reason 说明",
                "accolade revoke [DIR] NUMBER --reason TEXT",
            ))
            .after_help(lang.pick(
                "例：\n  accolade revoke 我的大赛 JZCK2026-QY-1-001 --reason 取消获奖资格\n  accolade revoke 我的大赛 JZCK2026-QY-1-001 --undo --reason 撤销有误",
                "Examples:\n  accolade revoke mine JZCK2026-QY-1-001 --reason \"award withdrawn\"\n  accolade revoke mine JZCK2026-QY-1-001 --undo --reason \"revoked by mistake\"",
            ))
            .arg(args::dir(lang))
            .arg(args::number(lang).required_unless_present("dir"))
            .arg(args::reason(lang).required(true))
            .arg(args::flag("undo", lang.pick("使撤销了的重新有效", "make a revoked one valid again")))
    }

    pub(super) fn of(matches: &ArgMatches) -> Self {
        let (folder, number) = args::folder_and_number(matches);
        let (reason, undo) = (args::reason_of(matches), matches.get_flag("undo"));
        Self { folder, number, reason, undo, now: Timestamp::now() }
    }
}

#[derive(Serialize)]
struct Done<'a> {
    number: &'a str,
    status: Status,
}

pub(super) fn run(revoke: &Revoke, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let Revoke { folder, number, reason, undo, now } = revoke;
    if folder.is_file() {
        return Err(Diagnostic::new(fault::Environment::NotAFolder)
            .at(Place::File(folder.clone()))
            .into());
    }
    fs::metadata(folder).map_err(|error| Diagnostic::cannot_read(folder, &error))?;
    match undo {
        true => office::reinstate(folder, number, reason, *now)?,
        false => office::revoke(folder, number, reason, *now)?,
    }
    let status = if *undo { Status::Valid } else { Status::Revoked };
    reporter.done(&Done { number, status }, |lang| match undo {
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
