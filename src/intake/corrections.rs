//! `corrections.csv`: cells mended without touching the award sheet. Each row has a
//! cell, what it said, what it says now, and why.
//!
//! A correction holds only while the cell says what it said: where it says
//! something else, nobody knows which of the two is right.

use std::collections::BTreeSet;
use std::path::Path;

use super::clean;
use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::workbook::{Sheet, Value, Workbook};

/// The file's name in the contest folder.
pub const CORRECTIONS: &str = "corrections.csv";

/// The headers of its four columns, in both languages.
const HEADERS: [[&str; 2]; 4] =
    [["cell", "单元格"], ["was", "原文"], ["now", "改为"], ["reason", "原因"]];

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Correction {
    /// As it is typed.
    cell: String,
    was: String,
    now: String,
    reason: String,
    place: Place,
}

/// Corrects the cells of the award sheet as the file says; what was corrected, and
/// what is wrong with the file.
pub(super) fn apply(file: &Workbook, path: &Path, sheet: &mut Workbook) -> Diagnostics {
    let mut faults = Diagnostics::default();
    let mut corrected = BTreeSet::new();
    let corrections: Vec<Correction> =
        file.sheets.iter().flat_map(|rows| read(rows, path, &mut faults)).collect();
    for correction in corrections {
        let fault = match CellRef::parse(&correction.cell) {
            None => fault::Corrections::NoSuchCell { cell: correction.cell.clone() },
            Some(cell) if !corrected.insert(cell.clone()) => fault::Corrections::Twice { cell },
            Some(cell) => match correct(&correction, &cell, sheet) {
                Ok(done) => {
                    faults.push(Diagnostic::new(done).at_cell(&cell));
                    continue;
                }
                Err(fault) => fault,
            },
        };
        faults.push(Diagnostic::new(fault).at(correction.place));
    }
    faults
}

/// Corrects one cell; what is to be told of it.
fn correct(
    Correction { cell: typed, was, now, reason, .. }: &Correction,
    cell: &CellRef,
    sheet: &mut Workbook,
) -> Result<fault::Corrections, fault::Corrections> {
    let found = sheet.sheets.iter_mut().find(|sheet| *sheet.name == *cell.sheet);
    let Some(sheet) = found else {
        return Err(fault::Corrections::NoSuchCell { cell: typed.clone() });
    };
    let (first, seen) = sheet.at(cell.row, cell.column);
    if first != *cell {
        return Err(fault::Corrections::Covered { cell: cell.clone(), first });
    }
    let says = clean::line(&seen.text());
    let (was, now) = (clean::line(was), clean::line(now));
    if says == now {
        return Ok(fault::Corrections::AlreadyCorrected { now });
    }
    if says != was {
        return Err(fault::Corrections::Stale { cell: cell.clone(), was, says });
    }
    sheet.put(cell.row, cell.column, Value::Text(now.clone()));
    Ok(fault::Corrections::Corrected { was, now, reason: reason.clone() })
}

/// The rows below the header.
fn read(rows: &Sheet, path: &Path, faults: &mut Diagnostics) -> Vec<Correction> {
    let text = |row: u32, column: u32| rows.own(row, column).text().into_owned();
    let at = |row: u32| Place::Source {
        file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        line: row as usize + 1,
        column: 1,
    };
    let mut all = rows.rows();
    let Some(header) = all.next() else { return Vec::new() };
    let column = |names: [&str; 2]| {
        let is_named = |column: &u32| {
            names.iter().any(|name| clean::line(&text(header, *column)).eq_ignore_ascii_case(name))
        };
        rows.columns(header).find(is_named)
    };
    let [Some(cell), Some(was), Some(now), reason] = HEADERS.map(column) else {
        faults.push(Diagnostic::new(fault::Corrections::Header).at(at(header)));
        return Vec::new();
    };
    let rows = all.filter(|&row| rows.columns(row).next().is_some());
    let corrections = rows.map(|row| Correction {
        cell: clean::line(&text(row, cell)),
        was: text(row, was),
        now: text(row, now),
        reason: reason.map(|column| clean::line(&text(row, column))).unwrap_or_default(),
        place: at(row),
    });
    corrections.collect()
}
