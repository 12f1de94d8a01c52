//! A sheet that is being read, within bounds.

use super::bounds::{self, Bounds};
use super::cell::{Cell, Value};
use super::refusal::Refusal;
use super::sheet::{Area, Placed, Sheet};

/// A sheet that is being read, within bounds.
pub(super) struct Grid<'b> {
    name: String,
    hidden: bool,
    cells: Vec<Placed>,
    merges: Vec<Area>,
    /// First and last of the rows that are not shown.
    unseen_rows: Vec<(u32, u32)>,
    /// First and last of the columns that are not shown.
    unseen_columns: Vec<(u32, u32)>,
    bounds: &'b Bounds,
}

impl<'b> Grid<'b> {
    pub(super) fn new(name: &str, hidden: bool, bounds: &'b Bounds) -> Self {
        Self {
            name: name.to_owned(),
            hidden,
            cells: Vec::new(),
            merges: Vec::new(),
            unseen_rows: Vec::new(),
            unseen_columns: Vec::new(),
            bounds,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Puts a cell into its place; a blank one leaves that as it is.
    pub(super) fn put(
        &mut self,
        row: u32,
        column: u32,
        cell: impl Into<Cell>,
    ) -> Result<(), Refusal> {
        let cell = cell.into();
        if cell.is_blank() {
            return Ok(());
        }
        if row >= bounds::ROWS || column >= bounds::COLUMNS {
            return Err(bounds::cells());
        }
        let text = match &cell.value {
            Value::Text(text) | Value::Error(text) => text.len(),
            _ => 0,
        };
        self.bounds.cell(text + cell.shown.as_ref().map_or(0, |shown| shown.len()))?;
        self.cells.push(Placed { row, column, cell });
        Ok(())
    }

    /// Adds the rest of the same sheet.
    pub(super) fn append(&mut self, rest: Self) {
        self.cells.extend(rest.cells);
        self.merges.extend(rest.merges);
        self.unseen_rows.extend(rest.unseen_rows);
        self.unseen_columns.extend(rest.unseen_columns);
    }

    pub(super) fn merge(&mut self, area: Area) {
        self.merges.push(area);
    }

    /// The file does not show these rows.
    pub(super) fn hide(&mut self, first: u32, last: u32) {
        self.unseen_rows.push((first, last));
    }

    /// The file does not show these columns.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        self.unseen_columns.push((first, last));
    }

    /// Whether the file hides the sheet, where it says so at its end.
    pub(super) fn hide_sheet(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    pub(super) fn finish(mut self) -> Result<Sheet, Refusal> {
        // A merged column may reach to the last row there can be.
        let last = self.cells.iter().map(|cell| cell.row).max().unwrap_or(0);
        let mut covered = 0;
        for area in &mut self.merges {
            area.end.0 = area.end.0.min(last);
            covered += u64::from((area.end.0 + 1).saturating_sub(area.start.0));
        }
        if covered > bounds::CELLS as u64 {
            return Err(bounds::cells());
        }
        let mut sheet = Sheet::of(&self.name, self.cells, self.merges);
        sheet.hidden = self.hidden;
        sheet.hide_rows(&self.unseen_rows);
        sheet.hide_columns(&self.unseen_columns);
        Ok(sheet)
    }
}
