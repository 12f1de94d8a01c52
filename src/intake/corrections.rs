//! `corrections.csv`: cells mended without touching the award sheet. Each row has a
//! cell, what it said, what it says now, and why.
//!
//! A correction holds only while the cell says what it said: where it says
//! something else, nobody knows which of the two is right.

use std::collections::BTreeSet;
use std::path::Path;

use super::clean;
use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::workbook::{Value, Workbook};

mod file;
mod mend;
#[cfg(test)]
mod tests;

use file::{Correction, Rows};

pub use file::CORRECTIONS;
pub(super) use file::is_blank;
pub(super) use mend::mend;
pub use mend::{Mend, drop_lines, renew_line};

/// Corrects the cells of the award sheet as the file says; what was corrected, and
/// what is wrong with the file.
pub(super) fn apply(file: &Workbook, path: &Path, sheet: &mut Workbook) -> Diagnostics {
    let Rows { rows, .. } = match Rows::of(file, path) {
        Ok(rows) => rows,
        Err(faults) => return faults,
    };
    let mut faults = Diagnostics::default();
    let mut corrected = BTreeSet::new();
    for correction in rows {
        let fault = match correction.meant(sheet) {
            None => fault::Corrections::NoSuchCell {
                line: correction.line,
                cell: correction.cell.clone(),
            },
            Some(cell) if !corrected.insert(cell.clone()) => {
                fault::Corrections::Twice { line: correction.line, cell }
            }
            Some(cell) => match correct(&correction, &cell, sheet) {
                Ok(done) => {
                    faults.push(Diagnostic::new(done).at_cell(&cell));
                    continue;
                }
                Err(fault) => fault,
            },
        };
        faults.push(Diagnostic::new(fault).at(file::at(path, correction.line)));
    }
    faults
}

/// Corrects one cell; what is to be told of it.
fn correct(
    Correction { cell: typed, was, now, reason, line, .. }: &Correction,
    cell: &CellRef,
    sheet: &mut Workbook,
) -> Result<fault::Corrections, fault::Corrections> {
    let line = *line;
    let found = sheet.sheets.iter_mut().find(|sheet| *sheet.name == *cell.sheet);
    let Some(sheet) = found else {
        return Err(fault::Corrections::NoSuchCell { line, cell: typed.clone() });
    };
    let (first, seen) = sheet.at(cell.row, cell.column);
    if first != *cell {
        return Err(fault::Corrections::Covered { line, cell: cell.clone(), first });
    }
    let says = clean::line(&seen.text());
    let (was, new) = (clean::line(was), clean::line(now));
    if says == new && seen.text().trim() == now.trim() {
        return Ok(fault::Corrections::AlreadyCorrected { line, cell: cell.clone(), now: new });
    }
    if says != was {
        return Err(fault::Corrections::Stale { line, cell: cell.clone(), was, says });
    }
    // As it was typed: a line break may stand between two names.
    sheet.put(cell.row, cell.column, Value::Text(now.trim().to_owned()));
    Ok(fault::Corrections::Corrected { was, now: new, reason: reason.clone() })
}
