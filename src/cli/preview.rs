//! `accolade preview`: pages as pictures, before anything is made.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::builder::NonEmptyStringValueParser;
use serde::Serialize;

use super::args;
use super::output;
use super::report::{DiagnosticJson, Reporter};
use crate::Folder;
use crate::fault::Diagnostics;
use crate::fault::wording::Lang;
use crate::noted::Noted;

/// Enough to read every line on a screen.
const PIXELS_PER_INCH: f64 = 110.0;

pub(super) struct Preview {
    folder: PathBuf,
    sheet: Option<PathBuf>,
    which: Option<String>,
    out: PathBuf,
}

impl Preview {
    pub(super) fn command(lang: Lang) -> clap::Command {
        args::base("preview", lang)
            .about(lang.pick("把一份文件画成 PNG；不指明时画最容易出问题的几份", "draw one document as PNG; the riskiest ones if none is named"))
            .after_help(lang.pick(
                "例：\n  accolade preview 我的大赛                       名称最长、用字最生僻的几份\n  accolade preview 我的大赛 JZCK2026-QY-1-001     这个编号\n  accolade preview 我的大赛 '企业组!D5'           这一行\n  accolade preview 我的大赛 推荐函                 这一种\n\n有问题的页也画出来，用红框标明，退出状态 1",
                "Examples:\n  accolade preview mine                       longest names, rarest characters\n  accolade preview mine JZCK2026-QY-1-001     this number\n  accolade preview mine '企业组!D5'           this row\n  accolade preview mine 推荐函                 this kind\n\nPages with faults are drawn, too, with red frames; the exit status is then 1",
            ))
            .arg(args::dir(lang))
            .arg(args::positional("which", "WHICH", lang).value_parser(NonEmptyStringValueParser::new()).help(lang.pick(
                "编号、行、文件种类，或单位、项目名称的一部分",
                "a number, a row, a kind, or part of an organization's or project's name",
            )))
            .arg(args::sheet(lang))
            .arg(args::out(lang.pick(
                "图片放在哪个文件夹；默认大赛文件夹里的 out/preview",
                "folder for the pictures; out/preview of the contest folder by default",
            )))
    }

    pub(super) fn of(matches: &ArgMatches) -> Self {
        let folder = args::folder(matches);
        Self {
            sheet: args::path(matches, "sheet"),
            which: args::text(matches, "which"),
            out: args::path(matches, "out").unwrap_or_else(|| args::within(&folder, "out/preview")),
            folder,
        }
    }
}

/// What was drawn: the files, which of them have faults marked on them, and the
/// documents that could not be laid out.
#[derive(Serialize)]
struct Report {
    files: Vec<PathBuf>,
    marked: Vec<PathBuf>,
    undrawn: Vec<String>,
    diagnostics: Vec<DiagnosticJson>,
}

pub(super) fn run(preview: &Preview, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let (folder, sheet) = Folder::open_with_sheet(&preview.folder, preview.sheet.as_deref())?;
    let (which, threads) = (preview.which.as_deref(), args::all_threads());
    let Noted { value: drawn, noted } =
        folder.preview(&sheet, which, PIXELS_PER_INCH, reporter.lang, threads)?;
    let mut report = Report { files: vec![], marked: vec![], undrawn: vec![], diagnostics: vec![] };
    for document in &drawn.documents {
        // The package's own folders: one long name of all would not be legal.
        let stem = document.path.trim_end_matches(".pdf");
        for (page, picture) in (1..).zip(&document.pages) {
            let path = preview.out.join(format!("{stem} {page}.png"));
            output::write(&path, &picture.png)?;
            if picture.marked {
                report.marked.push(path.clone());
            }
            report.files.push(path);
        }
        if document.pages.is_empty() {
            report.undrawn.push(document.title.clone());
        }
    }
    report.diagnostics = reporter.json(&noted);
    reporter.noticed(&noted);
    reporter.done(&report, |_| report.pictures());
    reporter.hint(&report.remarks(reporter.lang));
    Ok(if drawn.faulty { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

impl Report {
    /// The pictures, a line each, those to look at first at the end, where people
    /// look.
    fn pictures(&self) -> String {
        let (marked, plain): (Vec<_>, Vec<_>) =
            self.files.iter().partition(|file| self.marked.contains(file));
        plain.into_iter().chain(marked).map(|file| format!("{}\n", file.display())).collect()
    }

    /// What a person is to know of the pictures.
    fn remarks(&self, lang: Lang) -> String {
        let mut text = String::new();
        if !self.undrawn.is_empty() {
            let undrawn = self.undrawn.join(lang.pick("、", ", "));
            text += &lang.pick(
                format!("排不出来，没有图：{undrawn}\n"),
                format!("Cannot be laid out, so there is no picture: {undrawn}\n"),
            );
        }
        let marked = self.marked.len();
        if marked > 0 {
            text += &lang.pick(
                format!("最后 {marked} 张图上有问题，已用红框标出，红条上写着是什么\n"),
                format!("Faults on the last {marked} of these pictures: in red frames, told in the red bar\n"),
            );
        }
        text
    }
}
