//! The spreadsheets of a contest folder: which one is the award sheet, and another
//! one taken for it. None is ever overwritten.

use std::fs;
use std::path::Path;

use jiff::Timestamp;

use crate::contest::{Contest, edit};
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::intake::corrections::CORRECTIONS;
use crate::{unfinished, workbook};

/// What spreadsheets are called.
const ENDINGS: [&str; 9] = ["xlsx", "xlsm", "xlsb", "xls", "et", "ods", "csv", "txt", "xml"];

/// A spreadsheet in a contest folder.
#[derive(Debug, Clone)]
pub struct Spreadsheet {
    /// The file's name.
    pub name: String,
    /// When it was written.
    pub time: Option<Timestamp>,
    /// Whether it is the award sheet.
    pub current: bool,
}

/// The files of a contest folder that are called as spreadsheets are, the newest
/// first.
///
/// # Errors
/// The folder cannot be read.
pub fn spreadsheets(contest: &Contest) -> Result<Vec<Spreadsheet>, Diagnostics> {
    let folder = &contest.folder;
    let cannot_read = |error| Diagnostic::cannot_read(folder, &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot_read)? {
        let path = entry.map_err(cannot_read)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        // What WPS and Excel lay beside an open file begins so.
        let other = name == CORRECTIONS || name.starts_with(['.', '~']);
        if other || !ENDINGS.contains(&ending.as_str()) || !path.is_file() {
            continue;
        }
        let time = fs::metadata(&path).and_then(|about| about.modified()).ok();
        let time = time.and_then(|time| Timestamp::try_from(time).ok());
        found.push(Spreadsheet { current: path == contest.sheet, name, time });
    }
    found.sort_by(|a, b| b.time.cmp(&a.time).then_with(|| a.name.cmp(&b.name)));
    Ok(found)
}

/// Puts a spreadsheet into a contest folder and takes it for the award sheet.
/// Returns the name it got: what stands there under its own name is kept.
///
/// # Errors
/// It is no spreadsheet, or the folder cannot be written to; nothing has changed
/// then.
pub fn take_sheet(folder: &Path, name: &str, bytes: &[u8]) -> Result<String, Diagnostics> {
    let name = sheet_name(name, bytes);
    workbook::read(bytes, Path::new(&name)).map_err(|refusal| {
        Diagnostic::new(fault::Sheet::from(refusal)).at(Place::File(name.clone().into()))
    })?;
    let name = unfinished::write_beside(&folder.join(&name), bytes)
        .map_err(|error| Diagnostic::cannot_write(&folder.join(&name), &error))?;
    edit::use_sheet(folder, &name)?;
    Ok(name)
}

/// A name that a sheet may have in a contest folder, where other files have theirs.
fn sheet_name(said: &str, bytes: &[u8]) -> String {
    let name = unfinished::file_name(said);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    if name.eq_ignore_ascii_case(CORRECTIONS) {
        return format!("_{name}");
    }
    if ENDINGS.contains(&ending.as_str()) {
        return name;
    }
    let ending = match bytes {
        [b'P', b'K', ..] => "xlsx",
        [0xD0, 0xCF, ..] => "xls",
        _ => "csv",
    };
    format!("{name}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["contest.toml", "awards.xlsx"] {
            fs::copy(format!("data/examples/least/{name}"), folder.path().join(name)).unwrap();
        }
        folder
    }

    fn names(folder: &Path) -> Vec<(String, bool)> {
        let contest = Contest::load(folder).unwrap();
        let found = spreadsheets(&contest).unwrap().into_iter();
        let mut names: Vec<_> = found.map(|it| (it.name, it.current)).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_sheet_stands_beside_the_old_one() {
        let folder = folder();
        let path = folder.path();
        let sheet = "姓名,奖项\n王芳,一等奖\n".as_bytes();
        assert_eq!(take_sheet(path, "C:\\名单\\定稿.csv", sheet).unwrap(), "定稿.csv");
        assert_eq!(take_sheet(path, "定稿.csv", sheet).unwrap(), "定稿.csv");
        let other = "姓名,奖项\n王方,一等奖\n".as_bytes();
        assert_eq!(take_sheet(path, "../定稿.csv", other).unwrap(), "定稿 (2).csv");
        let all = [("awards.xlsx", false), ("定稿 (2).csv", true), ("定稿.csv", false)];
        assert_eq!(names(path), all.map(|(name, current)| (name.to_owned(), current)));
        assert_eq!(fs::read(path.join("定稿.csv")).unwrap(), sheet);
    }

    #[test]
    fn what_is_no_spreadsheet_changes_nothing() {
        let folder = folder();
        let before = fs::read(folder.path().join("contest.toml")).unwrap();
        let faults = take_sheet(folder.path(), "通知.pdf", b"%PDF-1.7\n\x00\xff").unwrap_err();
        assert!(faults.has_errors());
        assert_eq!(names(folder.path()), [("awards.xlsx".to_owned(), true)]);
        assert_eq!(fs::read(folder.path().join("contest.toml")).unwrap(), before);
    }

    #[test]
    fn a_sheet_takes_no_other_files_name() {
        for (said, name) in [
            ("register.db", "register.db.csv"),
            ("Corrections.CSV", "_Corrections.CSV"),
            ("contest.toml", "contest.toml.csv"),
            ("名单.XLSX", "名单.XLSX"),
            ("名单", "名单.csv"),
        ] {
            assert_eq!(sheet_name(said, b"a,b"), name);
        }
    }
}
