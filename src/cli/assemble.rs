//! `accolade assemble`: the parts of a frozen plan, in one zip.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::ArgMatches;
use jiff::Timestamp;

use super::args::{self, Progress};
use super::progress::Interrupt;
use super::report::Reporter;
use super::{progress, run};
use crate::Folder;
use crate::fault::Diagnostics;
use crate::fault::wording::Lang;
use crate::folder::Target;

pub(super) struct Assemble {
    folder: PathBuf,
    sheet: Option<PathBuf>,
    target: Target,
    now: Timestamp,
    progress: Progress,
}

impl Assemble {
    pub(super) fn command(lang: Lang) -> clap::Command {
        args::base("assemble", lang)
            .about(lang.pick(
                "把各段合成压缩包，与一台机器做出来的一字不差，并登记编号",
                "put the parts together into the package that one machine would have made, and register its numbers",
            ))
            .args([args::dir(lang), args::sheet(lang)])
            .arg(args::out(lang.pick(
                "方案和各段所在的文件夹；默认大赛文件夹里的 out",
                "folder of the plan and its parts; out in the contest folder by default",
            )))
            .arg(args::replace(lang))
            .arg(args::progress(lang))
    }

    pub(super) fn of(matches: &ArgMatches) -> Self {
        let folder = args::folder(matches);
        Self {
            sheet: args::path(matches, "sheet"),
            target: args::target_of(matches, &folder),
            now: Timestamp::now(),
            progress: args::progress_of(matches),
            folder,
        }
    }
}

pub(super) fn run(assemble: &Assemble, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let start = Instant::now();
    let interrupt = Interrupt::watched(assemble.progress, reporter);
    let progress = progress::shown(assemble.progress, reporter.lang, &interrupt);
    let Assemble { folder, sheet, target, now, .. } = assemble;
    let (folder, sheet) = Folder::open_with_sheet(folder, sheet.as_deref())?;
    let account = folder.assemble(&sheet, target, *now, progress)?;
    run::tell(&account, start, reporter);
    Ok(ExitCode::SUCCESS)
}
