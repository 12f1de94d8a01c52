//! `accolade preview`: pages as pictures, before anything is made.

use std::path::PathBuf;
use std::process::ExitCode;

use accolade::Folder;
use accolade::Lang;
use accolade::fault::Diagnostics;
use accolade::folder::Look;
use accolade::noted::Noted;
use accolade::report::preview::Pictures;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::args;
use super::output;
use super::report::Reporter;

/// Enough to read every line on a screen.
const PIXELS_PER_INCH: f64 = 110.0;

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade preview mine                       longest names, rarest characters
  accolade preview mine JZCK2026-QY-1-001     this number
  accolade preview mine 'Winners!D5'          this row
  accolade preview mine Letter                this kind

Pages with faults are drawn, too, with red frames; the exit status is then 1";

/// draw one document as PNG; the riskiest ones if none is named
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Preview {
    #[command(flatten)]
    folder: args::FolderArg,
    /// a number, a row, a kind, or part of an organization's or project's name
    #[arg(value_name = "WHICH", value_parser = NonEmptyStringValueParser::new())]
    which: Option<String>,
    #[command(flatten)]
    sheet: args::SheetArg,
    /// folder for the pictures; out/preview of the contest folder by default
    #[arg(long)]
    out: Option<PathBuf>,
}

pub(super) fn run(preview: &Preview, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let folder = preview.folder.dir.as_path();
    let out = args::out(preview.out.as_deref(), folder, "out/preview");
    let look = Look {
        which: preview.which.as_deref(),
        pixels_per_inch: PIXELS_PER_INCH,
        lang: reporter.lang,
        threads: args::all_threads(),
    };
    let (folder, sheet) = Folder::open_with_sheet(folder, preview.sheet.sheet.as_deref())?;
    let Noted { value: drawn, noted } = folder.preview(&sheet, &look)?;
    let mut pictures = Pictures::default();
    for document in drawn.documents {
        for (page, picture) in (1..).zip(&document.pages) {
            // The package's own folders: one long name of all would not be legal.
            let path = out.join(format!("{} {page}.png", document.path.trim_end_matches(".pdf")));
            output::write(&path, &picture.png)?;
            if picture.marked {
                pictures.marked.push(path.clone());
            }
            pictures.files.push(path);
        }
        if document.pages.is_empty() {
            pictures.undrawn.push(document.title);
        }
    }
    reporter.done_with(&pictures, &noted, |_| listed(&pictures));
    reporter.hint(&remarks(&pictures, reporter.lang));
    Ok(if drawn.faulty { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The pictures, a line each, those to look at first at the end, where people
/// look.
fn listed(pictures: &Pictures) -> String {
    let (marked, plain): (Vec<_>, Vec<_>) =
        pictures.files.iter().partition(|file| pictures.marked.contains(file));
    plain.into_iter().chain(marked).map(|file| format!("{}\n", file.display())).collect()
}

/// What a person is to know of the pictures.
fn remarks(pictures: &Pictures, lang: Lang) -> String {
    let mut text = String::new();
    if !pictures.undrawn.is_empty() {
        let undrawn = pictures.undrawn.join(lang.pick("、", ", "));
        text += &lang.pick(
            format!("排不出来，没有图：{undrawn}\n"),
            format!("Cannot be laid out, so there is no picture: {undrawn}\n"),
        );
    }
    let marked = pictures.marked.len();
    if marked > 0 {
        text += &lang.pick(
            format!("最后 {marked} 张图上有问题，已用红框标出，红条上写着是什么\n"),
            format!("Faults on the last {marked} of these pictures: in red frames, told in the red bar\n"),
        );
    }
    text
}
