//! The award table of a sheet: where it begins, and what each of its rows is.

use super::columns::Headers;
use super::header::{Finder, Likeness, Nearly};
use super::heading::Names;
use super::settle;
use super::sorting::{Sorted, Sorting};
use super::table::Table;
use crate::cell::CellRef;
use crate::contest::Contest;
use crate::fault::{self, Diagnostic, Diagnostics};
use crate::roster::{SkipReason, Skipped};
use crate::workbook::Sheet;

/// How many used rows from the top a header is looked for in.
pub(super) const HEADER_WITHIN: usize = 40;

/// What [`table`] made of a sheet.
pub(super) enum Found<'a> {
    /// No row looks like an award table's header; the one that comes nearest.
    Nothing(Option<Nearly>),
    /// Its columns or headers do not tell what its rows say.
    Faulty(Table<'a>),
    Table(Table<'a>),
}

/// Gives every row of the sheet its part.
pub(super) fn table<'a>(
    sheet: &'a Sheet,
    headers: &'a Headers,
    names: &'a Names,
    contest: &Contest,
    faults: &mut Diagnostics,
) -> Found<'a> {
    let finder = Finder::new(sheet, headers, names, contest);
    let is_header = |row: &u32| matches!(finder.look(*row, None), Likeness::Header(_));
    let Some(first) = sheet.rows().take(HEADER_WITHIN).find(is_header) else {
        let rows = sheet.rows().take(HEADER_WITHIN);
        let nearly = rows.filter_map(|row| finder.nearly(row));
        return Found::Nothing(nearly.max_by_key(|it| it.fields.len()));
    };
    let Sorted { mut table, sections, unread, unclear } =
        Sorting::new(&finder, contest, first).sort_all();
    let mut sound = unclear.is_empty();
    faults.extend(unclear);
    for index in 0..table.headers.len() {
        let rows: Vec<u32> =
            table.rows.iter().filter(|row| row.header == index).map(|row| row.index).collect();
        sound &= settle::settle(sheet, &mut table.headers[index], &rows, contest, faults);
    }
    table.refuse_unplaced(contest, faults);
    table.tell_hidden(faults);
    if !sound {
        return Found::Faulty(table);
    }
    table.refuse_unread(&unread, faults);
    table.tell_placed(faults);
    table.tell_struck(faults);
    sections.finish(faults);
    let unread: Vec<&CellRef> =
        unread.iter().filter(|one| !one.rows.is_empty()).map(|one| &one.cell).collect();
    for Skipped { row, reason, text } in &table.skipped {
        let kind = match reason {
            SkipReason::NoEntrant if !unread.contains(&row) => {
                fault::Layout::RowWithoutEntrant { text: text.clone() }
            }
            SkipReason::Signature => fault::Layout::SignatureSkipped { text: text.clone() },
            _ => continue,
        };
        faults.push(Diagnostic::new(kind).at_cell(row));
    }
    Found::Table(table)
}
