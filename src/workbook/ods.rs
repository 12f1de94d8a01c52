//! OpenDocument spreadsheets (OpenDocument 1.3, part 3).

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, attribute, push_text};
use super::bounds::Bounds;
use super::cell::{Cell, Value};
use super::format::Style as Look;
use super::grid::Grid;
use super::refusal::Refusal;
use super::runs::Runs;
use super::sheet::{Area, Sheet};

/// Reads every sheet.
pub(super) fn read(archive: &mut Archive<'_>, bounds: &Bounds) -> Result<Vec<Sheet>, Refusal> {
    const COMMON: &str = "styles.xml";
    let mut styles = Styles::default();
    if archive.has(COMMON) {
        archive.xml(COMMON, |event| {
            if let Event::Start(element) = event {
                styles.start(element);
            }
            Ok(())
        })?;
    }
    let mut scan = Scan::new(styles, bounds);
    archive.xml("content.xml", |event| scan.event(event))?;
    if scan.grid.is_some() { Err(Refusal::DamagedWorkbook) } else { Ok(scan.sheets) }
}

/// Whether the manifest says that parts are encrypted, or that all is one
/// encrypted part.
pub(super) fn is_encrypted(archive: &mut Archive<'_>) -> Result<bool, Refusal> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    let mut encrypted = archive.has("encrypted-package");
    if archive.has(MANIFEST) {
        archive.xml(MANIFEST, |event| {
            encrypted |= matches!(event, Event::Start(element)
                if element.local_name().as_ref() == "encryption-data");
            Ok(())
        })?;
    }
    Ok(encrypted)
}

/// The styles that were read, by family and name.
#[derive(Default)]
struct Styles {
    known: HashMap<(String, String), Style>,
    open: (String, String),
}

/// What a style says of what it is for; what it does not say, its parent does.
#[derive(Default)]
struct Style {
    parent: String,
    struck: Option<bool>,
    /// A sheet, a row without height or a column without width.
    unseen: bool,
}

impl Styles {
    fn start(&mut self, element: &BytesStart<'_>) {
        let says = |name, test: fn(&str) -> bool| {
            attribute(element, name).is_some_and(|value| test(&value))
        };
        let none = |value: &str| {
            let end = value.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(value.len());
            value[..end].parse() == Ok(0.0)
        };
        match element.name().as_ref() {
            "style:style" => {
                let text = |name| attribute(element, name).unwrap_or_default();
                self.open = (text("family"), text("name"));
                let parent = text("parent-style-name");
                self.known.insert(self.open.clone(), Style { parent, ..Style::default() });
            }
            "style:text-properties" => {
                let line = attribute(element, "text-line-through-style")
                    .or_else(|| attribute(element, "text-line-through-type"));
                if let Some(style) = self.known.get_mut(&self.open) {
                    style.struck = line.map(|line| line != "none");
                }
            }
            "style:table-properties"
            | "style:table-row-properties"
            | "style:table-column-properties" => {
                let unseen = says("display", |display| display == "false")
                    || says("row-height", none)
                    || says("column-width", none);
                if let Some(style) = self.known.get_mut(&self.open) {
                    style.unseen |= unseen;
                }
            }
            _ => {}
        }
    }

    fn get(&self, family: &str, name: &str) -> Option<&Style> {
        self.known.get(&(family.to_owned(), name.to_owned()))
    }

    fn is_unseen(&self, family: &str, name: &str) -> bool {
        self.get(family, name).is_some_and(|style| style.unseen)
    }

    /// Whether a style strikes out, if it or one it comes from says so.
    fn struck(&self, family: &str, name: &str) -> Option<bool> {
        /// No chain of parents is as long, unless it is a ring.
        const LONGEST: usize = 20;
        let mut style = self.get(family, name);
        for _ in 0..LONGEST {
            let found = style?;
            if found.struck.is_some() {
                return found.struck;
            }
            style = self.get(family, &found.parent);
        }
        None
    }
}

/// The content as far as it is read.
struct Scan<'a> {
    bounds: &'a Bounds,
    sheets: Vec<Sheet>,
    styles: Styles,
    /// Whether each style of cells that was asked for is struck out.
    struck: HashMap<String, bool>,
    grid: Option<Grid<'a>>,
    /// First row of the element being read, how often it is repeated, and the
    /// style of its cells.
    row: u32,
    rows: u32,
    row_style: Option<String>,
    column: u32,
    /// The first column after the cells with each style, and the style.
    column_styles: Vec<(u32, Option<String>)>,
    /// The cells of the row with their columns and repetitions.
    cells: Vec<(u32, u32, Cell)>,
    cell: Option<Open>,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    repeated: u32,
    kind: String,
    value: Option<String>,
    formula: bool,
    error: bool,
    style: Option<String>,
    text: String,
    /// Which parts of the text are struck out; the open parts and where the
    /// last of them begins.
    runs: Runs,
    spans: Vec<Option<bool>>,
    run: usize,
    paragraphs: usize,
    /// Elements that are open inside it.
    depth: usize,
    /// Whether the first of them is a paragraph: a note and a picture's text
    /// are not the cell's.
    paragraph: bool,
}

impl<'a> Scan<'a> {
    fn new(styles: Styles, bounds: &'a Bounds) -> Self {
        Self {
            bounds,
            sheets: Vec::new(),
            styles,
            struck: HashMap::new(),
            grid: None,
            row: 0,
            rows: 1,
            row_style: None,
            column: 0,
            column_styles: Vec::new(),
            cells: Vec::new(),
            cell: None,
        }
    }

    fn event(&mut self, event: &Event<'_>) -> Result<(), Refusal> {
        match event {
            Event::Start(element) => match &mut self.cell {
                Some(cell) => {
                    cell.start(element, &self.styles);
                    Ok(())
                }
                None => self.start(element),
            },
            Event::End(element) => match &mut self.cell {
                Some(cell) if cell.depth > 0 => {
                    cell.end(element.name().as_ref());
                    Ok(())
                }
                _ => self.end(element.name().as_ref()),
            },
            event => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| cell.paragraph) {
                    push_text(event, &mut cell.text);
                }
                Ok(())
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Refusal> {
        let style = |name| attribute(element, name);
        let seen = || attribute(element, "visibility").is_none_or(|seen| seen == "visible");
        match element.name().as_ref() {
            "table:table" => {
                self.bounds.sheet()?;
                let name = attribute(element, "name").unwrap_or_default();
                let style = style("style-name").unwrap_or_default();
                let hidden = self.styles.is_unseen("table", &style);
                self.grid = Some(Grid::new(&name, hidden, self.bounds));
                (self.row, self.column) = (0, 0);
                self.column_styles.clear();
            }
            "table:table-column" => {
                let first = self.column;
                self.column = first.saturating_add(number(element, "number-columns-repeated"));
                let own = style("style-name").unwrap_or_default();
                let hidden = !seen() || self.styles.is_unseen("table-column", &own);
                if let Some(grid) = self.grid.as_mut().filter(|_| hidden) {
                    grid.hide_columns(first, self.column - 1);
                }
                self.column_styles.push((self.column, style("default-cell-style-name")));
            }
            "table:table-row" => {
                self.rows = number(element, "number-rows-repeated");
                self.column = 0;
                self.row_style = style("default-cell-style-name");
                let own = style("style-name").unwrap_or_default();
                let hidden = !seen() || self.styles.is_unseen("table-row", &own);
                if let Some(grid) = self.grid.as_mut().filter(|_| hidden) {
                    grid.hide(self.row, self.row.saturating_add(self.rows - 1));
                }
            }
            "table:table-cell" | "table:covered-table-cell" => self.open(element),
            _ if self.grid.is_none() => self.styles.start(element),
            _ => {}
        }
        Ok(())
    }

    /// Whether the cell's own font is struck out: that of its style, or else of
    /// its row's or its column's.
    fn is_struck(&mut self, style: Option<String>) -> bool {
        let of_column = || {
            let at = self.column_styles.partition_point(|(end, _)| *end <= self.column);
            self.column_styles.get(at).and_then(|(_, style)| style.clone())
        };
        let Some(style) = style.or_else(|| self.row_style.clone()).or_else(of_column) else {
            return false;
        };
        if let Some(&struck) = self.struck.get(&style) {
            return struck;
        }
        let struck = self.styles.struck("table-cell", &style).unwrap_or(false);
        self.struck.insert(style, struck);
        struck
    }

    fn open(&mut self, element: &BytesStart<'_>) {
        let mut cell = Open { repeated: 1, ..Open::default() };
        let (mut height, mut width) = (1, 1);
        let mut attributes = element.attributes();
        for attribute in attributes.with_checks(false).flatten() {
            let Ok(value) = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) else {
                continue;
            };
            let counted = || value.parse().unwrap_or(1).max(1);
            match attribute.key.as_ref() {
                "table:number-columns-repeated" => cell.repeated = counted(),
                "table:number-rows-spanned" => height = counted(),
                "table:number-columns-spanned" => width = counted(),
                "table:formula" => cell.formula = true,
                "office:value-type" => cell.kind = value.into_owned(),
                "table:style-name" => cell.style = Some(value.into_owned()),
                "calcext:value-type" => cell.error = value == "error",
                "office:value"
                | "office:string-value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value" => cell.value = Some(value.into_owned()),
                _ => {}
            }
        }
        if let Some(grid) = self.grid.as_mut().filter(|_| height > 1 || width > 1) {
            let start = (self.row, self.column);
            let end = (start.0.saturating_add(height - 1), start.1.saturating_add(width - 1));
            grid.merge(Area { start, end });
        }
        self.cell = Some(cell);
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                let Some(mut open) = self.cell.take() else { return Ok(()) };
                let (repeated, style) = (open.repeated, open.style.take());
                let cell = open.cell();
                if let Some((cell, runs)) = cell.filter(|(cell, _)| !cell.is_blank()) {
                    let of_cell = self.is_struck(style);
                    let (struck, partly_struck) =
                        (runs.struck(of_cell), runs.partly_struck(of_cell));
                    let cell = Cell { struck, partly_struck, ..cell };
                    self.cells.push((self.column, repeated, cell));
                }
                self.column = self.column.saturating_add(repeated);
            }
            "table:table-row" => {
                let cells = std::mem::take(&mut self.cells);
                let rows = if cells.is_empty() { 0 } else { self.rows };
                for row in self.row..self.row.saturating_add(rows) {
                    for (column, repeated, cell) in &cells {
                        for column in *column..column.saturating_add(*repeated) {
                            self.put(row, column, cell.clone())?;
                        }
                    }
                }
                self.row = self.row.saturating_add(self.rows);
            }
            "table:table" => {
                // LibreOffice keeps what it read from other files as tables.
                if let Some(grid) =
                    self.grid.take().filter(|grid| !grid.name().starts_with("'file:"))
                {
                    self.sheets.push(grid.finish()?);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Refusal> {
        self.grid.as_mut().map_or(Ok(()), |grid| grid.put(row, column, cell))
    }
}

impl Open {
    fn start(&mut self, element: &BytesStart<'_>, styles: &Styles) {
        let name = element.name();
        if self.depth == 0 && name.as_ref() == "text:p" {
            if self.paragraphs > 0 {
                self.text.push('\n');
            }
            self.paragraphs += 1;
            self.paragraph = true;
        }
        self.depth += 1;
        if self.paragraph {
            match name.as_ref() {
                "text:s" => {
                    let blanks = number(element, "c").min(1000);
                    self.text.extend((0..blanks).map(|_| ' '));
                }
                "text:tab" => self.text.push('\t'),
                "text:line-break" => self.text.push('\n'),
                "text:span" => {
                    self.close();
                    let style = attribute(element, "style-name").unwrap_or_default();
                    let around = self.spans.last().copied().flatten();
                    self.spans.push(styles.struck("text", &style).or(around));
                }
                _ => {}
            }
        }
    }

    fn end(&mut self, name: &str) {
        self.depth -= 1;
        if self.paragraph && name == "text:span" {
            self.close();
            self.spans.pop();
        }
        self.paragraph &= self.depth > 0;
    }

    /// Ends a part of the text.
    fn close(&mut self) {
        self.runs.add(&self.text[self.run..], self.spans.last().copied().flatten());
        self.run = self.text.len();
    }

    /// The cell, if it holds anything, and which parts of it are struck out.
    /// What is shown stands in the file, so no format is needed.
    fn cell(mut self) -> Option<(Cell, Runs)> {
        self.close();
        let Self { kind, value, formula, error, text, runs, paragraphs, .. } = self;
        if error {
            return Some((Value::Error(text).into(), runs));
        }
        if formula && kind.is_empty() && text.is_empty() {
            return Some((Value::Formula.into(), runs));
        }
        let stated = value.as_deref().unwrap_or(&text);
        let value = match kind.as_str() {
            "float" | "percentage" | "currency" => stated.trim().parse().ok().map(Value::Number),
            "date" => Some(Look::default().moment(stated).value),
            "time" => duration(stated).map(Value::Number),
            "boolean" => Some(Value::Truth(stated == "true")),
            "string" => Some(Value::Text(stated.to_owned())),
            _ => None,
        };
        let value = value.unwrap_or_else(|| Value::Text(text.clone()));
        let text = if matches!(value, Value::Text(_)) { &text } else { text.trim() };
        let shown = (paragraphs > 0 && text != value.text()).then(|| text.into());
        Some((Cell { value, shown, ..Cell::default() }, runs))
    }
}

/// A length of time such as `PT12H30M00S` in days.
fn duration(text: &str) -> Option<f64> {
    let span: jiff::SignedDuration = text.trim().parse().ok()?;
    Some(span.as_secs_f64() / 86400.0)
}

/// A count that is 1 where it is left out.
fn number(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}
