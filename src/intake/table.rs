//! What every row of a sheet is: title, section, header, entrant or none, so
//! that every cell has a role.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::header::Header;
use super::section::{Named, Over};
use super::settle::{near, unclaimed};
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::fault::{self, By, Diagnostic, Diagnostics, Kind};
use crate::field::Field;
use crate::roster::{SkipReason, Skipped};
use crate::workbook::Sheet;

/// The fields that may stand over the rows instead of in a column.
pub(super) const PLACED: [Field; 2] = [Field::Group, Field::Award];

/// A sheet, every row of which has its part.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub sheet: &'a Sheet,
    /// The headers that differ, from the top.
    pub headers: Vec<Header>,
    pub rows: Vec<Row>,
    pub skipped: Vec<Skipped>,
    /// What each row above, between and below the entrants is.
    pub parts: BTreeMap<u32, RowPart>,
    /// Titles, from the top.
    pub titles: Vec<(CellRef, String)>,
}

/// What a row is that holds no entrant of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowPart {
    Title,
    Section,
    Header,
    Skipped(SkipReason),
    /// Further members of the entrant above, under this header.
    Continued(usize),
    /// An entrant, under this header.
    Entrant(usize),
}

/// The rows of one entrant.
#[derive(Debug)]
pub(super) struct Row {
    /// The first of them, zero-based.
    pub index: u32,
    /// Which header it stands under.
    pub header: usize,
    /// Rows below that only name further members.
    pub continued: Vec<u32>,
    /// What the section it stands in, the title or the sheet's name says.
    pub over: Arc<Over>,
}

/// How a header was understood.
#[derive(Debug, Clone, Serialize)]
pub struct TableMapping {
    /// The sheet's name.
    pub sheet: String,
    /// Its columns that have a header, from the left.
    pub columns: Vec<ColumnMapping>,
}

/// How a column was understood.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnMapping {
    /// The header's cell.
    pub cell: CellRef,
    /// What it says.
    pub header: String,
    /// The field it stands for; `None` if it is kept as it is.
    pub field: Option<Field>,
    /// What `contest.toml` calls a built-in field's column besides.
    #[serde(skip)]
    pub also: Option<Field>,
}

impl ColumnMapping {
    /// Whether it holds a field.
    pub(super) fn is(&self, field: Field) -> bool {
        [self.field, self.also].contains(&Some(field))
    }
}

/// A row of its own that was not understood: it may be a heading.
pub(super) struct Unread {
    pub cell: CellRef,
    pub text: String,
    /// Which of the table's rows depend on it.
    pub rows: Vec<usize>,
}

impl<'a> Table<'a> {
    /// A table of one row.
    pub(super) fn of_row(sheet: &'a Sheet, header: Header, row: Row) -> Self {
        let (headers, rows) = (vec![header], vec![row]);
        let (skipped, parts, titles) = (Vec::new(), BTreeMap::new(), Vec::new());
        Self { sheet, headers, rows, skipped, parts, titles }
    }

    /// The header a row stands under.
    pub(super) fn header(&self, row: &Row) -> &Header {
        &self.headers[row.header]
    }

    /// The cell that stands for a row: that of its project, else of whoever it
    /// names.
    pub(super) fn source(&self, row: &Row) -> CellRef {
        let naming = [Field::Project, Field::Organization, Field::Members];
        let column = naming.iter().find_map(|&field| self.header(row).columns_of(field).next());
        let column = column.or(self.header(row).columns.first()).map_or(0, |column| column.index);
        CellRef::new(&self.sheet.name, row.index, column)
    }

    /// How many of its rows see a cell: several if it is merged over them.
    pub(super) fn rows_at(&self, cell: &CellRef) -> usize {
        let start = (cell.row, cell.column);
        let area = self.sheet.merges().iter().find(|area| area.start == start);
        let last = area.map_or(cell.row, |area| area.end.0);
        let before = |row: u32| self.rows.partition_point(|one| one.index < row);
        before(last + 1) - before(cell.row)
    }

    /// How its headers were understood.
    pub(super) fn mappings(&self) -> impl Iterator<Item = TableMapping> {
        self.headers.iter().map(|header| {
            let columns = header.columns.iter().map(|column| ColumnMapping {
                cell: column.cell.clone(),
                header: column.header.clone(),
                field: column.field,
                also: column.also,
            });
            TableMapping { sheet: self.sheet.name.to_string(), columns: columns.collect() }
        })
    }

    /// A group or an award that neither a column nor anything over the rows
    /// tells is told once for each header.
    pub(super) fn refuse_unplaced(&self, contest: &Contest, faults: &mut Diagnostics) {
        for (index, header) in self.headers.iter().enumerate() {
            let wanted = |field: &Field| {
                *field == Field::Award && !contest.fields.is_optional(Field::Award)
                    || *field == Field::Group && !contest.groups.is_empty()
                    || contest.fields.is_wanted(*field)
            };
            for field in PLACED.into_iter().filter(|field| wanted(field) && !header.has(*field)) {
                let rows = || self.rows.iter().filter(|row| row.header == index);
                let untold = |row: &Row| {
                    row.over.unread.get(field).is_none() && row.over.told.get(field).is_none()
                };
                if !(rows().any(untold) || index == 0 && self.rows.is_empty()) {
                    continue;
                }
                let (headers, near) = (unclaimed(&header.columns), near(field, &header.columns));
                let fault = Diagnostic::new(fault::Layout::MissingColumn { field, headers, near });
                faults.push(match header.columns.first() {
                    Some(column) => fault.at_cell(&column.cell),
                    None => fault,
                });
            }
        }
    }

    /// A row of its own that was not understood is an error where group or
    /// award of rows below it would come from it.
    pub(super) fn refuse_unread(&self, unread: &[Unread], faults: &mut Diagnostics) {
        for Unread { cell, text, rows } in unread.iter().filter(|one| !one.rows.is_empty()) {
            let mut fault =
                Diagnostic::new(fault::Layout::UnreadRow { text: text.clone(), rows: rows.len() });
            fault.rows = rows.iter().map(|&row| self.source(&self.rows[row])).collect();
            faults.push(fault.at_cell(cell));
        }
    }

    /// A group or an award that was taken from words of a title or a sheet's
    /// name is told, since these say other things, too; where headings, title
    /// and name contradict each other, nobody can say which is meant.
    pub(super) fn tell_placed(&self, faults: &mut Diagnostics) {
        let mut told: Vec<Diagnostic> = Vec::new();
        for row in &self.rows {
            for field in PLACED.into_iter().filter(|&field| !self.header(row).has(field)) {
                let Some(named) = row.over.told.get(field) else { continue };
                if row.over.unread.get(field).is_some() {
                    continue;
                }
                for kind in self.placed(&row.over, field, named) {
                    let fault = Diagnostic::new(kind);
                    let fault = match &named.cell {
                        Some(cell) => fault.at_cell(cell),
                        None => fault,
                    };
                    let same = |it: &Diagnostic| it.kind == fault.kind && it.place == fault.place;
                    let at = told.iter().position(same).unwrap_or(told.len());
                    if at == told.len() {
                        told.push(fault);
                    }
                    let told = &mut told[at];
                    // What is not certain holds its rows; a notice does not.
                    if matches!(told.kind, Kind::Layout(fault::Layout::Contradiction { .. })) {
                        told.rows.push(self.source(row));
                    }
                }
            }
        }
        faults.extend(told);
    }

    /// What is to be told of a group or an award that a row has no column for.
    fn placed(&self, over: &Over, field: Field, named: &Named) -> Vec<fault::Layout> {
        let (title, by_name) = (over.title.get(field), over.sheet.get(field));
        let sheet = self.sheet.name.to_string();
        let said = || named.name.clone();
        let mut kinds = Vec::new();
        for other in [title, by_name].into_iter().flatten().filter(|it| it.name != named.name) {
            let by = other.cell.clone().map_or_else(|| By::Sheet(sheet.clone()), By::Heading);
            kinds.push(fault::Layout::Contradiction {
                field,
                said: said(),
                other: other.name.clone(),
                by,
            });
        }
        if kinds.is_empty() && [title, by_name].contains(&Some(named)) {
            kinds.push(fault::Layout::Placed { field, name: said(), sheet });
        }
        kinds
    }

    /// Rows and columns that the file hides are read all the same, but the
    /// clerk may not know of them.
    pub(super) fn tell_hidden(&self, faults: &mut Diagnostics) {
        let hidden = self.rows.iter().filter(|row| self.sheet.hidden_rows.contains(&row.index));
        let column = |row: &Row| self.header(row).columns.first().map_or(0, |column| column.index);
        let cells = hidden.map(|row| CellRef::new(&self.sheet.name, row.index, column(row)));
        // What nobody sees may say what the rows below it are.
        let heads = self.parts.iter().filter(|(row, part)| {
            let heads = matches!(part, RowPart::Section | RowPart::Header | RowPart::Title);
            heads && self.sheet.hidden_rows.contains(row)
        });
        let heads = heads.map(|(row, _)| {
            let first = self.sheet.columns(*row).next().unwrap_or_default();
            CellRef::new(&self.sheet.name, *row, first)
        });
        let mut cells: Vec<CellRef> = cells.chain(heads).collect();
        cells.sort();
        if let Some(first) = cells.first() {
            let kind = fault::Layout::HiddenRows { rows: cells.len() };
            let mut fault = Diagnostic::new(kind).at_cell(first);
            fault.rows = cells;
            faults.push(fault);
        }
        for header in &self.headers {
            let hidden = |index| self.sheet.hidden_columns.contains(&index);
            let hidden: Vec<_> =
                header.columns.iter().filter(|column| hidden(column.index)).collect();
            if let Some(first) = hidden.first() {
                let headers = hidden.iter().map(|column| column.header.clone()).collect();
                faults.push(
                    Diagnostic::new(fault::Layout::HiddenColumns { headers }).at_cell(&first.cell),
                );
            }
        }
    }

    /// What is struck out may be withdrawn.
    pub(super) fn tell_struck(&self, faults: &mut Diagnostics) {
        let told = |row: &Row| {
            let (mut struck, mut told) = (Vec::new(), Vec::new());
            for column in &self.header(row).columns {
                let (cell, seen) = self.sheet.at(row.index, column.index);
                if seen.struck {
                    struck.push(cell);
                } else if seen.partly_struck && column.field.is_some() {
                    let text = seen.text().into_owned();
                    told.push(Diagnostic::new(fault::Layout::StruckPart { text }).at_cell(&cell));
                }
            }
            if let Some(first) = struck.first() {
                let kind = fault::Layout::StruckOut { cells: struck.len() };
                told.push(Diagnostic::new(kind).at_cell(first));
            }
            told.into_iter().map(|fault| fault.for_row(&self.source(row))).collect::<Vec<_>>()
        };
        faults.extend(self.rows.par_iter().flat_map_iter(told).collect::<Vec<_>>());
    }
}
