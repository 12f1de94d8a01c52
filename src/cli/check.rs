//! `accolade check`: read, prove, report; write nothing.

use std::process::ExitCode;

use serde::Serialize;

use super::args::Check;
use super::report::{DiagnosticJson, Reporter};
use crate::diagnostic::Diagnostics;
use crate::intake::{Balance, Entrant};

#[derive(Serialize)]
struct Checked<'a> {
    sheet: &'a str,
    entrants: &'a [Entrant],
    diagnostics: Vec<DiagnosticJson>,
}

pub(super) fn run(check: &Check, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let (roster, noticed) = crate::check(&check.folder, check.sheet.as_deref())?;
    let checked = Checked {
        sheet: &roster.file,
        entrants: &roster.entrants,
        diagnostics: reporter.json(&noticed),
    };
    reporter.done(&checked, |lang| {
        let Balance { r#in: rows, issued: sound, held, skipped } = roster.balance();
        let balance = lang.pick(
            format!("{}：{rows} 行 = 可制作 {sound} + 有错 {held} + 略过 {skipped}\n", roster.file),
            format!(
                "{}: {rows} rows = {sound} sound + {held} faulty + {skipped} skipped\n",
                roster.file
            ),
        );
        balance + &reporter.text(&noticed)
    });
    Ok(super::status(&noticed))
}
