//! Excel 97–2003 workbooks (MS-XLS, BIFF8) and those of Excel 5 and 95 (BIFF5),
//! which WPS writes, too.
//!
//! Not through calamine, which allocates the rectangle around all cells and
//! what a record claims, and panics on many a damaged file.

use std::collections::HashMap;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::bounds::Bounds;
use super::cell::{Cell, Value};
use super::compound::{Compound, long, word};
use super::crypto;
use super::format::{Format, Style, built_in};
use super::grid::Grid;
use super::refusal::Refusal;
use super::runs::{Runs, SharedText};
use super::sheet::{Area, Sheet};

mod shared;
pub(super) mod values;

use shared::{Parts, formatted, is_struck, strings};
use values::{characters, encoding, error, float, rk};

// Records, by MS-XLS 2.3.
const FORMULA: u16 = 0x0006;
const EOF: u16 = 0x000A;
const DATE_1904: u16 = 0x0022;
const FILE_PASS: u16 = 0x002F;
const FONT: u16 = 0x0031;
const CONTINUE: u16 = 0x003C;
const CODE_PAGE: u16 = 0x0042;
const COLUMNS: u16 = 0x007D;
const BOUND_SHEET: u16 = 0x0085;
const MUL_RK: u16 = 0x00BD;
const RICH_STRING: u16 = 0x00D6;
const XF: u16 = 0x00E0;
const MERGE_CELLS: u16 = 0x00E5;
const SST: u16 = 0x00FC;
const LABEL_SST: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_ERR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const ROW: u16 = 0x0208;
const RK: u16 = 0x027E;
const FORMAT: u16 = 0x041E;
const BOF: u16 = 0x0809;

/// Reads every worksheet.
pub(super) fn read(file: &Compound<'_>, bounds: &Bounds) -> Result<Vec<Sheet>, Refusal> {
    let stream = match file.stream("Workbook")? {
        Some(stream) => stream,
        // A document of another program.
        None => file.stream("Book")?.ok_or(Refusal::NotText)?,
    };
    let stream = decrypted(stream)?;
    let book = Book::read(&stream, bounds)?;
    book.sheets.iter().map(|listed| book.sheet(listed, &stream, bounds)).collect()
}

/// Whether a file is a stream without its container, as scripts write one: it
/// begins with the beginning of a sheet.
pub(super) fn is_bare(bytes: &[u8]) -> bool {
    const SHEET: u16 = 0x0010;
    let begins = || Some((word(bytes, 0)?, word(bytes, 2)?, word(bytes, 6)?));
    matches!(begins(), Some((BOF, 6..=16, SHEET)))
}

/// Reads the one sheet of a stream without a container.
pub(super) fn read_bare(bytes: &[u8], name: &str, bounds: &Bounds) -> Result<Vec<Sheet>, Refusal> {
    let mut book = Book::empty();
    book.old = is_old(&bytes[4..]).ok_or(Refusal::DamagedWorkbook)?;
    let listed = Listed { name: name.to_owned(), hidden: false, at: 0 };
    Ok(vec![book.sheet(&listed, bytes, bounds)?])
}

/// The stream as it is, or in clear if its password is the one all know.
fn decrypted(stream: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let mut rest = &stream[..];
    let mut old = false;
    loop {
        let record = record(rest)?;
        rest = record.rest;
        match record.kind {
            BOF => old = is_old(record.data).ok_or(Refusal::DamagedWorkbook)?,
            FILE_PASS => return crypto::stream(&stream, record.data, old),
            EOF => return Ok(stream),
            _ => {}
        }
    }
}

/// Whether the beginning of a stream is one of BIFF5 or older.
fn is_old(data: &[u8]) -> Option<bool> {
    Some(word(data, 0)? < 0x0600)
}

/// A record and, as `rest`, the stream after it.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    rest: &'a [u8],
}

fn record(stream: &[u8]) -> Result<Record<'_>, Refusal> {
    let read = || {
        let length = usize::from(word(stream, 2)?);
        let data = stream.get(4..4 + length)?;
        Some(Record { kind: word(stream, 0)?, data, rest: &stream[4 + length..] })
    };
    read().ok_or(Refusal::DamagedWorkbook)
}

/// What the sheets have in common.
struct Book {
    /// BIFF5 and older: text in a code page.
    old: bool,
    encoding: &'static Encoding,
    since_1904: bool,
    strings: Vec<SharedText>,
    formats: HashMap<u16, Arc<Format>>,
    /// Whether each font is struck out.
    fonts: Vec<bool>,
    /// The number format and font of each cell style.
    looks: Vec<(u16, u16)>,
    styles: Vec<Style>,
    default: Style,
    sheets: Vec<Listed>,
}

struct Listed {
    name: String,
    hidden: bool,
    at: usize,
}

impl Book {
    fn empty() -> Self {
        Self {
            old: false,
            encoding: encoding_rs::GBK,
            since_1904: false,
            strings: Vec::new(),
            formats: HashMap::new(),
            fonts: Vec::new(),
            looks: Vec::new(),
            styles: Vec::new(),
            default: Style::default(),
            sheets: Vec::new(),
        }
    }

    fn read(stream: &[u8], bounds: &Bounds) -> Result<Self, Refusal> {
        let mut book = Self::empty();
        let mut rest = stream;
        loop {
            let record = record(rest)?;
            rest = record.rest;
            match record.kind {
                EOF => {
                    book.styles =
                        book.looks.clone().into_iter().map(|look| book.style(look)).collect();
                    return Ok(book);
                }
                BOUND_SHEET => bounds.sheet()?,
                SST => {
                    let parts = continued(&record, &mut rest);
                    let strings = strings(&parts, &book.fonts);
                    book.strings = strings.ok_or(Refusal::DamagedWorkbook)?;
                }
                _ => {}
            }
            book.global(record.kind, record.data).ok_or(Refusal::DamagedWorkbook)?;
        }
    }

    fn global(&mut self, kind: u16, data: &[u8]) -> Option<()> {
        match kind {
            BOF => self.old = is_old(data)?,
            CODE_PAGE => self.encoding = encoding(word(data, 0)?),
            DATE_1904 => self.since_1904 = word(data, 0)? == 1,
            FORMAT => {
                let code = match self.old {
                    true => data.get(3..).map(|code| self.bytes(code)),
                    false => data.get(2..).and_then(|data| self.text(data)),
                };
                // A format that is cut off shows its numbers as they are.
                let format = code.map_or_else(Format::default, |code| Format::new(&code));
                self.formats.insert(word(data, 0)?, Arc::new(format));
            }
            FONT => self.fonts.push(word(data, 2)? & 8 != 0),
            XF => self.looks.push((word(data, 2)?, word(data, 0)?)),
            BOUND_SHEET => {
                let (state, kind) = (data.get(4)? & 3, *data.get(5)?);
                let length = usize::from(*data.get(6)?);
                let name = if self.old {
                    self.bytes(data.get(7..7 + length)?)
                } else {
                    characters(data.get(8..)?, length, data.get(7)? & 1 != 0)?
                };
                // Others are charts and macros.
                if kind == 0 {
                    let at = long(data, 0)? as usize;
                    self.sheets.push(Listed { name, hidden: state != 0, at });
                }
            }
            _ => {}
        }
        Some(())
    }

    fn bytes(&self, bytes: &[u8]) -> String {
        self.encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    /// A text with its length in two bytes before it.
    fn text(&self, data: &[u8]) -> Option<String> {
        let length = usize::from(word(data, 0)?);
        if self.old {
            return Some(self.bytes(data.get(2..2 + length)?));
        }
        if length == 0 {
            return Some(String::new());
        }
        characters(data.get(3..)?, length, data.get(2)? & 1 != 0)
    }

    fn style(&mut self, (number, font): (u16, u16)) -> Style {
        let built_in = || Arc::new(Format::new(built_in(number.into())));
        let format = Arc::clone(self.formats.entry(number).or_insert_with(built_in));
        Style { format, struck: is_struck(&self.fonts, font) }
    }

    fn sheet(&self, listed: &Listed, stream: &[u8], bounds: &Bounds) -> Result<Sheet, Refusal> {
        let mut grid = Grid::new(&listed.name, listed.hidden, bounds);
        let mut rest = stream.get(listed.at..).ok_or(Refusal::DamagedWorkbook)?;
        // Inside a sheet, charts have beginnings and ends of their own.
        let mut depth = 0;
        let mut awaited = None;
        loop {
            let record = record(rest)?;
            bounds.unpack((rest.len() - record.rest.len()) as u64)?;
            rest = record.rest;
            match record.kind {
                BOF => depth += 1,
                EOF if depth > 1 => depth -= 1,
                EOF => return grid.finish(),
                _ if depth == 0 => return Err(Refusal::DamagedWorkbook),
                STRING if depth == 1 => {
                    let parts = continued(&record, &mut rest);
                    let text = self.result(&parts).ok_or(Refusal::DamagedWorkbook)?;
                    if let Some((row, column, style)) = awaited.take() {
                        grid.put(row, column, self.styled(style).text(text))?;
                    }
                }
                _ if depth == 1 => self.record(&record, &mut grid, &mut awaited)?,
                _ => {}
            }
        }
    }

    /// The text that a formula gave, perhaps in several records.
    fn result(&self, parts: &[&[u8]]) -> Option<String> {
        if self.old {
            let whole = parts.concat();
            return self.text(&whole);
        }
        let mut reader = Parts { parts, at: 0 };
        let length = reader.word()?;
        if length == 0 {
            return Some(String::new());
        }
        let wide = reader.byte()? & 1 != 0;
        reader.characters(length, wide)
    }

    fn styled(&self, style: u16) -> &Style {
        self.styles.get(usize::from(style)).unwrap_or(&self.default)
    }

    /// Puts what a record holds into the grid. `awaited` is the formula whose
    /// text comes in a record of its own.
    fn record(
        &self,
        record: &Record<'_>,
        grid: &mut Grid<'_>,
        awaited: &mut Option<(u32, u32, u16)>,
    ) -> Result<(), Refusal> {
        let data = record.data;
        let (Some(row), Some(column)) = (word(data, 0), word(data, 2)) else { return Ok(()) };
        let (row, column) = (u32::from(row), u32::from(column));
        match record.kind {
            MERGE_CELLS => {
                for area in data[2..].chunks_exact(8) {
                    let bound = |at| u32::from(word(area, at).unwrap_or(0));
                    grid.merge(Area { start: (bound(0), bound(4)), end: (bound(2), bound(6)) });
                }
            }
            ROW => {
                let no_height = word(data, 6) == Some(0);
                if data.get(12).is_some_and(|flags| flags & 0x20 != 0) || no_height {
                    grid.hide(row, row);
                }
            }
            COLUMNS => {
                let hidden = word(data, 8).is_some_and(|flags| flags & 1 != 0);
                if hidden || word(data, 4) == Some(0) {
                    grid.hide_columns(row, column);
                }
            }
            MUL_RK => {
                let cells =
                    data.get(4..data.len().saturating_sub(2)).ok_or(Refusal::DamagedWorkbook)?;
                for (column, cell) in (column..).zip(cells.chunks_exact(6)) {
                    let style = self.styled(word(cell, 0).unwrap_or(0));
                    let number = rk(long(cell, 2).unwrap_or(0));
                    grid.put(row, column, style.number(number, self.since_1904))?;
                }
            }
            FORMULA => {
                *awaited = None;
                if let Some([0, .., 0xFF, 0xFF]) = data.get(6..14) {
                    *awaited = Some((row, column, word(data, 4).unwrap_or(0)));
                } else {
                    let cell = self.cell(record).ok_or(Refusal::DamagedWorkbook)?;
                    grid.put(row, column, cell)?;
                }
            }
            NUMBER | RK | LABEL | RICH_STRING | LABEL_SST | BOOL_ERR => {
                let cell = self.cell(record).ok_or(Refusal::DamagedWorkbook)?;
                grid.put(row, column, cell)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The cell that a record is.
    fn cell(&self, record: &Record<'_>) -> Option<Cell> {
        let style = self.styled(word(record.data, 4)?);
        let data = record.data.get(6..)?;
        let number = |number| style.number(number, self.since_1904);
        let fault = |code| style.plain(Value::Error(error(code).to_owned()));
        Some(match record.kind {
            NUMBER => number(float(data, 0)?),
            RK => number(rk(long(data, 0)?)),
            LABEL | RICH_STRING => self.label(data, record.kind == RICH_STRING)?.cell(style),
            LABEL_SST => self.strings.get(long(data, 0)? as usize)?.cell(style),
            BOOL_ERR => match data.get(..2)? {
                [truth, 0] => style.plain(Value::Truth(*truth != 0)),
                [code, _] => fault(*code),
                _ => return None,
            },
            FORMULA => match data.get(..8)? {
                [1, _, truth, .., 0xFF, 0xFF] => style.plain(Value::Truth(*truth != 0)),
                [2, _, code, .., 0xFF, 0xFF] => fault(*code),
                [.., 0xFF, 0xFF] => Cell::default(),
                _ => number(float(data, 0)?),
            },
            _ => return None,
        })
    }

    /// A text in the cell itself, perhaps with fonts of its own.
    fn label(&self, data: &[u8], rich: bool) -> Option<SharedText> {
        let text = self.text(data)?;
        let mut runs = Runs::of(&text, []);
        if rich && !self.old {
            let width = if data.get(2)? & 1 != 0 { 2 } else { 1 };
            let fonts = data.get(3 + usize::from(word(data, 0)?) * width..)?;
            runs = formatted(&text, fonts.get(2..)?, &self.fonts);
        }
        Some(SharedText { text, runs })
    }
}

/// A record and those that continue it; `rest` is moved behind them.
fn continued<'a>(record: &Record<'a>, rest: &mut &'a [u8]) -> Vec<&'a [u8]> {
    let mut parts = vec![record.data];
    while let Ok(more) = self::record(rest)
        && more.kind == CONTINUE
    {
        parts.push(more.data);
        *rest = more.rest;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers() {
        assert_eq!(rk(0x3FF0_0000), 1.0);
        assert_eq!(rk(126 << 2 | 2), 126.0);
        assert_eq!(rk(9575 << 2 | 3), 95.75);
        assert_eq!(rk((-5i32 << 2) as u32 | 2), -5.0);
    }

    #[test]
    fn a_shared_string_goes_on_in_the_next_record() {
        let first = [0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 0x32, 0x75];
        let second = [0, b'A', b'B', 1, 0, 0, b'C', 0];
        let strings = strings(&[&first, &second], &[]).unwrap();
        let texts: Vec<&str> = strings.iter().map(|shared| shared.text.as_str()).collect();
        assert_eq!(texts, ["甲AB", "C"]);
    }

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = (data.len() as u16).to_le_bytes();
        [&kind.to_le_bytes(), &length, data].concat()
    }

    #[test]
    fn a_formulas_text_goes_on_in_the_next_record() {
        let sheet = [
            record(BOF, &[0, 6, 0x10, 0]),
            record(FORMULA, &[1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
            record(STRING, &[5, 0, 1, 0x32, 0x75, 0x59, 0x4E]),
            record(CONTINUE, b"\0ABC"),
            record(EOF, &[]),
        ]
        .concat();
        let sheets = read_bare(&sheet, "名单", &Bounds::default()).unwrap();
        assert_eq!(sheets[0].own(1, 2).text(), "甲乙ABC");
    }

    #[test]
    fn a_stream_without_a_container_is_read() {
        // As scripts have written it since long: no version, text in GBK.
        let sheet = [
            record(BOF, &[0, 0, 0x10, 0, 0, 0, 0, 0]),
            record(LABEL, &[&[0, 0, 0, 0, 0, 0, 2, 0], &b"\xBC\xD7"[..]].concat()),
            record(NUMBER, &[&[0, 0, 1, 0, 0, 0], &95.5f64.to_le_bytes()[..]].concat()),
            record(EOF, &[]),
        ]
        .concat();
        assert!(is_bare(&sheet) && !is_bare(b"\x09\x08"));
        let sheets = read_bare(&sheet, "名单", &Bounds::default()).unwrap();
        assert_eq!(
            (sheets[0].own(0, 0).text(), sheets[0].own(0, 1).text()),
            ("甲".into(), "95.5".into())
        );
    }
}
