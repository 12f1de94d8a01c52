//! A spreadsheet's cells as they are, for whoever writes them again.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::workbook::{self, Value};
use crate::diagnostic::Diagnostics;

/// The cells of one sheet.
#[derive(Debug, Clone)]
pub struct Cells {
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The cells that are not blank with their rows and columns, zero-based.
    pub values: Vec<((u32, u32), CellValue)>,
    /// Merged areas: their first and last row and column.
    pub merges: Vec<((u32, u32), (u32, u32))>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Text, or a formula's error.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Truth(bool),
    /// A date.
    Date(Date),
}

/// The sheets of the file at `path`.
///
/// Errors: the file cannot be read, or is no spreadsheet.
pub fn cells(path: &Path) -> Result<Vec<Cells>, Diagnostics> {
    let (workbook, _) = workbook::read(path)?;
    let sheets = workbook.sheets.iter().map(|sheet| Cells {
        sheet: Arc::clone(&sheet.name),
        values: sheet
            .rows()
            .flat_map(|row| sheet.columns(row).map(move |column| (row, column)))
            .filter_map(|(row, column)| {
                Some(((row, column), value(&sheet.own(row, column).value)?))
            })
            .collect(),
        merges: sheet.merges().iter().map(|area| (area.start, area.end)).collect(),
    });
    Ok(sheets.collect())
}

fn value(value: &Value) -> Option<CellValue> {
    Some(match value {
        Value::Empty | Value::Formula => return None,
        Value::Text(text) | Value::Error(text) => CellValue::Text(text.clone()),
        Value::Number(number) => CellValue::Number(*number),
        Value::Truth(truth) => CellValue::Truth(*truth),
        Value::Date(date) => CellValue::Date(*date),
    })
}
