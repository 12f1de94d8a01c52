//! The award sheet as it stands, with what every row is and what is said of every
//! cell: for a page that shows it as a grid.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::cell::{CellRef, column_letters};
use crate::fault::{self, Diagnostic, Diagnostics, Kind, Place, Severity};
use crate::folder::Checked;
use crate::intake::{self, Inputs, Role, Shown};
use crate::lang::Lang;

/// One sheet of the workbook.
#[derive(Debug, Serialize)]
pub struct Grid {
    rows: u32,
    columns: Vec<Column>,
    cells: Vec<Vec<String>>,
    /// Each the first row and column, and how many of them.
    merges: Vec<[u32; 4]>,
    hidden: Hidden,
    #[serde(flatten)]
    said: Said,
}

/// What the check says of a sheet: what changes when a cell does.
#[derive(Debug, Serialize)]
pub struct Said {
    /// The sheet's name.
    pub name: String,
    /// What each row is.
    roles: Vec<&'static str>,
    /// What is wrong with its cells.
    marks: Vec<Mark>,
    /// Which cells were mended.
    edits: Vec<Edit>,
}

#[derive(Debug, Serialize)]
struct Column {
    letter: String,
}

#[derive(Debug, Serialize)]
struct Hidden {
    rows: Vec<u32>,
    columns: Vec<u32>,
}

/// What is said of a cell.
#[derive(Debug, Serialize)]
struct Mark {
    row: u32,
    column: u32,
    severity: &'static str,
    words: Vec<String>,
    /// The place of the fault among all.
    fault: usize,
}

/// A cell that was mended.
#[derive(Debug, Serialize)]
struct Edit {
    row: u32,
    column: u32,
    was: String,
    reason: String,
}

/// What is said of the cells of one sheet.
#[derive(Default)]
struct OfCells {
    marks: Vec<Mark>,
    edits: Vec<Edit>,
}

/// Every sheet of an opened file that was checked.
pub fn grids(opened: &Inputs, checked: &Checked, lang: Lang) -> Vec<Grid> {
    let shown = intake::shown(opened);
    let said = said(&shown, checked, lang);
    shown.into_iter().zip(said).map(|(shown, said)| grid(shown, said)).collect()
}

/// What the check says of every sheet of an opened file.
pub fn remarks(opened: &Inputs, checked: &Checked, lang: Lang) -> Vec<Said> {
    said(&intake::shown(opened), checked, lang)
}

fn said(sheets: &[Shown], checked: &Checked, lang: Lang) -> Vec<Said> {
    let mut of_cells = of_cells(&checked.diagnostics, lang);
    let roles = roles(checked);
    let none = BTreeMap::new();
    let said = sheets.iter().map(|sheet| {
        let name = sheet.sheet.to_string();
        let OfCells { marks, edits } = of_cells.remove(&name).unwrap_or_default();
        let marked = marks.iter().map(|mark| mark.row + 1).max().unwrap_or_default();
        let roles = roles.get(&name).unwrap_or(&none);
        let rows = size(sheet).0.max(marked);
        let roles = (0..rows).map(|row| roles.get(&row).copied().unwrap_or("empty")).collect();
        Said { name, roles, marks, edits }
    });
    said.collect()
}

fn grid(sheet: Shown, said: Said) -> Grid {
    let (_, columns) = size(&sheet);
    let marked = said.marks.iter().map(|mark| mark.column + 1).max().unwrap_or_default();
    let (rows, columns) = (said.roles.len() as u32, columns.max(marked));
    let mut cells = vec![vec![String::new(); columns as usize]; rows as usize];
    for ((row, column), text) in sheet.texts {
        cells[row as usize][column as usize] = text;
    }
    let merges = sheet
        .merges
        .iter()
        .map(|((top, left), (bottom, right))| [*top, *left, bottom - top + 1, right - left + 1]);
    Grid {
        rows,
        columns: (0..columns).map(|it| Column { letter: column_letters(it) }).collect(),
        cells,
        merges: merges.collect(),
        hidden: Hidden { rows: sheet.hidden_rows, columns: sheet.hidden_columns },
        said,
    }
}

/// How many rows and columns it takes to show all that a sheet holds.
fn size(sheet: &Shown) -> (u32, u32) {
    let filled = sheet.texts.iter().map(|(place, _)| *place);
    let size = |(rows, columns): (u32, u32), (row, column): (u32, u32)| {
        (rows.max(row + 1), columns.max(column + 1))
    };
    let (rows, columns) = filled.fold((0, 0), size);
    // A merged area may go on to the end of all rows, empty.
    let headed = sheet.merges.iter().filter(|((top, _), _)| *top < rows);
    let merged = headed.map(|(_, (bottom, right))| ((*bottom).min(rows - 1), *right));
    merged.fold((rows, columns), size)
}

/// What each row is, by its sheet: what its cells are.
fn roles(checked: &Checked) -> BTreeMap<String, BTreeMap<u32, &'static str>> {
    let mut roles: BTreeMap<String, BTreeMap<u32, &'static str>> = BTreeMap::new();
    for area in &checked.understood.cells.areas {
        let role = match area.role {
            Role::Title => "title",
            Role::Section => "section",
            Role::Header => "header",
            Role::Value { .. } => "entrant",
            Role::Skipped { .. } => "skipped",
            Role::Kept | Role::Unread => continue,
        };
        let of_sheet = roles.entry(area.from.sheet.to_string()).or_default();
        of_sheet.extend((area.from.row..=area.to.row).map(|row| (row, role)));
    }
    roles
}

/// What is said of each sheet's cells: one mark for each cell that a fault names.
fn of_cells(noticed: &Diagnostics, lang: Lang) -> BTreeMap<String, OfCells> {
    let mut of_cells: BTreeMap<String, OfCells> = BTreeMap::new();
    for (fault, diagnostic) in noticed.iter().enumerate() {
        let Some(Place::Cell(cell)) = &diagnostic.place else { continue };
        if let Some((was, reason)) = correction(diagnostic) {
            let of_sheet = of_cells.entry(cell.sheet.to_string()).or_default();
            let (row, column) = (cell.row, cell.column);
            of_sheet.edits.push(Edit { row, column, was, reason });
            continue;
        }
        let severity = match diagnostic.severity() {
            Severity::Info => "notice",
            severity => severity.name(),
        };
        let wording = diagnostic.wording(lang);
        let mut words = vec![wording.message.clone()];
        words.extend(wording.help.lines().map(str::to_owned));
        let others = diagnostic.kind.others().iter();
        let cells: BTreeSet<&CellRef> = others.chain([cell]).collect();
        for CellRef { sheet, row, column } in cells {
            let (row, column, words) = (*row, *column, words.clone());
            let of_sheet = of_cells.entry(sheet.to_string()).or_default();
            of_sheet.marks.push(Mark { row, column, severity, words, fault });
        }
    }
    of_cells
}

/// What a cell said before it was mended, and why it was.
fn correction(diagnostic: &Diagnostic) -> Option<(String, String)> {
    match &diagnostic.kind {
        Kind::Corrections(fault::Corrections::Corrected { was, reason, .. }) => {
            Some((was.clone(), reason.clone()))
        }
        _ => None,
    }
}
