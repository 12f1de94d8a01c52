//! Any spreadsheet file → [`Workbook`]: sheets of addressed cells.
//!
//! The only module that knows file formats, XML, HTML and character encodings.
//! What the file is, its content decides, not its name. Every address is
//! absolute. What it may cost stands in [`bounds`]: a file beyond is refused.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::cell::CellRef;
use crate::fault::{self, Bound, Diagnostic, Diagnostics, Place};

mod archive;
mod bounds;
mod compound;
mod crypto;
mod format;
mod html;
mod ods;
mod runs;
mod spreadsheetml;
#[cfg(test)]
mod tests;
mod text;
mod xls;
mod xlsb;
mod xlsx;

use archive::Archive;
use bounds::Bounds;
pub(crate) use bounds::FILE as MOST_BYTES;
use compound::Compound;

/// A spreadsheet file.
#[derive(Debug, Clone, Default)]
pub(super) struct Workbook {
    /// Its sheets, in the file's order.
    pub sheets: Vec<Sheet>,
    /// What is to be told about the file itself.
    pub notes: Vec<Diagnostic>,
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
    rows: Rows,
    /// The rows that hold anything and that the file hides or filters out.
    pub hidden_rows: BTreeSet<u32>,
    /// The columns that hold anything and that the file hides.
    pub hidden_columns: BTreeSet<u32>,
    merges: Vec<Area>,
    /// Every row of a merged area by its first column: its last column, and
    /// the area's first cell.
    merged: BTreeMap<(u32, u32), (u32, (u32, u32))>,
}

/// Cells by row and column.
type Rows = BTreeMap<u32, BTreeMap<u32, Cell>>;

/// A cell: what it holds and what is seen of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Cell {
    /// What is stored.
    pub value: Value,
    /// What a person sees where a number format makes that something else than
    /// [`Value::text`]; empty where the format shows nothing (`;;;`).
    pub shown: Option<Box<str>>,
    /// Whether all of it is struck out.
    pub struck: bool,
}

impl Cell {
    /// What a person sees in it.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match (&self.shown, &self.value) {
            (Some(shown), _) => Cow::Borrowed(shown),
            (None, Value::Text(text) | Value::Error(text)) => Cow::Borrowed(text),
            (None, value) => Cow::Owned(value.text()),
        }
    }

    /// Whether nothing is stored in it.
    pub(super) fn is_blank(&self) -> bool {
        self.value.is_blank()
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self { value, ..Self::default() }
    }
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
    /// A formula whose result the file does not hold: no program that computes
    /// has saved it.
    Formula,
}

/// A rectangle of cells, all bounds inclusive and zero-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    /// First row and column.
    pub start: (u32, u32),
    /// Last row and column.
    pub end: (u32, u32),
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

    /// The value as a person would type it where no format says otherwise: 126
    /// for 126.0, ISO 8601 for dates.
    pub(super) fn text(&self) -> String {
        match self {
            Value::Empty | Value::Formula => String::new(),
            Value::Text(text) | Value::Error(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
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
        let mut rows = Rows::new();
        for ((row, column), value) in cells {
            if !value.is_blank() {
                rows.entry(row).or_default().insert(column, value.into());
            }
        }
        Self::of(name, rows, merges)
    }

    fn of(name: &str, rows: Rows, merges: Vec<Area>) -> Self {
        let mut merged = BTreeMap::new();
        for area in &merges {
            for row in area.start.0..=area.end.0 {
                merged.insert((row, area.start.1), (area.end.1, area.start));
            }
        }
        let (hidden_rows, hidden_columns) = (BTreeSet::new(), BTreeSet::new());
        let name = name.into();
        Self { name, hidden: false, rows, hidden_rows, hidden_columns, merges, merged }
    }

    /// The merged areas.
    pub(super) fn merges(&self) -> &[Area] {
        &self.merges
    }

    /// The rows that hold anything, from the top.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> {
        self.rows.keys().copied()
    }

    /// The rows from this one on that hold anything.
    pub(super) fn rows_from(&self, row: u32) -> impl Iterator<Item = u32> {
        self.rows.range(row..).map(|(row, _)| *row)
    }

    /// Whether any row holds anything in this column.
    pub(super) fn uses(&self, column: u32) -> bool {
        self.rows.values().any(|cells| cells.contains_key(&column))
    }

    /// The columns of `row` that hold anything, from the left.
    pub(super) fn columns(&self, row: u32) -> impl Iterator<Item = u32> {
        self.rows.get(&row).into_iter().flat_map(|cells| cells.keys().copied())
    }

    /// The cell itself.
    pub(super) fn own(&self, row: u32, column: u32) -> &Cell {
        const EMPTY: &Cell = &Cell { value: Value::Empty, shown: None, struck: false };
        self.rows.get(&row).and_then(|cells| cells.get(&column)).unwrap_or(EMPTY)
    }

    /// The cell that is seen here, and the address it is to be mended at: in a
    /// merged area, both are those of the area's first cell.
    pub(super) fn at(&self, row: u32, column: u32) -> (CellRef, &Cell) {
        let (row, column) = self.first_of_area(row, column);
        (CellRef::new(&self.name, row, column), self.own(row, column))
    }

    /// The cell that is seen here.
    pub(super) fn seen(&self, row: u32, column: u32) -> &Cell {
        let (row, column) = self.first_of_area(row, column);
        self.own(row, column)
    }

    /// The first cell of the merged area here, or the cell itself.
    fn first_of_area(&self, row: u32, column: u32) -> (u32, u32) {
        let left = self.merged.range((row, 0)..=(row, column)).next_back();
        let area = left.filter(|(_, (end, _))| column <= *end);
        area.map_or((row, column), |(_, (_, start))| *start)
    }
}

/// A sheet that is being read, within bounds.
struct Grid<'b> {
    name: String,
    hidden: bool,
    rows: Rows,
    merges: Vec<Area>,
    /// First and last of the rows that are not shown.
    unseen_rows: Vec<(u32, u32)>,
    /// First and last of the columns that are not shown.
    unseen_columns: Vec<(u32, u32)>,
    bounds: &'b Bounds,
}

impl<'b> Grid<'b> {
    fn new(name: &str, hidden: bool, bounds: &'b Bounds) -> Self {
        Self {
            name: name.to_owned(),
            hidden,
            rows: Rows::new(),
            merges: Vec::new(),
            unseen_rows: Vec::new(),
            unseen_columns: Vec::new(),
            bounds,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// Puts a cell into its place; a blank one leaves that as it is.
    fn put(&mut self, row: u32, column: u32, cell: impl Into<Cell>) -> Result<(), fault::Sheet> {
        let cell = cell.into();
        if cell.is_blank() {
            return Ok(());
        }
        if row >= bounds::ROWS || column >= bounds::COLUMNS {
            return Err(bounds::cells());
        }
        let text = match &cell.value {
            Value::Text(text) | Value::Error(text) => text.len(),
            _ => 0,
        };
        self.bounds.cell(text + cell.shown.as_ref().map_or(0, |shown| shown.len()))?;
        self.rows.entry(row).or_default().insert(column, cell);
        Ok(())
    }

    /// Adds the rest of the same sheet.
    fn append(&mut self, rest: Self) {
        for (row, cells) in rest.rows {
            self.rows.entry(row).or_default().extend(cells);
        }
        self.merges.extend(rest.merges);
        self.unseen_rows.extend(rest.unseen_rows);
        self.unseen_columns.extend(rest.unseen_columns);
    }

    fn merge(&mut self, area: Area) {
        self.merges.push(area);
    }

    /// The file does not show these rows.
    fn hide(&mut self, first: u32, last: u32) {
        self.unseen_rows.push((first, last));
    }

    /// The file does not show these columns.
    fn hide_columns(&mut self, first: u32, last: u32) {
        self.unseen_columns.push((first, last));
    }

    /// Whether the file hides the sheet, where it says so at its end.
    fn hide_sheet(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    fn finish(mut self) -> Result<Sheet, fault::Sheet> {
        // A merged column may reach to the last row there can be.
        let last = self.rows.keys().next_back().copied().unwrap_or(0);
        let mut covered = 0;
        for area in &mut self.merges {
            area.end.0 = area.end.0.min(last);
            covered += u64::from((area.end.0 + 1).saturating_sub(area.start.0));
        }
        if covered > bounds::CELLS as u64 {
            return Err(bounds::cells());
        }
        let mut sheet = Sheet::of(&self.name, self.rows, self.merges);
        sheet.hidden = self.hidden;
        for (first, last) in self.unseen_rows.into_iter().filter(|(first, last)| first <= last) {
            sheet.hidden_rows.extend(sheet.rows.range(first..=last).map(|(row, _)| *row));
        }
        if !self.unseen_columns.is_empty() {
            let used: BTreeSet<u32> =
                sheet.rows.values().flat_map(BTreeMap::keys).copied().collect();
            let unseen = self.unseen_columns.into_iter().filter(|(first, last)| first <= last);
            sheet.hidden_columns =
                unseen.flat_map(|(first, last)| used.range(first..=last)).copied().collect();
        }
        Ok(sheet)
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    Html,
    SpreadsheetMl,
    Text,
}

impl Family {
    /// What people call it.
    fn name(self) -> &'static str {
        match self {
            Family::Xlsx => "xlsx",
            Family::Xlsb => "xlsb",
            Family::Xls => "xls",
            Family::Ods => "ods",
            Family::Html => "HTML",
            Family::SpreadsheetMl => "XML 2003",
            Family::Text => "CSV",
        }
    }

    /// Whether a file of this ending may be it; any other ending promises
    /// nothing. WPS writes both old and new workbooks as `.et`.
    fn may_be_named(self, ending: &str) -> bool {
        let families: &[Family] = match ending {
            "xlsx" | "xlsm" | "xltx" => &[Family::Xlsx],
            "xls" | "xlt" => &[Family::Xls],
            "xlsb" => &[Family::Xlsb],
            "ods" => &[Family::Ods],
            "et" | "ett" => &[Family::Xls, Family::Xlsx],
            "csv" | "tsv" | "txt" => &[Family::Text],
            "html" | "htm" => &[Family::Html],
            "xml" => &[Family::SpreadsheetMl],
            _ => return true,
        };
        families.contains(&self)
    }
}

/// Reads the bytes of a spreadsheet file of any kind. `path` is what it is called.
///
/// # Errors
/// It is no spreadsheet, has a password, costs more than [`bounds`] allows, or
/// holds nothing.
pub(super) fn read(bytes: &[u8], path: &Path) -> Result<Workbook, Diagnostics> {
    let at_file = |kind| Diagnostic::new(kind).at(Place::File(path.to_owned()));
    if bytes.len() as u64 > bounds::FILE {
        return Err(
            at_file(fault::Sheet::TooLarge { bound: Bound::File(bounds::FILE >> 20) }).into()
        );
    }
    let name = path.file_stem().map_or("csv".into(), |name| name.to_string_lossy());
    let (family, sheets) = parse(bytes, &name).map_err(at_file)?;
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(at_file(fault::Sheet::EmptyWorkbook).into());
    }
    let mut notes = Vec::new();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !family.may_be_named(&ending) {
        notes.push(at_file(fault::Sheet::WrongExtension { named: ending, is: family.name() }));
    }
    Ok(Workbook { sheets, notes })
}

fn parse(bytes: &[u8], name: &str) -> Result<(Family, Vec<Sheet>), fault::Sheet> {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0";
    let bounds = &Bounds::default();
    if bytes.starts_with(OLE) {
        from_compound(bytes, bounds)
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        from_zip(bytes, bounds)
    } else if xls::is_bare(bytes) {
        Ok((Family::Xls, xls::read_bare(bytes, name, bounds)?))
    } else {
        from_text(bytes, name, bounds)
    }
}

/// An old workbook, or a new one within a container that encrypts it.
fn from_compound(bytes: &[u8], bounds: &Bounds) -> Result<(Family, Vec<Sheet>), fault::Sheet> {
    let file = Compound::open(bytes)?;
    match crypto::package(&file)? {
        Some(package) => from_zip(&package, bounds),
        None => Ok((Family::Xls, xls::read(&file, bounds)?)),
    }
}

fn from_zip(bytes: &[u8], bounds: &Bounds) -> Result<(Family, Vec<Sheet>), fault::Sheet> {
    let mut archive = Archive::open(bytes, bounds)?;
    if !archive.has("mimetype") {
        let workbook = xlsx::workbook_path(&mut archive)?;
        return if workbook.to_lowercase().ends_with(".bin") {
            Ok((Family::Xlsb, xlsb::read(&mut archive, &workbook, bounds)?))
        } else {
            Ok((Family::Xlsx, xlsx::read(&mut archive, &workbook, bounds)?))
        };
    }
    let kind = archive.bytes("mimetype")?;
    if !kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
        return Err(fault::Sheet::NotText);
    }
    if ods::is_encrypted(&mut archive)? {
        return Err(fault::Sheet::Encrypted);
    }
    Ok((Family::Ods, ods::read(&mut archive, bounds)?))
}

fn from_text(
    bytes: &[u8],
    name: &str,
    bounds: &Bounds,
) -> Result<(Family, Vec<Sheet>), fault::Sheet> {
    // A page may be in an encoding that plain text is not taken for.
    let page = html::charset(bytes).filter(|_| std::str::from_utf8(bytes).is_err());
    let page = page.map(|encoding| encoding.decode(bytes).0).filter(|text| html::is(text));
    if let Some(text) = page {
        return Ok((Family::Html, html::read(&text, name, bounds)?));
    }
    let text = text::decode(bytes)?;
    if spreadsheetml::is(&text) {
        Ok((Family::SpreadsheetMl, spreadsheetml::read(&text, bounds)?))
    } else if html::is(&text) {
        Ok((Family::Html, html::read(&text, name, bounds)?))
    } else {
        Ok((Family::Text, vec![text::read(&text, name, bounds)?]))
    }
}
