//! Workbooks in one XML file, as Excel 2003 and many reporting tools save them.

use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::archive::{attribute, flag, push_text, xml};
use super::bounds::Bounds;
use super::cell::{Cell, Value};
use super::format::{Format, Style};
use super::grid::Grid;
use super::refusal::Refusal;
use super::runs::{Runs, SharedText};
use super::sheet::{Area, Sheet};

/// Whether a text is such a workbook.
pub(super) fn is(text: &str) -> bool {
    let end = text.char_indices().nth(2000).map_or(text.len(), |(at, _)| at);
    let start = &text[..end];
    start.trim_start().starts_with('<')
        && start.contains("Workbook")
        && start.contains("urn:schemas-microsoft-com:office:spreadsheet")
}

/// Reads every worksheet.
pub(super) fn read(text: &str, bounds: &Bounds) -> Result<Vec<Sheet>, Refusal> {
    let mut scan = Scan {
        bounds,
        sheets: Vec::new(),
        styles: HashMap::new(),
        style: String::new(),
        grid: None,
        row: 0,
        rows: 1,
        row_style: None,
        column: 0,
        column_styles: Vec::new(),
        cell: Open::default(),
        capture: false,
        visible: None,
    };
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    xml(text.as_bytes(), bounds, |event| scan.event(event))?;
    if scan.grid.is_some() { Err(Refusal::DamagedWorkbook) } else { Ok(scan.sheets) }
}

struct Scan<'a> {
    bounds: &'a Bounds,
    sheets: Vec<Sheet>,
    styles: HashMap<String, Style>,
    /// The style that is being read.
    style: String,
    grid: Option<Grid<'a>>,
    row: u32,
    /// How many rows the one being read stands for, and its style.
    rows: u32,
    row_style: Option<String>,
    column: u32,
    /// The first column after those with each style, and the style.
    column_styles: Vec<(u32, Option<String>)>,
    cell: Open,
    capture: bool,
    visible: Option<String>,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    style: Option<String>,
    kind: String,
    text: String,
    /// Which parts of the text are struck out; how many elements that strike
    /// are open, and where the part being read begins.
    runs: Runs,
    striking: usize,
    run: usize,
    formula: bool,
    width: u32,
}

impl Scan<'_> {
    fn event(&mut self, event: &Event<'_>) -> Result<(), Refusal> {
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

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Refusal> {
        let index = || number(element, "Index").and_then(|index| index.checked_sub(1));
        let style = || attribute(element, "StyleID");
        let is_nothing = |name| {
            attribute(element, name).is_some_and(|measure| measure.trim().parse() == Ok(0.0))
        };
        match element.local_name().as_ref() {
            "Style" => self.open_style(element),
            "NumberFormat" => {
                if let Some(style) = self.styles.get_mut(&self.style) {
                    let code = attribute(element, "Format").unwrap_or_default();
                    style.format = Arc::new(Format::new(named(&code)));
                }
            }
            "Font" if self.grid.is_none() => {
                if let Some(style) = self.styles.get_mut(&self.style) {
                    style.struck = flag(element, "StrikeThrough");
                }
            }
            "Worksheet" => {
                self.bounds.sheet()?;
                let name = attribute(element, "Name").unwrap_or_default();
                self.grid = Some(Grid::new(&name, false, self.bounds));
                (self.row, self.column) = (0, 0);
                self.column_styles.clear();
            }
            "Column" => {
                let first = index().unwrap_or(self.column);
                self.column_styles.push((first, None));
                self.column =
                    first.saturating_add(number(element, "Span").unwrap_or(0)).saturating_add(1);
                let hidden = flag(element, "Hidden") || is_nothing("Width");
                if let Some(grid) = self.grid.as_mut().filter(|_| hidden) {
                    grid.hide_columns(first, self.column - 1);
                }
                self.column_styles.push((self.column, style()));
            }
            "Row" => {
                self.row = index().unwrap_or(self.row);
                self.rows = number(element, "Span").unwrap_or(0).saturating_add(1);
                self.column = 0;
                self.row_style = style();
                let hidden = flag(element, "Hidden") || is_nothing("Height");
                if let Some(grid) = self.grid.as_mut().filter(|_| hidden) {
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
                let width = across.saturating_add(1);
                self.cell = Open { style: style(), formula, width, ..Open::default() };
            }
            "Data" => {
                self.cell.kind = attribute(element, "Type").unwrap_or_default();
                self.capture = true;
            }
            "S" if self.capture => {
                self.cell.close();
                self.cell.striking += 1;
            }
            // A hidden sheet says so after its table.
            "Visible" => self.visible = Some(String::new()),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "Data" => {
                self.cell.close();
                self.capture = false;
            }
            "S" if self.capture => {
                self.cell.close();
                self.cell.striking = self.cell.striking.saturating_sub(1);
            }
            "Visible" => {
                let visible = self.visible.take().unwrap_or_default();
                if let Some(grid) = &mut self.grid {
                    grid.hide_sheet(visible.trim() != "SheetVisible");
                }
            }
            "Cell" => {
                let cell = std::mem::take(&mut self.cell);
                let width = cell.width.max(1);
                let cell = cell.cell(&self.look(cell.style.as_deref()));
                if let Some(grid) = &mut self.grid {
                    grid.put(self.row, self.column, cell)?;
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

impl Scan<'_> {
    /// A style begins as a copy of its parent.
    fn open_style(&mut self, element: &BytesStart<'_>) {
        self.style = attribute(element, "ID").unwrap_or_default();
        let parent = attribute(element, "Parent").unwrap_or_else(|| DEFAULT.to_owned());
        let style = self.styles.get(&parent).cloned().unwrap_or_default();
        self.styles.insert(self.style.clone(), style);
    }

    /// The cell's style, or else its row's or its column's.
    fn look(&self, own: Option<&str>) -> Style {
        let at = self.column_styles.partition_point(|(end, _)| *end <= self.column);
        let of_column = || self.column_styles.get(at).and_then(|(_, style)| style.as_deref());
        let name = own.or(self.row_style.as_deref()).or_else(of_column).unwrap_or(DEFAULT);
        self.styles.get(name).cloned().unwrap_or_default()
    }
}

impl Open {
    /// Ends a part of the text.
    fn close(&mut self) {
        self.runs.add(&self.text[self.run..], (self.striking > 0).then_some(true));
        self.run = self.text.len();
    }

    fn cell(&self, style: &Style) -> Cell {
        let text = || self.text.clone();
        match self.kind.as_str() {
            "" if self.formula => style.plain(Value::Formula),
            "Number" => match self.text.trim().parse() {
                Ok(number) => style.number(number, false),
                Err(_) => style.text(text()),
            },
            "DateTime" => style.moment(&self.text),
            "Boolean" => style.plain(Value::Truth(self.text.trim() == "1")),
            "Error" => style.plain(Value::Error(text())),
            _ => SharedText { text: text(), runs: self.runs }.cell(style),
        }
    }
}

/// The style of what has none.
const DEFAULT: &str = "Default";

/// The code of a format that goes by a name.
fn named(format: &str) -> &str {
    match format {
        "" | "General Number" => "General",
        "General Date" => "yyyy/m/d h:mm",
        "Long Date" => "yyyy\"年\"m\"月\"d\"日\"",
        "Medium Date" => "d-mmm-yy",
        "Short Date" => "yyyy/m/d",
        "Long Time" => "h:mm:ss",
        "Medium Time" => "h:mm AM/PM",
        "Short Time" => "h:mm",
        "Currency" => "\"¥\"#,##0.00;\"¥\"\\-#,##0.00",
        "Euro Currency" => "\"€\"#,##0.00;\"€\"\\-#,##0.00",
        "Fixed" => "0.00",
        "Standard" => "#,##0.00",
        "Percent" => "0.00%",
        "Scientific" => "0.00E+00",
        "Yes/No" => "\"Yes\";\"Yes\";\"No\"",
        "True/False" => "\"True\";\"True\";\"False\"",
        "On/Off" => "\"On\";\"On\";\"Off\"",
        code => code,
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}
