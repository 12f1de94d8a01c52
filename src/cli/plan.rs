//! `accolade plan`: every number assigned, for several machines to go by.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::args::Plan;
use super::output;
use super::report::{DiagnosticJson, Reporter};
use crate::diagnostic::Diagnostics;
use crate::intake::Balance;
use crate::shard;

#[derive(Serialize)]
struct Done<'a> {
    sheet: &'a str,
    plan: &'a Path,
    rows: Balance,
    documents: usize,
    parts: usize,
    diagnostics: Vec<DiagnosticJson>,
}

pub(super) fn run(plan: &Plan, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let frost = shard::freeze(&plan.folder, &plan.order, plan.parts)?;
    output::write(&frost.place, &frost.bytes)?;
    let done = Done {
        sheet: &frost.sheet,
        plan: &frost.place,
        rows: frost.rows,
        documents: frost.documents,
        parts: plan.parts.get(),
        diagnostics: reporter.json(&frost.diagnostics),
    };
    reporter.done(&done, |lang| {
        let (place, parts, count) = (frost.place.display(), plan.parts, frost.documents);
        reporter.text(&frost.diagnostics)
            + &lang.pick(
                format!("{count} 份文件的编号已排定，分 {parts} 段制作：{place}\n"),
                format!(
                    "{count} documents have their numbers, to be made in {parts} parts: {place}\n"
                ),
            )
    });
    Ok(ExitCode::SUCCESS)
}
