//! The award sheet written anew with its faults marked, to be mended in WPS.
//!
//! Values and merged areas are kept, formulas and styles are not. A faulty cell
//! has the colour of the gravest thing said of it and all of it in a note.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder};
use rust_xlsxwriter::{Note, Workbook, Worksheet, XlsxError};

use crate::cell::CellRef;
use crate::fault::{self, Diagnostic, Diagnostics, Place, Severity};
use crate::intake::{self, CellValue, Cells, Inputs, TableMapping};
use crate::lang::Lang;
use crate::unfinished;

/// A merged area of more cells than this is not merged anew.
const MERGED: u64 = 10_000;

/// A note of more characters than this is cut.
const NOTE: usize = 8_000;

/// What is said of a cell: how grave the gravest is, and all of it.
struct Remark {
    severity: Severity,
    text: String,
}

/// Makes sure that the file's name is one that can be written.
///
/// # Errors
/// It stands there already, or is no name of a workbook.
pub fn refuse_unwritable(file: &Path) -> Result<(), Diagnostics> {
    let refused = |kind| Err(Diagnostic::new(kind).at(Place::File(file.to_owned())).into());
    let xlsx = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    if !xlsx {
        refused(fault::Environment::UnknownFormat { known: vec![".xlsx".into()] })
    } else if file.symlink_metadata().is_ok() {
        refused(fault::Environment::FileExists)
    } else {
        Ok(())
    }
}

/// Writes the sheets of an opened workbook that have an award table to
/// `file`, which must not be there.
///
/// # Errors
/// The file cannot be written.
pub fn write(
    sheet: &Inputs,
    file: &Path,
    tables: &[TableMapping],
    noticed: &Diagnostics,
    lang: Lang,
) -> Result<(), Diagnostics> {
    let bytes = annotated(sheet, tables, noticed, lang)
        .map_err(|error| Diagnostic::cannot_write(file, &io::Error::other(error)))?;
    // Never over another: there may be an hour's mending in it.
    unfinished::write_new(file, &bytes)
        .map_err(|error| Diagnostic::cannot_write(file, &error).into())
}

/// The sheets of an opened workbook that have an award table, as an xlsx workbook
/// with the faults marked.
///
/// # Errors
/// An xlsx workbook cannot hold them.
pub fn annotated(
    sheet: &Inputs,
    tables: &[TableMapping],
    noticed: &Diagnostics,
    lang: Lang,
) -> Result<Vec<u8>, XlsxError> {
    let remarks = remarks(noticed, lang);
    let with_fault = |cells: &Cells| remarks.keys().any(|cell| cell.sheet == cells.sheet);
    let with_table =
        |cells: &Cells| tables.iter().any(|table| table.sheet == *cells.sheet) || with_fault(cells);
    let sheets: Vec<Cells> = intake::cells(sheet).into_iter().filter(with_table).collect();
    workbook(&sheets, tables, &remarks)
}

/// Every sheet of an opened workbook as it is with its corrections, as an xlsx
/// workbook.
///
/// # Errors
/// An xlsx workbook cannot hold them.
pub fn mended(sheet: &Inputs, tables: &[TableMapping]) -> Result<Vec<u8>, XlsxError> {
    workbook(&intake::cells(sheet), tables, &BTreeMap::new())
}

/// What is said of each cell, be it the place of a fault or another cell that
/// the fault concerns.
fn remarks(noticed: &Diagnostics, lang: Lang) -> BTreeMap<CellRef, Remark> {
    let mut remarks: BTreeMap<CellRef, Remark> = BTreeMap::new();
    let mut remark = |cell: &CellRef, severity: Severity, text: String| {
        let known =
            remarks.entry(cell.clone()).or_insert_with(|| Remark { severity, text: String::new() });
        known.severity = known.severity.min(severity);
        if !known.text.is_empty() {
            known.text.push('\n');
        }
        known.text += &text;
    };
    for diagnostic in noticed.iter() {
        let Some(Place::Cell(cell)) = &diagnostic.place else { continue };
        let severity = diagnostic.severity();
        let wording = diagnostic.wording(lang);
        let headline = |place: Option<&str>| wording.headline(severity, place, lang, str::to_owned);
        let mut text = headline(None);
        text.extend(wording.advice().map(|line| format!("\n{line}")));
        remark(cell, severity, text);
        for other in diagnostic.kind.others() {
            remark(other, severity, headline(Some(&cell.to_string())));
        }
    }
    remarks
}

fn workbook(
    sheets: &[Cells],
    tables: &[TableMapping],
    remarks: &BTreeMap<CellRef, Remark>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for cells in sheets {
        let sheet = workbook.add_worksheet().set_name(&*cells.sheet)?;
        let headers = tables
            .iter()
            .filter(|table| table.sheet == *cells.sheet)
            .flat_map(|table| &table.columns)
            .map(|column| column.cell.row);
        write_sheet(sheet, cells, headers.max(), remarks)?;
    }
    if sheets.is_empty() {
        workbook.add_worksheet();
    }
    workbook.save_to_buffer()
}

fn write_sheet(
    sheet: &mut Worksheet,
    cells: &Cells,
    header: Option<u32>,
    remarks: &BTreeMap<CellRef, Remark>,
) -> Result<(), XlsxError> {
    let remark = |row, column| remarks.get(&CellRef::new(&cells.sheet, row, u32::from(column)));
    let format = |row, column| format(remark(row, column), header == Some(row));
    for &((top, left), (bottom, right)) in &cells.merges {
        let (Ok(left), Ok(right)) = (u16::try_from(left), u16::try_from(right)) else { continue };
        let size = u64::from(bottom.abs_diff(top) + 1) * u64::from(right.abs_diff(left) + 1);
        if size <= MERGED {
            let format = format(top, left);
            // An area that overlaps another cannot be merged; its cells stay.
            let _ = sheet.merge_range(top, left, bottom, right, "", &format);
        }
    }
    let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
    for ((row, column), value) in &cells.values {
        let (row, column) = (*row, u16::try_from(*column).unwrap_or(u16::MAX));
        let format = format(row, column);
        let width = match value {
            CellValue::Text(text) => {
                sheet.write_string_with_format(row, column, text, &format.set_num_format("@"))?;
                text.lines().map(width).max().unwrap_or(0)
            }
            CellValue::Number(number) => {
                sheet.write_number_with_format(row, column, *number, &format)?;
                width(&number.to_string())
            }
            CellValue::Truth(truth) => {
                sheet.write_boolean_with_format(row, column, *truth, &format)?;
                5
            }
            CellValue::Date(date) => {
                let (year, month, day) = (date.year() as u16, date.month() as u8, date.day() as u8);
                let format = format.set_num_format("yyyy-mm-dd");
                match ExcelDateTime::from_ymd(year, month, day) {
                    Ok(date) => sheet.write_datetime_with_format(row, column, &date, &format)?,
                    Err(_) => {
                        sheet.write_string_with_format(row, column, date.to_string(), &format)?
                    }
                };
                10
            }
        };
        // A title over the table says nothing of how wide its columns are.
        if header.is_none_or(|header| row >= header) {
            let widest = widths.entry(column).or_default();
            *widest = (*widest).max(width);
        }
    }
    for (column, width) in widths {
        sheet.set_column_width(column, (width + 2).clamp(6, 48) as f64)?;
    }
    let filled: BTreeSet<(u32, u32)> = cells.values.iter().map(|&(at, _)| at).collect();
    for (cell, remark) in remarks.iter().filter(|(cell, _)| cell.sheet == cells.sheet) {
        let Ok(column) = u16::try_from(cell.column) else { continue };
        if !filled.contains(&(cell.row, cell.column)) {
            sheet.write_blank(cell.row, column, &format(cell.row, column))?;
        }
        sheet.insert_note(cell.row, column, &note(&remark.text))?;
    }
    if let Some(header) = header {
        sheet.set_freeze_panes(header + 1, 0)?;
    }
    Ok(())
}

fn format(remark: Option<&Remark>, header: bool) -> Format {
    let plain = Format::new().set_align(FormatAlign::VerticalCenter);
    let plain = if header { plain.set_bold() } else { plain };
    let Some(remark) = remark else { return plain };
    let colour = match remark.severity {
        Severity::Error => 0x00FF_C7CE,
        Severity::Warning => 0x00FF_EB9C,
        Severity::Info => 0x00DD_EBF7,
    };
    plain.set_background_color(Color::RGB(colour)).set_border(FormatBorder::Thin)
}

fn note(text: &str) -> Note {
    let text: String = text.chars().take(NOTE).collect();
    // Lines of about 22 wide characters at the note's width.
    let lines: usize = text.lines().map(|line| width(line) / 44 + 1).sum();
    let height = u32::try_from(lines.min(30)).unwrap_or(30) * 18 + 12;
    Note::new(text)
        .set_author("accolade")
        .add_author_prefix(false)
        .set_width(320)
        .set_height(height)
}

/// How many narrow characters a line is wide.
fn width(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
