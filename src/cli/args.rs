//! Arguments that several commands share, and how what is typed is read.
//!
//! The comments on arguments are the help in English; `chinese` has the rest.

use std::fmt;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use accolade::Lang;
use accolade::cell::CellRef;
use accolade::folder::{Purpose, Selection};
use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::choice;

/// What should have been typed, in both languages: the value is read before
/// anybody is told.
#[derive(Debug)]
pub(super) struct Expected {
    zh: String,
    en: String,
}

impl Expected {
    pub(super) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    pub(super) fn pick(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

impl std::error::Error for Expected {}

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct FolderArg {
    /// the contest folder; the working directory by default
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub(super) dir: PathBuf,
}

/// `[DIR] NUMBER`: where only one is typed it is the number.
#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct TargetArg {
    /// the contest folder; the working directory by default
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// the certificate's number
    #[arg(
        value_name = "NUMBER",
        value_parser = NonEmptyStringValueParser::new(),
        required_unless_present = "dir"
    )]
    number: Option<String>,
}

impl TargetArg {
    /// The contest folder, where no number is wanted.
    pub(super) fn folder(&self) -> &Path {
        self.dir.as_deref().unwrap_or(Path::new("."))
    }

    /// The contest folder and the number.
    ///
    /// # Errors
    /// The one thing typed is a folder, which would pass for a number.
    pub(super) fn folder_and_number(&self) -> Result<(&Path, String), &Path> {
        match (&self.dir, &self.number) {
            (Some(folder), None) if folder.is_dir() => Err(folder),
            (Some(number), None) => Ok((Path::new("."), number.to_string_lossy().into_owned())),
            (_, number) => Ok((self.folder(), number.clone().unwrap_or_default())),
        }
    }
}

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct SheetArg {
    /// use this award sheet instead of the contest's own
    #[arg(long, value_name = "FILE")]
    pub(super) sheet: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct ReasonArg {
    /// why, for the register
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub(super) reason: String,
}

/// What a run makes, and how it takes the sheet.
#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Asked {
    /// only this kind of document; may be repeated
    #[arg(long, value_name = "KIND")]
    only: Vec<String>,
    /// withhold rows with errors and make the rest, but no lists of winners
    #[arg(long)]
    hold: bool,
    /// make specimens: no number is registered, certificates are marked and
    /// cannot be verified
    #[arg(long)]
    draft: bool,
    /// this row is a new winner and no correction of another; may be repeated
    #[arg(long, value_name = "CELL", value_parser = cell)]
    new: Vec<CellRef>,
}

impl Asked {
    pub(super) fn selection(&self) -> Selection {
        let (only, new) = (self.only.clone(), self.new.clone());
        Selection { only, withhold: self.hold, new }
    }

    pub(super) fn purpose(&self) -> Purpose {
        if self.draft { Purpose::Draft } else { Purpose::Issue }
    }
}

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Replace {
    /// put the package in place of one that holds more; without this it is left
    /// alone
    #[arg(long)]
    pub(super) replace: bool,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Threads {
    /// documents typeset at once; all processors by default, same bytes
    #[arg(long, value_name = "N", value_parser = above_0)]
    threads: Option<NonZeroUsize>,
}

impl Threads {
    pub(super) fn count(&self) -> NonZeroUsize {
        self.threads.unwrap_or_else(all_threads)
    }
}

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Progress {
    /// progress on standard error: auto (the default) shows a bar on a terminal,
    /// json one event a line (and implies --format json), none nothing
    // Clap would list the words in English.
    #[arg(
        long,
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) progress: choice::Progress,
}

fn cell(text: &str) -> Result<CellRef, Expected> {
    CellRef::parse(text).ok_or_else(|| {
        Expected::new(
            "写成工作表名、叹号和单元格，例如 '企业组!D5'",
            "give the sheet's name, an exclamation mark and the cell, such as 'Winners!D5'",
        )
    })
}

fn above_0(text: &str) -> Result<NonZeroUsize, Expected> {
    text.parse().map_err(|_| Expected::new("写一个大于 0 的整数", "give a whole number above 0"))
}

/// Where the results go: what is typed, or this in the contest folder.
pub(super) fn out(typed: Option<&Path>, folder: &Path, name: &str) -> PathBuf {
    match typed {
        Some(path) => path.to_owned(),
        // Without the dot of the working directory.
        None if folder == Path::new(".") => name.into(),
        None => folder.join(name),
    }
}

/// As many threads as the machine runs at once.
pub(super) fn all_threads() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}
