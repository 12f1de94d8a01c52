//! The award sheet → [`Roster`]: who won what, each with the cell it stands in.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::attest::hex;
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place};
use crate::fact::Fact;
use crate::field::Field;

mod cells;
mod clean;
mod columns;
mod roster;
mod rules;
mod section;
mod table;
mod workbook;

pub use cells::{CellValue, Cells, cells};
pub(crate) use roster::identity;
pub use roster::{Balance, Entrant, Roster};
pub use table::{ColumnMapping, SkipReason, Skipped, TableMapping};

use columns::Headers;
use rules::Judged;
use section::Names;
use table::{Column, Found, Row, Table};
use workbook::{Sheet, Value, Workbook};

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
    printable: impl Fn(char) -> bool + Sync,
) -> Result<(Roster, Diagnostics), Diagnostics> {
    let (workbook, bytes) = workbook::read(path)?;
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut roster = Roster::of(file, hex(&Sha256::digest(&bytes)), Vec::new());
    let mut faults = Diagnostics::default();
    faults.extend(workbook.notes.iter().cloned());
    let mut reading = Reading { contest, printable: &printable, faults: &mut faults };
    if !read_sheets(&workbook, &mut roster, &mut reading) {
        let sheets = workbook.sheets.iter().map(|sheet| sheet.name.to_string()).collect();
        faults.push(Diagnostic::new(Kind::NoTable { sheets }).at(Place::File(path.to_owned())));
    }
    rules::check(&roster, contest, &mut faults);
    faults.extend(contest.years_that_differ(&[]));
    let faults = rules::judge(faults, &roster, contest).with_unused(contest).merged();
    roster.texts = texts(&workbook, &faults);
    Ok((roster, faults))
}

/// An entrant with some of its fields typed anew, read and held against the
/// contest's rules as a row of the sheet would be. `number` is the certificate
/// that faults are reported for.
pub fn correct(
    entrant: &Entrant,
    values: &[(Field, String)],
    number: &str,
    contest: &Contest,
    printable: impl Fn(char) -> bool + Sync,
) -> (Option<Entrant>, Diagnostics) {
    let own_id = entrant.id != entrant.key();
    let fields: Vec<Field> =
        Field::ALL.into_iter().filter(|&field| field != Field::Id || own_id).collect();
    let typed = |field: Field| {
        let typed = values.iter().rev().find(|(typed, _)| *typed == field);
        typed.map_or_else(|| entrant.texts(field).join("、"), |(_, value)| value.clone())
    };
    let columns = || (0u32..).zip(fields.iter().copied());
    let cells = columns().map(|(column, field)| ((0, column), Value::Text(typed(field))));
    let sheet = Sheet::new(&entrant.source.sheet, cells, Vec::new());
    let columns = columns().map(|(index, field)| {
        let header = field.label().to_owned();
        let cell = CellRef::new(&sheet.name, 0, index);
        Column { index, cell, header, field: Some(field) }
    });
    let (columns, skipped) = (columns.collect(), Vec::new());
    let row = Row { index: 0, continued: Vec::new(), group: None, award: None };
    let table = Table { sheet: &sheet, columns, rows: vec![row], skipped };
    let mut roster = Roster::of(String::new(), String::new(), Vec::new());
    let mut faults = Diagnostics::default();
    let mut reading = Reading { contest, printable: &printable, faults: &mut faults };
    roster::read(&table, &mut roster, &mut reading);
    rules::check_each(&roster, contest, &mut faults);
    let Judged { faults, .. } = rules::judge(faults, &roster, contest);
    let corrected = roster.entrants.pop().map(|corrected| {
        let (source, extra) = (entrant.source.clone(), entrant.extra.clone());
        corrected.standing_at(source, extra)
    });
    let mut placed = Diagnostics::default();
    placed.extend(faults.into_iter().map(|mut fault| {
        let column = match &fault.place {
            Some(Place::Cell(cell)) => fields.get(cell.column as usize),
            _ => None,
        };
        let fact = Fact::Field(column.copied().unwrap_or(Field::Project));
        let place = Place::Fact { number: number.to_owned(), fact };
        fault.rows.clear();
        fault.at(place)
    }));
    (corrected, placed)
}

/// What stands in the cells that faults are about.
fn texts(workbook: &Workbook, faults: &Diagnostics) -> BTreeMap<CellRef, String> {
    let mut texts = BTreeMap::new();
    for fault in faults.iter() {
        if let Some(Place::Cell(cell)) = &fault.place
            && let Some(sheet) = workbook.sheets.iter().find(|sheet| sheet.name == cell.sheet)
        {
            texts.insert(cell.clone(), sheet.own(cell.row, cell.column).text().into_owned());
        }
    }
    texts
}

/// What every row is read with.
struct Reading<'a> {
    contest: &'a Contest,
    printable: &'a (dyn Fn(char) -> bool + Sync),
    faults: &'a mut Diagnostics,
}

/// Reads every visible sheet; whether any had a table.
fn read_sheets(workbook: &Workbook, roster: &mut Roster, reading: &mut Reading<'_>) -> bool {
    let headers = Headers::new(reading.contest);
    let names = Names::new(reading.contest);
    let mut any = false;
    for sheet in &workbook.sheets {
        let name = sheet.name.to_string();
        if sheet.hidden {
            reading.faults.push(Diagnostic::new(Kind::HiddenSheet { sheet: name }));
            continue;
        }
        match table::find(sheet, &headers, &names, reading.faults) {
            Found::Nothing if sheet.rows().next().is_none() => {}
            Found::Nothing => {
                reading.faults.push(Diagnostic::new(Kind::SheetWithoutTable { sheet: name }));
            }
            Found::Faulty => any = true,
            Found::Table(table) => {
                any = true;
                roster.rows += table.rows.len() + table.skipped.len();
                roster::read(&table, roster, reading);
                roster.tables.push(table.mapping());
                roster.skipped.extend(table.skipped);
            }
        }
    }
    any
}
