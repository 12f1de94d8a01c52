//! `accolade init`: a new contest folder from the built-in example.

use std::path::PathBuf;
use std::process::ExitCode;

use accolade::attest::{self, Key};
use accolade::contest;
use accolade::fault::{self, Diagnostic, Diagnostics, Place};
use accolade::template::{self, Templates};
use clap::Args;
use serde::Serialize;

use super::output;
use super::report::Reporter;

const CONTEST: &[u8] = include_bytes!("../../data/contest.toml");
const SHEET: &[u8] = include_bytes!("../../data/awards.xlsx");

/// What must not be handed on with the contest folder.
const IGNORED: &str = "signing.key\nregister.db*\nout/\n";

/// What follows the options in the help.
const EXAMPLES: &str = "\
Examples:
  accolade init mine
  accolade init mine --templates   with the built-in templates, to change them";

/// make a new contest folder with an example to edit
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// the new contest folder
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// also write the built-in templates into templates/, where they win
    #[arg(long)]
    templates: bool,
}

#[derive(Serialize)]
struct Made {
    folder: PathBuf,
    files: Vec<PathBuf>,
}

pub(super) fn run(init: &Init, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let folder = &init.dir;
    let mut files = vec![
        (folder.join(contest::FILE), CONTEST),
        (folder.join("awards.xlsx"), SHEET),
        (folder.join(".gitignore"), IGNORED.as_bytes()),
    ];
    let templates = Templates::built_in();
    if init.templates {
        let folder = folder.join(template::FOLDER);
        files.extend(templates.files().map(|(path, bytes)| (folder.join(path), &bytes[..])));
    }
    if folder.is_file() {
        return Err(Diagnostic::new(fault::Environment::NotAFolder)
            .at(Place::File(folder.clone()))
            .into());
    }
    refuse_existing(&files)?;
    for (path, bytes) in &files {
        output::write(path, bytes)?;
    }
    let mut files: Vec<_> = files.into_iter().map(|(path, _)| path).collect();
    if Key::load(folder)?.is_none() {
        Key::generate().save(folder)?;
        files.push(folder.join(attest::key::FILE));
    }
    let made = Made { folder: folder.clone(), files };
    reporter
        .done(&made, |_| made.files.iter().map(|file| format!("{}\n", file.display())).collect());
    let shown = folder.display();
    reporter.hint(&reporter.lang.pick(
        format!("新的大赛文件夹：{shown}\n  1. 改 contest.toml：名称、日期、名额、文件\n  2. 用你的名单换掉 awards.xlsx\n  3. accolade check {shown}，再 accolade run {shown}\n  signing.key 给证书签名：请备份，不要外传\n"),
        format!("new contest folder: {shown}\n  1. edit contest.toml: names, dates, quotas, documents\n  2. put your award sheet in place of awards.xlsx\n  3. accolade check {shown}, then accolade run {shown}\n  signing.key signs the certificates: back it up, hand it to nobody\n"),
    ));
    Ok(ExitCode::SUCCESS)
}

/// Nothing is ever overwritten.
fn refuse_existing(files: &[(PathBuf, &[u8])]) -> Result<(), Diagnostics> {
    let mut faults = Diagnostics::default();
    for (path, _) in files.iter().filter(|(path, _)| path.exists()) {
        faults
            .push(Diagnostic::new(fault::Environment::ContestExists).at(Place::File(path.clone())));
    }
    if faults.has_errors() { Err(faults) } else { Ok(()) }
}
