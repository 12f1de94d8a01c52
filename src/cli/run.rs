//! `accolade run`: everything, in one zip, and a short account of it; or a part
//! of a frozen plan.

use std::env;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Arg, ArgMatches};
use jiff::Timestamp;
use serde::Serialize;

use super::args::{self, Progress};
use super::progress::{self, Interrupt};
use super::report::{DiagnosticJson, Reporter};
use crate::Folder;
use crate::fault::wording::Lang;
use crate::fault::{self, Diagnostics};
use crate::folder::{Account, Order, PartChoice};
use crate::package::Entry;
use crate::roster::Balance;

pub(super) struct Run {
    folder: PathBuf,
    sheet: Option<PathBuf>,
    order: Order,
    /// Only this part of a frozen plan.
    shard: Option<Shard>,
    progress: Progress,
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
    pub(super) fn command(lang: Lang) -> clap::Command {
        args::base("run", lang)
            .about(lang.pick("制作全部文件，装进一个压缩包", "make every document and write one zip"))
            .after_help(lang.pick(
                "例：\n  accolade run 我的大赛\n  accolade run 我的大赛 --only 荣誉证书 --out D:\\印刷\n  accolade run 我的大赛 --hold    有错的行扣下，其余照做",
                "Examples:\n  accolade run mine\n  accolade run mine --only 荣誉证书 --out print\n  accolade run mine --hold    hold the faulty rows, make the rest",
            ))
            .args([args::dir(lang), args::sheet(lang)])
            .arg(args::out(lang.pick(
                "压缩包放在哪个文件夹；默认大赛文件夹里的 out",
                "folder for the package; out in the contest folder by default",
            )))
            .args(args::asked(lang))
            .arg(
                Arg::new("shard")
                    .long("shard")
                    .value_name("I/N")
                    .value_parser(move |text: &str| shard(text, lang))
                    .conflicts_with_all(["sheet", "only", "hold", "draft", "new", "replace"])
                    .help(lang.pick(
                        "只做 accolade plan 冻结的方案的第 I 段，共 N 段；auto：由 Slurm、Kubernetes 或 Nomad 的环境变量决定",
                        "make only part I of N of the plan that accolade plan has frozen; auto: as Slurm, Kubernetes or Nomad say in the environment",
                    )),
            )
            .arg(args::replace(lang))
            .arg(args::threads(lang))
            .arg(args::progress(lang))
    }

    pub(super) fn of(matches: &ArgMatches) -> Self {
        let folder = args::folder(matches);
        let (selection, purpose) = args::asked_of(matches);
        let (threads, now) = (args::threads_of(matches), Timestamp::now());
        let target = args::target_of(matches, &folder);
        let order = Order { selection, purpose, target, threads, now };
        Self {
            sheet: args::path(matches, "sheet"),
            order,
            shard: matches.get_one("shard").copied(),
            progress: args::progress_of(matches),
            folder,
        }
    }
}

/// `I/N`, or `auto`.
fn shard(text: &str, lang: Lang) -> Result<Shard, &'static str> {
    if text == "auto" {
        return Ok(Shard::Auto);
    }
    let typed = text.split_once('/').and_then(|(part, parts)| {
        let (part, parts) = (part.parse().ok()?, parts.parse().ok()?);
        (part <= parts).then_some(PartChoice { part, parts: Some(parts) })
    });
    typed
        .map(Shard::Typed)
        .ok_or(lang.pick("写成 1/4、2/4 … 4/4，或 auto", "give 1/4, 2/4 … 4/4, or auto"))
}

#[derive(Serialize)]
struct Done<'a> {
    sheet: &'a str,
    package: &'a Path,
    rows: Balance,
    documents: Vec<Kind>,
    pages: usize,
    seconds: f64,
    diagnostics: Vec<DiagnosticJson>,
}

#[derive(Serialize)]
struct DonePart<'a> {
    part: NonZeroUsize,
    parts: NonZeroUsize,
    file: &'a Path,
    documents: Vec<Kind>,
    pages: usize,
    seconds: f64,
    diagnostics: Vec<DiagnosticJson>,
}

#[derive(Serialize)]
struct Kind {
    kind: String,
    documents: usize,
    pages: usize,
}

pub(super) fn run(run: &Run, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    if let Some(shard) = run.shard {
        return part(run, shard, reporter);
    }
    let start = Instant::now();
    let interrupt = Interrupt::watched(run.progress, reporter);
    let progress = progress::shown(run.progress, reporter.lang, &interrupt);
    let (folder, sheet) = Folder::open_with_sheet(&run.folder, run.sheet.as_deref())?;
    let account = folder.run(&sheet, &run.order, progress)?;
    tell(&account, start, reporter);
    Ok(ExitCode::SUCCESS)
}

/// Tells of a whole package.
pub(super) fn tell(account: &Account, start: Instant, reporter: &Reporter) {
    let roster = &account.roster;
    let done = Done {
        sheet: &roster.file,
        package: &account.package,
        rows: roster.balance(),
        documents: kinds(&account.documents),
        pages: account.documents.iter().map(|document| document.pages).sum(),
        seconds: start.elapsed().as_secs_f64(),
        diagnostics: reporter.json(&account.diagnostics),
    };
    reporter.noticed(&account.diagnostics);
    reporter.done(&done, |lang| text(&done, lang));
}

fn part(run: &Run, shard: Shard, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let start = Instant::now();
    let which = match shard {
        Shard::Typed(which) => which,
        Shard::Auto => scheduled(|name| env::var(name).ok())?,
    };
    let Order { target, threads, .. } = &run.order;
    let interrupt = Interrupt::watched(run.progress, reporter);
    let progress = progress::shown(run.progress, reporter.lang, &interrupt);
    let folder = Folder::open(&run.folder)?;
    let made = folder.make(&target.folder, which, *threads, progress)?;
    let done = DonePart {
        part: made.part,
        parts: made.parts,
        file: &made.place,
        documents: kinds(&made.documents),
        pages: made.documents.iter().map(|document| document.pages).sum(),
        seconds: start.elapsed().as_secs_f64(),
        diagnostics: reporter.json(&made.diagnostics),
    };
    reporter.noticed(&made.diagnostics);
    reporter.done(&done, |lang| {
        let DonePart { part, parts, pages, seconds, .. } = &done;
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
/// Errors: no scheduler says so.
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

/// Documents and pages of each kind, in the package's order.
fn kinds(documents: &[Entry]) -> Vec<Kind> {
    let alike = documents.chunk_by(|a, b| a.kind == b.kind);
    alike
        .map(|documents| Kind {
            kind: documents[0].kind.clone(),
            documents: documents.len(),
            pages: documents.iter().map(|document| document.pages).sum(),
        })
        .collect()
}

fn text(done: &Done<'_>, lang: Lang) -> String {
    let Balance { r#in, issued, held, skipped } = done.rows;
    let mut text = lang.pick(
        format!("{}：{in} 行 = 制作 {issued} + 扣下 {held} + 略过 {skipped}\n", done.sheet),
        format!("{}: {in} rows = {issued} issued + {held} held + {skipped} skipped\n", done.sheet),
    );
    for Kind { kind, documents, pages } in &done.documents {
        text += &lang.pick(
            format!("  {kind} {documents} 份，{pages} 页\n"),
            format!("  {kind}: {documents} documents, {pages} pages\n"),
        );
    }
    let (pages, seconds) = (done.pages, done.seconds);
    let package = done.package.display();
    text + &lang.pick(
        format!("共 {pages} 页，用时 {seconds:.1} 秒\n压缩包：{package}\n"),
        format!("{pages} pages in {seconds:.1} s\npackage: {package}\n"),
    )
}
