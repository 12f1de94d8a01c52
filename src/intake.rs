//! The award sheet → [`Roster`]: who won what, each with the cell it stands in.

use std::collections::HashMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::contest::Contest;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place};

mod clean;
mod columns;
mod roster;
mod rules;
mod table;
mod workbook;

pub use roster::{Balance, Entrant, Roster};
pub use table::{SkipReason, Skipped};

use columns::Headers;
use table::Found;
use workbook::Workbook;

/// Reads the award sheet at `path` and holds it against the contest's rules.
/// `printable` tells whether a character can be printed at all.
///
/// The roster has every sound row; the diagnostics say what is wrong with the
/// others, and what was understood differently from how it was typed.
///
/// Errors: the file cannot be read, is no spreadsheet, or has no award table.
pub fn read(
    path: &Path,
    contest: &Contest,
    printable: impl Fn(char) -> bool,
) -> Result<(Roster, Diagnostics), Diagnostics> {
    let (workbook, bytes) = workbook::read(path)?;
    let mut roster = Roster {
        file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        sha256: hex(&Sha256::digest(&bytes)),
        rows: 0,
        entrants: Vec::new(),
        held: Vec::new(),
        skipped: Vec::new(),
    };
    let mut faults = Diagnostics::default();
    let mut known = HashMap::new();
    let mut printable = |c| *known.entry(c).or_insert_with(|| printable(c));
    let mut reading = Reading { contest, printable: &mut printable, faults: &mut faults };
    if !read_sheets(&workbook, &mut roster, &mut reading) {
        let sheets = workbook.sheets.iter().map(|sheet| sheet.name.to_string()).collect();
        faults.push(Diagnostic::new(Kind::NoTable { sheets }).at(Place::File(path.to_owned())));
    }
    rules::check(&roster, contest, &mut faults);
    Ok((roster, faults.merged()))
}

/// What every row is read with.
struct Reading<'a> {
    contest: &'a Contest,
    printable: &'a mut dyn FnMut(char) -> bool,
    faults: &'a mut Diagnostics,
}

/// Reads every visible sheet; whether any had a table.
fn read_sheets(workbook: &Workbook, roster: &mut Roster, reading: &mut Reading<'_>) -> bool {
    let headers = Headers::new(reading.contest);
    let mut any = false;
    for sheet in &workbook.sheets {
        let name = sheet.name.to_string();
        if sheet.hidden {
            reading.faults.push(Diagnostic::new(Kind::HiddenSheet { sheet: name }));
            continue;
        }
        match table::find(sheet, &headers, reading.faults) {
            Found::Nothing if sheet.rows().next().is_none() => {}
            Found::Nothing => {
                reading.faults.push(Diagnostic::new(Kind::SheetWithoutTable { sheet: name }));
            }
            Found::Faulty => any = true,
            Found::Table(table) => {
                any = true;
                roster.rows += table.rows.len() + table.skipped.len();
                roster::read(&table, roster, reading);
                roster.skipped.extend(table.skipped);
            }
        }
    }
    any
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
