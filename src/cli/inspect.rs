//! `accolade inspect`: a document's PDF compared with GB/T 9704-2012.

use std::path::PathBuf;
use std::process::ExitCode;

use accolade::fault::Diagnostics;
use accolade::inspect::{self, Judgement};
use accolade::report::inspect::{self as report, Inspected};
use clap::Args;
use unicode_width::UnicodeWidthStr;

use super::report::Reporter;

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade inspect notice.pdf
  accolade inspect notice.pdf > notice.md
  accolade inspect notice.pdf --format json

The output is a Markdown table: clause, element, rule, measured, verdict (pass, fail, for a person).

Exit status: 0 nothing fails; 1 something does; 2 it cannot be read";

/// compare an official document's PDF with GB/T 9704-2012, whatever made it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Inspect {
    /// the document's PDF
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(inspect: &Inspect, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let found = inspect::file(&inspect.file)?;
    reporter.done(&Inspected::new(&found, reporter.lang), |lang| {
        drawn(&report::table(&found, lang)) + "\n" + &report::summary(&found, lang)
    });
    let failed = found.count(Judgement::Fail) > 0;
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// A Markdown table that is even in a terminal, too.
fn drawn(rows: &[[String; 5]]) -> String {
    // A stroke would end the cell.
    let rows: Vec<_> =
        rows.iter().map(|row| row.each_ref().map(|cell| cell.replace('|', "｜"))).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        for (cell, width) in row.iter().zip(widths) {
            let blank = " ".repeat(width - cell.width());
            text += &format!("| {cell}{blank} ");
        }
        text += "|\n";
        if index == 0 {
            text += &widths.map(|width| format!("|{}", "-".repeat(width + 2))).concat();
            text += "|\n";
        }
    }
    text
}
