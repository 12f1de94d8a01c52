//! Binary Office Open XML workbooks, through calamine.

use std::io::{self, Cursor};

use calamine::{Data, Reader, SheetType, SheetVisible, Xlsb, XlsbError};
use jiff::civil::Date;

use super::archive::Archive;
use super::bounds::Bounds;
use super::{Grid, Sheet, Value, format};
use crate::diagnostic::Kind;

/// Reads every worksheet. Merged areas are not told by calamine.
pub(super) fn read(
    archive: &mut Archive<'_>,
    bytes: &[u8],
    bounds: &Bounds,
) -> Result<Vec<Sheet>, Kind> {
    // Calamine unpacks without bounds, so every part is gone through first.
    for index in 0..archive.len() {
        let mut part = archive.part_at(index)?;
        io::copy(&mut part, &mut io::sink()).map_err(|error| bounds.fault(&error))?;
    }
    let fault = |error: XlsbError| match error {
        XlsbError::Password => Kind::Encrypted,
        error => Kind::NotAWorkbook { error: error.to_string() },
    };
    let mut reader = Xlsb::new(Cursor::new(bytes)).map_err(fault)?;
    let mut sheets = Vec::new();
    let listed = reader.sheets_metadata().to_vec();
    for sheet in listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        bounds.sheet()?;
        let hidden = sheet.visible != SheetVisible::Visible;
        let mut grid = Grid::new(&sheet.name, hidden, bounds);
        let mut cells = reader.worksheet_cells_reader(&sheet.name).map_err(fault)?;
        while let Some(cell) = cells.next_cell().map_err(fault)? {
            let (row, column) = cell.get_position();
            grid.put(row, column, value(&cell.get_value().clone().into()))?;
        }
        sheets.push(grid.finish()?);
    }
    Ok(sheets)
}

fn value(data: &Data) -> Value {
    match data {
        Data::Empty => Value::Empty,
        Data::String(text) | Data::DurationIso(text) => Value::Text(text.clone()),
        Data::Int(number) => Value::Number(*number as f64),
        Data::Float(number) => Value::Number(*number),
        Data::Bool(truth) => Value::Truth(*truth),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Date::new(year as i16, month as i8, day as i8)
                .map_or_else(|_| Value::Number(moment.as_f64()), Value::Date)
        }
        Data::DateTime(duration) => Value::Number(duration.as_f64()),
        Data::DateTimeIso(text) => format::iso(text),
        Data::Error(error) => Value::Error(error.to_string()),
    }
}
