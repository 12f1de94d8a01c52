//! Any spreadsheet file → [`Workbook`]: sheets of addressed cells.
//!
//! The only module that knows file formats, XML, HTML and character encodings.
//! What the file is, its content decides, not its name. Every address is
//! absolute. What it may cost stands in [`bounds`]: a file beyond is refused.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::cell::CellRef;
use crate::diagnostic::{Bound, Diagnostic, Diagnostics, Kind, Place};

mod archive;
mod bounds;
mod compound;
mod format;
mod html;
mod ods;
mod spreadsheetml;
mod text;
mod xls;
mod xlsb;
mod xlsx;

use archive::Archive;
use bounds::Bounds;

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
        let left = self.merged.range((row, 0)..=(row, column)).next_back();
        let area = left.filter(|(_, (end, _))| column <= *end);
        let (row, column) = area.map_or((row, column), |(_, (_, start))| *start);
        (CellRef::new(&self.name, row, column), self.own(row, column))
    }
}

/// A sheet that is being read, within bounds.
struct Grid<'b> {
    name: String,
    hidden: bool,
    rows: Rows,
    merges: Vec<Area>,
    /// First and last of the rows that are not shown.
    unseen: Vec<(u32, u32)>,
    bounds: &'b Bounds,
}

impl<'b> Grid<'b> {
    fn new(name: &str, hidden: bool, bounds: &'b Bounds) -> Self {
        let (rows, merges, unseen) = (Rows::new(), Vec::new(), Vec::new());
        Self { name: name.to_owned(), hidden, rows, merges, unseen, bounds }
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// Puts a value into a cell; a blank one leaves it as it is.
    fn put(&mut self, row: u32, column: u32, value: Value) -> Result<(), Kind> {
        if value.is_blank() {
            return Ok(());
        }
        if row >= bounds::ROWS || column >= bounds::COLUMNS {
            return Err(bounds::cells());
        }
        let text = match &value {
            Value::Text(text) | Value::Error(text) => text.len(),
            _ => 0,
        };
        self.bounds.cell(text)?;
        self.rows.entry(row).or_default().insert(column, value.into());
        Ok(())
    }

    fn merge(&mut self, area: Area) {
        self.merges.push(area);
    }

    /// The file does not show these rows.
    fn hide(&mut self, first: u32, last: u32) {
        self.unseen.push((first, last));
    }

    /// Whether the file hides the sheet, where it says so at its end.
    fn hide_sheet(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    fn finish(mut self) -> Result<Sheet, Kind> {
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
        for (first, last) in self.unseen.into_iter().filter(|(first, last)| first <= last) {
            sheet.hidden_rows.extend(sheet.rows.range(first..=last).map(|(row, _)| *row));
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

/// Reads a spreadsheet file of any kind.
///
/// Errors: the file cannot be read, is no spreadsheet, has a password, costs
/// more than [`bounds`] allows, or holds nothing.
pub(super) fn read(path: &Path) -> Result<(Workbook, Vec<u8>), Diagnostics> {
    let cannot_read = |error| Diagnostic::cannot_read(path, &error);
    let at_file = |kind| Diagnostic::new(kind).at(Place::File(path.to_owned()));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(cannot_read)?;
    file.take(bounds::FILE + 1).read_to_end(&mut bytes).map_err(cannot_read)?;
    if bytes.len() as u64 > bounds::FILE {
        return Err(at_file(Kind::TooLarge { bound: Bound::File(bounds::FILE >> 20) }).into());
    }
    let name = path.file_stem().map_or("csv".into(), |name| name.to_string_lossy());
    let (family, sheets) = guarded(|| parse(&bytes, &name)).map_err(at_file)?;
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(at_file(Kind::EmptyWorkbook).into());
    }
    let mut notes = Vec::new();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !family.may_be_named(&ending) {
        notes.push(at_file(Kind::WrongExtension { named: ending, is: family.name() }));
    }
    Ok((Workbook { sheets, notes }, bytes))
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

fn parse(bytes: &[u8], name: &str) -> Result<(Family, Vec<Sheet>), Kind> {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0";
    let bounds = &Bounds::default();
    if bytes.starts_with(OLE) {
        Ok((Family::Xls, xls::read(bytes, bounds)?))
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        from_zip(bytes, bounds)
    } else {
        from_text(bytes, name, bounds)
    }
}

fn from_zip(bytes: &[u8], bounds: &Bounds) -> Result<(Family, Vec<Sheet>), Kind> {
    let mut archive = Archive::open(bytes, bounds)?;
    if archive.has("xl/workbook.bin") {
        return Ok((Family::Xlsb, xlsb::read(&mut archive, bytes, bounds)?));
    }
    if !archive.has("mimetype") {
        return Ok((Family::Xlsx, xlsx::read(&mut archive, bounds)?));
    }
    let mut kind = String::new();
    archive.part("mimetype")?.take(100).read_to_string(&mut kind).map_err(|_| Kind::NotText)?;
    if !kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
        return Err(Kind::NotText);
    }
    if ods::is_encrypted(&mut archive)? {
        return Err(Kind::Encrypted);
    }
    Ok((Family::Ods, ods::read(&mut archive, bounds)?))
}

fn from_text(bytes: &[u8], name: &str, bounds: &Bounds) -> Result<(Family, Vec<Sheet>), Kind> {
    let text = text::decode(bytes)?;
    if spreadsheetml::is(&text) {
        Ok((Family::SpreadsheetMl, spreadsheetml::read(&text, bounds)?))
    } else if html::is(&text) {
        // A page may be in an encoding that plain text is not taken for.
        let text = match html::charset(bytes).filter(|_| std::str::from_utf8(bytes).is_err()) {
            Some(encoding) => encoding.decode(bytes).0.into_owned(),
            None => text,
        };
        Ok((Family::Html, html::read(&text, name, bounds)?))
    } else {
        Ok((Family::Text, vec![text::read(&text, name, bounds)?]))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_files_are_read_in_the_encodings_offices_use() {
        let utf8 = "项目名称,奖项\n\n甲,一等奖\n";
        let (gb18030, ..) = encoding_rs::GB18030.encode(utf8);
        let utf16: Vec<u8> =
            [0xFEFF].into_iter().chain(utf8.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let with_mark = format!("\u{FEFF}{utf8}");
        for bytes in [utf8.as_bytes(), with_mark.as_bytes(), &gb18030, &utf16] {
            let (family, sheets) = parse(bytes, "名单").unwrap();
            assert_eq!(family, Family::Text);
            let (address, value) = sheets[0].at(2, 1);
            assert_eq!((address.to_string().as_str(), &*value.text()), ("名单!B3", "一等奖"));
        }
    }

    fn sample(name: &str) -> Vec<u8> {
        let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
        std::fs::read(files.join(name)).unwrap()
    }

    fn sheet(name: &str) -> Sheet {
        parse(&sample(name), "名单").unwrap().1.remove(0)
    }

    #[test]
    fn rows_that_are_not_shown_are_known() {
        for name in ["hidden.xlsx", "hidden.xls", "hidden.ods"] {
            let sheet = sheet(name);
            assert_eq!(sheet.hidden_rows, BTreeSet::from([2]), "{name}");
            assert_eq!(sheet.rows().count(), 4, "{name}: they are read all the same");
        }
        assert!(sheet("small.xlsx").hidden_rows.is_empty());
    }

    #[test]
    fn a_formula_without_its_result_is_neither_blank_nor_text() {
        let sheet = sheet("uncalculated.xlsx");
        let (address, cell) = sheet.at(2, 2);
        assert_eq!((address.to_string().as_str(), &cell.value), ("名单!C3", &Value::Formula));
        assert!(!cell.is_blank() && cell.text().is_empty());
    }

    #[test]
    fn a_number_that_was_typed_as_text_stays_text() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "911407001234567890").unwrap();
        sheet.write_number(0, 1, 911_407_001_234_567_890.0).unwrap();
        let (_, sheets) = parse(&workbook.save_to_buffer().unwrap(), "名单").unwrap();
        assert_eq!(sheets[0].own(0, 0).value, Value::Text("911407001234567890".into()));
        assert!(matches!(sheets[0].own(0, 1).value, Value::Number(_)));
    }

    /// A real file with something done to it: bytes changed, its end cut off,
    /// or a piece of another put into it.
    fn hurt() -> impl Strategy<Value = Vec<u8>> {
        const NAMES: [&str; 14] = [
            "small.xlsx",
            "small.xls",
            "small.ods",
            "small.xlsb",
            "page.xls",
            "biff5.xls",
            "1904.xls",
            "hidden.ods",
            "uncalculated.xlsx",
            "password.xls",
            "password.xlsx",
            "password.ods",
            "awards.xls",
            "workbook.xml",
        ];
        let name = prop::sample::select(&NAMES[..]);
        let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12);
        let place = any::<prop::sample::Index>;
        (name.clone(), name, changes, 0..3, place(), place(), 0..600usize).prop_map(
            |(name, other, changes, how, at, from, length)| {
                let mut bytes = sample(name);
                for (at, byte) in changes {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
                match how {
                    0 => bytes.truncate(at.index(bytes.len())),
                    1 => {
                        let other = sample(other);
                        let from = from.index(other.len());
                        let piece = &other[from..(from + length).min(other.len())];
                        let at = at.index(bytes.len());
                        bytes.splice(at..at, piece.iter().copied());
                    }
                    _ => {}
                }
                bytes
            },
        )
    }

    /// The parts of a zip, changed and packed anew: behind its checksums, too,
    /// nothing may be trusted.
    fn repacked(name: &str, changes: &[(prop::sample::Index, prop::sample::Index, u8)]) -> Vec<u8> {
        let mut zip = zip::ZipArchive::new(Cursor::new(sample(name))).unwrap();
        let mut parts = Vec::new();
        for index in 0..zip.len() {
            let mut part = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            parts.push((part.name().unwrap().into_owned(), bytes));
        }
        for (part, at, byte) in changes {
            let part = part.index(parts.len());
            let bytes = &mut parts[part].1;
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
        }
        let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            packed.write_all(&bytes).unwrap();
        }
        packed.finish().unwrap().into_inner()
    }

    /// Reads it as `read` does; only calamine may panic.
    fn survives(bytes: &[u8]) {
        let start = std::time::Instant::now();
        let is_binary = bytes.windows(15).any(|part| part == b"xl/workbook.bin");
        let _ = if is_binary { guarded(|| parse(bytes, "名单")) } else { parse(bytes, "名单") };
        assert!(start.elapsed().as_secs() < 5);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

        #[test]
        fn no_damage_does_more_than_an_error(bytes in hurt()) {
            survives(&bytes);
        }

        #[test]
        fn no_damage_behind_a_checksum_does_more_than_an_error(
            name in prop::sample::select(&["small.xlsx", "small.ods", "small.xlsb"][..]),
            changes in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index, u8)>(), 1..12),
        ) {
            survives(&repacked(name, &changes));
        }

        #[test]
        fn no_text_does_more_than_an_error(text in "[a-z<>/\"',;\t\n，&#= 甲0-9]{0,300}", page in any::<bool>()) {
            let text = if page { format!("<table>{text}") } else { text };
            survives(text.as_bytes());
        }
    }

    #[test]
    fn a_merged_cell_shows_its_first_cells_value_and_address() {
        let cells = [((1, 1), Value::Text("一等奖".into()))];
        let sheet = Sheet::new("奖", cells, vec![Area { start: (1, 1), end: (3, 1) }]);
        let (address, cell) = sheet.at(3, 1);
        assert_eq!((address.to_string().as_str(), &*cell.text()), ("奖!B2", "一等奖"));
        assert!(sheet.own(3, 1).is_blank());
    }
}
