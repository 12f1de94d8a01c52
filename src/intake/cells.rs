//! A spreadsheet's cells as they are seen, for whoever writes them again.

use std::sync::Arc;

use jiff::civil::Date;

use super::inputs::Inputs;
use crate::workbook::{Cell, Value};

/// The cells of one sheet.
#[derive(Debug, Clone)]
pub(crate) struct Cells {
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The cells that are not blank with their rows and columns, zero-based.
    pub values: Vec<((u32, u32), CellValue)>,
    /// Merged areas: their first and last row and column.
    pub merges: Vec<((u32, u32), (u32, u32))>,
}

/// One sheet as it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The text of the cells that show any with their rows and columns, zero-based.
    pub texts: Vec<((u32, u32), String)>,
    /// Merged areas: their first and last row and column.
    pub merges: Vec<((u32, u32), (u32, u32))>,
    /// The rows with anything in them that the file hides.
    pub hidden_rows: Vec<u32>,
    /// And its columns.
    pub hidden_columns: Vec<u32>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CellValue {
    /// Text, or a formula's error.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Truth(bool),
    /// A date.
    Date(Date),
}

/// The sheets of an opened file.
pub(crate) fn cells(opened: &Inputs) -> Vec<Cells> {
    let sheets = opened.workbook.sheets.iter().map(|sheet| Cells {
        sheet: Arc::clone(&sheet.name),
        values: sheet
            .rows()
            .flat_map(|row| sheet.columns(row).map(move |column| (row, column)))
            .filter_map(|(row, column)| Some(((row, column), value(sheet.own(row, column))?)))
            .collect(),
        merges: sheet.merges().iter().map(|area| (area.start, area.end)).collect(),
    });
    sheets.collect()
}

/// The sheets of an opened file as they are shown, corrections and all.
pub fn shown(opened: &Inputs) -> Vec<Shown> {
    let sheets = opened.workbook.sheets.iter().map(|sheet| Shown {
        sheet: Arc::clone(&sheet.name),
        texts: sheet
            .rows()
            .flat_map(|row| sheet.columns(row).map(move |column| (row, column)))
            .map(|(row, column)| ((row, column), sheet.own(row, column).text().into_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect(),
        merges: sheet.merges().iter().map(|area| (area.start, area.end)).collect(),
        hidden_rows: sheet.hidden_rows.iter().copied().collect(),
        hidden_columns: sheet.hidden_columns.iter().copied().collect(),
    });
    sheets.collect()
}

fn value(cell: &Cell) -> Option<CellValue> {
    let seen = cell.shown.as_deref().filter(|shown| !shown.is_empty());
    Some(match (&cell.value, seen) {
        (Value::Empty | Value::Formula, _) => return None,
        // A day without its year would be another thing.
        (Value::Date(date), _) => CellValue::Date(*date),
        // Digits that are not shown are no reason to lose the number.
        (Value::Number(number), Some(seen)) if is_number(seen) => CellValue::Number(*number),
        (_, Some(seen)) => CellValue::Text(seen.to_owned()),
        (Value::Text(text) | Value::Error(text), None) => CellValue::Text(text.clone()),
        (Value::Number(number), None) => CellValue::Number(*number),
        (Value::Truth(truth), None) => CellValue::Truth(*truth),
    })
}

/// Whether a text is a number to everybody; 007 is not.
fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches('0');
    let padded = digits.len() < text.len() && digits.starts_with(|c: char| c.is_ascii_digit());
    text.parse::<f64>().is_ok() && !padded
}
