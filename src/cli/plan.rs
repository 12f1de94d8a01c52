//! `accolade plan`: every number assigned, for several machines to go by.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use accolade::Folder;
use accolade::fault::Diagnostics;
use accolade::folder::Freeze;
use accolade::plan::MOST_PARTS;
use accolade::report::account::FrozenReport;
use clap::Args;
use jiff::Timestamp;

use super::args::{self, Expected};
use super::output;
use super::report::Reporter;

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade plan mine --parts 40
  accolade run mine --shard 7/40    each machine makes a part
  accolade assemble mine            the parts become one package, its numbers are registered";

/// freeze a plan: read the sheet, assign every number, for several machines to
/// make parts of
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Plan {
    #[command(flatten)]
    folder: args::FolderArg,
    #[command(flatten)]
    sheet: args::SheetArg,
    /// how many parts
    #[arg(long, value_name = "N", value_parser = parts)]
    parts: NonZeroUsize,
    /// folder for the plan; out in the contest folder by default
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    asked: args::Asked,
}

/// How many parts.
fn parts(text: &str) -> Result<NonZeroUsize, Expected> {
    let parts = text.parse().ok().filter(|parts| *parts <= MOST_PARTS);
    parts.ok_or_else(|| {
        Expected::new(
            format!("写一个 1 到 {MOST_PARTS} 的整数"),
            format!("give a whole number from 1 to {MOST_PARTS}"),
        )
    })
}

pub(super) fn run(plan: &Plan, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let folder = plan.folder.dir.as_path();
    let freeze = Freeze {
        selection: plan.asked.selection(),
        purpose: plan.asked.purpose(),
        parts: plan.parts,
        out: args::out(plan.out.as_deref(), folder, "out"),
        now: Timestamp::now(),
    };
    let (folder, sheet) = Folder::open_with_sheet(folder, plan.sheet.sheet.as_deref())?;
    let frozen = folder.freeze(&sheet, &freeze)?;
    output::write(&frozen.place, &frozen.bytes)?;
    reporter.done_with(&FrozenReport::new(&frozen, plan.parts), &frozen.diagnostics, |lang| {
        let (place, parts, count) = (frozen.place.display(), plan.parts, frozen.documents);
        lang.pick(
            format!("{count} 份文件的编号已排定，分 {parts} 段制作：{place}\n"),
            format!("{count} documents have their numbers, to be made in {parts} parts: {place}\n"),
        )
    });
    Ok(ExitCode::SUCCESS)
}
