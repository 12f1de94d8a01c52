//! Office Open XML workbooks (ECMA-376, part 1): xlsx and xlsm.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, attribute, flag, push_text};
use super::bounds::Bounds;
use super::{Area, Grid, Sheet, Value, format};
use crate::diagnostic::Kind;

/// Reads every worksheet; chart sheets are passed over.
pub(super) fn read(archive: &mut Archive<'_>, bounds: &Bounds) -> Result<Vec<Sheet>, Kind> {
    let workbook = workbook_path(archive)?;
    let links = links(archive, &workbook)?;
    let book = book(archive, &workbook, bounds)?;
    let linked = |kind: &str| links.values().find(|link| link.kind == kind);
    let strings = match linked("sharedStrings") {
        Some(link) if archive.has(&link.path) => strings(archive, &link.path)?,
        _ => Vec::new(),
    };
    let dates = match linked("styles") {
        Some(link) if archive.has(&link.path) => dates(archive, &link.path)?,
        _ => Vec::new(),
    };
    let mut sheets = Vec::new();
    for listed in &book.sheets {
        let link = links.get(&listed.link).ok_or(Kind::DamagedWorkbook)?;
        if link.kind != "worksheet" {
            continue;
        }
        let since_1904 = book.since_1904;
        let mut scan = Scan {
            grid: Grid::new(&listed.name, listed.hidden, bounds),
            strings: &strings,
            dates: &dates,
            since_1904,
            row: 0,
            column: 0,
            cell: None,
            capture: false,
            phonetic: false,
            data: false,
        };
        archive.xml(&link.path, |event| scan.event(event))?;
        // A part that is cut off, or no sheet at all.
        if !scan.data {
            return Err(Kind::DamagedWorkbook);
        }
        sheets.push(scan.grid.finish()?);
    }
    Ok(sheets)
}

/// Where the workbook part lies, if the zip is an Office Open XML file.
fn workbook_path(archive: &mut Archive<'_>) -> Result<String, Kind> {
    const USUAL: &str = "xl/workbook.xml";
    let links = if archive.has("_rels/.rels") { links(archive, "")? } else { HashMap::new() };
    let named = links.into_values().find(|link| link.kind == "officeDocument");
    Ok(named.map_or_else(|| USUAL.to_owned(), |link| link.path))
}

struct Link {
    /// The last word of its type.
    kind: String,
    path: String,
}

/// What a part refers to, by id.
fn links(archive: &mut Archive<'_>, part: &str) -> Result<HashMap<String, Link>, Kind> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let path = format!("{folder}/_rels/{file}.rels");
    let mut links = HashMap::new();
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

fn book(archive: &mut Archive<'_>, path: &str, bounds: &Bounds) -> Result<Book, Kind> {
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
fn strings(archive: &mut Archive<'_>, path: &str) -> Result<Vec<String>, Kind> {
    let mut strings: Vec<String> = Vec::new();
    let (mut capture, mut phonetic) = (false, false);
    archive.xml(path, |event| {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "si" => strings.push(String::new()),
                "rPh" => phonetic = true,
                "t" => capture = !phonetic,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "rPh" => phonetic = false,
                "t" => capture = false,
                _ => {}
            },
            event if capture => {
                if let Some(text) = strings.last_mut() {
                    push_text(event, text);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(strings)
}

/// Whether each cell style shows a date.
fn dates(archive: &mut Archive<'_>, path: &str) -> Result<Vec<bool>, Kind> {
    let mut codes: HashMap<u32, String> = HashMap::new();
    let mut dates = Vec::new();
    let mut within = String::new();
    archive.xml(path, |event| {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                name @ ("numFmts" | "cellXfs") => within = name.to_owned(),
                "numFmt" if within == "numFmts" => {
                    let code = attribute(element, "formatCode").unwrap_or_default();
                    codes.insert(count(element, "numFmtId"), code);
                }
                "xf" if within == "cellXfs" => {
                    let number = count(element, "numFmtId");
                    dates.push(format::shows_date(number, codes.get(&number).map(String::as_str)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == within => within.clear(),
            _ => {}
        }
        Ok(())
    })?;
    Ok(dates)
}

fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A sheet that is being read.
struct Scan<'a> {
    grid: Grid<'a>,
    strings: &'a [String],
    dates: &'a [bool],
    since_1904: bool,
    /// Where the next row and cell lie if they do not say it.
    row: u32,
    column: u32,
    cell: Option<Open>,
    /// Whether characters belong to the cell.
    capture: bool,
    phonetic: bool,
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
}

impl Scan<'_> {
    fn event(&mut self, event: &Event<'_>) -> Result<(), Kind> {
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

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Kind> {
        match element.local_name().as_ref() {
            "c" => {
                let mut open = Open::default();
                let mut attributes = element.attributes();
                for attribute in attributes.with_checks(false).flatten() {
                    match (attribute.key.as_ref(), &*attribute.value) {
                        ("r", address) => {
                            (self.row, self.column) =
                                position(address).ok_or(Kind::DamagedWorkbook)?;
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
            "t" => self.capture = !self.phonetic,
            "rPh" => self.phonetic = true,
            "f" => self.cell.iter_mut().for_each(|cell| cell.formula = true),
            "row" => {
                if let Some(row) = attribute(element, "r").and_then(|row| row.parse::<u32>().ok()) {
                    self.row = row.saturating_sub(1);
                }
                self.column = 0;
                if flag(element, "hidden") {
                    self.grid.hide(self.row, self.row);
                }
            }
            "mergeCell" => {
                let area = attribute(element, "ref").and_then(|area| self::area(&area));
                self.grid.merge(area.ok_or(Kind::DamagedWorkbook)?);
            }
            "sheetData" => self.data = true,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Kind> {
        match name {
            "v" | "t" => self.capture = false,
            "rPh" => self.phonetic = false,
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

    fn value(&self, cell: Open) -> Result<Value, Kind> {
        let Open { style, kind, formula, valued, text } = cell;
        // An empty text that a formula gave is a result like any other.
        if formula && text.is_empty() && !(kind == "str" && valued) {
            return Ok(Value::Formula);
        }
        if text.is_empty() {
            return Ok(Value::Empty);
        }
        Ok(match kind.as_str() {
            "s" => {
                let index = text.trim().parse::<usize>().ok();
                let shared = index.and_then(|index| self.strings.get(index));
                Value::Text(unescaped(shared.ok_or(Kind::DamagedWorkbook)?.clone()))
            }
            "str" | "inlineStr" => Value::Text(unescaped(text)),
            "b" => Value::Truth(matches!(text.trim(), "1" | "true")),
            "e" => Value::Error(text),
            "d" => format::iso(&text),
            _ => match text.trim().parse::<f64>() {
                Ok(number) => {
                    let date = self.dates.get(style).copied().unwrap_or(false);
                    format::number(number, date, self.since_1904)
                }
                Err(_) => Value::Text(text),
            },
        })
    }
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
