//! The tables of an HTML page, which many a program saves under `.xls`.

use std::collections::HashSet;

use html5gum::{StartTag, Token, Tokenizer};

use super::bounds::{self, Bounds, COLUMNS, ROWS};
use super::cell::{Cell, Value};
use super::grid::Grid;
use super::refusal::Refusal;
use super::runs::Runs;
use super::sheet::{Area, Sheet};

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
pub(super) fn read(text: &str, name: &str, bounds: &Bounds) -> Result<Vec<Sheet>, Refusal> {
    let mut page = HtmlPage {
        name,
        bounds,
        sheets: Vec::new(),
        table: None,
        depth: 0,
        silent: None,
        looks: Looks::default(),
    };
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

struct HtmlPage<'a> {
    name: &'a str,
    bounds: &'a Bounds,
    sheets: Vec<Sheet>,
    table: Option<Table<'a>>,
    /// Tables that are open; the text of inner ones belongs to the cell.
    depth: usize,
    /// The element whose text is not shown.
    silent: Option<Vec<u8>>,
    looks: Looks,
}

/// The classes of a page that strike out, and those that hide.
#[derive(Default)]
struct Looks {
    striking: HashSet<String>,
    hiding: HashSet<String>,
}

impl Looks {
    /// Takes in a style sheet: rules such as `.xl65 {text-decoration:line-through}`.
    fn read(&mut self, sheet: &str) {
        for rule in sheet.split('}') {
            let Some((selectors, body)) = rule.split_once('{') else { continue };
            let classes = || {
                let words = selectors.split(|c: char| c == ',' || c.is_whitespace());
                words.filter_map(|word| word.rsplit_once('.')).map(|(_, class)| class.to_owned())
            };
            if strikes(body) {
                self.striking.extend(classes());
            }
            if hides(body) {
                self.hiding.extend(classes());
            }
        }
    }

    /// Whether an element strikes out what is in it.
    fn strikes(&self, tag: &StartTag<()>) -> bool {
        matches!(&tag.name[..], b"s" | b"strike" | b"del")
            || strikes(&text(tag, b"style"))
            || text(tag, b"class").split_whitespace().any(|class| self.striking.contains(class))
    }

    /// Whether a row or a column is not shown.
    fn hides(&self, tag: &StartTag<()>, measure: &[u8]) -> bool {
        hides(&text(tag, b"style"))
            || text(tag, b"class").split_whitespace().any(|class| self.hiding.contains(class))
            || matches!(text(tag, measure).trim(), "0" | "0px" | "0pt")
    }
}

fn text(tag: &StartTag<()>, attribute: &[u8]) -> String {
    let value = tag.attributes.get(attribute).map(|value| String::from_utf8_lossy(value));
    value.unwrap_or_default().into_owned()
}

fn strikes(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    style.split(';').any(|rule| rule.contains("text-decoration") && rule.contains("line-through"))
}

fn hides(style: &str) -> bool {
    style.to_ascii_lowercase().replace(' ', "").contains("display:none")
}

struct Table<'a> {
    bounds: &'a Bounds,
    grid: Grid<'a>,
    /// The row being read; none before the first.
    row: Option<u32>,
    column: u32,
    /// Until which row each column is covered from above, exclusive.
    covered: Vec<u32>,
    /// The column that the next `col` stands for.
    described: u32,
    /// Whether the row is struck out.
    struck: bool,
    cell: Option<Open>,
}

/// A cell that is being read.
struct Open {
    at: (u32, u32),
    text: String,
    /// Which parts of the text are struck out, and where the last begins.
    runs: Runs,
    run: usize,
    /// The elements that are open inside it and strike out, by name.
    striking: Vec<Vec<u8>>,
}

impl Open {
    /// Ends a part of the text.
    fn close(&mut self) {
        self.runs.add(&self.text[self.run..], Some(!self.striking.is_empty()));
        self.run = self.text.len();
    }
}

impl<'a> HtmlPage<'a> {
    fn start(&mut self, tag: &StartTag<()>) -> Result<(), Refusal> {
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
                        described: 0,
                        struck: false,
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
            b"col" => {
                let width = span(tag, b"span");
                if self.looks.hides(tag, b"width") {
                    let first = table.described;
                    table.grid.hide_columns(first, first.saturating_add(width - 1));
                }
                table.described = table.described.saturating_add(width);
            }
            b"tr" => {
                table.close()?;
                let row = table.row.map_or(0, |row| row + 1);
                table.row = Some(row);
                table.column = 0;
                table.struck = self.looks.strikes(tag);
                if self.looks.hides(tag, b"height") {
                    table.grid.hide(row, row);
                }
            }
            b"td" | b"th" => {
                let struck = table.struck || self.looks.strikes(tag);
                table.open(span(tag, b"rowspan"), span(tag, b"colspan"), struck)?;
            }
            b"br" | b"p" | b"div" => table.line(),
            _ => {}
        }
        if let Some(cell) = table.cell.as_mut().filter(|_| !matches!(name, b"td" | b"th" | b"br"))
            && self.looks.strikes(tag)
        {
            cell.close();
            cell.striking.push(name.to_vec());
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8]) -> Result<(), Refusal> {
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
            name => {
                let cell = self.table.as_mut().and_then(|table| table.cell.as_mut());
                if let Some(cell) = cell
                    && let Some(at) = cell.striking.iter().rposition(|open| open == name)
                {
                    cell.close();
                    cell.striking.remove(at);
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.silent.as_deref() == Some(b"style") {
            self.looks.read(text);
        }
        if self.silent.is_none()
            && let Some(cell) = self.table.as_mut().and_then(|table| table.cell.as_mut())
        {
            let shown = &mut cell.text;
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

    fn close(&mut self) -> Result<(), Refusal> {
        if let Some(mut table) = self.table.take() {
            table.close()?;
            self.sheets.push(table.grid.finish()?);
        }
        Ok(())
    }
}

impl Table<'_> {
    fn open(&mut self, height: u32, width: u32, struck: bool) -> Result<(), Refusal> {
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
        self.cell = Some(Open {
            at: (row, self.column),
            text: String::new(),
            runs: Runs::default(),
            run: 0,
            // The cell itself, which no end inside it closes.
            striking: if struck { vec![Vec::new()] } else { Vec::new() },
        });
        self.column += width;
        Ok(())
    }

    fn line(&mut self) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
            cell.text.push('\n');
        }
    }

    fn close(&mut self) -> Result<(), Refusal> {
        let Some(mut open) = self.cell.take() else { return Ok(()) };
        open.close();
        let value = Value::Text(open.text.trim().to_owned());
        let (struck, partly_struck) = (open.runs.struck(false), open.runs.partly_struck(false));
        self.grid.put(
            open.at.0,
            open.at.1,
            Cell { value, struck, partly_struck, ..Cell::default() },
        )
    }
}

fn span(tag: &StartTag<()>, name: &[u8]) -> u32 {
    let bound = if name == b"rowspan" { ROWS } else { COLUMNS };
    let stated = tag.attributes.get(name).map(|value| String::from_utf8_lossy(value));
    stated.and_then(|stated| stated.trim().parse().ok()).unwrap_or(1).clamp(1, bound)
}
