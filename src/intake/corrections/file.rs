//! The file itself: its rows, read and written.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::clean;
use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::lang::Lang;
use crate::workbook::{self, Sheet, Workbook};
use crate::{tabular, unfinished};

/// The file's name in the contest folder.
pub const CORRECTIONS: &str = "corrections.csv";

/// The headers of its four columns, in Chinese and in English.
const HEADERS: [[&str; 2]; 4] =
    [["单元格", "cell"], ["原文", "was"], ["改为", "now"], ["原因", "reason"]];

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Correction {
    /// As it is typed.
    pub cell: String,
    pub was: String,
    pub now: String,
    pub reason: String,
    /// Its line, from 1.
    pub line: usize,
    /// What stands in columns that are not ours.
    pub rest: Vec<String>,
}

impl Correction {
    /// The cell that is meant, by the name that its sheet has: one that was typed
    /// may differ from it in blanks and in the width of letters.
    pub(super) fn meant(&self, sheet: &Workbook) -> Option<CellRef> {
        let names = || sheet.sheets.iter().map(|sheet| &sheet.name);
        let typed = [self.cell.clone(), self.cell.trim().to_owned(), clean::line(&self.cell)];
        let typed: Vec<CellRef> = typed.iter().filter_map(|it| CellRef::parse(it)).collect();
        let exact = typed.iter().find(|it| names().any(|name| *name == it.sheet));
        if exact.is_some() {
            return exact.cloned();
        }
        let last = typed.last()?;
        let alike = |name: &&Arc<str>| clean::line(name) == clean::line(&last.sheet);
        names().find(alike).map(|name| CellRef::new(name, last.row, last.column))
    }
}

/// The rows below a header.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub rows: Vec<Correction>,
    /// The headers of the columns that are not ours.
    rest: Vec<String>,
}

/// Where the file of a contest folder is.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(CORRECTIONS)
}

/// Whether a file holds nothing, which is as good as none.
pub(in super::super) fn is_blank(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    bytes.iter().all(u8::is_ascii_whitespace)
}

/// A line of the file.
pub(super) fn at(path: &Path, line: usize) -> Place {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Place::Source { file, line, column: 1 }
}

impl Rows {
    /// The rows of a file that was opened.
    ///
    /// # Errors
    /// Its first line names no columns.
    pub(super) fn of(file: &Workbook, path: &Path) -> Result<Self, Diagnostics> {
        file.sheets.first().map_or_else(|| Ok(Self::default()), |sheet| Self::of_sheet(sheet, path))
    }

    fn of_sheet(sheet: &Sheet, path: &Path) -> Result<Self, Diagnostics> {
        let text = |row: u32, column: u32| sheet.own(row, column).text().into_owned();
        let mut all = sheet.rows();
        let Some(header) = all.next() else { return Ok(Self::default()) };
        let column = |names: [&str; 2]| {
            let title = |column: &u32| clean::line(&text(header, *column));
            let is_named =
                |column: &u32| names.iter().any(|name| title(column).eq_ignore_ascii_case(name));
            sheet.columns(header).find(is_named)
        };
        let columns = HEADERS.map(column);
        let [Some(cell), Some(was), Some(now), reason] = columns else {
            let line = header as usize + 1;
            return Err(Diagnostic::new(fault::Corrections::Header).at(at(path, line)).into());
        };
        let others = sheet.columns(header).filter(|column| !columns.contains(&Some(*column)));
        let others: Vec<u32> = others.collect();
        let row = |row: u32| Correction {
            cell: text(row, cell).trim_start_matches('\t').to_owned(),
            was: text(row, was),
            now: text(row, now),
            reason: reason.map(|column| clean::line(&text(row, column))).unwrap_or_default(),
            line: row as usize + 1,
            rest: others.iter().map(|&column| text(row, column)).collect(),
        };
        Ok(Self {
            rows: all.map(row).collect(),
            rest: others.iter().map(|&column| text(header, column)).collect(),
        })
    }

    /// The rows of a contest folder's file; none if it is not there.
    ///
    /// # Errors
    /// It cannot be read, or its first line names no columns.
    pub(super) fn load(folder: &Path) -> Result<Self, Diagnostics> {
        let path = path(folder);
        if !path.exists() {
            return Ok(Self::default());
        }
        let bytes = fs::read(&path).map_err(|error| Diagnostic::cannot_read(&path, &error))?;
        if is_blank(&bytes) {
            return Ok(Self::default());
        }
        let file = workbook::read(&bytes, &path).map_err(|refusal| {
            Diagnostic::new(fault::Sheet::from(refusal)).at(Place::File(path.clone()))
        })?;
        Self::of(&file, &path)
    }

    /// Writes them in place of what stood there, or removes the file if none is left.
    ///
    /// # Errors
    /// The folder cannot be written to; the file is as it was then.
    pub(super) fn save(self, folder: &Path, lang: Lang) -> Result<(), Diagnostics> {
        let path = path(folder);
        let cannot_write = |error| Diagnostic::cannot_write(&path, &error);
        if self.rows.is_empty() {
            return match fs::remove_file(&path) {
                Err(error) if path.exists() => Err(cannot_write(error).into()),
                _ => Ok(()),
            };
        }
        let own = HEADERS.map(|[zh, en]| lang.pick(zh, en));
        let header: Vec<&str> =
            own.into_iter().chain(self.rest.iter().map(String::as_str)).collect();
        let others = self.rest.len();
        let rows = self.rows.into_iter().map(|row| {
            let Correction { cell, was, now, reason, mut rest, .. } = row;
            rest.resize(others, String::new());
            [cell, was, now, reason].into_iter().chain(rest)
        });
        let bytes = tabular::csv(&header, rows);
        Ok(unfinished::write(&path, &bytes).map_err(cannot_write)?)
    }
}
