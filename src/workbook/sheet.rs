//! One sheet: its cells by their place, and its merged areas.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cell::{Cell, Value};
use crate::cell::CellRef;

/// One sheet: its used cells and merged areas.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// The sheet's name; a text file's one sheet has the file's name.
    pub name: Arc<str>,
    /// Whether the file hides it.
    pub hidden: bool,
    /// The cells that are not blank, row by row: a stray mark in the last cell
    /// of a sheet must not cost the memory of all before it.
    pub(super) cells: Vec<Placed>,
    /// The rows that hold anything, from the top, each with its first cell's
    /// index.
    rows: Vec<(u32, usize)>,
    /// The rows that hold anything and that the file hides or filters out.
    pub hidden_rows: BTreeSet<u32>,
    /// The columns that hold anything and that the file hides.
    pub hidden_columns: BTreeSet<u32>,
    merges: Vec<Area>,
    /// Every row of a merged area by its first column: its last column, and
    /// the area's first cell.
    merged: BTreeMap<(u32, u32), (u32, (u32, u32))>,
}

/// A cell and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub row: u32,
    pub column: u32,
    pub cell: Cell,
}

/// A rectangle of cells, all bounds inclusive and zero-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    /// First row and column.
    pub start: (u32, u32),
    /// Last row and column.
    pub end: (u32, u32),
}

impl Sheet {
    /// A sheet of cells in any order, each with its row and column.
    pub(crate) fn new(
        name: &str,
        cells: impl IntoIterator<Item = ((u32, u32), Value)>,
        merges: Vec<Area>,
    ) -> Self {
        let cells = cells.into_iter().filter(|(_, value)| !value.is_blank());
        let placed = cells.map(|((row, column), value)| Placed { row, column, cell: value.into() });
        Self::of(name, placed.collect(), merges)
    }

    /// A sheet of cells in any order, none of them blank; of two in one place
    /// the later counts.
    pub(super) fn of(name: &str, mut cells: Vec<Placed>, merges: Vec<Area>) -> Self {
        cells.sort_by_key(Placed::place);
        cells.dedup_by(|later, kept| {
            let same = later.place() == kept.place();
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        let rows = rows_of(&cells);
        let mut merged = BTreeMap::new();
        for area in &merges {
            for row in area.start.0..=area.end.0 {
                merged.insert((row, area.start.1), (area.end.1, area.start));
            }
        }
        let (hidden_rows, hidden_columns) = (BTreeSet::new(), BTreeSet::new());
        let name = name.into();
        Self { name, hidden: false, cells, rows, hidden_rows, hidden_columns, merges, merged }
    }

    /// Whether it holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Notes which of its rows the file hides, each range with both its ends.
    pub(super) fn hide_rows(&mut self, ranges: &[(u32, u32)]) {
        for &(first, last) in ranges {
            let hidden: Vec<u32> = self.rows_from(first).take_while(|row| *row <= last).collect();
            self.hidden_rows.extend(hidden);
        }
    }

    /// And which of its columns.
    pub(super) fn hide_columns(&mut self, ranges: &[(u32, u32)]) {
        if !ranges.is_empty() {
            let used: BTreeSet<u32> = self.cells.iter().map(|cell| cell.column).collect();
            let hidden = ranges.iter().filter(|(first, last)| first <= last);
            let hidden = hidden.flat_map(|(first, last)| used.range(first..=last));
            self.hidden_columns = hidden.copied().collect();
        }
    }

    /// Puts a value into a cell.
    pub(crate) fn put(&mut self, row: u32, column: u32, value: Value) {
        let place = (row, column);
        match self.cells.binary_search_by_key(&place, Placed::place) {
            Ok(at) if value.is_blank() => drop(self.cells.remove(at)),
            Ok(at) => {
                self.cells[at].cell = value.into();
                return;
            }
            Err(_) if value.is_blank() => return,
            Err(at) => self.cells.insert(at, Placed { row, column, cell: value.into() }),
        }
        self.rows = rows_of(&self.cells);
    }

    /// The merged areas.
    pub(crate) fn merges(&self) -> &[Area] {
        &self.merges
    }

    /// The rows that hold anything, from the top.
    pub(crate) fn rows(&self) -> impl Iterator<Item = u32> {
        self.rows.iter().map(|(row, _)| *row)
    }

    /// The rows from this one on that hold anything.
    pub(crate) fn rows_from(&self, row: u32) -> impl Iterator<Item = u32> {
        let from = self.rows.partition_point(|(other, _)| *other < row);
        self.rows[from..].iter().map(|(row, _)| *row)
    }

    /// Whether any row holds anything in this column.
    pub(crate) fn uses(&self, column: u32) -> bool {
        self.cells.iter().any(|cell| cell.column == column)
    }

    /// The columns of `row` that hold anything, from the left.
    pub(crate) fn columns(&self, row: u32) -> impl Iterator<Item = u32> {
        self.line(row).iter().map(|cell| cell.column)
    }

    /// The cell itself.
    pub(crate) fn own(&self, row: u32, column: u32) -> &Cell {
        const EMPTY: &Cell =
            &Cell { value: Value::Empty, shown: None, struck: false, partly_struck: false };
        let line = self.line(row);
        let found = line.binary_search_by_key(&column, |cell| cell.column);
        found.map_or(EMPTY, |index| &line[index].cell)
    }

    /// The cells of a row, from the left.
    fn line(&self, row: u32) -> &[Placed] {
        let Ok(index) = self.rows.binary_search_by_key(&row, |(row, _)| *row) else { return &[] };
        let end = self.rows.get(index + 1).map_or(self.cells.len(), |(_, next)| *next);
        &self.cells[self.rows[index].1..end]
    }

    /// The cell that is seen here, and the address it is to be mended at: in a
    /// merged area, both are those of the area's first cell.
    pub(crate) fn at(&self, row: u32, column: u32) -> (CellRef, &Cell) {
        let (row, column) = self.first_of_area(row, column);
        (CellRef::new(&self.name, row, column), self.own(row, column))
    }

    /// The cell that is seen here.
    pub(crate) fn seen(&self, row: u32, column: u32) -> &Cell {
        let (row, column) = self.first_of_area(row, column);
        self.own(row, column)
    }

    /// The first cell of the merged area here, or the cell itself.
    fn first_of_area(&self, row: u32, column: u32) -> (u32, u32) {
        // Most sheets have none, or a few above the table.
        if self.merged.last_key_value().is_none_or(|((last, _), _)| *last < row) {
            return (row, column);
        }
        let left = self.merged.range((row, 0)..=(row, column)).next_back();
        let area = left.filter(|(_, (end, _))| column <= *end);
        area.map_or((row, column), |(_, (_, start))| *start)
    }
}

/// The rows of cells that are sorted, each with its first cell's index.
fn rows_of(cells: &[Placed]) -> Vec<(u32, usize)> {
    let mut rows: Vec<(u32, usize)> = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        if rows.last().is_none_or(|(row, _)| *row < cell.row) {
            rows.push((cell.row, index));
        }
    }
    rows
}

impl Placed {
    fn place(&self) -> (u32, u32) {
        (self.row, self.column)
    }
}
