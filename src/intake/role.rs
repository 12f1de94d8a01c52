//! What every cell of the sheet is: in = title + section + header + values +
//! kept + skipped, or there is a fault at it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::clean;
use super::header::Header;
use super::table::{RowPart, Table};
use crate::cell::{CellRef, column_letters};
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::field::Field;
use crate::roster::SkipReason;
use crate::workbook::{Cell, Sheet};

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "role")]
pub enum Role {
    /// What stands above a table and says more than group, award and number.
    Title,
    /// The head of a section.
    Section,
    /// A header.
    Header,
    /// The value of a field.
    Value {
        /// The field.
        field: Field,
    },
    /// The value of a column that is no field, kept as it is.
    Kept,
    /// Part of a row that holds no entrant.
    Skipped {
        /// Why it holds none.
        reason: SkipReason,
    },
    /// None: a fault tells of it.
    Unread,
}

/// How many cells of the visible sheets are what, and which.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CellBalance {
    /// Cells that are not empty.
    pub r#in: usize,
    /// Titles.
    pub title: usize,
    /// Heads of sections.
    pub section: usize,
    /// Headers.
    pub header: usize,
    /// Values of fields.
    pub value: usize,
    /// Values of columns that are no field.
    pub kept: usize,
    /// Parts of rows that are skipped.
    pub skipped: usize,
    /// Cells that a fault tells of.
    pub unread: usize,
    /// Every cell, in areas of one column and one role.
    pub areas: Vec<RoleArea>,
}

/// Cells of one column, one below the other, that are the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleArea {
    /// What they are.
    #[serde(flatten)]
    pub role: Role,
    /// The first of them.
    pub from: CellRef,
    /// The last of them.
    pub to: CellRef,
}

impl CellBalance {
    /// Adds the cells of a sheet whose rows have their parts, and tells of
    /// those that have no role. `is_text` if it is a text file's, where a row
    /// with more fields than the header has shifted.
    pub(super) fn add(&mut self, table: &Table<'_>, faults: &mut Diagnostics) {
        let sheet = table.sheet;
        let mut strays: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut areas = Areas::default();
        for row in sheet.rows() {
            let part = table.parts.get(&row).copied();
            for column in sheet.columns(row) {
                let role = role(table, part, column);
                if let Some(kind) = covered(sheet, row, column) {
                    self.count(Role::Unread);
                    areas.add(Role::Unread, row, column);
                    let cell = CellRef::new(&sheet.name, row, column);
                    let fault = Diagnostic::new(kind).at_cell(&cell);
                    faults.push(for_row(table, fault, row));
                    continue;
                }
                if role == Role::Unread {
                    strays.entry(column).or_default().push(row);
                }
                self.count(role);
                areas.add(role, row, column);
            }
        }
        self.areas.extend(areas.finish(sheet));
        for (column, rows) in strays {
            if numbers_rows(sheet, column, &rows) {
                self.unread -= rows.len();
                self.kept += rows.len();
                let strays = self
                    .areas
                    .iter_mut()
                    .filter(|area| area.from.sheet == sheet.name && area.from.column == column);
                for area in strays.filter(|area| area.role == Role::Unread) {
                    area.role = Role::Kept;
                }
                continue;
            }
            let first = CellRef::new(&sheet.name, rows[0], column);
            let text = clean::line(&sheet.own(rows[0], column).text());
            let kind =
                fault::Layout::NoHeader { column: column_letters(column), cells: rows.len(), text };
            let fault = Diagnostic::new(kind).at_cell(&first);
            faults.push(rows.iter().fold(fault, |fault, &row| for_row(table, fault, row)));
        }
    }

    /// Adds the cells of a sheet without an award table.
    pub(super) fn add_without_table(&mut self, sheet: &Sheet) {
        let role = Role::Skipped { reason: SkipReason::NoTable };
        let mut areas = Areas::default();
        for row in sheet.rows() {
            for column in sheet.columns(row) {
                self.count(role);
                areas.add(role, row, column);
            }
        }
        self.areas.extend(areas.finish(sheet));
    }

    fn count(&mut self, role: Role) {
        self.r#in += 1;
        *match role {
            Role::Title => &mut self.title,
            Role::Section => &mut self.section,
            Role::Header => &mut self.header,
            Role::Value { .. } => &mut self.value,
            Role::Kept => &mut self.kept,
            Role::Skipped { .. } => &mut self.skipped,
            Role::Unread => &mut self.unread,
        } += 1;
    }
}

/// The fault concerns the row's entrant, if it has one.
fn for_row(table: &Table<'_>, fault: Diagnostic, row: u32) -> Diagnostic {
    let after = table.rows.partition_point(|one| one.index <= row);
    let found = after.checked_sub(1).map(|at| &table.rows[at]);
    let found = found.filter(|one| one.index == row || one.continued.contains(&row));
    match found {
        Some(one) => fault.for_row(&table.source(one)),
        None => fault,
    }
}

/// Whether a column without a header only numbers the rows, as 序号 does: from
/// 1, or from 1 in each section.
fn numbers_rows(sheet: &Sheet, column: u32, rows: &[u32]) -> bool {
    let mut last = 0.0;
    rows.iter().all(|&row| {
        let text = clean::line(&sheet.own(row, column).text());
        let number = text.parse::<f64>().unwrap_or(f64::NAN);
        let counts = number == 1.0 || number == last + 1.0;
        last = number;
        counts
    })
}

fn role(table: &Table<'_>, part: Option<RowPart>, column: u32) -> Role {
    let under = |header: &Header| match header.at(column) {
        Some(known) => known.field.map_or(Role::Kept, |field| Role::Value { field }),
        None => Role::Unread,
    };
    match part {
        Some(RowPart::Title) => Role::Title,
        Some(RowPart::Section) => Role::Section,
        Some(RowPart::Header) => Role::Header,
        Some(RowPart::Skipped(reason)) => Role::Skipped { reason },
        Some(RowPart::Entrant(header) | RowPart::Continued(header)) => {
            under(&table.headers[header])
        }
        None => Role::Unread,
    }
}

/// A value under a merged area that shows another one is seen by nobody.
fn covered(sheet: &Sheet, row: u32, column: u32) -> Option<fault::Layout> {
    let (own, shown) = (sheet.own(row, column), sheet.seen(row, column));
    if std::ptr::eq(own, shown) {
        return None;
    }
    let text = |cell: &Cell| clean::line(&cell.text());
    let (own, shown) = (text(own), text(shown));
    let over = sheet.at(row, column).0;
    (own != shown && !own.is_empty()).then_some(fault::Layout::Covered { text: own, over })
}

/// Areas that are being put together, from the top.
#[derive(Default)]
struct Areas {
    /// The role of the area that each column is in, with its first and last row.
    open: BTreeMap<u32, (Role, u32, u32)>,
    done: Vec<(u32, (Role, u32, u32))>,
}

impl Areas {
    fn add(&mut self, role: Role, row: u32, column: u32) {
        match self.open.get_mut(&column) {
            Some((known, _, last)) if *known == role && *last + 1 == row => *last = row,
            _ => {
                let before = self.open.insert(column, (role, row, row));
                self.done.extend(before.map(|before| (column, before)));
            }
        }
    }

    fn finish(self, sheet: &Sheet) -> Vec<RoleArea> {
        let mut areas = self.done;
        areas.extend(self.open);
        areas.sort_by_key(|(column, (_, first, _))| (*first, *column));
        let cell = |row, column| CellRef::new(&sheet.name, row, column);
        let area = |(column, (role, first, last))| RoleArea {
            role,
            from: cell(first, column),
            to: cell(last, column),
        };
        areas.into_iter().map(area).collect()
    }
}
