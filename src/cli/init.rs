//! `accolade init`: a new contest folder from the built-in example.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::args::Init;
use super::output;
use super::report::Reporter;
use crate::attest::Key;
use crate::contest;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place};
use crate::template::{self, Templates};

const CONTEST: &[u8] = include_bytes!("../../data/contest.toml");
const SHEET: &[u8] = include_bytes!("../../data/awards.xlsx");

/// What must not be handed on with the contest folder.
const IGNORED: &str = "signing.key\nregister.db*\n";

#[derive(Serialize)]
struct Made {
    folder: PathBuf,
    files: Vec<PathBuf>,
}

pub(super) fn run(init: &Init, reporter: &Reporter) -> Result<ExitCode, Diagnostics> {
    let folder = &init.folder;
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
    refuse_existing(&files)?;
    for (path, bytes) in &files {
        output::write(path, bytes)?;
    }
    if Key::load(folder)?.is_none() {
        Key::generate().save(folder)?;
    }
    let made =
        Made { folder: folder.clone(), files: files.into_iter().map(|(path, _)| path).collect() };
    reporter.done(&made, |lang| {
        let shown = made.folder.display();
        lang.pick(
            format!("新的大赛文件夹：{shown}\n  1. 改 contest.toml：名称、日期、名额、文件\n  2. 用你的名单换掉 awards.xlsx\n  3. accolade check {shown}，再 accolade run {shown}\n  signing.key 给证书签名：请备份，不要外传\n"),
            format!("new contest folder: {shown}\n  1. edit contest.toml: names, dates, quotas, documents\n  2. put your award sheet in place of awards.xlsx\n  3. accolade check {shown}, then accolade run {shown}\n  signing.key signs the certificates: back it up, hand it to nobody\n"),
        )
    });
    Ok(ExitCode::SUCCESS)
}

/// Nothing is ever overwritten.
fn refuse_existing(files: &[(PathBuf, &[u8])]) -> Result<(), Diagnostics> {
    let mut faults = Diagnostics::default();
    for (path, _) in files.iter().filter(|(path, _)| path.exists()) {
        faults.push(Diagnostic::new(Kind::ContestExists).at(Place::File(path.clone())));
    }
    if faults.has_errors() { Err(faults) } else { Ok(()) }
}
