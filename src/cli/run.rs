//! `accolade run`: everything, in one zip, and a short account of it; or a part
//! of a frozen plan.

use std::env;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use accolade::Folder;
use accolade::fault::{self, Diagnostics};
use accolade::folder::{Order, PartChoice, Target};
use accolade::report::account::PartReport;
use clap::Args;
use jiff::Timestamp;

use super::account;
use super::args::{self, Expected};
use super::progress::{self, Interrupt};
use super::report::Reporter;

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade run mine
  accolade run mine --only Certificate --out print
  accolade run mine --hold    hold the faulty rows, make the rest";

/// make every document and write one zip
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Run {
    #[command(flatten)]
    folder: args::FolderArg,
    #[command(flatten)]
    sheet: args::SheetArg,
    /// folder for the package; out in the contest folder by default
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    asked: args::Asked,
    /// make only part I of N of the plan that accolade plan has frozen; auto: as
    /// Slurm, Kubernetes or Nomad say in the environment
    #[arg(
        long,
        value_name = "I/N",
        value_parser = shard,
        conflicts_with_all = ["sheet", "only", "hold", "draft", "new", "replace"]
    )]
    shard: Option<Shard>,
    #[command(flatten)]
    replace: args::Replace,
    #[command(flatten)]
    threads: args::Threads,
    #[command(flatten)]
    progress: args::Progress,
}

/// Which part of a frozen plan is to be made.
#[derive(Debug, Clone, Copy)]
enum Shard {
    /// As it was typed.
    Typed(PartChoice),
    /// What the scheduler says in the environment.
    Auto,
}

impl Run {
    fn folder_and_out(&self) -> (&Path, PathBuf) {
        let folder = self.folder.dir.as_path();
        (folder, args::out(self.out.as_deref(), folder, "out"))
    }
}

/// `I/N`, or `auto`.
fn shard(text: &str) -> Result<Shard, Expected> {
    if text == "auto" {
        return Ok(Shard::Auto);
    }
    let typed = text.split_once('/').and_then(|(part, parts)| {
        let (part, parts) = (part.parse().ok()?, parts.parse().ok()?);
        (part <= parts).then_some(PartChoice { part, parts: Some(parts) })
    });
    typed.map(Shard::Typed).ok_or_else(|| {
        Expected::new("写成 1/4、2/4 … 4/4，或 auto", "give 1/4, 2/4 … 4/4, or auto")
    })
}

pub(super) fn run(run: &Run, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    if let Some(shard) = run.shard {
        return part(run, shard, reporter);
    }
    let start = Instant::now();
    let (folder, out) = run.folder_and_out();
    let order = Order {
        selection: run.asked.selection(),
        purpose: run.asked.purpose(),
        target: Target { folder: out, replace: run.replace.replace },
        threads: run.threads.count(),
        now: Timestamp::now(),
    };
    let progress = run.progress.progress;
    let interrupt = Interrupt::watched(progress, reporter);
    let shown = progress::shown(progress, reporter.lang, &interrupt);
    let (folder, sheet) = Folder::open_with_sheet(folder, run.sheet.sheet.as_deref())?;
    let account = folder.run(sheet, &order, shown)?;
    account::tell(&account, start, reporter);
    Ok(ExitCode::SUCCESS)
}

fn part(run: &Run, shard: Shard, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let start = Instant::now();
    let which = match shard {
        Shard::Typed(which) => which,
        Shard::Auto => scheduled(|name| env::var(name).ok())?,
    };
    let (folder, out) = run.folder_and_out();
    let progress = run.progress.progress;
    let interrupt = Interrupt::watched(progress, reporter);
    let shown = progress::shown(progress, reporter.lang, &interrupt);
    let made = Folder::open(folder)?.make(&out, which, run.threads.count(), shown)?;
    let part = PartReport::new(&made, start.elapsed().as_secs_f64());
    reporter.done_with(&part, &made.diagnostics, |lang| {
        let PartReport { part, parts, pages, seconds, .. } = &part;
        let (count, file) = (made.documents.len(), made.place.display());
        lang.pick(
            format!("第 {part}/{parts} 段：{count} 份，{pages} 页，用时 {seconds:.1} 秒\n{file}\n"),
            format!(
                "part {part}/{parts}: {count} documents, {pages} pages in {seconds:.1} s\n{file}\n"
            ),
        )
    });
    reporter.hint(reporter.lang.pick(
        "编号还没有登记，合并以前不要打印\n",
        "its numbers are not registered yet: print nothing before the parts are assembled\n",
    ));
    Ok(ExitCode::SUCCESS)
}

/// What schedulers tell a task of itself, and from what they count.
const SCHEDULERS: [(&str, usize); 3] =
    [("SLURM_ARRAY_TASK_ID", 1), ("JOB_COMPLETION_INDEX", 0), ("NOMAD_ALLOC_INDEX", 0)];

/// The part that the scheduler wants of this task. A Slurm array has to count
/// from 1, so that a part of it can be submitted again.
///
/// # Errors
/// No scheduler says so.
fn scheduled(variable: impl Fn(&str) -> Option<String>) -> Result<PartChoice, Diagnostics> {
    let part = SCHEDULERS.iter().find_map(|&(name, first)| {
        let index: usize = variable(name)?.trim().parse().ok()?;
        NonZeroUsize::new(index + 1 - first)
    });
    let which = part.map(|part| PartChoice { part, parts: None });
    which.ok_or_else(|| {
        let variables = SCHEDULERS.iter().map(|&(name, _)| name).collect();
        fault::Parts::PartUnknown { variables }.into()
    })
}
