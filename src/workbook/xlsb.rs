//! Binary Office Open XML workbooks (MS-XLSB).
//!
//! Not through calamine, which panics on many a damaged file and tells neither
//! merged areas nor what is hidden, struck out or shown.

use std::collections::HashMap;
use std::sync::Arc;

use super::archive::Archive;
use super::bounds::Bounds;
use super::cell::{Cell, Value};
use super::compound::{long, word};
use super::format::{Format, Style, built_in};
use super::grid::Grid;
use super::refusal::Refusal;
use super::runs::{Runs, SharedText};
use super::sheet::{Area, Sheet};
use super::xls::values::{characters, error, float, rk};
use super::xlsx::links;

// Records, by MS-XLSB 2.3.
const ROW_HEADER: u32 = 0;
const CELL_BLANK: u32 = 1;
const CELL_RK: u32 = 2;
const CELL_ERROR: u32 = 3;
const CELL_BOOL: u32 = 4;
const CELL_REAL: u32 = 5;
const CELL_TEXT: u32 = 6;
const CELL_SHARED: u32 = 7;
const FORMULA_TEXT: u32 = 8;
const FORMULA_NUMBER: u32 = 9;
const FORMULA_BOOL: u32 = 10;
const FORMULA_ERROR: u32 = 11;
/// The first of those that stand right of the cell before and name no column.
const SHORT: u32 = 12;
const SHORT_END: u32 = 18;
const SHARED: u32 = 19;
const FONT: u32 = 43;
const FORMAT: u32 = 44;
const CELL_FORMAT: u32 = 47;
const COLUMNS: u32 = 60;
const CELL_RICH: u32 = 62;
const DATA_END: u32 = 146;
const PROPERTIES: u32 = 153;
const LISTED: u32 = 156;
const MERGED: u32 = 176;
const CELL_FORMATS: u32 = 617;
const CELL_FORMATS_END: u32 = 618;

/// Reads every worksheet.
pub(super) fn read(
    archive: &mut Archive<'_>,
    workbook: &str,
    bounds: &Bounds,
) -> Result<Vec<Sheet>, Refusal> {
    let links = links(archive, workbook)?;
    let linked = |kind: &str| links.values().find(|link| link.kind == kind);
    let mut book = Book::default();
    if let Some(link) = linked("styles").filter(|link| archive.has(&link.path)) {
        book.styles(&archive.bytes(&link.path)?).ok_or(Refusal::DamagedWorkbook)?;
    }
    if let Some(link) = linked("sharedStrings").filter(|link| archive.has(&link.path)) {
        let part = archive.bytes(&link.path)?;
        let shared = Records(&part).filter(|record| record.kind == SHARED);
        let texts: Option<Vec<_>> = shared.map(|record| book.rich(record.data)).collect();
        book.strings = texts.ok_or(Refusal::DamagedWorkbook)?;
    }
    let listed = book.workbook(&archive.bytes(workbook)?).ok_or(Refusal::DamagedWorkbook)?;
    let mut sheets = Vec::new();
    for listed in listed {
        bounds.sheet()?;
        let link = links.get(&listed.link).ok_or(Refusal::DamagedWorkbook)?;
        if link.kind == "worksheet" {
            let grid = Grid::new(&listed.name, listed.hidden, bounds);
            sheets.push(book.sheet(&archive.bytes(&link.path)?, grid)?);
        }
    }
    Ok(sheets)
}

/// What the sheets have in common.
#[derive(Default)]
struct Book {
    since_1904: bool,
    strings: Vec<SharedText>,
    /// Whether each font is struck out.
    fonts: Vec<bool>,
    styles: Vec<Style>,
}

struct Listed {
    name: String,
    hidden: bool,
    link: String,
}

struct Record<'a> {
    kind: u32,
    data: &'a [u8],
}

/// The records of a part, up to one that is cut off.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = self.number(2)?;
        let length = self.number(4)? as usize;
        let data = self.0.get(..length)?;
        self.0 = &self.0[length..];
        Some(Record { kind, data })
    }
}

impl Records<'_> {
    /// A number in up to `most` bytes of seven bits each.
    fn number(&mut self, most: usize) -> Option<u32> {
        let mut number = 0;
        for at in 0..most {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7F) << (7 * at);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

/// A text with its length in four bytes before it, and what follows.
fn wide(data: &[u8]) -> Option<(String, &[u8])> {
    let length = long(data, 0)? as usize;
    // A name that there is none of.
    if length == u32::MAX as usize {
        return Some((String::new(), &data[4..]));
    }
    let end = length.checked_mul(2)?.checked_add(4)?;
    Some((characters(data.get(4..)?, length, true)?, data.get(end..)?))
}

impl Book {
    fn workbook(&mut self, part: &[u8]) -> Option<Vec<Listed>> {
        let mut sheets = Vec::new();
        for Record { kind, data } in Records(part) {
            match kind {
                PROPERTIES => self.since_1904 = long(data, 0)? & 1 != 0,
                LISTED => {
                    let (link, rest) = wide(data.get(8..)?)?;
                    let (name, _) = wide(rest)?;
                    sheets.push(Listed { name, hidden: long(data, 0)? != 0, link });
                }
                _ => {}
            }
        }
        Some(sheets)
    }

    fn styles(&mut self, part: &[u8]) -> Option<()> {
        let mut formats: HashMap<u16, Arc<Format>> = HashMap::new();
        let mut within = false;
        for Record { kind, data } in Records(part) {
            match kind {
                FORMAT => {
                    let (code, _) = wide(data.get(2..)?)?;
                    formats.insert(word(data, 0)?, Arc::new(Format::new(&code)));
                }
                FONT => self.fonts.push(word(data, 2)? & 8 != 0),
                CELL_FORMATS => within = true,
                CELL_FORMATS_END => within = false,
                CELL_FORMAT if within => {
                    let number = word(data, 2)?;
                    let built_in = || Arc::new(Format::new(built_in(number.into())));
                    let format = Arc::clone(formats.entry(number).or_insert_with(built_in));
                    let font = usize::from(word(data, 4)?);
                    let struck = self.fonts.get(font).copied().unwrap_or(false);
                    self.styles.push(Style { format, struck });
                }
                _ => {}
            }
        }
        Some(())
    }

    /// A text some of whose parts have fonts of their own.
    fn rich(&self, data: &[u8]) -> Option<SharedText> {
        let (text, rest) = wide(data.get(1..)?)?;
        let runs = if data[0] & 1 != 0 { rest.get(4..)? } else { &[] };
        let runs = runs.chunks_exact(4).take(long(rest, 0).unwrap_or(0) as usize);
        let runs = runs.map(|run| (word(run, 0).unwrap_or(0), word(run, 2).unwrap_or(0)));
        let struck = |font| self.fonts.get(usize::from(font)).copied().unwrap_or(false);
        let runs = Runs::of(&text, runs.map(|(at, font)| (at, struck(font))));
        Some(SharedText { text, runs })
    }

    fn sheet(&self, part: &[u8], mut grid: Grid<'_>) -> Result<Sheet, Refusal> {
        let (mut row, mut next, mut whole) = (0, 0, false);
        for record in Records(part) {
            whole |= record.kind == DATA_END;
            if let Some((column, kind, data)) = cell_at(&record, next) {
                let cell = self.cell(kind, data).ok_or(Refusal::DamagedWorkbook)?;
                grid.put(row, column, cell)?;
                next = column.saturating_add(1);
            } else {
                describe(&record, &mut row, &mut grid).ok_or(Refusal::DamagedWorkbook)?;
            }
        }
        // A part that is cut off, or no sheet at all.
        if whole { grid.finish() } else { Err(Refusal::DamagedWorkbook) }
    }

    /// The cell of a record of this kind; `data` begins with its style.
    fn cell(&self, kind: u32, data: &[u8]) -> Option<Cell> {
        let default = Style::default();
        let style = self.styles.get((long(data, 0)? & 0xFF_FFFF) as usize).unwrap_or(&default);
        let data = &data[4..];
        Some(match kind {
            CELL_RK => style.number(rk(long(data, 0)?), self.since_1904),
            CELL_REAL | FORMULA_NUMBER => style.number(float(data, 0)?, self.since_1904),
            CELL_BOOL | FORMULA_BOOL => style.plain(Value::Truth(*data.first()? != 0)),
            CELL_ERROR | FORMULA_ERROR => {
                style.plain(Value::Error(error(*data.first()?).to_owned()))
            }
            CELL_TEXT | FORMULA_TEXT => style.text(wide(data)?.0),
            CELL_SHARED => self.strings.get(long(data, 0)? as usize)?.cell(style),
            CELL_RICH => self.rich(data)?.cell(style),
            _ => Cell::default(),
        })
    }
}

/// The column, the kind and the rest of a record that is a cell.
fn cell_at<'a>(record: &Record<'a>, next: u32) -> Option<(u32, u32, &'a [u8])> {
    match record.kind {
        CELL_BLANK..=FORMULA_ERROR | CELL_RICH => {
            Some((long(record.data, 0)?, record.kind, &record.data[4..]))
        }
        SHORT..=SHORT_END => Some((next, record.kind - SHORT + CELL_BLANK, record.data)),
        _ => None,
    }
}

/// Takes in what a record says of rows, columns and merged areas.
fn describe(record: &Record<'_>, row: &mut u32, grid: &mut Grid<'_>) -> Option<()> {
    let data = record.data;
    match record.kind {
        ROW_HEADER => {
            *row = long(data, 0)?;
            let (height, flags) = (word(data, 8)?, *data.get(11)?);
            // Hidden, or a height that somebody has set to nothing.
            if flags & 0x10 != 0 || height == 0 && flags & 0x20 != 0 {
                grid.hide(*row, *row);
            }
        }
        COLUMNS if word(data, 16)? & 1 != 0 || long(data, 8)? == 0 => {
            grid.hide_columns(long(data, 0)?, long(data, 4)?);
        }
        MERGED => {
            let start = (long(data, 0)?, long(data, 8)?);
            grid.merge(Area { start, end: (long(data, 4)?, long(data, 12)?) });
        }
        _ => {}
    }
    Some(())
}
