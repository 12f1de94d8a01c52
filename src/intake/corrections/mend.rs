//! Cells mended: what becomes of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::clean;
use super::file::{Correction, Rows};
use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::lang::Lang;
use crate::workbook::Workbook;

/// A cell that is to say something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The cell.
    pub cell: CellRef,
    /// What it said when whoever mends it saw it.
    pub was: String,
    /// What it is to say.
    pub now: String,
    /// Why; may be empty, and then a reason that was given before stays.
    pub reason: String,
}

/// Writes what was mended in a sheet, as it was opened, into the folder's file.
/// `applied` are the cells whose corrections hold.
///
/// # Errors
/// As [`Inputs::mend`](super::super::Inputs::mend).
pub(in super::super) fn mend(
    folder: &Path,
    sheet: &Workbook,
    applied: &BTreeSet<&CellRef>,
    mends: &[Mend],
    lang: Lang,
) -> Result<(), Diagnostics> {
    let mut faults = Diagnostics::default();
    for Mend { cell, was, .. } in mends {
        if let Err(fault) = as_seen(sheet, cell, was) {
            faults.push(Diagnostic::new(fault).at_cell(cell));
        }
    }
    if faults.has_errors() {
        return Err(faults);
    }
    let mut file = Rows::load(folder)?;
    let known = file.rows.iter().enumerate();
    let mut known: BTreeMap<CellRef, usize> =
        known.rev().filter_map(|(index, row)| Some((row.meant(sheet)?, index))).collect();
    for Mend { cell, was, now, reason } in mends {
        let index = *known.entry(cell.clone()).or_insert_with(|| {
            file.rows.push(Correction {
                cell: cell.to_string(),
                was: was.clone(),
                now: String::new(),
                reason: String::new(),
                line: 0,
                rest: Vec::new(),
            });
            file.rows.len() - 1
        });
        let row = &mut file.rows[index];
        if row.line > 0 && !applied.contains(cell) {
            // It did not fit the sheet, which is what was seen.
            row.was.clone_from(was);
        }
        row.now.clone_from(now);
        if !reason.is_empty() {
            row.reason.clone_from(reason);
        }
    }
    let mended: BTreeSet<usize> =
        mends.iter().filter_map(|it| known.get(&it.cell)).copied().collect();
    let mut index = 0;
    file.rows.retain(|row| {
        index += 1;
        !mended.contains(&(index - 1)) || row.now.trim() != row.was.trim()
    });
    file.save(folder, lang)
}

/// Whether a cell can be mended by whoever saw this in it.
fn as_seen(sheet: &Workbook, cell: &CellRef, was: &str) -> Result<(), fault::Corrections> {
    let gone = || fault::Corrections::CellGone { cell: cell.clone() };
    let mut sheets = sheet.sheets.iter();
    let of_cell = sheets.find(|sheet| *sheet.name == *cell.sheet).ok_or_else(gone)?;
    let (first, seen) = of_cell.at(cell.row, cell.column);
    if first != *cell {
        return Err(gone());
    }
    let (says, was) = (clean::line(&seen.text()), clean::line(was));
    if says != was {
        return Err(fault::Corrections::Overtaken { was, says });
    }
    Ok(())
}

/// Removes the corrections in lines of the file, each with the cell that stands in
/// it, so that the sheet counts again.
///
/// # Errors
/// A line is not, or no longer, about its cell, and nothing was removed; or the file
/// cannot be read or written.
pub fn drop_lines(folder: &Path, lines: &[(usize, String)], lang: Lang) -> Result<(), Diagnostics> {
    let mut file = Rows::load(folder)?;
    let mut faults = Diagnostics::default();
    for (line, cell) in lines {
        if let Err(gone) = index_of(&file, *line, cell) {
            faults.extend(gone);
        }
    }
    if faults.has_errors() {
        return Err(faults);
    }
    file.rows.retain(|row| !lines.iter().any(|(line, _)| *line == row.line));
    file.save(folder, lang)
}

/// Lets the correction in a line of the file hold although the cell says something
/// else by now.
///
/// # Errors
/// As [`drop_lines`].
pub fn renew_line(
    folder: &Path,
    line: usize,
    cell: &str,
    says: &str,
    lang: Lang,
) -> Result<(), Diagnostics> {
    let mut file = Rows::load(folder)?;
    let index = index_of(&file, line, cell)?;
    says.clone_into(&mut file.rows[index].was);
    file.save(folder, lang)
}

fn index_of(file: &Rows, line: usize, cell: &str) -> Result<usize, Diagnostics> {
    let found = file.rows.iter().position(|row| row.line == line && row.cell == cell);
    found.ok_or_else(|| fault::Corrections::LineGone { line, cell: cell.to_owned() }.into())
}
