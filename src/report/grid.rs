//! The award sheet as it stands, with what every row is and what is said of every
//! cell: for a page that shows it as a grid.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::cell::{CellRef, column_letters};
use crate::fault::wording::Lang;
use crate::fault::{Diagnostics, Place, Severity};
use crate::folder::Checked;
use crate::intake::{self, CellValue, Cells, Inputs, Role};

/// One sheet of the workbook.
#[derive(Debug, Serialize)]
pub struct Grid {
    name: String,
    rows: u32,
    columns: Vec<Column>,
    cells: Vec<Vec<String>>,
    roles: Vec<&'static str>,
    /// Each the first row and column, and how many of them.
    merges: Vec<[u32; 4]>,
    marks: Vec<Mark>,
}

#[derive(Debug, Serialize)]
struct Column {
    letter: String,
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

/// Every sheet of an opened file that was checked.
pub fn grids(opened: &Inputs, checked: &Checked, lang: Lang) -> Vec<Grid> {
    let mut marks = marks(&checked.diagnostics, lang);
    let roles = roles(checked);
    let sheets = intake::cells(opened).into_iter().map(|cells| {
        let name = cells.sheet.to_string();
        let marks = marks.remove(&name).unwrap_or_default();
        let empty = BTreeMap::new();
        grid(&cells, roles.get(&name).unwrap_or(&empty), marks)
    });
    sheets.collect()
}

fn grid(cells: &Cells, roles: &BTreeMap<u32, &'static str>, marks: Vec<Mark>) -> Grid {
    let marked = marks.iter().map(|mark| (mark.row, mark.column));
    let used = cells.values.iter().map(|(place, _)| *place).chain(marked);
    let merged = cells.merges.iter().map(|(_, last)| *last);
    let (rows, columns) = used.chain(merged).fold((0, 0), |(rows, columns), (row, column)| {
        (rows.max(row + 1), columns.max(column + 1))
    });
    let mut texts = vec![vec![String::new(); columns as usize]; rows as usize];
    for ((row, column), value) in &cells.values {
        texts[*row as usize][*column as usize] = match value {
            CellValue::Text(text) => text.clone(),
            CellValue::Number(number) => number.to_string(),
            CellValue::Truth(truth) => truth.to_string().to_uppercase(),
            CellValue::Date(date) => date.to_string(),
        };
    }
    let merges = cells.merges.iter().map(|((top, left), (bottom, right))| {
        [*top, *left, bottom - top + 1, right - left + 1]
    });
    Grid {
        name: cells.sheet.to_string(),
        rows,
        columns: (0..columns).map(|it| Column { letter: column_letters(it) }).collect(),
        cells: texts,
        roles: (0..rows).map(|row| roles.get(&row).copied().unwrap_or("empty")).collect(),
        merges: merges.collect(),
        marks,
    }
}

/// What each row is, by its sheet: what most of its cells are.
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

/// What is said of each sheet's cells, one mark for each cell that a fault names.
fn marks(noticed: &Diagnostics, lang: Lang) -> BTreeMap<String, Vec<Mark>> {
    let mut marks: BTreeMap<String, Vec<Mark>> = BTreeMap::new();
    for (fault, diagnostic) in noticed.iter().enumerate() {
        let Some(Place::Cell(cell)) = &diagnostic.place else { continue };
        let severity = match diagnostic.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let wording = diagnostic.wording(lang);
        let mut words = vec![wording.message.clone()];
        words.extend(wording.help.lines().map(str::to_owned));
        let others = diagnostic.kind.others().iter();
        let cells: BTreeSet<&CellRef> = others.chain([cell]).collect();
        for cell in cells {
            marks.entry(cell.sheet.to_string()).or_default().push(Mark {
                row: cell.row,
                column: cell.column,
                severity,
                words: words.clone(),
                fault,
            });
        }
    }
    marks
}
