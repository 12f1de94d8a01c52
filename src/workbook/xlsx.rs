//! Office Open XML workbooks (ECMA-376, part 1): xlsx and xlsm.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, attribute, flag, halves, push_text, second_half, xml};
use super::bounds::Bounds;
use super::cell::{Cell, Value};
use super::format::{Format, Style, built_in};
use super::grid::Grid;
use super::refusal::Refusal;
use super::runs::{Runs, SharedText};
use super::sheet::{Area, Sheet};

/// Reads every worksheet; chart sheets are passed over.
pub(super) fn read(
    archive: &mut Archive<'_>,
    workbook: &str,
    bounds: &Bounds,
) -> Result<Vec<Sheet>, Refusal> {
    let links = links(archive, workbook)?;
    let book = book(archive, workbook, bounds)?;
    let linked = |kind: &str| links.values().find(|link| link.kind == kind);
    let strings = match linked("sharedStrings") {
        Some(link) if archive.has(&link.path) => strings(archive, &link.path)?,
        _ => Vec::new(),
    };
    let styles = match linked("styles") {
        Some(link) if archive.has(&link.path) => styles(archive, &link.path)?,
        _ => Vec::new(),
    };
    let mut sheets = Vec::new();
    for listed in &book.sheets {
        let link = links.get(&listed.link).ok_or(Refusal::DamagedWorkbook)?;
        if link.kind != "worksheet" {
            continue;
        }
        let scan = || {
            let grid = Grid::new(&listed.name, listed.hidden, bounds);
            Scan::new(grid, &strings, &styles, book.since_1904)
        };
        let (mut scan, mut rest) = (scan(), scan());
        let text = archive.text(&link.path)?;
        match halves(&text) {
            None => xml(&text, bounds, |event| scan.event(event))?,
            Some((first, second)) => {
                let (first, second) = rayon::join(
                    || xml(first, bounds, |event| scan.event(event)),
                    || second_half(second, bounds, |event| rest.event(event)),
                );
                first.and(second)?;
                scan.grid.append(rest.grid);
            }
        }
        // A part that is cut off, or no sheet at all.
        if !scan.data {
            return Err(Refusal::DamagedWorkbook);
        }
        sheets.push(scan.grid.finish()?);
    }
    Ok(sheets)
}

/// Where the workbook part lies, if the zip is an Office Open XML file.
pub(super) fn workbook_path(archive: &mut Archive<'_>) -> Result<String, Refusal> {
    const USUAL: [&str; 2] = ["xl/workbook.bin", "xl/workbook.xml"];
    let links = if archive.has("_rels/.rels") { links(archive, "")? } else { BTreeMap::new() };
    let named = links.into_values().find(|link| link.kind == "officeDocument");
    let named = named.map(|link| link.path).filter(|path| archive.has(path));
    let usual = || USUAL.into_iter().find(|path| archive.has(path)).unwrap_or(USUAL[1]).to_owned();
    Ok(named.unwrap_or_else(usual))
}

/// A part that another refers to.
pub(super) struct Link {
    /// The last word of its type.
    pub kind: String,
    /// Its name.
    pub path: String,
}

/// What a part refers to, by id.
pub(super) fn links(
    archive: &mut Archive<'_>,
    part: &str,
) -> Result<BTreeMap<String, Link>, Refusal> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let path = format!("{folder}/_rels/{file}.rels");
    let mut links = BTreeMap::new();
    archive.xml(path.trim_start_matches('/'), |event| {
        if let Event::Start(element) = event
            && element.local_name().as_ref() == "Relationship"
            && let Some(id) = attribute(element, "Id")
            && let Some(target) = attribute(element, "Target")
        {
            let kind = attribute(element, "Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            links.insert(id, Link { kind, path: resolved(folder, &target) });
        }
        Ok(())
    })?;
    Ok(links)
}

/// A path that is relative to `folder`, or absolute with a stroke before it.
fn resolved(folder: &str, target: &str) -> String {
    let target = &target.replace('\\', "/");
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

#[derive(Default)]
struct Book {
    since_1904: bool,
    sheets: Vec<Listed>,
}

struct Listed {
    name: String,
    hidden: bool,
    link: String,
}

fn book(archive: &mut Archive<'_>, path: &str, bounds: &Bounds) -> Result<Book, Refusal> {
    let mut book = Book::default();
    archive.xml(path, |event| {
        if let Event::Start(element) = event {
            match element.local_name().as_ref() {
                "workbookPr" => book.since_1904 = flag(element, "date1904"),
                "sheet" => {
                    bounds.sheet()?;
                    let state = attribute(element, "state");
                    book.sheets.push(Listed {
                        name: attribute(element, "name").unwrap_or_default(),
                        hidden: state.is_some_and(|state| state != "visible"),
                        link: attribute(element, "id").unwrap_or_default(),
                    });
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(book)
}

/// The texts that cells refer to by number.
fn strings(archive: &mut Archive<'_>, path: &str) -> Result<Vec<SharedText>, Refusal> {
    let mut strings: Vec<SharedText> = Vec::new();
    let mut text = RichText::default();
    archive.xml(path, |event| {
        text.event(event);
        if let Event::End(element) = event
            && element.local_name().as_ref() == "si"
        {
            strings.push(std::mem::take(&mut text).finish());
        }
        Ok(())
    })?;
    Ok(strings)
}

/// A text that is being read, run by run.
#[derive(Default)]
struct RichText {
    text: String,
    runs: Runs,
    /// Where the run being read begins, and whether it is struck out.
    run: usize,
    struck: Option<bool>,
    capture: bool,
    phonetic: bool,
}

impl RichText {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "r" => self.close(),
                "rPr" => self.struck = Some(false),
                "strike" => self.struck = Some(is_on(element)),
                "rPh" => self.phonetic = true,
                "t" => self.capture = !self.phonetic,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "r" => self.close(),
                "rPh" => self.phonetic = false,
                "t" => self.capture = false,
                _ => {}
            },
            event if self.capture => push_text(event, &mut self.text),
            _ => {}
        }
    }

    fn close(&mut self) {
        self.runs.add(&self.text[self.run..], self.struck.take());
        self.run = self.text.len();
    }

    fn finish(mut self) -> SharedText {
        self.close();
        SharedText { text: unescaped(self.text), runs: self.runs }
    }
}

/// Whether a property of a font holds: it does unless it says no.
fn is_on(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false"))
}

/// The styles that cells refer to by number.
fn styles(archive: &mut Archive<'_>, path: &str) -> Result<Vec<Style>, Refusal> {
    let mut formats: HashMap<u32, Arc<Format>> = HashMap::new();
    let (mut fonts, mut styles) = (Vec::new(), Vec::new());
    let mut within = String::new();
    archive.xml(path, |event| {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                name @ ("numFmts" | "fonts" | "cellXfs") => within = name.to_owned(),
                "numFmt" if within == "numFmts" => {
                    let code = attribute(element, "formatCode").unwrap_or_default();
                    formats.insert(count(element, "numFmtId"), Arc::new(Format::new(&code)));
                }
                "font" if within == "fonts" => fonts.push(false),
                "strike" if within == "fonts" => {
                    fonts.last_mut().into_iter().for_each(|struck| *struck = is_on(element));
                }
                "xf" if within == "cellXfs" => {
                    let number = count(element, "numFmtId");
                    let built_in = || Arc::new(Format::new(built_in(number)));
                    let format = Arc::clone(formats.entry(number).or_insert_with(built_in));
                    let font = fonts.get(count(element, "fontId") as usize);
                    styles.push(Style { format, struck: font.copied().unwrap_or(false) });
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == within => within.clear(),
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A sheet that is being read.
struct Scan<'a> {
    grid: Grid<'a>,
    strings: &'a [SharedText],
    styles: &'a [Style],
    default: Style,
    since_1904: bool,
    /// Where the next row and cell lie if they do not say it.
    row: u32,
    column: u32,
    cell: Option<Open>,
    /// Whether characters are the cell's value.
    capture: bool,
    data: bool,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    style: usize,
    kind: String,
    formula: bool,
    valued: bool,
    text: String,
    /// The text that stands in the cell itself, if one does.
    inline: Option<RichText>,
}

impl<'a> Scan<'a> {
    fn new(
        grid: Grid<'a>,
        strings: &'a [SharedText],
        styles: &'a [Style],
        since_1904: bool,
    ) -> Self {
        Self {
            grid,
            strings,
            styles,
            default: Style::default(),
            since_1904,
            row: 0,
            column: 0,
            cell: None,
            capture: false,
            data: false,
        }
    }

    fn event(&mut self, event: &Event<'_>) -> Result<(), Refusal> {
        if let Some(inline) = self.cell.as_mut().and_then(|cell| cell.inline.as_mut()) {
            inline.event(event);
        }
        match event {
            Event::Start(element) => self.start(element),
            Event::End(element) => self.end(element.local_name().as_ref()),
            event => {
                if let Some(cell) = self.cell.as_mut().filter(|_| self.capture) {
                    push_text(event, &mut cell.text);
                }
                Ok(())
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Refusal> {
        match element.local_name().as_ref() {
            "c" => {
                let mut open = Open::default();
                let mut attributes = element.attributes();
                for attribute in attributes.with_checks(false).flatten() {
                    match (attribute.key.as_ref(), &*attribute.value) {
                        ("r", address) => {
                            (self.row, self.column) =
                                position(address).ok_or(Refusal::DamagedWorkbook)?;
                        }
                        ("s", style) => open.style = style.parse().unwrap_or(0),
                        ("t", kind) => kind.clone_into(&mut open.kind),
                        _ => {}
                    }
                }
                self.cell = Some(open);
            }
            "v" => {
                self.capture = true;
                self.cell.iter_mut().for_each(|cell| cell.valued = true);
            }
            "is" => {
                self.cell.iter_mut().for_each(|cell| cell.inline = Some(RichText::default()));
            }
            "f" => self.cell.iter_mut().for_each(|cell| cell.formula = true),
            "row" => {
                if let Some(row) = attribute(element, "r").and_then(|row| row.parse::<u32>().ok()) {
                    self.row = row.saturating_sub(1);
                }
                self.column = 0;
                if flag(element, "hidden") || is_nothing(element, "ht") {
                    self.grid.hide(self.row, self.row);
                }
            }
            "col" if flag(element, "hidden") || is_nothing(element, "width") => {
                let bounds = (count(element, "min"), count(element, "max"));
                self.grid.hide_columns(bounds.0.saturating_sub(1), bounds.1.saturating_sub(1));
            }
            "mergeCell" => {
                let area = attribute(element, "ref").and_then(|area| self::area(&area));
                self.grid.merge(area.ok_or(Refusal::DamagedWorkbook)?);
            }
            "sheetData" => self.data = true,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "v" => self.capture = false,
            "row" => self.row = self.row.saturating_add(1),
            "c" => {
                if let Some(cell) = self.cell.take() {
                    let value = self.value(cell)?;
                    self.grid.put(self.row, self.column, value)?;
                    self.column = self.column.saturating_add(1);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn value(&self, cell: Open) -> Result<Cell, Refusal> {
        let Open { style, kind, formula, valued, text, inline } = cell;
        let style = self.styles.get(style).unwrap_or(&self.default);
        if let Some(inline) = inline {
            return Ok(inline.finish().cell(style));
        }
        // An empty text that a formula gave is a result like any other.
        if formula && text.is_empty() && !(kind == "str" && valued) {
            return Ok(style.plain(Value::Formula));
        }
        if text.is_empty() {
            return Ok(Cell::default());
        }
        Ok(match kind.as_str() {
            "s" => {
                let index = text.trim().parse::<usize>().ok();
                let shared = index.and_then(|index| self.strings.get(index));
                shared.ok_or(Refusal::DamagedWorkbook)?.cell(style)
            }
            "str" | "inlineStr" => style.text(unescaped(text)),
            "b" => style.plain(Value::Truth(matches!(text.trim(), "1" | "true"))),
            "e" => style.plain(Value::Error(text)),
            "d" => style.moment(&text),
            _ => match text.trim().parse::<f64>() {
                Ok(number) => style.number(number, self.since_1904),
                Err(_) => style.text(text),
            },
        })
    }
}

/// Whether a measure is stated to be zero.
fn is_nothing(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|measure| measure.parse() == Ok(0.0))
}

/// `B3` → (2, 1).
fn position(address: &str) -> Option<(u32, u32)> {
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = address.split_at(digits);
    let column = letters.bytes().try_fold(0u32, |sum, letter| {
        let letter = letter.to_ascii_uppercase();
        let value = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        sum.checked_mul(26)?.checked_add(value)
    })?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn area(text: &str) -> Option<Area> {
    let (start, end) = text.split_once(':').unwrap_or((text, text));
    Some(Area { start: position(start)?, end: position(end)? })
}

/// Characters that XML cannot hold are written `_x000D_` (ECMA-376, 22.9.2.19).
fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at..].get(6..7) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(character) => {
                plain.push(character);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_escapes_are_read() {
        assert_eq!(position("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(position("A0"), None);
        assert_eq!(position("1"), None);
        assert_eq!(unescaped("甲_x000D_\n乙_x_".into()), "甲\r\n乙_x_");
        assert_eq!(resolved("xl", "../xl/./worksheets/a.xml"), "xl/worksheets/a.xml");
        assert_eq!(resolved("xl", "/xl/a.xml"), "xl/a.xml");
    }
}
