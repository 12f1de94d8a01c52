//! Any spreadsheet file → [`Workbook`]: sheets of addressed cells.
//!
//! The only module that knows calamine, quick-xml and character encodings. What
//! the file is, its content decides, not its name. Every address is absolute.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use calamine::{Data, Dimensions, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};
use jiff::civil::Date;

use crate::cell::CellRef;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Place};

mod ods;

/// A spreadsheet file.
#[derive(Debug, Clone, Default)]
pub(super) struct Workbook {
    /// Its sheets, in the file's order.
    pub sheets: Vec<Sheet>,
}

/// One sheet: its used cells and merged areas.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// The sheet's name; a text file's one sheet has the file's name.
    pub name: Arc<str>,
    /// Whether the file hides it.
    pub hidden: bool,
    /// The cells that are not blank, row by row: a stray mark in the last cell
    /// of a sheet must not cost the memory of all before it.
    rows: BTreeMap<u32, BTreeMap<u32, Value>>,
    merges: Vec<Area>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text as typed.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Truth(bool),
    /// A date; its time of day is dropped.
    Date(Date),
    /// A formula's error, such as `#REF!`.
    Error(String),
}

/// A rectangle of cells, all bounds inclusive and zero-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    /// First row and column.
    pub start: (u32, u32),
    /// Last row and column.
    pub end: (u32, u32),
}

impl Area {
    fn contains(self, row: u32, column: u32) -> bool {
        (self.start.0..=self.end.0).contains(&row) && (self.start.1..=self.end.1).contains(&column)
    }
}

impl Value {
    /// Whether a person sees nothing in the cell.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The value as a person would type it: 126 for 126.0, ISO 8601 for dates.
    pub(super) fn text(&self) -> String {
        match self {
            Value::Empty => String::new(),
            Value::Text(text) | Value::Error(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Truth(truth) => if *truth { "是" } else { "否" }.to_owned(),
            Value::Date(date) => date.to_string(),
        }
    }
}

impl Sheet {
    /// A sheet of cells in any order, each with its row and column.
    pub(super) fn new(
        name: &str,
        cells: impl IntoIterator<Item = ((u32, u32), Value)>,
        merges: Vec<Area>,
    ) -> Self {
        let mut rows: BTreeMap<u32, BTreeMap<u32, Value>> = BTreeMap::new();
        for ((row, column), value) in cells {
            if !value.is_blank() {
                rows.entry(row).or_default().insert(column, value);
            }
        }
        Self { name: name.into(), hidden: false, rows, merges }
    }

    /// The merged areas.
    pub(super) fn merges(&self) -> &[Area] {
        &self.merges
    }

    /// The rows that hold anything, from the top.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> {
        self.rows.keys().copied()
    }

    /// The columns of `row` that hold anything, from the left.
    pub(super) fn columns(&self, row: u32) -> impl Iterator<Item = u32> {
        self.rows.get(&row).into_iter().flat_map(|cells| cells.keys().copied())
    }

    /// What the cell itself holds.
    pub(super) fn own(&self, row: u32, column: u32) -> &Value {
        const EMPTY: &Value = &Value::Empty;
        self.rows.get(&row).and_then(|cells| cells.get(&column)).unwrap_or(EMPTY)
    }

    /// What the cell shows, and the address it is to be mended at: in a merged
    /// area, both are those of the area's first cell.
    pub(super) fn shown(&self, row: u32, column: u32) -> (CellRef, &Value) {
        let (row, column) = self
            .merges
            .iter()
            .find(|area| area.contains(row, column))
            .map_or((row, column), |area| area.start);
        (CellRef::new(&self.name, row, column), self.own(row, column))
    }
}

/// Reads a spreadsheet file: xlsx, xls, xlsb, ods or csv.
///
/// Errors: the file cannot be read, or is no spreadsheet.
pub(super) fn read(path: &Path) -> Result<(Workbook, Vec<u8>), Diagnostics> {
    let bytes = std::fs::read(path).map_err(|error| Diagnostic::cannot_read(path, &error))?;
    let name = path.file_stem().map_or("csv".into(), |name| name.to_string_lossy());
    let workbook = guarded(|| parse(&bytes, &name))
        .map_err(|kind| Diagnostic::new(kind).at(Place::File(path.to_owned())))?;
    Ok((workbook, bytes))
}

/// Calamine panics on some damaged files. The file is at fault and not we, so
/// that is an error like any other and says nothing of its own.
fn guarded<T>(parse: impl FnOnce() -> Result<T, Kind>) -> Result<T, Kind> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let parsed = panic::catch_unwind(AssertUnwindSafe(parse));
    panic::set_hook(hook);
    parsed.unwrap_or(Err(Kind::DamagedWorkbook))
}

fn parse(bytes: &[u8], name: &str) -> Result<Workbook, Kind> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0";
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let file = Cursor::new(bytes);
    if bytes.starts_with(OLE) {
        from_calamine(Xls::new(file), used_cells, |xls, name| xls.merge_cells_by_sheet_name(name))
    } else if !bytes.starts_with(ZIP) {
        from_text(bytes, name)
    } else if holds(b"xl/workbook.bin") {
        from_calamine(Xlsb::new(file), used_cells, |_, _| Ok(Vec::new()))
    } else if holds(b"application/vnd.oasis.opendocument.spreadsheet") {
        let mut merges = ods::merges(bytes).map_err(|error| Kind::NotAWorkbook { error })?;
        let merges = |_: &mut _, name: &str| Ok(merges.remove(name).unwrap_or_default());
        from_calamine(Ods::new(file), used_cells, merges)
    } else {
        from_calamine(Xlsx::new(file), streamed_cells, Xlsx::merge_cells_by_sheet_name)
    }
}

/// Cells with their rows and columns.
type Cells = Vec<((u32, u32), Value)>;

fn from_calamine<'a, R>(
    opened: Result<R, R::Error>,
    cells: impl Fn(&mut R, &str) -> Result<Cells, R::Error>,
    mut merges: impl FnMut(&mut R, &str) -> Result<Vec<Dimensions>, R::Error>,
) -> Result<Workbook, Kind>
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    let damaged = |error: R::Error| Kind::NotAWorkbook { error: error.to_string() };
    let mut reader = opened.map_err(damaged)?;
    let mut workbook = Workbook::default();
    let sheets = reader.sheets_metadata().to_vec();
    for sheet in sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let cells = cells(&mut reader, &sheet.name).map_err(damaged)?;
        let merges = merges(&mut reader, &sheet.name).map_err(damaged)?;
        let merges = merges.into_iter().map(|area| Area { start: area.start, end: area.end });
        let hidden = sheet.visible != SheetVisible::Visible;
        workbook.sheets.push(Sheet { hidden, ..Sheet::new(&sheet.name, cells, merges.collect()) });
    }
    Ok(workbook)
}

/// The cells of calamine's rectangle, which begins at its first used cell.
fn used_cells<'a, R: Reader<Cursor<&'a [u8]>>>(
    reader: &mut R,
    name: &str,
) -> Result<Cells, R::Error> {
    let range = reader.worksheet_range(name)?;
    let (top, left) = range.start().unwrap_or_default();
    let cells = range.used_cells();
    Ok(cells
        .map(|(row, column, data)| ((top + row as u32, left + column as u32), value(data)))
        .collect())
}

/// The cells one by one, so that no rectangle is ever made of them.
fn streamed_cells(
    reader: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<Cells, calamine::XlsxError> {
    let mut stream = reader.worksheet_cells_reader(name)?;
    let mut cells = Vec::new();
    while let Some(cell) = stream.next_cell()? {
        cells.push((cell.get_position(), value(&cell.get_value().clone().into())));
    }
    Ok(cells)
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
        Data::DateTimeIso(text) => {
            let date = text.get(..10).unwrap_or(text).parse();
            date.map_or_else(|_| Value::Text(text.clone()), Value::Date)
        }
        Data::Error(error) => Value::Error(error.to_string()),
    }
}

/// Comma- or tab-separated text, in UTF-8, UTF-16 with its mark, or GB18030.
fn from_text(bytes: &[u8], name: &str) -> Result<Workbook, Kind> {
    let text = decode(bytes)?;
    let first_line = text.lines().next().unwrap_or_default();
    let delimiter = if first_line.contains('\t') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut cells = Cells::new();
    for record in reader.records() {
        let record = record.map_err(|error| Kind::NotAWorkbook { error: error.to_string() })?;
        // The reader passes over blank lines: keep every row at its own line.
        let position = record.position().expect("a record that was read has a position");
        let rest = &text.as_bytes()[position.byte() as usize..];
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        let blank = blank.filter(|&&byte| byte == b'\n').count();
        let row = (position.line() as usize - 1 + blank) as u32;
        let texts = (0..).zip(record.iter());
        cells.extend(texts.map(|(column, text)| ((row, column), Value::Text(text.to_owned()))));
    }
    Ok(Workbook { sheets: vec![Sheet::new(name, cells, Vec::new())] })
}

fn decode(bytes: &[u8]) -> Result<String, Kind> {
    let (encoding, mark) = match encoding_rs::Encoding::for_bom(bytes) {
        Some(marked) => marked,
        None if bytes.contains(&0) => return Err(Kind::NotText),
        None if std::str::from_utf8(bytes).is_ok() => (encoding_rs::UTF_8, 0),
        None => (encoding_rs::GB18030, 0),
    };
    let (text, faulty) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if faulty { Err(Kind::NotText) } else { Ok(text.into_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_files_are_read_in_the_encodings_offices_use() {
        let utf8 = "项目名称,奖项\n\n甲,一等奖\n";
        let (gb18030, ..) = encoding_rs::GB18030.encode(utf8);
        let utf16: Vec<u8> =
            [0xFEFF].into_iter().chain(utf8.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let with_mark = format!("\u{FEFF}{utf8}");
        for bytes in [utf8.as_bytes(), with_mark.as_bytes(), &gb18030, &utf16] {
            let workbook = parse(bytes, "名单").unwrap();
            let (address, value) = workbook.sheets[0].shown(2, 1);
            assert_eq!(
                (address.to_string().as_str(), value.text().as_str()),
                ("名单!B3", "一等奖")
            );
        }
    }

    #[test]
    fn a_merged_cell_shows_its_first_cells_value_and_address() {
        let cells = [((1, 1), Value::Text("一等奖".into()))];
        let sheet = Sheet::new("奖", cells, vec![Area { start: (1, 1), end: (3, 1) }]);
        let (address, value) = sheet.shown(3, 1);
        assert_eq!((address.to_string().as_str(), value.text().as_str()), ("奖!B2", "一等奖"));
        assert!(sheet.own(3, 1).is_blank());
    }
}
