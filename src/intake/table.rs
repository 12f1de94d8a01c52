//! Where the award table is in a sheet: its header of one or two rows, its
//! columns, its sections and its rows, with every row that is no entrant told
//! apart.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::clean;
use super::columns::{Headers, NEEDED, is_one_member, resembles};
use super::section::{Named, Names, Sections};
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
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub skipped: Vec<Skipped>,
}

/// A column with a header.
#[derive(Debug)]
pub(super) struct Column {
    pub index: u32,
    /// The header's own cell.
    pub cell: CellRef,
    pub header: String,
    /// `None` for a column that is no field: its text is kept as it stands.
    pub field: Option<Field>,
}

/// The rows of one entrant.
#[derive(Debug)]
pub(super) struct Row {
    /// The first of them, zero-based.
    pub index: u32,
    /// Rows below that only name further members.
    pub continued: Vec<u32>,
    /// What the section it stands in, the title or the sheet's name says.
    pub group: Option<Named>,
    pub award: Option<Named>,
}

/// How a sheet's header was understood.
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
}

/// A row under the header that holds no entrant of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The row's first used cell.
    pub row: CellRef,
    /// Why it holds none.
    pub reason: SkipReason,
    /// What it says.
    pub text: String,
}

/// Why a row holds no entrant of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// A note below or between the rows: 备注, 说明, 制表人.
    Note,
    /// A sum: 合计.
    Total,
    /// The header once more.
    Header,
    /// The head of a section: 一、企业组.
    Section,
    /// One more member of the entrant above, whose cells are merged over it.
    Continued,
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

/// A header that was found.
struct Header {
    /// Its last row.
    last: u32,
    columns: Vec<Column>,
}

/// Finds the sheet's award table: the row, or pair of rows, whose cells name
/// the most fields, project or organization among them.
pub(super) fn find<'a>(
    sheet: &'a Sheet,
    headers: &Headers,
    headings: &Names<'_>,
    faults: &mut Diagnostics,
) -> Found<'a> {
    let Some((first, header)) = header(sheet, headers) else { return Found::Nothing };
    let has = |field| header.columns.iter().any(|column| column.field == Some(field));
    let judged = has(Field::Group) || has(Field::Award);
    // A list of people or of enterprises is no award table.
    let names = distinct_fields(&header.columns).len() >= 2
        && (has(Field::Project) || has(Field::Organization) && judged);
    if !names {
        return Found::Nothing;
    }
    let sound = header_is_sound(sheet, &header, faults);
    let mut sections = Sections::new(headings, sheet, first);
    let Header { last, columns } = header;
    let mut table = Table { sheet, columns, rows: Vec::new(), skipped: Vec::new() };
    for row in sheet.rows().filter(|&row| row > last) {
        table.sort_row(row, last, &mut sections);
    }
    table.refuse_unplaced(faults);
    table.tell_hidden_rows(faults);
    if !sound {
        return Found::Faulty;
    }
    table.tell_placed(&sections, faults);
    sections.finish(faults);
    for skipped in &table.skipped {
        if skipped.reason == SkipReason::NoEntrant {
            let kind = Kind::RowWithoutEntrant { text: skipped.text.clone() };
            faults.push(Diagnostic::new(kind).at_cell(&skipped.row));
        }
    }
    Found::Table(table)
}

/// The best header of the sheet and its first row.
fn header(sheet: &Sheet, headers: &Headers) -> Option<(u32, Header)> {
    let rows: Vec<u32> = sheet.rows().take(HEADER_WITHIN).collect();
    let fields = |header: &Header| distinct_fields(&header.columns);
    let single = |row| Header { last: row, columns: columns(sheet, row, None, headers) };
    let singles: BTreeMap<u32, Header> = rows.iter().map(|&row| (row, single(row))).collect();
    let alone: BTreeMap<u32, BTreeSet<Field>> =
        singles.iter().map(|(&row, header)| (row, fields(header))).collect();
    singles
        .into_iter()
        .map(|(row, one)| {
            // A second row belongs to the header only if it adds fields and
            // takes none away: a row of data does not.
            let two = alone.get(&(row + 1)).and_then(|lower| {
                let both = columns(sheet, row, Some(row + 1), headers);
                let two = Header { last: row + 1, columns: both };
                let (upper, both) = (&alone[&row], fields(&two));
                (both.is_superset(upper) && both.len() > upper.len().max(lower.len()))
                    .then_some(two)
            });
            (row, two.unwrap_or(one))
        })
        .max_by_key(|(row, header)| (fields(header).len(), Reverse(*row)))
}

/// The columns of a header in `upper` and, if it has two rows, in `lower`.
fn columns(sheet: &Sheet, upper: u32, lower: Option<u32>, headers: &Headers) -> Vec<Column> {
    let used = sheet.columns(upper).chain(lower.into_iter().flat_map(|row| sheet.columns(row)));
    let used: BTreeSet<u32> = used.collect();
    let column = |index: u32| {
        let (above, top) = sheet.at(upper, index);
        let own = lower.map(|row| (CellRef::new(&sheet.name, row, index), sheet.own(row, index)));
        let own = own.filter(|(_, cell)| !cell.is_blank());
        // The word below counts; what stands above it says what it is about.
        let cell = own.as_ref().map_or(above, |(cell, _)| cell.clone());
        let words = match &own {
            None if lower.is_none() => sheet.own(upper, index).text(),
            None => top.text(),
            Some((_, below)) => below.text(),
        };
        let both = || lower.and_then(|_| headers.field(&format!("{}{words}", top.text())));
        let field = headers.field(&words).or_else(both);
        let header = clean::line(&words);
        (!header.is_empty()).then_some(Column { index, cell, header, field })
    };
    used.into_iter().filter_map(column).collect()
}

fn distinct_fields(columns: &[Column]) -> BTreeSet<Field> {
    columns.iter().filter_map(|column| column.field).collect()
}

/// Every needed field has a column and no field has two, but for members.
fn header_is_sound(sheet: &Sheet, header: &Header, faults: &mut Diagnostics) -> bool {
    let columns = &header.columns;
    let mut sound = true;
    for field in Field::ALL {
        let fitting: Vec<_> = columns.iter().filter(|column| column.field == Some(field)).collect();
        let lists = fitting.iter().filter(|column| !is_one_member(&column.header));
        let kind = match fitting.as_slice() {
            [] if NEEDED.contains(&field) => Kind::MissingColumn {
                field,
                headers: unclaimed(columns),
                near: near(field, columns),
            },
            [_, .., _] if field != Field::Members || lists.count() > 1 => Kind::AmbiguousColumn {
                field,
                headers: fitting.iter().map(|column| column.header.clone()).collect(),
            },
            _ => continue,
        };
        let cell = fitting.last().or(columns.first().as_ref()).map(|column| column.cell.clone());
        let cell = cell.unwrap_or_else(|| CellRef::new(&sheet.name, header.last, 0));
        faults.push(Diagnostic::new(kind).at_cell(&cell));
        sound = false;
    }
    sound
}

/// The headers that stand for no field.
fn unclaimed(columns: &[Column]) -> Vec<String> {
    let unclaimed = columns.iter().filter(|column| column.field.is_none());
    unclaimed.map(|column| column.header.clone()).collect()
}

/// Those of them that may be meant for this field.
fn near(field: Field, columns: &[Column]) -> Vec<String> {
    let mut near = unclaimed(columns);
    near.retain(|header| resembles(field, header));
    near
}

impl Table<'_> {
    /// Whether a field has a column.
    fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.field == Some(field))
    }

    /// How its header was understood.
    pub(super) fn mapping(&self) -> TableMapping {
        let columns = self.columns.iter().map(|column| ColumnMapping {
            cell: column.cell.clone(),
            header: column.header.clone(),
            field: column.field,
        });
        TableMapping { sheet: self.sheet.name.to_string(), columns: columns.collect() }
    }

    /// Puts a row below the header where it belongs.
    fn sort_row(&mut self, row: u32, header: u32, sections: &mut Sections<'_>) {
        let used: Vec<u32> = self.sheet.columns(row).collect();
        let Some(&first) = used.first() else { return };
        let alone = used.len() == 1;
        let says = |column: &u32| clean::line(&self.sheet.own(row, *column).text());
        let text = says(&first);
        let notes = used.iter().all(|column| is_note(&says(column)));
        let cell = CellRef::new(&self.sheet.name, row, first);
        let reason = if self.repeats_header(row, header) {
            SkipReason::Header
        } else if is_total(&text) {
            SkipReason::Total
        } else if notes {
            SkipReason::Note
        } else if alone && sections.enter(&cell, &text) {
            SkipReason::Section
        } else if self.continues(row) {
            let above = self.rows.last_mut().expect("a row that continues has one above");
            above.continued.push(row);
            SkipReason::Continued
        } else if self.names_entrant(row) {
            let (group, award) = sections.here();
            sections.count();
            self.rows.push(Row { index: row, continued: Vec::new(), group, award });
            return;
        } else {
            SkipReason::NoEntrant
        };
        self.skipped.push(Skipped { row: cell, reason, text });
    }

    fn repeats_header(&self, row: u32, header: u32) -> bool {
        self.columns
            .iter()
            .all(|column| self.sheet.own(row, column.index) == self.sheet.own(header, column.index))
    }

    /// Whether the row stands beside cells that are merged down from the
    /// entrant above: the same project of the same organization.
    fn continues(&self, row: u32) -> bool {
        let Some(above) = self.rows.last() else { return false };
        let column = |field| self.columns.iter().find(|column| column.field == Some(field));
        let merged = |field| {
            column(field).is_some_and(|column| {
                let (cell, _) = self.sheet.at(row, column.index);
                cell.row == above.index
            })
        };
        merged(Field::Project) && merged(Field::Organization)
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

    /// A group or an award that was taken from words of a title or a sheet's
    /// name is told, since these say other things, too.
    fn tell_placed(&self, sections: &Sections<'_>, faults: &mut Diagnostics) {
        for (field, named) in sections.whole() {
            let Some(named) = named.filter(|_| !self.has(field)) else { continue };
            let placed = |row: &Row| match field {
                Field::Group => row.group.as_ref() == Some(named),
                _ => row.award.as_ref() == Some(named),
            };
            if self.rows.iter().any(placed) {
                let (name, sheet) = (named.name.clone(), self.sheet.name.to_string());
                let told = Diagnostic::new(Kind::Placed { field, name, sheet });
                faults.push(match &named.cell {
                    Some(cell) => told.at_cell(cell),
                    None => told,
                });
            }
        }
    }

    /// Rows that the file hides are winners all the same, but the clerk may not
    /// know of them.
    fn tell_hidden_rows(&self, faults: &mut Diagnostics) {
        let hidden = self.rows.iter().filter(|row| self.sheet.hidden_rows.contains(&row.index));
        let column = self.columns.first().map_or(0, |column| column.index);
        let cells = hidden.map(|row| CellRef::new(&self.sheet.name, row.index, column));
        let cells: Vec<CellRef> = cells.collect();
        if let Some(first) = cells.first() {
            let kind = Kind::HiddenRows { rows: cells.len() };
            let mut fault = Diagnostic::new(kind).at_cell(first);
            fault.rows = cells;
            faults.push(fault);
        }
    }

    /// A group or an award that neither a column nor a section tells is told
    /// once for the whole table.
    fn refuse_unplaced(&mut self, faults: &mut Diagnostics) {
        for field in [Field::Group, Field::Award] {
            let told = |row: &Row| match field {
                Field::Group => row.group.is_some(),
                _ => row.award.is_some(),
            };
            if self.has(field) || !self.rows.is_empty() && self.rows.iter().all(told) {
                continue;
            }
            let (headers, near) = (unclaimed(&self.columns), near(field, &self.columns));
            let kind = Kind::MissingColumn { field, headers, near };
            let mut fault = Diagnostic::new(kind);
            if let Some(column) = self.columns.first() {
                fault = fault.at_cell(&column.cell);
            }
            faults.push(fault);
        }
    }
}

/// `合计` alone or before a number or a mark; `总计算` is a name's beginning.
fn is_total(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    ["合计", "总计", "小计", "共计"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
}

/// A remark, or the line that whoever made the table signs.
fn is_note(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let begins = |words: &[&str], marks: &[char], alone: bool| {
        words.iter().any(|word| {
            text.strip_prefix(word)
                .is_some_and(|rest| (alone && rest.is_empty()) || rest.starts_with(marks))
        })
    };
    let signed = ["制表人", "制表", "填表人", "审核人", "审核", "负责人", "联系人", "单位（盖章）"];
    begins(&["备注", "注", "说明", "填表说明"], &['：', ':', '1', '一', '.', '．', '、'], true)
        || begins(&signed, &['：', ':'], false)
}
