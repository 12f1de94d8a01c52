//! Workbooks in one XML file, as Excel 2003 and many reporting tools save them.

use quick_xml::events::{BytesStart, Event};

use super::archive::{attribute, flag, push_text, xml};
use super::bounds::Bounds;
use super::{Area, Grid, Sheet, Value, format};
use crate::diagnostic::Kind;

/// Whether a text is such a workbook.
pub(super) fn is(text: &str) -> bool {
    let end = text.char_indices().nth(2000).map_or(text.len(), |(at, _)| at);
    let start = &text[..end];
    start.trim_start().starts_with('<')
        && start.contains("Workbook")
        && start.contains("urn:schemas-microsoft-com:office:spreadsheet")
}

/// Reads every worksheet.
pub(super) fn read(text: &str, bounds: &Bounds) -> Result<Vec<Sheet>, Kind> {
    let mut scan = Scan {
        bounds,
        sheets: Vec::new(),
        grid: None,
        row: 0,
        rows: 1,
        column: 0,
        cell: Cell::default(),
        capture: false,
        visible: None,
    };
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    xml(text.as_bytes(), bounds, |event| scan.event(event))?;
    if scan.grid.is_some() { Err(Kind::DamagedWorkbook) } else { Ok(scan.sheets) }
}

struct Scan<'a> {
    bounds: &'a Bounds,
    sheets: Vec<Sheet>,
    grid: Option<Grid<'a>>,
    row: u32,
    /// How many rows the one being read stands for.
    rows: u32,
    column: u32,
    cell: Cell,
    capture: bool,
    visible: Option<String>,
}

#[derive(Default)]
struct Cell {
    kind: String,
    text: String,
    formula: bool,
    width: u32,
}

impl Scan<'_> {
    fn event(&mut self, event: &Event<'_>) -> Result<(), Kind> {
        match event {
            Event::Start(element) => self.start(element),
            Event::End(element) => self.end(element.local_name().as_ref()),
            event => {
                if self.capture {
                    push_text(event, &mut self.cell.text);
                } else if let Some(visible) = &mut self.visible {
                    push_text(event, visible);
                }
                Ok(())
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Kind> {
        let index = || number(element, "Index").and_then(|index| index.checked_sub(1));
        match element.local_name().as_ref() {
            "Worksheet" => {
                self.bounds.sheet()?;
                let name = attribute(element, "Name").unwrap_or_default();
                self.grid = Some(Grid::new(&name, false, self.bounds));
                self.row = 0;
            }
            "Row" => {
                self.row = index().unwrap_or(self.row);
                self.rows = number(element, "Span").unwrap_or(0).saturating_add(1);
                self.column = 0;
                if let Some(grid) = self.grid.as_mut().filter(|_| flag(element, "Hidden")) {
                    grid.hide(self.row, self.row.saturating_add(self.rows - 1));
                }
            }
            "Cell" => {
                self.column = index().unwrap_or(self.column);
                let across = number(element, "MergeAcross").unwrap_or(0);
                let down = number(element, "MergeDown").unwrap_or(0);
                if let Some(grid) = self.grid.as_mut().filter(|_| across > 0 || down > 0) {
                    let start = (self.row, self.column);
                    let end = (start.0.saturating_add(down), start.1.saturating_add(across));
                    grid.merge(Area { start, end });
                }
                let formula = attribute(element, "Formula").is_some();
                self.cell = Cell { formula, width: across.saturating_add(1), ..Cell::default() };
            }
            "Data" => {
                self.cell.kind = attribute(element, "Type").unwrap_or_default();
                self.capture = true;
            }
            // A hidden sheet says so after its table.
            "Visible" => self.visible = Some(String::new()),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Kind> {
        match name {
            "Data" => self.capture = false,
            "Visible" => {
                let visible = self.visible.take().unwrap_or_default();
                if let Some(grid) = &mut self.grid {
                    grid.hide_sheet(visible.trim() != "SheetVisible");
                }
            }
            "Cell" => {
                let cell = std::mem::take(&mut self.cell);
                let width = cell.width.max(1);
                if let Some(grid) = &mut self.grid {
                    grid.put(self.row, self.column, cell.value())?;
                }
                self.column = self.column.saturating_add(width);
            }
            "Row" => self.row = self.row.saturating_add(self.rows),
            "Worksheet" => {
                if let Some(grid) = self.grid.take() {
                    self.sheets.push(grid.finish()?);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl Cell {
    fn value(self) -> Value {
        let Self { kind, text, formula, .. } = self;
        match kind.as_str() {
            "" if formula => Value::Formula,
            "Number" => text.trim().parse().map_or(Value::Text(text), Value::Number),
            "DateTime" => format::iso(&text),
            "Boolean" => Value::Truth(text.trim() == "1"),
            "Error" => Value::Error(text),
            _ => Value::Text(text),
        }
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}
