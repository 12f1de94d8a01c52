//! OpenDocument spreadsheets (OpenDocument 1.3, part 3).

use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, attribute, push_text};
use super::bounds::Bounds;
use super::{Area, Grid, Sheet, Value, format};
use crate::diagnostic::Kind;

/// Reads every sheet.
pub(super) fn read(archive: &mut Archive<'_>, bounds: &Bounds) -> Result<Vec<Sheet>, Kind> {
    let mut scan = Scan { bounds, ..Scan::new(bounds) };
    archive.xml("content.xml", |event| scan.event(event))?;
    if scan.grid.is_some() { Err(Kind::DamagedWorkbook) } else { Ok(scan.sheets) }
}

/// Whether the manifest says that parts are encrypted, or that all is one
/// encrypted part.
pub(super) fn is_encrypted(archive: &mut Archive<'_>) -> Result<bool, Kind> {
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

/// The content as far as it is read.
struct Scan<'a> {
    bounds: &'a Bounds,
    sheets: Vec<Sheet>,
    /// Styles of tables that are not shown.
    hiding: HashSet<String>,
    style: String,
    grid: Option<Grid<'a>>,
    /// First row of the element being read, and how often it is repeated.
    row: u32,
    rows: u32,
    column: u32,
    /// The values of the row with their columns and repetitions.
    values: Vec<(u32, u32, Value)>,
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
    text: String,
    paragraphs: usize,
    /// Elements that are open inside it.
    depth: usize,
    /// Whether the first of them is a paragraph: a note and a picture's text
    /// are not the cell's.
    paragraph: bool,
}

impl<'a> Scan<'a> {
    fn new(bounds: &'a Bounds) -> Self {
        Self {
            bounds,
            sheets: Vec::new(),
            hiding: HashSet::new(),
            style: String::new(),
            grid: None,
            row: 0,
            rows: 1,
            column: 0,
            values: Vec::new(),
            cell: None,
        }
    }

    fn event(&mut self, event: &Event<'_>) -> Result<(), Kind> {
        match event {
            Event::Start(element) => match &mut self.cell {
                Some(cell) => {
                    cell.start(element);
                    Ok(())
                }
                None => self.start(element),
            },
            Event::End(element) => match &mut self.cell {
                Some(cell) if cell.depth > 0 => {
                    cell.depth -= 1;
                    cell.paragraph &= cell.depth > 0;
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

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Kind> {
        match element.name().as_ref() {
            "style:style" => self.style = attribute(element, "name").unwrap_or_default(),
            "style:table-properties"
                if attribute(element, "display").is_some_and(|display| display == "false") =>
            {
                self.hiding.insert(self.style.clone());
            }
            "table:table" => {
                self.bounds.sheet()?;
                let name = attribute(element, "name").unwrap_or_default();
                let style = attribute(element, "style-name").unwrap_or_default();
                self.grid = Some(Grid::new(&name, self.hiding.contains(&style), self.bounds));
                self.row = 0;
            }
            "table:table-row" => {
                self.rows = number(element, "number-rows-repeated");
                self.column = 0;
                let shown = attribute(element, "visibility").is_none_or(|seen| seen == "visible");
                if let Some(grid) = self.grid.as_mut().filter(|_| !shown) {
                    grid.hide(self.row, self.row.saturating_add(self.rows - 1));
                }
            }
            "table:table-cell" | "table:covered-table-cell" => self.open(element),
            _ => {}
        }
        Ok(())
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
                "calcext:value-type" => cell.error = value == "error",
                "office:value"
                | "office:string-value"
                | "office:date-value"
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

    fn end(&mut self, name: &str) -> Result<(), Kind> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return Ok(()) };
                let repeated = cell.repeated;
                let value = cell.value();
                if !value.is_blank() {
                    self.values.push((self.column, repeated, value));
                }
                self.column = self.column.saturating_add(repeated);
            }
            "table:table-row" => {
                let values = std::mem::take(&mut self.values);
                let rows = if values.is_empty() { 0 } else { self.rows };
                for row in self.row..self.row.saturating_add(rows) {
                    for (column, repeated, value) in &values {
                        for column in *column..column.saturating_add(*repeated) {
                            self.put(row, column, value.clone())?;
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

    fn put(&mut self, row: u32, column: u32, value: Value) -> Result<(), Kind> {
        self.grid.as_mut().map_or(Ok(()), |grid| grid.put(row, column, value))
    }
}

impl Open {
    fn start(&mut self, element: &BytesStart<'_>) {
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
                _ => {}
            }
        }
    }

    fn value(self) -> Value {
        let Self { kind, value, formula, error, text, .. } = self;
        if error {
            return Value::Error(text);
        }
        if formula && kind.is_empty() && text.is_empty() {
            return Value::Formula;
        }
        let stated = value.as_deref().unwrap_or(&text);
        match kind.as_str() {
            "float" | "percentage" | "currency" => {
                stated.trim().parse().map_or(Value::Text(text), Value::Number)
            }
            "date" => format::iso(stated),
            "boolean" => Value::Truth(stated == "true"),
            "string" => Value::Text(value.unwrap_or(text)),
            _ => Value::Text(text),
        }
    }
}

/// A count that is 1 where it is left out.
fn number(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}
