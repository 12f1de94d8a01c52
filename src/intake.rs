//! The award sheet → [`Roster`]: who won what, each with the cell it stands in.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cell::CellRef;
use crate::contest::Contest;
use crate::fact::Fact;
use crate::fault::{self, Diagnostic, Diagnostics, Place};
use crate::field::Field;
use crate::nearest::nearest;
use crate::noted::Noted;
use crate::roster::{Entrant, Roster};
use crate::workbook::{Sheet, Value, Workbook};

mod cells;
mod clean;
mod columns;
pub mod corrections;
mod ending;
mod find;
mod header;
mod heading;
mod inputs;
#[cfg(test)]
mod layouts;
mod names;
mod oddity;
mod reading;
mod role;
mod row;
mod rules;
mod section;
mod settle;
mod sorting;
mod table;
mod value;

pub(crate) use cells::{CellValue, Cells, cells};
pub use cells::{Shown, shown};
pub use inputs::Inputs;
pub use role::{CellBalance, Role, RoleArea};
pub use table::{ColumnMapping, TableMapping};

use columns::{Headers, People, Sureness};
use find::Found;
use header::{Column, Header};
use heading::Names;
use reading::Reading;
use row::Rows;
use rules::Judged;
use table::{Row, Table};

/// The header words that a field's column is known by, in Chinese, and in English
/// in lower case and without blanks.
pub fn header_words(field: Field) -> [Vec<&'static str>; 2] {
    columns::words_of(field)
}

/// An award sheet that was read.
#[derive(Debug)]
pub struct AwardSheet {
    /// Who won what.
    pub roster: Roster,
    /// How it was understood.
    pub understood: Understood,
}

/// How an award sheet was understood.
#[derive(Debug, Default)]
pub struct Understood {
    /// The columns of each header.
    pub tables: Vec<TableMapping>,
    /// What every cell is.
    pub cells: CellBalance,
    /// What stands in the cells that faults are about.
    pub texts: BTreeMap<CellRef, String>,
}

/// Reads an award sheet and holds it against the contest's rules. `printable`
/// tells whether a character can be printed at all.
///
/// The roster has every sound row; what is noted says what is wrong with the
/// others, and what was understood differently from how it was typed.
pub fn read(
    Inputs { path, digest, workbook, corrected, exclusions }: &Inputs,
    contest: &Contest,
    printable: impl Fn(char) -> bool + Sync,
) -> Noted<AwardSheet> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (roster, understood) = (Roster::of_sheet(file, digest.clone()), Understood::default());
    let mut sheet = AwardSheet { roster, understood };
    let mut faults = Diagnostics::default();
    faults.extend(corrected.clone());
    if let Some((named, is)) = workbook.misnamed.clone() {
        let kind = fault::Sheet::WrongExtension { named, is };
        faults.push(Diagnostic::new(kind).at(Place::File(path.clone())));
    }
    let mut titles = Vec::new();
    let (headers, names) = (Headers::new(contest), Names::new(contest));
    let reading = Reading { contest, names: &names, printable: &printable };
    for one in &workbook.sheets {
        titles.extend(read_sheet(one, &headers, &reading, &mut sheet, &mut faults));
    }
    let AwardSheet { roster, understood } = &mut sheet;
    if understood.tables.is_empty() {
        let sheets = workbook.sheets.iter().map(|sheet| sheet.name.to_string()).collect();
        faults
            .push(Diagnostic::new(fault::Sheet::NoTable { sheets }).at(Place::File(path.clone())));
    }
    refuse_unfilled(&understood.tables, contest, &mut faults);
    rules::apply(roster, contest, exclusions, &mut faults);
    faults.extend(contest.years_that_differ(&titles));
    let judged = rules::judge(faults, &roster.entrants, contest).with_unused(contest);
    let noted = judged.merged().by_script();
    understood.texts = texts(workbook, &noted);
    Noted { value: sheet, noted }
}

/// A column that `contest.toml` speaks of and no table has.
fn refuse_unfilled(tables: &[TableMapping], contest: &Contest, faults: &mut Diagnostics) {
    if tables.is_empty() {
        return;
    }
    let columns = || tables.iter().flat_map(|table| &table.columns);
    for (field, place) in contest.fields.wanted() {
        // Of these each table is told of, and each row.
        let told = match field {
            Field::Project | Field::Organization | Field::Group | Field::Award => true,
            Field::Members => false,
            other => contest.fields.is_needed(other),
        };
        if told || columns().any(|column| column.is(field)) {
            continue;
        }
        let headers: Vec<String> = columns()
            .filter(|column| column.field.is_none())
            .map(|column| column.header.clone())
            .collect();
        let nearest = nearest(field.name(), headers.iter().map(String::as_str)).map(str::to_owned);
        let kind = fault::Layout::NoColumn { field, headers, nearest };
        faults.push(Diagnostic::new(kind).at(place.clone()));
    }
    // A header word that no table has, for a field that has no column either.
    for (field, words, place) in contest.fields.stated() {
        let told = contest.fields.is_wanted(field);
        if told || columns().any(|column| column.is(field)) {
            continue;
        }
        let headers: Vec<String> = columns().map(|column| column.header.clone()).collect();
        let near = words.iter().find_map(|word| nearest(word, headers.iter().map(String::as_str)));
        let nearest = near.map(str::to_owned);
        let kind = fault::Layout::NoSuchHeader { field, words: words.to_vec(), nearest };
        faults.push(Diagnostic::new(kind).at(place.clone()));
    }
}

/// Adds what a sheet of the workbook says, if it is visible; returns its titles.
fn read_sheet(
    one: &Sheet,
    headers: &Headers,
    reading: &Reading<'_>,
    AwardSheet { roster, understood }: &mut AwardSheet,
    faults: &mut Diagnostics,
) -> Vec<(CellRef, String)> {
    let name = one.name.to_string();
    if one.hidden {
        faults.push(Diagnostic::new(fault::Sheet::HiddenSheet { sheet: name }));
        return Vec::new();
    }
    let (names, contest) = (reading.names, reading.contest);
    let (table, sound) = match find::table(one, headers, names, contest, faults) {
        Found::Nothing(nearly) => {
            understood.cells.add_without_table(one);
            if let Some(first) = one.rows().next() {
                let awards = one.rows_from(first).any(|row| {
                    one.columns(row).any(|it| names.mentions_award(&one.own(row, it).text()))
                });
                let nearly = nearly.map(|it| (it.cell, it.fields));
                let kind = match awards {
                    true => fault::Sheet::SheetOfAwards { sheet: name, nearly },
                    false => fault::Sheet::SheetWithoutTable { sheet: name, nearly },
                };
                faults.push(Diagnostic::new(kind));
            }
            return Vec::new();
        }
        Found::Faulty(table) => (table, false),
        Found::Table(table) => (table, true),
    };
    understood.tables.extend(table.mappings());
    let mut balance = || understood.cells.add(&table, faults);
    if !sound {
        balance();
        return Vec::new();
    }
    roster.rows += table.rows.len() + table.skipped.len();
    let ((), rows) = rayon::join(balance, || row::read(&table, reading));
    faults.extend(rows.faults);
    roster.entrants.extend(rows.entrants);
    roster.held.extend(rows.faulty);
    roster.skipped.extend(table.skipped);
    table.titles
}

/// An entrant with some of its fields typed anew, read and held against the
/// contest's rules as a row of the sheet would be. `number` is the certificate
/// that faults are reported for.
pub(crate) fn correct(
    entrant: &Entrant,
    values: &[(Field, String)],
    number: &str,
    contest: &Contest,
    printable: impl Fn(char) -> bool + Sync,
) -> Noted<Option<Entrant>> {
    let more = contest.fields.identifying();
    let more: Vec<String> = more.map(|it| contest.joined(&entrant.texts(it))).collect();
    let own_id = entrant.id != entrant.key_with(&more);
    // What the contest calls a built-in field besides.
    let also = |field: Field| {
        let found = entrant.also.iter().find(|(_, name)| *name == field.name());
        found.map(|(own, _)| Field::column(own))
    };
    let of = |typed: Field, field: Field| typed == field || also(field) == Some(typed);
    let has = |field: Field| {
        let typed = values.iter().any(|(typed, _)| of(*typed, field));
        // Only what cannot be blank would miss its column.
        let blank = entrant.texts(field).is_empty() || entrant.texts(field) == [""];
        typed || !(blank && matches!(field, Field::Group | Field::Project | Field::Organization))
    };
    let fields: Vec<Field> = Field::BUILT_IN
        .into_iter()
        .filter(|&field| has(field) && (field != Field::Id || own_id))
        .chain(contest.fields.columns().filter(|own| !entrant.also.contains_key(own.name())))
        .collect();
    let typed = |field: Field| {
        let typed = values.iter().rev().find(|(typed, _)| of(*typed, field));
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
        also: also(field),
        stated: true,
        sureness: Sureness::Sure,
    });
    let header = Header { first: 0, last: 0, columns: columns.collect() };
    let row = Row { index: 0, header: 0, continued: Vec::new(), over: Arc::default() };
    let table = Table::of_row(&sheet, header, row);
    let mut faults = Diagnostics::default();
    let names = Names::new(contest);
    let reading = Reading { contest, names: &names, printable: &printable };
    let Rows { mut entrants, faults: found, .. } = row::read(&table, &reading);
    faults.extend(found);
    rules::apply_to_each(&entrants, contest, &mut faults);
    let Judged { faults, .. } = rules::judge(faults, &entrants, contest);
    let corrected = entrants.pop().map(|corrected| {
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
    Noted { value: corrected, noted: placed }
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
