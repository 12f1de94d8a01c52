//! `accolade assemble`: the parts of a frozen plan, in one zip.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use accolade::Folder;
use accolade::fault::Diagnostics;
use accolade::folder::Target;
use clap::Args;
use jiff::Timestamp;

use super::progress::{self, Interrupt};
use super::report::Reporter;
use super::{account, args};

/// put the parts together into the package that one machine would have made, and
/// register its numbers
#[derive(Debug, Args)]
pub(super) struct Assemble {
    #[command(flatten)]
    folder: args::FolderArg,
    #[command(flatten)]
    sheet: args::SheetArg,
    /// folder of the plan and its parts; out in the contest folder by default
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    replace: args::Replace,
    #[command(flatten)]
    progress: args::Progress,
}

pub(super) fn run(assemble: &Assemble, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let start = Instant::now();
    let folder = assemble.folder.dir.as_path();
    let out = args::out(assemble.out.as_deref(), folder, "out");
    let target = Target { folder: out, replace: assemble.replace.replace };
    let progress = assemble.progress.progress;
    let interrupt = Interrupt::watched(progress, reporter);
    let shown = progress::shown(progress, reporter.lang, &interrupt);
    let (folder, sheet) = Folder::open_with_sheet(folder, assemble.sheet.sheet.as_deref())?;
    let account = folder.assemble(sheet, &target, Timestamp::now(), shown)?;
    account::tell(&account, start, reporter);
    Ok(ExitCode::SUCCESS)
}
