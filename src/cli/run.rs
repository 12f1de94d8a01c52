//! `accolade run`: everything, in one zip, and a short account of it; or a part
//! of a frozen plan.

use std::env;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use serde::Serialize;

use super::args::{Run, Shard};
use super::progress;
use super::report::{DiagnosticJson, Reporter};
use crate::diagnostic::wording::Lang;
use crate::diagnostic::{self, Diagnostics};
use crate::intake::Balance;
use crate::package::Entry;
use crate::shard::{self, Which};
use crate::{Account, Order};

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
    let account =
        crate::run(&run.folder, &run.order, progress::shown(run.progress, reporter.lang))?;
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
    reporter.done(&done, |lang| reporter.text(&account.diagnostics) + &text(&done, lang));
}

fn part(run: &Run, shard: Shard, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let start = Instant::now();
    let which = match shard {
        Shard::Typed(which) => which,
        Shard::Auto => scheduled(|name| env::var(name).ok())?,
    };
    let Order { out, threads, .. } = &run.order;
    let progress = progress::shown(run.progress, reporter.lang);
    let made = shard::make(&run.folder, out, which, *threads, progress)?;
    let done = DonePart {
        part: made.part,
        parts: made.parts,
        file: &made.place,
        documents: kinds(&made.documents),
        pages: made.documents.iter().map(|document| document.pages).sum(),
        seconds: start.elapsed().as_secs_f64(),
        diagnostics: reporter.json(&made.diagnostics),
    };
    reporter.done(&done, |lang| {
        let DonePart { part, parts, pages, seconds, .. } = &done;
        let (count, file) = (made.documents.len(), made.place.display());
        reporter.text(&made.diagnostics)
            + &lang.pick(
                format!("第 {part}/{parts} 段：{count} 份，{pages} 页，用时 {seconds:.1} 秒\n{file}\n编号还没有登记，合并以前不要打印\n"),
                format!("part {part}/{parts}: {count} documents, {pages} pages in {seconds:.1} s\n{file}\nits numbers are not registered yet: print nothing before the parts are assembled\n"),
            )
    });
    Ok(ExitCode::SUCCESS)
}

/// What schedulers tell a task of itself, and from what they count.
const SCHEDULERS: [(&str, usize); 3] =
    [("SLURM_ARRAY_TASK_ID", 1), ("JOB_COMPLETION_INDEX", 0), ("NOMAD_ALLOC_INDEX", 0)];

/// The part that the scheduler wants of this task. A Slurm array has to count
/// from 1, so that a part of it can be submitted again.
///
/// Errors: no scheduler says so.
fn scheduled(variable: impl Fn(&str) -> Option<String>) -> Result<Which, Diagnostics> {
    let part = SCHEDULERS.iter().find_map(|&(name, first)| {
        let index: usize = variable(name)?.trim().parse().ok()?;
        NonZeroUsize::new(index + 1 - first)
    });
    let which = part.map(|part| Which { part, parts: None });
    which.ok_or_else(|| {
        let variables = SCHEDULERS.iter().map(|&(name, _)| name).collect();
        diagnostic::Kind::PartUnknown { variables }.into()
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
