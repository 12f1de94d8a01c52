//! Where the award table is in a sheet: its header row, its columns and its
//! rows, with every row that is no entrant told apart.

use serde::Serialize;

use super::clean;
use super::columns::{Headers, NEEDED, resembles};
use super::workbook::Sheet;
use crate::cell::CellRef;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::field::Field;

/// How many used rows from the top a header is looked for in.
pub(super) const HEADER_WITHIN: usize = 40;

/// A sheet's award table.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub sheet: &'a Sheet,
    pub header_row: u32,
    pub columns: Vec<Column>,
    /// The rows that hold entrants, zero-based.
    pub rows: Vec<u32>,
    pub skipped: Vec<Skipped>,
}

/// A column with a header.
#[derive(Debug)]
pub(super) struct Column {
    pub index: u32,
    pub header: String,
    /// `None` for a column that is no field: its text is kept as it stands.
    pub field: Option<Field>,
}

/// How a sheet's header was understood.
#[derive(Debug, Clone, Serialize)]
pub struct TableMapping {
    /// The sheet.
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
}

/// A row under the header that holds no entrant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The row's first used cell.
    pub row: CellRef,
    /// Why it holds none.
    pub reason: SkipReason,
    /// What it says.
    pub text: String,
}

/// Why a row holds no entrant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// A note below or between the rows: 备注, 说明.
    Note,
    /// A sum: 合计.
    Total,
    /// The header once more.
    Header,
    /// It names neither project nor organization.
    NoEntrant,
}

/// What [`find`] made of a sheet.
pub(super) enum Found<'a> {
    /// No row looks like an award table's header.
    Nothing,
    /// A header with faults: the sheet cannot be read.
    Faulty,
    Table(Table<'a>),
}

/// Finds the sheet's award table: the row whose cells name the most fields,
/// project or organization among them.
pub(super) fn find<'a>(sheet: &'a Sheet, headers: &Headers, faults: &mut Diagnostics) -> Found<'a> {
    let best = sheet
        .rows()
        .take(HEADER_WITHIN)
        .map(|row| (row, columns(sheet, row, headers)))
        .max_by_key(|(row, columns)| (distinct_fields(columns), std::cmp::Reverse(*row)));
    let Some((header_row, columns)) = best else { return Found::Nothing };
    let has = |field| columns.iter().any(|column: &Column| column.field == Some(field));
    if distinct_fields(&columns) < 2 || !(has(Field::Project) || has(Field::Organization)) {
        return Found::Nothing;
    }
    if !header_is_sound(sheet, header_row, &columns, faults) {
        return Found::Faulty;
    }
    let mut table = Table { sheet, header_row, columns, rows: Vec::new(), skipped: Vec::new() };
    for row in sheet.rows().filter(|&row| row > header_row) {
        table.sort_row(row, header_row);
    }
    for skipped in &table.skipped {
        if skipped.reason == SkipReason::NoEntrant {
            let kind = Kind::RowWithoutEntrant { text: skipped.text.clone() };
            faults.push(Diagnostic::new(kind).at_cell(&skipped.row));
        }
    }
    Found::Table(table)
}

fn columns(sheet: &Sheet, row: u32, headers: &Headers) -> Vec<Column> {
    sheet
        .columns(row)
        .filter_map(|index| {
            let text = sheet.own(row, index).text();
            let field = headers.field(&text);
            let header = clean::line(&text);
            (!header.is_empty()).then_some(Column { index, header, field })
        })
        .collect()
}

fn distinct_fields(columns: &[Column]) -> usize {
    let fields: std::collections::BTreeSet<_> =
        columns.iter().filter_map(|column| column.field).collect();
    fields.len()
}

/// Every needed field has a column and no field has two.
fn header_is_sound(sheet: &Sheet, row: u32, columns: &[Column], faults: &mut Diagnostics) -> bool {
    let mut sound = true;
    for field in Field::ALL {
        let fitting: Vec<_> = columns.iter().filter(|column| column.field == Some(field)).collect();
        let kind = match fitting.as_slice() {
            [] if NEEDED.contains(&field) => {
                Kind::MissingColumn { field, near: near(field, columns) }
            }
            [_, .., _] => Kind::AmbiguousColumn {
                field,
                headers: fitting.iter().map(|column| column.header.clone()).collect(),
            },
            _ => continue,
        };
        let column = fitting.last().or(columns.first().as_ref()).map_or(0, |column| column.index);
        faults.push(Diagnostic::new(kind).at_cell(&CellRef::new(&sheet.name, row, column)));
        sound = false;
    }
    sound
}

/// The headers that stand for no field and may be meant for this one.
fn near(field: Field, columns: &[Column]) -> Vec<String> {
    let unclaimed = columns.iter().filter(|column| column.field.is_none());
    let near = unclaimed.filter(|column| resembles(field, &column.header));
    near.map(|column| column.header.clone()).collect()
}

impl Table<'_> {
    /// How its header was understood.
    pub(super) fn mapping(&self) -> TableMapping {
        let columns = self.columns.iter().map(|column| ColumnMapping {
            cell: CellRef::new(&self.sheet.name, self.header_row, column.index),
            header: column.header.clone(),
            field: column.field,
        });
        TableMapping { sheet: self.sheet.name.to_string(), columns: columns.collect() }
    }

    /// Puts a row below the header where it belongs.
    fn sort_row(&mut self, row: u32, header_row: u32) {
        let mut used = self.sheet.columns(row);
        let Some(first) = used.next() else { return };
        let alone = used.next().is_none();
        let text = clean::line(&self.sheet.own(row, first).text());
        let reason = if self.repeats_header(row, header_row) {
            SkipReason::Header
        } else if is_total(&text) {
            SkipReason::Total
        } else if alone && is_note(&text) {
            SkipReason::Note
        } else if self.names_entrant(row) {
            self.rows.push(row);
            return;
        } else {
            SkipReason::NoEntrant
        };
        let row = CellRef::new(&self.sheet.name, row, first);
        self.skipped.push(Skipped { row, reason, text });
    }

    fn repeats_header(&self, row: u32, header_row: u32) -> bool {
        self.columns.iter().all(|column| {
            self.sheet.own(row, column.index) == self.sheet.own(header_row, column.index)
        })
    }

    /// Whether the row itself says what only an entrant's does: a project, an
    /// organization or members, or any two fields, so that a winner whose name
    /// was forgotten is a fault and not passed over.
    fn names_entrant(&self, row: u32) -> bool {
        let filled = self.columns.iter().filter_map(|column| {
            let field = column.field?;
            (!self.sheet.own(row, column.index).is_blank()).then_some(field)
        });
        let names = |field| matches!(field, Field::Project | Field::Organization | Field::Members);
        filled.clone().count() >= 2 || filled.clone().any(names)
    }
}

/// `合计` alone or before a number or a mark; `总计算` is a name's beginning.
fn is_total(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    ["合计", "总计", "小计", "共计"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
}

fn is_note(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    ["备注", "注", "说明", "填表说明"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(['：', ':', '1', '一', '.', '．', '、'])
        })
    })
}
