//! Which columns of a header are a field: what is needed has one, and of several
//! the contest, or the rows themselves, must say what they are to each other.

use std::collections::BTreeSet;

use super::clean;
use super::columns::{People, resembles};
use super::header::{Column, Header};
use crate::cell::CellRef;
use crate::contest::{Contest, FieldKind};
use crate::fault::{self, Diagnostic, Diagnostics, Kind};
use crate::field::Field;
use crate::workbook::Sheet;

/// Leaves each field the columns that are its own; whether that was possible.
/// `rows` are those of entrants under this header.
///
/// What `[columns]` names, counts before all else, and then what the surest words
/// name. Of several columns that fit, each row may fill one: then they complement
/// each other.
pub(super) fn settle(
    sheet: &Sheet,
    header: &mut Header,
    rows: &[u32],
    contest: &Contest,
    faults: &mut Diagnostics,
) -> bool {
    let mut sound = true;
    let own = contest.fields.columns();
    for field in Field::BUILT_IN.into_iter().chain(own) {
        if header.columns_of(field).any(|column| column.stated) {
            drop_columns(header, field, |column| !column.stated);
            continue;
        }
        let lists = header.columns_of(field).filter(|column| column.people == People::List);
        if let Some(surest) = lists.map(|column| column.sureness).max() {
            let less = |it: &Column| it.people == People::List && it.sureness < surest;
            drop_columns(header, field, less);
        }
        let fitting: Vec<Column> = rivals(header, field, contest).into_iter().cloned().collect();
        let fault = match fitting.as_slice() {
            [] if !header.has(field) && needs(header, field, contest) => {
                missing(sheet, header, field)
            }
            [] | [_] => continue,
            [.., last] => {
                let used = |column: &&Column| {
                    rows.iter().any(|&row| !sheet.seen(row, column.index).is_blank())
                };
                let used: Vec<&Column> = fitting.iter().filter(used).collect();
                let one_header = fitting.iter().all(|column| column.cell == last.cell);
                if used.len() < 2 {
                    // A column without a value is no rival.
                    let kept = used.first().map_or(fitting[0].index, |one| one.index);
                    let idle = |it: &Column| {
                        it.index != kept && fitting.iter().any(|one| one.index == it.index)
                    };
                    drop_columns(header, field, idle);
                    continue;
                }
                if rows.iter().all(|&row| fills_one(sheet, row, &used)) {
                    if one_header {
                        continue;
                    }
                    let headers = used.iter().map(|column| column.header.clone()).collect();
                    Diagnostic::new(fault::Layout::ColumnsJoined { field, headers })
                        .at_cell(&last.cell)
                } else {
                    sound = false;
                    refused(field, &fitting, one_header).at_cell(&last.cell)
                }
            }
        };
        sound &= !matches!(fault.kind, Kind::Layout(fault::Layout::MissingColumn { .. }));
        faults.push(fault);
    }
    sound
}

/// Whether a header must have a column for a field: somebody has to get the
/// award, and what `contest.toml` cannot do without has to be there. Group and
/// award may stand over the rows instead.
fn needs(header: &Header, field: Field, contest: &Contest) -> bool {
    match field {
        Field::Organization if !header.has(Field::Members) => true,
        Field::Project | Field::Organization => contest.fields.is_wanted(field),
        _ => contest.fields.is_needed(field),
    }
}

/// The columns of which a field can have but one. Members may stand in many:
/// only lists under different headers are rivals.
fn rivals<'h>(header: &'h Header, field: Field, contest: &Contest) -> Vec<&'h Column> {
    let fitting = header.columns_of(field);
    if field != Field::Members {
        if contest.fields.kind(field) == FieldKind::Names {
            return Vec::new();
        }
        return fitting.collect();
    }
    let lists: Vec<_> = fitting.filter(|column| column.people == People::List).collect();
    let words: BTreeSet<String> =
        lists.iter().map(|column| clean::header(&column.header)).collect();
    if words.len() < 2 { Vec::new() } else { lists }
}

fn drop_columns(header: &mut Header, field: Field, unfit: impl Fn(&Column) -> bool) {
    for column in &mut header.columns {
        if column.field == Some(field) && unfit(column) {
            column.field = column.also.take();
        }
    }
}

/// Whether a row fills at most one of these columns, or says the same in all.
fn fills_one(sheet: &Sheet, row: u32, columns: &[&Column]) -> bool {
    let texts = columns.iter().map(|column| clean::line(&sheet.seen(row, column.index).text()));
    texts.filter(|text| !text.is_empty()).collect::<BTreeSet<_>>().len() <= 1
}

fn missing(sheet: &Sheet, header: &Header, field: Field) -> Diagnostic {
    let columns = &header.columns;
    let kind = fault::Layout::MissingColumn {
        field,
        headers: unclaimed(columns),
        near: near(field, columns),
    };
    let cell = columns.first().map(|column| column.cell.clone());
    let cell = cell.unwrap_or_else(|| CellRef::new(&sheet.name, header.last, 0));
    Diagnostic::new(kind).at_cell(&cell)
}

fn refused(field: Field, fitting: &[Column], one_header: bool) -> Diagnostic {
    let headers: Vec<String> = fitting.iter().map(|column| column.header.clone()).collect();
    Diagnostic::new(match (one_header, headers.first()) {
        (true, Some(header)) => fault::Layout::HeaderOverColumns {
            field,
            header: header.clone(),
            columns: fitting
                .iter()
                .map(|column| crate::cell::column_letters(column.index))
                .collect(),
        },
        _ => fault::Layout::AmbiguousColumn { field, headers },
    })
}

/// The headers that stand for no field.
pub(super) fn unclaimed(columns: &[Column]) -> Vec<String> {
    let unclaimed = columns.iter().filter(|column| column.field.is_none());
    unclaimed.map(|column| column.header.clone()).collect()
}

/// Those of them that may be meant for this field.
pub(super) fn near(field: Field, columns: &[Column]) -> Vec<String> {
    let mut near = unclaimed(columns);
    near.retain(|header| resembles(field, header));
    near
}
