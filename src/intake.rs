//! The award sheet → [`Roster`]: who won what, each with the cell it stands in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
mod ending;
mod header;
mod heading;
#[cfg(test)]
mod layouts;
mod names;
mod role;
mod roster;
mod row;
mod rules;
mod section;
mod settle;
mod sorting;
mod table;
mod value;
mod workbook;

pub use cells::{CellValue, Cells, cells};
pub use role::{CellBalance, Role, RoleArea};
pub(crate) use roster::identity;
pub use roster::{Balance, Entrant, Roster};
pub use table::{ColumnMapping, SkipReason, Skipped, TableMapping};

use columns::{Headers, People};
use header::{Column, Header};
use heading::Names;
use rules::Judged;
use table::{Found, Row, Table};
use workbook::{Sheet, Value, Workbook};

/// An award sheet's file, opened; what its rows say is not known yet.
#[derive(Debug)]
pub struct Opened {
    path: PathBuf,
    digest: String,
    workbook: Workbook,
}

impl Opened {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Opens the award sheet at `path`.
///
/// Errors: the file cannot be read, or is no spreadsheet.
pub fn open(path: &Path) -> Result<Opened, Diagnostics> {
    let (workbook, bytes) = workbook::read(path)?;
    Ok(Opened { path: path.to_owned(), digest: hex(&Sha256::digest(&bytes)), workbook })
}

/// Reads an award sheet and holds it against the contest's rules. `printable`
/// tells whether a character can be printed at all.
///
/// The roster has every sound row; the diagnostics say what is wrong with the
/// others, and what was understood differently from how it was typed.
pub fn read(
    Opened { path, digest, workbook }: &Opened,
    contest: &Contest,
    printable: impl Fn(char) -> bool + Sync,
) -> (Roster, Diagnostics) {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut roster = Roster::of(file, digest.clone(), Vec::new());
    let mut faults = read_workbook(workbook, &mut roster, contest, &printable);
    if roster.tables.is_empty() {
        let sheets = workbook.sheets.iter().map(|sheet| sheet.name.to_string()).collect();
        faults.push(Diagnostic::new(Kind::NoTable { sheets }).at(Place::File(path.clone())));
    }
    rules::check(&roster, contest, &mut faults);
    faults.extend(contest.years_that_differ(&roster.titles));
    let faults = rules::judge(faults, &roster, contest).with_unused(contest).merged().by_script();
    roster.texts = texts(workbook, &faults);
    (roster, faults)
}

/// Adds every visible sheet to the roster; returns what is to be told of them.
fn read_workbook(
    workbook: &Workbook,
    roster: &mut Roster,
    contest: &Contest,
    printable: &(dyn Fn(char) -> bool + Sync),
) -> Diagnostics {
    let mut faults = Diagnostics::default();
    faults.extend(workbook.notes.iter().cloned());
    let (headers, names) = (Headers::new(contest), Names::new(contest));
    let mut reading = Reading { contest, names: &names, printable, faults: &mut faults };
    for sheet in &workbook.sheets {
        read_sheet(sheet, &headers, roster, &mut reading);
    }
    faults
}

fn read_sheet(sheet: &Sheet, headers: &Headers, roster: &mut Roster, reading: &mut Reading<'_>) {
    let name = sheet.name.to_string();
    if sheet.hidden {
        reading.faults.push(Diagnostic::new(Kind::HiddenSheet { sheet: name }));
        return;
    }
    let (names, contest) = (reading.names, reading.contest);
    let (table, sound) = match table::find(sheet, headers, names, contest, reading.faults) {
        Found::Nothing => {
            roster.cells.add_without_table(sheet);
            if let Some(first) = sheet.rows().next() {
                let awards = sheet.rows_from(first).any(|row| {
                    sheet.columns(row).any(|it| names.mentions_award(&sheet.own(row, it).text()))
                });
                let kind = Kind::SheetWithoutTable { sheet: name, awards };
                reading.faults.push(Diagnostic::new(kind));
            }
            return;
        }
        Found::Faulty(table) => (table, false),
        Found::Table(table) => (table, true),
    };
    roster.tables.extend(table.mappings());
    roster.cells.add(&table, reading.faults);
    if sound {
        roster.rows += table.rows.len() + table.skipped.len();
        row::read(&table, roster, reading);
        roster.skipped.extend(table.skipped);
        roster.titles.extend(table.titles);
    }
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
    let columns = columns().map(|(index, field)| Column {
        index,
        cell: CellRef::new(&sheet.name, 0, index),
        header: field.label().to_owned(),
        field: Some(field),
        people: People::List,
        stated: true,
    });
    let header = Header { first: 0, last: 0, columns: columns.collect() };
    let row = Row { index: 0, header: 0, continued: Vec::new(), over: Arc::default() };
    let table = Table::of_row(&sheet, header, row);
    let mut roster = Roster::of(String::new(), String::new(), Vec::new());
    let mut faults = Diagnostics::default();
    let names = Names::new(contest);
    let mut reading =
        Reading { contest, names: &names, printable: &printable, faults: &mut faults };
    row::read(&table, &mut roster, &mut reading);
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
    names: &'a Names,
    printable: &'a (dyn Fn(char) -> bool + Sync),
    faults: &'a mut Diagnostics,
}
