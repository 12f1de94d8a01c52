//! `accolade run`: everything, in one zip, and a short account of it.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use serde::Serialize;

use super::args::Run;
use super::progress;
use super::report::{DiagnosticJson, Reporter};
use crate::Account;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::wording::Lang;
use crate::intake::Balance;

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
struct Kind {
    kind: String,
    documents: usize,
    pages: usize,
}

pub(super) fn run(run: &Run, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let start = Instant::now();
    let account =
        crate::run(&run.folder, &run.order, progress::shown(run.progress, reporter.lang))?;
    let roster = &account.roster;
    let done = Done {
        sheet: &roster.file,
        package: &account.package,
        rows: roster.balance(),
        documents: kinds(&account),
        pages: account.documents.iter().map(|document| document.pages).sum(),
        seconds: start.elapsed().as_secs_f64(),
        diagnostics: reporter.json(&account.diagnostics),
    };
    reporter.done(&done, |lang| reporter.text(&account.diagnostics) + &text(&done, lang));
    Ok(ExitCode::SUCCESS)
}

/// Documents and pages of each kind, in the package's order.
fn kinds(account: &Account) -> Vec<Kind> {
    let alike = account.documents.chunk_by(|a, b| a.kind == b.kind);
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
