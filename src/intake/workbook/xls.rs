//! Excel 97–2003 workbooks (MS-XLS, BIFF8) and those of Excel 5 and 95 (BIFF5),
//! which WPS writes, too.
//!
//! Not through calamine, which allocates the rectangle around all cells and
//! what a record claims, and panics on many a damaged file.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::bounds::Bounds;
use super::compound::{Compound, long, word};
use super::{Area, Grid, Sheet, Value, format};
use crate::diagnostic::Kind;

// Records, by MS-XLS 2.3.
const FORMULA: u16 = 0x0006;
const EOF: u16 = 0x000A;
const DATE_1904: u16 = 0x0022;
const FILE_PASS: u16 = 0x002F;
const CONTINUE: u16 = 0x003C;
const CODE_PAGE: u16 = 0x0042;
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
pub(super) fn read(bytes: &[u8], bounds: &Bounds) -> Result<Vec<Sheet>, Kind> {
    let file = Compound::open(bytes)?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(Kind::Encrypted);
    }
    let stream = match file.stream("Workbook")? {
        Some(stream) => stream,
        // A document of another program.
        None => file.stream("Book")?.ok_or(Kind::NotText)?,
    };
    let book = Book::read(&stream, bounds)?;
    book.sheets.iter().map(|listed| book.sheet(listed, &stream, bounds)).collect()
}

/// A record and, as `rest`, the stream after it.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    rest: &'a [u8],
}

fn record(stream: &[u8]) -> Result<Record<'_>, Kind> {
    let read = || {
        let length = usize::from(word(stream, 2)?);
        let data = stream.get(4..4 + length)?;
        Some(Record { kind: word(stream, 0)?, data, rest: &stream[4 + length..] })
    };
    read().ok_or(Kind::DamagedWorkbook)
}

/// What the sheets have in common.
struct Book {
    /// BIFF5 and older: text in a code page.
    old: bool,
    encoding: &'static Encoding,
    since_1904: bool,
    strings: Vec<String>,
    codes: HashMap<u16, String>,
    /// The number format of each cell style.
    styles: Vec<u16>,
    sheets: Vec<Listed>,
}

struct Listed {
    name: String,
    hidden: bool,
    at: usize,
}

impl Book {
    fn read(stream: &[u8], bounds: &Bounds) -> Result<Self, Kind> {
        let mut book = Self {
            old: false,
            encoding: encoding_rs::GBK,
            since_1904: false,
            strings: Vec::new(),
            codes: HashMap::new(),
            styles: Vec::new(),
            sheets: Vec::new(),
        };
        let mut rest = stream;
        loop {
            let record = record(rest)?;
            rest = record.rest;
            match record.kind {
                EOF => return Ok(book),
                FILE_PASS => return Err(Kind::Encrypted),
                BOUND_SHEET => bounds.sheet()?,
                SST => {
                    let mut parts = vec![record.data];
                    while let Ok(more) = self::record(rest)
                        && more.kind == CONTINUE
                    {
                        parts.push(more.data);
                        rest = more.rest;
                    }
                    book.strings = strings(&parts).ok_or(Kind::DamagedWorkbook)?;
                }
                _ => {}
            }
            book.global(record.kind, record.data).ok_or(Kind::DamagedWorkbook)?;
        }
    }

    fn global(&mut self, kind: u16, data: &[u8]) -> Option<()> {
        match kind {
            BOF => self.old = word(data, 0)? < 0x0600,
            CODE_PAGE => self.encoding = encoding(word(data, 0)?),
            DATE_1904 => self.since_1904 = word(data, 0)? == 1,
            FORMAT => {
                let code = if self.old {
                    self.encoding.decode_without_bom_handling(data.get(3..)?).0.into_owned()
                } else {
                    self.text(data.get(2..)?)?
                };
                self.codes.insert(word(data, 0)?, code);
            }
            XF => self.styles.push(word(data, 2)?),
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

    fn number(&self, style: u16, number: f64) -> Value {
        let format = self.styles.get(usize::from(style)).copied().unwrap_or(0);
        let code = self.codes.get(&format).map(String::as_str);
        let date = format::shows_date(format.into(), code);
        format::number(number, date, self.since_1904)
    }

    fn sheet(&self, listed: &Listed, stream: &[u8], bounds: &Bounds) -> Result<Sheet, Kind> {
        let mut grid = Grid::new(&listed.name, listed.hidden, bounds);
        let mut rest = stream.get(listed.at..).ok_or(Kind::DamagedWorkbook)?;
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
                _ if depth == 0 => return Err(Kind::DamagedWorkbook),
                _ if depth == 1 => self.cell(&record, &mut grid, &mut awaited)?,
                _ => {}
            }
        }
    }

    /// Puts the cells of a record into the grid. `awaited` is the formula whose
    /// text comes in a record of its own.
    fn cell(
        &self,
        record: &Record<'_>,
        grid: &mut Grid<'_>,
        awaited: &mut Option<(u32, u32)>,
    ) -> Result<(), Kind> {
        let data = record.data;
        let damaged = Kind::DamagedWorkbook;
        if record.kind == MERGE_CELLS {
            for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
                let bound = |at| u32::from(word(area, at).unwrap_or(0));
                grid.merge(Area { start: (bound(0), bound(4)), end: (bound(2), bound(6)) });
            }
            return Ok(());
        }
        if record.kind == STRING {
            let text = self.text(data).ok_or(damaged)?;
            let Some((row, column)) = awaited.take() else { return Ok(()) };
            return grid.put(row, column, Value::Text(text));
        }
        let (Some(row), Some(column)) = (word(data, 0), word(data, 2)) else { return Ok(()) };
        let (row, column) = (u32::from(row), u32::from(column));
        let style = word(data, 4).unwrap_or(0);
        let value = match record.kind {
            ROW => {
                if data.get(12).is_some_and(|flags| flags & 0x20 != 0) {
                    grid.hide(row, row);
                }
                return Ok(());
            }
            MUL_RK => {
                let cells = data.get(4..data.len().saturating_sub(2)).ok_or(damaged)?;
                for (column, cell) in (column..).zip(cells.chunks_exact(6)) {
                    let style = word(cell, 0).unwrap_or(0);
                    let number = rk(long(cell, 2).unwrap_or(0));
                    grid.put(row, column, self.number(style, number))?;
                }
                return Ok(());
            }
            NUMBER => float(data, 6).map(|number| self.number(style, number)),
            RK => long(data, 6).map(|packed| self.number(style, rk(packed))),
            LABEL | RICH_STRING => data.get(6..).and_then(|data| self.text(data)).map(Value::Text),
            LABEL_SST => long(data, 6)
                .and_then(|index| self.strings.get(index as usize))
                .map(|text| Value::Text(text.clone())),
            BOOL_ERR => data.get(6..8).map(|pair| match pair[1] {
                0 => Value::Truth(pair[0] != 0),
                _ => Value::Error(error(pair[0]).to_owned()),
            }),
            FORMULA => {
                *awaited = None;
                data.get(6..14).map(|result| match (result[0], &result[6..]) {
                    (0, [0xFF, 0xFF]) => {
                        *awaited = Some((row, column));
                        Value::Empty
                    }
                    (1, [0xFF, 0xFF]) => Value::Truth(result[2] != 0),
                    (2, [0xFF, 0xFF]) => Value::Error(error(result[2]).to_owned()),
                    (_, [0xFF, 0xFF]) => Value::Empty,
                    _ => self.number(style, float(result, 0).unwrap_or(0.0)),
                })
            }
            _ => return Ok(()),
        };
        grid.put(row, column, value.ok_or(damaged)?)
    }
}

fn float(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

/// A number in 30 bits, perhaps a hundred times too large (MS-XLS 2.5.217).
fn rk(packed: u32) -> f64 {
    let number = match packed & 2 {
        0 => f64::from_bits(u64::from(packed & !3) << 32),
        _ => f64::from(packed as i32 >> 2),
    };
    if packed & 1 == 0 { number } else { number / 100.0 }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#?",
    }
}

/// What an old file's code page is called now.
fn encoding(page: u16) -> &'static Encoding {
    match page {
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 | 0x8001 => encoding_rs::WINDOWS_1252,
        65001 => encoding_rs::UTF_8,
        54936 => encoding_rs::GB18030,
        // 936, and what WPS leaves out.
        _ => encoding_rs::GBK,
    }
}

/// Characters of one or two bytes each.
fn characters(data: &[u8], length: usize, wide: bool) -> Option<String> {
    if wide {
        let units = data.get(..length * 2)?.chunks_exact(2);
        let units: Vec<u16> = units.map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        Some(String::from_utf16_lossy(&units))
    } else {
        Some(data.get(..length)?.iter().copied().map(char::from).collect())
    }
}

/// The table of shared strings, which goes on in other records (MS-XLS 2.4.265).
fn strings(parts: &[&[u8]]) -> Option<Vec<String>> {
    let stated = long(parts.first()?, 4)? as usize;
    let mut reader = Parts { parts, at: 8 };
    let mut strings = Vec::new();
    while reader.more() {
        match reader.string() {
            Some(string) => strings.push(string),
            // What follows the last string is no fault.
            None if strings.len() >= stated => break,
            None => return None,
        }
    }
    Some(strings)
}

/// Bytes in several pieces.
struct Parts<'a> {
    parts: &'a [&'a [u8]],
    at: usize,
}

impl Parts<'_> {
    /// Goes on to the next piece where this one ends; whether there is a byte.
    fn more(&mut self) -> bool {
        while let Some(part) = self.parts.first() {
            if self.at < part.len() {
                return true;
            }
            self.parts = &self.parts[1..];
            self.at = 0;
        }
        false
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = if self.more() { self.parts[0][self.at] } else { return None };
        self.at += 1;
        Some(byte)
    }

    fn word(&mut self) -> Option<usize> {
        Some(usize::from(self.byte()?) | usize::from(self.byte()?) << 8)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let here = if self.more() { self.parts[0].len() - self.at } else { return None };
            let step = here.min(bytes);
            self.at += step;
            bytes -= step;
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        let mut left = self.word()?;
        let flags = self.byte()?;
        let mut wide = flags & 1 != 0;
        let runs = if flags & 8 != 0 { self.word()? } else { 0 };
        let extension = if flags & 4 != 0 { self.word()? | self.word()? << 16 } else { 0 };
        let mut units = Vec::new();
        while left > 0 {
            let part = self.parts.first()?;
            let width = if wide { 2 } else { 1 };
            let count = (part.len().saturating_sub(self.at) / width).min(left);
            let bytes = part.get(self.at..self.at + count * width)?;
            match wide {
                true => units
                    .extend(bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]))),
                false => units.extend(bytes.iter().map(|&byte| u16::from(byte))),
            }
            self.at += count * width;
            left -= count;
            // A piece that goes on with characters says anew how wide they are.
            if left > 0 {
                self.at = part.len();
                wide = self.byte()? & 1 != 0;
            }
        }
        self.skip(runs * 4)?;
        self.skip(extension)?;
        Some(String::from_utf16_lossy(&units))
    }
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
        let strings = strings(&[&first, &second]).unwrap();
        assert_eq!(strings, ["甲AB", "C"]);
    }
}
