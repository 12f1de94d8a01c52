//! `accolade revoke`: a number that no longer counts.

use std::process::ExitCode;

use serde::Serialize;

use super::args::Revoke;
use super::report::Reporter;
use crate::diagnostic::Diagnostics;
use crate::register::Status;

#[derive(Serialize)]
struct Done<'a> {
    number: &'a str,
    status: Status,
}

pub(super) fn run(revoke: &Revoke, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let Revoke { folder, number, reason, undo, now } = revoke;
    crate::reissue::revoke(folder, number, reason, *undo, *now)?;
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
