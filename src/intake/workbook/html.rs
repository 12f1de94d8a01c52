//! The tables of an HTML page, which many a program saves under `.xls`.

use html5gum::{StartTag, Token, Tokenizer};

use super::bounds::{self, Bounds, COLUMNS, ROWS};
use super::{Area, Grid, Sheet, Value};
use crate::diagnostic::Kind;

/// Whether a text is a page with a table.
pub(super) fn is(text: &str) -> bool {
    let start = text.trim_start().as_bytes();
    let begins = |with: &str| {
        start.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
    };
    let page = ["<!doctype html", "<html", "<head", "<meta", "<table", "<style", "<body", "<div"];
    page.into_iter().any(begins)
        || (start.starts_with(b"<") && text.to_ascii_lowercase().contains("<table"))
}

/// The encoding that a page names for itself.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')?;
    encoding_rs::Encoding::for_label(&label.as_bytes()[..end])
}

/// Every table that is not inside another, as a sheet.
pub(super) fn read(text: &str, name: &str, bounds: &Bounds) -> Result<Vec<Sheet>, Kind> {
    let mut page = Page { name, bounds, sheets: Vec::new(), table: None, depth: 0, silent: None };
    for Ok(token) in Tokenizer::new(text) {
        match token {
            Token::StartTag(tag) => page.start(&tag)?,
            Token::EndTag(tag) => page.end(&tag.name)?,
            Token::String(text) => page.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    page.close()?;
    Ok(page.sheets)
}

struct Page<'a> {
    name: &'a str,
    bounds: &'a Bounds,
    sheets: Vec<Sheet>,
    table: Option<Table<'a>>,
    /// Tables that are open; the text of inner ones belongs to the cell.
    depth: usize,
    /// The element whose text is not shown.
    silent: Option<Vec<u8>>,
}

struct Table<'a> {
    bounds: &'a Bounds,
    grid: Grid<'a>,
    /// The row being read; none before the first.
    row: Option<u32>,
    column: u32,
    /// Until which row each column is covered from above, exclusive.
    covered: Vec<u32>,
    cell: Option<(u32, u32, String)>,
}

impl<'a> Page<'a> {
    fn start(&mut self, tag: &StartTag<()>) -> Result<(), Kind> {
        let name: &[u8] = &tag.name;
        match name {
            b"table" => {
                if self.depth == 0 {
                    self.bounds.sheet()?;
                    let number = self.sheets.len() + 1;
                    let name = match number {
                        1 => self.name.to_owned(),
                        number => format!("{}-{number}", self.name),
                    };
                    self.table = Some(Table {
                        bounds: self.bounds,
                        grid: Grid::new(&name, false, self.bounds),
                        row: None,
                        column: 0,
                        covered: Vec::new(),
                        cell: None,
                    });
                }
                self.depth += 1;
            }
            b"style" | b"script" | b"title" if !tag.self_closing => {
                self.silent = Some(name.to_vec());
            }
            _ => {}
        }
        let Some(table) = self.table.as_mut().filter(|_| self.depth == 1) else { return Ok(()) };
        match name {
            b"tr" => {
                table.close()?;
                let row = table.row.map_or(0, |row| row + 1);
                table.row = Some(row);
                table.column = 0;
                let style = tag.attributes.get(&b"style"[..]);
                let style = style.map(|style| String::from_utf8_lossy(style).to_ascii_lowercase());
                let style = style.unwrap_or_default().replace(' ', "");
                if style.contains("display:none") {
                    table.grid.hide(row, row);
                }
            }
            b"td" | b"th" => table.open(span(tag, b"rowspan"), span(tag, b"colspan"))?,
            b"br" | b"p" | b"div" => table.line(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8]) -> Result<(), Kind> {
        if self.silent.as_deref() == Some(name) {
            self.silent = None;
        }
        match name {
            b"table" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.close()?;
                }
            }
            b"td" | b"th" | b"tr" if self.depth == 1 => {
                self.table.as_mut().map_or(Ok(()), Table::close)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.silent.is_none()
            && let Some((.., shown)) = self.table.as_mut().and_then(|table| table.cell.as_mut())
        {
            // A line of the source is no line of the page.
            for character in text.chars() {
                let blank = character.is_ascii_whitespace();
                if !blank {
                    shown.push(character);
                } else if !shown.ends_with([' ', '\n']) {
                    shown.push(' ');
                }
            }
        }
    }

    fn close(&mut self) -> Result<(), Kind> {
        if let Some(mut table) = self.table.take() {
            table.close()?;
            self.sheets.push(table.grid.finish()?);
        }
        Ok(())
    }
}

impl Table<'_> {
    fn open(&mut self, height: u32, width: u32) -> Result<(), Kind> {
        self.close()?;
        let row = *self.row.get_or_insert(0);
        let first = self.column;
        while self.covered.get(self.column as usize).is_some_and(|&until| until > row) {
            self.column += 1;
        }
        // A few letters can ask for much.
        self.bounds.unpack(u64::from(self.column - first + width))?;
        if self.column >= COLUMNS || row >= ROWS {
            return Err(bounds::cells());
        }
        let end = (self.column + width - 1).min(COLUMNS - 1);
        if self.covered.len() <= end as usize {
            self.covered.resize(end as usize + 1, 0);
        }
        for until in self.covered.iter_mut().take(end as usize + 1).skip(self.column as usize) {
            *until = row + height;
        }
        if height > 1 || width > 1 {
            let start = (row, self.column);
            self.grid.merge(Area { start, end: (row + height - 1, end) });
        }
        self.cell = Some((row, self.column, String::new()));
        self.column += width;
        Ok(())
    }

    fn line(&mut self) {
        if let Some((.., text)) = self.cell.as_mut().filter(|(.., text)| !text.is_empty()) {
            text.push('\n');
        }
    }

    fn close(&mut self) -> Result<(), Kind> {
        match self.cell.take() {
            Some((row, column, text)) => {
                self.grid.put(row, column, Value::Text(text.trim().to_owned()))
            }
            None => Ok(()),
        }
    }
}

fn span(tag: &StartTag<()>, name: &[u8]) -> u32 {
    let bound = if name == b"rowspan" { ROWS } else { COLUMNS };
    let stated = tag.attributes.get(name).map(|value| String::from_utf8_lossy(value));
    stated.and_then(|stated| stated.trim().parse().ok()).unwrap_or(1).clamp(1, bound)
}
